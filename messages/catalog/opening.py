"""What the bot says about the extras of a batch, moments from the calendar, /batches and /holidays (product 3).

Fields: rupiah as int, moments in UTC, days as dates of the shop's calendar, names unescaped (the templates escape).
Worded in `messages/<language>/opening.j2`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from messages.catalog.base import Message
from preorder.arriving import CourierRest, Rest
from preorder.batch import Audience
from preorder.delay import Answers
from preorder.tiers import Tier
from preorder.values import dataclass

ListedState = Literal["draft", "scheduled", "open", "closed", "producing", "ready", "shipping", "done", "cancelled"]


@dataclass(frozen=True)
class EarlierLine:
    """A batch that was planned before."""

    title: str
    closes_at: datetime
    quota: int


@dataclass(frozen=True)
class AskRepeat(Message):
    lines: tuple[EarlierLine, ...]


@dataclass(frozen=True)
class NothingToRepeat(Message):
    pass


@dataclass(frozen=True)
class AskShippingDays(Message):
    pass


@dataclass(frozen=True)
class AskMinimumTotal(Message):
    pass


@dataclass(frozen=True)
class AskTarget(Message):
    minimum_total: int


@dataclass(frozen=True)
class TargetUnderMinimum(Message):
    target: int
    minimum_total: int


@dataclass(frozen=True)
class AskTiers(Message):
    """`last` are those of the batch before."""

    last: tuple[Tier, ...] = ()


@dataclass(frozen=True)
class TiersUnclear(Message):
    """`part` is what could not be read."""

    part: str
    reason: Literal["unreadable", "percent", "money", "order", "places", "too_many", "gift_long"]
    bound: int = 0


@dataclass(frozen=True)
class TierOverPrice(Message):
    """A discount as large as the cheapest order, rupiah."""

    discount: int
    cheapest: int


@dataclass(frozen=True)
class ClosingNoted(Message):
    closes_at: datetime


# --- moments from the calendar ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Window:
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class AskWindowHour(Message):
    choices: tuple[Window, ...]


@dataclass(frozen=True)
class HolidayLine:
    """A holiday and its day; `calendar_day` when the shop has given it another one."""

    name_id: str
    name_en: str
    day: date
    estimated: bool
    calendar_day: date | None = None


@dataclass(frozen=True)
class AskHoliday(Message):
    lines: tuple[HolidayLine, ...]


@dataclass(frozen=True)
class HolidayGone(Message):
    """It is over, or the calendar has it no more."""


@dataclass(frozen=True)
class AskHolidayDays(Message):
    holiday: HolidayLine
    most: int


@dataclass(frozen=True)
class DaysTooMany(Message):
    """So many days before it lie in the past; `most` is possible."""

    days: int
    most: int


@dataclass(frozen=True)
class AskOpeningHour(Message):
    choices: tuple[datetime, ...]


@dataclass(frozen=True)
class AskLaunch(Message):
    pass


@dataclass(frozen=True)
class AskLaunchWeeks(Message):
    day: date
    choices: tuple[date, ...]


@dataclass(frozen=True)
class DayTooNear(Message):
    """Nothing can be opened before this day any more."""

    day: date


@dataclass(frozen=True)
class AskArrival(Message):
    pass


@dataclass(frozen=True)
class AskWhichDay(Message):
    days: tuple[date, ...]


@dataclass(frozen=True)
class ArrivalPlanned(Message):
    """The arithmetic from the wanted day back to closing and opening; days are counted in the calendar. `earliest` is
    the first day that can be kept when the wanted one cannot."""

    wanted: date
    arrives: date
    sends: date
    closes_at: datetime
    opens_at: datetime | None
    shipping_days: int
    production_days: int
    open_days: int
    rests: tuple[Rest, ...]
    earliest: date | None = None


@dataclass(frozen=True)
class AskArrivalNumber(Message):
    part: Literal["production", "shipping", "open"]


# --- the review ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenReviewed(Message):
    """What only the seller sees, below the announcement. `opens_at` None: at once. `is_kept`: the batch is planned
    already, and this changes it."""

    title: str
    opens_at: datetime | None
    closes_at: datetime
    hold: timedelta
    minimum_total: int
    target: int
    audience: Audience
    has_channel: bool
    is_kept: bool


@dataclass(frozen=True)
class DraftKept(Message):
    title: str


@dataclass(frozen=True)
class PlanChanged(Message):
    title: str
    opens_at: datetime | None
    closes_at: datetime


# --- /batches --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ListedBatch:
    """A batch in the list; `moment` is when it opens while it has not, else when it closes."""

    title: str
    state: ListedState
    moment: datetime
    taken: int
    quota: int


@dataclass(frozen=True)
class BatchesListed(Message):
    lines: tuple[ListedBatch, ...]


@dataclass(frozen=True)
class BatchShown(Message):
    """A batch in figures; money in rupiah, `minimum_total` and `target` 0 when there is none."""

    title: str
    state: ListedState
    opens_at: datetime
    closes_at: datetime
    production_days: int
    shipping_days: int
    taken: int
    quota: int
    orders: int
    confirmed: int
    total: int
    paid: int
    minimum_total: int
    target: int
    tiers: tuple[Tier, ...]
    answers: Answers | None = None  # to the last delay


# --- /holidays -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HolidaysListed(Message):
    lines: tuple[HolidayLine, ...]
    rest: CourierRest | None


@dataclass(frozen=True)
class AskHolidayDay(Message):
    holiday: HolidayLine


@dataclass(frozen=True)
class HolidayMoved(Message):
    name_id: str
    name_en: str
    day: date


@dataclass(frozen=True)
class HolidayTooFar(Message):
    """More than two months from where the calendar has it: a slip."""

    day: date
    calendar_day: date


@dataclass(frozen=True)
class AskCourierPause(Message):
    rest: CourierRest | None


@dataclass(frozen=True)
class CourierPauseUnclear(Message):
    typed: str


@dataclass(frozen=True)
class CourierPaused(Message):
    rest: CourierRest | None
