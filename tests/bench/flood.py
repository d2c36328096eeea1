"""One person sends two thousand messages as fast as they go; how long do others wait for an answer meanwhile?

The others write at an even rate from the first message of the flood until the bot has handled its last one. What the
sandbox itself takes to let the flood in is part of what they notice, as it would be at Telegram.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests.bench.buyers import Buyer, Crowd, answered, crowd, post
from tests.bench.figures import Figure, Goal, Row, Scale, percentile
from tests.bench.processes import bukapo, sandbox
from tests.bench.shop import stocked

MESSAGES = 2_000
SIDE_BY_SIDE = 20  # messages of the flood on their way at once
OTHERS = 20
EVERY = 0.1
MOST_SECONDS = 120.0


async def delays(scale: Scale) -> Sequence[Figure]:
    """The p95 of the others' waiting, seconds."""
    count = scale.pick(MESSAGES, 100)
    folder = scale.room("flood")
    path = await stocked(folder)
    async with sandbox(folder) as door, bukapo(folder, door), crowd(door) as people:
        await answered(people)
        others = [await people.join(started=True) for _ in range(OTHERS)]
        for other in others:
            await _ask(other)
        flooder = await people.join(started=True)
        began = time.monotonic()
        flood = asyncio.create_task(_flood(people, flooder, count))
        waits = await _others(others, flood, path)
        took = time.monotonic() - began
        handled = _count(path, f"chat_id = {flooder.id} AND state = 'done'")
    if handled != count:
        raise AssertionError(f"{handled} of {count} messages of the flood were handled")
    how = f"{len(waits)} answers to others, median {percentile(waits, 0.5):.2f} s; {count} messages in {took:.0f} s"
    return [Figure("flood_delay", percentile(waits, 0.95), how)]


async def _flood(people: Crowd, flooder: Buyer, count: int) -> None:
    numbers = iter(range(count))

    async def some() -> None:
        for number in numbers:
            await post(people.session, f"{people.base}/sandbox/say", person=flooder.id, text=f"halo {number}")

    await asyncio.gather(*(some() for _ in range(SIDE_BY_SIDE)))


async def _others(others: Sequence[Buyer], flood: asyncio.Task[None], path: Path) -> list[float]:
    end = time.monotonic() + MOST_SECONDS
    asked: list[asyncio.Task[float]] = []
    for other in itertools.cycle(others):
        asked.append(asyncio.create_task(_ask(other)))
        await asyncio.sleep(EVERY)
        is_over = flood.done() and not _count(path, "state = 'new'")
        if is_over or time.monotonic() > end:
            break
    await flood
    return list(await asyncio.gather(*asked))


async def _ask(other: Buyer) -> float:
    return await other.act("say", "/orders", "Belum ada pesanan")


def _count(path: Path, which: str) -> int:
    """Updates in the books of which this is true."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(f"SELECT COUNT(*) FROM inbox WHERE {which}")
        return int(found.fetchone()[0])


ROWS = (Row({"flood_delay": Goal("≤", 0.5)}, delays),)
