"""What is said while a buyer puts an order together (product 4)."""

from __future__ import annotations

from datetime import datetime

from messages.catalog.base import Message
from messages.catalog.changing import ChangeOf
from preorder.address import Address
from preorder.batch import Batch, Offer
from preorder.money import DownPayment, Rupiah
from preorder.order import Line
from preorder.shipping import Shipping
from preorder.values import dataclass


@dataclass(frozen=True)
class BatchRow:
    """A batch as one line of a list; `left` in pieces."""

    title: str
    closes_at: datetime
    left: int


@dataclass(frozen=True)
class ProductRow:
    name: str
    cheapest: Rupiah
    left: int


@dataclass(frozen=True)
class AskBatch(Message):
    batches: tuple[BatchRow, ...]


@dataclass(frozen=True)
class AskProduct(Message):
    title: str
    closes_at: datetime
    products: tuple[ProductRow, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class AskVariant(Message):
    product: str
    description: str
    offers: tuple[tuple[Offer, int], ...]  # with slots left


@dataclass(frozen=True)
class AskQuantity(Message):
    """`most` is what this buyer may still take; `minimum` the least for the whole order in this batch."""

    product: str
    variant: str
    price: Rupiah
    left: int
    most: int
    minimum: int


@dataclass(frozen=True)
class AskWish(Message):
    product: str
    variant: str
    quantity: int
    current: str


@dataclass(frozen=True)
class AskSavedAddress(Message):
    """Each address with its label: `home`, `office`, the buyer's own word, or empty."""

    addresses: tuple[tuple[str, Address], ...]


@dataclass(frozen=True)
class AskAddress(Message):
    pass


@dataclass(frozen=True)
class AskRecipient(Message):
    phone: str | None
    street: str | None


@dataclass(frozen=True)
class AskPhone(Message):
    recipient: str | None
    street: str | None


@dataclass(frozen=True)
class AskStreet(Message):
    recipient: str | None
    phone: str | None


@dataclass(frozen=True)
class ReviewOrder(Message):
    batch: Batch
    lines: tuple[Line, ...]
    total: Rupiah
    first_due: Rupiah
    address: Address
    down_payment: DownPayment
    shipping: Shipping
    pickup: str  # where buyers fetch their orders
    changing: ChangeOf | None = None
    gift: str = ""
    discount: Rupiah = Rupiah(0)


@dataclass(frozen=True)
class TierTaken(Message):
    """While the review was read the gift or discount it showed went to another order: the review stands below, anew."""

    gift: str
    discount: Rupiah


@dataclass(frozen=True)
class AskChange(Message):
    lines: tuple[Line, ...]
    address: Address | None


@dataclass(frozen=True)
class AskLineChange(Message):
    line: Line


@dataclass(frozen=True)
class AskReplace(Message):
    current: str
    other: str
    lines: tuple[Line, ...]


# --- refusals, each one clear sentence ---------------------------------------------------------------------------


@dataclass(frozen=True)
class QuantityNotANumber(Message):
    pass


@dataclass(frozen=True)
class QuantityNotWhole(Message):
    pass


@dataclass(frozen=True)
class QuantityTooSmall(Message):
    least: int


@dataclass(frozen=True)
class QuantityOverMaximum(Message):
    """`most` is what this buyer may still take of a limit of `maximum` pieces a buyer."""

    most: int
    maximum: int


@dataclass(frozen=True)
class QuantityOverSlots(Message):
    left: int


@dataclass(frozen=True)
class UnderMinimum(Message):
    minimum: int
    pieces: int


@dataclass(frozen=True)
class VariantSoldOut(Message):
    product: str
    variant: str


@dataclass(frozen=True)
class ProductSoldOut(Message):
    product: str


@dataclass(frozen=True)
class WishTooLong(Message):
    longest: int
    length: int


@dataclass(frozen=True)
class TooManyLines(Message):
    most: int


@dataclass(frozen=True)
class LastLine(Message):
    """The only line cannot be removed; the order can be cancelled."""


@dataclass(frozen=True)
class NotAChoice(Message):
    """What was typed is none of the buttons."""


@dataclass(frozen=True)
class NameUnclear(Message):
    pass


@dataclass(frozen=True)
class PhoneUnclear(Message):
    several: bool


@dataclass(frozen=True)
class StreetUnclear(Message):
    longest: int


@dataclass(frozen=True)
class AddressUnclear(Message):
    pass


@dataclass(frozen=True)
class BatchHasClosed(Message):
    """product 4: said to a buyer whose batch closed while they were ordering. `can_want`: a button notes that they want
    it when it opens again."""

    title: str
    can_want: bool = False


@dataclass(frozen=True)
class SlotsWentMeanwhile(Message):
    product: str
    variant: str
    left: int


@dataclass(frozen=True)
class PricesChanged(Message):
    pass


@dataclass(frozen=True)
class NothingOpen(Message):
    """No batch takes orders now; `next_opening` when one is planned."""

    next_opening: datetime | None


@dataclass(frozen=True)
class OrderLeft(Message):
    """The order in the making was given up."""


@dataclass(frozen=True)
class NothingToLeave(Message):
    """/cancel while nothing is being asked; the staff is shown to its own commands."""

    is_staff: bool


@dataclass(frozen=True)
class GoOn(Message):
    """Said above a screen that is shown again because the buyer came back to it."""
