"""Working days, paydays and holidays in Indonesia (product 3, 7).

In: dates, or a moment in UTC with the shop's time zone. Out: dates, or moments in UTC. Never: looks at a clock. The
holidays are those of the joint ministers' decree as the `holidays` library knows it; lunar dates not yet decreed are
marked estimated, and a shop may give a holiday another day (`Moved`). The library is large (a fifth of a second), so
it is loaded when the first holiday is asked for; `learn` does that ahead of time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from preorder.values import dataclass

PAYDAY: Final = 25
WINDOW_ENDS: Final = 5  # the day of the next month on which an end-of-month window closes

Moved = Mapping[tuple[str, int], date]
"""A holiday's key and year, as the calendar has them, and the day that the shop has given it."""
NOTHING_MOVED: Final[Moved] = MappingProxyType({})

EID: Final = "Eid al-Fitr"
EID_LEAVE: Final = "Eid al-Fitr Joint Holiday"
# What people buy for, offered first where a holiday is picked.
SELLING: Final = frozenset(
    {
        *(EID, EID_LEAVE, "Eid al-Adha", "Christmas Day", "New Year's Day"),
        *("Lunar New Year", "Vesak Day", "Day of Silence", "Independence Day"),
    }
)

_SATURDAY: Final = 5
_LEAVE: Final = " Joint Holiday"
_learnt: Final[set[int]] = set()
_ESTIMATED: Final = (" (perkiraan)", " (estimated)")


@dataclass(frozen=True)
class Holiday:
    """A public holiday. `estimated` is True while the decree for that year is not out; `calendar_day` is where the
    calendar has it when the shop has given it another day. `ordinal` counts those of one name in one year."""

    name_id: str
    name_en: str
    day: date
    estimated: bool
    calendar_day: date | None = None
    ordinal: int = 1

    @property
    def is_leave(self) -> bool:
        """Is it joint leave around a holiday, and no holiday itself?"""
        return self.name_en.endswith(_LEAVE)

    @property
    def key(self) -> tuple[str, int]:
        """What the holiday is known by, whatever day it falls on: a name and the calendar's year."""
        name = self.name_en if self.ordinal == 1 else f"{self.name_en} {self.ordinal}"
        return name, (self.calendar_day or self.day).year


def learn(years: Iterable[int]) -> None:
    """Load the library and these years, so that nobody waits for it later."""
    for year in years:
        for language in ("id", "en_US"):
            for category in ("public", "government"):
                _named(year, language, category)
        _learnt.add(year)


def is_learnt(years: Iterable[int]) -> bool:
    """Can these years be looked at without loading anything?"""
    return _learnt.issuperset(years)


def is_working_day(day: date, joint_leave: bool = True, moved: Moved = NOTHING_MOVED) -> bool:
    """Say whether offices and banks work: no weekend, no public holiday, and with `joint_leave` no cuti bersama."""
    if day.weekday() >= _SATURDAY:
        return False
    if joint_leave and day in _named(day.year, "id", "government"):
        return False
    if not moved:
        return day not in _named(day.year, "id", "public")
    # A holiday may have been moved over the turn of the year.
    near = (day.year - 1, day.year, day.year + 1)
    return all(holiday.day != day for year in near for holiday in _holidays(year, "public", moved))


def payday(year: int, month: int, joint_leave: bool = True, day: int = PAYDAY, moved: Moved = NOTHING_MOVED) -> date:
    """Return the payday of a month: the 25th (or `day`, 1 to 28), or the working day before it."""
    if not 1 <= day <= 28:
        raise ValueError(f"a payday is a day that every month has, 1 to 28, not {day}")
    return _working_day_until(date(year, month, day), joint_leave, moved)


def next_payday(
    now: datetime, hour: int, zone: ZoneInfo, joint_leave: bool = True, moved: Moved = NOTHING_MOVED
) -> datetime:
    """Return the first payday at `hour` o'clock in `zone` that is later than `now`. Both moments are UTC."""
    # A payday of day 25 never falls back into the month before, so this month or the next has it.
    moments = (_at(payday(year, month, joint_leave, moved=moved), hour, zone) for year, month in _months(now, zone, 2))
    return next(moment for moment in moments if moment > now)


def month_end_window(
    now: datetime,
    hours: tuple[int, int],
    zone: ZoneInfo,
    joint_leave: bool = True,
    moved: Moved = NOTHING_MOVED,
) -> tuple[datetime, datetime]:
    """The next window from the last working day of a month to the 5th of the next (UTC), when wages are fresh.

    `hours` of the shop's day: when it opens and when it closes.
    """
    for year, month in _months(now, zone, 3):
        first = _first_after(year, month)
        opens = _at(_working_day_until(first - timedelta(days=1), joint_leave, moved), hours[0], zone)
        if opens > now:
            return opens, _at(first.replace(day=WINDOW_ENDS), hours[1], zone)
    raise AssertionError("one of three months' ends lies ahead")  # pragma: no cover


def upcoming_holidays(
    today: date, months: int = 12, moved: Moved = NOTHING_MOVED, with_leave: bool = False
) -> tuple[Holiday, ...]:
    """List the public holidays from `today` on for so many months, today counted; with `with_leave` also the first day
    of each joint leave."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    end = date(year, month + 1, min(today.day, 28))
    found = [
        holiday
        for in_year in range(today.year - 1, end.year + 2)
        for category in ("public", "government")[: 1 + with_leave]
        for holiday in _holidays(in_year, category, moved)
        if today <= holiday.day < end
    ]
    return tuple(sorted(found, key=lambda holiday: holiday.day))


def days_of(name_en: str, years: Iterable[int], moved: Moved = NOTHING_MOVED) -> tuple[date, ...]:
    """On which days does a public holiday fall in these years?"""
    return tuple(h.day for year in years for h in _holidays(year, "public", moved) if h.name_en == name_en)


def _holidays(year: int, category: str, moved: Moved) -> Iterable[Holiday]:
    """The holidays that the calendar has in a year, each on the shop's day; of a joint leave its first day."""
    english = _named(year, "en_US", category)
    seen: dict[str, int] = {}
    for day, names in sorted(_named(year, "id", category).items()):
        for name_id, name_en in zip(names.split("; "), english[day].split("; "), strict=True):
            plain = _unmarked(name_en)
            seen[plain] = seen.get(plain, 0) + 1
            if category == "government" and seen[plain] > 1:
                continue
            holiday = Holiday(_unmarked(name_id), plain, day, name_en != plain, ordinal=seen[plain])
            own = moved.get(holiday.key)
            if own is None:
                yield holiday
            elif own == day:
                yield replace(holiday, estimated=False)
            else:
                yield replace(holiday, day=own, estimated=False, calendar_day=day)


def _working_day_until(day: date, joint_leave: bool, moved: Moved) -> date:
    while not is_working_day(day, joint_leave, moved):
        day -= timedelta(days=1)
    return day


def _unmarked(name: str) -> str:
    for mark in _ESTIMATED:
        name = name.replace(mark, "")
    return name


def _months(now: datetime, zone: ZoneInfo, count: int) -> list[tuple[int, int]]:
    """This month at the shop and those after it."""
    here = now.astimezone(zone)
    after = [divmod(here.year * 12 + here.month - 1 + n, 12) for n in range(count)]
    return [(year, month + 1) for year, month in after]


def _first_after(year: int, month: int) -> date:
    """The first day of the month after."""
    return date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


@lru_cache(maxsize=128)
def _named(year: int, language: str, category: str) -> dict[date, str]:
    """Return the holidays of one year by date. Loads the library on first use, which few starts need."""
    from holidays import country_holidays

    days = country_holidays("ID", years=year, language=language, categories=(category,))
    return {day: str(name) for day, name in days.items()}
