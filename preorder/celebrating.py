"""Birthdays and the day of the first order, as day and month, never a year (product 7). Pure.

In: what people type, today in the shop's zone. Out: `05-14`, the day it falls on next, whether it is near. 29 February
is 28 February in the years that have none.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, Literal

from preorder.errors import NotAMoment
from preorder.moment_days import take_day
from preorder.typed_text import plain, words

CelebrationKind = Literal["birthday", "anniversary"]
CELEBRATIONS: Final[tuple[CelebrationKind, ...]] = ("birthday", "anniversary")
_LEAP: Final = date(2028, 1, 1)
_LONGEST: Final = 40  # characters
# A month by its name or number: `besok` and `tanggal 14` are days of other things.
_DATE: Final = re.compile(
    r"\d\s*[-/]\s*\d|\b(?:jan|[fp]eb|mar|apr|mei|may|jun|jul|a[gu][ugts]|sep|o[kc]t|no[vp]|de[sc])[a-z]*\b"
)
_SMALL_WORDS: Final = frozenset(words("tanggal tgl on the ya kak lahir ultah birthday my saya"))


def read_day(text: str) -> str:
    """Read a birthday as people write it: `14 mei`, `14/5`, `14-05-1998`, `May 14`; the year is not kept.

    Raises NotAMoment: `unreadable`, `impossible` (31 February).
    """
    said = re.sub(r"(?<=\d)\.(?=\d)", "/", plain(text).replace(" of ", " "))
    if len(said) > _LONGEST or not _DATE.search(said):
        raise NotAMoment("unreadable")
    day, rest = take_day(said, _LEAP)
    left = [word.strip(".,!-") for word in rest.split()]
    if day is None or day.repeats or any(word and word not in _SMALL_WORDS for word in left):
        raise NotAMoment("unreadable")
    return as_text(day.days[0])


def as_text(day: date) -> str:
    """`05-14`."""
    return f"{day:%m-%d}"


def shown(day: str) -> date:
    """A date with this day and month, to be shown without its year."""
    return date.fromisoformat(f"{_LEAP.year}-{day}")


def next_on(day: str, today: date) -> date:
    """When this day and month come next, today counted."""
    this_year = _in(day, today.year)
    return this_year if this_year >= today else _in(day, today.year + 1)


def _in(day: str, year: int) -> date:
    month, number = int(day[:2]), int(day[3:])
    try:
        return date(year, month, number)
    except ValueError:
        return date(year, 2, 28)


def is_near(on: date, today: date, ahead: int) -> bool:
    """Is it time to invite? From so many days before until the day before: on the day itself it is too late."""
    return today < on <= today + timedelta(days=ahead)


def bounds(today: date, ahead: int) -> tuple[str, str]:
    """Every day and month that can be near lies between these two (both counted; over New Year the first is the later
    one), some that are not may, too: moments in UTC are a day off at most."""
    first, last = today - timedelta(days=2), today + timedelta(days=ahead + 2)
    return as_text(first), as_text(last)
