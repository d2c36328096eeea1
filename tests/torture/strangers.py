"""Promise: no update stops the bot, whatever is in it, and the next good message is answered within two seconds.

Mutated updates come a hundred at a time, each hundred followed by a buyer's plain question. In: how many. The control
reads an update before it keeps it, as most libraries do.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.journeys.floor import environment
from tests.torture.crowd import GaveUpError, Human, Town, comes_true, open_town, put_open_batch
from tests.torture.lives import open_lives
from tests.torture.mutants import some
from tests.torture.promise import Figure, Promise, Scale, judged

AT_ONCE = 100
LONGEST_WAIT = 2.0


async def digest(folder: Path, scale: Scale, bot: str = "sound") -> Figure:
    """The trial."""
    strange = await asyncio.to_thread(some, scale.updates, scale.seed)
    async with open_town(folder) as town:
        await put_open_batch(town, 10)
        (buyer,) = town.people(1)
        changes = {"CLOSE_REMINDERS": "", "CLOCK_URL": f"{town.address}/sandbox/clock"}
        async with open_lives(folder, environment(town.address, folder, **changes), bot) as lives:
            await lives.begin()
            buyer.say("/help")
            await buyer.sees("", within=30)
            longest, stops, unanswered = 0.0, 0, 0
            for begin in range(0, len(strange), AT_ONCE):
                for update in strange[begin : begin + AT_ONCE]:
                    town.box.world.mailbox.put_raw(update)
                waited = await _ask(buyer)
                unanswered += waited is None
                longest = max(longest, waited or 0.0)
                if await lives.over(0.01):
                    stops += 1
                    await lives.begin()
                if unanswered:
                    break
            if not unanswered:
                await _all_taken(town, within=len(strange) / 100)
            dead = town.books.value("SELECT COUNT(*) FROM inbox WHERE state = 'dead'")
            faults = [f"{stops} stops"] if stops else []
            faults += [f"{unanswered} good messages without an answer"] if unanswered else []
            faults += [f"{longest:.1f} s to an answer"] if longest > LONGEST_WAIT else []
            faults += [] if unanswered else town.unbalanced()
        text = f"{len(strange)} updates, {stops} stops, {dead} set aside, the next good one answered in"
        return judged(faults, f"{text} {longest:.2f} s at most")


async def _ask(buyer: Human, within: float = 5.0) -> float | None:
    """Seconds until a plain question is answered, None when it is not."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    buyer.say("/help")
    try:
        await buyer.sees("", within=within)
    except GaveUpError:
        return None
    return loop.time() - began


async def _all_taken(town: Town, within: float) -> None:
    """Wait until every update is handled or set aside; what cannot be handled is tried five times."""
    await comes_true(lambda: town.books.value("SELECT COUNT(*) FROM inbox WHERE state = 'new'") == 0, within)


async def _control(folder: Path, scale: Scale) -> Figure:
    return await digest(folder, Scale(updates=200, seed=scale.seed), "parsing first")


STRANGERS = Promise(
    "updates",
    "no mutated update stops the bot; the next good message is answered within 2 s",
    digest,
    "keeping an update before reading it",
    _control,
)
