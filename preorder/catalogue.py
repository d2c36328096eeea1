"""A shop's products, read from the cells of a sheet (product 2): one row a variant, all or nothing.

In: the header and the rows as they stand in the sheet. Out: a `Catalogue`, or `CatalogueErrors` naming every wrong cell
by row and column. Never: opens a file (`bot/catalog_sheet.py` does), never applies half a sheet, never guesses a price.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, TypeVar

from preorder.catalogue_cells import (
    CellProblem,
    CellReason,
    Formula,
    SheetCell,
    read_code,
    read_photo,
    read_price,
    read_quota,
    read_text,
    read_weight,
)
from preorder.catalogue_codes import code_of
from preorder.errors import NotUnderstood
from preorder.money import Rupiah
from preorder.typed_text import plain, words

_T = TypeVar("_T")

Column: TypeAlias = Literal["kode", "produk", "deskripsi", "varian", "harga", "berat", "kuota", "foto"]

COLUMNS: Final[tuple[Column, ...]] = ("kode", "produk", "deskripsi", "varian", "harga", "berat", "kuota", "foto")
REQUIRED: Final[tuple[Column, ...]] = ("produk", "harga", "berat")
ONLY_VARIANT: Final = "Standar"
"""The name of the only variant of a product when the sheet gives none."""
NAME_LONGEST: Final = 60
DESCRIPTION_LONGEST: Final = 800  # a caption holds 1024 characters (Telegram), price and slots stand below it
VARIANT_LONGEST: Final = 40
MOST_ROWS: Final = 1_000
MOST_VARIANTS: Final = 50

_SPELLINGS: Final[dict[Column, str]] = {
    "kode": "kode|code|id|sku|kode produk",
    "produk": "produk|product|nama|nama produk|name|product name",
    "deskripsi": "deskripsi|description|keterangan",
    "varian": "varian|variant|variasi|nama varian",
    "harga": "harga|price|harga rp|price rp|harga rupiah",
    "berat": "berat|weight|berat gram|berat g|weight g|weight grams",
    "kuota": "kuota|quota|slot|kuota varian",
    "foto": "foto|photo|gambar|picture|image",
}
_ALIASES: Final = {alias: column for column, spelled in _SPELLINGS.items() for alias in words(spelled, "|")}


@dataclass(frozen=True)
class CatalogueVariant:
    """What one row sells. `price` in rupiah, `weight` in grams, `quota` None when only the batch's binds."""

    name: str
    price: Rupiah
    weight: int
    quota: int | None = None


@dataclass(frozen=True)
class CatalogueProduct:
    """A product with its variants in the sheet's order. `photo` is a path relative to the sheet."""

    id: str
    name: str
    description: str
    photo: str | None
    variants: tuple[CatalogueVariant, ...]


@dataclass(frozen=True)
class Catalogue:
    """Products in the sheet's order, ids unique."""

    products: tuple[CatalogueProduct, ...]


@dataclass(frozen=True)
class CellError:
    """One wrong cell: sheet row (the header is 1), header as written, what stands there, why, and the bound if any."""

    row: int
    column: str
    value: str
    reason: CellReason
    bound: int | None = None


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
    description: str
    photo: str | None
    variants: list[CatalogueVariant]
    named_rows: list[int]  # where each variant stands


def read_catalogue(
    header: Sequence[SheetCell],
    rows: Sequence[Sequence[SheetCell]],
    photo_problem: Callable[[str], CellProblem | None] = lambda _path: None,
) -> Catalogue:
    """Read a whole sheet; rows are numbered from 2. `photo_problem` says what is wrong with a relative path.

    Raises CatalogueErrors with all wrong cells at once, so that a seller mends them in one go (product 2).
    """
    reading = _Reading(_columns(header), tuple(str(h or "") for h in header), photo_problem)
    filled = [(number, row) for number, row in enumerate(rows, start=2) if any(_is_filled(cell) for cell in row)]
    if not filled:
        raise CatalogueErrors((CellError(2, "", "", "empty_sheet"),))
    if len(filled) > MOST_ROWS:
        raise CatalogueErrors((CellError(filled[MOST_ROWS][0], "", "", "too_many_rows", MOST_ROWS),))
    for number, row in filled:
        reading.take(number, row)
    return reading.catalogue()


def _is_filled(cell: SheetCell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _shown(cell: SheetCell) -> str:
    return cell.text if isinstance(cell, Formula) else "" if cell is None else str(cell)


def _letters(place: int) -> str:
    """Name a column the way a sheet does: A, B, … Z, AA."""
    before, letter = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)


def _columns(header: Sequence[SheetCell]) -> dict[Column, int]:
    """Find each column; raise for those unknown, doubled or missing."""
    found: dict[Column, int] = {}
    wrong = []
    if not any(_is_filled(cell) for cell in header):
        raise CatalogueErrors((CellError(1, "", "", "empty_sheet"),))
    for place, cell in enumerate(header):
        if not _is_filled(cell):
            continue
        written = _shown(cell).strip()
        column = _ALIASES.get(" ".join(plain(written).replace("(", " ").replace(")", " ").replace("*", " ").split()))
        if column is None:
            wrong.append(CellError(1, written, written, "unknown_column"))
        elif column in found:
            wrong.append(CellError(1, written, written, "column_twice"))
        else:
            found[column] = place
    wrong += [CellError(1, column, "", "missing_column") for column in REQUIRED if column not in found]
    if wrong:
        raise CatalogueErrors(tuple(wrong))
    return found


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
        return Catalogue(
            tuple(
                CatalogueProduct(p.id, p.name, p.description, p.photo, tuple(p.variants))
                for p in self._products.values()
            )
        )

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
        if weight is None and product and product.variants and not _is_filled(self._cell("berat")):
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
            if place not in self._columns.values() and _is_filled(cell):
                self._wrong.append(CellError(self._row, _letters(place), _shown(cell), "no_header"))

    def _product(self) -> _Growing | None:
        """Find or begin the product of this row; empty cells mean the one above."""
        code = self._read("kode", read_code)
        name = self._read("produk", lambda cell: read_text(cell, "name_too_long", NAME_LONGEST))
        description = self._read(
            "deskripsi", lambda cell: read_text(cell, "description_too_long", DESCRIPTION_LONGEST, lines=True)
        )
        photo = self._read("foto", self._photo)
        known = self._known(code, name)
        if known is None:
            if name is None:
                if not _is_filled(self._cell("produk")):
                    self._fault("produk", CellProblem("product_missing"))
                return None
            known = _Growing(code or code_of(name), name, description or "", photo, [], [])
            self._products[known.id] = known
        else:
            self._agree(known, name, description, photo)
        self._above = known
        return known

    def _known(self, code: str | None, name: str | None) -> _Growing | None:
        if code:
            return self._products.get(code)
        if name:
            if self._above and plain(self._above.name) == plain(name):
                return self._above
            same = [p for p in self._products.values() if plain(p.name) == plain(name)]
            return same[0] if same else self._products.get(code_of(name))
        # A wrong code or name must not make the row a part of the product above it.
        return None if _is_filled(self._cell("produk")) or _is_filled(self._cell("kode")) else self._above

    def _agree(self, known: _Growing, name: str | None, description: str | None, photo: str | None) -> None:
        """A product is described once; further rows repeat it or stay empty."""
        if name and plain(name) != plain(known.name):
            self._fault("kode" if "kode" in self._columns else "produk", CellProblem("code_taken"))
        if description and known.description and description != known.description:
            self._fault("deskripsi", CellProblem("differs"))
        if photo and known.photo and photo != known.photo:
            self._fault("foto", CellProblem("differs"))
        known.description = known.description or description or ""
        known.photo = known.photo or photo

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

    def _read(self, column: Column, read: Callable[[SheetCell], _T | None]) -> _T | None:
        """Read one cell; a wrong one is noted and None."""
        cell = self._cell(column)
        if not _is_filled(cell):
            return None
        try:
            return read(cell)
        except CellProblem as problem:
            self._fault(column, problem)
            return None

    def _is_unmarked(self, column: Column, since: int) -> bool:
        return all(error.column != self._title(column) for error in self._wrong[since:])

    def _fault(self, column: Column, problem: CellProblem) -> None:
        written = _shown(self._cell(column))
        self._wrong.append(CellError(self._row, self._title(column), written, problem.reason, problem.bound))
