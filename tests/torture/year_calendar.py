"""When a shop opens in the simulated year: for each payday and each public holiday, as the calendar has them.

In: so many days, the buyers. Out: occasions in order, each with the buyers who come with it and the opening's moment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from preorder.calendar import payday, upcoming_holidays
from tests.torture.year_ledger import WIB
from tests.torture.year_people import Buyer

FIRST_DAY: Final = date(2026, 11, 23)
OPEN_DAYS: Final = 5


@dataclass
class Occasion:
    """A payday or a holiday, and the batch that opens for it."""

    kind: str
    day: date
    name: str
    buyers: list[Buyer]
    opens_at: datetime
    title: str = ""
    quota: int = 0
    queued: list[Buyer] = field(default_factory=list)


def occasions_of(days: int, buyers: list[Buyer]) -> list[Occasion]:
    """Each payday and each public holiday whose batch opens and closes within these days, in order."""
    last = FIRST_DAY + timedelta(days=days - OPEN_DAYS - 1)
    found: list[tuple[date, str, date, str]] = []
    for number in range(13):
        year, month = divmod(FIRST_DAY.year * 12 + FIRST_DAY.month - 1 + number, 12)
        day = payday(year, month + 1)
        if day - timedelta(days=2) >= FIRST_DAY and day <= last:
            found.append((day, "payday", day, "Gajian"))
    named: set[str] = set()
    for holiday in upcoming_holidays(FIRST_DAY + timedelta(days=10), months=13):
        opens = holiday.day - timedelta(days=7)
        if opens <= last and holiday.name_id not in named and (holiday.day - FIRST_DAY).days <= 366:
            named.add(holiday.name_id)
            found.append((opens, "holiday", holiday.day, holiday.name_id))
    found.sort()
    share = -(-len(buyers) // len(found))
    hours = (10, 19, 10, 22)  # the last one is the seller's own choice of a quiet hour
    return [
        Occasion(kind, day, name, buyers[n * share : (n + 1) * share], at(opens, hours[n % 4]))
        for n, (opens, kind, day, name) in enumerate(found)
    ]


def at(day: date, hour: int) -> datetime:
    """An hour of the shop's day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=WIB)


def weekday_and_day(moment: datetime) -> str:
    """As the shop writes them."""
    names = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
    return f"{names[moment.weekday()]}, {moment.day} "
