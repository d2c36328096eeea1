"""Catalogue files: what a seller sends is read or refused in words, what the bot writes is read back."""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalog_sheet import (
    LARGEST,
    LARGEST_XML,
    MOST_ROWS,
    Bounds,
    read_rows,
    read_sheet,
    write_catalogue,
    write_template,
)
from bot.catalog_template import EXAMPLE, GUIDE
from messages.catalogue_words import explain, explain_file
from messages.formats import LOCALES, Locale
from preorder.catalogue import COLUMNS, Catalogue, CatalogueErrors, CatalogueProduct, CatalogueVariant, CellError
from preorder.catalogue_cells import CellReason
from preorder.errors import NotASheet
from preorder.money import Rupiah
from preorder.typed_text import has_letters, plain
from tests.screens import make_png

ROW = ["voal", "Hijab Voal", "", "Sage", 85000, 120, 20, ""]


def workbook(path: Path, *rows: list[object], merge: str = "", title: str = "Katalog") -> Path:
    """Write a sheet the way an office program does."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    book.save(path)
    book.close()
    return path


def test_the_template_is_a_sheet_that_can_be_sent_back(tmp_path: Path) -> None:
    """What the seller is given as an example is itself a valid catalogue."""
    write_template(tmp_path / "template.xlsx")
    assert read_sheet(tmp_path / "template.xlsx", photos=tmp_path) == EXAMPLE


def test_the_template_explains_every_column_in_both_languages(tmp_path: Path) -> None:
    """The second sheet has a line for each column; the first keeps its header in sight."""
    write_template(tmp_path / "template.xlsx")
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    guide = [[str(cell.value) for cell in row] for row in book.worksheets[1].iter_rows(min_row=2)]
    assert [line[0] for line in guide] == list(COLUMNS)
    assert [line[2:] for line in guide] == [list(GUIDE[column]) for column in COLUMNS]
    assert book.worksheets[0].freeze_panes == "C2"
    assert book.worksheets[0].data_validations.count == len(COLUMNS)
    book.close()


TEXT = st.text(alphabet=st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=12).filter(
    # Some single characters are tidied into eighteen, some into none.
    lambda text: 1 <= len(plain(text)) <= 40
)
PRODUCTS = st.builds(
    lambda name, about, variants: (name, about, variants),
    TEXT,
    TEXT,
    st.lists(
        st.builds(
            CatalogueVariant,
            name=TEXT,
            price=st.integers(1_000, 10**9).map(Rupiah),
            weight=st.integers(1, 50_000),
            quota=st.none() | st.integers(1, 100_000),
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda variant: plain(variant.name),
    ),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PRODUCTS, min_size=1, max_size=3))
def test_a_written_catalogue_is_read_back(
    tmp_path: Path, products: list[tuple[str, str, list[CatalogueVariant]]]
) -> None:
    """Sent out, sent back unchanged: nothing changes, also when names look like formulas."""
    catalogue = Catalogue(
        tuple(
            CatalogueProduct(f"p{n}", name, about, "foto/a.jpg" if n else None, tuple(variants))
            for n, (name, about, variants) in enumerate(products)
        )
    )
    write_catalogue(tmp_path / "out.xlsx", catalogue)
    once = read_sheet(tmp_path / "out.xlsx")
    write_catalogue(tmp_path / "again.xlsx", once)
    assert read_sheet(tmp_path / "again.xlsx") == once
    assert [p.id for p in once.products] == [p.id for p in catalogue.products]
    assert [[(v.price, v.weight, v.quota) for v in p.variants] for p in once.products] == [
        [(v.price, v.weight, v.quota) for v in p.variants] for p in catalogue.products
    ]


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    """A product called `=1+1` is written as text and comes back as text."""
    odd = CatalogueProduct("odd", "=1+1", "http://x", None, (CatalogueVariant("+62", Rupiah(5_000), 10),))
    write_catalogue(tmp_path / "out.xlsx", Catalogue((odd,)))
    assert read_sheet(tmp_path / "out.xlsx") == Catalogue((odd,))
    memory = BytesIO()
    write_catalogue(memory, Catalogue((odd,)))
    book = openpyxl.load_workbook(memory)
    assert book.worksheets[0]["B2"].data_type == "s"
    book.close()


def test_a_formula_in_a_sheet_is_named(tmp_path: Path) -> None:
    """A price that is computed is not trusted."""
    path = workbook(tmp_path / "a.xlsx", list(COLUMNS), [*ROW[:4], "=A1*2", *ROW[5:]])
    with pytest.raises(CatalogueErrors) as refused:
        read_sheet(path)
    assert refused.value.cells == (CellError(2, "harga", "=A1*2", "formula"),)


def test_merged_cells_are_named(tmp_path: Path) -> None:
    """A sheet with merged cells is answered with the range to unmerge (product 11)."""
    path = workbook(tmp_path / "a.xlsx", list(COLUMNS), list(ROW), [*ROW[:3], "Pink", *ROW[4:]], merge="B2:B3")
    with pytest.raises(CatalogueErrors) as refused:
        read_sheet(path)
    assert refused.value.cells == (CellError(2, "B", "B2:B3", "merged"),)
    assert "B2:B3" in explain(refused.value.cells[0], "id")


def test_dates_and_ticks_are_named_where_a_price_was_meant(tmp_path: Path) -> None:
    """A cell that an office program turned into a date or TRUE is shown as it reads."""
    path = workbook(tmp_path / "a.xlsx", list(COLUMNS), [*ROW[:4], True, *ROW[5:]])
    with pytest.raises(CatalogueErrors) as refused:
        read_sheet(path)
    assert refused.value.cells == (CellError(2, "harga", "TRUE", "price_unreadable"),)


CSV = "kode{0}produk{0}varian{0}harga{0}berat\r\nvoal{0}Hijab Voal é{0}Sage{0}85rb{0}120\r\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_however_it_was_saved(tmp_path: Path, separator: str, encoding: str) -> None:
    """Comma, semicolon or tab; any of the encodings office programs write."""
    path = tmp_path / "a.csv"
    path.write_bytes(CSV.format(separator).encode(encoding))
    assert read_sheet(path).products[0].name == "Hijab Voal é"


def test_a_csv_may_tell_its_separator(tmp_path: Path) -> None:
    """The `sep=;` line of spreadsheets is no row: the wrong cell is still in row 2."""
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nproduk;harga;berat\nTas;=1+1;10\n", encoding="utf-8")
    with pytest.raises(CatalogueErrors) as refused:
        read_sheet(path)
    assert refused.value.cells == (CellError(2, "harga", "=1+1", "formula"),)


def test_a_missing_photo_is_named_and_none_is_read_outside(tmp_path: Path) -> None:
    """With a folder given, each picture must lie in it, also when a link points elsewhere."""
    shop = tmp_path / "shop"
    shop.mkdir()
    (tmp_path / "secret.jpg").write_bytes(b"x")
    (shop / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    (shop / "tas.jpg").write_bytes(make_png())
    path = shop / "a.csv"
    path.write_text("produk,harga,berat,foto\nA,5000,1,tas.jpg\nB,5000,1,link.jpg\nC,5000,1,no.jpg\n", encoding="utf-8")
    with pytest.raises(CatalogueErrors) as refused:
        read_sheet(path, photos=shop)
    assert [(e.row, e.reason) for e in refused.value.cells] == [(3, "photo_missing"), (4, "photo_missing")]


def packed(**parts: bytes) -> bytes:
    """A zip file with these parts."""
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return memory.getvalue()


def sheet_with(inside: str, after: str = "") -> bytes:
    """An .xlsx whose sheet holds just this, below `sheetData`, and `after` it."""
    memory, out = BytesIO(), BytesIO()
    openpyxl.Workbook().save(memory)
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{name}"><sheetData>{inside}</sheetData>{after}</worksheet>'
    with zipfile.ZipFile(memory) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for part in whole.namelist():
            written.writestr(part, sheet if part == "xl/worksheets/sheet1.xml" else whole.read(part))
    return out.getvalue()


def row(number: int, text: str) -> str:
    """A row with one cell."""
    return f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def test_a_sheet_of_an_untold_number_of_rows_is_refused_at_once() -> None:
    """Two cells with a billion rows between them, a megabyte of nothing but rows, more lines than a shop has: each is
    refused before there is anything to hold; the million empty rows that some programs write are no rows."""
    for content in (
        sheet_with(row(1, "produk") + row(999_999_999, "x")),
        sheet_with(row(1, "produk") + row(MOST_ROWS + 1, "x")),
        b"produk\n" * (MOST_ROWS + 1),
        b"\n" * 1_200_000 + b"produk",
    ):
        with pytest.raises(NotASheet) as refused:
            read_rows(content, "a.csv")
        assert refused.value.reason == "too_many_rows"
        assert "20.000" in explain_file(refused.value, "id")
    empty_below = sheet_with(row(1, "produk") + row(3, "voal") + '<row r="1048576"/>')
    assert [cells[:1] for cells in read_rows(empty_below, "a.xlsx")] == [("produk",), (), ("voal",)]
    assert list(read_rows(b"produk\n\nvoal\n" + b"\n" * 1_000_000, "a.csv")) == [("produk",), (), ("voal",)]


def test_it_is_the_bounds_that_refuse_rows_and_bytes() -> None:
    """The control: without a bound on rows a file of 6 KiB comes to fifty thousand of them, and a line more than a shop
    has is read like any other; the bytes to be parsed are refused by their bound and by nothing else."""
    apart, lines = sheet_with(row(1, "produk") + row(50_000, "x")), b"produk\n" * (MOST_ROWS + 1)
    assert len(apart) < 6 * 1024
    for content, rows in ((apart, 50_000), (lines, MOST_ROWS + 1)):
        assert len(read_rows(content, "a.csv", Bounds(rows=10**9))) == rows
        with pytest.raises(NotASheet):
            read_rows(content, "a.csv")
    dense = sheet_with("<row/>" * 20_000)
    with pytest.raises(NotASheet) as refused:
        read_rows(dense, "a.xlsx", Bounds(xml=100_000))
    assert (refused.value.reason, refused.value.bound) == ("too_large", 100_000)
    assert read_rows(dense, "a.xlsx", Bounds(xml=200_000)) == []


def test_a_sheet_that_unpacks_to_more_than_can_be_parsed_is_refused() -> None:
    """20 KiB of equal rows are 13 megabytes to parse, and entities within entities a gigabyte: neither is begun."""
    content = sheet_with("<row/>" * 2_200_000)
    assert len(content) < 40_000
    with pytest.raises(NotASheet) as refused:
        read_rows(content, "a.xlsx")
    assert (refused.value.reason, refused.value.bound) == ("too_large", LARGEST_XML)
    entities = "".join(f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in pairwise("abcdefghi"))
    laughing = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 500}">{entities}]><x>&i;</x>'
    with pytest.raises(NotASheet) as refused:
        read_rows(packed(xl__workbook_xml=laughing.encode()), "a.xlsx")
    assert refused.value.reason == "unreadable"


@pytest.mark.timeout(60)  # read backwards and forwards for each of them, it would take hours
def test_merged_cells_without_an_end_cost_no_more_than_their_length() -> None:
    """Where each of 200,000 unfinished marks could be searched to the end of the file, each ends at the next."""
    content = sheet_with(row(1, "produk"), f"<!--{'<mergeCell ' * 200_000}-->")
    assert read_rows(content, "a.xlsx")[0][:1] == ("produk",)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xlsx", b"", "wrong_kind"),
        ("a.xlsx", b"halo", "wrong_kind"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "wrong_kind"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "wrong_kind"),
        ("a.docx", packed(word__document_xml=b"<x/>"), "wrong_kind"),
        ("a.xlsx", b"PK\x03\x04 broken", "unreadable"),
        ("a.xlsx", packed(xl__workbook_xml=b"<broken"), "unreadable"),
        ("a.csv", b"\xff\xfe\x00", "unreadable"),
        ("a.csv", b"a" * (LARGEST + 1), "too_large"),
        ("a.xlsx", packed(xl__workbook_xml=b"<x/>", xl__media=b"\x00" * (41 * 1024 * 1024)), "too_large"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """Empty, damaged, renamed, too large or a bomb: each is refused before it is unpacked, with a sentence."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NotASheet) as refused:
        read_sheet(tmp_path / name)
    assert refused.value.reason == reason
    for locale in LOCALES:
        assert has_letters(explain_file(refused.value, locale), 20)


def test_an_empty_csv_is_an_empty_sheet(tmp_path: Path) -> None:
    """No bytes are no rows."""
    (tmp_path / "a.csv").write_bytes(b"")
    with pytest.raises(CatalogueErrors) as refused:
        read_sheet(tmp_path / "a.csv")
    assert refused.value.cells[0].reason == "empty_sheet"


def test_a_wrong_cell_is_explained_as_a_seller_would() -> None:
    """Row, column, what stands there and how to write it, in one or two sentences."""
    error = CellError(7, "harga", "seratus ribu", "price_unreadable")
    assert explain(error, "id") == (
        'Baris 7, kolom harga: "seratus ribu" bukan harga. Tulis seperti 150000 atau 150rb.'
    )
    assert explain(error, "en") == (
        'Row 7, column harga: "seratus ribu" is not a price. Write it like 150000 or 150rb.'
    )
    assert explain(CellError(3, "harga", "150", "price_doubtful", 150_000), "id") == (
        'Baris 3, kolom harga: "150" belum jelas. Kalau maksudnya Rp 150.000, tulis 150000.'
    )


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("reason", get_args(CellReason))
def test_every_reason_has_words(reason: CellReason, locale: Locale) -> None:
    """No wrong cell is left without a sentence, and a long cell is quoted short."""
    said = explain(CellError(2, "harga", "{x}" * 400, reason, 5), locale)
    assert has_letters(said, 15)
    assert len(said) < 250
