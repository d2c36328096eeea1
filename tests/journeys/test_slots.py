"""Slots: the last one, a rush, a variant's own quota, the most and the least a buyer may have (product 3, 4)."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.journeys.floor import Floor, open_batch, open_floor
from tests.journeys.walking import NASTAR, confirm, newcomers, order, walk_to
from tests.people import Person

SCARCE = (("kue", "Kue Lebaran", (("Nastar", 110_000, 2), ("Kastengel", 120_000, 5))),)


async def test_the_last_slot_goes_to_one_of_two_buyers(tmp_path: Path) -> None:
    """Both confirm at once: one has the order; the other reads one sentence, keeps the draft, changes the variant."""
    async with open_floor(
        tmp_path, (("kue", "Kue Lebaran", (("Nastar", 110_000, 1), ("Kastengel", 120_000, 5))),)
    ) as floor:
        rina, dewi = floor.rina, (await newcomers(floor, 1))[0]
        await open_batch(floor, products=("Kue Lebaran",))
        for person in (rina, dewi):
            await person.say("/order")
            await person.sees("Pilih variannya", "Nastar")
            await person.press("Nastar")
            await person.sees("Mau berapa")
            await person.say("1")
            await person.sees("Ada catatan")
            await person.say(f"Kartu untuk {person.id}")
            await person.sees("Dikirim ke mana")
            await person.say("Nama: Aisyah\nNo HP: 0812-3456-7890\nAlamat: Jl. Melati No. 5, Sukajadi, Bandung 40162")
            await person.sees("Cek dulu")
        await asyncio.gather(rina.press("Konfirmasi pesanan"), dewi.press("Konfirmasi pesanan"))
        await floor.settled()
        placed = floor.books.rows("SELECT person_id FROM orders")
        assert len(placed) == 1
        winner, other = (rina, dewi) if placed[0]["person_id"] == rina.id else (dewi, rina)
        await winner.sees("sudah masuk, Kak", "PO-")
        await other.sees("Nastar baru saja habis, Kak", "Cek dulu", f"Kartu untuk {other.id}", "Konfirmasi pesanan")
        floor.books.balance()

        await other.press("Ubah")
        await other.sees("Apa yang mau diubah", "Kue Lebaran Nastar × 1")
        await other.press("Kue Lebaran Nastar × 1")
        await other.sees("Varian")
        await other.press("Varian")
        await other.sees("Pilih variannya", "habis")
        await other.press("Kastengel")
        await other.sees("Cek dulu", "Kastengel", f"Kartu untuk {other.id}", "Rp 120.000")
        await confirm(other)
        floor.books.balance()


async def test_twenty_buyers_rush_for_five_slots(floor: Floor) -> None:
    """Exactly five orders are placed, fifteen buyers are told, and the seller hears once that all slots are taken."""
    await open_batch(floor, quota="5", products=(NASTAR,))
    rush = await newcomers(floor, 20)
    await asyncio.gather(*(walk_from_quantity(person) for person in rush))
    await asyncio.gather(*(person.press("Konfirmasi pesanan") for person in rush))
    await floor.settled()
    assert floor.books.value("SELECT COUNT(*) FROM orders") == 5
    assert floor.books.value("SELECT taken FROM batches") == 5
    floor.books.balance()
    told = 0
    for person in rush:
        last = await person.last()
        won = floor.books.value("SELECT COUNT(*) FROM orders WHERE person_id = ?", person.id)
        assert ("sudah masuk, Kak" if won else "baru saja habis, Kak") in last.text
        told += not won
    assert told == 15
    heard = [message for message in await floor.sari.messages() if "sudah terisi" in message.text]
    assert len(heard) == 1


async def walk_from_quantity(person: Person) -> None:
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


async def test_a_variant_keeps_to_its_own_quota(tmp_path: Path) -> None:
    """With two jars of one kind left no third is sold, although the batch has slots; the other kind is still sold."""
    async with open_floor(tmp_path, SCARCE) as floor:
        rina, dewi = floor.rina, (await newcomers(floor, 1))[0]
        await open_batch(floor, products=("Kue Lebaran",), quota="10")
        await rina.say("/order")
        await rina.sees("Pilih variannya", "Nastar", "sisa 2")
        await rina.press("Nastar")
        await rina.sees("Mau berapa", "Sisa 2 slot")
        await rina.say("3")
        await rina.sees("Slotnya tinggal 2, Kak. Mau 2 atau kurang?", "Mau berapa")
        await rina.say("2")
        await rina.sees("Ada catatan")
        await rina.say("Tanpa catatan")
        await rina.sees("Dikirim ke mana")
        await rina.say("Nama: Rina W\nNo HP: 0812-3456-7890\nAlamat: Jl. Melati No. 5, Sukajadi, Bandung 40162")
        await rina.sees("Cek dulu")
        await confirm(rina)
        await dewi.say("/order")
        await dewi.sees("Pilih variannya", "Nastar", "habis")
        await dewi.press("Nastar")
        await dewi.sees("Nastar sudah habis, Kak", "Yang masih ada", "Antre Nastar")
        await dewi.press("Kastengel")
        await dewi.sees("Mau berapa", "Sisa 5 slot")
        floor.books.balance()
        assert floor.books.value("SELECT taken FROM offers WHERE variant = 'Nastar'") == 2


async def test_a_buyer_has_no_more_than_the_maximum(floor: Floor) -> None:
    """The maximum counts over all of a buyer's orders in the batch, also over the one just being put together."""
    rina = floor.rina
    await open_batch(floor, maximum="3", products=(NASTAR,))
    await rina.say("/order")
    await rina.sees("Mau berapa", "sampai 3 lagi")
    await rina.say("4")
    await rina.sees("Maksimal 3 pcs per pembeli", "Mau berapa")
    await rina.say("/cancel")
    await rina.sees("dibatalkan")
    await order_from_quantity(rina, "2")
    await rina.say("/order")
    await rina.sees("Mau berapa", "sampai 1 lagi")
    await rina.say("2")
    await rina.sees("Maksimal 3 pcs per pembeli, jadi Kakak bisa pesan 1 lagi", "Mau berapa")
    await rina.say("1")
    await rina.sees("Ada catatan")
    await rina.say("Tanpa catatan")
    await rina.sees("Dikirim ke mana")
    await rina.say("1")
    await rina.sees("Cek dulu")
    await confirm(rina)
    await rina.say("/order")
    await rina.sees("Mau berapa")
    await rina.say("1")
    await rina.sees("sudah mencapai batas 3 pcs")
    floor.books.balance()
    assert floor.books.value("SELECT SUM(pieces) FROM buyer_slots") == 3


async def order_from_quantity(person: Person, quantity: str) -> str:
    """A whole order in a batch with one product of one variant."""
    await person.say("/order")
    await person.sees("Mau berapa")
    await person.say(quantity)
    await person.sees("Ada catatan")
    await person.say("Tanpa catatan")
    await person.sees("Dikirim ke mana")
    await person.say("Nama: Rina W\nNo HP: 0812-3456-7890\nAlamat: Jl. Melati No. 5, Sukajadi, Bandung 40162")
    await person.sees("Cek dulu")
    return await confirm(person)


async def test_an_order_below_the_minimum_is_not_placed(floor: Floor) -> None:
    """At the review the buyer is asked to add, the pieces are counted over all lines, and nothing entered is lost."""
    rina = floor.rina
    await open_batch(floor, minimum="3")
    await walk_to(rina, "review", quantity="2", wish="Kartu ucapan")
    await rina.press("Konfirmasi pesanan")
    await rina.sees("Minimal 3 pcs per pesanan", "sekarang baru 2", "Kartu ucapan", "Tambah item")
    assert floor.books.value("SELECT COUNT(*) FROM orders") == 0
    await rina.press("Tambah item")
    await rina.sees("Di keranjang", "Mau tambah yang mana")
    await rina.press("Pashmina Ceruty")
    await rina.sees("Pilih variannya")
    await rina.press("Sage")
    await rina.sees("Mau berapa")
    await rina.say("1")
    await rina.sees("Ada catatan")
    await rina.press("Tanpa catatan")
    await rina.sees("Cek dulu", "Rp 295.000")
    await confirm(rina)
    floor.books.balance()


async def test_a_buyer_who_has_the_minimum_may_add_one_piece_later(floor: Floor) -> None:
    """The minimum is a buyer's, not an order's: the second order in the same batch may be small."""
    await open_batch(floor, minimum="2")
    await order(floor.rina, quantity="2")
    await order(floor.rina, quantity="1", address="1")
    floor.books.balance()


async def test_one_buyer_on_two_phones_places_one_order(floor: Floor) -> None:
    """The same confirmation pressed twice at once is one order; the second press finds an old button."""
    await open_batch(floor)
    review = await walk_to(floor.rina, "review")
    twice = [floor.rina.press("Konfirmasi pesanan", review) for _ in range(2)]
    await asyncio.gather(*twice)
    await floor.settled()
    assert floor.books.value("SELECT COUNT(*) FROM orders") == 1
    floor.books.balance()


async def test_a_slot_sold_is_gone_from_every_screen(floor: Floor) -> None:
    """Who comes after the last slot reads that the product is sold out, not an error."""
    await open_batch(floor, quota="1", products=(NASTAR, "Pashmina Ceruty"))
    await order(floor.rina)
    dewi = (await newcomers(floor, 1))[0]
    await dewi.say("/order")
    await dewi.sees("Nastar Wisman", "habis")
    await dewi.press(NASTAR)
    await dewi.sees("sudah habis, Kak")
    floor.books.balance()
