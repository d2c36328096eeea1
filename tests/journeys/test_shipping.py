"""Where a parcel goes and what sending it costs, as buyer and seller see it on their screens (product 4)."""

from __future__ import annotations

from pathlib import Path

from bot.sheet_pages import Page
from bot.sheets import write
from preorder.zones import COLUMNS
from tests.journeys.floor import Floor, open_batch, open_floor
from tests.journeys.walking import accept, confirm, order, other_amount, pay, walk_to
from tests.people import Person

BLOCK = (
    "halo kak ini alamatku ya\n*Nama* : Aisyah Putri\nNo HP/WA: 0812 3456 7890\n"
    "Alamat: jl margonda raya no 100 rt 3/5 kemiri muka beji depok 16423\nmakasih kak"
)


async def answer(person: Person, *steps: tuple[str, str]) -> None:
    """Say something and see what it leads to, again and again."""
    for word, shown in steps:
        await person.say(word)
        await person.sees(shown)


async def test_a_messy_block_becomes_an_address_in_parts(floor: Floor) -> None:
    """A pasted block is shown in its parts, one part is corrected, and the order keeps each in its column."""
    rina = floor.rina
    await open_batch(floor)
    await walk_to(rina, "address")
    await rina.say(BLOCK)
    await rina.sees("Cek dulu", "Aisyah Putri", "RT 03/RW 05", "Kemiri Muka, Kec. Beji", "Kota Depok, Jawa Barat 16423")
    await answer(
        rina,
        ("Ubah", "Apa yang mau diubah, Kak?"),
        ("Alamat", "Bagian mana"),
        ("RT/RW", "RT/RW berapa"),
        ("banyak", "ketik seperti 02/03"),
        ("4/5", "RT 04/RW 05"),
    )
    await confirm(rina)
    (row,) = floor.books.rows("SELECT recipient, rt_rw, village, district, city, province, postcode FROM orders")
    parts = ("Aisyah Putri", "RT 04/RW 05", "Kemiri Muka", "Beji", "Kota Depok", "Jawa Barat", "16423")
    assert tuple(row) == parts
    floor.books.balance()


async def test_a_doubtful_place_is_asked(floor: Floor) -> None:
    """Two places fit: they are offered; without a district its name is asked, and a slip of the finger finds it."""
    rina = floor.rina
    await open_batch(floor)
    await walk_to(rina, "address")
    await rina.say("Nama: Rina\nHP: 081234567890\nAlamat: Jl. Melati No. 5, Sukajadi, Bandung")
    asked = await rina.sees("Ada beberapa tempat", "Kec. Sukajadi, Kota Bandung", "Kec. Soreang, Kab. Bandung")
    assert asked.button("Bukan semuanya")
    await rina.say("2")
    await rina.sees("Cek dulu", "Kec. Soreang")
    await answer(rina, ("kembali", "Dikirim ke mana"))
    await rina.say("Nama: Rina\nHP: 081234567890\nAlamat: Jl. Margonda 7, Depok")
    await rina.sees("Kota Depok, kecamatan apa")
    await answer(rina, ("Cimangis", "Cek dulu"))
    await rina.sees("Kec. Cimanggis")
    await confirm(rina)
    assert floor.books.value("SELECT district FROM orders") == "Cimanggis"


async def test_whoever_knows_better_keeps_what_they_wrote(floor: Floor) -> None:
    """A place that the table does not know is kept as it was written, and the phone comes by the contact button."""
    rina = floor.rina
    await open_batch(floor)
    await walk_to(rina, "address")
    await rina.say("Nama: Rina\nAlamat: Jl. Mawar 3 dekat masjid biru")
    await rina.sees("Nomor HP")
    await rina.send("contact", phone="6281234567890")
    await rina.sees("Kecamatan dan kotanya apa")
    await answer(rina, ("xyzzy", "belum ketemu"), ("Pakai seperti ini", "Cek dulu"))
    await confirm(rina)
    (row,) = floor.books.rows("SELECT street, district, phone FROM orders")
    assert tuple(row) == ("Jl. Mawar 3 dekat masjid biru", "", "+6281234567890")


async def test_saved_addresses_are_named_and_forgotten(floor: Floor) -> None:
    """/addresses names an address by button and in own words, the name stands on the choice, and one is deleted."""
    rina = floor.rina
    await open_batch(floor)
    await order(rina)
    await rina.say("/addresses")
    await rina.sees("Alamat Kakak", "Rina Wulandari")
    await rina.press("Sebut 1")
    await rina.press("Rumah")
    await rina.sees("sekarang Rumah")
    await rina.say("/addresses")
    await rina.sees("Rumah · Rina Wulandari")
    await rina.press("Sebut 1")
    await rina.press("Sebutan lain")
    await answer(rina, ("Kos Dago", "sekarang Kos Dago"))
    choice = await walk_to(rina, "address")
    assert choice.button("Kos Dago")
    await rina.say("/addresses")
    await rina.sees("Kos Dago")
    await rina.press("Hapus 1")
    await rina.press("Ya, hapus")
    await rina.sees("sudah dihapus")
    assert floor.books.value("SELECT COUNT(*) FROM addresses") == 0


def sheet(*rows: tuple[str | int | None, ...]) -> bytes:
    """A zone table as a seller sends it back."""
    return write([Page("Ongkir", tuple((column, 20) for column in COLUMNS), rows)])


async def test_zones_price_the_parcel_as_couriers_weigh_it(tmp_path: Path) -> None:
    """A wrong sheet changes nothing and names its cells; a right one counts: 1.2 kg as one, 1.4 kg as two; enough goods
    travel free; and a pick-up needs no address."""
    async with open_floor(tmp_path) as floor:
        sari, rina = floor.sari, floor.rina
        await open_batch(floor, quota="50")
        await sari.say("/shipping")
        await sari.sees("diurus di luar bot")
        await sari.press("Unduh tabel")
        await sari.sees("contoh tabel ongkir")
        await sari.send_document(sheet(("Jawa Barat", "Bandung", 9_000), ("Atlantis", "", 1_000)), "ongkir.xlsx")
        await sari.sees("belum dipakai", "Baris 2, kolom kota", "Baris 3, kolom provinsi")
        assert floor.books.value("SELECT COUNT(*) FROM shipping_zones") == 0
        await sari.send_document(sheet(("Jawa Barat", "Kota Bandung", 9_000), ("Lainnya", "", 40_000)), "ongkir.xlsx")
        await sari.sees("tersimpan, 2 baris: 2 baru")
        await sari.say("/shipping")
        await sari.sees("diurus di luar bot")
        await sari.press("Cara hitung")
        await sari.sees("Ongkir dihitung bagaimana")
        await sari.press("Tabel zona")
        await sari.sees("tabel zona (2 baris)")
        await sari.press("Gratis ongkir")
        await sari.sees("mulai belanja berapa")
        await answer(sari, ("1jt", "mulai belanja Rp 1.000.000"))
        await sari.press("Ambil sendiri")
        await sari.sees("ambil sendiri di mana")
        await answer(sari, ("Jl. Anggrek 3, Bandung", "Ambil sendiri: Jl. Anggrek 3"))

        await walk_to(rina, "review", quantity="6")  # 1,200 g
        await rina.sees("Ongkir Rp 9.000", "Total Rp 669.000", "Rp 330.000")
        await confirm(rina)
        floor.books.balance()
        await walk_to(rina, "address", quantity="7")  # 1,400 g
        await rina.say("1")
        await rina.sees("Ongkir Rp 18.000", "Total Rp 788.000")
        await confirm(rina)
        await walk_to(rina, "address", quantity="10")
        await rina.say("1")
        await rina.sees("Ongkir gratis", "Total Rp 1.100.000")
        await confirm(rina)
        await walk_to(rina, "address", quantity="1")
        await rina.press("Ambil sendiri")
        await rina.sees("Cek dulu", "Jl. Anggrek 3, Bandung", "Total Rp 110.000")
        await confirm(rina)
        kinds = [
            row["shipping_kind"] for row in floor.books.rows("SELECT shipping_kind FROM orders ORDER BY placed_at")
        ]
        assert kinds == ["zone", "zone", "free", "pickup"]
        floor.books.balance()


async def paid_order_that_waits_for_its_cost(floor: Floor) -> str:
    """The shop tells costs later; Rina has paid her down payment. Returns her order's code."""
    sari, rina = floor.sari, floor.rina
    await open_batch(floor)
    await sari.say("/shipping")
    await sari.sees("diurus di luar bot")
    await sari.press("Cara hitung")
    await sari.sees("Ongkir dihitung bagaimana")
    await sari.press("Dikabari belakangan")
    await sari.sees("dikabari belakangan per pesanan")
    await sari.say("batal")
    code = await order(rina)
    await pay(rina, code)
    await accept(sari, code)
    return code


async def test_a_cost_that_is_told_later_is_paid_with_the_balance(floor: Floor) -> None:
    """The seller tells it once; total and due follow, the buyer is told; a second telling finds nothing to tell."""
    sari, rina = floor.sari, floor.rina
    code = await paid_order_that_waits_for_its_cost(floor)
    await sari.say("/shipping")
    await sari.sees("1 pesanan menunggu ongkirnya")
    await sari.press("Isi ongkir (1)")
    await sari.sees("menunggu ongkir", code)
    await answer(sari, (f"{code} 18rb", f"Ongkir {code} Rp 18.000"))
    await rina.sees(code, "Rp 18.000", "Total jadi Rp 128.000", "Sisa Rp 73.000")
    assert floor.books.value("SELECT total FROM orders") == 128_000
    await sari.say("/shipping")
    await sari.sees("dikabari belakangan")
    assert "menunggu ongkirnya" not in (await sari.last()).visible()
    floor.books.balance()


async def test_a_cost_that_was_told_wrong_is_corrected_until_the_parcel_leaves(floor: Floor) -> None:
    """Waiting costs stand in the recap; a correction moves total and due, and what was paid too much goes back."""
    sari, rina, books = floor.sari, floor.rina, floor.books
    code = await paid_order_that_waits_for_its_cost(floor)
    await sari.say("/recap")
    await sari.sees("📊", "1 pesanan menunggu ongkir, isi di /shipping")
    await sari.say("/shipping")
    await sari.sees("1 pesanan menunggu ongkirnya")
    await sari.press("Isi ongkir (1)")
    await sari.sees("menunggu ongkir", code)
    await answer(sari, (f"{code} 81rb", f"Ongkir {code} Rp 81.000"))
    await rina.sees(code, "Rp 81.000", "Sisa Rp 136.000")

    await sari.say("/shipping")
    await sari.sees("dikabari belakangan per pesanan")
    await sari.press("Perbaiki ongkir (1)")
    await sari.sees("masih bisa diperbaiki", code, "Rp 81.000")
    await answer(sari, ("1", "Sekarang Rp 81.000. Harusnya berapa"), ("18rb", f"Ongkir {code} Rp 18.000"))
    await rina.sees("diperbaiki", code, "Rp 18.000", "tadinya Rp 81.000", "Total jadi Rp 128.000", "Sisa Rp 73.000")
    assert books.value("SELECT total FROM orders") == 128_000
    books.balance()

    await pay(rina, code)
    await other_amount(sari, code, "74rb")  # a thousand more than was due: that stays with the order
    await sari.say("/shipping")
    await sari.sees("dikabari belakangan per pesanan")
    await sari.press("Perbaiki ongkir (1)")
    await answer(sari, (code, "Sekarang Rp 18.000"), ("15rb", f"Ongkir {code} Rp 15.000"))
    await rina.sees("diperbaiki", "Kelebihan Rp 3.000", "dikembalikan")
    assert books.value("SELECT SUM(amount) FROM refunds WHERE state = 'owed'") == 3_000
    books.balance()

    await sari.say("/shipping")
    await sari.press("Perbaiki ongkir (1)")
    await answer(sari, (f"{code} 20rb", f"Ongkir {code} Rp 20.000"))
    await rina.sees("diperbaiki", "Rp 20.000", "Sisa Rp 1.000")
    assert books.value("SELECT COUNT(*) FROM refunds WHERE state = 'owed'") == 0
    books.balance()
