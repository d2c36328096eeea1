"""A PO that opens at the next payday: the day is said, kept to the second, announced once, and never after its end."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sandbox.scenes import CHANNEL
from tests.journeys.floor import Place, open_batch, open_floor
from tests.journeys.process import STARTING, Street, open_street
from tests.people import Message, Person

WIB = ZoneInfo("Asia/Jakarta")
PAYDAY = ("Gajian berikutnya", "10.00")
CLOSING = "28 des 21.00"
OPENS = datetime(2026, 12, 23, 10, tzinfo=WIB)


async def everybody_comes(place: Place) -> None:
    """All three have opened the bot, so that it may write to them."""
    for person in (place.sari, place.rina, place.budi):
        await person.start()
        await person.sees("/help", within=STARTING)


async def announced(person: Person, title: str = "PO Gajian", chat: int | None = None) -> list[Message]:
    """The announcements of a batch in somebody's chat, or in the channel; a seller's preview has no button."""
    shown = [message for message in await person.messages(chat) if message.by_bot and message.buttons]
    return [message for message in shown if all(word in message.text for word in ("📣", title, "Sari Hijab"))]


async def nobody_has_heard(place: Place) -> bool:
    private = [*await announced(place.rina), *await announced(place.budi)]
    return not private and not await announced(place.rina, chat=CHANNEL)


async def heard_once(place: Place) -> None:
    """Each subscriber has the announcement once, the channel too, with the link that begins an order there."""
    assert len(await announced(place.rina)) == 1
    assert len(await announced(place.budi)) == 1
    (post,) = await announced(place.rina, chat=CHANNEL)
    batch_id = place.books.value("SELECT id FROM batches")
    assert [b.url for row in post.buttons for b in row] == [f"https://t.me/bukapo_bot?start=b_{batch_id}"]
    assert not await announced(place.sari), "the seller is told in her own words"


@pytest.mark.parametrize(
    ("today", "joint_leave", "said", "closing"),
    [
        (datetime(2026, 12, 1, 9, tzinfo=WIB), "true", "Rabu, 23 Desember 2026 10.00 WIB", CLOSING),
        (datetime(2026, 12, 1, 9, tzinfo=WIB), "false", "Kamis, 24 Desember 2026 10.00 WIB", CLOSING),
        (datetime(2026, 12, 23, 9, 59, tzinfo=WIB), "true", "Rabu, 23 Desember 2026 10.00 WIB", CLOSING),
        (datetime(2026, 12, 23, 10, 1, tzinfo=WIB), "true", "Senin, 25 Januari 2027 10.00 WIB", "28 jan 21.00"),
        # Lebaran 2027 (10 and 11 March): its joint leave ends before payday, that of Good Friday falls on it.
        (datetime(2027, 3, 1, 9, tzinfo=WIB), "true", "Rabu, 24 Maret 2027 10.00 WIB", "28 mar 21.00"),
        (datetime(2027, 3, 1, 9, tzinfo=WIB), "false", "Kamis, 25 Maret 2027 10.00 WIB", "28 mar 21.00"),
    ],
)
async def test_the_screen_says_the_right_payday(
    tmp_path: Path, today: datetime, joint_leave: str, said: str, closing: str
) -> None:
    """The 25th, or the working day before it; joint leave counts when the shop says so; never a moment that passed."""
    async with open_floor(tmp_path, JOINT_LEAVE=joint_leave) as floor:
        await floor.at(today)
        await open_batch(floor, opening=PAYDAY, closing=closing)
        await floor.sari.sees("dijadwalkan buka", said)
        # A clock that is read as text would put another day or hour into the books.
        opens_at = datetime.fromisoformat(floor.books.value("SELECT opens_at FROM batches"))
        assert opens_at.astimezone(WIB).strftime("%H.%M") == "10.00"
        assert f"{opens_at.astimezone(WIB):%d} " in said.replace(",", "")
        assert opens_at > today


async def test_a_planned_batch_opens_at_its_moment_and_is_announced_once(tmp_path: Path) -> None:
    """Not a second before: then everybody and the channel read it once, however often the clock ticks."""
    async with open_floor(tmp_path) as floor:
        await floor.at(datetime(2026, 12, 1, 9, tzinfo=WIB))
        await everybody_comes(floor)
        await open_batch(floor, opening=PAYDAY, closing=CLOSING)
        await floor.sari.sees("dijadwalkan buka")

        await floor.at(OPENS - timedelta(seconds=20))
        assert floor.books.value("SELECT state FROM batches") == "scheduled"
        assert await nobody_has_heard(floor)
        await floor.rina.say("/order")
        await floor.rina.sees("Berikutnya buka Rabu, 23 Desember 2026 10.00 WIB")
        await floor.budi.start(f"b_{floor.books.value('SELECT id FROM batches')}")
        await floor.budi.sees("Wednesday, 23 December 2026 10.00 WIB")
        assert floor.books.value("SELECT COUNT(*) FROM orders") == 0

        await floor.at(OPENS)
        await floor.sari.sees("PO Gajian", "t.me/bukapo_bot?start=b_")
        await floor.rina.sees("PO Gajian", "Pesan sekarang", "Senin, 28 Desember 2026 21.00 WIB")
        await floor.budi.sees("PO Gajian", "Order now", "Monday, 28 December 2026 21.00 WIB")
        for minutes in (1, 5, 30):
            await floor.advance(timedelta(minutes=minutes))
        await heard_once(floor)
        await floor.budi.press("Pesan sekarang", (await announced(floor.rina, chat=CHANNEL))[0], chat=CHANNEL)
        await floor.budi.sees("Nastar Wisman", "Pashmina Ceruty")


async def away(street: Street, moment: datetime) -> None:
    """The bot is down while the clock goes on to a moment, then comes back."""
    await street.settled()
    await street.bot.kill()
    street.clock.set(moment)
    await street.bot.start()


async def test_an_opening_missed_in_an_outage_is_made_up_for_once(tmp_path: Path) -> None:
    """Down over the moment, the bot opens late when it is back; another restart announces nothing again."""
    async with open_street(tmp_path, batch=False) as street:
        street.clock.set(datetime(2026, 12, 1, 9, tzinfo=WIB))
        await everybody_comes(street)
        await open_batch(street, opening=PAYDAY, closing=CLOSING)
        await street.sari.sees("dijadwalkan buka")
        await away(street, OPENS + timedelta(hours=5))
        await street.rina.sees("PO Gajian", "Pesan sekarang", within=STARTING)
        await away(street, OPENS + timedelta(hours=6))
        await street.rina.say("/order")
        await street.rina.sees("Nastar Wisman", within=STARTING)
        await street.settled()
        await heard_once(street)


async def test_an_opening_whose_closing_has_passed_is_cancelled_quietly(tmp_path: Path) -> None:
    """After an outage over the whole PO it does not open for nobody: buyers read nothing, no order is taken."""
    async with open_street(tmp_path, batch=False) as street:
        street.clock.set(datetime(2026, 12, 1, 9, tzinfo=WIB))
        await everybody_comes(street)
        await open_batch(street, opening=PAYDAY, closing=CLOSING)
        await street.sari.sees("dijadwalkan buka")
        batch_id = street.books.value("SELECT id FROM batches")
        await away(street, datetime(2026, 12, 28, 21, tzinfo=WIB))
        await street.rina.start(f"b_{batch_id}")
        await street.rina.sees("PO Gajian", "ditutup", within=STARTING)
        await street.settled()
        assert street.books.value("SELECT state FROM batches") == "cancelled"
        assert await nobody_has_heard(street)
        of_batches = "('open', 'close', 'close_reminder')"
        assert street.books.value(f"SELECT COUNT(*) FROM due WHERE kind IN {of_batches} AND state = 'waiting'") == 0
        await street.sari.say("/close")
        await street.sari.sees("Tidak ada PO yang sedang buka")
