"""What is said about the catalogue: the card that buyers see, and to a seller in /products (product 2).

Fields: rupiah as int, weights in grams, moments in UTC, names unescaped (the templates escape). Worded in
`messages/<language>/products.j2`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from messages.catalog.base import Message
from preorder.batch import Offer
from preorder.catalogue_change import ProductChange
from preorder.money import Rupiah
from preorder.values import dataclass

Part = Literal["name", "description", "materials", "sizes", "care", "pictures"]


@dataclass(frozen=True)
class VariantLine:
    """A variant in a list; price in rupiah, weight in grams or 0, quota None without one of its own."""

    name: str
    price: int
    weight: int = 0
    quota: int | None = None


@dataclass(frozen=True)
class CatalogueLine:
    """A product in a list; `price` is its cheapest, rupiah; `interested` people want it before it opens."""

    name: str
    price: int
    interested: int = 0


# --- what buyers see --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CatalogueHead(Message):
    products: int


@dataclass(frozen=True)
class CatalogueCard(Message):
    """One product as buyers see it. `offers` (with slots left) when it is in an open batch, else `prices` of its
    variants; `is_wanted`: this reader is on its interest list."""

    name: str
    description: str
    materials: str
    sizes: str
    care: str
    offers: tuple[tuple[Offer, int], ...]
    prices: tuple[tuple[str, Rupiah], ...]
    closes_at: datetime | None
    is_wanted: bool = False


@dataclass(frozen=True)
class MoreProducts(Message):
    """So many products come after those that were shown."""

    left: int


@dataclass(frozen=True)
class InterestNoted(Message):
    name: str


@dataclass(frozen=True)
class InterestDropped(Message):
    name: str


# --- the list and the card, to a seller -------------------------------------------------------------------------


@dataclass(frozen=True)
class ProductsListed(Message):
    lines: tuple[CatalogueLine, ...]
    more: int = 0
    archived: int = 0


@dataclass(frozen=True)
class ArchivedListed(Message):
    names: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True)
class ProductShown(Message):
    """A product with everything about it. `place` of `places` in the catalogue; `batches` are open and offer it."""

    name: str
    description: str
    materials: str
    sizes: str
    care: str
    photos: int
    has_video: bool
    variants: tuple[VariantLine, ...]
    place: int
    places: int
    interested: int
    batches: tuple[str, ...]


@dataclass(frozen=True)
class ProductAsSeen(CatalogueCard):
    """The card as buyers see it, shown to the seller."""


@dataclass(frozen=True)
class ProductPreviewed(CatalogueCard):
    """The same, before it is saved."""


@dataclass(frozen=True)
class AskArchive(Message):
    name: str
    interested: int = 0


@dataclass(frozen=True)
class ProductArchived(Message):
    name: str


@dataclass(frozen=True)
class ProductRestored(Message):
    name: str


@dataclass(frozen=True)
class ProductGone(Message):
    """The product of this screen is not in the catalogue any more."""


@dataclass(frozen=True)
class NoPlaceThere(Message):
    """It stands first, or last, already."""

    is_up: bool


# --- one part changed -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AskPart(Message):
    name: str


@dataclass(frozen=True)
class AskWords(Message):
    """`current` is what it is now, or empty."""

    name: str
    field: Literal["name", "description", "materials", "sizes", "care"]
    current: str


@dataclass(frozen=True)
class ProductChanged(Message):
    field: Part


@dataclass(frozen=True)
class VariantsListed(Message):
    name: str
    variants: tuple[VariantLine, ...]


@dataclass(frozen=True)
class VariantShown(Message):
    product: str
    variant: VariantLine


@dataclass(frozen=True)
class AskVariantField(Message):
    variant: VariantLine
    field: Literal["name", "price", "weight", "quota"]


@dataclass(frozen=True)
class VariantChanged(Message):
    field: Literal["name", "price", "weight", "quota"]


@dataclass(frozen=True)
class VariantAdded(Message):
    name: str


@dataclass(frozen=True)
class AskVariantArchive(Message):
    product: str
    name: str


@dataclass(frozen=True)
class VariantArchived(Message):
    name: str


@dataclass(frozen=True)
class LastVariant(Message):
    """A product needs one variant."""


# --- the sheet --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SheetCaption(Message):
    """Below the sheet that the seller asked for; an empty catalogue gets an example."""

    products: int


@dataclass(frozen=True)
class SheetWrong(Message):
    """Every wrong cell, worded already; `more` beyond those."""

    lines: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class SheetRefused(Message):
    """The file cannot be read as a sheet; `why` is worded already."""

    why: str


@dataclass(frozen=True)
class SheetReviewed(Message):
    """What a sheet would change. `order`: products on show as they would stand, empty when nobody moves; `more`
    changes beyond those; `beside` products are not in the sheet and stay."""

    changes: tuple[ProductChange, ...]
    more: int
    added: int
    changed: int
    archived: int
    restored: int
    order: tuple[str, ...]
    same: int
    beside: int


@dataclass(frozen=True)
class SheetSame(Message):
    """The catalogue is already as the sheet says."""


@dataclass(frozen=True)
class SheetMovedOn(Message):
    """The catalogue changed while the difference was on the screen: it is shown anew."""


@dataclass(frozen=True)
class SheetGone(Message):
    """The sheet of this screen was applied, or a newer one took its place."""


@dataclass(frozen=True)
class SheetApplied(Message):
    added: int
    changed: int
    archived: int
    restored: int
