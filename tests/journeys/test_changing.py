"""Changing and cancelling a placed order until closing, and the money that goes back (product 4, 5)."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.journeys.floor import Floor, open_batch, open_floor
from tests.journeys.walking import NASTAR, accept, bought, close_by_hand, code_in, newcomers, order, pay
from tests.people import Message, Person, make_png

KINDS = (("kue", "Kue Lebaran", (("Nastar", 110_000, 3), ("Kastengel", 120_000, 5))),)
NEW_HOME = "Nama: Dewi Anggraini\nNo HP: 0813-1111-2222\nAlamat: Jl. Kenanga No. 9, Coblong, Bandung 40132"


async def begin(person: Person, code: str) -> Message:
    """From /orders to the review of that order."""
    await person.say("/orders")
    await person.sees(code, "Ubah", "Batalkan")
    await person.press(f"Ubah {code}")
    return await person.sees("Ubah", code, "Simpan perubahan")


async def set_quantity(person: Person, line: str, quantity: str) -> Message:
    """In the review, another quantity for a line."""
    await person.press("✏️ Ubah")
    await person.sees("Apa yang mau diubah", line)
    await person.press(line)
    await person.sees("Jumlah", "Catatan")
    await person.press("Jumlah")
    await person.sees("Mau berapa")
    await person.say(quantity)
    return await person.sees("Simpan perubahan")


def quantities(floor: Floor, code: str) -> dict[str, int]:
    """Variant → pieces of an order."""
    rows = floor.books.rows(
        "SELECT l.variant, l.quantity FROM lines l JOIN orders o ON o.id = l.order_id WHERE o.code = ?", code
    )
    return {row["variant"]: row["quantity"] for row in rows}


def taken(floor: Floor) -> int:
    return int(floor.books.value("SELECT taken FROM batches"))


async def test_an_unpaid_order_is_changed_in_every_part(tmp_path: Path) -> None:
    """Quantity, variant, wish, address, a line more and a line less: slots, total and DP follow each time."""
    async with open_floor(tmp_path, KINDS) as floor:
        rina = floor.rina
        await open_batch(floor, products=("Kue Lebaran",), quota="10")
        code = await order_kue(rina, "Nastar", "2")
        await begin(rina, code)
        await set_quantity(rina, "Kue Lebaran Nastar × 2", "3")
        await rina.sees("Sebelumnya Rp 220.000", "Total Rp 330.000")
        await rina.press("Simpan perubahan")
        await rina.sees(code, "sudah diubah", "Nastar × 3", "Bayar Rp 165.000")
        assert taken(floor) == 3
        floor.books.balance()

        await begin(rina, code)
        await rina.press("Tambah item")
        await rina.sees("Di keranjang")
        await rina.press("Kue Lebaran")
        await rina.sees("Pilih variannya")
        await rina.press("Kastengel")
        await rina.sees("Mau berapa")
        await rina.say("1")
        await rina.sees("Ada catatan")
        await rina.say("Kartu untuk Ibu")
        await rina.sees("Kartu untuk Ibu", "Simpan perubahan")
        await rina.press("✏️ Ubah")
        await rina.sees("Apa yang mau diubah")
        await rina.say("3")
        await rina.sees("Bagian mana yang mau diubah", "Rina")
        await rina.say(NEW_HOME)
        await rina.sees("Dewi Anggraini", "Simpan perubahan", "Total Rp 450.000")
        await rina.press("Simpan perubahan")
        await rina.sees("sudah diubah", "Kartu untuk Ibu", "Dikirim ke Dewi Anggraini")
        assert (quantities(floor, code), taken(floor)) == ({"Nastar": 3, "Kastengel": 1}, 4)
        floor.books.balance()

        await begin(rina, code)
        await rina.press("✏️ Ubah")
        await rina.sees("Apa yang mau diubah")
        await rina.say("1")
        await rina.sees("Hapus item")
        await rina.press("Hapus item")
        await rina.sees("Kastengel", "Total Rp 120.000")
        await rina.press("Simpan perubahan")
        await rina.sees("sudah diubah", "Bayar Rp 60.000")
        assert (quantities(floor, code), taken(floor)) == ({"Kastengel": 1}, 1)
        floor.books.balance()
        heard = [message for message in await floor.sari.messages() if "mengubah" in message.text]
        assert not heard, "without money in it the seller is not bothered"


async def order_kue(person: Person, variant: str, quantity: str) -> str:
    """An order in a batch with one product of two variants."""
    await person.say("/order")
    await person.sees("Pilih variannya")
    await person.press(variant)
    await person.sees("Mau berapa")
    await person.say(quantity)
    await person.sees("Ada catatan")
    await person.say("Tanpa catatan")
    await person.sees("Dikirim ke mana")
    await person.say("Nama: Rina W\nNo HP: 0812-3456-7890\nAlamat: Jl. Melati No. 5, Sukajadi, Bandung 40162")
    await person.sees("Cek dulu")
    await person.press("Konfirmasi pesanan")
    return code_in(await person.sees("sudah masuk, Kak", "PO-"))


async def test_a_change_that_is_refused_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """Too many of a scarce kind, and a way out with cancel: order, slots and sums stay."""
    async with open_floor(tmp_path, KINDS) as floor:
        rina, dewi = floor.rina, (await newcomers(floor, 1))[0]
        await open_batch(floor, products=("Kue Lebaran",), quota="10")
        code = await order_kue(rina, "Nastar", "1")
        await begin(rina, code)
        await set_quantity(rina, "Kue Lebaran Nastar × 1", "3")
        await order_kue(dewi, "Nastar", "2")
        await rina.press("Simpan perubahan")
        await rina.sees("Nastar tinggal 1", "Simpan perubahan")
        assert (quantities(floor, code), taken(floor)) == ({"Nastar": 1}, 3)
        floor.books.balance()
        await rina.say("/cancel")
        await rina.sees("tidak ada yang berubah", code)
        assert quantities(floor, code) == {"Nastar": 1}
        await begin(rina, code)
        await rina.press("✏️ Ubah")
        await rina.sees("Apa yang mau diubah")
        await rina.press("Kue Lebaran Nastar × 1")
        await rina.sees("Hapus item")
        await rina.press("Hapus item")
        await rina.sees("satu-satunya item", code, "/orders")
        floor.books.balance()


async def test_a_paid_order_made_smaller_puts_the_difference_on_the_refund_list(floor: Floor) -> None:
    """The review says it first, both are told, and made larger again the money counts for the order again."""
    rina, sari = floor.rina, floor.sari
    await open_batch(floor, down_payment="Lunas di awal", products=(NASTAR, "Pashmina Ceruty"))
    code = await bought(floor, rina, quantity="3")
    await begin(rina, code)
    await set_quantity(rina, "Nastar Wisman Toples 500 g × 3", "1")
    await rina.sees("Kembali ke Kakak Rp 220.000", "Total Rp 110.000")
    await rina.press("Simpan perubahan")
    await rina.sees(code, "sudah diubah", "Rp 220.000", "dikembalikan")
    await sari.sees("Rina", "mengubah", code, "× 3", "× 1", "Kembalikan Rp 220.000")
    floor.books.balance()
    await rina.say("/orders")
    await rina.sees(code, "Rp 220.000 sedang dikembalikan", "Lunas")

    await begin(rina, code)
    await set_quantity(rina, "Nastar Wisman Toples 500 g × 1", "2")
    await rina.sees("Kembali ke Kakak Rp 110.000")
    await rina.press("Simpan perubahan")
    await rina.sees(code, "sudah diubah", "Rp 110.000 dikembalikan")
    rows = floor.books.rows("SELECT amount FROM refunds WHERE state = 'owed'")
    assert [row["amount"] for row in rows] == [110_000]
    floor.books.balance()


async def test_a_paid_order_does_not_grow_past_its_down_payment(floor: Floor) -> None:
    """With half of one piece paid, the second piece is an order of its own; a wish may change at once."""
    rina = floor.rina
    await open_batch(floor)
    code = await bought(floor, rina)
    await begin(rina, code)
    await set_quantity(rina, "Nastar Wisman Toples 500 g × 1", "2")
    await rina.press("Simpan perubahan")
    await rina.sees("DP-nya Rp 110.000", "sudah dibayar Rp 55.000", "Simpan perubahan")
    floor.books.balance()
    await set_quantity(rina, "Nastar Wisman Toples 500 g × 2", "1")
    await rina.press("✏️ Ubah")
    await rina.sees("Apa yang mau diubah")
    await rina.say("1")
    await rina.sees("Catatan")
    await rina.press("Catatan")
    await rina.sees("Ada catatan")
    await rina.say("Pita merah")
    await rina.sees("Pita merah", "Simpan perubahan")
    await rina.press("Simpan perubahan")
    await rina.sees("sudah diubah", "Pita merah")
    await floor.sari.sees("mengubah", code, "Pita merah")
    floor.books.balance()


async def test_a_paid_order_cancelled_is_paid_back_once(floor: Floor) -> None:
    """Asked with the sum, slots back, on the list; the seller sends a photo, the buyer gets it, once."""
    rina, sari = floor.rina, floor.sari
    await open_batch(floor)
    code = await bought(floor, rina, quantity="2")
    await rina.say("/orders")
    await rina.sees(code, "Batalkan")
    await rina.press(f"Batalkan {code}")
    await rina.sees("Yakin batalkan", "Rp 110.000, dikembalikan penjual")
    await rina.press(f"Ya, batalkan {code}")
    await rina.sees(code, "sudah dibatalkan", "Rp 110.000")
    await sari.sees("membatalkan", code, "Kembalikan Rp 110.000")
    assert taken(floor) == 0
    floor.books.balance()

    await sari.say("/refunds")
    await sari.sees("Perlu dikembalikan", "1 pembayaran, Rp 110.000")
    card = await sari.sees("Rp 110.000", code, "Dibatalkan pembeli", "0812-3456-7890")
    await sari.press(f"Sudah dikembalikan {code}")
    await sari.sees("Kirim foto bukti transfernya", "Tanpa foto", "Batal")
    await sari.send_photo(make_png(seed=9))
    await sari.sees("Rp 110.000", code, "sudah dicatat")
    assert (await rina.sees("Rp 110.000", code, "sudah dikembalikan penjual")).photo
    await sari.press(f"Sudah dikembalikan {code}", card)
    assert "sudah dicatat dikembalikan oleh" in await sari.toast()
    await sari.say("/refunds")
    await sari.sees("Tidak ada uang yang perlu dikembalikan")
    await rina.say("/orders")
    await rina.sees(code, "Dibatalkan", "Rp 110.000 sudah dikembalikan")
    floor.books.balance()


async def test_after_closing_nothing_is_changed_any_more(floor: Floor) -> None:
    """Who was in the middle of a change when it closed reads so, and the order stays; the button is gone."""
    rina = floor.rina
    await open_batch(floor)
    code = await bought(floor, rina, quantity="2")
    await begin(rina, code)
    await set_quantity(rina, "Nastar Wisman Toples 500 g × 2", "1")
    await close_by_hand(floor.sari)
    await rina.press("Simpan perubahan")
    await rina.sees("sudah ditutup", code, "tetap seperti semula")
    await rina.say("/orders")
    card = await rina.sees(code, "Terkonfirmasi")
    assert not card.button(f"Ubah {code}")
    assert not card.button(f"Batalkan {code}")
    assert quantities(floor, code) == {"Toples 500 g": 2}
    floor.books.balance()


async def test_a_payment_booked_meanwhile_is_seen_before_the_change_counts(floor: Floor) -> None:
    """The figures on the screen were from before the payment: they are shown anew, then the change counts."""
    rina = floor.rina
    await open_batch(floor)
    code = await order(rina, quantity="2")
    await begin(rina, code)
    await set_quantity(rina, "Nastar Wisman Toples 500 g × 2", "1")
    await pay(rina, code)
    await accept(floor.sari, code)
    await rina.say("/order")
    await rina.sees("Simpan perubahan")
    await rina.press("Simpan perubahan")
    await rina.sees("Baru saja ada pembayaran", "sudah dibayar Rp 110.000")
    await rina.press("Simpan perubahan")
    await rina.sees(code, "sudah diubah", "Sudah dibayar Rp 110.000")
    floor.books.balance()


async def test_two_buyers_change_to_the_last_slots_at_once(floor: Floor) -> None:
    """One gets them, the other reads how many are left; nothing is oversold."""
    await open_batch(floor, quota="4", products=(NASTAR, "Pashmina Ceruty"))
    buyers = await newcomers(floor, 2)
    codes = [await order(person) for person in buyers]
    for person, code in zip(buyers, codes, strict=True):
        await begin(person, code)
        await set_quantity(person, "Nastar Wisman Toples 500 g × 1", "3")
    await asyncio.gather(*(person.press("Simpan perubahan") for person in buyers))
    await floor.settled()
    assert sorted(quantities(floor, code)["Toples 500 g"] for code in codes) == [1, 3]
    assert taken(floor) == 4
    floor.books.balance()
