"""From the start of the process to the first answered update, against the stock echo bot."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from statistics import median

from tests.bench.buyers import Crowd, answered, crowd
from tests.bench.figures import Figure, Goal, Row, Scale
from tests.bench.processes import Process, bukapo, echo_bot, sandbox
from tests.bench.shop import stocked

Bot = Callable[[Path, str], AbstractAsyncContextManager[Process]]


async def start(scale: Scale) -> Sequence[Figure]:
    """An update waits; the bot starts; the clock stops when its answer is on the screen. The shop has run before."""
    rounds = scale.pick(9, 1)
    ours, floor = scale.room("our-start"), scale.room("echo-start")
    await stocked(ours)
    async with (
        sandbox(ours) as our_door,
        sandbox(floor) as floor_door,
        crowd(our_door) as buyers,
        crowd(floor_door) as echoed,
    ):
        took: list[tuple[float, float]] = []
        for number in range(rounds + 1):
            pair = await _once(bukapo, ours, our_door, buyers), await _once(echo_bot, floor, floor_door, echoed)
            if number or scale.quick:
                took.append(pair)  # the very first one reads the files from the disk
    mine, theirs = median(a for a, _ in took), median(b for _, b in took)
    how = f"{mine:.2f} s, echo bot {theirs:.2f} s; {len(took)} starts each"
    return [Figure("start", median(a / b for a, b in took), how)]


async def _once(bot: Bot, folder: Path, door: str, people: Crowd) -> float:
    asked = asyncio.create_task(answered(people))
    await asyncio.sleep(0.1)
    began = time.perf_counter()
    async with bot(folder, door):
        await asked
        return time.perf_counter() - began


ROWS = (Row({"start": Goal("≤", 1.3)}, start),)
