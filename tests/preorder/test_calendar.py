"""Paydays and holidays of 2026 and 2027, worked out by hand from the joint decrees."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from preorder.calendar import (
    SELLING,
    Holiday,
    is_working_day,
    month_end_window,
    next_payday,
    payday,
    upcoming_holidays,
)

JAKARTA = ZoneInfo("Asia/Jakarta")

# The 25th of each month, the weekday it falls on, and why it moves.
PAYDAYS = [
    (date(2026, 1, 23), date(2026, 1, 23)),  # 25 Sunday, 24 Saturday
    (date(2026, 2, 25), date(2026, 2, 25)),  # Wednesday
    (date(2026, 3, 25), date(2026, 3, 25)),  # Wednesday; the Lebaran leave ended on Tuesday 24
    (date(2026, 4, 24), date(2026, 4, 24)),  # 25 Saturday
    (date(2026, 5, 25), date(2026, 5, 25)),  # Monday; Idul Adha is on Wednesday 27
    (date(2026, 6, 25), date(2026, 6, 25)),  # Thursday
    (date(2026, 7, 24), date(2026, 7, 24)),  # 25 Saturday
    (date(2026, 8, 24), date(2026, 8, 24)),  # 25 Tuesday is Maulid Nabi
    (date(2026, 9, 25), date(2026, 9, 25)),  # Friday
    (date(2026, 10, 23), date(2026, 10, 23)),  # 25 Sunday
    (date(2026, 11, 25), date(2026, 11, 25)),  # Wednesday
    (date(2026, 12, 23), date(2026, 12, 24)),  # 25 Friday is Christmas, 24 Thursday is joint leave
    (date(2027, 1, 25), date(2027, 1, 25)),  # Monday
    (date(2027, 2, 25), date(2027, 2, 25)),  # Thursday
    (date(2027, 3, 24), date(2027, 3, 25)),  # 25 Thursday is joint leave before Good Friday 26
    (date(2027, 4, 23), date(2027, 4, 23)),  # 25 Sunday
    (date(2027, 5, 25), date(2027, 5, 25)),  # Tuesday
    (date(2027, 6, 25), date(2027, 6, 25)),  # Friday
    (date(2027, 7, 23), date(2027, 7, 23)),  # 25 Sunday
    (date(2027, 8, 25), date(2027, 8, 25)),  # Wednesday
    (date(2027, 9, 24), date(2027, 9, 24)),  # 25 Saturday
    (date(2027, 10, 25), date(2027, 10, 25)),  # Monday
    (date(2027, 11, 25), date(2027, 11, 25)),  # Thursday
    (date(2027, 12, 23), date(2027, 12, 24)),  # 25 Saturday, 24 Friday is joint leave
]


@pytest.mark.parametrize(("with_joint_leave", "without"), PAYDAYS)
def test_payday_is_the_25th_or_the_working_day_before(with_joint_leave: date, without: date) -> None:
    """Every month of two years, joint leave counted and not counted."""
    assert payday(without.year, without.month) == with_joint_leave
    assert payday(without.year, without.month, joint_leave=False) == without


def test_a_shop_may_have_another_payday() -> None:
    """A seller whose buyers are paid on the first has the first; a day that some months lack is refused."""
    assert payday(2026, 7, day=1) == date(2026, 7, 1)
    assert payday(2027, 1, day=1) == date(2026, 12, 31)  # New Year's Day; the day before it is in the month before
    with pytest.raises(ValueError, match="1 to 28"):
        payday(2026, 2, day=29)


LEBARAN_2026 = [
    (date(2026, 3, 17), True, True),  # Tuesday
    (date(2026, 3, 18), False, True),  # Wednesday, joint leave for Nyepi
    (date(2026, 3, 19), False, False),  # Thursday, Nyepi
    (date(2026, 3, 20), False, True),  # Friday, joint leave for Idul Fitri
    (date(2026, 3, 21), False, False),  # Saturday, Idul Fitri
    (date(2026, 3, 22), False, False),  # Sunday, second day
    (date(2026, 3, 23), False, True),  # Monday, joint leave
    (date(2026, 3, 24), False, True),  # Tuesday, joint leave
    (date(2026, 3, 25), True, True),  # Wednesday
]
LEBARAN_2027 = [
    (date(2027, 3, 8), False, False),  # Monday, Nyepi
    (date(2027, 3, 9), False, True),  # Tuesday, joint leave
    (date(2027, 3, 10), False, False),  # Wednesday, Idul Fitri
    (date(2027, 3, 11), False, False),  # Thursday, second day
    (date(2027, 3, 12), False, True),  # Friday, joint leave
    (date(2027, 3, 15), False, True),  # Monday, joint leave
    (date(2027, 3, 16), True, True),  # Tuesday
]


@pytest.mark.parametrize(("day", "with_joint_leave", "without"), LEBARAN_2026 + LEBARAN_2027)
def test_the_days_around_lebaran(day: date, with_joint_leave: bool, without: bool) -> None:
    """Joint leave closes offices where it is counted, holidays and weekends always do."""
    assert is_working_day(day) is with_joint_leave
    assert is_working_day(day, joint_leave=False) is without


@pytest.mark.parametrize(
    ("now", "hour", "joint_leave", "meant"),
    [
        # In Jakarta (UTC+7) 10 o'clock is 03.00 UTC.
        (datetime(2026, 11, 22, tzinfo=UTC), 10, True, datetime(2026, 11, 25, 3, tzinfo=UTC)),
        (datetime(2026, 11, 25, 2, 59, tzinfo=UTC), 10, True, datetime(2026, 11, 25, 3, tzinfo=UTC)),
        (datetime(2026, 11, 25, 3, 0, tzinfo=UTC), 10, True, datetime(2026, 12, 23, 3, tzinfo=UTC)),
        (datetime(2026, 11, 25, 3, 0, tzinfo=UTC), 10, False, datetime(2026, 12, 24, 3, tzinfo=UTC)),
        # 24 December: the payday of the 23rd has passed, though the 25th has not.
        (datetime(2026, 12, 24, 3, 0, tzinfo=UTC), 10, True, datetime(2027, 1, 25, 3, tzinfo=UTC)),
        # 31 December 18.00 UTC is already January in Jakarta.
        (datetime(2026, 12, 31, 18, 0, tzinfo=UTC), 10, True, datetime(2027, 1, 25, 3, tzinfo=UTC)),
        # 6 o'clock in Jakarta is still the evening before in UTC.
        (datetime(2026, 3, 1, tzinfo=UTC), 6, True, datetime(2026, 3, 24, 23, tzinfo=UTC)),
    ],
)
def test_the_next_payday_is_ahead(now: datetime, hour: int, joint_leave: bool, meant: datetime) -> None:
    """It is the first one later than now, at the chosen hour on the shop's wall."""
    assert next_payday(now, hour, JAKARTA, joint_leave) == meant


def test_the_next_payday_is_always_strictly_ahead() -> None:
    """Walking through 13 months in steps of seven hours, the moment found is ahead and never the second next."""
    now = datetime(2026, 11, 22, tzinfo=UTC)
    while now < datetime(2027, 12, 20, tzinfo=UTC):
        found = next_payday(now, 10, JAKARTA)
        assert timedelta(0) < found - now <= timedelta(days=35)
        now += timedelta(hours=7)


def test_upcoming_holidays_are_named_in_both_languages() -> None:
    """From Christmas Eve the next holidays are Christmas and New Year; joint leave is no holiday to sell for."""
    assert upcoming_holidays(date(2026, 12, 24), months=1)[:2] == (
        Holiday("Hari Raya Natal", "Christmas Day", date(2026, 12, 25), estimated=False),
        Holiday("Tahun Baru Masehi", "New Year's Day", date(2027, 1, 1), estimated=False),
    )


def test_an_undecreed_lebaran_is_marked_estimated() -> None:
    """Idul Fitri of 2027 depends on the moon until the decree; its name carries no remark."""
    eid = next(h for h in upcoming_holidays(date(2027, 3, 1)) if h.day == date(2027, 3, 10))
    assert (eid.name_id, eid.name_en, eid.estimated) == ("Hari Raya Idul Fitri", "Eid al-Fitr", True)


def test_the_last_day_looked_at_is_the_day_before_the_same_date() -> None:
    """Twelve months from 25 December hold one Christmas: today's."""
    days = [holiday.day for holiday in upcoming_holidays(date(2026, 12, 25))]
    assert days[0] == date(2026, 12, 25)
    assert date(2027, 12, 25) not in days
    assert days == sorted(days)


def test_a_holiday_falls_on_the_day_the_shop_gives_it() -> None:
    """Moved, it is no longer estimated, keeps its key, and is found on its new day also over the turn of a year."""
    eid = next(h for h in upcoming_holidays(date(2027, 3, 1)) if h.name_en == "Eid al-Fitr")
    moved = {eid.key: date(2027, 3, 12)}
    again = next(h for h in upcoming_holidays(date(2027, 3, 1), moved=moved) if h.name_en == "Eid al-Fitr")
    assert (again.day, again.calendar_day, again.estimated, again.key) == (
        date(2027, 3, 12),
        date(2027, 3, 10),
        False,
        eid.key,
    )
    over = {("Christmas Day", 2026): date(2027, 1, 4)}
    assert date(2027, 1, 4) in [h.day for h in upcoming_holidays(date(2027, 1, 2), moved=over)]


def test_two_of_a_name_in_one_year_have_keys_of_their_own() -> None:
    """2027 has Isra and Mi'raj twice; moving the second leaves the first where it is."""
    both = [h for h in upcoming_holidays(date(2027, 1, 1)) if h.name_en.startswith("Isra")]
    assert [h.key for h in both] == [("Isra' and Mi'raj", 2027), ("Isra' and Mi'raj 2", 2027)]
    moved = {both[1].key: date(2027, 12, 27)}
    days = [h.day for h in upcoming_holidays(date(2027, 1, 1), moved=moved) if h.name_en.startswith("Isra")]
    assert days == [date(2027, 1, 5), date(2027, 12, 27)]


def test_a_moved_holiday_moves_payday() -> None:
    """With a holiday on Wednesday 25 November 2026 payday is the day before; without it the 25th works again."""
    on_payday = {("Independence Day", 2026): date(2026, 11, 25)}
    assert payday(2026, 11, moved=on_payday) == date(2026, 11, 24)
    assert is_working_day(date(2026, 8, 17), moved=on_payday)
    assert next_payday(datetime(2026, 11, 22, tzinfo=UTC), 10, JAKARTA, moved=on_payday) == datetime(
        2026, 11, 24, 3, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("now", "opens", "closes"),
    [
        (date(2026, 11, 22), date(2026, 11, 30), date(2026, 12, 5)),  # Monday
        (date(2026, 12, 2), date(2026, 12, 31), date(2027, 1, 5)),  # Thursday
        (date(2027, 1, 10), date(2027, 1, 29), date(2027, 2, 5)),  # the 31st is a Sunday
        (date(2027, 5, 10), date(2027, 5, 31), date(2027, 6, 5)),
        (date(2027, 1, 30), date(2027, 2, 26), date(2027, 3, 5)),  # January's has just begun: February's
    ],
)
def test_the_month_end_window_runs_from_the_last_working_day_to_the_fifth(now: date, opens: date, closes: date) -> None:
    """The next one that has not begun, at the shop's hours."""
    noon = datetime(now.year, now.month, now.day, 5, tzinfo=UTC)
    assert month_end_window(noon, (10, 21), JAKARTA) == (
        datetime(opens.year, opens.month, opens.day, 3, tzinfo=UTC),
        datetime(closes.year, closes.month, closes.day, 14, tzinfo=UTC),
    )


def test_joint_leave_is_listed_once_where_it_is_asked_for() -> None:
    """The leave around Idul Fitri stands once, on its first day."""
    names = [h.name_en for h in upcoming_holidays(date(2027, 1, 1), with_leave=True)]
    assert names.count("Eid al-Fitr Joint Holiday") == 1
    assert "Eid al-Fitr Joint Holiday" not in [h.name_en for h in upcoming_holidays(date(2027, 1, 1))]
    assert set(names) >= SELLING


def test_holidays_that_fall_together_are_two() -> None:
    """No name of a day is a list of names, over twenty years."""
    for year in range(2026, 2046):
        assert all(";" not in h.name_id for h in upcoming_holidays(date(year, 1, 1)))
