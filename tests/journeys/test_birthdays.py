"""/birthday: who wants it is invited a week before, once a year, by day; whoever changed their mind is not."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.journeys.floor import Floor, open_batch, open_floor
from tests.journeys.walking import accept, bought, order, pay, walk_to
from tests.people import Person

WIB = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 11, 16, 10, tzinfo=WIB)
NIGHT: dict[str, Any] = {"QUIET_FROM": "21:00", "QUIET_TO": "07:00"}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def begin(floor: Floor) -> None:
    """Everybody has started the bot."""
    await floor.at(START)
    for person in (floor.sari, floor.rina, floor.budi):
        await person.start()
        await person.sees("/help")


async def invitations(person: Person, *words: str) -> int:
    """How many invitations somebody has read."""
    said = words or ("ulang tahun Kakak,", "Your birthday is")
    return sum(any(word in m.text for word in said) for m in await person.messages() if m.by_bot)


async def tell_birthday(person: Person, day: str, shown: str) -> None:
    """By typing alone."""
    await person.say("/birthday")
    await person.sees("Undangan khusus")
    await person.say("isi tanggal ulang tahun")
    await person.sees("tanggal berapa", "Kembali", "Batal")
    await person.say(day)
    await person.sees("Tersimpan", shown)


async def test_a_birthday_is_told_shown_back_changed_and_forgotten(floor: Floor) -> None:
    """Offered once, beside the thanks for the first payment; typed as people write it; what is no day is asked again;
    seen in full, changed, forgotten; an unfinished order waits; /privacy leads there and deletes it."""
    await begin(floor)
    await open_batch(floor)
    rina = floor.rina
    code = await order(rina)
    await pay(rina, code)
    await accept(floor.sari, code)
    await rina.sees(code, "Terima kasih", "menjelang ulang tahun")
    await rina.press("Isi tanggal ulang tahun")
    await rina.sees("tanggal berapa")
    await rina.say("kapan ya")
    await rina.sees("Belum terbaca", "14 mei")
    await rina.say("14/5/1998")
    await rina.sees("Tersimpan: 14 Mei.")
    await rina.say("ulang tahun")
    await rina.sees("Ulang tahun: 14 Mei", "tidak dikabari", "Lupakan tanggalnya")
    await rina.press("Ubah tanggal ulang tahun")
    await rina.sees("tanggal berapa")
    await rina.press("Kembali")
    await rina.sees("tidak ada yang berubah")
    await rina.say("ubah tanggal ulang tahun")
    await rina.sees("tanggal berapa")
    await rina.say("29 feb")
    await rina.sees("Tersimpan: 29 Februari.")
    await rina.say("/birthday")
    await rina.press("Lupakan tanggalnya")
    await rina.sees("sudah kami lupakan")
    assert floor.books.value("SELECT day FROM birthdays") == ""
    second = await bought(floor, rina, seed=5, address="1")
    (thanks,) = [m for m in await rina.messages() if second in m.text and "sudah kami terima. Terima kasih" in m.text]
    assert thanks.button("Isi tanggal ulang tahun") is None
    await walk_to(rina, "quantity")
    await rina.say("/birthday")
    await rina.sees("Mau berapa")
    await rina.press("Isi tanggal ulang tahun")
    await rina.sees("Mau berapa")
    await rina.say("/cancel")
    await tell_birthday(rina, "14 mei", "14 Mei")
    await rina.say("/privacy")
    await rina.sees("Data Kakak", "Undangan ulang tahun")
    await rina.press("Hapus data saya")
    await rina.sees("Hapus data Kakak?")
    await rina.press("Ya, hapus data saya")
    await rina.sees("sudah dihapus")
    assert floor.books.value("SELECT COUNT(*) FROM birthdays") == 0
    floor.books.balance()


async def test_a_week_before_a_birthday_one_invitation_comes_by_day(tmp_path: Path) -> None:
    """Seven days before at nine, not earlier, not twice, with what is open and a way to stop; whoever stopped the news
    or told nothing gets none; told late it still comes, told on the eve's eve too; the next year it comes again."""
    async with open_floor(tmp_path, **NIGHT) as floor:
        await begin(floor)
        await tell_birthday(floor.rina, "1 des", "1 Desember")
        await floor.budi.say("/birthday")
        await floor.budi.press("Tell my birthday")
        await floor.budi.sees("When is your birthday")
        await floor.budi.say("Dec 1")
        await floor.budi.sees("Saved", "1 December")
        await floor.budi.say("/stop")
        await floor.budi.sees("no more pre-order news")
        await open_batch(floor, closing="30 nov 20.00")
        await floor.at(datetime(2026, 11, 24, 8, 59, tzinfo=WIB))
        assert await invitations(floor.rina) == 0
        await floor.sari.say("/schedule")
        await floor.sari.sees("Undangan ulang tahun", "24 November 2026 09.00")
        await floor.at(datetime(2026, 11, 24, 9, tzinfo=WIB))
        invited = await floor.rina.sees("7 hari lagi ulang tahun Kakak", "Selasa, 1 Desember 2026", "PO Gajian")
        assert invited.button("Pesan sekarang")
        assert invited.button("Berhenti info PO")
        for day in (25, 28, 30):
            await floor.at(datetime(2026, 11, day, 12, tzinfo=WIB))
        assert (await invitations(floor.rina), await invitations(floor.budi)) == (1, 0)
        await floor.rina.say("/birthday")
        await floor.rina.press("Ubah tanggal ulang tahun")
        await floor.rina.sees("tanggal berapa")
        await floor.rina.say("5 des")
        await floor.rina.sees("5 Desember")
        await floor.budi.say("/start")
        await floor.budi.sees("Budi")
        await floor.at(datetime(2026, 12, 3, 12, tzinfo=WIB))
        assert (await invitations(floor.rina), await invitations(floor.budi)) == (1, 0)
        await floor.at(datetime(2027, 11, 30, 12, tzinfo=WIB))
        assert (await invitations(floor.rina), await invitations(floor.budi)) == (2, 1)
        floor.books.balance()


async def test_missed_invitations_come_late_by_day_and_never_on_the_day_itself(tmp_path: Path) -> None:
    """The hour is set to half past nine in the evening, a quiet one: it comes at seven the next morning; whoever tells
    it the day before is not invited on the day itself."""
    async with open_floor(tmp_path, **NIGHT) as floor:
        await begin(floor)
        await floor.sari.say("/schedule")
        await floor.sari.press("Yang berjalan sendiri")
        await floor.sari.sees("⚙️")
        await floor.sari.say("Undangan ulang tahun")
        await floor.sari.sees("7 hari sebelumnya, jam 09.00", "masih dikirim sampai sehari sebelum harinya")
        await floor.sari.say("21.30")
        await floor.sari.sees("Tersimpan", "jam 21.30")
        await tell_birthday(floor.rina, "1 des", "1 Desember")
        await floor.at(datetime(2026, 11, 24, 22, tzinfo=WIB))
        assert await invitations(floor.rina) == 0
        await floor.at(datetime(2026, 11, 25, 7, tzinfo=WIB))
        await floor.rina.sees("6 hari lagi ulang tahun Kakak")
        await floor.budi.say("/birthday")
        await floor.budi.press("Tell my birthday")
        await floor.budi.sees("When is your birthday")
        await floor.budi.say("26 nov")
        await floor.budi.sees("26 November")
        await floor.at(datetime(2026, 11, 27, 12, tzinfo=WIB))
        assert (await invitations(floor.rina), await invitations(floor.budi)) == (1, 0)


async def test_a_year_after_the_first_order_an_invitation_comes_in_the_shops_words(floor: Floor) -> None:
    """Its own yes; counted from the first order that was paid for; worded by the shop; called off by the seller it is
    not made up for; said no to, it stops."""
    await begin(floor)
    await floor.sari.say("/texts")
    await floor.sari.sees("Kata-kata toko")
    await floor.sari.say("Undangan setahun order pertama")
    await floor.sari.sees("{tahun}")
    await floor.sari.press("Tulis")
    await floor.sari.sees("Taruh ini")
    await floor.sari.say("Kak {nama}, {tahun} tahun bareng {toko}, {hari} hari lagi!")
    await floor.sari.sees("Pakai kata-kata ini")
    await floor.sari.press("Simpan")
    await floor.sari.sees("kata-kata Kakak")
    await open_batch(floor, closing="18 nov 20.00")
    await bought(floor, floor.rina)
    await floor.rina.say("/birthday")
    await floor.rina.press("Kabari di tanggal order pertama")
    await floor.rina.sees("tiap tahun kami kabari")
    await floor.at(START + 3 * DAY)

    async def read() -> int:
        return await invitations(floor.rina, "tahun bareng Sari Hijab")

    assert await read() == 0
    await floor.at(datetime(2027, 11, 9, 9, tzinfo=WIB))
    await floor.rina.sees("Kak Rina, 1 tahun bareng Sari Hijab, 7 hari lagi!")
    await floor.at(datetime(2028, 11, 8, 12, tzinfo=WIB))
    await floor.at(datetime(2028, 11, 9, 8, tzinfo=WIB))
    assert await read() == 1
    await floor.sari.say("/schedule")
    await floor.sari.sees("Undangan setahun order pertama")
    rows = floor.books.rows("SELECT kind FROM due WHERE state = 'waiting' AND kind <> 'forget' ORDER BY due_at, id")
    await floor.sari.say(str([row["kind"] for row in rows].index("anniversary") + 1))
    await floor.sari.press("Batalkan yang ini")
    await floor.sari.sees("Dibatalkan: Undangan setahun")
    await floor.at(datetime(2028, 11, 14, 12, tzinfo=WIB))
    assert await read() == 1
    await floor.rina.say("jangan kabari di tanggal order pertama")
    await floor.rina.say("/birthday")
    await floor.rina.press("Jangan kabari di tanggal order pertama")
    await floor.rina.sees("tidak kami kabari lagi")
    await floor.at(datetime(2029, 11, 12, 12, tzinfo=WIB))
    assert await read() == 1
    floor.books.balance()
