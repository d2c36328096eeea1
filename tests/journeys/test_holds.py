"""Holds: reminder, expiry, slots that come back, proofs that keep them, money that comes late (product 5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.journeys.floor import Floor, open_batch
from tests.journeys.walking import (
    NASTAR,
    accept,
    close_by_hand,
    newcomers,
    order,
    other_amount,
    pay,
    reject,
)
from tests.people import make_png

MINUTE = timedelta(minutes=1)


def hold_end(floor: Floor, code: str) -> datetime:
    """When the hold of an order ends, aware, in UTC."""
    return datetime.fromisoformat(floor.books.value("SELECT hold_until FROM orders WHERE code = ?", code))


def state(floor: Floor, code: str) -> str:
    return str(floor.books.value("SELECT state FROM orders WHERE code = ?", code))


def taken(floor: Floor) -> int:
    return int(floor.books.value("SELECT taken FROM batches"))


async def expire(floor: Floor, code: str) -> None:
    """Let the hold run out."""
    await floor.at(hold_end(floor, code) + timedelta(seconds=1))
    assert state(floor, code) == "expired"


async def test_an_unpaid_order_is_reminded_once_and_then_gives_its_slots_back(floor: Floor) -> None:
    """A reminder before the end, expiry at the end, and the next buyer gets the slots."""
    rina, dewi = floor.rina, (await newcomers(floor, 1))[0]
    await open_batch(floor, quota="2", products=(NASTAR, "Pashmina Ceruty"), hold="24 jam")
    code = await order(rina, quantity="2")
    await floor.at(hold_end(floor, code) - timedelta(hours=4))
    assert not [message for message in await rina.messages() if "menunggu pembayaran" in message.text]
    await floor.at(hold_end(floor, code) - timedelta(hours=2))
    await rina.sees("menunggu pembayaran", code, "Rp 110.000", "1234567890")
    await dewi.say("/order")
    await dewi.sees(NASTAR, "habis")
    await dewi.say("/cancel")
    await dewi.sees("dibatalkan")
    await expire(floor, code)
    expired = await rina.sees(f"Waktu bayar {code}", "PO Gajian", "sudah habis", "masih buka")
    reminders = [message for message in await rina.messages() if "menunggu pembayaran" in message.text]
    assert len(reminders) == 1
    assert taken(floor) == 0
    floor.books.balance()
    await order(dewi, quantity="2")
    assert taken(floor) == 2
    floor.books.balance()
    await rina.press("Pesan sekarang", expired)
    await rina.sees("Mau pesan yang mana", "habis")


async def test_a_reminder_that_comes_after_the_end_is_not_sent(floor: Floor) -> None:
    """After an outage over both moments the buyer hears only that the time was up, not that it will be."""
    await open_batch(floor)
    code = await order(floor.rina)
    await expire(floor, code)
    await floor.rina.sees(code, "sudah habis")
    assert not [message for message in await floor.rina.messages() if "menunggu pembayaran" in message.text]


async def test_a_paid_order_is_neither_reminded_nor_expired(floor: Floor) -> None:
    """Once the down payment is confirmed the hold is over for good."""
    await open_batch(floor)
    code = await order(floor.rina)
    end = hold_end(floor, code)
    await pay(floor.rina, code)
    await accept(floor.sari, code)
    await floor.at(end + timedelta(hours=1))
    assert state(floor, code) == "confirmed"
    assert not [message for message in await floor.rina.messages() if "menunggu pembayaran" in message.text]
    floor.books.balance()


async def test_a_proof_that_waits_keeps_the_slots(floor: Floor) -> None:
    """The seller sleeps over the end of the hold: the order stays, also a day later, until the proof is judged."""
    await open_batch(floor, closing="10 hari lagi 21.00")
    code = await order(floor.rina)
    await pay(floor.rina, code)
    for hours in (1, 3, 24):
        await floor.at(hold_end(floor, code) + timedelta(hours=hours))
        assert state(floor, code) == "held"
    floor.books.balance()
    await accept(floor.sari, code)
    await floor.rina.sees(code, "Slot Kakak aman")
    await floor.at(hold_end(floor, code) + timedelta(days=3))
    assert state(floor, code) == "confirmed"
    floor.books.balance()


async def test_a_refused_proof_leaves_time_for_another(floor: Floor) -> None:
    """Refused near the end, the order is kept for two hours more; without another proof it expires then."""
    await open_batch(floor)
    code = await order(floor.rina)
    await floor.at(hold_end(floor, code) - MINUTE)
    await pay(floor.rina, code)
    await floor.advance(timedelta(hours=1))
    refused_at = floor.clock.now()
    await reject(floor.sari, code, "Uang belum masuk")
    await floor.rina.sees(code, "uangnya belum masuk", "masih disimpan sampai")
    assert timedelta(0) <= hold_end(floor, code) - refused_at - timedelta(hours=2) < MINUTE
    await floor.at(hold_end(floor, code) - MINUTE)
    assert state(floor, code) == "held"
    await expire(floor, code)
    await floor.rina.sees(code, "sudah habis")
    assert taken(floor) == 0
    floor.books.balance()


async def test_a_refusal_early_on_takes_no_time_away(floor: Floor) -> None:
    """With a day left, two hours of grace would be less: the hold stays as promised."""
    await open_batch(floor)
    code = await order(floor.rina)
    before = hold_end(floor, code)
    await pay(floor.rina, code)
    await reject(floor.sari, code, "Tidak terbaca")
    await floor.rina.sees(code, "belum terbaca jelas")
    assert hold_end(floor, code) == before


async def test_late_money_reopens_the_order_while_slots_remain(floor: Floor) -> None:
    """The proof comes after expiry: the seller sees that it is late, confirms, and the slots are the buyer's again."""
    await open_batch(floor)
    code = await order(floor.rina, quantity="2")
    await expire(floor, code)
    await floor.rina.send_photo(make_png(seed=1))
    await floor.rina.sees(code, "Waktu bayarnya sudah lewat", "penjual cek dulu")
    await floor.sari.sees(code, "Waktu bayarnya sudah habis", "Rp 110.000")
    await accept(floor.sari, code)
    await floor.rina.sees(code, "Slot Kakak aman")
    assert (state(floor, code), taken(floor)) == ("confirmed", 2)
    floor.books.balance()


async def test_late_money_without_slots_is_to_be_sent_back(floor: Floor) -> None:
    """Somebody else has the slots by now: both are told that the money goes back, and nothing is oversold."""
    await open_batch(floor, quota="2", products=(NASTAR, "Pashmina Ceruty"))
    dewi = (await newcomers(floor, 1))[0]
    code = await order(floor.rina, quantity="2")
    await expire(floor, code)
    await order(dewi, quantity="1")
    await pay(floor.rina, code)
    await accept(floor.sari, code)
    await floor.rina.sees(code, "Rp 110.000", "slotnya sudah habis", "dikembalikan")
    await floor.sari.sees(code, "Tolong kembalikan", "Rina")
    assert (state(floor, code), taken(floor)) == ("expired", 1)
    assert floor.books.value("SELECT SUM(amount) FROM payments WHERE state = 'confirmed'") == 110_000
    floor.books.balance()


async def test_late_money_after_closing_still_counts(floor: Floor) -> None:
    """The order came in time, the money late, the batch is closed meanwhile: the free slots are the buyer's again."""
    await open_batch(floor)
    code = await order(floor.rina)
    await expire(floor, code)
    await close_by_hand(floor.sari)
    await pay(floor.rina, code)
    await accept(floor.sari, code)
    await floor.rina.sees(code, "Slot Kakak aman")
    floor.books.balance()


async def test_money_long_after_expiry_finds_no_order(floor: Floor) -> None:
    """Two weeks later a picture is not taken for that order any more, and the buyer is told."""
    await open_batch(floor)
    code = await order(floor.rina)
    await expire(floor, code)
    await floor.advance(timedelta(days=15))
    await floor.rina.send_photo(make_png(seed=1))
    await floor.rina.sees("tidak ada pesanan Kakak yang perlu dibayar", "/orders")
    assert floor.books.value("SELECT COUNT(*) FROM payments") == 0


async def test_a_part_of_the_money_keeps_the_order_for_another_hold(floor: Floor) -> None:
    """Less than the down payment arrived: the buyer is told what is missing and has the whole hold again for it."""
    await open_batch(floor)
    code = await order(floor.rina, quantity="2")
    await floor.at(hold_end(floor, code) - MINUTE)
    await pay(floor.rina, code)
    await other_amount(floor.sari, code, "60rb")
    await floor.rina.sees(code, "Rp 60.000", "Masih kurang Rp 50.000")
    assert state(floor, code) == "held"
    assert hold_end(floor, code) - floor.clock.now() > timedelta(hours=23)
    floor.books.balance()
    await floor.at(hold_end(floor, code) - timedelta(hours=2))
    await floor.rina.sees("menunggu pembayaran", code, "Bayar Rp 50.000")
    await pay(floor.rina, code, seed=2)
    await floor.sari.sees("Bukti transfer", code, "Seharusnya Rp 50.000")
    await accept(floor.sari, code)
    await floor.rina.sees(code, "Slot Kakak aman", "Rp 110.000")
    assert state(floor, code) == "confirmed"
    floor.books.balance()


async def test_a_part_without_the_rest_expires_and_is_to_be_sent_back(floor: Floor) -> None:
    """The rest never comes: slots return, and both hear of the money that has to go back."""
    await open_batch(floor)
    code = await order(floor.rina)
    await pay(floor.rina, code)
    await other_amount(floor.sari, code, "20rb")
    await floor.rina.sees(code, "Masih kurang Rp 35.000")
    await expire(floor, code)
    await floor.rina.sees(code, "Rp 20.000", "dikembalikan")
    await floor.sari.sees(code, "Rp 20.000", "kembalikan")
    assert taken(floor) == 0
    floor.books.balance()


async def test_a_buyer_cancels_an_order_that_is_only_held(floor: Floor) -> None:
    """Asked once, then the slots are back, the seller knows, and the end of the hold passes in silence."""
    await open_batch(floor)
    code = await order(floor.rina, quantity="3")
    end = hold_end(floor, code)
    await floor.rina.say("/orders")
    await floor.rina.sees(code, "Batalkan")
    await floor.rina.press(f"Batalkan {code}")
    await floor.rina.sees(f"Yakin batalkan {code}")
    await floor.rina.press("Tidak jadi")
    await floor.rina.sees(code, "tetap berjalan")
    assert taken(floor) == 3
    await floor.rina.say("/orders")
    await floor.rina.sees(code, "Batalkan")
    await floor.rina.say(f"Batalkan {code}")
    await floor.rina.sees(f"Yakin batalkan {code}")
    await floor.rina.say(f"Ya, batalkan {code}")
    await floor.rina.sees(code, "sudah dibatalkan")
    await floor.sari.sees(code, "membatalkan", "Rina")
    assert (state(floor, code), taken(floor)) == ("cancelled", 0)
    floor.books.balance()
    before = len(await floor.rina.messages())
    await floor.at(end + MINUTE)
    assert len(await floor.rina.messages()) == before


async def test_an_order_whose_proof_is_being_judged_is_not_cancelled(floor: Floor) -> None:
    """Also an old cancel button does nothing while a proof waits; after closing it does nothing at all."""
    await open_batch(floor)
    code = await order(floor.rina)
    await floor.rina.say("/orders")
    card = await floor.rina.sees(code, "Batalkan")
    await floor.rina.press(f"Batalkan {code}")
    question = await floor.rina.sees("Yakin batalkan")
    await pay(floor.rina, code)
    await floor.rina.press(f"Ya, batalkan {code}", question)
    await floor.rina.sees(code, "masih dicek penjual")
    await accept(floor.sari, code)
    await close_by_hand(floor.sari)
    await floor.rina.press(f"Batalkan {code}", card)
    await floor.rina.sees(code, "sudah tutup", "tidak bisa dibatalkan")
    await floor.rina.say("/orders")
    assert not (await floor.rina.sees(code, "Terkonfirmasi")).button("Batalkan")
    assert state(floor, code) == "confirmed"
    floor.books.balance()
