"""What the bot says to a seller about the catalogue, closing, making, sending and doubtful proofs (product 2, 3, 5, 6).

Fields: rupiah as int, weights in grams, moments in UTC, names unescaped (the templates escape). Worded in
`messages/<language>/selling.j2`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from messages.catalog.base import Message
from messages.catalog.selling import ProductLine
from preorder.batch import BatchState, Stage
from preorder.values import dataclass

REJECT_REASONS: Final = ("amount_differs", "unreadable", "not_arrived")
"""Reasons to refuse a proof, worded in the buyer's language; any other reason is the seller's own words."""


@dataclass(frozen=True)
class VariantLine:
    """A variant in a list; price in rupiah, weight in grams or 0."""

    name: str
    price: int
    weight: int = 0


@dataclass(frozen=True)
class BatchLine:
    """A batch in a list. `moment` (UTC) is its closing, or its opening while it is planned."""

    title: str
    state: BatchState
    moment: datetime


@dataclass(frozen=True)
class ParcelLine:
    """An order waiting to be sent; `due` is the unpaid balance in rupiah."""

    code: str
    recipient: str
    pieces: int
    due: int


@dataclass(frozen=True)
class ProductsListed(Message):
    lines: tuple[ProductLine, ...]
    more: int = 0


@dataclass(frozen=True)
class ProductShown(Message):
    """A product as buyers see it."""

    name: str
    description: str
    variants: tuple[VariantLine, ...]


@dataclass(frozen=True)
class ProductPreviewed(ProductShown):
    """The same, before it is saved."""


@dataclass(frozen=True)
class AskArchive(Message):
    name: str


@dataclass(frozen=True)
class ProductArchived(Message):
    name: str


@dataclass(frozen=True)
class ProductGone(Message):
    """The product of this screen is not in the catalogue any more."""


@dataclass(frozen=True)
class AskProductName(Message):
    pass


@dataclass(frozen=True)
class AskProductPhoto(Message):
    name: str


@dataclass(frozen=True)
class PhotoUnusable(Message):
    """`document`: it came as a file; `typed`: words came."""

    reason: Literal["document", "typed"]


@dataclass(frozen=True)
class AskProductDescription(Message):
    name: str


@dataclass(frozen=True)
class AskVariantName(Message):
    """`number` counts from 1."""

    product: str
    number: int


@dataclass(frozen=True)
class VariantExists(Message):
    name: str


@dataclass(frozen=True)
class AskVariantPrice(Message):
    product: str
    variant: str


@dataclass(frozen=True)
class AskVariantWeight(Message):
    variant: str


@dataclass(frozen=True)
class AskVariantMore(Message):
    product: str
    variants: tuple[VariantLine, ...]


@dataclass(frozen=True)
class VariantsFull(Message):
    most: int


@dataclass(frozen=True)
class ProductSaved(Message):
    name: str


# --- /close, /stage, /ship --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BatchGone(Message):
    """The batch of this screen is no longer in a state in which this can be done."""


@dataclass(frozen=True)
class NothingToClose(Message):
    pass


@dataclass(frozen=True)
class AskWhichBatch(Message):
    purpose: Literal["close", "stage", "ship", "quota"]
    lines: tuple[BatchLine, ...]


@dataclass(frozen=True)
class AskClose(Message):
    """Orders that hold slots, of them `held` unpaid and `confirmed`; money in rupiah."""

    title: str
    orders: int
    held: int
    confirmed: int
    pieces: int
    quota: int
    total: int
    paid: int
    proofs: int
    closes_at: datetime


@dataclass(frozen=True)
class CloseDone(Message):
    title: str


@dataclass(frozen=True)
class AskCancelPlan(Message):
    title: str
    opens_at: datetime


@dataclass(frozen=True)
class PlanCancelled(Message):
    title: str


@dataclass(frozen=True)
class NothingToMake(Message):
    pass


@dataclass(frozen=True)
class AskStage(Message):
    title: str


@dataclass(frozen=True)
class AskStageSure(Message):
    """`orders`: confirmed orders whose buyers will be told."""

    title: str
    stage: Stage
    orders: int


@dataclass(frozen=True)
class StageMoved(Message):
    title: str
    stage: Stage
    orders: int


@dataclass(frozen=True)
class NothingToShip(Message):
    pass


@dataclass(frozen=True)
class AskShipOrder(Message):
    """`lines` are the first orders; `more` wait beyond them."""

    title: str
    lines: tuple[ParcelLine, ...]
    more: int


@dataclass(frozen=True)
class OrderUnknown(Message):
    typed: str


@dataclass(frozen=True)
class OrderGone(Message):
    """The order of this screen is not waiting to be sent any more."""


@dataclass(frozen=True)
class AskCourier(Message):
    code: str
    recipient: str
    due: int


@dataclass(frozen=True)
class AskTracking(Message):
    code: str
    courier: str


@dataclass(frozen=True)
class AskShipSure(Message):
    code: str
    recipient: str
    courier: str
    tracking: str
    due: int


@dataclass(frozen=True)
class ParcelSent(Message):
    code: str
    courier: str
    tracking: str


@dataclass(frozen=True)
class AllParcelsSent(Message):
    title: str


# --- proofs -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AskRejectReason(Message):
    code: str


@dataclass(frozen=True)
class RejectionSent(Message):
    code: str


@dataclass(frozen=True)
class AskOtherAmount(Message):
    code: str


@dataclass(frozen=True)
class OtherAmountTaken(Message):
    code: str
    amount: int
