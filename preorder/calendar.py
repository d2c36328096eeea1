"""Working days, paydays and holidays in Indonesia (product 3, 7).

In: dates, or a moment in UTC with the shop's time zone. Out: dates, or moments in UTC. Never: looks at a clock. The
holidays are those of the joint ministers' decree as the `holidays` library knows it; lunar dates not yet decreed are
marked estimated. The library is large, so it is loaded when the first holiday is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

PAYDAY: Final = 25

_SATURDAY: Final = 5
_ESTIMATED: Final = (" (perkiraan)", " (estimated)")


@dataclass(frozen=True)
class Holiday:
    """A public holiday. `estimated` is True while the decree for that year is not out."""

    name_id: str
    name_en: str
    day: date
    estimated: bool


def is_working_day(day: date, joint_leave: bool = True) -> bool:
    """Say whether offices and banks work: no weekend, no public holiday, and with `joint_leave` no cuti bersama."""
    if day.weekday() >= _SATURDAY:
        return False
    named = _named(day.year, "id", "public")
    return day not in named and not (joint_leave and day in _named(day.year, "id", "government"))


def payday(year: int, month: int, joint_leave: bool = True, day: int = PAYDAY) -> date:
    """Return the payday of a month: the 25th (or `day`, 1 to 28), or the working day before it."""
    if not 1 <= day <= 28:
        raise ValueError(f"a payday is a day that every month has, 1 to 28, not {day}")
    paid = date(year, month, day)
    while not is_working_day(paid, joint_leave):
        paid -= timedelta(days=1)
    return paid


def next_payday(now: datetime, hour: int, zone: ZoneInfo, joint_leave: bool = True) -> datetime:
    """Return the first payday at `hour` o'clock in `zone` that is later than `now`. Both moments are UTC."""
    here = now.astimezone(zone)
    # A payday of day 25 never falls back into the month before, so this month or the next has it.
    months = ((here.year, here.month), _month_after(here.year, here.month))
    moments = (_at(payday(year, month, joint_leave), hour, zone) for year, month in months)
    return next(moment for moment in moments if moment > now)


def upcoming_holidays(today: date, months: int = 12) -> tuple[Holiday, ...]:
    """List the public holidays from `today` on for so many months, today counted, joint leave left out."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    end = date(year, month + 1, min(today.day, 28))
    found = []
    for in_year in range(today.year, end.year + 1):
        english = _named(in_year, "en_US", "public")
        for day, name in _named(in_year, "id", "public").items():
            if today <= day < end:
                found.append(_holiday(name, english[day], day))
    return tuple(sorted(found, key=lambda holiday: holiday.day))


def _holiday(name_id: str, name_en: str, day: date) -> Holiday:
    estimated = any(mark in name_id for mark in _ESTIMATED)
    return Holiday(_unmarked(name_id), _unmarked(name_en), day, estimated)


def _unmarked(name: str) -> str:
    for mark in _ESTIMATED:
        name = name.replace(mark, "")
    return name


def _month_after(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


@lru_cache(maxsize=64)
def _named(year: int, language: str, category: str) -> dict[date, str]:
    """Return the holidays of one year by date. Loads the library on first use, which few starts need."""
    from holidays import country_holidays

    days = country_holidays("ID", years=year, language=language, categories=(category,))
    return {day: str(name) for day, name in days.items()}
