"""What is said about placed orders, payments and proofs (product 4, 5), to buyers and to sellers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from messages.catalog.base import Message
from messages.catalog.delaying import OwnDelay
from preorder.batch import Stage
from preorder.money import Rupiah
from preorder.order import Order
from preorder.values import dataclass

ProofState = Literal["claimed", "confirmed", "rejected"]


@dataclass(frozen=True)
class Account:
    """Where to transfer to."""

    bank: str
    number: str
    holder: str


# --- to the buyer ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OrderPlaced(Message):
    """The order exists and holds its slots. `due_now` rupiah is to be paid before `order.hold_until`."""

    order: Order
    due_now: Rupiah
    hold: timedelta
    accounts: tuple[Account, ...]


@dataclass(frozen=True)
class ReviewDone(Message):
    """What remains of the review screen once it was confirmed."""

    code: str


@dataclass(frozen=True)
class PayHow(Message):
    """How to pay what is due now: the down payment before `hold_until`, or later the balance (hold_until None)."""

    code: str
    due_now: Rupiah
    hold_until: datetime | None
    accounts: tuple[Account, ...]


@dataclass(frozen=True)
class NothingDue(Message):
    code: str


@dataclass(frozen=True)
class ProofReceived(Message):
    """Said at once when a proof arrived and its order is known. Not `is_shown`: its file is shown to nobody."""

    code: str
    is_shown: bool = True


@dataclass(frozen=True)
class ProofLate(Message):
    """A proof for an order whose hold has ended: kept, the seller decides."""

    code: str
    is_shown: bool = True


@dataclass(frozen=True)
class ProofWhichOrder(Message):
    """Several orders are unpaid: which one is this proof for? Choices are numbered in this order."""

    orders: tuple[Order, ...]


@dataclass(frozen=True)
class ProofWithoutOrder(Message):
    """A photo came and this buyer has no order with something to pay."""


@dataclass(frozen=True)
class ProofWrongKind(Message):
    """A proof is a photo or a PDF: this file is neither (a video, a sheet, a program)."""


@dataclass(frozen=True)
class ProofEmpty(Message):
    """The file is empty."""


@dataclass(frozen=True)
class ProofTooLarge(Message):
    """`most` in megabytes."""

    most: int


@dataclass(frozen=True)
class PaymentConfirmed(Message):
    """`amount` arrived. `order` stands as it is afterwards (paid, due). Once, a birthday may be told."""

    order: Order
    amount: Rupiah
    may_tell_birthday: bool = False


@dataclass(frozen=True)
class PaymentRejected(Message):
    """`hold_until` is the (possibly longer) end of the hold, None when nothing is held any more."""

    code: str
    reason: str
    hold_until: datetime | None


@dataclass(frozen=True)
class PaidTooLate(Message):
    """The money arrived but the order's slots are gone: the seller sends it back."""

    code: str
    amount: Rupiah


@dataclass(frozen=True)
class HoldReminder(Message):
    code: str
    due_now: Rupiah
    hold_until: datetime
    accounts: tuple[Account, ...]


@dataclass(frozen=True)
class OrderExpired(Message):
    """The hold ended unpaid; slots went back."""

    code: str
    batch: str
    still_open: bool


@dataclass(frozen=True)
class OrderCard(Message):
    """One order in /orders: state, paid, due, what comes next. `stage` is the batch's production stage or ''.
    Money that goes back to the buyer is still owed, or sent."""

    order: Order
    stage: Stage | Literal[""]
    closes_at: datetime
    batch_is_open: bool
    owed_back: Rupiah = Rupiah(0)
    sent_back: Rupiah = Rupiah(0)
    can_change: bool = False
    delay: OwnDelay | None = None


@dataclass(frozen=True)
class NoOrders(Message):
    pass


@dataclass(frozen=True)
class AskCancelOrder(Message):
    """`order.paid` goes to the refund list."""

    order: Order


@dataclass(frozen=True)
class OrderCancelled(Message):
    """`back` rupiah go to the refund list."""

    code: str
    back: Rupiah


@dataclass(frozen=True)
class OrderKept(Message):
    code: str


@dataclass(frozen=True)
class CannotCancel(Message):
    """product 4: after closing the seller has to be asked; while a proof waits it is judged first; or it is over."""

    Reason = Literal["closed", "proof", "over"]
    code: str
    reason: Reason


@dataclass(frozen=True)
class OrderNotYours(Message):
    """There is no such order among this person's."""


@dataclass(frozen=True)
class StageReached(Message):
    """The batch moved to a stage: told to its buyers once."""

    order: Order
    stage: Stage


@dataclass(frozen=True)
class OrderShipped(Message):
    order: Order


# --- to the sellers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ProofCard(Message):
    """A proof with its order's facts; a caption: keep it under 1,024 characters. `used_for` is the code of another
    order for which the very same file was sent before, '' when it was sent without one, None when it is new.
    Not `is_shown`: the card stands alone. `number` of `count` in the queue when it is shown by /proofs, else 0."""

    order: Order
    buyer: str
    username: str
    expected: Rupiah
    sent_at: datetime
    used_for: str | None
    is_shown: bool = True
    number: int = 0
    count: int = 0


@dataclass(frozen=True)
class ProofJudged(Message):
    """What the card becomes: who judged it and how."""

    order: Order
    buyer: str
    state: ProofState
    amount: Rupiah
    reason: str
    by: str


@dataclass(frozen=True)
class ProofJudgedShort(Message):
    """A toast (under 200 characters) for the seller who pressed."""

    code: str
    state: ProofState
    amount: Rupiah


@dataclass(frozen=True)
class ProofJudgedBefore(Message):
    """Another seller (`by`, maybe the same person) was first. A toast under 200 characters."""

    by: str
    state: ProofState


@dataclass(frozen=True)
class PaidSinceProof(Message):
    """After this proof came, another payment for its order was confirmed: it may show the same transfer."""

    code: str
    paid: Rupiah


@dataclass(frozen=True)
class ProofGone(Message):
    """There is no such proof."""


@dataclass(frozen=True)
class NoProofs(Message):
    pass


@dataclass(frozen=True)
class MoreProofs(Message):
    """Only the first were shown; `left` more wait."""

    left: int


@dataclass(frozen=True)
class MoneyForGoneOrder(Message):
    """To the seller: confirmed money for an order whose slots are gone; it has to go back."""

    code: str
    buyer: str
    amount: Rupiah


@dataclass(frozen=True)
class BuyerCancelled(Message):
    """`back` rupiah have to go back to the buyer, who did not want to wait for later dates when `is_delayed`."""

    code: str
    buyer: str
    batch: str
    back: Rupiah
    is_delayed: bool = False
