"""The columns of a catalogue sheet: their names, how else people write them, and which sheet is one (product 2).

In: a header row as it stands in the sheet. Out: where each column stands, or every header that is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from preorder.catalogue_cells import CellReason, Formula, SheetCell
from preorder.typed_text import plain, words
from preorder.values import dataclass

Column: TypeAlias = Literal[
    "kode", "produk", "deskripsi", "varian", "harga", "berat", "kuota", "foto",
    "bahan", "ukuran", "perawatan", "urutan", "arsip",
]  # fmt: skip

COLUMNS: Final[tuple[Column, ...]] = (
    *("kode", "produk", "deskripsi", "varian", "harga", "berat", "kuota", "foto"),
    *("bahan", "ukuran", "perawatan", "urutan", "arsip"),
)
REQUIRED: Final[tuple[Column, ...]] = ("produk", "harga", "berat")

_SPELLINGS: Final[dict[Column, str]] = {
    "kode": "kode|code|id|sku|kode produk",
    "produk": "produk|product|nama|nama produk|name|product name",
    "deskripsi": "deskripsi|description|keterangan",
    "varian": "varian|variant|variasi|nama varian",
    "harga": "harga|price|harga rp|price rp|harga rupiah",
    "berat": "berat|weight|berat gram|berat g|weight g|weight grams",
    "kuota": "kuota|quota|slot|kuota varian",
    "foto": "foto|photo|gambar|picture|image",
    "bahan": "bahan|material|materials|komposisi",
    "ukuran": "ukuran|size|sizes|dimensi",
    "perawatan": "perawatan|care|cara merawat|cara perawatan",
    "urutan": "urutan|order|no urut|position",
    "arsip": "arsip|archived|archive|diarsipkan",
}
_ALIASES: Final = {alias: column for column, spelled in _SPELLINGS.items() for alias in words(spelled, "|")}


@dataclass(frozen=True)
class CellError:
    """One wrong cell: sheet row (the header is 1), header as written, what stands there, why, and the bound if any."""

    row: int
    column: str
    value: str
    reason: CellReason
    bound: int | None = None


def is_filled(cell: SheetCell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def shown(cell: SheetCell) -> str:
    return cell.text if isinstance(cell, Formula) else "" if cell is None else str(cell)


def column_of(cell: SheetCell) -> Column | None:
    """The column that a header names."""
    written = plain(shown(cell).strip()).replace("(", " ").replace(")", " ").replace("*", " ")
    return _ALIASES.get(" ".join(written.split()))


def is_catalogue(header: Sequence[SheetCell]) -> bool:
    """Is this the header of a catalogue? A product and two more of its columns are enough, so that a sheet with a
    mistake in its header is still told what is wrong with it."""
    known = {column_of(cell) for cell in header} - {None}
    return "produk" in known and len(known) >= 3


def find_columns(header: Sequence[SheetCell]) -> tuple[dict[Column, int], tuple[CellError, ...]]:
    """Where each column stands, and every header that is unknown, doubled or missing."""
    found: dict[Column, int] = {}
    wrong = []
    if not any(is_filled(cell) for cell in header):
        return {}, (CellError(1, "", "", "empty_sheet"),)
    for place, cell in enumerate(header):
        if not is_filled(cell):
            continue
        written = shown(cell).strip()
        column = column_of(cell)
        if column is None:
            wrong.append(CellError(1, written, written, "unknown_column"))
        elif column in found:
            wrong.append(CellError(1, written, written, "column_twice"))
        else:
            found[column] = place
    wrong += [CellError(1, column, "", "missing_column") for column in REQUIRED if column not in found]
    return found, tuple(wrong)
