"""/schedule, what runs by itself: each kind's switch and its time, set in the chat, count from then on."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.journeys.floor import Floor, open_batch, order_one
from tests.journeys.test_waiting import cancel, join, offer_end
from tests.journeys.walking import NASTAR, close_by_hand, newcomers, order
from tests.people import Person

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 16, 9, tzinfo=WIB)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def greet(floor: Floor) -> None:
    """Monday morning, everybody has started the bot."""
    await floor.at(MONDAY)
    for person in (floor.sari, floor.rina, floor.budi):
        await person.start()
        await person.sees("/help")


async def set_rule(floor: Floor, rule: str, *answers: str) -> None:
    """Sari sets something in /schedule, by typing."""
    await floor.sari.say("/schedule")
    await floor.sari.sees("Yang akan datang")
    await floor.sari.say("Yang berjalan sendiri")
    await floor.sari.sees("⚙️", "selalu jalan")
    await floor.sari.say(rule)
    await floor.sari.sees("Kalau bot sempat mati")
    for answer in answers:
        await floor.sari.say(answer)
        await floor.sari.sees("Tersimpan", "Kalau bot sempat mati")
    await floor.sari.say("/cancel")
    await floor.settled()


async def count(person: Person, *words: str) -> int:
    """How many messages with one of these words somebody has."""
    return sum(any(word in m.text for word in words) for m in await person.messages() if m.by_bot)


async def reminders(person: Person) -> int:
    return await count(person, "segera tutup", "is closing soon")


async def test_reminders_before_closing_come_when_the_shop_says_and_not_to_who_has_ordered(floor: Floor) -> None:
    """Set to two days and six hours while the PO is open: not at three days and not at three hours any more; Rina
    who has ordered gets none. What is no length is asked for again, and the schedule lists the new moments."""
    await greet(floor)
    await open_batch(floor, closing="21 nov 20.00", hold="7 hari")
    await floor.budi.sees("PO Gajian")
    await order_one(floor.rina)
    closes = datetime(2026, 11, 21, 20, tzinfo=WIB)
    await floor.sari.say("/schedule")
    await floor.sari.sees("Pengingat tutup: PO Gajian", "18 November 2026 20.00")
    await floor.sari.press("Yang berjalan sendiri")
    await floor.sari.sees("⚙️", "selalu jalan")
    await floor.sari.press("Pengingat sebelum tutup")
    await floor.sari.sees("3 hari, 24 jam, 3 jam", "masih dikirim sampai 2 jam sesudahnya")
    await floor.sari.say("sore")
    await floor.sari.sees("Paling banyak 5")
    await floor.sari.say("6 jam dan 2 hari")
    await floor.sari.sees("Tersimpan", "2 hari, 6 jam")
    await floor.sari.press("Kembali")
    await floor.sari.sees("⚙️", "selalu jalan")
    await floor.sari.press("Kembali")
    screen = await floor.sari.sees("19 November 2026 20.00", "21 November 2026 14.00")
    assert "18 November 2026 20.00" not in screen.text
    await floor.sari.say("/cancel")
    for before, so_far in ((3 * DAY, 0), (2 * DAY, 1), (DAY, 1), (6 * HOUR, 2), (3 * HOUR, 2)):
        await floor.at(closes - before + MINUTE)
        assert (await reminders(floor.rina), await reminders(floor.budi)) == (0, so_far)
    floor.books.balance()


async def test_the_payment_reminder_has_its_length_and_its_switch(floor: Floor) -> None:
    """Two hours before the end, also for holds that run already; one is called off; switched off, none comes, and the
    deadline itself stays."""
    await greet(floor)
    await open_batch(floor, closing="21 nov 20.00", hold="24 jam")
    dewi, tia = await newcomers(floor, 2)
    await order(dewi)
    await order(tia)
    await set_rule(floor, "Pengingat bayar", "2 jam")
    await floor.sari.say("/schedule")
    await floor.sari.sees("Pengingat bayar: PO-", "17 November 2026 07.0")
    rows = floor.books.rows("SELECT kind FROM due WHERE state = 'waiting' AND kind <> 'forget' ORDER BY due_at, id")
    await floor.sari.say(str([row["kind"] for row in rows].index("hold_reminder") + 1))
    await floor.sari.sees("Pengingat bayar: PO-", "Mau dibatalkan?", "Atur yang seperti ini")
    await floor.sari.press("Batalkan yang ini")
    await floor.sari.sees("Dibatalkan: Pengingat bayar")
    await floor.at(MONDAY + 21 * HOUR)
    assert [await count(person, "menunggu pembayaran") for person in (dewi, tia)] == [0, 0]
    await floor.at(MONDAY + 22 * HOUR + 5 * MINUTE)
    assert sorted([await count(person, "menunggu pembayaran") for person in (dewi, tia)]) == [0, 1]
    await set_rule(floor, "Pengingat bayar", "Matikan")
    await order(floor.rina)
    await floor.advance(3 * DAY)
    assert await count(floor.rina, "menunggu pembayaran") == 0
    assert floor.books.value("SELECT COUNT(*) FROM orders WHERE state = 'expired'") == 3
    floor.books.balance()


async def test_an_offer_from_the_line_lasts_as_long_as_the_shop_says(floor: Floor) -> None:
    """Six hours instead of two, from the next offer on; there is no switch, because it was promised."""
    await greet(floor)
    await set_rule(floor, "Tawaran daftar tunggu", "6 jam")
    await open_batch(floor, quota="1", closing="21 nov 20.00", products=(NASTAR, "Pashmina Ceruty"))
    (dewi,) = await newcomers(floor, 1)
    code = await order(dewi)
    await join(floor.rina)
    await cancel(dewi, code)
    await floor.rina.sees("Ada slot untuk Kakak")
    assert offer_end(floor, floor.rina) - floor.clock.now() > 5.9 * HOUR
    await floor.sari.say("/schedule")
    rows = floor.books.rows("SELECT kind FROM due WHERE state = 'waiting' AND kind <> 'forget' ORDER BY due_at, id")
    await floor.sari.say(str([row["kind"] for row in rows].index("waiting_offer_ends") + 1))
    screen = await floor.sari.sees("tidak bisa dibatalkan", "Atur yang seperti ini")
    assert screen.button("Batalkan yang ini") is None
    await floor.sari.press("Atur yang seperti ini")
    screen = await floor.sari.sees("Tawaran daftar tunggu", "disimpan 6 jam")
    assert screen.button("Matikan") is None
    floor.books.balance()


async def test_the_question_about_a_minimum_comes_as_often_as_the_shop_says(floor: Floor) -> None:
    """Every two days instead of every day; switched off it is asked at the closing alone."""
    await greet(floor)
    await set_rule(floor, "Pertanyaan minimal PO", "2")
    await open_batch(floor, extras=("Lewati", "1jt", "Lewati", "Lewati"))
    await order(floor.rina)
    await close_by_hand(floor.sari)
    await floor.sari.sees("belum mencapai minimal")
    for days, so_far in ((1, 0), (2, 1), (3, 1), (4, 2)):
        await floor.at(MONDAY + days * (DAY + HOUR))
        assert await count(floor.sari, "masih menunggu keputusan") == so_far
    await set_rule(floor, "Pertanyaan minimal PO", "Matikan")
    await floor.at(MONDAY + 9 * DAY)
    assert await count(floor.sari, "masih menunggu keputusan") == 2
    floor.books.balance()
