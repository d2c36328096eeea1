"""A wrong cell of a zone table in one sentence, in both languages: where it is, what is wrong, what to do."""

from __future__ import annotations

from typing import Final

from messages.formats import Locale, rupiah
from preorder.shipping import MOST
from preorder.zones import Reason, ZoneCell

_WHY: Final[dict[Reason, tuple[str, str]]] = {
    "province_missing": ("isi provinsinya, atau Lainnya", "fill in the province, or Lainnya for everywhere else"),
    "province_unknown": ("provinsi {found} tidak dikenal", "there is no province {found}"),
    "city_unknown": (
        "{found} tidak dikenal atau ada dua; tulis seperti Kota Bogor atau Kab. Bogor",
        "{found} is not known or there are two; write it like Kota Bogor or Kab. Bogor",
    ),
    "city_elsewhere": ("{found} bukan di provinsi itu", "{found} is not in that province"),
    "twice": ("{found} sudah ada di baris lain", "{found} stands in another row as well"),
    "price_missing": ("isi ongkir per kg, misalnya 12000", "fill in the price per kg, for example 12000"),
    "price_unreadable": ("{found} bukan harga; tulis seperti 12000", "{found} is no price; write it like 12000"),
    "price_too_large": (f"paling banyak {rupiah(MOST)}", f"at most {rupiah(MOST)}"),
    "formula": ("isi angkanya, bukan rumus", "write the number, not a formula"),
    "too_many_rows": ("barisnya terlalu banyak", "there are too many rows"),
    "empty": ("belum ada isinya", "there is nothing in it"),
    "missing_column": ("kolom ini tidak ada", "this column is missing"),
}


def explain_zone(cell: ZoneCell, locale: Locale) -> str:
    """`Baris 3, kolom kota: …`."""
    indonesian, english = _WHY[cell.reason]
    if locale == "id":
        return f"Baris {cell.row}, kolom {cell.column}: {indonesian.format(found=cell.found)}."
    return f"Row {cell.row}, column {cell.column}: {english.format(found=cell.found)}."
