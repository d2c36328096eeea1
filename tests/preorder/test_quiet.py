"""Quiet hours: over midnight, within a day, in the shop's own zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preorder.quiet import QuietHours

WIB = ZoneInfo("Asia/Jakarta")
NIGHT = QuietHours(time(21), time(7), WIB)
NOON = QuietHours(time(11, 30), time(13), WIB)
NEVER = QuietHours(time(0), time(0), WIB)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in November 2026, as the shop's clock shows it."""
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("hours", "moment", "wakes"),
    [
        (NIGHT, at(25, 20, 59), at(25, 20, 59)),
        (NIGHT, at(25, 21), at(26, 7)),
        (NIGHT, at(25, 23, 59), at(26, 7)),
        (NIGHT, at(26, 0), at(26, 7)),
        (NIGHT, at(26, 6, 59), at(26, 7)),
        (NIGHT, at(26, 7), at(26, 7)),
        (NIGHT, at(30, 22), at(30, 7) + timedelta(days=1)),
        (NOON, at(25, 11, 29), at(25, 11, 29)),
        (NOON, at(25, 12), at(25, 13)),
        (NOON, at(25, 13), at(25, 13)),
        (NEVER, at(25, 0), at(25, 0)),
        (NEVER, at(25, 3), at(25, 3)),
    ],
)
def test_the_morning_after(hours: QuietHours, moment: datetime, wakes: datetime) -> None:
    """What falls into the quiet hours waits for their end, nothing else waits."""
    assert hours.wake(moment) == wakes
    assert hours.is_quiet(moment) == (moment != wakes)


def test_the_hours_are_the_shops() -> None:
    """Nine at night is two hours earlier in Jayapura than in Jakarta."""
    jayapura = QuietHours(time(21), time(7), ZoneInfo("Asia/Jayapura"))
    evening = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)  # 19.30 WIB, 21.30 WIT
    assert not NIGHT.is_quiet(evening)
    assert jayapura.is_quiet(evening)
    assert jayapura.wake(evening) == datetime(2026, 11, 25, 22, tzinfo=UTC)


@given(st.times(), st.times(), st.timedeltas(timedelta(0), timedelta(days=800)))
def test_people_wake_within_a_day_and_not_before(start: time, end: time, later: timedelta) -> None:
    """Waking is never in the past, never more than a day off, and never quiet itself."""
    moment = datetime(2026, 1, 1, tzinfo=UTC) + later
    hours = QuietHours(start.replace(microsecond=0), end.replace(microsecond=0), WIB)
    wakes = hours.wake(moment)
    assert moment <= wakes <= moment + timedelta(days=1)
    assert not hours.is_quiet(wakes)
