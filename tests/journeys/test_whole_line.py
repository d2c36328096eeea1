"""The whole line once, as two buyers and a seller see it, and then the books."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.floor import ADDRESS, Floor, open_batch, order_one
from tests.people import make_png


async def test_a_whole_preorder_from_opening_to_parcel(floor: Floor) -> None:
    """A PO opens, is announced, ordered, paid, confirmed, closed, made and sent, and the books agree."""
    sari, rina, budi = floor.sari, floor.rina, floor.budi
    for person in (sari, rina, budi):
        await person.start()
    await rina.sees("Rina", "Sari Hijab")
    await budi.sees("Budi")
    await open_batch(floor)
    await sari.sees("PO Gajian", "t.me/bukapo_bot?start=b_")
    await rina.sees("PO Gajian", "Pesan sekarang")
    await budi.sees("PO Gajian", "Order now")

    await rina.press("Pesan sekarang")
    await rina.sees("Pashmina Ceruty", "Nastar Wisman")
    await rina.press("Pashmina Ceruty")
    await rina.sees("Pilih variannya", "Sage")
    await rina.press("Sage")
    await rina.sees("Mau berapa", "Rp 75.000")
    await rina.press("2")
    await rina.sees("catatan")
    await rina.say("Bordir nama Aisyah")
    await rina.sees("No HP")
    await rina.say(ADDRESS)
    await rina.sees("Bordir nama Aisyah", "Rp 150.000", "Rp 75.000", "Jl. Melati")
    await rina.press("Tambah item")
    await rina.sees("Di keranjang", "Pashmina Ceruty Sage × 2")
    await rina.press("Nastar Wisman")
    await rina.sees("Mau berapa", "Rp 110.000")
    await rina.press("1")
    await rina.sees("Nastar Wisman Toples 500 g × 1", "catatan")
    await rina.press("Tanpa catatan")
    await rina.sees("Rp 260.000")
    await rina.press("Konfirmasi pesanan")
    placed = await rina.sees("PO-", "Rp 130.000", "BCA", "1234567890")
    code = next(word for word in placed.text.split() if word.startswith("PO-")).strip(".,!:")
    floor.books.balance()

    await rina.send_photo(make_png(seed=1))
    await rina.sees(code, "bukti")
    card = await sari.sees(code, "Rina", "Rp 130.000", "Terima")
    assert card.photo
    await sari.press(f"Terima {code}")
    await rina.sees(code, "Rp 130.000")
    await sari.sees(code, "diterima")
    floor.books.balance()
    assert floor.books.due("PO Gajian") == 130_000

    budi_code = await order_one(budi, product="Nastar", quantity="1")
    await budi.send_document(b"%PDF-1.4 proof", "proof.pdf", "application/pdf")
    await budi.sees(budi_code)
    await sari.say("/proofs")
    await sari.sees(budi_code, "Budi")
    await sari.press(f"Tolak {budi_code}")
    await sari.sees("Kenapa")
    await sari.say("Nominalnya belum masuk")
    await budi.sees(budi_code, "Nominalnya belum masuk")
    await budi.send_photo(make_png(seed=2))
    await budi.sees(budi_code)
    await sari.sees(budi_code, "Terima")
    await sari.press(f"Terima {budi_code}")
    await budi.sees(budi_code, "Rp 55.000")

    await sari.say("/recap")
    await sari.sees("PO Gajian", "Rp 185.000", "Bordir nama Aisyah")
    await sari.say("/export")
    assert (await sari.sees("xlsx")).document.endswith(".xlsx")
    await sari.say("/close")
    await sari.sees("PO Gajian", "Ya")
    await sari.press("Ya")
    await sari.sees("PO Gajian", "Bordir nama Aisyah", "4")

    await sari.say("/stage")
    await sari.press("Pembuatan")
    await sari.sees("Ya")
    await sari.press("Ya")
    await rina.sees(code, "dibuat")
    await sari.say("/ship")
    await sari.sees(code)
    await sari.press(code)
    await sari.sees("JNE")
    await sari.press("JNE")
    await sari.sees("resi")
    await sari.say("JP1234567890")
    await sari.sees("JP1234567890", "Ya")
    await sari.press("Ya")
    await rina.sees(code, "JNE", "JP1234567890")
    await rina.say("/orders")
    await rina.sees(code, "JP1234567890", "Rp 130.000")
    await floor.advance(timedelta(days=30))
    floor.books.balance()
