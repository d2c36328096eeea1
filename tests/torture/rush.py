"""Promise: when thousands want the last slots at once, exactly the quota is sold and everybody gets an answer.

Every buyer stands at the last step of an order, as after a countdown in the channel, and all confirm at the same
moment. In: a rush of (buyers, slots), and on PostgreSQL four bots. The control reads how many are left and then writes.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from conversations import codec
from conversations.effects import LineWanted
from conversations.steps import Draft, Review
from preorder.address import Address
from preorder.batch import BatchId, VariantId
from preorder.order import PersonId
from storage import people
from storage.database import Tx
from storage.databases import database_at
from storage.people import Session
from tests.journeys.floor import books_of, environment
from tests.postgres import drop_checks
from tests.torture.crowd import Human, Town, open_town, put_open_batch, text_of
from tests.torture.lives import open_lives
from tests.torture.promise import Figure, Promise, Scale, judged

BOTS = 4
HOME = Address(recipient="Rina Wulandari", phone="+6281234567890", street="Jl. Melati No. 5, Sukajadi, Bandung 40162")


async def sell_out(folder: Path, scale: Scale, bot: str = "sound", *, unchecked: bool = False, bots: int = 1) -> Figure:
    """The trial."""
    buyers, slots = scale.rush
    async with open_town(folder) as town:
        batch_id = await put_open_batch(town, slots)
        crowd = town.people(buyers, first=1_000_000)
        await _stand_at_the_review(town, crowd, batch_id)
        changes = {"CLOSE_REMINDERS": "", "CLOCK_URL": f"{town.address}/sandbox/clock"}
        environ = environment(town.address, folder, **changes)
        async with AsyncExitStack() as stack:
            opening = (open_lives(folder, environ, bot, unchecked=unchecked) for _ in range(bots))
            all_lives = await asyncio.gather(*(stack.enter_async_context(one) for one in opening))
            for buyer in crowd:
                buyer.say("Konfirmasi pesanan")
            began = time.monotonic()
            for lives in all_lives:
                await lives.begin()
            rests = await town.settled(within=60 + buyers / 20)
            seconds = time.monotonic() - began
            for lives in all_lives:
                await lives.end()
        return _count(town, crowd, slots, rests, seconds)


def _count(town: Town, crowd: list[Human], slots: int, rests: bool, seconds: float) -> Figure:
    sold = town.books.value("SELECT COALESCE(SUM(quantity), 0) FROM lines")
    told = sum(any("sudah masuk, Kak" in text_of(m) for m in buyer.shown(buyer.since)) for buyer in crowd)
    silent = sum(next(buyer.shown(buyer.since), None) is None for buyer in crowd)
    faults = [] if rests else ["it does not come to rest"]
    faults += [f"{sold} sold of {slots}"] if sold != slots else []
    faults += [f"{told} were told that they have one"] if told != slots else []
    faults += [f"{silent} got no answer"] if silent else []
    misheard = town.misheard(crowd)
    faults += [f"{misheard} were told something twice or not at all"] if misheard else []
    faults += town.unbalanced()
    return judged(
        faults, f"{len(crowd)} buyers, {sold} of {slots} slots sold, {silent} without answer, {seconds:.0f} s"
    )


async def _stand_at_the_review(town: Town, crowd: list[Human], batch_id: BatchId) -> None:
    variant = VariantId(town.books.value("SELECT id FROM variants ORDER BY price DESC LIMIT 1"))
    database = database_at(town.url)
    await database.open()
    try:
        await database.run(partial(_put_sessions, town=town, crowd=crowd, batch_id=batch_id, variant=variant))
    finally:
        await database.close()


def _put_sessions(tx: Tx, town: Town, crowd: list[Human], batch_id: BatchId, variant: VariantId) -> None:
    now = town.box.clock.now()
    for buyer in crowd:
        person_id = PersonId(buyer.person.id)
        people.meet(tx, person_id, buyer.person.first_name, "", "id", now)
        draft = Draft(f"rush{person_id}", batch_id, (LineWanted(variant, 1),), HOME)
        people.put_session(tx, person_id, Session(1, codec.to_text(Review(draft))), now)


async def _control(folder: Path, scale: Scale) -> Figure:
    small = Scale(rush=(60, 20), seed=scale.seed)
    return await sell_out(folder, small, "reading then writing", unchecked=True)


async def _by_four(folder: Path, scale: Scale) -> Figure:
    return await sell_out(folder, scale, bots=BOTS)


async def _control_by_two(folder: Path, scale: Scale) -> Figure:
    drop_checks(books_of(folder))
    small = Scale(rush=(60, 20), seed=scale.seed)
    return await sell_out(folder, small, "reading then writing", bots=2)


RUSH = Promise(
    "rush",
    "a sold-out rush sells exactly the quota and answers everybody",
    sell_out,
    "the conditional UPDATE that takes slots (read first, then written), and the CHECK behind it",
    _control,
)

RUSH_ON_POSTGRES = Promise(
    "rush-postgres",
    "the same with four bots on one PostgreSQL",
    _by_four,
    "the conditional UPDATE that takes slots (read first, then written), and the CHECK behind it",
    _control_by_two,
    on_postgres=True,
)
