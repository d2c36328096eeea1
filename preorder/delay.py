"""A batch's dates move later (product 3, `/delay`): which dates it has, and what moving one does to the others. Pure.

In: a batch, the shop's zone, the date that moves. Out: the dates afterwards, and each one that differs, old and new.
Making is counted in days from the closing and travelling in days from the handing over, so a later closing moves all
three and a later handing over moves the arrival with it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from preorder.batch import Batch, BatchState
from preorder.values import dataclass

MovedDate = Literal["closing", "sending", "arrival"]

# product 3: before it opens and until its parcels are on their way.
DELAYABLE: Final[frozenset[BatchState]] = frozenset({"scheduled", "open", "closed", "producing", "ready"})
NOT_CLOSED: Final[frozenset[BatchState]] = frozenset({"scheduled", "open"})

# Reasons that have words in both languages; any other text is the seller's own.
Reason = Literal["material_late", "queue_full", "courier_rest", "mishap"]
REASONS: Final[tuple[Reason, ...]] = ("material_late", "queue_full", "courier_rest", "mishap")


@dataclass(frozen=True)
class Dates:
    """What a batch promises: its closing (UTC), days of making after it, days on the way (0: nothing is promised)."""

    closes_at: datetime
    production_days: int
    shipping_days: int


@dataclass(frozen=True)
class Shift:
    """One date that moves. A closing is a moment (UTC); the others are days, as moments on them."""

    what: MovedDate
    before: datetime
    after: datetime


@dataclass(frozen=True)
class Answers:
    """What buyers said to a delay: orders that wait, that were cancelled, that have not answered (they wait too)."""

    waiting: int
    cancelled: int
    silent: int

    @property
    def orders(self) -> int:
        return self.waiting + self.cancelled + self.silent


def dates_of(batch: Batch) -> Dates:
    return Dates(batch.closes_at, batch.production_days, batch.shipping_days)


def movable(batch: Batch, now: datetime) -> tuple[MovedDate, ...]:
    """The dates of a batch that can still move; none once its parcels are on their way."""
    if batch.state not in DELAYABLE:
        return ()
    is_still_open = batch.state in NOT_CLOSED and now < batch.closes_at
    closing: tuple[MovedDate, ...] = ("closing",) if is_still_open else ()
    return (*closing, "sending", "arrival") if batch.shipping_days else (*closing, "sending")


def moment_of(dates: Dates, what: MovedDate, zone: ZoneInfo) -> datetime:
    """A date of a batch as a moment (UTC): the closing itself, or its hour on the day of handing over or arrival."""
    days = {"closing": 0, "sending": dates.production_days, "arrival": dates.production_days + dates.shipping_days}
    # Wall-clock days: nine in the evening stays nine in the evening.
    later = dates.closes_at.astimezone(zone) + timedelta(days=days[what])
    return later.astimezone(dates.closes_at.tzinfo)


def moved(dates: Dates, what: MovedDate, to: datetime, zone: ZoneInfo) -> Dates:
    """The dates when this one is `to` (UTC; of the days only the day in the shop's zone counts)."""
    if what == "closing":
        return replace(dates, closes_at=to)
    days = (_day(to, zone) - _day(moment_of(dates, what, zone), zone)).days
    if what == "sending":
        return replace(dates, production_days=dates.production_days + days)
    return replace(dates, shipping_days=dates.shipping_days + days)


def is_later(dates: Dates, what: MovedDate, to: datetime, zone: ZoneInfo) -> bool:
    """A delay moves a date to a later moment, or a later day."""
    before = moment_of(dates, what, zone)
    return to > before if what == "closing" else _day(to, zone) > _day(before, zone)


def shifts(before: Dates, after: Dates, zone: ZoneInfo) -> tuple[Shift, ...]:
    """Each date that differs, in the order in which they come; without days on the way no arrival was promised."""
    named: tuple[MovedDate, ...] = ("closing", "sending", "arrival") if before.shipping_days else ("closing", "sending")
    pairs = ((what, moment_of(before, what, zone), moment_of(after, what, zone)) for what in named)
    return tuple(Shift(what, old, new) for what, old, new in pairs if old != new)


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
