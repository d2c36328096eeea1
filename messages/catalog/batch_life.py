"""What is said about the life of a batch (product 3): gifts that are passed on, below its minimum.

Fields: rupiah, moments in UTC, days as dates of the shop's calendar, names unescaped (the templates escape).
"""

from __future__ import annotations

from datetime import datetime

from messages.catalog.base import Message
from messages.catalog.running import BatchTotalsRow
from preorder.batch import Decision
from preorder.money import Rupiah
from preorder.order import Order
from preorder.values import dataclass


@dataclass(frozen=True)
class TierPassedOn(Message):
    """To a buyer who stood in line: a place among the first orders came free; `order` stands as it is now."""

    order: Order


# --- below its minimum -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MinimumMissed(Message):
    """To sellers, with the three ways out: `goods` rupiah were ordered of `minimum_total`; again each day."""

    totals: BatchTotalsRow
    goods: Rupiah
    minimum_total: Rupiah
    is_reminder: bool


@dataclass(frozen=True)
class AskLongerOpen(Message):
    """Until when? `choices` (UTC) stand on the buttons; a moment may be typed."""

    title: str
    choices: tuple[datetime, ...]


@dataclass(frozen=True)
class AskCancelBatch(Message):
    """Asked once: `orders` end, `paid` rupiah go back."""

    title: str
    orders: int
    paid: int


@dataclass(frozen=True)
class BatchExtended(Message):
    """To the seller who chose it."""

    title: str
    closes_at: datetime


@dataclass(frozen=True)
class BatchWasCancelled(Message):
    """To the seller who cancelled it: `orders` ended, `paid` rupiah stand in /refunds."""

    title: str
    orders: int
    paid: int


@dataclass(frozen=True)
class BatchDecided(Message):
    """To all sellers: who decided what."""

    title: str
    decision: Decision
    by: str
    closes_at: datetime


@dataclass(frozen=True)
class DecidedBefore(Message):
    """A toast, also a sentence: nothing is left to decide."""

    title: str
    decision: Decision


@dataclass(frozen=True)
class CancelledForBuyer(Message):
    """The batch did not go ahead; `paid` rupiah go back. `has_proof`: a proof still waits to be judged."""

    code: str
    batch: str
    paid: Rupiah
    has_proof: bool


@dataclass(frozen=True)
class ExtendedForBuyer(Message):
    """To somebody with an order: the batch is open for longer, so it is made later."""

    code: str
    batch: str
    closes_at: datetime


@dataclass(frozen=True)
class OpenForLonger(Message):
    """In the channel."""

    title: str
    closes_at: datetime
    left: int
