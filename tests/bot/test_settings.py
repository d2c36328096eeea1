"""Settings: every one that is missing or wrong is named in one line, with its form and without its value."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.settings import PREFIX, BankAccount, Settings, WrongSettings, load

RIGHT = {
    "BUKAPO_BOT_TOKEN": "123456789:AAE-some_token",
    "BUKAPO_OWNER_IDS": "11, 12",
    "BUKAPO_SHOP_NAME": "Sari Hijab",
    "BUKAPO_BANK_ACCOUNTS": "BCA:123 456 7890:Sari Dewi; Mandiri:1370012345678:Sari Dewi",
}
WRONG = {
    "bot_token": ("", "abc", "123456789:", "123 456:AAE-some_token", "123456789:AAE some token here"),
    "api_url": ("", "api.telegram.org", "ftp://api.telegram.org", "https://", "https://a b"),
    "database_url": ("", "bukapo.db", "mysql://localhost/bukapo", "postgresql://", "sqlite:///"),
    "owner_ids": ("", ",", "sari", "@sari", "1.5", "-100123", "0", "11;12"),
    "channel_id": ("1234", "-5", "tokosari", "@to", "https://t.me/tokosari"),
    "timezone": ("", "WIB", "Jakarta", "../../etc/passwd", "+07:00"),
    "locale": ("", "ms", "Indonesia"),
    "shop_name": ("", "   ", "x" * 61),
    "bank_accounts": ("", ";", "BCA", "BCA:1234567890", "BCA::Sari", "BCA:abc:Sari", ":1:Sari", "BCA:1:Sari:Dewi"),
    "recap_at": ("", "20", "24:00", "8pm", "20:60", "20:00:00"),
    "close_reminders": ("3", "3 days", "3d;1d", "-1h", "99999d"),
    "quiet_from": ("", "9pm", "25:00"),
    "quiet_to": ("", "7", "07:60"),
    "waiting_offer_minutes": ("", "4", "2h", "10081", "1.5"),
    "joint_leave": ("", "maybe", "2"),
    "send_pace": ("", "-1", "1001", "fast", "nan", "inf"),
    "webhook_url": ("bot.example.com", "http://bot.example.com", "https://", "https://a b", "https://a.example/?x=1"),
    "webhook_listen": ("8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "a b:80", ":80"),
    "webhook_secret": ("short", "sixteen letters!", "x" * 257),
    "metrics_listen": ("9090", "127.0.0.1:99999", "http://127.0.0.1:9090"),
    "log_level": ("", "LOUD", "5"),
    "clock_url": ("http://example.com/clock", "https://127.0.0.1/clock", "here"),
}


def test_the_right_ones_are_values() -> None:
    """Texts become what the bot works with; what is left out has its default."""
    settings = load({**RIGHT, "BUKAPO_RECAP_AT": "7.30", "BUKAPO_CLOSE_REMINDERS": "3h, 2d,30m"})
    assert settings.owner_ids == (11, 12)
    assert settings.bank_accounts[0] == BankAccount("BCA", "1234567890", "Sari Dewi")
    assert settings.recap_at == time(7, 30)
    assert settings.close_reminders == (timedelta(days=2), timedelta(hours=3), timedelta(minutes=30))
    assert settings.timezone == ZoneInfo("Asia/Jakarta")
    assert settings.channel_id is None
    assert settings.database_url == "sqlite:///data/bukapo.db"


def test_every_setting_has_wrong_examples() -> None:
    """A new setting without examples of how it can be wrong is not finished."""
    assert set(WRONG) == set(Settings.model_fields)


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in WRONG.items() for value in values])
def test_a_wrong_setting_is_named_in_one_line(field: str, value: str) -> None:
    """One line says which setting and what form it has; the value may be a secret and is not shown."""
    with pytest.raises(WrongSettings) as caught:
        load({**RIGHT, PREFIX + field.upper(): value})
    (line,) = str(caught.value).splitlines()
    assert line == f"{PREFIX}{field.upper()} is wrong: it should be {Settings.model_fields[field].description}."


@pytest.mark.parametrize("name", RIGHT)
def test_a_missing_setting_is_named_in_one_line(name: str) -> None:
    """Each setting without a default is missed by name."""
    with pytest.raises(WrongSettings) as caught:
        load({other: value for other, value in RIGHT.items() if other != name})
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{name} is missing: it should be ")


def test_every_wrong_setting_is_told_at_once() -> None:
    """Nobody mends one only to be told of the next."""
    environ = {f"{PREFIX}{field.upper()}": values[-1] for field, values in WRONG.items()}
    with pytest.raises(WrongSettings) as caught:
        load(environ)
    lines = str(caught.value).splitlines()
    assert sorted(line.split()[0] for line in lines) == sorted(environ)


def test_the_token_is_never_shown() -> None:
    """Neither the settings' repr nor their text holds it."""
    settings = load(RIGHT)
    assert "AAE-some_token" not in f"{settings!r} {settings} {settings.model_dump()}"


def test_a_file_named_env_is_read(tmp_path: Path) -> None:
    """The lines of .env are settings, with comments, quotes and Windows line ends; others' lines are left alone."""
    lines = ["# my shop", *(f'{name}="{value}"' for name, value in RIGHT.items()), "OTHER=1", "BUKAPO_LOCALE=en"]
    (tmp_path / ".env").write_bytes("\r\n".join(lines).encode())
    settings = load(env_file=str(tmp_path / ".env"))
    assert settings.shop_name == "Sari Hijab"
    assert settings.locale == "en"
