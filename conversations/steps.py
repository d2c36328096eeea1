"""Where a buyer can be (product 4). Frozen and serialisable; what was entered so far travels in the `Draft`.

`line` is the index of the line that is being changed from the review, or None while a new line is added.
"""

from __future__ import annotations

from typing import Final

from conversations.effects import LineWanted
from conversations.table import Step
from preorder.address import Address, AddressDraft, AddressPart
from preorder.batch import BatchId, ProductId, VariantId
from preorder.money import Rupiah
from preorder.order import OrderId
from preorder.regions import Place
from preorder.values import dataclass


@dataclass(frozen=True)
class Home(Step):
    """Nothing is being asked."""


@dataclass(frozen=True)
class Changing:
    """A placed order that is being changed, and what was paid for it when the buyer last saw it (rupiah)."""

    order_id: OrderId
    code: str
    paid: Rupiah


@dataclass(frozen=True)
class Draft:
    """An order being put together. `id` becomes the unique key of the order when it is placed; with `changing` it is
    put in the place of what that order has. `promised` is the tier (counted from 0) that the review has shown."""

    id: str
    batch_id: BatchId
    lines: tuple[LineWanted, ...] = ()
    address: Address | None = None
    changing: Changing | None = None
    terms: int = 0  # the version of the shop's terms that the buyer could read
    promised: int | None = None


@dataclass(frozen=True)
class ChooseBatch(Step):
    """Several batches are open: which one?"""


@dataclass(frozen=True)
class Ordering(Step):
    """Every step that has an order in the making."""

    draft: Draft


@dataclass(frozen=True)
class ChooseProduct(Ordering):
    line: int | None = None


@dataclass(frozen=True)
class ChooseVariant(Ordering):
    product_id: ProductId
    line: int | None = None


@dataclass(frozen=True)
class EnterQuantity(Ordering):
    variant_id: VariantId
    line: int | None = None


@dataclass(frozen=True)
class SoldOut(Ordering):
    """This variant has no slot left: another one, or the line?"""

    variant_id: VariantId


@dataclass(frozen=True)
class StandInLine(Ordering):
    """How many does the buyer want when slots come back?"""

    variant_id: VariantId


@dataclass(frozen=True)
class EnterWish(Ordering):
    variant_id: VariantId
    quantity: int
    line: int | None = None


@dataclass(frozen=True)
class ChooseAddress(Ordering):
    """Pick a saved address or write a new one."""


@dataclass(frozen=True)
class EnterAddress(Ordering):
    """Name, phone and street in one message."""


@dataclass(frozen=True)
class CompleteAddress(Ordering):
    """Something of the pasted address is missing and asked for, one at a time."""

    partial: AddressDraft


@dataclass(frozen=True)
class ChoosePlace(Ordering):
    """The address can mean several places, or not quite the one it names: which one is it?"""

    partial: AddressDraft
    places: tuple[Place, ...]
    about_postcode: bool = False


@dataclass(frozen=True)
class EnterPlace(Ordering):
    """The district is missing. `cities` are the ones that were named, by name; `districts` can be picked."""

    partial: AddressDraft
    cities: tuple[str, ...] = ()
    districts: tuple[Place, ...] = ()
    was_asked: bool = False


@dataclass(frozen=True)
class ChangeAddress(Ordering):
    """Which part of the address is to be changed?"""


@dataclass(frozen=True)
class EnterPart(Ordering):
    """One part of the address anew."""

    piece: AddressPart


@dataclass(frozen=True)
class EnterLabel(Step):
    """A buyer names a saved address in their own words."""

    address_id: str


@dataclass(frozen=True)
class Review(Ordering):
    """Everything on one screen before it counts."""


@dataclass(frozen=True)
class ChooseChange(Ordering):
    """Which answer is to be changed?"""


@dataclass(frozen=True)
class ChangeLine(Ordering):
    line: int


@dataclass(frozen=True)
class ReplaceDraft(Ordering):
    """Another batch was picked while an order is unfinished: which one goes on?"""

    other: BatchId
    product_id: ProductId | None = None


READS_PLACES: Final = (ChooseAddress, EnterAddress, CompleteAddress, ChoosePlace, EnterPlace, ChangeAddress, EnterPart)
"""Where what is typed may say where somebody lives."""
