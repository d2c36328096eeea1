"""The shop's zone table as a sheet (product 4): province, city, rupiah a kilogram; read all or nothing.

In: header and rows as they stand in the sheet, and the table of regions. Out: `Zone`s with official names, or every
wrong cell with its row and column. Never: applies anything, or takes a place that it does not know.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal

from preorder.catalogue_cells import Formula, SheetCell
from preorder.errors import NotMoney, NotUnderstood
from preorder.money import Rupiah, parse_rupiah
from preorder.place_words import PROVINCES
from preorder.regions import Regions, spell
from preorder.shipping import MOST, Zone
from preorder.typed_text import plain
from preorder.values import dataclass

Column = Literal["provinsi", "kota", "ongkir per kg"]
COLUMNS: Final[tuple[Column, ...]] = ("provinsi", "kota", "ongkir per kg")
_SPELLINGS: Final[dict[str, Column]] = {
    **dict.fromkeys(("provinsi", "propinsi", "province"), "provinsi"),
    **dict.fromkeys(("kota", "kota/kabupaten", "kabupaten/kota", "kabupaten", "city"), "kota"),
    **dict.fromkeys(
        ("ongkir per kg", "ongkir", "ongkir/kg", "harga per kg", "price per kg", "shipping"), "ongkir per kg"
    ),
}
MOST_ROWS: Final = 2_000
_ELSEWHERE: Final = frozenset({"lainnya", "lain-lain", "seluruh indonesia", "elsewhere", "everywhere else"})
Reason = Literal[
    "province_missing", "province_unknown", "city_unknown", "city_elsewhere", "twice",
    "price_missing", "price_unreadable", "price_too_large", "formula", "too_many_rows", "empty", "missing_column",
]  # fmt: skip


@dataclass(frozen=True)
class ZoneCell:
    """A cell that is wrong; `row` as the sheet counts, from 1. `found` is what stands there."""

    row: int
    column: Column
    reason: Reason
    found: str = ""


EXAMPLE: Final = (
    Zone("Jawa Barat", "Kota Bandung", Rupiah(9_000)),
    Zone("Jawa Barat", "", Rupiah(12_000)),
    Zone("DKI Jakarta", "", Rupiah(11_000)),
    Zone("Jawa Timur", "Kota Surabaya", Rupiah(18_000)),
    Zone("Bali", "", Rupiah(27_000)),
    Zone("", "", Rupiah(45_000)),
)


class ZoneErrors(NotUnderstood):
    """It is a zone table, and these cells are wrong."""

    def __init__(self, cells: Sequence[ZoneCell]) -> None:
        super().__init__(len(cells))
        self.cells = tuple(cells)


def is_zones(header: Sequence[SheetCell]) -> bool:
    """Is this the header of a zone table? A place and a price make one."""
    named = {_SPELLINGS.get(plain(str(cell or ""))) for cell in header}
    return "provinsi" in named and "ongkir per kg" in named


def read_zones(header: Sequence[SheetCell], rows: Sequence[Sequence[SheetCell]], regions: Regions) -> tuple[Zone, ...]:
    """Every line as a `Zone`. Raises ZoneErrors with every wrong cell."""
    places = {_SPELLINGS[name]: i for i, cell in enumerate(header) if (name := plain(str(cell or ""))) in _SPELLINGS}
    wrong = [ZoneCell(1, column, "missing_column") for column in COLUMNS if column not in places]
    if wrong:
        raise ZoneErrors(wrong)
    if len(rows) > MOST_ROWS:
        raise ZoneErrors([ZoneCell(MOST_ROWS + 1, "provinsi", "too_many_rows")])
    zones: dict[tuple[str, str], Zone] = {}
    for number, row in enumerate(rows, start=2):
        cells = {column: row[i] if i < len(row) else None for column, i in places.items()}
        if not any(_text(cell) for cell in cells.values()):
            continue
        zone = _Row(number, cells, regions, wrong).zone()
        if zone is None:
            continue
        if (zone.province, zone.city) in zones:
            wrong.append(ZoneCell(number, "kota" if zone.city else "provinsi", "twice", zone.city or zone.province))
        zones[zone.province, zone.city] = zone
    if not zones and not wrong:
        wrong.append(ZoneCell(2, "provinsi", "empty"))
    if wrong:
        raise ZoneErrors(wrong)
    return tuple(zones.values())


class _Row:
    """One line; what is wrong with it is added to `wrong`."""

    def __init__(self, number: int, cells: dict[Column, SheetCell], regions: Regions, wrong: list[ZoneCell]) -> None:
        self._number = number
        self._cells = cells
        self._regions = regions
        self._wrong = wrong

    def zone(self) -> Zone | None:
        before = len(self._wrong)
        province, city = self._place()
        price = self._price()
        return None if len(self._wrong) > before else Zone(province, city, price)

    def _fault(self, column: Column, reason: Reason) -> None:
        self._wrong.append(ZoneCell(self._number, column, reason, _text(self._cells[column])[:40]))

    def _place(self) -> tuple[str, str]:
        names = self._regions.names
        said, city = _text(self._cells["provinsi"]), _text(self._cells["kota"])
        if plain(said) in _ELSEWHERE and not city:
            return "", ""
        if not said:
            self._fault("provinsi", "province_missing")
            return "", ""
        key = spell(said)
        found = self._regions.provinces.get(key) or ((PROVINCES[key],) if key in PROVINCES else ())
        if not found:
            self._fault("provinsi", "province_unknown")
            return "", ""
        if not city:
            return names[found[0]], ""
        bare = plain(city)
        kind = "kota" if bare.startswith("kota ") else "kab" if bare.startswith("kab") else ""
        name = bare.removeprefix("kota ").removeprefix("kabupaten ").removeprefix("kab. ").removeprefix("kab ")
        every = self._regions.cities.get(spell(name), ()) or self._regions.cities.get(spell(bare), ())
        cities = [c for c in every if not kind or (c[3] == "7") == (kind == "kota")]
        within = [code for code in cities if code[:2] == found[0]]
        if len(within) != 1:
            # Kota Bogor and Kab. Bogor cost differently: which one has to be written.
            self._fault("kota", "city_elsewhere" if cities and not within else "city_unknown")
            return "", ""
        return names[found[0]], names[within[0]]

    def _price(self) -> Rupiah:
        cell = self._cells["ongkir per kg"]
        if isinstance(cell, Formula):
            self._fault("ongkir per kg", "formula")
            return Rupiah(0)
        text = _text(cell)
        if not text:
            self._fault("ongkir per kg", "price_missing")
            return Rupiah(0)
        if text == "0":
            return Rupiah(0)
        try:
            price = parse_rupiah(text)
        except NotMoney:
            self._fault("ongkir per kg", "price_unreadable")
            return Rupiah(0)
        if price > MOST:
            self._fault("ongkir per kg", "price_too_large")
        return price


def _text(cell: SheetCell) -> str:
    if isinstance(cell, Formula):
        return cell.text
    if isinstance(cell, float) and math.isfinite(cell) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def rows_of(zones: tuple[Zone, ...]) -> tuple[tuple[str | int | None, ...], ...]:
    """The table as a sheet shows it; the line for everywhere else says so."""
    return tuple((z.province or "Lainnya", z.city or None, z.price) for z in zones or EXAMPLE)
