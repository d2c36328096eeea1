"""A broadcast to 3,000 at the configured pace, and what a buyer who writes meanwhile notices of it.

The seller opens a batch, its announcement goes to everybody who follows the shop. Arrivals are counted where Telegram
would count them, at the sandbox. Buyers write at an even rate before, during and after.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tests.bench import shop
from tests.bench.buyers import Buyer, Crowd, answered, crowd
from tests.bench.figures import Figure, Goal, Row, Scale, most_within, percentile
from tests.bench.processes import bukapo, sandbox
from tests.people import until

PACE = 30  # as many as Telegram takes
ASKING = 30  # so many take turns that Telegram's limit on one chat is never met
EVERY = 0.2
FIRST = 4_000_000
OPENS_IN = timedelta(seconds=50)
WARM = 6  # seconds: what a start puts off is loaded by then, and what is asked for was worded once
COUNTED = ("send", "edit")


async def pace(scale: Scale) -> Sequence[Figure]:
    """Achieved pace, most in any second, and a buyer's p99 beside the idle p99."""
    readers = scale.pick(3_000, 100)
    folder = scale.room("broadcast")
    path = await shop.stocked(folder, opens_in=OPENS_IN if not scale.quick else timedelta(seconds=6))
    opens_at = time.time() + (OPENS_IN.total_seconds() if not scale.quick else 6)
    shop.people(path, FIRST, readers)
    async with sandbox(folder) as door, crowd(door) as people:
        await asyncio.gather(*(people.join(FIRST + number, started=True) for number in range(readers)))
        async with bukapo(folder, door, SEND_PACE=str(PACE)):
            await answered(people)
            asking = [await people.join(started=True) for _ in range(ASKING)]
            await _ask(asking, scale.pick(WARM, 1))
            idle = await _ask(asking, opens_at - time.time() - 1)
            arrived = Arrived(people, readers)
            await arrived.look()
            before = len(arrived.calls)
            during = await _while_it_runs(arrived, asking, opens_at)
            calls = arrived.calls[before:]
            idle += await _ask(asking, scale.pick(30, 2))
    sent = sorted(call["at"] for call in calls if call["method"].startswith(COUNTED) and call["status"] == 200)
    to_all = sorted(call["at"] for call in calls if call["method"] == "sendmessage" and arrived.is_reader(call))
    within = [at for at in sent if to_all[0] <= at <= to_all[-1]]
    achieved = (len(within) - 1) / (to_all[-1] - to_all[0])
    most = most_within(sent, 1.0)
    calm, busy = percentile(idle, 0.99), percentile(during, 0.99)
    how = f"{busy * 1000:.0f} ms at p99 of {len(during)}, idle {calm * 1000:.0f} ms of {len(idle)}"
    return [
        Figure("broadcast_pace", achieved / PACE, f"{achieved:.2f} of {PACE} a second, {len(to_all)} readers"),
        Figure("broadcast_peak", most / PACE, f"{most} at most in any second, pace {PACE}"),
        Figure("answer_meanwhile", busy / calm, how),
    ]


class Arrived:
    """What the sandbox got, read a piece at a time: writing out all of it would hold up what arrives meanwhile."""

    def __init__(self, people: Crowd, readers: int) -> None:
        self._people = people
        self.readers = readers
        self.calls: list[dict[str, Any]] = []

    def is_reader(self, call: dict[str, Any]) -> bool:
        chat = call["chat_id"]
        return isinstance(chat, int) and FIRST <= chat < FIRST + self.readers

    async def look(self) -> int:
        """How many readers were told by now."""
        self.calls += await self._people.calls(after=self.calls[-1]["n"] if self.calls else 0)
        return sum(map(self.is_reader, self.calls))

    async def is_complete(self) -> bool:
        return await self.look() >= self.readers


async def _while_it_runs(arrived: Arrived, asking: list[Buyer], opens_at: float) -> list[float]:
    await asyncio.sleep(max(0.0, opens_at + 2 - time.time()))
    during: list[float] = []
    while await arrived.look() < arrived.readers * 0.95:
        during += await _ask(asking, 5 if arrived.readers > 1000 else 1)
    await until(arrived.is_complete, 30.0, "not everybody was told")
    return during


async def _ask(asking: list[Buyer], seconds: float) -> list[float]:
    """Somebody writes every so often, whether or not the one before has been answered."""
    writers = itertools.cycle(asking)
    end = time.monotonic() + seconds
    asked: list[asyncio.Task[float]] = []
    while time.monotonic() < end:
        asked.append(asyncio.create_task(next(writers).act("say", "/orders", "Belum ada pesanan")))
        await asyncio.sleep(EVERY)
    return list(await asyncio.gather(*asked))


ROWS = (
    Row(
        {"broadcast_pace": Goal("≥", 0.98), "broadcast_peak": Goal("≤", 1.05), "answer_meanwhile": Goal("≤", 1.5)},
        pace,
    ),
)
