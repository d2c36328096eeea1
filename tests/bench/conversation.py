"""What an order conversation costs the processor, and how long a buyer waits for a screen when thirty order at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from statistics import median

from tests.bench.buyers import ORDER, Crowd, answered, crowd, seller_comes
from tests.bench.figures import Figure, Goal, Row, Scale, percentile
from tests.bench.processes import bukapo, echo_bot, sandbox
from tests.bench.shop import stocked

BUYERS = 30
LOADED = 4  # seconds: what a start puts off is loaded by then


async def cpu(scale: Scale) -> Sequence[Figure]:
    """CPU of a whole order conversation, an update, against the same number of echoed texts."""
    rounds, orders = scale.pick(9, 2), scale.pick(8, 1)
    ours, floor = scale.room("ours"), scale.room("floor")
    await stocked(ours)
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        our_door, floor_door = await enter(sandbox(ours)), await enter(sandbox(floor))
        bot, echo = await enter(bukapo(ours, our_door)), await enter(echo_bot(floor, floor_door))
        buyers, echoed = await enter(crowd(our_door)), await enter(crowd(floor_door))
        await answered(buyers)
        await answered(echoed)
        await seller_comes(buyers)
        await buyers.order()
        updates = orders * len(ORDER)
        spent: list[tuple[float, float]] = []
        for _ in range(rounds):
            before = bot.cpu()
            for _ in range(orders):
                await buyers.order()
            between = bot.cpu() - before
            before = echo.cpu()
            await _echo(echoed, updates)
            spent.append((between / updates, (echo.cpu() - before) / updates))
    mine, theirs = median(a for a, _ in spent), median(b for _, b in spent)
    how = f"{mine * 1000:.2f} ms an update, echo bot {theirs * 1000:.2f} ms; {rounds} × {updates} updates each"
    return [Figure("cpu_per_update", median(a / b for a, b in spent), how)]


async def _echo(people: Crowd, count: int) -> None:
    buyer = await people.join()
    for number in range(count):
        await buyer.act("say", f"halo {number}", f"halo {number}")


async def waits(scale: Scale) -> Sequence[Figure]:
    """Thirty buyers go through a whole order without a pause for thought; the p95 of a step, ms."""
    rounds = scale.pick(9, 1)
    folder = scale.room("thirty")
    await stocked(folder)
    async with sandbox(folder) as door, bukapo(folder, door), crowd(door) as buyers:
        await answered(buyers)
        await seller_comes(buyers)
        await buyers.order()
        await asyncio.sleep(LOADED)
        found = []
        for _ in range(rounds):
            orders = await asyncio.gather(*(buyers.order() for _ in range(scale.pick(BUYERS, 4))))
            found.append(percentile((step for order in orders for step in order), 0.95) * 1000)
    how = f"{BUYERS} buyers × {len(ORDER)} steps without a pause; rounds {', '.join(f'{one:.0f}' for one in found)} ms"
    return [Figure("step_p95_ms", median(found), how)]


ROWS = (
    Row({"cpu_per_update": Goal("≤", 1.0)}, cpu),
    Row({"step_p95_ms": Goal("≤", 150)}, waits),
)
