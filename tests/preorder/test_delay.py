"""Which dates a batch has, and what moving one does to the others (product 3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preorder.delay import Dates, MovedDate, is_later, moment_of, moved, shifts

WIB = ZoneInfo("Asia/Jakarta")
# Wednesday, 21.00 WIB.
DATES = Dates(datetime(2026, 11, 25, 14, tzinfo=UTC), 7, 3)


def day(dates: Dates, what: MovedDate) -> str:
    return f"{moment_of(dates, what, WIB).astimezone(WIB):%d %b %H.%M}"


def test_making_counts_from_the_closing_and_travelling_from_the_sending() -> None:
    """Seven days after closing it is sent, three days later it is there."""
    assert [day(DATES, what) for what in ("closing", "sending", "arrival")] == [
        "25 Nov 21.00",
        "02 Dec 21.00",
        "05 Dec 21.00",
    ]


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("closing", ["02 Dec 21.00", "09 Dec 21.00", "12 Dec 21.00"]),
        ("sending", ["25 Nov 21.00", "09 Dec 21.00", "12 Dec 21.00"]),
        ("arrival", ["25 Nov 21.00", "02 Dec 21.00", "12 Dec 21.00"]),
    ],
)
def test_what_comes_after_a_moved_date_moves_with_it(what: MovedDate, expected: list[str]) -> None:
    """A week later: everything behind it is a week later, what comes before it stays."""
    after = moved(DATES, what, moment_of(DATES, what, WIB) + timedelta(days=7), WIB)
    assert [day(after, one) for one in ("closing", "sending", "arrival")] == expected


def test_of_a_day_the_hour_does_not_count() -> None:
    """A sending moved to Saturday is on Saturday, at whatever hour that was said."""
    for hour in (0, 12, 23):
        saturday = datetime(2026, 12, 5, hour, 30, tzinfo=WIB)
        assert moved(DATES, "sending", saturday, WIB).production_days == 10


def test_only_what_differs_is_told() -> None:
    """A later arrival says nothing of the closing; without days on the way there is no arrival to tell of."""
    assert [shift.what for shift in shifts(DATES, Dates(DATES.closes_at, 7, 5), WIB)] == ["arrival"]
    plain = Dates(DATES.closes_at, 7, 0)
    assert [shift.what for shift in shifts(plain, Dates(DATES.closes_at, 9, 0), WIB)] == ["sending"]
    assert shifts(DATES, DATES, WIB) == ()


def test_later_is_a_later_moment_for_a_closing_and_a_later_day_for_the_rest() -> None:
    """The same evening an hour later is a later closing, and no later sending."""
    for what, expected in (("closing", True), ("sending", False), ("arrival", False)):
        assert is_later(DATES, what, moment_of(DATES, what, WIB) + timedelta(hours=1), WIB) is expected  # type: ignore[arg-type]  # the three there are


@given(
    what=st.sampled_from(("closing", "sending", "arrival")),
    days=st.integers(1, 300),
    zone=st.sampled_from(("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "America/New_York", "Pacific/Kiritimati")),
)
def test_a_date_moved_by_days_is_later_by_just_those_days(what: MovedDate, days: int, zone: str) -> None:
    """In every zone, over a change of its clock too."""
    here = ZoneInfo(zone)
    before = moment_of(DATES, what, here).astimezone(here)
    to = (before + timedelta(days=days)).astimezone(UTC)
    after = moved(DATES, what, to, here)
    assert is_later(DATES, what, to, here)
    assert (moment_of(after, what, here).astimezone(here).date() - before.date()).days == days
