"""A shop's products, read from the cells of a sheet (product 2): one row a variant, all or nothing.

In: the header and the rows as they stand in the sheet. Out: a `Catalogue`, or `CatalogueErrors` naming every wrong cell
by row and column. Never: opens a file (`bot/catalog_sheet.py` does), never applies half a sheet, never guesses a price.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from preorder.catalogue_cells import (
    CellProblem,
    CellReason,
    SheetCell,
    read_archived,
    read_code,
    read_order,
    read_photo,
    read_price,
    read_quota,
    read_text,
    read_weight,
)
from preorder.catalogue_codes import code_of
from preorder.catalogue_columns import COLUMNS, REQUIRED, CellError, Column, find_columns, is_filled, shown
from preorder.errors import NotUnderstood
from preorder.money import Rupiah
from preorder.typed_text import plain

__all__ = [
    "COLUMNS",
    "REQUIRED",
    "Catalogue",
    "CatalogueErrors",
    "CatalogueProduct",
    "CatalogueVariant",
    "CellError",
    "Column",
    "read_catalogue",
]

_T = TypeVar("_T")
_Said = str | int
_Cells = dict[Column, _Said | None]

ONLY_VARIANT: Final = "Standar"
"""The name of the only variant of a product when the sheet gives none."""
NAME_LONGEST: Final = 60
DESCRIPTION_LONGEST: Final = 800  # a caption holds 1024 characters (Telegram), price and slots stand below it
DETAIL_LONGEST: Final = 200
VARIANT_LONGEST: Final = 40
MOST_ROWS: Final = 1_000
MOST_VARIANTS: Final = 50


@dataclass(frozen=True)
class CatalogueVariant:
    """What one row sells. `price` in rupiah, `weight` in grams, `quota` None when only the batch's binds."""

    name: str
    price: Rupiah
    weight: int
    quota: int | None = None


@dataclass(frozen=True)
class CatalogueProduct:
    """A product with its variants in the sheet's order. `photo` is a path relative to the sheet; `order` its place in
    the shop, counted from 1, when the sheet gives one."""

    id: str
    name: str
    description: str
    photo: str | None
    variants: tuple[CatalogueVariant, ...]
    materials: str = ""
    sizes: str = ""
    care: str = ""
    order: int | None = None
    archived: bool = False


@dataclass(frozen=True)
class Catalogue:
    """Products in the sheet's order, ids unique. What a sheet has no column for (`columns`) is left as it is."""

    products: tuple[CatalogueProduct, ...]
    columns: tuple[Column, ...] = COLUMNS


class CatalogueErrors(NotUnderstood):
    """Every wrong cell of a sheet, in reading order. Nothing of the sheet is applied."""

    def __init__(self, cells: tuple[CellError, ...]) -> None:
        super().__init__(f"{len(cells)} wrong cells")
        self.cells = cells


@dataclass
class _Growing:
    """A product while its rows are read."""

    id: str
    name: str
    cells: _Cells  # what is said once a product
    variants: list[CatalogueVariant] = field(default_factory=list)
    named_rows: list[int] = field(default_factory=list)  # where each variant stands

    def text(self, column: Column) -> str:
        return str(self.cells[column] or "")

    def catalogue(self) -> CatalogueProduct:
        order = self.cells["urutan"]
        return CatalogueProduct(
            self.id,
            self.name,
            self.text("deskripsi"),
            self.text("foto") or None,
            tuple(self.variants),
            self.text("bahan"),
            self.text("ukuran"),
            self.text("perawatan"),
            order if isinstance(order, int) else None,
            bool(self.cells["arsip"]),
        )


def read_catalogue(
    header: Sequence[SheetCell],
    rows: Sequence[Sequence[SheetCell]],
    photo_problem: Callable[[str], CellProblem | None] = lambda _path: None,
) -> Catalogue:
    """Read a whole sheet; rows are numbered from 2. `photo_problem` says what is wrong with a relative path.

    Raises CatalogueErrors with all wrong cells at once, so that a seller mends them in one go (product 2).
    """
    columns, wrong = find_columns(header)
    if wrong:
        raise CatalogueErrors(wrong)
    reading = _Reading(columns, tuple(str(h or "") for h in header), photo_problem)
    filled = [(number, row) for number, row in enumerate(rows, start=2) if any(is_filled(cell) for cell in row)]
    if not filled:
        raise CatalogueErrors((CellError(2, "", "", "empty_sheet"),))
    if len(filled) > MOST_ROWS:
        raise CatalogueErrors((CellError(filled[MOST_ROWS][0], "", "", "too_many_rows", MOST_ROWS),))
    for number, row in filled:
        reading.take(number, row)
    return reading.catalogue()


def _detail(cell: SheetCell) -> str | None:
    return read_text(cell, "detail_too_long", DETAIL_LONGEST, lines=True)


def _letters(place: int) -> str:
    """Name a column the way a sheet does: A, B, … Z, AA."""
    before, letter = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)


class _Reading:
    """Reads rows one after the other, gathering products and wrong cells."""

    def __init__(
        self,
        columns: dict[Column, int],
        header: tuple[str, ...],
        photo_problem: Callable[[str], CellProblem | None],
    ) -> None:
        self._columns = columns
        self._header = header
        self._photo_problem = photo_problem
        self._products: dict[str, _Growing] = {}
        self._wrong: list[CellError] = []
        self._once: dict[Column, Callable[[SheetCell], _Said | None]] = {
            "deskripsi": lambda cell: read_text(cell, "description_too_long", DESCRIPTION_LONGEST, lines=True),
            "foto": self._photo,
            "bahan": _detail,
            "ukuran": _detail,
            "perawatan": _detail,
            "urutan": read_order,
            "arsip": read_archived,
        }
        self._above: _Growing | None = None
        self._row = 0
        self._cells: Sequence[SheetCell] = ()

    def catalogue(self) -> Catalogue:
        """Return what was read. Raises CatalogueErrors when any cell was wrong."""
        for product in self._products.values():
            self._name_the_variants(product)
        if self._wrong:
            order = {self._title(column): place for column, place in self._columns.items()}
            raise CatalogueErrors(tuple(sorted(self._wrong, key=lambda e: (e.row, order.get(e.column, 0)))))
        columns = tuple(column for column in COLUMNS if column in self._columns)
        return Catalogue(tuple(product.catalogue() for product in self._products.values()), columns)

    def take(self, number: int, cells: Sequence[SheetCell]) -> None:
        """Read one row: its product, then its variant."""
        self._row, self._cells = number, cells
        before = len(self._wrong)
        self._look_beside()
        product = self._product()
        variant = self._read("varian", lambda cell: read_text(cell, "variant_too_long", VARIANT_LONGEST)) or ""
        price = self._read("harga", read_price)
        weight = self._read("berat", read_weight)
        quota = self._read("kuota", read_quota)
        if weight is None and product and product.variants and not is_filled(self._cell("berat")):
            weight = product.variants[-1].weight  # colours of one thing weigh the same; the first row says how much
        if weight is None and self._is_unmarked("berat", before):
            self._fault("berat", CellProblem("weight_missing"))
        if price is None and self._is_unmarked("harga", before):
            self._fault("harga", CellProblem("price_missing"))
        if product is None:
            return
        product.variants.append(CatalogueVariant(variant, price or Rupiah(0), weight or 0, quota))
        product.named_rows.append(number)

    def _look_beside(self) -> None:
        """Name what stands under no header: it would be lost without a word."""
        for place, cell in enumerate(self._cells):
            if place not in self._columns.values() and is_filled(cell):
                self._wrong.append(CellError(self._row, _letters(place), shown(cell), "no_header"))

    def _product(self) -> _Growing | None:
        """Find or begin the product of this row; empty cells mean the one above."""
        code = self._read("kode", read_code)
        name = self._read("produk", lambda cell: read_text(cell, "name_too_long", NAME_LONGEST))
        cells = self._said_once()
        known = self._known(code, name)
        if known is None:
            if name is None:
                if not is_filled(self._cell("produk")):
                    self._fault("produk", CellProblem("product_missing"))
                return None
            known = _Growing(code or code_of(name), name, cells)
            self._products[known.id] = known
        else:
            self._agree(known, name, cells)
        self._above = known
        return known

    def _said_once(self) -> _Cells:
        """What is said once a product, as far as this row says it."""
        cells: _Cells = {}
        for column, read in self._once.items():
            cells[column] = self._read(column, read)
        return cells

    def _known(self, code: str | None, name: str | None) -> _Growing | None:
        if code:
            return self._products.get(code)
        if name:
            if self._above and plain(self._above.name) == plain(name):
                return self._above
            same = [p for p in self._products.values() if plain(p.name) == plain(name)]
            return same[0] if same else self._products.get(code_of(name))
        # A wrong code or name must not make the row a part of the product above it.
        return None if is_filled(self._cell("produk")) or is_filled(self._cell("kode")) else self._above

    def _agree(self, known: _Growing, name: str | None, cells: _Cells) -> None:
        """A product is described once; further rows repeat it or stay empty."""
        if name and plain(name) != plain(known.name):
            self._fault("kode" if "kode" in self._columns else "produk", CellProblem("code_taken"))
        for column, said in cells.items():
            before = known.cells[column]
            if said is not None and before is not None and said != before:
                self._fault(column, CellProblem("differs"))
            known.cells[column] = said if before is None else before

    def _name_the_variants(self, product: _Growing) -> None:
        """Check what only the whole product shows: names missing or given twice, too many of them."""
        if len(product.variants) == 1 and not product.variants[0].name:
            only = product.variants[0]
            product.variants[0] = CatalogueVariant(ONLY_VARIANT, only.price, only.weight, only.quota)
            return
        seen: set[str] = set()
        for place, (variant, row) in enumerate(zip(product.variants, product.named_rows, strict=True)):
            reason: CellReason | None = None
            if not variant.name:
                reason = "variant_missing"
            elif plain(variant.name) in seen:
                reason = "variant_twice"
            elif place == MOST_VARIANTS:
                reason = "too_many_variants"
            seen.add(plain(variant.name))
            already = any(e.row == row and e.column == self._title("varian") for e in self._wrong)
            if reason and not already:
                bound = MOST_VARIANTS if reason == "too_many_variants" else None
                self._wrong.append(CellError(row, self._title("varian"), variant.name, reason, bound))

    def _photo(self, cell: SheetCell) -> str | None:
        path = read_photo(cell)
        problem = self._photo_problem(path) if path is not None else None
        if problem is not None:
            raise problem
        return path

    def _cell(self, column: Column) -> SheetCell:
        place = self._columns.get(column)
        return self._cells[place] if place is not None and place < len(self._cells) else None

    def _title(self, column: Column) -> str:
        place = self._columns.get(column)
        return column if place is None else self._header[place].strip()

    def _read(self, column: Column, read: Callable[[SheetCell], _T]) -> _T | None:
        """Read one cell; a wrong one is noted and None."""
        cell = self._cell(column)
        if not is_filled(cell):
            return None
        try:
            return read(cell)
        except CellProblem as problem:
            self._fault(column, problem)
            return None

    def _is_unmarked(self, column: Column, since: int) -> bool:
        return all(error.column != self._title(column) for error in self._wrong[since:])

    def _fault(self, column: Column, problem: CellProblem) -> None:
        written = shown(self._cell(column))
        self._wrong.append(CellError(self._row, self._title(column), written, problem.reason, problem.bound))
