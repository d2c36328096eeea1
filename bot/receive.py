"""Updates from Telegram into the inbox: fetched as raw JSON, kept on the disk, and only then acknowledged.

In: the Bot API. Out: inbox rows, and `on_kept()` after each commit that kept something new. Nothing is parsed here, so
nothing that arrives can stop those behind it: what cannot even be kept is logged by its keys, never its contents.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from bot import trouble
from bot.api import Api
from storage import inbox
from storage.database import Database, Tx

HEARD: Final = ("message", "edited_message", "callback_query", "my_chat_member")
LONGEST_WAIT: Final = 15.0
LONGEST_WAIT_FOR_DISK: Final = 2.0  # our own: asking often costs nobody anything
_SLACK: Final = 10.0
_log = logging.getLogger(__name__)


class Poller:
    """Long polling. `timeout` is seconds that one request waits for news, at most 50 (Bot API, getUpdates).

    `on_kept` is called after a commit that kept something new, `on_heard` after each answer, also an empty one,
    `beat` before each question, `on_refused` when the database takes nothing.
    """

    def __init__(
        self,
        api: Api,
        database: Database,
        now: Callable[[], datetime],
        on_kept: Callable[[], None],
        timeout: float = 25,
        on_heard: Callable[[], None] = lambda: None,
        beat: Callable[[], None] = lambda: None,
        on_refused: Callable[[], None] = lambda: None,
    ) -> None:
        self._api = api
        self._database = database
        self._now = now
        self._on_kept = on_kept
        self._timeout = int(timeout)
        self._on_heard = on_heard
        self._beat = beat
        self._on_refused = on_refused
        # None at first: Telegram renumbers after a quiet week, and an offset of ours could drop what is below it.
        self._offset: int | None = None
        self._troubles = 0
        self._is_hearing = False

    async def run(self) -> None:
        """Fetch until cancelled; may be called again. Raises `InvalidToken` when Telegram does not know the token."""
        self._offset = None
        while True:
            self._beat()
            try:
                updates = await self._fetch()
                if updates:
                    await self._keep(updates)
                else:
                    # What was kept is acknowledged now; with no offset the next poll can acknowledge nothing unseen.
                    self._offset = None
            except trouble.InvalidToken:
                raise
            except trouble.ToldToWait as error:
                _log.warning("told to wait %.0f seconds by getUpdates", error.seconds)
                await asyncio.sleep(error.seconds)
            except trouble.Conflict as error:
                await self._make_way(error)
            except trouble.TelegramError as error:
                await self._wait_out("Telegram cannot be reached: %s", error.message)
            except sqlite3.Error as error:
                self._on_refused()
                await self._wait_out("updates cannot be kept: %s", type(error).__name__, LONGEST_WAIT_FOR_DISK)
            else:
                self._is_hearing = True
                self._on_heard()
                self._recovered()

    async def _fetch(self) -> Sequence[Any]:
        # At first, and after troubles, without waiting for news: then it is known at once that we hear.
        wait = self._timeout if self._is_hearing else 0
        params = {"offset": self._offset, "limit": 100, "timeout": wait, "allowed_updates": HEARD}
        updates = await self._api.call("getUpdates", params, read_timeout=wait + _SLACK)
        return updates if isinstance(updates, list) else []

    async def _keep(self, updates: Sequence[Any]) -> None:
        numbered = []
        for one in updates:
            if isinstance(one, dict) and type(one.get("update_id")) is int:
                numbered.append(one)
            else:
                _log.error("an update without a number was left out: %s", _keys(one))
        if not numbered:
            raise trouble.TelegramError("updates without numbers")
        now = self._now()
        kept = await self._database.run(lambda tx: sum(keep_one(tx, one, now) for one in numbered))
        self._offset = max(one["update_id"] for one in numbered) + 1
        if kept:
            self._on_kept()

    async def _make_way(self, error: trouble.Conflict) -> None:
        if "webhook" in error.message and not self._troubles:
            _log.warning("a webhook was set: it is taken away, no update is lost")
            self._troubles += 1
            try:
                await self._api.call("deleteWebhook", {"drop_pending_updates": False})
            except trouble.InvalidToken:
                raise
            except trouble.TelegramError as why:
                await self._wait_out("the webhook cannot be taken away: %s", why.message)
        else:
            await self._wait_out("another bot process uses this token: %s", error.message)

    async def _wait_out(self, text: str, why: str, longest: float = LONGEST_WAIT) -> None:
        """Say it once, then wait a little longer each time."""
        self._is_hearing = False
        _log.log(logging.DEBUG if self._troubles > 1 else logging.WARNING, text, why)
        await asyncio.sleep(min(longest, 0.5 * 2 ** min(self._troubles, 10)))
        self._troubles += 1

    def _recovered(self) -> None:
        if self._troubles:
            _log.info("updates are coming again")
        self._troubles = 0


def keep_one(tx: Tx, update: Mapping[str, Any], now: datetime) -> int:
    """Keep one update; 1 when it is new. One that can never be kept is logged and counts as 0: it stops nobody."""
    try:
        with tx.attempt():
            return inbox.keep(tx, [update], now)
    except sqlite3.OperationalError:
        raise  # the disk's fault, not the update's
    except Exception as error:
        _log.error("an update could not be kept (%s): %s", type(error).__name__, _keys(update))
        return 0


def _keys(update: object) -> str:
    return ", ".join(sorted(map(str, update))) if isinstance(update, dict) else type(update).__name__
