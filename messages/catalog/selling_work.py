"""What the bot says to a seller about closing, making, sending and doubtful proofs (product 3, 5, 6).

Fields: rupiah as int, moments in UTC, names unescaped (the templates escape). Worded in
`messages/<language>/selling.j2`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from messages.catalog.base import Message
from preorder.batch import BatchState, Stage
from preorder.values import dataclass

REJECT_REASONS: Final = ("amount_differs", "unreadable", "not_arrived")
"""Reasons to refuse a proof, worded in the buyer's language; any other reason is the seller's own words."""


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


# --- /close, /stage, /ship --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BatchGone(Message):
    """The batch of this screen is no longer in a state in which this can be done."""


@dataclass(frozen=True)
class NothingToClose(Message):
    pass


@dataclass(frozen=True)
class AskWhichBatch(Message):
    purpose: Literal["close", "stage", "ship", "quota", "delay"]
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
