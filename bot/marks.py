"""What became of each message, written into the outbox: whatever was sent must not count as unsent.

In: a row and its verdict. Out: the mark on the disk, and the rows that waited behind it in its chat. Answers to presses
are marked along with the next message: nothing stands behind them, and one that is given again after a crash does no
harm. It sends nothing and decides nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from bot.verdict import Again, Anew, GivenUp, Moved, Pause, Sent, UploadAgain, Verdict
from preorder.order import PersonId
from storage import catalogue, outbox, people
from storage.database import Database, Tx
from storage.outbox import Priority, Queued

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Marks:
    """The sender's pen. `now` dates rows."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._later: list[Queued] = []
        self.unwritten: set[int] = set()

    def put_off(self, row: Queued, verdict: Verdict) -> bool:
        """May its mark wait for the next one's? Until then the row is among the `unwritten`."""
        if row.priority is not Priority.PRESS or not isinstance(verdict, Sent):
            return False
        self._later.append(row)
        self.unwritten.add(row.id)
        return True

    async def write_put_off(self) -> list[Queued]:
        """Write what was put off; the rows that come next in these chats."""
        return await self._with_put_off(lambda _tx: []) if self._later else []

    async def write(
        self, row: Queued, verdict: Verdict, learned: Sequence[tuple[str, str]], named: Iterable[str]
    ) -> list[Queued]:
        """Write down what became of a row, and what was put off; the rows that come next in their chats.

        `learned` are (picture, file id), `named` the pictures that were sent by their file ids.
        """
        return await self._with_put_off(partial(self._mark, row=row, verdict=verdict, learned=learned, named=named))

    async def _with_put_off(self, work: Callable[[Tx], list[Queued]]) -> list[Queued]:
        taken, self._later = self._later, []

        def together(tx: Tx) -> list[Queued]:
            now = self._now()
            for row in taken:
                outbox.sent(tx, row.id, None, now)
            behind = {one.id: one for row in taken for one in outbox.waiting_in(tx, row.chat_id, now)}
            return list({**behind, **{one.id: one for one in work(tx)}}.values())

        behind = await self.insist(together)
        self.unwritten.difference_update(row.id for row in taken)
        return behind

    def _mark(
        self, tx: Tx, row: Queued, verdict: Verdict, learned: Iterable[tuple[str, str]], named: Iterable[str]
    ) -> list[Queued]:
        now = self._now()
        for media, file_id in learned:
            catalogue.remember_file(tx, media, file_id)
        match verdict:
            case Sent(message_id):
                outbox.sent(tx, row.id, message_id, now)
            case Again(seconds, why, counts):
                later = outbox.retry if counts else outbox.postpone
                later(tx, row.id, now + timedelta(seconds=seconds), why)
            case Pause(seconds):
                outbox.postpone(tx, row.id, now + timedelta(seconds=seconds), outbox.TOLD_TO_WAIT)
            case GivenUp(why, ambiguous, is_unreachable):
                outbox.give_up(tx, row.id, why, ambiguous, now)
                if is_unreachable:
                    people.mark_unreachable(tx, PersonId(row.chat_id))
            case Moved(chat_id):
                outbox.postpone(tx, row.id, now, "the group moved")
                outbox.follow_migration(tx, row.chat_id, chat_id)
            case Anew(method, params):
                outbox.rewrite(tx, row.id, method, params)
            case UploadAgain():
                for media in named:
                    catalogue.remember_file(tx, media, "")
                outbox.postpone(tx, row.id, now, "a file is uploaded again")
        return outbox.waiting_in(tx, row.chat_id, now)

    async def insist(self, work: Callable[[Tx], T]) -> T:
        """Commit, however long the disk is full."""
        wait = 0.2
        while True:
            try:
                return await self._database.run(work)
            except Exception as error:
                _log.error("a mark in the outbox cannot be written: %s", type(error).__name__)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 5.0)
