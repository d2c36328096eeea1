"""The catalogue as a sheet in the chat: sent, changed, taken back with its difference, applied all or nothing."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from bot.sheets import MIME
from tests.journeys.floor import Floor, open_batch
from tests.people import Person, make_png


async def sheet_from_the_bot(floor: Floor, seller: Person) -> Any:
    """What the bot sends when the seller asks for the catalogue, opened as an office program does."""
    await seller.say("/products")
    await seller.sees("Pilih produk")
    await seller.press("Excel katalog")
    message = await seller.sees("katalog.xlsx", "Ubah di Excel")
    book = openpyxl.load_workbook(io.BytesIO(await seller.fetch(message)))
    await floor.settled()
    return book


def packed(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def column(sheet: Any, title: str) -> int:
    """The number of a column by its header."""
    return next(int(cell.column) for cell in sheet[1] if cell.value == title)


async def send(seller: Person, book: Any, name: str = "katalog.xlsx") -> None:
    await seller.send_document(packed(book), name, MIME)


async def test_a_sheet_goes_out_is_changed_and_comes_back(floor: Floor) -> None:
    """New, changed, archived and moved products are shown with old and new values; one confirm applies them all, and a
    batch that runs keeps what it promised. The same sheet sent again changes nothing."""
    sari = floor.sari
    await open_batch(floor)
    book = await sheet_from_the_bot(floor, sari)
    sheet = book["Katalog"]
    assert [cell.value for cell in sheet[2]][:2] == ["pashmina", "Pashmina Ceruty"]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [
        "Pashmina Ceruty",
        "Pashmina Ceruty",
        "Nastar Wisman",
    ]
    sheet.cell(2, column(sheet, "harga"), "80rb")
    sheet.cell(2, column(sheet, "bahan"), "Ceruty baby doll")
    sheet.cell(2, column(sheet, "urutan"), 2)
    sheet.cell(4, column(sheet, "kuota"), 25)
    sheet.cell(3, column(sheet, "varian"), "Mocca")  # Sage is not named any more
    sheet.append(["", "Tas Anyam", "", "Natural", "1jt500", 450])
    await send(sari, book)
    shown = await sari.sees("Yang akan berubah", "Terapkan")
    for line in (
        "1 baru, 2 berubah, urutan",
        "bahan: kosong → Ceruty baby doll",
        "Hitam: Rp 75.000 → Rp 80.000",
        "+ Mocca, Rp 75.000",
        "− Sage (masuk arsip)",
        "kuota tanpa batas → 25",
        "Tas Anyam (baru)",
        "+ Natural, Rp 1.500.000",
        "Urutan baru: Nastar Wisman, Pashmina Ceruty",
    ):
        assert line in shown.visible(), line
    assert floor.books.value("SELECT COUNT(*) FROM products") == 2, "nothing is applied before the confirm"
    await sari.press("Terapkan")
    await sari.sees("Katalog sudah diperbarui", "1 baru, 2 berubah")
    rows = floor.books.rows("SELECT name, materials FROM products WHERE archived = 0 ORDER BY position")
    assert [tuple(row) for row in rows] == [
        ("Nastar Wisman", ""),
        ("Pashmina Ceruty", "Ceruty baby doll"),
        ("Tas Anyam", ""),
    ]
    offers = floor.books.rows("SELECT variant, price, quota FROM offers ORDER BY position")
    assert [tuple(row) for row in offers] == [
        ("Hitam", 75_000, None),
        ("Sage", 75_000, None),
        ("Toples 500 g", 110_000, None),
    ]
    await send(sari, book)
    await sari.sees("Tidak ada yang berubah")
    floor.books.balance()


async def test_a_product_is_archived_and_restored_by_its_cell(floor: Floor) -> None:
    """`arsip` = ya takes a product off show, emptied it comes back; a product that is not in the sheet stays."""
    sari = floor.sari
    csv = "kode;produk;varian;harga;berat;arsip\nnastar;Nastar Wisman;Toples 500 g;110000;200;ya\n"
    await sari.send_document(csv.encode(), "katalog.csv", "text/csv")
    await sari.sees("1 masuk arsip", "1 produk tidak ada di sheet")
    await sari.press("Terapkan")
    await sari.sees("1 masuk arsip", "sudah diperbarui")
    assert floor.books.value("SELECT COUNT(*) FROM products WHERE archived = 0") == 1
    await sari.send_document(csv.replace(";ya", ";").encode(), "katalog.csv", "text/csv")
    await sari.sees("1 tampil lagi")
    await sari.press("Terapkan")
    await sari.sees("sudah diperbarui")
    assert floor.books.value("SELECT COUNT(*) FROM products WHERE archived = 0") == 2


async def test_variants_change_places_by_their_rows(floor: Floor) -> None:
    """Rows that changed places are a change by themselves: shown, applied, and done when the sheet comes again."""
    sari = floor.sari
    csv = "kode;produk;varian;harga;berat\npashmina;Pashmina Ceruty;Sage;75000;150\n;;Hitam;75000;150\n"
    await sari.send_document(csv.encode(), "katalog.csv", "text/csv")
    await sari.sees("1 berubah", "urutan varian: Sage, Hitam")
    await sari.press("Terapkan")
    await sari.sees("Katalog sudah diperbarui", "1 berubah")
    rows = floor.books.rows("SELECT name FROM variants WHERE product_id = 'pashmina' ORDER BY position")
    assert [row["name"] for row in rows] == ["Sage", "Hitam"]
    await sari.send_document(csv.encode(), "katalog.csv", "text/csv")
    await sari.sees("Tidak ada yang berubah")


async def test_what_changed_meanwhile_is_shown_anew(floor: Floor) -> None:
    """The confirm applies what was on the screen and nothing else: when the catalogue moved on, the difference is
    worked out again and asked for again."""
    sari = floor.sari
    book = await sheet_from_the_bot(floor, sari)
    book["Katalog"].cell(4, column(book["Katalog"], "harga"), 120_000)
    await send(sari, book)
    shown = await sari.sees("Rp 110.000 → Rp 120.000")
    await floor.app.database.run(lambda tx: tx.run("archive_product", id="pashmina"))
    await sari.press("Terapkan", shown)
    await sari.sees("Katalognya sempat berubah", "Pashmina Ceruty (tampil lagi)", "Rp 110.000 → Rp 120.000")
    assert floor.books.value("SELECT price FROM variants WHERE product_id = 'nastar'") == 110_000
    await sari.press("Terapkan")
    await sari.sees("sudah diperbarui")
    assert floor.books.value("SELECT price FROM variants WHERE product_id = 'nastar'") == 120_000


async def test_every_wrong_cell_is_named_and_nothing_is_applied(floor: Floor) -> None:
    """Row, column and why, for all of them at once; merged cells, formulas and files that are no sheets are refused in
    one sentence, a buyer's sheet is no catalogue."""
    sari, rina = floor.sari, floor.rina
    book = await sheet_from_the_bot(floor, sari)
    sheet = book["Katalog"]
    sheet.cell(2, column(sheet, "harga"), "=1+1")
    sheet.cell(3, column(sheet, "harga"), "mahal")
    sheet.cell(4, column(sheet, "arsip"), "mungkin")
    await send(sari, book)
    said = await sari.sees("belum bisa dipakai", "Baris 2, kolom harga", "rumus", "Baris 3, kolom harga", "mahal")
    assert "Baris 4, kolom arsip" in said.text
    sheet.merge_cells("B2:B3")
    await send(sari, book)
    await sari.sees("B2:B3", "digabung")
    await sari.send_document(b"PK\x03\x04 not really", "katalog.xlsx", MIME)
    await sari.sees("rusak atau belum lengkap")
    book = openpyxl.Workbook()
    book.create_sheet("Mutasi", 0).append(["tanggal", "keterangan", "jumlah"])
    await send(sari, book, "mutasi.xlsx")
    await floor.settled()
    assert "Yang akan berubah" not in (await sari.last()).text
    await rina.start()
    await rina.send_document(b"produk,harga,berat\nTas,1000,1\n", "katalog.csv", "text/csv")
    await floor.settled()
    assert "Yang akan berubah" not in (await rina.last()).text
    assert floor.books.value("SELECT COUNT(*) FROM sheets_sent") == 0
    assert floor.books.value("SELECT COUNT(*) FROM products") == 2


async def test_what_looks_like_a_formula_stays_a_text_both_ways(floor: Floor) -> None:
    """A name that begins with = leaves as text in the sheet and comes back as the same name."""
    sari = floor.sari
    name = '=HYPERLINK("http://x","Tas")'
    for said, screen in (
        ("/products", "Katalog"),
        ("Tambah produk", "Apa nama produknya"),
        (name, "Kirim foto"),
    ):
        await sari.say(said)
        await sari.sees(screen)
    await sari.send_photo(make_png())
    await sari.sees("1 foto")
    for said, screen in (
        ("Selesai", "Ceritakan"),
        ("+cmd|' /C calc'!A0", "dari bahan apa"),
        ("lewati semua", "nama varian"),
        ("@SUM(A1)", "Berapa harga"),
        ("10rb", "Berapa berat"),
        ("lewati", "Paling banyak"),
        ("tanpa batas", "Ada varian lain"),
        ("selesai", "Begini tampilan"),
        ("simpan", "masuk katalog"),
    ):
        await sari.say(said)
        await sari.sees(screen)
    book = await sheet_from_the_bot(floor, sari)
    cells = {cell.value: cell.data_type for row in book["Katalog"].iter_rows(min_row=4) for cell in row if cell.value}
    assert cells[name] == "s"
    assert cells["@SUM(A1)"] == "s"
    assert cells["+cmd|' /C calc'!A0"] == "s"
    await sari.press("Excel katalog")
    message = await sari.sees("katalog.xlsx")
    await sari.send_document(await sari.fetch(message), "katalog.xlsx", MIME)
    await sari.sees("Tidak ada yang berubah")


async def test_other_chats_go_on_while_a_sheet_is_fetched(floor: Floor) -> None:
    """The seller's own chat waits for its file, nobody else's does; a file that is too large is not fetched at all."""
    sari, rina = floor.sari, floor.rina
    await floor.world.fault("slow", method="getfile", seconds=2.0, times=1)
    await sari.send_document(b"produk,harga,berat\nTas,1000,1\n", "katalog.csv", "text/csv")
    await sari.say("/recap")
    await rina.say("/catalog")
    await rina.sees("Nastar Wisman")
    assert not [one for one in await sari.messages() if one.by_bot], "it is still being fetched"
    await sari.sees("Rekap")
    texts = [one.text for one in await sari.messages() if one.by_bot]
    assert "Tas (baru)" in texts[0]
    assert "Rekap" in texts[1]
    await sari.send("document", b"x", filename="katalog.xlsx", size=6_000_000)
    await sari.sees("terlalu besar")
    assert len(await floor.world.calls("getFile")) == 1
