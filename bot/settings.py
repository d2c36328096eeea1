"""The shop's settings: environment variables with the prefix BUKAPO_, or the same lines in a file `.env`.

In: text. Out: typed values. A missing or wrong one raises `WrongSettings`, whose text is one line a setting, naming the
variable and the form it should have. The token is a secret: it never shows in a repr or a log.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time, timedelta
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from preorder.values import dataclass

PREFIX: Final = "BUKAPO_"


@dataclass(frozen=True)
class BankAccount:
    """Where buyers transfer to."""

    bank: str
    number: str
    holder: str


@dataclass(frozen=True)
class Listen:
    """Where a server of ours listens."""

    host: str
    port: int


class WrongSettings(Exception):
    """Settings are missing or wrong; the text says which and what form they have."""


def _ids(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _token(value: object) -> object:
    if not re.fullmatch(r"\d{1,20}:[A-Za-z0-9_-]{10,}", str(value).strip()):
        raise ValueError
    return str(value).strip()


def _channel(value: object) -> object:
    text = str(value or "").strip()
    if not text:
        return None
    if not re.fullmatch(r"-100\d{5,}|@[A-Za-z]\w{3,31}", text):
        raise ValueError
    return text


def _zone(value: object) -> object:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError from error


def _accounts(value: object) -> object:
    if not isinstance(value, str):
        return value
    accounts = []
    for part in filter(None, (part.strip() for part in value.split(";"))):
        bank, number, holder = (piece.strip() for piece in part.split(":"))
        digits = re.sub(r"[ .-]", "", number)
        if not bank or not digits.isdecimal() or not holder:
            raise ValueError
        accounts.append(BankAccount(bank, digits, holder))
    return tuple(accounts)


def _listen(value: object) -> object:
    if value is None or isinstance(value, Listen):
        return value
    text = str(value).strip()
    if not text:
        return None
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not re.fullmatch(r"[A-Za-z0-9.:-]{1,255}", host) or not re.fullmatch(r"\d{1,5}", port) or int(port) > 65_535:
        raise ValueError
    return Listen(host, int(port))


def _web_secret(value: object) -> object:
    # The signs and the length that Telegram takes (Bot API, setWebhook).
    text = value.get_secret_value() if isinstance(value, SecretStr) else str(value or "").strip()
    if text and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", text):
        raise ValueError
    return text


def _time_of_day(value: object) -> object:
    if isinstance(value, time):
        return value
    match = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", str(value).strip())
    if match is None:
        raise ValueError
    return time(int(match[1]), int(match[2]))


def _lengths(value: object) -> object:
    if not isinstance(value, str):
        return value
    units = {"d": 1440, "h": 60, "m": 1}
    lengths = []
    for part in filter(None, (part.strip() for part in value.split(","))):
        match = re.fullmatch(r"(\d{1,4})([dhm])", part)
        if match is None:
            raise ValueError
        lengths.append(timedelta(minutes=int(match[1]) * units[match[2]]))
    return tuple(sorted(lengths, reverse=True))


class Settings(BaseSettings):
    """Every field's description is the form a person is told when it is wrong."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, str_strip_whitespace=True
    )

    bot_token: Annotated[SecretStr, BeforeValidator(_token)] = Field(
        description="the token from @BotFather, like 123456789:AAE…"
    )
    api_url: str = Field(
        default="https://api.telegram.org",
        pattern=r"^https?://[^\s/]+(/[^\s]*)?$",
        description="the address of a Bot API server, like https://api.telegram.org",
    )
    database_url: str = Field(
        default="sqlite:///data/bukapo.db",
        pattern=r"^(sqlite:///.+|postgres(ql)?://\S+)$",
        description="sqlite:/// and a file, like sqlite:///data/bukapo.db, or postgresql://user:password@host/name",
        repr=False,  # it may hold a password
    )
    owner_ids: Annotated[tuple[Annotated[int, Field(gt=0)], ...], NoDecode, BeforeValidator(_ids)] = Field(
        min_length=1, description="Telegram ids of the owners, separated by commas, like 123456789,987654321"
    )
    channel_id: Annotated[str | None, BeforeValidator(_channel)] = Field(
        default=None, description="the channel's id or name, like -1001234567890 or @shopname, or nothing"
    )
    timezone: Annotated[ZoneInfo, BeforeValidator(_zone)] = Field(
        default=ZoneInfo("Asia/Jakarta"), description="a time zone, like Asia/Jakarta"
    )
    locale: Literal["id", "en"] = Field(default="id", description="id or en")
    shop_name: str = Field(min_length=1, max_length=60, description="the shop's name, 1 to 60 characters")
    bank_accounts: Annotated[tuple[BankAccount, ...], NoDecode, BeforeValidator(_accounts)] = Field(
        min_length=1, description="bank:number:holder, separated by semicolons, like BCA:1234567890:Sari Dewi"
    )
    recap_at: Annotated[time, BeforeValidator(_time_of_day)] = Field(
        default=time(20, 0), description="the hour of the daily recap, like 20:00"
    )
    close_reminders: Annotated[tuple[timedelta, ...], NoDecode, BeforeValidator(_lengths)] = Field(
        default=(timedelta(days=3), timedelta(days=1), timedelta(hours=3)),
        description="how long before closing to remind, like 3d,1d,3h (d, h or m), or nothing",
    )
    quiet_from: Annotated[time, BeforeValidator(_time_of_day)] = Field(
        default=time(21, 0), description="the hour from which nobody is written to unasked, like 21:00"
    )
    quiet_to: Annotated[time, BeforeValidator(_time_of_day)] = Field(
        default=time(7, 0), description="the hour until which nobody is written to unasked, like 07:00"
    )
    waiting_offer_minutes: int = Field(
        default=120,
        ge=5,
        le=10_080,
        description="minutes that slots are kept for the next in line, like 120",
    )
    joint_leave: bool = Field(default=True, description="true when joint leave moves payday too, else false")
    send_pace: float = Field(default=25.0, ge=0, le=1000, description="sends a second, 0 for no limit, like 25")
    webhook_url: str = Field(
        default="",
        pattern=r"^(https://[^\s/?#]+(/[^\s?#]*)?|http://(127\.0\.0\.1|localhost)(:\d+)?(/[^\s?#]*)?)?$",
        description="the public address that Telegram sends updates to, like https://bot.example.com, or nothing",
    )
    webhook_listen: Annotated[Listen, NoDecode, BeforeValidator(_listen)] = Field(
        default=Listen("127.0.0.1", 8080), description="where the webhook listens, like 127.0.0.1:8080"
    )
    webhook_secret: Annotated[SecretStr, BeforeValidator(_web_secret)] = Field(
        default=SecretStr(""), description="16 to 256 letters, digits, _ or -, or nothing to have one made"
    )
    metrics_listen: Annotated[Listen | None, NoDecode, BeforeValidator(_listen)] = Field(
        default=None, description="where /healthz and /metrics are served, like 127.0.0.1:9090, or nothing"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR"
    )
    clock_url: str = Field(
        default="",
        pattern=r"^(http://(127\.0\.0\.1|localhost)(:\d+)?/.*)?$",
        description="for trying out only: where a sandbox tells the time; leave it empty",
    )


class _Given(Settings):
    """Settings from given values alone, whatever the process's environment holds."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic-settings'
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def load(environ: Mapping[str, str] | None = None, env_file: str | None = ".env") -> Settings:
    """Read the settings; `environ` stands for the process's environment when given.

    Raises `WrongSettings` with one line for each setting that is missing or wrong.
    """
    try:
        if environ is None:
            return Settings(_env_file=env_file)
        values = {
            name.removeprefix(PREFIX).lower(): value for name, value in environ.items() if name.startswith(PREFIX)
        }
        return _Given(**values)  # type: ignore[arg-type]  # texts, as from an environment
    except ValidationError as error:
        lines = dict.fromkeys(_line(str(e["loc"][0]), e["type"]) for e in error.errors())
        raise WrongSettings("\n".join(lines)) from None


def _line(field: str, kind: str) -> str:
    # The value itself is left out: it may be a token.
    form = Settings.model_fields[field].description
    verb = "is missing" if kind == "missing" else "is wrong"
    return f"{PREFIX}{field.upper()} {verb}: it should be {form}."
