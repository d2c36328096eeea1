"""From the day on which parcels have to arrive back to the days on which a batch closes and opens (product 3).

In: dates, whole days, the courier's rest. Out: the dates, and why. Pure; never looks at a clock. Making and travelling
are counted in days of the calendar; a parcel does not travel while the courier rests, and is not handed over then.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from preorder.calendar import EID, NOTHING_MOVED, Moved, days_of
from preorder.errors import NotACount
from preorder.typed_text import plain
from preorder.values import dataclass

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class CourierRest:
    """Couriers rest from so many days before the first day of Idul Fitri to so many after it."""

    before: int = 3
    after: int = 3


LONGEST_REST: Final = 14  # days, on one side
_NO_REST: Final = frozenset({"tidak ada", "tidak libur", "tidak", "none", "no", "no rest", "0"})
_REST: Final = re.compile(r"(?:h\s*-?\s*)?(\d{1,3})\s*(?:hari\s+|days?\s+)?\D*?(?:h\s*\+?\s*)?(\d{1,3})\D*")


def parse_rest(text: str) -> CourierRest | None:
    """Read a rest around Idul Fitri: `H-3 H+3`, `3 sebelum, 5 sesudah`, `3 5`; `tidak ada` is None.

    Raises NotACount: not two numbers, or more than `LONGEST_REST` days.
    """
    said = plain(text)
    if said in _NO_REST:
        return None
    numbers = _REST.fullmatch(said)
    if numbers is None:
        raise NotACount("not_a_number")
    before, after = int(numbers[1]), int(numbers[2])
    if max(before, after) > LONGEST_REST:
        raise NotACount("too_large", LONGEST_REST)
    return CourierRest(before, after)


def rest_text(rest: CourierRest | None) -> str:
    """A rest as it is stored; `parse_rest` reads it back."""
    return "none" if rest is None else f"{rest.before} {rest.after}"


@dataclass(frozen=True)
class Rest:
    """Days on which no parcel travels, both counted."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class WayBack:
    """The arithmetic: parcels arrive on `arrives` at the latest (earlier than `wanted` when the courier rests then),
    are handed over on `sends`, and the batch opens and closes on `opens` and `closes`. `rests` were stepped over."""

    wanted: date
    arrives: date
    sends: date
    closes: date
    opens: date
    rests: tuple[Rest, ...]


def rests_between(first: date, last: date, rest: CourierRest | None, moved: Moved = NOTHING_MOVED) -> tuple[Rest, ...]:
    """The courier's rests that touch these days."""
    if rest is None:
        return ()
    eids = days_of(EID, range(first.year - 1, last.year + 2), moved)
    found = (Rest(eid - rest.before * _DAY, eid + rest.after * _DAY) for eid in eids)
    return tuple(one for one in found if one.last >= first and one.first <= last)


def way_back(
    wanted: date,
    production_days: int,
    shipping_days: int,
    open_days: int,
    rest: CourierRest | None = None,
    moved: Moved = NOTHING_MOVED,
) -> WayBack:
    """Work back from the day on which parcels have to be there.

    Handed over on a day D, a parcel travels `shipping_days` days after it; a batch that closes on a day C is made in
    the `production_days` days after it, and was open for `open_days` days before it.
    """
    # Rests are weeks long at most and a year apart, so those that matter lie within this stretch.
    rests = rests_between(wanted - timedelta(days=shipping_days + 60), wanted, rest, moved)

    def is_rest(day: date) -> bool:
        return any(one.holds(day) for one in rests)

    arrives = wanted
    while is_rest(arrives):
        arrives -= _DAY
    sends, to_travel = arrives, shipping_days
    while to_travel or is_rest(sends):
        to_travel -= not is_rest(sends) and to_travel > 0
        sends -= _DAY
    closes = sends - timedelta(days=production_days)
    stepped = tuple(one for one in rests if one.last > sends and one.first <= wanted)
    return WayBack(wanted, arrives, sends, closes, closes - timedelta(days=open_days), stepped)


def earliest_arrival(
    first_closing: date,
    production_days: int,
    shipping_days: int,
    rest: CourierRest | None = None,
    moved: Moved = NOTHING_MOVED,
) -> date:
    """The first day on which parcels can be there when the batch closes on `first_closing`."""
    day = first_closing + timedelta(days=production_days + shipping_days)
    while way_back(day, production_days, shipping_days, 0, rest, moved).closes < first_closing:
        day += _DAY
    return day
