"""Single cells of a catalogue sheet: what each kind may hold.

In: one filled cell. Out: its value in rupiah, grams, pieces or text. Never: knows where the cell stands.
"""

from __future__ import annotations

import math
import re
from typing import Final, Literal, TypeAlias

from preorder.counting import parse_count
from preorder.errors import NotACount, NotMoney
from preorder.money import MOST, Rupiah, parse_rupiah
from preorder.pattern import pattern
from preorder.shipping import take_box
from preorder.typed_text import plain, visible
from preorder.values import dataclass


@dataclass(frozen=True)
class Formula:
    """A cell that computes its value (`=A1*2`): the sheet holds no number that could be trusted."""

    text: str


SheetCell: TypeAlias = str | int | float | Formula | None

CellReason: TypeAlias = Literal[
    "empty_sheet", "unknown_column", "column_twice", "missing_column", "no_header", "too_many_rows",
    "merged", "formula",
    "product_missing", "name_too_long", "description_too_long", "code_bad", "code_taken", "differs",
    "variant_missing", "variant_too_long", "variant_twice", "too_many_variants",
    "price_missing", "price_unreadable", "price_not_positive", "price_not_whole", "price_too_large", "price_doubtful",
    "weight_missing", "weight_unreadable", "weight_too_small", "weight_too_large",
    "quota_unreadable", "quota_not_whole", "quota_too_small", "quota_too_large",
    "detail_too_long", "order_unreadable", "archived_unreadable",
    "photo_bad", "photo_missing", "photo_unreadable", "photo_too_large", "photo_too_many_pixels",
]  # fmt: skip

WEIGHT_MOST: Final = 50_000  # grams; couriers of parcels take no more
QUOTA_MOST: Final = 100_000

_CODE: Final = pattern(r"[a-z0-9-]{1,12}")
_PHOTO: Final = pattern(r"(?!/)(?!.*(?:^|/)\.\.(?:/|$))[^:*?\"<>|\x00-\x1f]{1,200}\.(?:jpe?g|png|webp)", re.IGNORECASE)
_WEIGHT: Final = pattern(r"(\d{1,3}(?:[.,]\d{3})+|\d{1,7})(?:[.,](\d{1,3}))?\s*(g|gr|gram|grams|kg|kilo|ons)?\.?")
_YES: Final = frozenset({"ya", "y", "yes", "x", "1", "true", "arsip", "archived"})
_NO: Final = frozenset({"tidak", "tdk", "t", "no", "n", "0", "false", "-"})
_GRAMS: Final = {"kg": 1_000, "kilo": 1_000, "ons": 100}


class CellProblem(Exception):
    """What is wrong with one cell; the reader adds where it stands."""

    def __init__(self, reason: CellReason, bound: int | None = None) -> None:
        super().__init__(reason)
        self.reason: CellReason = reason
        self.bound = bound


def read_text(cell: SheetCell, too_long: CellReason, longest: int, lines: bool = False) -> str | None:
    """Read words, tidied; `lines` keeps line breaks. Raises CellProblem `formula` or the reason given."""
    text = visible(_written(cell))
    rows = [" ".join(row.split()) for row in text.splitlines()]
    tidy = ("\n" if lines else " ").join(rows).strip()
    if len(tidy) > longest:
        raise CellProblem(too_long, longest)
    return tidy or None


def read_code(cell: SheetCell) -> str | None:
    """Read a product's short code: 1 to 12 of a–z, 0–9, hyphen."""
    code = plain(_written(cell))
    if not _CODE.fullmatch(code):
        raise CellProblem("code_bad")
    return code


def read_price(cell: SheetCell) -> Rupiah:
    """Read rupiah, from a number or as a seller types it."""
    if isinstance(cell, float) and not (math.isfinite(cell) and cell.is_integer()):
        raise CellProblem("price_not_whole" if math.isfinite(cell) else "price_unreadable")
    try:
        return parse_rupiah(_written(cell))
    except NotMoney as wrong:
        match wrong.reason:
            case "unreadable":
                raise CellProblem("price_unreadable") from wrong
            case "not_positive":
                raise CellProblem("price_not_positive") from wrong
            case "not_whole":
                raise CellProblem("price_not_whole") from wrong
            case "too_large":
                raise CellProblem("price_too_large", MOST) from wrong
            case "doubtful":
                # A sheet in an English locale turns a typed 150.000 into 150, a typed 8.300 into 8.3: the bound is what
                # it may have been.
                meant = next((choice for choice in wrong.choices if choice >= 1_000), None)
                raise CellProblem("price_doubtful", meant) from wrong


def read_weight(cell: SheetCell) -> int:
    """Read grams: `250`, `250 g`, `0,3 kg`, `2 ons`; a bare number is grams, a bare 0 is not known. With the size of
    its box in centimetres (`250 g 30x20x10`) it is what couriers count, the greater of both."""
    said, box = take_box(plain(_written(cell)))
    if box:
        weight = max(box, read_weight(said) if said else 0)
        if weight > WEIGHT_MOST:
            raise CellProblem("weight_too_large", WEIGHT_MOST)
        return weight
    if said == "0":
        return 0  # not known; so the sheet of a shop that skipped it can be sent back
    found = _WEIGHT.fullmatch(said)
    if not found:
        raise CellProblem("weight_unreadable")
    whole, fraction, grams = found[1], found[2] or "", _GRAMS.get(found[3] or "", 1)
    if grams == 1_000 and not fraction and re.fullmatch(r"\d[.,]\d{3}", whole):
        whole, fraction = whole[0], whole[2:]  # `1.250 kg` is one and a quarter
    thousandths = int(re.sub(r"\D", "", whole)) * 1_000 + int(fraction.ljust(3, "0") or 0)
    weight, crumbs = divmod(thousandths * grams, 1_000)
    if crumbs:
        raise CellProblem("weight_unreadable")
    if weight < 1:
        raise CellProblem("weight_too_small", 1)
    if weight > WEIGHT_MOST:
        raise CellProblem("weight_too_large", WEIGHT_MOST)
    return weight


def read_quota(cell: SheetCell) -> int:
    """Read how many of a variant can be made, 1 to 100,000."""
    try:
        return parse_count(_written(cell), at_most=QUOTA_MOST)
    except NotACount as wrong:
        match wrong.reason:
            case "not_a_number":
                raise CellProblem("quota_unreadable") from wrong
            case "not_whole":
                raise CellProblem("quota_not_whole") from wrong
            case "too_small":
                raise CellProblem("quota_too_small", wrong.bound) from wrong
            case "too_large":
                raise CellProblem("quota_too_large", wrong.bound) from wrong


def read_order(cell: SheetCell) -> int:
    """Read a place in the shop, counted from 1."""
    try:
        return parse_count(_written(cell), at_most=QUOTA_MOST)
    except NotACount as wrong:
        raise CellProblem("order_unreadable") from wrong


def read_archived(cell: SheetCell) -> bool:
    """Read whether a product is archived: `ya`, `tidak`; empty is not."""
    said = plain(_written(cell))
    if said not in _YES | _NO:
        raise CellProblem("archived_unreadable")
    return said in _YES


def read_photo(cell: SheetCell) -> str | None:
    """Read the path of a picture beside the sheet: relative, never upwards, .jpg, .png or .webp."""
    path = visible(_written(cell)).strip().replace("\\", "/")
    if not _PHOTO.fullmatch(path):
        raise CellProblem("photo_bad")
    return path.removeprefix("./")


def _written(cell: SheetCell) -> str:
    """Return what stands in the cell; 38.0 is written 38."""
    if isinstance(cell, Formula):
        raise CellProblem("formula")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return "" if cell is None else str(cell)
