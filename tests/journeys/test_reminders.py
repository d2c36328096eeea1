"""Reminders before closing: to those who have not ordered and want news, each once, none when it is too late."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from tests.journeys.floor import Floor, Place, open_batch, open_floor, order_one
from tests.journeys.process import STARTING, Street, open_street
from tests.people import Message, Person, make_png

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=WIB)
CLOSES = datetime(2026, 11, 28, 21, tzinfo=WIB)
BEFORE = (timedelta(days=3), timedelta(days=1), timedelta(hours=3))


async def reminders(person: Person) -> list[Message]:
    """What somebody reads about the closing that comes."""
    said = ("segera tutup", "is closing soon")
    return [m for m in await person.messages() if m.by_bot and any(words in m.text for words in said)]


async def counts(place: Place) -> tuple[int, int, int]:
    """How many reminders Rina, Budi and Sari have."""
    rina, budi, sari = [await reminders(person) for person in (place.rina, place.budi, place.sari)]
    return len(rina), len(budi), len(sari)


async def begin(place: Place, title: str = "PO Gajian") -> None:
    """Monday: everybody is there, a batch is open until Saturday night."""
    place.clock.set(MONDAY)
    for person in (place.sari, place.rina, place.budi):
        await person.start()
        await person.sees("/help", within=STARTING)
    await open_batch(place, title=title, closing="28 nov 21.00")
    await place.sari.sees("t.me/bukapo_bot?start=b_")
    await place.budi.sees(title)
    await place.settled()


@pytest_asyncio.fixture
async def monday(tmp_path: Path) -> AsyncIterator[Floor]:
    async with open_floor(tmp_path) as floor:
        await begin(floor)
        yield floor


async def test_who_has_not_ordered_is_reminded_three_times(monday: Floor) -> None:
    """Three days, one day and three hours before: Budi each time once, Rina who ordered never, the seller never."""
    await order_one(monday.rina)
    await monday.rina.send_photo(make_png(seed=1))
    await monday.rina.sees("bukti")
    await monday.sari.press("Terima")
    await monday.rina.sees("Terima kasih")
    for number, before in enumerate(BEFORE, start=1):
        await monday.at(CLOSES - before - timedelta(seconds=30))
        assert await counts(monday) == (0, number - 1, 0)
        await monday.at(CLOSES - before)
        await monday.budi.sees("PO Gajian", "Saturday, 28 November 2026 21.00 WIB", "Order now")
        await monday.advance(timedelta(minutes=10))
        assert await counts(monday) == (0, number, 0)


async def test_a_hold_that_ended_is_no_order(monday: Floor) -> None:
    """Somebody whose hold ran out has no order, and is reminded like all others."""
    await order_one(monday.rina)
    await monday.at(CLOSES - BEFORE[0])
    assert await counts(monday) == (1, 1, 0)


async def test_nobody_is_reminded_after_unsubscribing(monday: Floor) -> None:
    """Who stops the news gets no reminder; who takes it up again gets the next one."""
    await monday.budi.press("Stop PO news")
    await monday.budi.sees("no more pre-order news")
    await monday.at(CLOSES - BEFORE[0])
    assert await counts(monday) == (1, 0, 0)
    await monday.rina.press("Berhenti info PO")
    await monday.rina.sees("hentikan")
    await monday.budi.start()
    await monday.budi.sees("Budi")
    await monday.at(CLOSES - BEFORE[1])
    assert await counts(monday) == (1, 1, 0)


async def test_nobody_is_reminded_of_what_has_closed(monday: Floor) -> None:
    """The seller closes early: no reminder comes, at no moment that was planned."""
    await monday.sari.say("/close")
    await monday.sari.sees("Tutup sekarang")
    await monday.sari.press("Ya")
    await monday.sari.sees("sudah ditutup")
    for before in BEFORE:
        await monday.at(CLOSES - before)
    assert await counts(monday) == (0, 0, 0)


async def test_a_batch_with_no_slot_left_reminds_nobody(tmp_path: Path) -> None:
    """There is nothing to order any more, so nobody is called to."""
    async with open_floor(tmp_path) as floor:
        await floor.at(MONDAY)
        for person in (floor.sari, floor.rina, floor.budi):
            await person.start()
            await person.sees("/help")
        await open_batch(floor, quota="2", hold="14 hari", closing="28 nov 21.00")
        await floor.sari.sees("t.me/bukapo_bot?start=b_")
        await order_one(floor.rina, quantity="2")
        await floor.at(CLOSES - BEFORE[0])
        assert await counts(floor) == (0, 0, 0)


async def test_a_short_batch_gets_only_the_reminders_that_fit(tmp_path: Path) -> None:
    """Open for five hours, it reminds three hours before its end, not three days."""
    async with open_floor(tmp_path) as floor:
        await floor.at(MONDAY)
        await floor.budi.start()
        await floor.budi.sees("Budi")
        await open_batch(floor, closing="hari ini 14.00")
        await floor.sari.sees("t.me/bukapo_bot?start=b_")
        assert len(await reminders(floor.budi)) == 0
        await floor.at(MONDAY + timedelta(hours=2))
        assert len(await reminders(floor.budi)) == 1
        await floor.at(MONDAY + timedelta(hours=6))
        assert len(await reminders(floor.budi)) == 1


async def away(street: Street, moment: datetime) -> None:
    """The bot is down until a moment, then back and at rest."""
    await street.settled()
    await street.bot.kill()
    street.clock.set(moment)
    await street.bot.start()
    await street.sari.say("/help")
    await street.sari.sees("Perintah untuk Kakak", within=STARTING)
    await street.settled()


async def test_reminders_missed_in_an_outage(tmp_path: Path) -> None:
    """An hour late a reminder still helps and comes once; later than two hours it is left out; after closing, never."""
    async with open_street(tmp_path, batch=False) as street:
        await begin(street)
        await away(street, CLOSES - BEFORE[0] + timedelta(hours=1))
        assert await counts(street) == (1, 1, 0)
        await away(street, CLOSES - BEFORE[0] + timedelta(hours=1, minutes=5))
        assert await counts(street) == (1, 1, 0)
        await away(street, CLOSES - BEFORE[1] + timedelta(hours=2, minutes=1))
        assert await counts(street) == (1, 1, 0)
        await away(street, CLOSES + timedelta(minutes=1))
        assert await counts(street) == (1, 1, 0)
        assert street.books.value("SELECT state FROM batches") == "closed"
        assert street.books.value("SELECT COUNT(*) FROM due WHERE kind = 'close_reminder' AND state = 'waiting'") == 0


@pytest.mark.parametrize(("setting", "sent"), [("30m", 1), ("", 0)])
async def test_the_shop_says_when_to_remind(tmp_path: Path, setting: str, sent: int) -> None:
    """Other moments in the settings are other reminders; none in the settings is none at all."""
    async with open_floor(tmp_path, CLOSE_REMINDERS=setting) as floor:
        await begin(floor)
        await floor.at(CLOSES - timedelta(hours=1))
        assert await counts(floor) == (0, 0, 0)
        await floor.at(CLOSES - timedelta(minutes=30))
        assert await counts(floor) == (sent, sent, 0)
