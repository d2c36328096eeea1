"""Dates move later: every buyer is asked to wait or to cancel with a refund, silence is reminded once (product 3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.journeys.floor import Floor, open_batch, order_one
from tests.journeys.walking import accept, bought, close_by_hand, newcomers, order, pay
from tests.people import Message, Person

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 16, 9, tzinfo=WIB)
WITH_DAYS_ON_THE_WAY = ("3", "Lewati", "Lewati", "Lewati")


async def delay(seller: Person, date: str, to: str, why: str) -> Message:
    """Sari walks through /delay up to its last question; the question as buyers will read it."""
    await seller.say("/delay")
    await seller.sees("yang mana yang mundur", date)
    await seller.press(date)
    await seller.sees("Mundur sampai kapan")
    await seller.say(to)
    await seller.sees("Kenapa mundur")
    await seller.say(why)
    await seller.sees("Mundurkan jadwal", "Kembali", "Batal")
    return await seller.sees("jadwalnya mundur")


async def confirm(seller: Person) -> None:
    await seller.press("Ya")
    await seller.sees("mundur:", "/delay")


async def asked(person: Person, *words: str) -> list[Message]:
    """The questions about later dates in a chat."""
    found = words or ("jadwalnya mundur", "masih menunggu jawaban")
    return [one for one in await person.messages() if any(word in one.text for word in found)]


async def bought_in_english(floor: Floor) -> str:
    """Budi reads English; his order is paid and confirmed."""
    code = await order_one(floor.budi)
    await floor.budi.send_document(b"%PDF-1.4 proof", "proof.pdf", "application/pdf")
    await floor.budi.sees(code)
    await accept(floor.sari, code)
    await floor.budi.sees(code, "Thank you")
    return code


async def test_of_three_buyers_one_waits_one_cancels_and_one_says_nothing(floor: Floor) -> None:
    """Closed and paid: the sending is a week later. Rina waits, Dewi gets her money back, Budi is asked in English,
    reminded once, and is counted as waiting. Nothing is asked twice, every answer is counted, the books balance."""
    await floor.at(MONDAY)
    await open_batch(floor, closing="17 nov 09.00", extras=WITH_DAYS_ON_THE_WAY)
    rina, budi, sari = floor.rina, floor.budi, floor.sari
    dewi = (await newcomers(floor, 1))[0]
    patient = await bought(floor, rina)
    leaving = await bought(floor, dewi, seed=2)
    quiet = await bought_in_english(floor)
    await close_by_hand(sari)

    preview = await delay(sari, "Perkiraan kirim", "+1 minggu", "Bahan telat")
    assert "Semula Selasa, 24 November 2026" in preview.text
    await sari.sees("3 pembeli", "Mundurkan jadwal")
    assert not await asked(rina)
    await confirm(sari)
    await rina.sees(patient, "Semula Selasa, 24 November 2026", "Jadi Selasa, 1 Desember 2026", "Bahan telat")
    await dewi.sees(leaving, "Perkiraan sampai", "Jadi Jumat, 4 Desember 2026", "Rp 55.000 dikembalikan")
    await budi.sees(quiet, "Before Tuesday, 24 November 2026", "Now Tuesday, 1 December 2026", "Materials are late")

    await rina.say(f"tunggu {patient}")
    await rina.sees("Terima kasih sudah sabar", patient, "1 Desember 2026")
    await dewi.press(f"Batal + refund {leaving}")
    await dewi.sees("Yakin batalkan", leaving, "Rp 55.000", f"Tunggu {leaving}")
    assert floor.books.value("SELECT COUNT(*) FROM refunds") == 0
    await dewi.press(f"Ya, batal {leaving}")
    await dewi.sees(leaving, "sudah dibatalkan", "Rp 55.000")
    await sari.sees("membatalkan", leaving, "karena jadwalnya mundur", "Rp 55.000")
    await sari.say("/delay")
    await sari.sees("Menunggu 1", "Batal 1", "Belum menjawab 1")
    await sari.press("Batal")
    await sari.say("/refunds")
    await sari.sees(leaving, "Rp 55.000", "tidak mau menunggu jadwal baru")

    await floor.at(MONDAY + timedelta(days=2, minutes=59))
    assert not await asked(budi, "still waiting")
    await floor.at(MONDAY + timedelta(days=2, hours=1))
    await budi.sees("still waiting for your answer", quiet, "No answer counts as waiting")
    await floor.advance(timedelta(days=4))
    assert len(await asked(budi, "still waiting")) == 1
    assert len(await asked(rina)) == len(await asked(dewi)) == 1
    await sari.say("/recap")
    await sari.sees("Jadwal mundur: 1 menunggu, 1 batal, 1 belum menjawab")
    await budi.press(f"Wait {quiet}")
    await budi.sees("Thank you for your patience", quiet)
    await sari.sees("Semua pembeli", "2 menunggu, 1 batal")
    floor.books.balance()


async def test_a_later_closing_is_the_one_that_counts(floor: Floor) -> None:
    """Still open: the old closing passes and orders are taken, reminders and closing come at the new time, and the
    channel hears of it. A typed date is said back in full; a second delay asks anew, and only its answer counts."""
    await floor.at(MONDAY)
    await open_batch(floor, closing="20 nov 21.00")
    rina, sari = floor.rina, floor.sari
    code = await bought(floor, rina)
    await delay(sari, "PO tutup", "22 nov jam 20.00", "Mesin jahit diservis")
    await sari.press("Kembali")
    await sari.sees("PO tutup jadi Minggu, 22 November 2026 20.00", "Kenapa mundur")
    await sari.say("Mesin jahit diservis")
    await sari.sees("Mundurkan jadwal", "pengingatnya ikut pindah")
    await confirm(sari)
    first = await rina.sees(code, "Semula Jumat, 20 November 2026 21.00", "Jadi Minggu, 22 November 2026 20.00")
    assert "Mesin jahit diservis" in first.text
    waiting = {
        (row["kind"], row["due_at"][:16])
        for row in floor.books.rows(
            "SELECT kind, due_at FROM due WHERE state = 'waiting' AND kind IN ('close_batch', 'close_reminder')"
        )
    }
    assert ("close_batch", "2026-11-22T13:00") in waiting
    assert {moment for _, moment in waiting} == {
        *("2026-11-19T13:00", "2026-11-21T13:00", "2026-11-22T10:00", "2026-11-22T13:00"),
    }

    await delay(sari, "Perkiraan kirim", "2 des", "Antrean produksi penuh")
    await sari.sees("ditanya lagi")
    await confirm(sari)
    second = await rina.sees(code, "Antrean produksi penuh", "Jadi Rabu, 2 Desember 2026")
    await rina.press(f"Tunggu {code}", first)
    assert "berubah lagi" in await rina.toast()
    await rina.sees(code, "Antrean produksi penuh")
    assert floor.books.value("SELECT COUNT(*) FROM delay_answers WHERE waits_at <> ''") == 0
    assert floor.books.value("SELECT COUNT(*) FROM due WHERE kind = 'delay_reminder' AND state = 'waiting'") == 1
    await rina.press(f"Tunggu {code}", second)
    await rina.sees("Terima kasih sudah sabar")

    await floor.at(datetime(2026, 11, 21, 10, tzinfo=WIB))
    dewi = (await newcomers(floor, 1))[0]
    await order(dewi)
    await floor.at(datetime(2026, 11, 22, 20, 0, 1, tzinfo=WIB))
    await sari.sees("sudah tutup", "Waktunya habis")
    # Closed since: who said "wait" may still change their mind, until it is sent.
    await rina.say("/orders")
    await rina.sees(code, "Jadwal mundur", "Kakak menunggu")
    await rina.press(f"Batal + refund {code}")
    await rina.sees("Yakin batalkan", code)
    await rina.press(f"Ya, batal {code}")
    await rina.sees(code, "sudah dibatalkan")
    floor.books.balance()


async def test_what_was_sent_is_not_cancelled_any_more(floor: Floor) -> None:
    """A proof that waits is judged first; once the parcel is on its way, neither button changes anything, and nobody is
    reminded."""
    await floor.at(MONDAY)
    await open_batch(floor, closing="17 nov 09.00")
    rina, sari = floor.rina, floor.sari
    code = await order(rina)
    await pay(rina, code)
    await close_by_hand(sari)
    await delay(sari, "Perkiraan kirim", "1", "4")
    await confirm(sari)
    question = await rina.sees(code, "Kendala produksi", f"Batal {code}")
    await rina.press(f"Batal {code}", question)
    await rina.sees("masih dicek penjual", code)
    await sari.press(f"Terima {code}")
    await sari.sees(code, "diterima oleh")
    await sari.say("/ship")
    for answer in (code, "JNE", "JP1234567890", "Ya"):
        before = await sari.last()
        await sari.say(answer)
        await sari.sees_other_than(before)
    await rina.sees(code, "sudah dikirim")
    for button in (f"Tunggu {code}", f"Batal {code}"):
        await rina.press(button, question)
        assert "sudah dikirim" in await rina.toast()
    await floor.advance(timedelta(days=4))
    assert len(await asked(rina)) == 1
    assert floor.books.value("SELECT state FROM orders") == "shipped"
    floor.books.balance()
