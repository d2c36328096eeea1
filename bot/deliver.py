"""From the outbox to Telegram: who goes next, when, and what becomes of it (architecture, Sending).

In: rows of the outbox, `wake()` after a commit that wrote some. Out: calls of the Bot API, and a mark on each row.
People go before broadcasts, chosen anew for every slot; in a chat one message at a time, in order; the pace and every
429 are obeyed. A row stays `busy` or `unwritten` until its mark is on the disk, so this process sends none twice; a
broadcast is claimed on the disk before it leaves, so a crash sends none twice either. It decides nothing about what is
said.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any, Final

from bot import trouble
from bot.api import Api
from bot.attachments import Attachments, MissingPicture, Packed, Sheets, UploadGoesOn, media_of
from bot.marks import Marks
from bot.pace import UNCOUNTED, Pace
from bot.verdict import Again, GivenUp, Pause, Sent, Verdict, judge
from storage import outbox
from storage.database import Database, Tx
from storage.outbox import Priority, Queued

IN_FLIGHT: Final = 30
# Claimed ahead of leaving: few, because after a crash they count as perhaps sent.
CLAIMED_AHEAD: Final = 5
LOOK_EVERY: Final = 1.0
# Seconds that requests under way have to be answered when the token turns out to be wrong.
ANSWERS_WITHIN: Final = 5.0
_log = logging.getLogger(__name__)


class _PauseBegan(Exception):
    """A 429 to another message arrived while this one was packed."""


class Sender:
    """Sends what waits. `now` dates rows, `seconds` (monotonic) paces; `pace` is sends a second, 0 for no limit.

    `beat` is called each round, `observe` after each call with what became of it (a verdict's name) and its seconds.
    `may_send` is asked before anything leaves: another process may have become the one that sends.
    """

    def __init__(
        self,
        api: Api,
        database: Database,
        now: Callable[[], datetime],
        pace: float,
        sheets: Sheets,
        seconds: Callable[[], float] = time.monotonic,
        beat: Callable[[], None] = lambda: None,
        observe: Callable[[str, float], None] = lambda _outcome, _seconds: None,
        may_send: Callable[[], bool] = lambda: True,
    ) -> None:
        self._api = api
        self._database = database
        self._now = now
        self._seconds = seconds
        self._beat = beat
        self._observe = observe
        self._may_send = may_send
        self._pace = Pace(pace)
        self._ahead = CLAIMED_AHEAD if pace else IN_FLIGHT
        self._attachments = Attachments(database, sheets)
        self._marks = Marks(database, now)
        self._people: list[Queued] = []
        self._claimed: list[Queued] = []
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._chats: set[int] = set()
        self._left_since: list[set[int]] = []
        self._unsent: dict[int, int] = {}
        self._held = 0
        self._looks = False
        self._more_people = self._more_broadcasts = False
        self._rouse = asyncio.Event()
        self._is_stale = True
        self._grace: float | None = None
        self._fatal: trouble.InvalidToken | None = None
        self._ended = asyncio.Event()
        self._ended.set()

    def wake(self) -> None:
        """Rows were committed: look now."""
        self._is_stale = True
        self._rouse.set()

    async def run(self) -> None:
        """Send until `stop`, and begin anew when called again. Raises `InvalidToken` when the token is not known."""
        self._ended.clear()
        self._grace = None
        # Another process may have sent since what was waiting then.
        self._people.clear()
        self._claimed.clear()
        self._is_stale = True
        try:
            await self._settle_the_past()
            while self._grace is None and self._fatal is None:
                self._beat()
                await self._rest(await self._one_round())
            await self._finish(ANSWERS_WITHIN if self._grace is None else self._grace)
            if self._fatal is not None:
                raise self._fatal
        finally:
            await self._abandon()
            self._ended.set()

    async def stop(self, grace: float) -> None:
        """Send nothing new; what is in flight has `grace` seconds to finish. Returns when it is over."""
        self._grace = grace
        self.wake()
        await self._ended.wait()

    # --- choosing ------------------------------------------------------------------------------------------------

    async def _settle_the_past(self) -> None:
        now = self._now()
        doubtful = await self._marks.insist(partial(outbox.settle_doubts, now=now))
        if doubtful:
            _log.warning("%d broadcast messages may or may not have been sent before the last end", doubtful)
        until = await self._marks.insist(outbox.told_to_wait_until)
        if until is not None and until > now:
            self._pace.pause(self._seconds(), (until - now).total_seconds())

    async def _one_round(self) -> float:
        """Look when there is news, let go what may leave; returns the seconds until the next may."""
        try:
            if paused := self._pace.paused_for(self._seconds()):
                # After a crash what is claimed would count as perhaps sent.
                await self._release_claims()
                return paused
            if not self._busy:
                await self._line_up(self._marks.write_put_off())
            if self._is_stale and len(self._busy) < IN_FLIGHT:
                self._is_stale = False
                await self._look()
        except sqlite3.Error as error:
            _log.error("the outbox cannot be read: %s", type(error).__name__)
            return LOOK_EVERY
        return self._let_go() if self._may_send() else LOOK_EVERY

    async def _rest(self, seconds: float) -> None:
        """Wait for news or so long; after a second without news it is time to look for rows that fell due."""
        try:
            async with asyncio.timeout(min(seconds, LOOK_EVERY)):
                await self._rouse.wait()
        except TimeoutError:
            self._is_stale |= seconds >= LOOK_EVERY
        self._rouse.clear()

    async def _look(self) -> None:
        now = self._now()
        busy = frozenset(self._busy) | self._marks.unwritten
        limit = IN_FLIGHT + len(busy) + self._held
        free = IN_FLIGHT - len(self._busy)
        wanted = 0 if self._claimed else min(free, self._ahead)

        def look(tx: Tx) -> tuple[list[Queued], list[Queued] | None]:
            waiting = outbox.waiting(tx, now, limit, busy)
            room = wanted if len(waiting) - self._held < free else 0
            return waiting, outbox.broadcasts_waiting(tx, now, room) if room else None

        self._looks = True
        try:
            self._people, found = await self._database.read(look)
        finally:
            self._looks = False
        self._more_people = len(self._people) >= limit - len(busy)
        self._more_broadcasts = found is None or bool(found)
        if found:
            claimed = await self._database.run(lambda tx: [row for row in found if outbox.claim(tx, row.id)])
            # Meanwhile one that could not leave may have come back.
            self._claimed.extend(claimed)

    def _let_go(self) -> float:
        while len(self._busy) < IN_FLIGHT:
            row, wait = self._choose()
            if row is None:
                return wait
            self._start(row)
        return LOOK_EVERY

    def _choose(self) -> tuple[Queued | None, float]:
        """The first that may leave now, people before broadcasts; else the seconds until one may."""
        now = self._seconds()
        soonest = now + LOOK_EVERY
        self._held = 0
        for row in (*self._people, *self._claimed):
            if (_is_in_line(row) and row.chat_id in self._chats) or self._waits_for_upload(row):
                self._held += 1
                continue
            hurried = row.priority is Priority.ANSWER
            ready = self._pace.ready_at(row.method, row.chat_id, _weight(row), now, hurried)
            if ready <= now:
                return row, 0.0
            self._held += 1
            soonest = min(soonest, ready)
        return None, soonest - now

    def _waits_for_upload(self, row: Queued) -> bool:
        uploading = self._attachments.uploading
        return bool(uploading) and any(media in uploading for media in media_of(row.params))

    # --- one message ---------------------------------------------------------------------------------------------

    def _start(self, row: Queued) -> None:
        for rows in (self._people, self._claimed):
            rows[:] = [one for one in rows if one.id != row.id]
        self._pace.leave(row.method, row.chat_id, _weight(row), self._seconds())
        for left in self._left_since:
            left.add(row.id)
        if _is_in_line(row):
            self._chats.add(row.chat_id)
        if self._more_broadcasts and not self._claimed:
            self.wake()
        self._busy[row.id] = asyncio.create_task(self._send(row))

    async def _send(self, row: Queued) -> None:
        try:
            await self._send_and_mark(row)
        except (trouble.InvalidToken, UploadGoesOn, _PauseBegan) as error:
            # It has surely not left: it stays as it is in the outbox, and a claim stays with us.
            if row.priority is Priority.BROADCAST:
                self._claimed.append(row)
            self._is_stale = True
            if isinstance(error, trouble.InvalidToken):
                self._fatal = error
        finally:
            del self._busy[row.id]
            if _is_in_line(row):
                self._chats.discard(row.chat_id)
            self._rouse.set()

    async def _send_and_mark(self, row: Queued) -> None:
        packed = Packed({})
        learned: list[tuple[str, str]] = []
        left_at = self._seconds()
        try:
            try:
                packed = await self._attachments.pack(_addressed(row))
                if self._pace.paused_for(self._seconds()):
                    raise _PauseBegan
                result = await self._api.call(row.method, packed.params, packed.files)
                verdict: Verdict = Sent(_message_id(result))
                learned = self._attachments.learned(packed, result)
            except (trouble.InvalidToken, UploadGoesOn, _PauseBegan):
                raise
            except MissingPicture:
                verdict = GivenUp("a picture is missing")
            except Exception as error:
                unsent = self._unsent.get(row.id, 0)
                verdict = judge(row, error, self._now() - row.created_at, unsent, bool(packed.named))
            self._observe(type(verdict).__name__.lower(), self._seconds() - left_at)
            self._heed(row, verdict)
            if not self._marks.put_off(row, verdict):
                await self._line_up(self._marks.write(row, verdict, learned, packed.named))
            # A look that is on its way began before this mark and knows nothing of those behind it.
            self._is_stale |= self._looks or self._more_people or not isinstance(verdict, Sent)
        finally:
            self._attachments.unpack(packed)

    async def _line_up(self, marking: Awaitable[list[Queued]]) -> None:
        """Those behind one that was marked take its place.

        The mark may be told of late, after works that were committed behind it: whoever was under way when it began, or
        has left since, may be sent and marked by now, though it was still waiting when the mark looked.
        """
        left = set(self._busy) | self._marks.unwritten
        self._left_since.append(left)
        try:
            behind = await marking
        finally:
            self._left_since = [one for one in self._left_since if one is not left]
        left.update(one.id for one in self._people)
        self._people += [one for one in behind if one.id not in left]
        self._people.sort(key=lambda one: (one.priority, one.id))

    def _heed(self, row: Queued, verdict: Verdict) -> None:
        """What a verdict means for the messages after this one."""
        match verdict:
            case Pause(seconds):
                self._pace.pause(self._seconds(), seconds)
                _log.warning("told to wait %.1f seconds by %s", seconds, row.method)
            case Again(why=why, counts=counts):
                if not counts:
                    self._unsent[row.id] = self._unsent.get(row.id, 0) + 1
                _log.warning("%s comes again: %s", row.method, why)
                return
            case GivenUp(why=why, loud=True):
                _log.error("%s was given up: %s", row.method, why)
        self._unsent.pop(row.id, None)

    # --- the end -------------------------------------------------------------------------------------------------

    async def _finish(self, grace: float) -> None:
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=grace)
        await self._marks.write_put_off()
        await self._release_claims()

    async def _release_claims(self) -> None:
        claimed = {row.id for row in self._claimed}
        if claimed:
            await self._database.run(partial(outbox.release, row_ids=claimed))
            self._claimed[:] = [row for row in self._claimed if row.id not in claimed]

    async def _abandon(self) -> None:
        tasks = list(self._busy.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _is_in_line(row: Queued) -> bool:
    """In a chat one message at a time; the answer to a press is none and waits for none."""
    return row.priority is not Priority.PRESS


def _addressed(row: Queued) -> dict[str, Any]:
    """The row's chat counts, because a group may have moved since; a chat named by `@name` stays."""
    named = str(row.params.get("chat_id", "")).startswith("@")
    if named or not row.chat_id or row.method in UNCOUNTED:
        return row.params
    return {**row.params, "chat_id": row.chat_id}


def _weight(row: Queued) -> int:
    """How many messages Telegram counts: an album is as many as it holds."""
    items = row.params.get("media") if row.method == "sendMediaGroup" else None
    return len(items) if isinstance(items, list) else 1


def _message_id(result: Any) -> int | None:
    first = result[0] if isinstance(result, list) and result else result
    number = first.get("message_id") if isinstance(first, dict) else None
    return number if isinstance(number, int) else None
