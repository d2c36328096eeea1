"""Round after round through the inbox: who is handled now, who rests, and what becomes of one that failed or asked.

In: updates that wait, `wake()` when some were kept. Out: one transaction for each (`bot.engine.handle`), one a chat at
a time, chats side by side. It decides nothing about what is said.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import sqlite3
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final, Literal

from bot.engine import handle, set_aside
from bot.house import House
from bot.logs import get_logger, where
from bot.outside import Asked, Outside, Question
from storage import inbox
from storage.database import Database, Tx

log = get_logger(__name__)

AT_ONCE: Final = 64
LOOK_SECONDS: Final = 1.0
RETRY_SECONDS: Final = 0.2
BUSY_SECONDS: Final = 0.01
FOUND_AT_ONCE: Final = 8  # what is asked of the outside may be a file of 20 MB

Outcome = Literal["done", "elsewhere", "refused", "failed", "aside", "asked"]
Handle = Callable[..., bool]


class Engine:
    """Hands waiting updates to `handle`: one a chat at a time, different chats side by side, oldest first.

    `on_committed` is called after each round, `on_refused` when the database takes nothing, `beat` each time it looks.
    An update that failed rests, ever longer, and its chat behind it; so does one that asked something of the outside,
    until the answer is found. Nobody else waits for that.
    """

    def __init__(
        self,
        database: Database,
        house: House,
        now: Callable[[], datetime],
        on_committed: Callable[[], None],
        on_refused: Callable[[], None] = lambda: None,
        beat: Callable[[], None] = lambda: None,
        handle: Handle = handle,
        outside: Outside | None = None,
    ) -> None:
        self._database = database
        self._house = house
        self._now = now
        self._on_committed = on_committed
        self._on_refused = on_refused
        self._beat = beat
        self._handle = handle
        self._outside = outside
        self._answers: dict[int, dict[Question[object], object]] = {}  # of updates that asked
        self._finding: set[asyncio.Task[None]] = set()
        self._room_to_find = asyncio.Semaphore(FOUND_AT_ONCE)
        self._news = asyncio.Event()
        self._resting: dict[int, tuple[float, float]] = {}  # update → until when (monotonic), how long

    def wake(self) -> None:
        """Updates were kept: look now."""
        self._news.set()

    async def run(self) -> None:
        """Handle until cancelled. What the database refuses (a full disk) waits and is tried again."""
        try:
            await self._run()
        finally:
            for task in self._finding:
                task.cancel()

    async def _run(self) -> None:
        self._news.set()
        while True:
            await self._wait_for_news()
            self._beat()
            try:
                ready, is_all = await self._ready()
            except sqlite3.OperationalError as error:
                log.error("the inbox cannot be read, trying again", error=type(error).__name__)
                self._on_refused()
                await asyncio.sleep(RETRY_SECONDS)
                continue
            if not ready:
                continue
            outcomes = await asyncio.gather(*(self._one(update_id) for update_id in ready))
            if not is_all or any(outcome != "done" for outcome in outcomes):
                self._news.set()
            for update_id, outcome in zip(ready, outcomes, strict=True):
                self._rest(update_id, outcome)
            self._on_committed()
            if "refused" in outcomes:
                self._on_refused()
                await asyncio.sleep(RETRY_SECONDS)
            elif all(outcome == "elsewhere" for outcome in outcomes):
                # Another process is at all of them: what is behind them in their chats waits for it.
                await asyncio.sleep(BUSY_SECONDS)

    async def _wait_for_news(self) -> None:
        # Without a wake, look now and then: another process may have kept something, or somebody has rested enough.
        soonest = min((until for until, _ in self._resting.values()), default=math.inf) - time.monotonic()
        # Not wait_for: of Python 3.11 it forgets a cancellation that comes together with the news.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, min(LOOK_SECONDS, soonest))):
                await self._news.wait()
        self._news.clear()

    async def _ready(self) -> tuple[list[int], bool]:
        """Whose turn it is; and is that all: no more in their chats, and none beyond those that were read?"""
        # Those that rest are read too, and must not take the places of others.
        limit = AT_ONCE + len(self._resting)
        waiting = await self._database.read(lambda tx: inbox.waiting(tx, limit))
        now = time.monotonic()
        ready = [update_id for update_id, _ in waiting if self._resting.get(update_id, (0.0, 0.0))[0] <= now]
        is_all = len(waiting) < limit and len(ready) <= AT_ONCE and not any(more for _, more in waiting)
        return ready[:AT_ONCE], is_all

    def _rest(self, update_id: int, outcome: Outcome) -> None:
        if outcome == "failed":
            _, before = self._resting.get(update_id, (0.0, RETRY_SECONDS / 2))
            self._resting[update_id] = (time.monotonic() + before * 2, before * 2)
        elif outcome not in ("refused", "asked"):
            self._resting.pop(update_id, None)
            self._answers.pop(update_id, None)

    async def _one(self, update_id: int) -> Outcome:
        try:
            is_ours = await self._database.run(self._work(update_id))
        except Asked as asked:
            # It rests until the answer is there; `_find` wakes it.
            self._resting[update_id] = (math.inf, RETRY_SECONDS / 2)
            task = asyncio.create_task(self._find(update_id, asked.question))
            self._finding.add(task)
            task.add_done_callback(self._finding.discard)
            return "asked"
        except sqlite3.OperationalError as error:
            log.error("the database refused an update, trying again", error=type(error).__name__)
            return "refused"
        except Exception as error:
            # The type and the place alone: an error's text may hold what a person wrote.
            log.error("an update could not be handled", update_id=update_id, where=where(error))
            return await self._count_failure(update_id, self._now())
        return "done" if is_ours else "elsewhere"

    def _work(self, update_id: int) -> Callable[[Tx], bool]:
        # product 4: what counts is when an order is committed. However long an update waits for its turn on the
        # database, what time it is is asked when its transaction has begun.
        answers = self._answers.get(update_id)
        if answers is None:
            return lambda tx: self._handle(tx, self._house, update_id, self._now())
        return lambda tx: self._handle(tx, self._house, update_id, self._now(), answers)

    async def _find(self, update_id: int, question: Question[object]) -> None:
        """Find out what a turn asked, and let it begin anew; what cannot be found out counts as a failure."""
        try:
            if self._outside is None:
                raise LookupError("nobody can be asked here")
            async with self._room_to_find:
                answer = await question.find(self._outside)
        except Exception as error:
            log.error("the outside did not answer", update_id=update_id, where=where(error))
            outcome = await self._count_failure(update_id, self._now())
            self._rest(update_id, "aside" if outcome == "aside" else "failed")
        else:
            self._answers.setdefault(update_id, {})[question] = answer
            self._resting.pop(update_id, None)
        self.wake()

    async def _count_failure(self, update_id: int, now: datetime) -> Outcome:
        try:
            is_aside = await self._database.run(lambda tx: set_aside(tx, self._house, update_id, now))
        except sqlite3.OperationalError:
            return "refused"
        return "aside" if is_aside else "failed"
