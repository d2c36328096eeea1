"""Birthdays as people write them, and the day they fall on (product 7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from preorder.celebrating import as_text, bounds, is_near, next_on, read_day
from preorder.errors import NotAMoment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14 mei", "05-14"),
        ("14 Mei 1998", "05-14"),
        ("tgl 14 mei ya kak", "05-14"),
        ("14/5", "05-14"),
        ("14.5", "05-14"),
        ("14-05-1998", "05-14"),
        ("May 14", "05-14"),
        ("14th of may", "05-14"),
        ("1 jan", "01-01"),
        ("31 des", "12-31"),
        ("29 feb", "02-29"),
        ("29/2", "02-29"),
    ],
)
def test_a_birthday_is_read_as_people_write_it(text: str, day: str) -> None:
    """Day before month where both are numbers; a year is not kept."""
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text", ["", "mei", "14", "besok", "3 hari lagi", "jumat", "31 feb", "5/14", "0/5", "halo", "x" * 99]
)
def test_what_is_no_day_of_the_year_is_asked_for_again(text: str) -> None:
    """Nothing is guessed: a number alone, a day of this week, a day that no month has."""
    with pytest.raises(NotAMoment):
        read_day(text)


def test_the_29th_of_february_is_the_28th_in_other_years() -> None:
    """It has its own day in a leap year."""
    assert next_on("02-29", date(2027, 1, 1)) == date(2027, 2, 28)
    assert next_on("02-29", date(2027, 3, 1)) == date(2028, 2, 29)
    assert next_on("02-29", date(2028, 2, 29)) == date(2028, 2, 29)


def test_every_day_is_near_for_exactly_the_days_before_it() -> None:
    """Of every birthday and every day of four years: near from seven days before until the day before, and whoever is
    near is among those that the books are asked for."""
    days = [as_text(date(2028, 1, 1) + timedelta(days=n)) for n in range(0, 366, 3)] + ["02-28", "02-29", "03-01"]
    for n in range(0, 4 * 365, 2):
        today = date(2026, 1, 1) + timedelta(days=n)
        first, last = bounds(today, 7)
        for day in days:
            on = next_on(day, today)
            left = (on - today).days
            assert is_near(on, today, 7) is (1 <= left <= 7)
            is_between = first <= day <= last if first <= last else day >= first or day <= last
            assert is_between or not is_near(on, today, 7)
