"""Tell the owners that nothing can be written any more, and that it works again (a full disk, mostly).

In: `ring()` by whoever was refused by the database. Out: a message straight to each owner, past the outbox, which
cannot be written either; one for each time it happens, however often it rings. It finds out by itself when there is
room again. It changes nothing but a remembered value of 64 KiB, written to see whether writing works.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import Final

from bot import trouble
from bot.api import Api
from bot.house import House, as_locale
from messages.catalog import Message
from messages.catalog.running import StorageFull, StorageWorks
from preorder.order import PersonId
from storage import people
from storage.database import Database, Tx

LOOK_SECONDS: Final = 3.0
_PROBE: Final = "room"
_PROBE_SIZE: Final = 64 * 1024
_log = logging.getLogger(__name__)


class Alarm:
    """`is_down` while the database takes nothing."""

    def __init__(self, api: Api, database: Database, house: House, look_seconds: float = LOOK_SECONDS) -> None:
        self._api = api
        self._database = database
        self._house = house
        self._look_seconds = look_seconds
        self._rung = asyncio.Event()
        self.is_down = False

    def ring(self) -> None:
        """A write was refused."""
        self._rung.set()

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            await self._rung.wait()
            if not await self._can_write():
                self.is_down = True
                _log.error("the database takes nothing: is the disk full? Trying again until it does")
                await self._sit_out()
                self.is_down = False
                _log.warning("the database takes what comes again")
                await self._tell(StorageWorks(), set(self._house.owners))
            self._rung.clear()

    async def _sit_out(self) -> None:
        untold = set(self._house.owners)
        while True:
            await self._tell(StorageFull(), untold)
            await asyncio.sleep(self._look_seconds)
            if await self._can_write():
                return

    async def _can_write(self) -> bool:
        try:
            await self._database.run(lambda tx: people.remember(tx, _PROBE, "x" * _PROBE_SIZE))
            await self._database.run(lambda tx: people.remember(tx, _PROBE, ""))
        except Exception as error:
            _log.debug("still nothing can be written: %s", type(error).__name__)
            return False
        return True

    async def _tell(self, message: Message, untold: set[PersonId]) -> None:
        """Tell those who are not told yet; one who cannot be reached just now stays among them."""
        for owner in sorted(untold):
            try:
                locale = as_locale(await self._database.read(partial(self._locale, owner=owner)))
                text = self._house.words.text(message, locale)
                await self._api.call("sendMessage", {"chat_id": owner, "text": text, "parse_mode": "HTML"})
            except trouble.TelegramError as error:
                _log.warning("an owner cannot be told: %s", type(error).__name__)
            except Exception as error:
                _log.error("an owner cannot be told: %s", type(error).__name__)
            else:
                untold.discard(owner)

    def _locale(self, tx: Tx, owner: PersonId) -> str:
        person = people.find(tx, owner)
        return self._house.settings.locale if person is None else person.locale
