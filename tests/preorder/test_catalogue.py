"""The catalogue sheet: rows become products, and every wrong cell is named at once."""

from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preorder.catalogue import (
    CatalogueErrors,
    CatalogueProduct,
    CatalogueVariant,
    CellError,
    read_catalogue,
)
from preorder.catalogue_cells import CellProblem, Formula, SheetCell
from preorder.catalogue_codes import code_of
from preorder.money import Rupiah

HEADER: tuple[str, ...] = ("kode", "produk", "deskripsi", "varian", "harga", "berat", "kuota", "foto")


def wrong(*rows: tuple[SheetCell, ...], header: tuple[SheetCell, ...] = HEADER) -> tuple[CellError, ...]:
    """Read the rows and return the cells that were refused."""
    with pytest.raises(CatalogueErrors) as refused:
        read_catalogue(header, rows)
    return refused.value.cells


def test_rows_become_products_with_their_variants() -> None:
    """One row is a variant; empty product cells and a repeated name both mean the product above."""
    catalogue = read_catalogue(
        HEADER,
        [
            ("voal", "Hijab Voal", "Bahan voal.\nCuci lembut.", "Sage", "85rb", "120 g", 20, "foto/voal.jpg"),
            (None, None, None, "Pink", 85000, None, None, None),
            ("", "hijab voal", "", "Mocca", "Rp 90.000", "0,2 kg", "3 pcs", ""),
            (None, None, None, None, None, None, None, None),
            ("tas", "Tas Anyam", None, None, 175000.0, 450.0, None, None),
        ],
    )
    assert catalogue.products == (
        CatalogueProduct(
            "voal",
            "Hijab Voal",
            "Bahan voal.\nCuci lembut.",
            "foto/voal.jpg",
            (
                CatalogueVariant("Sage", Rupiah(85_000), 120, 20),
                CatalogueVariant("Pink", Rupiah(85_000), 120, None),
                CatalogueVariant("Mocca", Rupiah(90_000), 200, 3),
            ),
        ),
        CatalogueProduct("tas", "Tas Anyam", "", None, (CatalogueVariant("Standar", Rupiah(175_000), 450),)),
    )


def test_columns_may_stand_in_any_order_and_in_english() -> None:
    """Headers are recognised by name, with or without a unit behind them."""
    catalogue = read_catalogue(("Price (Rp)", "Weight (g)", "PRODUCT *", "Variant"), [("150k", 250, "Bag", 38)])
    assert catalogue.products[0].variants == (CatalogueVariant("38", Rupiah(150_000), 250),)


def test_every_wrong_cell_is_named_at_once() -> None:
    """A sheet with many mistakes tells them all, in reading order, with what stands in the cell."""
    cells = wrong(
        ("Tas Besar!", "Tas", None, "A", "seratus ribu", "berat", "banyak", "http://foto"),
        (None, None, "x" * 801, "B" * 41, None, 60_000, 2.5, "../rahasia.jpg"),
        (None, None, None, "A", 0, "0 g", 0, "foto.exe"),
        (None, "N" * 61, None, "A", 150, 100, "1e9", None),
    )
    assert [(e.row, e.column, e.reason) for e in cells] == [
        (2, "kode", "code_bad"),
        (2, "harga", "price_unreadable"),
        (2, "berat", "weight_unreadable"),
        (2, "kuota", "quota_unreadable"),
        (2, "foto", "photo_bad"),
        (3, "deskripsi", "description_too_long"),
        (3, "varian", "variant_too_long"),
        (3, "harga", "price_missing"),
        (3, "berat", "weight_too_large"),
        (3, "kuota", "quota_not_whole"),
        (3, "foto", "photo_bad"),
        (4, "varian", "variant_twice"),
        (4, "harga", "price_not_positive"),
        (4, "berat", "weight_too_small"),
        (4, "kuota", "quota_too_small"),
        (4, "foto", "photo_bad"),
        (5, "produk", "name_too_long"),
        (5, "harga", "price_doubtful"),
        (5, "kuota", "quota_unreadable"),
    ]
    assert cells[1] == CellError(2, "harga", "seratus ribu", "price_unreadable")
    assert cells[17].bound == 150_000


@pytest.mark.parametrize(
    ("header", "row", "column", "reason"),
    [
        (("produk", "harga", "berat", "stok"), 1, "stok", "unknown_column"),
        (("produk", "nama", "harga", "berat"), 1, "nama", "column_twice"),
        (("produk", "varian"), 1, "harga", "missing_column"),
        (("", None), 1, "", "empty_sheet"),
    ],
)
def test_a_wrong_header_is_named(header: tuple[SheetCell, ...], row: int, column: str, reason: str) -> None:
    """Nothing is read under a header that is unknown, doubled or missing."""
    first = wrong(("Tas", 1, 1, 1), header=header)[0]
    assert (first.row, first.column, first.reason) == (row, column, reason)


def test_an_empty_sheet_is_named() -> None:
    """A header alone is no catalogue."""
    assert wrong((None,) * 8)[0].reason == "empty_sheet"
    assert wrong()[0].reason == "empty_sheet"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(None, None, None, "A", 5000, 10)], (2, "produk", "product_missing")),
        ([("a", "Tas", None, "A", 5000, 10), ("a", "Topi", None, "B", 5000, 10)], (3, "kode", "code_taken")),
        ([("a", "Tas", "satu", "A", 5000, 10), ("a", None, "dua", "B", 5000, 10)], (3, "deskripsi", "differs")),
        ([("a", "Tas", None, "A", 5000, 10), ("a", None, None, None, 5000, 10)], (3, "varian", "variant_missing")),
        ([("a", "Tas", None, "A", 5000, 10), (None, None, None, " a ", 5000, 10)], (3, "varian", "variant_twice")),
        ([("a", "Tas", None, "A", 5000, None)], (2, "berat", "weight_missing")),
        ([("a", "Tas", None, "A", Formula("=1+1"), 10)], (2, "harga", "formula")),
        ([("a", Formula("=B1"), None, "A", 5000, 10)], (2, "produk", "formula")),
        ([("a", "Tas", None, "A", 5000.5, 10)], (2, "harga", "price_not_whole")),
        ([("a", "Tas", None, "A", math.inf, 10)], (2, "harga", "price_unreadable")),
        ([("a", "Tas", None, "A", math.nan, 10)], (2, "harga", "price_unreadable")),
        ([("a", "Tas", None, "A", 10**10, 10)], (2, "harga", "price_too_large")),
        ([("a", "Tas", None, "A", 5000, 0.3)], (2, "berat", "weight_unreadable")),
        ([("a", "Tas", None, "A", 5000, 10, 100_001)], (2, "kuota", "quota_too_large")),
        ([("a", "Tas", None, "A", 5000, 10, None, None, "catatan")], (2, "I", "no_header")),
    ],
)
def test_a_mistake_is_named_by_row_column_and_reason(
    rows: list[tuple[SheetCell, ...]], expected: tuple[int, str, str]
) -> None:
    """Each single mistake gives exactly one wrong cell."""
    assert [(e.row, e.column, e.reason) for e in wrong(*rows)] == [expected]


def test_too_much_is_refused() -> None:
    """A thousand rows and fifty variants are the limits of one sheet and one product."""
    many = [(f"p{n}", f"Produk {n}", None, None, 5000, 10) for n in range(1001)]
    assert [(e.row, e.reason, e.bound) for e in wrong(*many)] == [(1002, "too_many_rows", 1000)]
    variants = [("a", "Tas", None, f"V{n}", 5000, 10) for n in range(51)]
    assert [(e.row, e.reason, e.bound) for e in wrong(*variants)] == [(52, "too_many_variants", 50)]


def test_a_photo_that_is_not_there_is_named() -> None:
    """Whoever has the folder says what is in it."""
    with pytest.raises(CatalogueErrors) as refused:
        read_catalogue(
            HEADER,
            [("a", "Tas", None, None, 5000, 10, None, "tas.jpg")],
            photo_problem=lambda _: CellProblem("photo_missing"),
        )
    assert refused.value.cells == (CellError(2, "foto", "tas.jpg", "photo_missing"),)


@pytest.mark.parametrize("path", ["/etc/a.jpg", "../a.jpg", "a/../../b.jpg", "C:\\a.jpg", "..\\a.jpg", "a.svg", "jpg"])
def test_a_photo_outside_the_folder_is_refused(path: str) -> None:
    """A sheet from somebody else cannot make the bot read other files."""
    assert wrong(("a", "Tas", None, None, 5000, 10, None, path))[0].reason == "photo_bad"


@pytest.mark.parametrize(
    ("cell", "grams"),
    [
        (250, 250),
        ("250", 250),
        ("250 g", 250),
        ("250gr", 250),
        ("250 gram", 250),
        ("1.200 g", 1_200),
        ("0,3 kg", 300),
        ("0.25kg", 250),
        ("1,5 kilo", 1_500),
        ("1.250 kg", 1_250),
        ("2 kg", 2_000),
        ("2 ons", 200),
    ],
)
def test_a_weight_is_read_in_grams(cell: SheetCell, grams: int) -> None:
    """Sellers write grams, kilos and ons; all become grams."""
    catalogue = read_catalogue(HEADER, [("a", "Tas", None, None, 5000, cell)])
    assert catalogue.products[0].variants[0].weight == grams


def test_a_product_without_a_code_gets_one_from_its_name() -> None:
    """The code is the name where it fits and never changes for the same name."""
    assert code_of("Tas Serut") == "tas-serut"
    assert code_of("  tas   SERUT ") == "tas-serut"
    long = code_of("Hijab Segi Empat Polos")
    assert long == code_of("hijab segi empat polos") != code_of("Hijab Segi Empat Motif")
    assert long.startswith("hijab-s-")
    assert read_catalogue(HEADER, [(None, "Hijab Segi Empat Polos", None, None, 5000, 10)]).products[0].id == long


@given(st.text(min_size=1, max_size=60))
def test_any_name_gives_a_code_that_can_be_typed(name: str) -> None:
    """Whatever the script, the code is 1 to 12 of a–z, 0–9 and hyphen."""
    code = code_of(name)
    assert 1 <= len(code) <= 12
    assert set(code) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert code == code_of(name)


@given(
    st.lists(st.lists(st.one_of(st.none(), st.text(max_size=20), st.integers(), st.floats()), max_size=9), max_size=5)
)
def test_any_cells_are_a_catalogue_or_named(rows: list[list[SheetCell]]) -> None:
    """No sheet, however odd, ends in anything but a catalogue or a list of wrong cells."""
    with suppress(CatalogueErrors):
        assert read_catalogue(HEADER, rows).products


@pytest.mark.parametrize(
    ("price", "reason", "meant"),
    [
        ("8.30", "price_doubtful", 8_300),
        ("8,30", "price_doubtful", 8_300),
        ("Rp 8,3", "price_doubtful", 8_300),
        ("150", "price_doubtful", 150_000),
        (8.3, "price_not_whole", None),
        ("8.300,50", "price_not_whole", None),
    ],
)
def test_a_price_with_a_fraction_is_asked_about(price: SheetCell, reason: str, meant: int | None) -> None:
    """It is never read as 830: the cell is named, with what it may have been."""
    (cell,) = wrong(("a", "Tas", None, "A", price, 10))
    assert (cell.column, cell.reason, cell.bound) == ("harga", reason, meant)
