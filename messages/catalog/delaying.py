"""What is said when a batch's dates move later (product 3, `/delay`): to the seller who moves them, and to its buyers.

Fields: rupiah, moments in UTC (of a day as a moment on it), names unescaped (the templates escape). `reason` is a key
of `preorder.delay.REASONS` or the seller's own words.
"""

from __future__ import annotations

from datetime import datetime

from messages.catalog.base import Message
from preorder.delay import Answers, MovedDate, Shift
from preorder.money import Rupiah
from preorder.order import Order
from preorder.values import dataclass

# --- to the seller -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NothingToDelay(Message):
    """No batch has a date that could move."""


@dataclass(frozen=True)
class StandingDate:
    """A date of a batch as it stands."""

    what: MovedDate
    at: datetime


@dataclass(frozen=True)
class LastDelay:
    """The delay that counts, and its answers so far."""

    made_at: datetime
    reason: str
    answers: Answers


@dataclass(frozen=True)
class AskDelayWhich(Message):
    """Which date moves? The dates in the order of the buttons; `last` when buyers were asked before."""

    title: str
    dates: tuple[StandingDate, ...]
    last: LastDelay | None


@dataclass(frozen=True)
class AskDelayDate(Message):
    """To when? `choices` stand on the buttons; a date may be typed."""

    title: str
    what: MovedDate
    before: datetime
    choices: tuple[datetime, ...]


@dataclass(frozen=True)
class DelayNotLater(Message):
    """A delay moves a date to a later one than `before`."""

    what: MovedDate
    before: datetime


@dataclass(frozen=True)
class AskDelayReason(Message):
    """Why? `to` is the new date, said back in full."""

    title: str
    what: MovedDate
    to: datetime


@dataclass(frozen=True)
class AskDelaySure(Message):
    """Asked once, below what buyers will read: `buyers` people with `orders` orders are asked, none when 0."""

    title: str
    shifts: tuple[Shift, ...]
    reason: str
    buyers: int
    orders: int
    replaces: bool  # an earlier question that is not over


@dataclass(frozen=True)
class DatesMovedMeanwhile(Message):
    """Somebody else moved them, or a date has come: what was on the screen is not true any more."""

    title: str


@dataclass(frozen=True)
class DelayDone(Message):
    """To the seller who moved it: `orders` were asked about."""

    title: str
    shifts: tuple[Shift, ...]
    orders: int


@dataclass(frozen=True)
class BatchDelayed(Message):
    """To the other sellers: who moved what."""

    title: str
    by: str
    shifts: tuple[Shift, ...]
    reason: str
    orders: int


@dataclass(frozen=True)
class AllAnswered(Message):
    """To sellers, when the last buyer has answered."""

    title: str
    answers: Answers


# --- to buyers ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DelayAsked(Message):
    """The dates of an order move: wait, or cancel and get `paid` rupiah back? `is_reminder`: asked before, once."""

    code: str
    batch: str
    shifts: tuple[Shift, ...]
    reason: str
    paid: Rupiah
    is_reminder: bool


@dataclass(frozen=True)
class DelayWaited(Message):
    """The buyer waits; noted, with the new dates."""

    code: str
    shifts: tuple[Shift, ...]


@dataclass(frozen=True)
class AskDelayCancel(Message):
    """Asked once more: the order ends, `order.paid` goes back."""

    order: Order


@dataclass(frozen=True)
class DelayAnswered(Message):
    """A toast, also a sentence: this was answered before, so."""

    code: str
    waits: bool


@dataclass(frozen=True)
class DelayOutdated(Message):
    """A toast, also a sentence: the dates have moved again; the newest question follows."""

    code: str


@dataclass(frozen=True)
class DelayOver(Message):
    """A toast, also a sentence: the order is sent or over, there is nothing left to choose."""

    code: str


@dataclass(frozen=True)
class OwnDelay:
    """The dates that moved, and what the buyer said to it: they wait, or have not answered. Both may still cancel."""

    shifts: tuple[Shift, ...]
    waits: bool
