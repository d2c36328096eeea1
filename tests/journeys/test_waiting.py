"""The line for slots that come back (product 4): joining, offers and their end, first come first, and quotas."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from tests.journeys.floor import Floor, open_batch, open_floor
from tests.journeys.walking import NASTAR, accept, close_by_hand, confirm, newcomers, order, pay
from tests.people import Message, Person

MINUTE = timedelta(minutes=1)
SCARCE = (("kue", "Kue Lebaran", (("Nastar", 110_000, 2), ("Kastengel", 120_000, 5))),)
HOME = "Nama: Rina W\nNo HP: 0812-3456-7890\nAlamat: Jl. Melati No. 5, Sukajadi, Bandung 40162"


async def join(person: Person, quantity: str = "1", product: str = NASTAR) -> Message:
    """In a batch whose product of one variant is sold out, from /order to a place in line."""
    await person.say("/order")
    await person.sees(product)
    await person.press(product)
    await person.sees("sudah habis", "Antre")
    await person.press("Antre")
    await person.sees("Mau berapa", "Antre untuk")
    await person.say(quantity)
    return await person.sees("sudah masuk antrean", "Urutan ke-")


async def take(person: Person, address: str = HOME) -> str:
    """What is offered becomes an order; its code."""
    await person.press("Ambil")
    await person.sees("Ada catatan")
    await person.say("Tanpa catatan")
    await person.sees("Dikirim ke mana")
    await person.say(address)
    await person.sees("Cek dulu")
    return await confirm(person)


async def cancel(person: Person, code: str) -> None:
    await person.say("/orders")
    await person.sees(code, "Batalkan")
    await person.press(f"Batalkan {code}")
    await person.sees("Yakin batalkan")
    await person.press(f"Ya, batalkan {code}")
    await person.sees(code, "sudah dibatalkan")


def places(floor: Floor) -> list[tuple[int, str, int]]:
    """(person, state, pieces kept) of every place, in the order they came."""
    rows = floor.books.rows("SELECT person_id, state, offered FROM waiting ORDER BY place")
    return [(row["person_id"], row["state"], row["offered"]) for row in rows]


def offer_end(floor: Floor, person: Person) -> datetime:
    until = floor.books.value("SELECT offer_until FROM waiting WHERE person_id = ? AND state = 'offered'", person.id)
    return datetime.fromisoformat(until)


async def test_sold_out_offers_other_variants_first_and_then_the_line(tmp_path: Path) -> None:
    """The other kind is a button above the line; whoever stands in line sees their place in /orders and can leave."""
    async with open_floor(tmp_path, SCARCE) as floor:
        rina, dewi = floor.rina, (await newcomers(floor, 1))[0]
        await open_batch(floor, products=("Kue Lebaran",), quota="10")
        await dewi.say("/order")
        await dewi.sees("Pilih variannya")
        await dewi.press("Nastar")
        await dewi.sees("Mau berapa")
        await dewi.say("2")
        await dewi.sees("Ada catatan")
        await dewi.say("Tanpa catatan")
        await dewi.sees("Dikirim ke mana")
        await dewi.say(HOME)
        await dewi.sees("Cek dulu")
        code = await confirm(dewi)

        await rina.say("/order")
        await rina.sees("Pilih variannya", "Nastar", "habis")
        await rina.press("Nastar")
        screen = await rina.sees("Nastar sudah habis", "Kastengel", "sisa 5", "Antre Nastar", "Kembali", "Batal")
        assert [row[0].text for row in screen.buttons][:1] == ["Kastengel"]
        await rina.say("antre nastar")
        await rina.sees("Mau berapa", "1 sampai 10")
        await rina.say("banyak")
        await rina.sees("ketik dengan angka", "Mau berapa")
        await rina.say("11")
        await rina.sees("Paling banyak 10", "Mau berapa")
        await rina.say("2")
        await rina.sees("sudah masuk antrean", "Nastar × 2", "Urutan ke-1", "Berhenti antre")
        await rina.say("/orders")
        await rina.sees("Antre Kue Lebaran Nastar × 2", "Urutan ke-1")
        await rina.press("Berhenti antre Nastar")
        await rina.sees("tidak antre lagi")
        await cancel(dewi, code)
        await floor.settled()
        assert places(floor) == [(rina.id, "left", 0)]
        floor.books.balance()


async def test_slots_that_come_back_are_kept_for_the_first_in_line(floor: Floor) -> None:
    """A cancelled order's slots are the first one's for two hours; meanwhile nobody else gets them, not even by being
    quick; taken, they become an order."""
    await open_batch(floor, quota="2", products=(NASTAR, "Pashmina Ceruty"))
    dewi, tia = await newcomers(floor, 2)
    code = await order(dewi, quantity="2")
    await join(floor.rina, "2")
    await cancel(dewi, code)
    await floor.rina.sees(
        "Ada slot untuk Kakak", "Nastar Wisman Toples 500 g × 2", "Kami simpan", "Ambil 2", "Tidak jadi"
    )
    floor.books.balance()
    assert floor.books.value("SELECT taken FROM batches") == 2
    await tia.say("/order")
    await tia.sees(NASTAR, "habis")
    placed = await take(floor.rina)
    assert floor.books.value("SELECT COUNT(*) FROM lines l JOIN orders o ON o.id = l.order_id WHERE o.code = ?", placed)
    assert places(floor) == [(floor.rina.id, "taken", 2)]
    floor.books.balance()
    await floor.advance(timedelta(hours=3))
    assert not [message for message in await floor.rina.messages() if "Waktunya sudah lewat" in message.text]


async def test_an_offer_that_is_not_taken_goes_to_the_next(floor: Floor) -> None:
    """After its time the first reads so and the second is asked; declined, it goes to the third; after that it is
    free for everybody. An old button says that it is over."""
    await open_batch(floor, quota="1", products=(NASTAR, "Pashmina Ceruty"), hold="48 jam")
    dewi, tia, uli = await newcomers(floor, 3)
    code = await order(dewi)
    for number, person in enumerate((floor.rina, tia, uli), start=1):
        assert f"Urutan ke-{number}" in (await join(person)).text
    await cancel(dewi, code)
    offered = await floor.rina.sees("Ada slot untuk Kakak")
    await floor.at(offer_end(floor, floor.rina) - MINUTE)
    assert places(floor)[0] == (floor.rina.id, "offered", 1)
    await floor.at(offer_end(floor, floor.rina) + MINUTE)
    await floor.rina.sees("Waktunya sudah lewat", "antre lagi")
    await floor.rina.press("Ambil", offered)
    assert "sudah tidak disimpan" in await floor.rina.toast()
    await tia.sees("Ada slot untuk Kakak")
    floor.books.balance()
    await tia.press("Tidak jadi")
    await tia.sees("tidak antre lagi")
    await uli.sees("Ada slot untuk Kakak")
    await uli.say("tidak jadi toples 500 g")
    await uli.sees("tidak antre lagi")
    assert floor.books.value("SELECT taken FROM batches") == 0
    floor.books.balance()
    await order(floor.rina)


async def test_fewer_slots_than_wanted_are_offered_as_they_are(floor: Floor) -> None:
    """One of two came back: it is said so; whoever orders without pressing the offer uses it too."""
    await open_batch(floor, quota="2", products=(NASTAR, "Pashmina Ceruty"))
    dewi, tia = await newcomers(floor, 2)
    code = await order(dewi)
    await order(tia)
    await join(floor.rina, "2")
    await cancel(dewi, code)
    await floor.rina.sees("× 1", "Kakak antre untuk 2, yang kembali baru 1")
    await floor.rina.say("/order")
    await floor.rina.sees(NASTAR)
    await floor.rina.press(NASTAR)
    await floor.rina.sees("Mau berapa", "Sisa 1 slot")
    await floor.rina.say("1")
    await floor.rina.sees("Ada catatan")
    await floor.rina.say("Tanpa catatan")
    await floor.rina.sees("Dikirim ke mana")
    await floor.rina.say(HOME)
    await floor.rina.sees("Cek dulu")
    await confirm(floor.rina)
    assert places(floor) == [(floor.rina.id, "taken", 1)]
    floor.books.balance()


async def test_a_raised_quota_moves_the_line(tmp_path: Path) -> None:
    """The seller sees in the recap how many wait and raises a variant's quota: the first two are asked at once."""
    async with open_floor(tmp_path, (("kue", "Kue Lebaran", (("Nastar", 110_000, 1),)),)) as floor:
        await open_batch(floor, products=("Kue Lebaran",), quota="10")
        dewi, *others = await newcomers(floor, 4)
        await dewi.say("/order")
        await dewi.sees("Mau berapa")
        await dewi.say("1")
        await dewi.sees("Ada catatan")
        await dewi.say("Tanpa catatan")
        await dewi.sees("Dikirim ke mana")
        await dewi.say(HOME)
        await dewi.sees("Cek dulu")
        code = await confirm(dewi)
        for person in others:
            await person.say("/order")
            await person.sees("sudah habis", "Mau antre?")
            await person.press("Antre")
            await person.sees("Mau berapa")
            await person.press("1")
            await person.sees("sudah masuk antrean")
        await pay(dewi, code)
        await accept(floor.sari, code)
        await floor.sari.say("/recap")
        await floor.sari.sees("Antre: 3 orang, 3 pcs", "/quota")
        await floor.sari.say("/quota")
        await floor.sari.sees("Kuota mana", "Seluruh PO: 1 dari 10", "Nastar: 1 dari 1", "3 orang antre")
        await floor.sari.say("2")
        await floor.sari.sees("Nastar: 1 dari 1 slot terisi", "jadi berapa")
        await floor.sari.say("0")
        await floor.sari.sees("paling sedikit 1")
        await floor.sari.say("3")
        await floor.sari.sees("sekarang 3")
        await others[0].sees("Ada slot untuk Kakak")
        await others[1].sees("Ada slot untuk Kakak")
        await floor.settled()
        assert [state for _, state, _ in places(floor)] == ["offered", "offered", "waiting"]
        floor.books.balance()


async def test_when_everything_is_paid_the_seller_decides_about_those_in_line(floor: Floor) -> None:
    """With people in line the batch does not close by itself; closed by the seller, the line ends kindly, what was kept
    is free, and those who waited are on the interest list."""
    await open_batch(floor, quota="2", products=(NASTAR, "Pashmina Ceruty"))
    dewi, tia, uli = await newcomers(floor, 3)
    codes = [await order(person) for person in (dewi, tia)]
    for person in (floor.rina, uli):
        await join(person)
    for number, (person, code) in enumerate(zip((dewi, tia), codes, strict=True), start=1):
        await pay(person, code, seed=number)
        await accept(floor.sari, code)
    await floor.sari.sees("Semua slot", "sudah terisi dan dibayar", "2 orang antre", "/quota", "/close")
    assert floor.books.value("SELECT state FROM batches") == "open"
    await cancel(dewi, codes[0])
    await floor.rina.sees("Ada slot untuk Kakak")
    await close_by_hand(floor.sari)
    for person in (floor.rina, uli):
        await person.sees("sudah tutup", "daftar minat")
    assert [state for _, state, _ in places(floor)] == ["ended", "ended"]
    assert floor.books.value("SELECT COUNT(*) FROM interests") == 2
    floor.books.balance()


async def test_a_full_line_is_served_exactly_in_order(floor: Floor) -> None:
    """Twenty buyers rush for five slots; eight stand in line; five holds end, and one later: the first six of the line
    are asked in turn while others try to be quicker, nothing is sold twice."""
    await open_batch(floor, quota="5", products=(NASTAR,), hold="24 jam")
    rush = await newcomers(floor, 20)
    await asyncio.gather(*(walk_to_review(person) for person in rush))
    await asyncio.gather(*(person.press("Konfirmasi pesanan") for person in rush))
    await floor.settled()
    won = {row["person_id"] for row in floor.books.rows("SELECT person_id FROM orders")}
    assert len(won) == 5
    losers = [person for person in rush if person.id not in won]
    queue, quick = losers[:8], losers[8:]
    for person in queue:
        await person.say("/cancel")
        await person.sees("dibatalkan")
        await person.say("/order")
        await person.sees("sudah habis")
        await person.press("Antre")
        await person.sees("Mau berapa")
        await person.press("1")
        await person.sees("sudah masuk antrean")
    end = datetime.fromisoformat(floor.books.value("SELECT MAX(hold_until) FROM orders"))
    floor.clock.set(end + MINUTE)
    # The holds end while those who still have the review on their screens press again.
    await asyncio.gather(*(person.press("Konfirmasi pesanan") for person in quick))
    await floor.settled()
    assert [state for _, state, _ in places(floor)] == ["offered"] * 5 + ["waiting"] * 3
    assert [person for person, _, _ in places(floor)] == [person.id for person in queue]
    assert floor.books.value("SELECT COUNT(*) FROM orders WHERE state = 'held'") == 0
    floor.books.balance()
    codes = [await take(person) for person in queue[:5]]
    await cancel(queue[0], codes[0])
    await queue[5].sees("Ada slot untuk Kakak")
    await floor.settled()
    assert [state for _, state, _ in places(floor)] == ["taken"] * 5 + ["offered"] + ["waiting"] * 2
    assert floor.books.value("SELECT taken FROM batches") == 5
    floor.books.balance()


async def walk_to_review(person: Person) -> None:
    """To the review of a batch with one product of one variant."""
    await person.say("/order")
    await person.sees("Mau berapa")
    await person.say("1")
    await person.sees("Ada catatan")
    await person.say("Tanpa catatan")
    await person.sees("Dikirim ke mana")
    await person.say(
        f"Nama: Kak Aisyah\nNo HP: 0812-3456-7890\nAlamat: Jl. Melati No. {person.id}, Sukajadi, Bandung 40162"
    )
    await person.sees("Cek dulu")
