"""Quiet hours: what nobody asked for waits for the morning; what somebody chose or waits for does not."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.journeys.floor import Place, open_batch, open_floor, order_one
from tests.journeys.process import STARTING, open_street
from tests.people import Person

WIB = ZoneInfo("Asia/Jakarta")
NIGHT: dict[str, Any] = {"QUIET_FROM": "21:00", "QUIET_TO": "07:00"}
EVENING = datetime(2026, 11, 24, 22, 30, tzinfo=WIB)


async def greet(place: Place) -> None:
    """Everybody has started the bot."""
    for person in (place.sari, place.rina, place.budi):
        await person.start()
        await person.sees("/help", within=STARTING)


async def reminded(person: Person) -> int:
    """How many reminders of a closing somebody has."""
    return sum("is closing soon" in m.text or "segera tutup" in m.text for m in await person.messages())


async def test_a_reminder_that_falls_into_the_night_comes_in_the_morning(tmp_path: Path) -> None:
    """Three days before 22.30 is 22.30: Budi sleeps, and reads it at seven, once."""
    async with open_floor(tmp_path, CLOSE_REMINDERS="3d", **NIGHT) as floor:
        await floor.at(datetime(2026, 11, 23, 9, tzinfo=WIB))
        await greet(floor)
        await open_batch(floor, closing="27 nov 22.30")
        await floor.budi.sees("PO Gajian")
        await floor.at(EVENING)
        await floor.at(EVENING + timedelta(hours=8))
        assert await reminded(floor.budi) == 0
        await floor.at(datetime(2026, 11, 25, 7, tzinfo=WIB))
        assert await reminded(floor.budi) == 1
        await floor.at(datetime(2026, 11, 25, 9, tzinfo=WIB))
        assert await reminded(floor.budi) == 1
        floor.books.balance()


async def test_a_shop_in_the_east_sleeps_earlier(tmp_path: Path) -> None:
    """The hours are the shop's: what is due at 19.30 in Jakarta is due at 21.30 in Jayapura and waits."""
    async with open_floor(tmp_path, CLOSE_REMINDERS="1d", TIMEZONE="Asia/Jayapura", **NIGHT) as floor:
        wit = ZoneInfo("Asia/Jayapura")
        await floor.at(datetime(2026, 11, 23, 9, tzinfo=wit))
        await greet(floor)
        await open_batch(floor, closing="26 nov 21.30")
        await floor.budi.sees("PO Gajian")
        await floor.at(datetime(2026, 11, 26, 6, 59, tzinfo=wit))
        assert await reminded(floor.budi) == 0
        await floor.at(datetime(2026, 11, 26, 7, tzinfo=wit))
        assert await reminded(floor.budi) == 1


async def test_the_seller_opens_at_night_because_she_wants_to(tmp_path: Path) -> None:
    """Opened by hand at half past ten, the announcement goes out then, and so does all that concerns an order."""
    async with open_floor(tmp_path, **NIGHT) as floor:
        await floor.at(EVENING)
        await greet(floor)
        await open_batch(floor)
        await floor.budi.sees("PO Gajian", "Order now")
        code = await order_one(floor.rina)
        await floor.sari.say("/recap")
        await floor.sari.sees("PO Gajian")
        await floor.rina.say("/orders")
        await floor.rina.sees(code)
        await floor.settled()
        assert floor.books.value("SELECT COUNT(*) FROM outbox WHERE state = 'queued'") == 0


async def test_a_planned_opening_that_comes_late_wakes_nobody(tmp_path: Path) -> None:
    """Planned for eight in the evening, the bot is back at eleven: it is open at once, and announced in the morning."""
    async with open_street(tmp_path, batch=False, **NIGHT) as street:
        street.clock.set(datetime(2026, 11, 24, 10, tzinfo=WIB))
        await greet(street)
        await open_batch(street, opening="hari ini 20.00", closing="27 nov 20.00")
        await street.settled()
        await street.bot.kill()
        street.clock.set(datetime(2026, 11, 24, 23, tzinfo=WIB))
        await street.bot.start()
        await street.sari.sees("sudah buka", "dikirim Rabu, 25 November 2026 07.00", within=STARTING)
        await street.settled()
        channel = [m for m in street.books.rows("SELECT key FROM outbox WHERE state = 'sent'") if "channel" in m["key"]]
        assert channel == []
        assert not [m for m in await street.budi.messages() if "PO Gajian" in m.text]
        await street.at(datetime(2026, 11, 25, 7, tzinfo=WIB))
        assert len([m for m in await street.budi.messages() if "PO Gajian" in m.text]) == 1
        assert street.books.value("SELECT COUNT(*) FROM outbox WHERE key LIKE 'channel:open:%' AND state = 'sent'") == 1


async def test_a_po_that_an_outage_swallowed_is_offered_once_more(tmp_path: Path) -> None:
    """Its whole time fell into an outage: the seller is told, and one press and one confirm open it now."""
    async with open_street(tmp_path, batch=False) as street:
        street.clock.set(datetime(2026, 11, 24, 10, tzinfo=WIB))
        await greet(street)
        await open_batch(street, opening="hari ini 13.00", closing="hari ini 17.00")
        await street.settled()
        await street.bot.kill()
        street.clock.set(datetime(2026, 11, 25, 9, tzinfo=WIB))
        await street.bot.start()
        told = await street.sari.sees("tidak sempat dibuka", "PO Gajian", within=STARTING)
        await street.settled()
        assert street.books.value("SELECT state FROM batches") == "cancelled"
        await street.sari.press("Buka sekarang", told)
        await street.sari.sees("PO Gajian", "25 November 2026 13.00", "Konfirmasi")
        await street.sari.press("Konfirmasi")
        await street.budi.sees("PO Gajian", "Order now")
        assert street.books.value("SELECT COUNT(*) FROM batches WHERE state = 'open'") == 1
        street.books.balance()
