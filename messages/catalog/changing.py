"""What is said about changing and cancelling a placed order, and about money that goes back (product 4, 5)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from messages.catalog.base import Message
from messages.catalog.paying import Account
from preorder.money import Rupiah
from preorder.order import Line, Order
from preorder.values import dataclass

# --- to the buyer ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChangeOf:
    """Inside the review: the order that is changed, what it cost before, what counts as paid and what would go back."""

    code: str
    total: Rupiah
    paid: Rupiah
    back: Rupiah


@dataclass(frozen=True)
class OrderChanged(Message):
    """The change is in; `order` stands as it is now, `back` rupiah goes to the refund list."""

    order: Order
    due_now: Rupiah
    back: Rupiah
    accounts: tuple[Account, ...]


@dataclass(frozen=True)
class ChangeSaved(Message):
    """What remains of the review screen once the change was saved."""

    code: str


@dataclass(frozen=True)
class ChangeLeft(Message):
    """The buyer left; the order is as it was."""

    code: str


@dataclass(frozen=True)
class DiscountTooLarge(Message):
    """So little would be left of the order that its discount (rupiah) takes all of it."""

    code: str
    discount: Rupiah


@dataclass(frozen=True)
class NothingChanged(Message):
    code: str


@dataclass(frozen=True)
class LastLineOfOrder(Message):
    """The only line of a placed order cannot be removed; the order can be cancelled."""

    code: str


@dataclass(frozen=True)
class ChangeTooLate(Message):
    """product 4: the batch closed while the buyer was changing; the order is as it was."""

    code: str
    batch: str


@dataclass(frozen=True)
class OrderNotChangeable(Message):
    """Closed, expired, cancelled or sent meanwhile: the order is as it was."""

    code: str


@dataclass(frozen=True)
class ChangeSeenAnew(Message):
    """Something was paid for the order since: look again, the screen follows."""

    code: str


@dataclass(frozen=True)
class ProofWaits(Message):
    """A proof is being judged: until then the total stays."""

    code: str


@dataclass(frozen=True)
class DownPaymentMissing(Message):
    """A confirmed order cannot grow past what its down payment covers: the addition is an order of its own."""

    code: str
    first_due: Rupiah
    paid: Rupiah


@dataclass(frozen=True)
class RefundSent(Message):
    """The money is on its way back; a caption when there is a picture of the transfer."""

    code: str
    amount: Rupiah


# --- to the sellers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PaidOrderChanged(Message):
    """A buyer changed an order that has money in it."""

    order: Order
    buyer: str
    before: tuple[Line, ...]
    back: Rupiah


@dataclass(frozen=True)
class NoRefunds(Message):
    pass


@dataclass(frozen=True)
class RefundsHead(Message):
    """Above the list: how many are owed, how much in all, how many of them are shown."""

    refunds: int
    amount: Rupiah
    shown: int


@dataclass(frozen=True)
class RefundCard(Message):
    """One refund that is owed."""

    Reason = Literal["cancelled", "reduced", "too_late", "batch_cancelled", "delayed"]
    code: str
    batch: str
    buyer: str
    username: str
    phone: str
    amount: Rupiah
    reason: Reason
    since: datetime


@dataclass(frozen=True)
class AskRefundProof(Message):
    code: str
    amount: Rupiah


@dataclass(frozen=True)
class RefundSettled(Message):
    """To the seller who settled it."""

    code: str
    amount: Rupiah


@dataclass(frozen=True)
class RefundGone(Message):
    """Settled by somebody before (`by`), or withdrawn because the order goes on (`by` empty)."""

    by: str
