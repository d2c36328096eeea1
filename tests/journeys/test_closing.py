"""Closing: by the seller, by time, when everything is paid; and buyers who are in the middle (product 3)."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.api import Api
from bot.receive import Poller
from storage.databases import database_at
from tests.journeys.floor import TOKEN, Floor, Place, books_of, open_batch, open_floor
from tests.journeys.process import STARTING, Street, open_street, plan_open
from tests.journeys.walking import (
    LATE_STEPS,
    NASTAR,
    accept,
    bought,
    close_by_hand,
    confirm,
    newcomers,
    order,
    pay,
    walk_to,
)
from tests.people import Person, until

LAST_WORD = {"quantity": "2", "wish": "Tanpa catatan", "address": "Jl. Melati", "review": "Konfirmasi pesanan"}
CLOSED = "sudah ditutup"


def closing_of(floor: Place) -> datetime:
    """When the batch closes, aware, in UTC."""
    return datetime.fromisoformat(floor.books.value("SELECT closes_at FROM batches"))


def state(floor: Floor) -> tuple[str, str]:
    """The batch's state, and why it closed."""
    row = floor.books.rows("SELECT state, close_reason FROM batches")[0]
    return row["state"], row["close_reason"]


async def is_told_kindly(floor: Floor, person: Person, word: str) -> None:
    """The word leads to one sentence, no order, and the way is free for something else."""
    await person.say(word)
    await person.sees("Maaf Kak", "PO Gajian", CLOSED, "belum sempat masuk")
    assert floor.books.value("SELECT COUNT(*) FROM orders") == 0
    await person.say("/cancel")
    await person.sees("Tidak ada yang sedang berjalan")
    floor.books.balance()


@pytest.mark.parametrize("step", LATE_STEPS)
async def test_a_buyer_in_the_middle_when_the_seller_closes(floor: Floor, step: str) -> None:
    """Whatever was on the screen when the seller pressed close: the buyer is told, and there is no order."""
    await open_batch(floor)
    await walk_to(floor.rina, step)
    await close_by_hand(floor.sari)
    assert state(floor) == ("closed", "seller")
    await is_told_kindly(floor, floor.rina, LAST_WORD[step])


@pytest.mark.parametrize("step", LATE_STEPS)
async def test_a_buyer_in_the_middle_when_the_time_is_up(floor: Floor, step: str) -> None:
    """The batch closes at its moment, the seller gets totals and recap, the buyer in the middle is told."""
    await open_batch(floor)
    await walk_to(floor.rina, step)
    await floor.at(closing_of(floor) + timedelta(seconds=1))
    assert state(floor) == ("closed", "time")
    await floor.sari.sees("PO Gajian", "sudah tutup", "Waktunya habis")
    await is_told_kindly(floor, floor.rina, LAST_WORD[step])


async def test_a_confirmation_after_closing_counts_for_nothing_even_before_the_clock_noticed(tmp_path: Path) -> None:
    """Nobody has written down yet that the time is up, and still the order is refused: the moment of commit counts."""
    async with open_floor(tmp_path, tick_seconds=3600) as floor:
        await floor.rina.start()
        await floor.rina.sees("Sari Hijab")
        await floor.app.database.run(partial(plan_open, now=floor.clock.now()))
        await walk_to(floor.rina, "review")
        floor.clock.set(closing_of(floor) + timedelta(seconds=1))
        await is_told_kindly(floor, floor.rina, "Konfirmasi pesanan")
        assert state(floor) == ("open", "")


async def test_a_confirmation_one_minute_before_closing_counts(floor: Floor) -> None:
    """The twin of the refusals: the same press a little earlier places the order."""
    await open_batch(floor)
    await walk_to(floor.rina, "review")
    await floor.at(closing_of(floor) - timedelta(minutes=1))
    await confirm(floor.rina)
    assert state(floor) == ("open", "")
    floor.books.balance()


async def test_an_old_review_pressed_after_closing_says_so(floor: Floor) -> None:
    """The confirm button of a closed batch, pressed on its own old screen, places nothing."""
    await floor.rina.start()
    await floor.rina.sees("Sari Hijab")
    await open_batch(floor)
    await floor.rina.sees("PO Gajian", "Pesan sekarang")
    review = await walk_to(floor.rina, "review")
    await close_by_hand(floor.sari)
    await floor.rina.press("Konfirmasi pesanan", review)
    await floor.rina.sees(CLOSED)
    await floor.rina.press("Pesan sekarang")
    await floor.rina.sees("PO Gajian", CLOSED)
    assert floor.books.value("SELECT COUNT(*) FROM orders") == 0


async def test_everything_sold_and_paid_closes_the_batch(floor: Floor) -> None:
    """Only held, the batch stays open; with the last payment confirmed it closes by itself, with the recap."""
    await open_batch(floor, quota="2", products=(NASTAR, "Pashmina Ceruty"))
    dewi = (await newcomers(floor, 1))[0]
    first = await order(floor.rina)
    second = await order(dewi)
    await floor.sari.sees("Semua slot", "PO Gajian", "2 di antaranya belum dibayar")
    assert state(floor) == ("open", "")
    await pay(floor.rina, first, seed=1)
    await accept(floor.sari, first)
    await floor.settled()
    assert state(floor) == ("open", "")
    await pay(dewi, second, seed=2)
    await accept(floor.sari, second)
    await floor.sari.sees("PO Gajian", "sudah tutup", "Kuotanya habis", "2 dari 2 slot")
    await floor.sari.sees("Rekap produksi", "Jumlah: 2 pcs")
    assert state(floor) == ("closed", "sold")
    await floor.at(closing_of(floor) + timedelta(minutes=1))
    assert state(floor) == ("closed", "sold")
    told = [message for message in await floor.sari.messages() if "sudah tutup" in message.text]
    assert len(told) == 1
    floor.books.balance()


async def test_two_closings_at_once_are_one(floor: Floor) -> None:
    """The seller presses yes in the second in which the time is up: it closes once, the totals come once."""
    await open_batch(floor)
    await bought(floor, floor.rina)
    await floor.sari.say("/close")
    await floor.sari.sees("Tutup PO Gajian?")
    moment = closing_of(floor) + timedelta(seconds=1)
    await asyncio.gather(floor.sari.press("Ya"), floor.at(moment))
    await floor.settled()
    assert state(floor)[0] == "closed"
    told = [message for message in await floor.sari.messages() if "sudah tutup" in message.text]
    assert len(told) == 1
    floor.books.balance()


async def test_a_proof_after_closing_is_taken(floor: Floor) -> None:
    """Closing takes no orders, but the money of those who ordered in time is still welcome."""
    await open_batch(floor)
    code = await order(floor.rina)
    await close_by_hand(floor.sari)
    await pay(floor.rina, code)
    await accept(floor.sari, code)
    await floor.rina.sees(code, "Slot Kakak aman")
    floor.books.balance()


async def test_a_seller_who_thinks_again_closes_nothing(floor: Floor) -> None:
    """No, back and cancel leave the batch open."""
    await open_batch(floor)
    for word in ("Tidak", "Kembali", "Batal", "/cancel"):
        await floor.sari.say("/close")
        await floor.sari.sees("Tutup PO Gajian?", "Tidak")
        await floor.sari.say(word)
        await floor.sari.sees("Oke Kak")
    assert state(floor) == ("open", "")


async def test_of_two_open_batches_the_chosen_one_closes(floor: Floor) -> None:
    """/close asks which; the other batch goes on taking orders."""
    await open_batch(floor, title="PO Hijab", products=("Pashmina Ceruty",))
    await floor.sari.sees("PO Hijab", "sudah buka")
    await open_batch(floor, title="PO Kue", products=(NASTAR,))
    await floor.sari.sees("PO Kue", "sudah buka")
    await floor.sari.say("/close")
    await floor.sari.sees("Tutup PO yang mana", "PO Hijab", "PO Kue")
    await floor.sari.press("PO Kue")
    await floor.sari.sees("Tutup PO Kue?")
    await floor.sari.press("Ya")
    await floor.sari.sees("PO Kue", "sudah tutup")
    await floor.rina.say("/order")
    await floor.rina.sees("Pilih variannya", "Sage")
    states = {row["title"]: row["state"] for row in floor.books.rows("SELECT title, state FROM batches")}
    assert states == {"PO Hijab": "open", "PO Kue": "closed"}


# --- under load --------------------------------------------------------------------------------------------------


async def kept_unhandled(street: Street, url: str, count: int) -> None:
    """So many updates come into the inbox while nobody handles any: a queue, as deep as it gets."""
    database, api = database_at(url), Api(TOKEN, street.address)
    await database.open()
    await api.open()
    poller = asyncio.create_task(Poller(api, database, street.clock.now, lambda: None, timeout=1).run())

    async def are_kept() -> bool:
        return bool(street.books.value("SELECT COUNT(*) FROM inbox WHERE state = 'new'") == count)

    try:
        await until(are_kept, 15, "the inbox does not fill")
    finally:
        poller.cancel()
        await asyncio.gather(poller, return_exceptions=True)
        await api.close()
        await database.close()


async def is_told_what_to_do(person: Person) -> None:
    """One kind sentence, what to press, and no order."""
    late = await person.sees("Maaf Kak", "PO Gajian", CLOSED, "paling dulu kalau PO-nya buka lagi", within=STARTING)
    assert late.button(f"Mau {NASTAR}") is not None
    assert not [one for one in await person.messages() if "sudah masuk, Kak" in one.text]


async def test_confirmations_that_wait_in_the_queue_over_the_closing_are_refused(tmp_path: Path) -> None:
    """Two confirm in time. Four press or type it in time as well, but the bot is busy with something else until the
    closing has passed: they have no order, and each reads a kind sentence whose button notes that they want it."""
    async with open_street(tmp_path) as street:
        await street.rina.start()
        await street.rina.sees("Sari Hijab", within=STARTING)
        buyers = [await street.world.add_person(880_000 + n, f"Kak{n}", language_code="id") for n in range(6)]
        await asyncio.gather(*(walk_to(buyer) for buyer in buyers))
        early, late = buyers[:2], buyers[2:]
        for buyer in early:
            await confirm(buyer)
        await street.settled()
        await street.bot.stop()
        for number, buyer in enumerate(late):
            await (buyer.say("konfirmasi pesanan") if number % 2 else buyer.press("Konfirmasi pesanan"))
        await kept_unhandled(street, books_of(tmp_path), len(late))
        street.clock.set(closing_of(street) + timedelta(seconds=1))
        await street.bot.start()
        for buyer in late:
            await is_told_what_to_do(buyer)
        ordered = {row["person_id"] for row in street.books.rows("SELECT person_id FROM orders")}
        assert ordered == {buyer.id for buyer in early}
        await late[0].press(f"Mau {NASTAR}")
        assert NASTAR in await late[0].toast()
        await late[0].sees(f"Batal mau {NASTAR}")
        await late[1].say(f"mau {NASTAR}")
        await late[1].sees(NASTAR, "dikabari duluan")
        await late[2].press(f"Mau {NASTAR}")
        await late[2].press(f"Batal mau {NASTAR}")
        await late[2].sees(f"Mau {NASTAR}")
        await street.settled()
        interested = {row["person_id"] for row in street.books.rows("SELECT person_id FROM interests")}
        assert interested == {late[0].id, late[1].id}
        street.books.balance()


async def test_while_many_confirm_the_time_is_up(floor: Floor) -> None:
    """Twelve press confirm at once and the closing passes in between: who has an order placed it in time and reads so,
    and everybody else reads that it has closed."""
    await open_batch(floor, quota="30")
    buyers = await newcomers(floor, 12)
    await asyncio.gather(*(walk_to(buyer) for buyer in buyers))
    closes_at = closing_of(floor)

    async def has_begun() -> bool:
        return bool(floor.books.value("SELECT COUNT(*) FROM orders"))

    async def time_passes() -> None:
        await until(has_begun, 10, "nobody orders")
        floor.clock.set(closes_at + timedelta(seconds=1))

    await floor.at(closes_at - timedelta(minutes=5))
    await asyncio.gather(time_passes(), *(buyer.press("Konfirmasi pesanan") for buyer in buyers))
    await floor.settled()
    rows = floor.books.rows("SELECT person_id, placed_at FROM orders")
    assert rows
    assert all(datetime.fromisoformat(row["placed_at"]) < closes_at for row in rows)
    has_order = {row["person_id"] for row in rows}
    for buyer in buyers:
        if buyer.id in has_order:
            await buyer.sees("sudah masuk, Kak")
        else:
            await is_told_what_to_do(buyer)
    assert state(floor) == ("closed", "time")
    floor.books.balance()


async def test_a_link_to_a_closed_batch_offers_what_was_in_it(floor: Floor) -> None:
    """The announcement's link after closing: a kind sentence with a button for each product; what another PO has is
    ordered there at once."""
    await open_batch(floor)
    batch = floor.books.value("SELECT id FROM batches")
    await close_by_hand(floor.sari)
    await floor.rina.start(f"b_{batch}")
    late = await floor.rina.sees("PO Gajian", CLOSED, f"Mau {NASTAR}", "Mau Pashmina Ceruty", "Katalog")
    await floor.rina.press(f"Mau {NASTAR}", late)
    changed = await floor.rina.sees(f"Batal mau {NASTAR}", "Mau Pashmina Ceruty")
    assert changed.id == late.id
    await open_batch(floor, title="PO Susulan", products=("Pashmina Ceruty",))
    await floor.rina.start(f"b_{batch}")
    await floor.rina.sees(CLOSED, "Pesan Pashmina Ceruty", f"Batal mau {NASTAR}")
    await floor.rina.press("Pesan Pashmina Ceruty")
    await floor.rina.sees("Pilih variannya")
    await floor.settled()
    await floor.rina.forge(changed, "a:want_late:x:0:1")
    assert "tombol" in (await floor.rina.toast()).casefold()
    floor.books.balance()
