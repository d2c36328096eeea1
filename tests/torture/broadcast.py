"""Promise: a message to many reaches each once, across kills and faults: nobody twice, and who is in doubt is counted.

A batch opens and its announcement goes to all subscribers while the bot is killed and requests fail. In: how many read.
The control marks a broadcast only after it has left.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path

from preorder.order import PersonId
from storage import people, schedule
from storage.database import Tx
from storage.databases import database_at
from tests.journeys.floor import environment
from tests.torture.crowd import Human, Town, open_town, put_open_batch, text_of
from tests.torture.lives import Lives, open_lives
from tests.torture.mortal import KINDS, Death
from tests.torture.promise import Figure, Promise, Scale, judged

TROUBLE = (("429", 0.002), ("500", 0.03), ("drop_before", 0.03), ("drop_after", 0.02), ("hang_after", 0.02))
KILLED_AT = [KINDS[name] for name in ("a broadcast is written out", "a broadcast is claimed", "a send is marked")]


async def announce(folder: Path, scale: Scale, bot: str = "sound") -> Figure:
    """The trial."""
    async with open_town(folder) as town:
        batch_id = await put_open_batch(town, 100, opens_in=timedelta(seconds=0.1))
        readers = town.people(scale.readers, first=1_000_000)
        await _subscribe(town, readers, batch_id)
        changes = {"CLOSE_REMINDERS": "", "CLOCK_URL": f"{town.address}/sandbox/clock"}
        async with open_lives(folder, environment(town.address, folder, **changes), bot) as lives:
            town.trouble(*TROUBLE, seed=scale.seed, method="sendmessage")  # type: ignore[arg-type]  # checked there
            await _kill_while_sending(town, lives, scale)
            town.calm()
            await lives.begin()
            rests = await town.settled(within=60 + scale.readers / 20)
            await lives.end()
        return _count(town, readers, lives.deaths - 1, rests)


async def _kill_while_sending(town: Town, lives: Lives, scale: Scale) -> None:
    """As many kills as there is time for while the announcement goes out, spread over its whole length."""
    chance = random.Random(scale.seed)
    kills = max(8, scale.readers // 250)
    for number in range(kills):
        if number % 2:
            death = Death("before" if number % 4 == 1 else "after", KILLED_AT[number // 2 % 3], chance.randint(1, 6))
            await lives.begin(death)
            if await lives.over(3.0):
                continue
        else:
            await lives.begin()
            await asyncio.sleep(chance.uniform(0.1, 1.0))  # chance, not waiting: any length must do
        await lives.kill()
        if number > 3 and town.at_rest():
            return


def _count(town: Town, readers: list[Human], deaths: int, rests: bool) -> Figure:
    copies = Counter({r.person.id: sum("PO Gajian" in text_of(m) for m in r.shown()) for r in readers})
    doubted = {row[0] for row in town.books.rows("SELECT chat_id FROM outbox WHERE state = 'ambiguous'")}
    twice = sum(copies[r.person.id] > 1 for r in readers)
    missing = sum(copies[r.person.id] == 0 and r.person.id not in doubted for r in readers)
    unsure = sum(copies[r.person.id] == 0 for r in readers)
    faults = [] if rests else ["it does not come to rest"]
    faults += [f"{twice} people have it twice"] if twice else []
    faults += [f"{missing} people miss it and nobody knows"] if missing else []
    text = (
        f"{len(readers)} readers, {deaths} kills: {missing} missing, {twice} extra; "
        f"{len(doubted)} counted as in doubt, of which {unsure} did not get it"
    )
    return judged(faults, text)


async def _subscribe(town: Town, readers: list[Human], batch_id: str) -> None:
    database = database_at(town.url)
    await database.open()
    try:
        await database.run(partial(_put_readers, town=town, readers=readers, batch_id=batch_id))
    finally:
        await database.close()


def _put_readers(tx: Tx, town: Town, readers: list[Human], batch_id: str) -> None:
    now = town.box.clock.now()
    for reader in readers:
        people.meet(tx, PersonId(reader.person.id), reader.person.first_name, "", "id", now)
    schedule.plan(tx, "open_batch", batch_id, now)


async def _control(folder: Path, scale: Scale) -> Figure:
    small = Scale(readers=400, seed=scale.seed)
    return await announce(folder, small, "sending before claiming")


BROADCAST = Promise(
    "broadcast",
    "a broadcast reaches each reader once, across kills and faults; who is in doubt is counted",
    announce,
    "claiming a broadcast on the disk before it leaves",
    _control,
)
