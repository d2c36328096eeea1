"""An order: one buyer's pieces in one batch (product 4), and what it costs. Pure; money in whole rupiah.

`held` keeps slots until the down payment is confirmed or the hold ends; `confirmed` and `shipped` keep them for good;
`expired` and `cancelled` have given them back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal, NewType

from preorder.address import Address
from preorder.batch import BatchId, VariantId
from preorder.money import NO_MONEY, DownPayment, Full, Rupiah, down_payment
from preorder.shipping import OUTSIDE, Shipping
from preorder.values import dataclass

OrderId = NewType("OrderId", str)
PersonId = NewType("PersonId", int)

OrderState = Literal["held", "confirmed", "shipped", "expired", "cancelled"]
SLOT_STATES: Final[tuple[OrderState, ...]] = ("held", "confirmed", "shipped")

MAX_WISH: Final = 200
MAX_LINES: Final = 20


@dataclass(frozen=True)
class Line:
    """One variant × quantity × wish of an order, with the price that was promised."""

    variant_id: VariantId
    product: str
    variant: str
    price: Rupiah
    quantity: int
    wish: str

    @property
    def total(self) -> Rupiah:
        return Rupiah(self.price * self.quantity)


@dataclass(frozen=True)
class Order:
    """An order as it stood when the transaction looked; `paid` is the sum of confirmed payments."""

    id: OrderId
    code: str
    batch_id: BatchId
    batch: str
    person_id: PersonId
    state: OrderState
    total: Rupiah
    first_due: Rupiah
    paid: Rupiah
    hold_until: datetime
    placed_at: datetime
    address: Address
    lines: tuple[Line, ...]
    waiting_proofs: int = 0
    courier: str = ""
    tracking: str = ""
    shipping: Shipping = OUTSIDE  # already in `total`
    tier: int | None = None  # its place among the first orders, counted from 0
    discount: Rupiah = NO_MONEY  # already off `total`
    gift: str = ""

    @property
    def due(self) -> Rupiah:
        """What is still to be paid in all."""
        return Rupiah(max(0, self.total - self.paid)) if self.state in SLOT_STATES else Rupiah(0)

    @property
    def due_now(self) -> Rupiah:
        """What a proof sent now is expected to show: the down payment while held, then the balance."""
        if self.state == "held":
            return Rupiah(max(0, self.first_due - self.paid))
        return self.due

    @property
    def is_paid_in_full(self) -> bool:
        return self.paid >= self.total

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def takes_slots(self) -> bool:
        return self.state in SLOT_STATES

    @property
    def quantities(self) -> dict[VariantId, int]:
        """Pieces by variant."""
        counted: dict[VariantId, int] = {}
        for line in self.lines:
            counted[line.variant_id] = counted.get(line.variant_id, 0) + line.quantity
        return counted


def total_of(lines: Iterable[Line]) -> Rupiah:
    return Rupiah(sum([line.price * line.quantity for line in lines]))


def first_due(
    rule: DownPayment, lines: tuple[Line, ...], shipping: Shipping = OUTSIDE, discount: Rupiah = NO_MONEY
) -> Rupiah:
    """What must arrive first by the batch's rule (product 3). A discount is off the goods.

    A percentage, or so much a piece, is of the goods alone: the shipping cost is paid with the balance. Paying in full
    takes the shipping cost along when it is known by then; one that is told later is due when it is told.
    """
    worth = Rupiah(max(0, total_of(lines) - discount))
    goods = down_payment(rule, worth, sum(line.quantity for line in lines))
    return Rupiah(goods + shipping.cost) if isinstance(rule, Full) else goods
