"""A batch that closes below its minimum: extended, made all the same, or cancelled with everybody told (product 3)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from tests.journeys.floor import Floor, open_batch
from tests.journeys.test_closing import closing_of
from tests.journeys.test_waiting import join, places, take
from tests.journeys.walking import NASTAR, accept, bought, close_by_hand, newcomers, order, pay
from tests.people import Person


async def with_minimum(floor: Floor, minimum: str = "1jt") -> None:
    """An open batch that needs so much to go ahead."""
    await open_batch(floor, extras=("Lewati", minimum, "Lewati", "Lewati"))


def state(floor: Floor) -> tuple[str, str]:
    """The batch's state and what was decided."""
    row = floor.books.rows("SELECT state, decision FROM batches")[0]
    return row["state"], row["decision"]


async def time_is_up(floor: Floor) -> None:
    """The batch closes by itself."""
    await floor.at(closing_of(floor) + timedelta(seconds=1))


async def second_seller(floor: Floor) -> Person:
    """Budi helps as an admin."""
    await floor.sari.say("/team")
    await floor.sari.sees("Tim")
    await floor.sari.press("Undang")
    await floor.sari.press("Admin")
    invited = await floor.sari.sees("t.me/")
    payload = next(word for word in invited.text.split() if "start=" in word).partition("start=")[2]
    await floor.budi.start(payload)
    await floor.settled()
    return floor.budi


async def test_cancelled_below_its_minimum_everybody_is_told_once_and_money_is_listed(floor: Floor) -> None:
    """The figures and three ways out; cancel is asked once; paid and unpaid orders end, slots and money too."""
    await with_minimum(floor)
    rina, sari = floor.rina, floor.sari
    dewi = (await newcomers(floor, 1))[0]
    paid = await bought(floor, rina, quantity="2")
    await floor.at(closing_of(floor) - timedelta(hours=12))
    unpaid = await order(dewi)
    await time_is_up(floor)
    await sari.sees("belum mencapai minimal", "Rp 330.000", "Rp 1.000.000", "Kurang: Rp 670.000", "Tetap jalan")
    assert state(floor) == ("closed", "asked")
    await sari.press("Batalkan PO")
    await sari.sees("Batalkan PO Gajian", "2 pesanan", "Rp 110.000", "Kembali", "Batal")
    await sari.press("Kembali")
    await sari.sees("tidak jadi")
    await sari.press("Batalkan PO")
    await sari.sees("tidak bisa diurungkan")
    await sari.press("Ya, batalkan PO")
    await sari.sees("dibatalkan", "2 pembeli")
    await floor.settled()
    await rina.sees("tidak jadi jalan", paid, "Rp 110.000", "dikembalikan")
    await dewi.sees("tidak jadi jalan", unpaid)
    assert state(floor) == ("cancelled", "cancelled")
    assert floor.books.value("SELECT SUM(taken) FROM batches") == 0
    await sari.say("/refunds")
    await sari.sees("Rp 110.000", paid, "PO dibatalkan")
    for person in (rina, dewi):
        told = [message for message in await person.messages() if "tidak jadi jalan" in message.text]
        assert len(told) == 1
    floor.books.balance()


async def test_extended_it_takes_orders_again_and_is_asked_about_again(floor: Floor) -> None:
    """Three more days by one press: buyers and channel hear of it, orders count, and then it is just enough."""
    await with_minimum(floor, "220rb")
    code = await bought(floor, floor.rina)
    await close_by_hand(floor.sari)
    await floor.sari.sees("belum mencapai minimal", "Rp 110.000", "Rp 220.000")
    await floor.sari.press("Buka lebih lama")
    await floor.sari.sees("sampai kapan", "+3 hari", "Kembali")
    await floor.sari.say("30 feb")
    await floor.sari.sees("sampai kapan", "+3 hari")
    await floor.sari.press("+3 hari")
    await floor.sari.sees("buka lagi sampai")
    await floor.rina.sees("dibuka lebih lama", code)
    await floor.settled()
    assert state(floor) == ("open", "extended")
    dewi = (await newcomers(floor, 1))[0]
    await bought(floor, dewi, seed=7)
    await time_is_up(floor)
    await floor.sari.sees("sudah tutup", "Waktunya habis", "Mulai dibuat")
    assert state(floor) == ("closed", "extended")
    floor.books.balance()


async def test_undecided_it_is_asked_again_each_day_until_somebody_decides(floor: Floor) -> None:
    """A day later the question comes again, with the same ways out; the day after the decision it does not."""
    await with_minimum(floor)
    await order(floor.rina)
    await time_is_up(floor)
    await floor.sari.sees("belum mencapai minimal")
    await floor.advance(timedelta(days=1, minutes=1))
    await floor.sari.sees("masih menunggu keputusan")
    await floor.sari.press("Tetap jalan")
    await floor.sari.sees("memutuskan", "tetap jalan")
    assert state(floor) == ("closed", "goes_on")
    await floor.sari.say("/recap")
    await floor.advance(timedelta(days=2))
    asked = [message for message in await floor.sari.messages() if "masih menunggu keputusan" in message.text]
    assert len(asked) == 1
    floor.books.balance()


async def test_two_sellers_decide_at_once_and_the_first_one_counts(floor: Floor) -> None:
    """One goes on, one cancels, in the same moment: one of the two happens, the other reads what was decided."""
    await with_minimum(floor)
    budi = await second_seller(floor)
    await bought(floor, floor.rina)
    await time_is_up(floor)
    await floor.sari.press("Batalkan PO")
    await floor.sari.sees("tidak bisa diurungkan")
    await asyncio.gather(floor.sari.press("Ya, batalkan PO"), budi.press("Go ahead"))
    await floor.settled()
    after, decision = state(floor)
    assert (after, decision) in (("cancelled", "cancelled"), ("closed", "goes_on"))
    orders = {row["state"] for row in floor.books.rows("SELECT state FROM orders")}
    assert orders == ({"cancelled"} if decision == "cancelled" else {"confirmed"})
    assert floor.books.value("SELECT COUNT(*) FROM refunds") == (decision == "cancelled")
    floor.books.balance()


async def test_opened_for_longer_the_line_goes_on_where_it_stood(floor: Floor) -> None:
    """Closed, the line was told that it is over; extended, a slot that is free by then goes to the first who stood in
    it, the second waits on at their place, somebody new stands behind them, and the next closing ends it once more."""
    await open_batch(
        floor, quota="2", products=(NASTAR, "Pashmina Ceruty"), extras=("Lewati", "1jt", "Lewati", "Lewati")
    )
    dewi, tia, uli, vera = await newcomers(floor, 4)
    codes = [await order(person) for person in (dewi, tia)]
    await pay(dewi, codes[0])
    await accept(floor.sari, codes[0])
    for person in (uli, vera):
        await join(person)
    await close_by_hand(floor.sari)
    for person in (uli, vera):
        await person.sees("sudah tutup", "daftar minat")
    await floor.advance(timedelta(days=2))  # Tia's hold ends meanwhile
    await floor.sari.press("Buka lebih lama")
    await floor.sari.sees("sampai kapan")
    await floor.sari.press("+3 hari")
    await floor.sari.sees("buka lagi sampai")
    await uli.sees("Ada slot untuk Kakak", "Ambil 1")
    await vera.sees("dibuka lebih lama", "urutan ke-2", "Berhenti antre")
    await join(floor.rina)
    assert places(floor) == [(uli.id, "offered", 1), (vera.id, "waiting", 0), (floor.rina.id, "waiting", 0)]
    floor.books.balance()
    await take(uli)
    await vera.press("Berhenti antre")
    await vera.sees("tidak antre lagi")
    await floor.rina.say("/orders")
    await floor.rina.sees("Urutan ke-1")
    await time_is_up(floor)
    await floor.rina.sees("sudah tutup", "daftar minat")
    assert [state for _, state, _ in places(floor)] == ["taken", "left", "ended"]
    assert state(floor) == ("closed", "asked")
    floor.books.balance()
