"""What is said about the line for slots that come back (product 4), and about the quota that moves it."""

from __future__ import annotations

from datetime import datetime

from messages.catalog.base import Message
from preorder.batch import Offer
from preorder.values import dataclass

# --- to the buyer ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AskSoldOut(Message):
    """A variant is sold out: others of the same product that are left (with their slots) first, then the line."""

    product: str
    variant: str
    others: tuple[tuple[Offer, int], ...]


@dataclass(frozen=True)
class AskWaiting(Message):
    """How many are wanted when slots come back: at least `least`, at most `most`."""

    product: str
    variant: str
    least: int
    most: int


@dataclass(frozen=True)
class WaitingTooMany(Message):
    most: int


@dataclass(frozen=True)
class SlotsAreBack(Message):
    """Slots came back while the buyer was thinking: no line is needed."""


@dataclass(frozen=True)
class InLine(Message):
    """Where the buyer stands; `is_new` right after joining, `is_again` when they stood there before."""

    batch: str
    product: str
    variant: str
    wanted: int
    position: int
    closes_at: datetime
    is_new: bool = False
    is_again: bool = False


@dataclass(frozen=True)
class SlotsOffered(Message):
    """product 4: slots came back and are kept for the first in line until a moment; perhaps fewer than wanted."""

    batch: str
    product: str
    variant: str
    offered: int
    wanted: int
    until: datetime


@dataclass(frozen=True)
class OfferGone(Message):
    """The offer's time is over, or it was used or given back."""


@dataclass(frozen=True)
class OfferLapsed(Message):
    """Nobody answered in time: the slots went to the next."""

    batch: str
    product: str
    variant: str
    still_open: bool


@dataclass(frozen=True)
class LineLeft(Message):
    """The buyer does not wait any more."""

    product: str
    variant: str


@dataclass(frozen=True)
class LineGone(Message):
    """There is no such place among this person's."""


@dataclass(frozen=True)
class LineEnded(Message):
    """The batch closed before slots came back; the buyer is on the product's interest list now."""

    batch: str
    product: str
    variant: str


@dataclass(frozen=True)
class LineGoesOn(Message):
    """The batch was opened for longer: the buyer stands in its line as before, at this position; `closes_at` is UTC."""

    batch: str
    product: str
    variant: str
    wanted: int
    position: int
    closes_at: datetime


# --- to the sellers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SoldWithLine(Message):
    """Every slot is taken and paid, and people stand in line: more can be made, or the batch closed."""

    title: str
    people: int
    pieces: int


@dataclass(frozen=True)
class QuotaChoice:
    """Something that has a quota: the batch itself (variant empty) or a variant with its own."""

    variant: str
    quota: int
    taken: int


@dataclass(frozen=True)
class NothingWithQuota(Message):
    """No batch is open or planned."""


@dataclass(frozen=True)
class AskWhichQuota(Message):
    title: str
    choices: tuple[QuotaChoice, ...]
    people: int
    pieces: int


@dataclass(frozen=True)
class AskNewQuota(Message):
    title: str
    of: QuotaChoice
    people: int
    pieces: int


@dataclass(frozen=True)
class QuotaSet(Message):
    title: str
    variant: str
    quota: int


@dataclass(frozen=True)
class QuotaTooSmall(Message):
    """`taken` slots are sold or kept already."""

    taken: int
