"""Updates that Telegram pushes: kept on the disk, and only then answered with 200 (architecture, Receiving).

In: POST requests on a path that nobody can guess, with the secret that Telegram was told. Out: inbox rows, and
`on_kept()` after each commit that kept something new. A database that refuses is answered with 503: Telegram comes
again. Strangers learn nothing: path and secret are compared in constant time, before a byte of the body is read.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from typing import Any, Final

from aiohttp import web

from bot import trouble
from bot.api import Api
from bot.receive import HEARD, keep_one
from bot.settings import Listen, Settings
from preorder.values import dataclass
from storage.database import Database

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name (Bot API, setWebhook)
LARGEST: Final = 1024 * 1024
"""Bytes of an update; Telegram's own are a few kilobytes."""
READ_SECONDS: Final = 10.0
CONNECTIONS: Final = 40
CHECK_SECONDS: Final = 60.0
LONGEST_WAIT: Final = 60.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Door:
    """Where Telegram knocks. `url` is the whole public address, `listen` where the server is, on this computer."""

    url: str = field(repr=False)
    listen: Listen
    segment: str = field(repr=False)
    secret: str = field(repr=False)


def door_of(settings: Settings) -> Door:
    """The door of a shop: the last part of its path, and the secret unless one is set, are derived from the token."""
    token = settings.bot_token.get_secret_value()
    segment = _derived(token, "webhook path")
    secret = settings.webhook_secret.get_secret_value() or _derived(token, "webhook secret")
    return Door(f"{settings.webhook_url.rstrip('/')}/{segment}", settings.webhook_listen, segment, secret)


def _derived(token: str, purpose: str) -> str:
    return hmac.new(token.encode(), f"bukapo {purpose}".encode(), hashlib.sha256).hexdigest()


class Webhook:
    """Takes what is pushed, until cancelled. `on_heard` is called whenever Telegram was seen to know where we are."""

    def __init__(
        self,
        api: Api,
        database: Database,
        now: Callable[[], datetime],
        on_kept: Callable[[], None],
        door: Door,
        on_heard: Callable[[], None] = lambda: None,
        beat: Callable[[], None] = lambda: None,
        on_refused: Callable[[], None] = lambda: None,
        check_seconds: float = CHECK_SECONDS,
    ) -> None:
        self._api = api
        self._database = database
        self._now = now
        self._on_kept = on_kept
        self._on_heard = on_heard
        self._beat = beat
        self._on_refused = on_refused
        self._door = door
        self._check_seconds = check_seconds
        self._error_seen = 0
        self._is_known = False

    async def run(self) -> None:
        """Listen, and see to it that Telegram knows where. Raises `InvalidToken`, or OSError when it cannot listen.

        What is being kept when it is cancelled is kept and answered; the webhook stays set, Telegram waits for us.
        """
        application = web.Application(client_max_size=LARGEST)
        application.router.add_route("*", "/{path:.*}", self._take)
        runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._door.listen.host, self._door.listen.port).start()
            await self._keep_known()
        finally:
            await runner.cleanup()

    # --- taking --------------------------------------------------------------------------------------------------

    async def _take(self, request: web.Request) -> web.Response:
        segment = request.path.rpartition("/")[2]
        if not _is_same(segment, self._door.segment):
            return web.Response(status=404)
        if request.method != "POST":
            return web.Response(status=405, headers={"Allow": "POST"})
        if not _is_same(request.headers.get(SECRET_HEADER, ""), self._door.secret):
            _log.warning("somebody knocked with a wrong secret")
            return web.Response(status=403)
        update = await self._read(request)
        if update is None:
            # Never Telegram's own: something on the way has broken it. It comes again.
            _log.error("a request was no update")
            return web.Response(status=400)
        return web.Response(status=200 if await self._keep(update) else 503)

    async def _read(self, request: web.Request) -> dict[str, Any] | None:
        if request.content_length is not None and request.content_length > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, request.content_length)
        try:
            async with asyncio.timeout(READ_SECONDS):
                update = json.loads(await request.read())
        except TimeoutError:
            raise web.HTTPRequestTimeout from None
        except (ValueError, RecursionError):
            return None
        return update if isinstance(update, dict) and type(update.get("update_id")) is int else None

    async def _keep(self, update: dict[str, Any]) -> bool:
        now = self._now()
        try:
            kept = await self._database.run(lambda tx: keep_one(tx, update, now))
        except Exception as error:
            _log.error("an update cannot be kept: %s", type(error).__name__)
            self._on_refused()
            return False
        if kept:
            self._on_kept()
        return True

    # --- being known ---------------------------------------------------------------------------------------------

    async def _keep_known(self) -> None:
        """Tell Telegram where we are; then look now and then whether it still knows (a second bot may have polled)."""
        wait = 0.5
        while True:
            self._beat()
            try:
                if not self._is_known or await self._is_astray():
                    await self._set()
            except trouble.InvalidToken:
                raise
            except trouble.ToldToWait as error:
                await asyncio.sleep(error.seconds)
            except trouble.TelegramError as error:
                _log.warning("the webhook is not set: %s", error.message.replace(self._door.segment, "…"))
                await asyncio.sleep(wait)
                wait = min(LONGEST_WAIT, wait * 2)
            else:
                wait = 0.5
                self._on_heard()
                await asyncio.sleep(self._check_seconds)

    async def _set(self) -> None:
        params = {
            "url": self._door.url,
            "secret_token": self._door.secret,
            "allowed_updates": HEARD,
            "max_connections": CONNECTIONS,
            "drop_pending_updates": False,
        }
        await self._api.call("setWebhook", params)
        self._is_known = True
        _log.info("Telegram knows the webhook")

    async def _is_astray(self) -> bool:
        found = await self._api.call("getWebhookInfo")
        failed_at = found.get("last_error_date") or 0
        if failed_at > self._error_seen:
            self._error_seen = failed_at
            _log.warning("Telegram could not reach the webhook: %s", found.get("last_error_message", ""))
        if found.get("url") == self._door.url:
            return False
        _log.warning("somebody has taken the webhook away: it is set again")
        return True


def _is_same(given: str, own: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), own.encode())
