"""/schedule: what comes next and what runs by itself; ideas for paydays and holidays; posts in the channel again."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.scenes import CHANNEL
from tests.journeys.floor import Floor, open_batch, open_floor, order_one

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 16, 9, tzinfo=WIB)


async def greet(floor: Floor) -> None:
    """Everybody has started the bot."""
    for person in (floor.sari, floor.rina, floor.budi):
        await person.start()
        await person.sees("/help")


async def set_rule(floor: Floor, rule: str, *answers: str) -> None:
    """Sari sets something in /schedule."""
    await floor.sari.say("/schedule")
    await floor.sari.sees("Yang akan datang")
    await floor.sari.press("Yang berjalan sendiri")
    await floor.sari.sees("⚙️")
    await floor.sari.press(rule)
    await floor.sari.sees("mati" if rule.startswith("Posting") else "nyala")
    for answer in answers:
        await floor.sari.say(answer)
        await floor.sari.sees("Tersimpan")


async def test_a_payday_idea_opens_with_one_press(floor: Floor) -> None:
    """Three days before the 25th Sari is asked; the button prepares the last PO again for the payday's morning, and the
    confirm plans it. With a PO planned, the next payday's idea comes, and this one does not come twice."""
    await floor.at(MONDAY)
    await greet(floor)
    await open_batch(floor, closing="17 nov 09.00")
    await floor.rina.sees("PO Gajian")
    await floor.at(MONDAY + timedelta(days=1, hours=12))
    await floor.at(datetime(2026, 11, 22, 9, 59, tzinfo=WIB))
    assert not [m for m in await floor.sari.messages() if "Gajian 3 hari lagi" in m.text]
    await floor.at(datetime(2026, 11, 22, 10, tzinfo=WIB))
    idea = await floor.sari.sees("Gajian 3 hari lagi", "25 November 2026", "Siapkan PO gajian")
    await floor.sari.press("Siapkan PO gajian", idea)
    await floor.sari.sees("Rabu, 25 November 2026 10.00", "Konfirmasi")
    await floor.sari.press("Konfirmasi")
    await floor.sari.sees("dijadwalkan buka Rabu, 25 November 2026 10.00")
    await floor.at(datetime(2026, 11, 25, 10, tzinfo=WIB))
    assert floor.books.value("SELECT COUNT(*) FROM batches WHERE state = 'open'") == 1
    assert len([m for m in await floor.sari.messages() if "Gajian 3 hari lagi" in m.text]) == 1
    assert floor.books.value("SELECT subject FROM due WHERE kind = 'payday_idea' AND state = 'waiting'") == "2026-12-23"


async def test_a_holiday_idea_comes_two_weeks_before(floor: Floor) -> None:
    """Christmas is a fortnight off: one press prepares a PO that opens now. Switched off, the next one never comes."""
    await floor.at(MONDAY)
    await greet(floor)
    await open_batch(floor, closing="17 nov 09.00")
    await floor.at(MONDAY + timedelta(days=2))
    await floor.at(datetime(2026, 12, 11, 10, tzinfo=WIB))
    idea = await floor.sari.sees("14 hari lagi", "25 Desember 2026", "Siapkan PO")
    await floor.sari.press("Siapkan PO", idea)
    await floor.sari.sees("Konfirmasi")
    await floor.sari.press("Konfirmasi")
    await floor.sari.sees("sudah buka")
    await set_rule(floor, "Usul PO hari raya", "Matikan")
    assert floor.books.value("SELECT COUNT(*) FROM due WHERE kind = 'holiday_idea' AND state = 'waiting'") == 0


async def test_the_channel_is_reminded_while_a_po_is_open(tmp_path: Path) -> None:
    """Every two days at the hour Sari set, while there is something to order; at night it waits for the morning, and
    after closing nothing comes."""
    night: dict[str, Any] = {"QUIET_FROM": "21:00", "QUIET_TO": "07:00"}
    async with open_floor(tmp_path, **night) as floor:
        await floor.at(MONDAY)
        await greet(floor)
        await set_rule(floor, "Posting ulang di channel", "Nyalakan", "22.00", "2")
        await floor.sari.say("/cancel")
        await open_batch(floor, closing="21 nov 20.00")
        await floor.rina.sees("PO Gajian")

        async def posts() -> int:
            return len([m for m in await floor.sari.messages(chat=CHANNEL) if "PO Gajian dibuka" in m.text])

        assert await posts() == 1
        await floor.at(MONDAY + timedelta(days=2, hours=13, minutes=30))
        assert await posts() == 1
        await floor.at(MONDAY + timedelta(days=2, hours=22))
        assert await posts() == 2
        await floor.at(MONDAY + timedelta(days=12))
        assert await posts() == 2
        floor.books.balance()


async def test_one_of_what_comes_is_called_off(floor: Floor) -> None:
    """Sari calls off a reminder, guarded and noted; a closing and a payment deadline cannot be called off here, and the
    screen says why; a buyer's press changes nothing."""
    await floor.at(MONDAY)
    await greet(floor)
    await open_batch(floor, closing="21 nov 20.00")
    await floor.rina.sees("PO Gajian")
    await order_one(floor.rina)
    await floor.sari.say("/schedule")
    screen = await floor.sari.sees("Yang akan datang", "Pengingat tutup: PO Gajian", "Batas waktu bayar: PO-")
    rows = floor.books.rows(
        "SELECT kind FROM due WHERE state = 'waiting' AND kind NOT IN ('forget', 'catch_up') ORDER BY due_at, id"
    )
    kinds = [row["kind"] for row in rows]
    await floor.sari.press(str(kinds.index("hold_expiry") + 1), screen)
    shown = await floor.sari.sees("tidak bisa dibatalkan", "slotnya bergantung padanya")
    assert shown.button("Batalkan yang ini") is None
    await floor.sari.press("Kembali")
    await floor.sari.sees("Yang akan datang")
    await floor.sari.say(str(kinds.index("close_reminder") + 1))
    await floor.sari.sees("Mau dibatalkan?")
    await floor.sari.press("Batalkan yang ini")
    await floor.sari.sees("Dibatalkan: Pengingat tutup: PO Gajian")
    await floor.settled()
    gone = "SELECT COUNT(*) FROM due WHERE kind = 'close_reminder' AND state = 'skipped'"
    assert floor.books.value(gone) == 1
    assert floor.books.value("SELECT COUNT(*) FROM audit WHERE action = 'CancelDue' AND allowed = 1") == 1
    await floor.rina.say("/schedule")
    await floor.rina.sees("khusus")
    floor.books.balance()


async def test_the_recap_comes_at_the_hour_that_is_set(floor: Floor) -> None:
    """Set to half past six it comes then and no more at eight; what is no hour is asked for again; switched off it
    stays away."""
    await floor.at(MONDAY)
    await greet(floor)
    await floor.sari.say("/schedule")
    await floor.sari.sees("Yang akan datang")
    await floor.sari.press("Yang berjalan sendiri")
    await floor.sari.press("Rekap harian")
    await floor.sari.sees("Jam 20.00")
    await floor.sari.say("sore")
    await floor.sari.sees("Ketik jam seperti 09.00")
    await floor.sari.say("18.30")
    await floor.sari.sees("Tersimpan", "Jam 18.30")
    await floor.at(MONDAY + timedelta(hours=9, minutes=30))
    await floor.sari.sees("Rekap harian", "16 November 2026")
    await floor.at(MONDAY + timedelta(hours=12))

    async def recaps() -> int:
        return len([m for m in await floor.sari.messages() if m.text.startswith("🌙")])

    assert await recaps() == 1
    await floor.sari.press("Matikan")
    await floor.sari.sees("Tersimpan", "mati")
    await floor.at(MONDAY + timedelta(days=2))
    assert await recaps() == 1
