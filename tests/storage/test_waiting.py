"""The waiting list under a rush (product 4): slots that come back go to the line, in order, and to nobody else."""

from __future__ import annotations

import asyncio
import itertools
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from bot import waiting_work
from bot.house import House
from bot.turn import Turn
from messages.render import Words
from preorder.errors import SlotsGone
from preorder.order import Order, PersonId
from storage import batches, orders, people, waiting
from storage.database import Database, Tx
from storage.people import Person
from tests.journeys.floor import settings_for
from tests.storage.shelves import ADDRESS, BATCH, JAR, NOW, new_shelf, now_of, open_batch, opened, place, wanted
from tests.torture.bots import READ_THEN_WRITE, statements_of

FIRST: Final = range(1, 6)  # who have the five slots
LINE: Final = range(101, 109)  # who stand in line
QUICK: Final = range(201, 213)  # who press confirm in the same moment
_numbers = itertools.count(1)


@pytest.fixture
def house(tmp_path: Path) -> House:
    settings = settings_for("http://127.0.0.1:9", tmp_path)
    return House(settings, Words(settings.shop_name, settings.timezone), "bukapo_bot")


def sold_out_with_a_line(tx: Tx) -> list[Order]:
    """Five slots, five orders, eight in line; returns the orders."""
    open_batch(tx, quota=5)
    for person in (*FIRST, *LINE, *QUICK):
        people.meet(tx, PersonId(person), f"Kak{person}", "", "id", NOW)
    held = [place(tx, f"draft{buyer}", buyer) for buyer in FIRST]
    for person in LINE:
        assert waiting.join(tx, BATCH, JAR, PersonId(person), 1, NOW)
    return held


def let_go(tx: Tx, house: House, order: Order) -> None:
    """A hold ends, as the clock does it."""
    assert orders.release(tx, order, "expired", NOW)
    move_up(tx, house)


def move_up(tx: Tx, house: House, at: datetime = NOW) -> None:
    nobody = Person(PersonId(0), "", "", "id", subscribed=False, reachable=False)
    waiting_work.move_up(Turn(tx, house, at, f"t{next(_numbers)}", nobody, 0), BATCH)


def snatch(tx: Tx, buyer: int) -> bool:
    """Somebody else confirms; did they get a slot?"""
    try:
        with tx.attempt():
            orders.place(tx, now_of(tx), PersonId(buyer), f"quick{buyer}", wanted(), ADDRESS, NOW)
    except SlotsGone:
        return False
    return True


def offered(tx: Tx) -> list[int]:
    """Who is offered something, in the order of the line."""
    return [one.person_id for one in waiting.whole_line(tx, BATCH) if one.state == "offered"]


async def test_slots_that_come_back_go_to_the_line_in_order(database: Database, house: House) -> None:
    """Five holds end while twelve others confirm in the same moment: the first five of the line have them, nobody else;
    the sixth gets what the first gives back."""
    held = await database.run(sold_out_with_a_line)
    await asyncio.gather(
        *(database.run(partial(let_go, house=house, order=one)) for one in held),
        *(database.run(partial(snatch, buyer=buyer)) for buyer in QUICK),
    )
    assert await database.run(offered) == list(LINE)[:5]
    assert (await database.run(now_of)).taken == 5

    def give_up(tx: Tx) -> None:
        first = waiting.whole_line(tx, BATCH)[0]
        batches.hold_still(tx, BATCH)
        assert waiting.end(tx, first, "left", NOW)
        assert not waiting.end(tx, first, "left", NOW), "given back twice"
        move_up(tx, house)

    await database.run(give_up)
    assert await database.run(offered) == list(LINE)[1:6]
    assert (await database.run(now_of)).taken == 5


async def test_moved_up_in_a_transaction_of_its_own_the_line_is_passed(database: Database, house: House) -> None:
    """The twin without the guard: between the two somebody is quicker, and the line goes without."""
    held = await database.run(sold_out_with_a_line)
    for one, buyer in zip(held, QUICK, strict=False):
        await database.run(partial(orders.release, order=one, after="expired", now=NOW))
        assert await database.run(partial(snatch, buyer=buyer))
        await database.run(partial(move_up, house=house))
    assert await database.run(offered) == []


def test_without_the_conditional_update_the_line_is_offered_too_much(tmp_path: Path, house: House) -> None:
    """The twin that reads and then writes: eight are offered the five slots that came back."""
    shelf = new_shelf(tmp_path)
    with opened(shelf, statements_of(shelf, READ_THEN_WRITE), checks=False) as tx:
        for order in sold_out_with_a_line(tx):
            let_go(tx, house, order)
        assert len(offered(tx)) > 5


async def test_an_offer_ends_with_its_batch_at_the_latest(database: Database, house: House) -> None:
    """Half an hour before the closing a slot comes back: it is kept until then, and one that comes back earlier for as
    long as the shop keeps offers."""
    held = await database.run(sold_out_with_a_line)

    def come_back(tx: Tx) -> list[datetime | None]:
        closes_at = now_of(tx).closes_at
        for order, at in zip(held, (NOW, closes_at - timedelta(minutes=30)), strict=False):
            assert orders.release(tx, order, "expired", at)
            move_up(tx, house, at)
        return [one.offer_until for one in waiting.whole_line(tx, BATCH)[:2]]

    kept_for = timedelta(minutes=house.settings.waiting_offer_minutes)
    assert kept_for > timedelta(minutes=30)
    assert await database.run(come_back) == [NOW + kept_for, NOW + timedelta(days=3)]


async def test_who_has_blocked_the_bot_is_passed_over_and_keeps_their_place(database: Database, house: House) -> None:
    """Nobody can ask them: the slot goes to the next, and to them once they write again."""
    held = await database.run(sold_out_with_a_line)
    first, second = LINE[:2]

    def come_back(tx: Tx) -> list[int]:
        people.mark_unreachable(tx, PersonId(first))
        let_go(tx, house, held[0])
        found = offered(tx)
        people.meet(tx, PersonId(first), "Kak", "", "id", NOW)
        let_go(tx, house, held[1])
        return [*found, *offered(tx)]

    assert await database.run(come_back) == [second, first, second]


async def test_at_night_the_time_of_an_offer_begins_in_the_morning(database: Database, tmp_path: Path) -> None:
    """A slot that comes back at eleven in the evening is kept until seven and then for as long as by day."""
    settings = settings_for("http://127.0.0.1:9", tmp_path, QUIET_FROM="21:00", QUIET_TO="07:00")
    house = House(settings, Words(settings.shop_name, settings.timezone), "bukapo_bot")
    held = await database.run(sold_out_with_a_line)
    evening, morning = NOW + timedelta(hours=13), NOW + timedelta(hours=21)  # 23.00 and 07.00 WIB

    def come_back(tx: Tx) -> datetime | None:
        assert orders.release(tx, held[0], "expired", evening)
        move_up(tx, house, evening)
        return waiting.whole_line(tx, BATCH)[0].offer_until

    assert await database.run(come_back) == morning + timedelta(minutes=settings.waiting_offer_minutes)
