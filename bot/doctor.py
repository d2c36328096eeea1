"""`bukapo doctor`: what is wrong with settings, token, channel, database and clock, and how to mend it.

Each check prints one line; the exit code is 1 when any failed. Nothing is changed.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
import time
from contextlib import closing
from email.utils import parsedate_to_datetime

import aiohttp
import typer
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.api import Api
from bot.settings import Settings, WrongSettings, load
from storage.database import AlreadyRunning, Unreachable
from storage.databases import shown, sqlite_path
from storage.migrate import pending
from storage.sqlite import lock_file

LEAST_DISK = 200 * 1024 * 1024  # bytes
MOST_DRIFT = 30  # seconds


class Patient:
    """Collects what is well and what is not."""

    def __init__(self) -> None:
        self.is_well = True

    def well(self, text: str) -> None:
        typer.echo(f"ok    {text}")

    def ill(self, text: str) -> None:
        self.is_well = False
        typer.echo(f"WRONG {text}")


async def examine() -> int:
    """Check everything; returns the exit code."""
    patient = Patient()
    try:
        settings = load()
    except WrongSettings as error:
        for line in str(error).splitlines():
            patient.ill(line)
        patient.ill("Write the settings into the file .env (see .env.example) and ask again.")
        return 1
    patient.well(f"settings: {settings.shop_name}, {len(settings.owner_ids)} owner(s), {settings.timezone.key}")
    _disk(patient, settings)
    await asyncio.to_thread(_database, patient, settings)
    await _telegram(patient, settings)
    await _clock(patient, settings)
    return 0 if patient.is_well else 1


def _disk(patient: Patient, settings: Settings) -> None:
    path = sqlite_path(settings.database_url)
    if path is None:
        patient.well("disk: orders are on the database's server, have its disk watched")
        return
    folder = path.parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < LEAST_DISK:
        patient.ill(f"disk: only {free // 1024**2} MB free; make room, orders could not be stored")
    else:
        patient.well(f"disk: {free // 1024**2} MB free")


def _database(patient: Patient, settings: Settings) -> None:
    path = sqlite_path(settings.database_url)
    if path is None:
        _server(patient, settings.database_url)
        return
    if not path.exists():
        patient.well(f"database: {path} does not exist yet, the first start makes it")
        return
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        patient.ill(f"database: {path} cannot be read ({error}); put the latest backup in its place")
        return
    if found != "ok":
        patient.ill(f"database: {path} is damaged; stop the bot and put the latest backup in its place")
        return
    waiting = pending(path)
    patient.well(
        f"database: {path} is sound" + (f", {len(waiting)} migration(s) come at the next start" if waiting else "")
    )
    try:
        lock_file(path).close()
    except AlreadyRunning:
        patient.well("database: a bot is running on it")


def _server(patient: Patient, url: str) -> None:
    try:
        waiting = pending(url)
    except Unreachable as error:
        patient.ill(f"database: {shown(url)} does not let us in ({error}); check the address and that its server runs")
        return
    patient.well(
        f"database: {shown(url)} answers" + (f", {len(waiting)} migration(s) come at the next start" if waiting else "")
    )


async def _telegram(patient: Patient, settings: Settings) -> None:
    api = Api(settings.bot_token.get_secret_value(), settings.api_url)
    await api.open()
    try:
        me = await api.call("getMe", read_timeout=10)
        patient.well(f"token: it is @{me['username']}'s")
        await _webhook(patient, api, settings)
        await _channel(patient, api, settings, int(me["id"]))
    except InvalidToken:
        patient.ill("token: Telegram does not know it; copy it again from @BotFather into BUKAPO_BOT_TOKEN")
    except TelegramError as error:
        patient.ill(f"token: {settings.api_url} does not answer ({type(error).__name__}); check the network")
    finally:
        await api.close()


async def _webhook(patient: Patient, api: Api, settings: Settings) -> None:
    found = await api.call("getWebhookInfo", read_timeout=10)
    if not settings.webhook_url:
        if found.get("url"):
            patient.well("updates: a webhook is set, `bukapo run` takes it away and polls")
    elif not found.get("url"):
        patient.well("updates: by webhook; `bukapo run` tells Telegram where")
    elif found.get("last_error_message"):
        trouble = str(found["last_error_message"])
        patient.ill(
            f"updates: Telegram could not reach the webhook ({trouble}); check the web server in front of the bot"
        )
    else:
        patient.well(f"updates: by webhook, {found.get('pending_update_count', 0)} wait")


async def _channel(patient: Patient, api: Api, settings: Settings, bot_id: int) -> None:
    if settings.channel_id is None:
        patient.well("channel: none is set, announcements go to subscribers only")
        return
    try:
        chat = await api.call("getChat", {"chat_id": settings.channel_id}, read_timeout=10)
        member = await api.call("getChatMember", {"chat_id": settings.channel_id, "user_id": bot_id}, read_timeout=10)
    except (BadRequest, Forbidden):
        patient.ill("channel: the bot does not see it; add the bot to the channel as an administrator")
        return
    is_channel = chat.get("type") == "channel"
    may_post = member.get("can_post_messages") if is_channel else member.get("status") in ("administrator", "member")
    if not may_post:
        patient.ill("channel: the bot may not post there; make it an administrator with the right to post")
    elif member.get("can_edit_messages" if is_channel else "can_pin_messages"):
        patient.well("channel: the bot may post there and pin the board")
    else:
        right = "edit" if is_channel else "pin"
        patient.well(f"channel: the bot may post there; to pin the board it needs the right to {right} messages")


async def _clock(patient: Patient, settings: Settings) -> None:
    """The server's Date header against our clock: deadlines are moments, a wrong clock closes a PO at a wrong time."""
    timeout = aiohttp.ClientTimeout(total=10)
    with contextlib.suppress(aiohttp.ClientError, TimeoutError, ValueError, TypeError):
        async with aiohttp.ClientSession(timeout=timeout) as session, session.head(settings.api_url) as response:
            theirs = parsedate_to_datetime(response.headers["Date"]).timestamp()
            drift = round(time.time() - theirs)
            if abs(drift) > MOST_DRIFT:
                patient.ill(
                    f"clock: it is {abs(drift)} s {'ahead' if drift > 0 else 'behind'}; switch on time sync (NTP)"
                )
            else:
                patient.well("clock: right")
            return
    patient.well("clock: nothing to compare it with")
