"""Working back from the day on which parcels have to be there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preorder.arriving import CourierRest, Rest, earliest_arrival, parse_rest, rest_text, way_back
from preorder.errors import NotACount

LEBARAN = Rest(date(2027, 3, 7), date(2027, 3, 13))  # Idul Fitri is estimated for 10 March 2027


def test_without_a_rest_the_days_are_simply_counted_back() -> None:
    """There by the 20th, 3 days on the way, 14 in the making, 7 open."""
    back = way_back(date(2026, 12, 20), 14, 3, 7)
    assert (back.arrives, back.sends, back.closes, back.opens) == (
        date(2026, 12, 20),
        date(2026, 12, 17),
        date(2026, 12, 3),
        date(2026, 11, 26),
    )
    assert back.rests == ()


def test_parcels_for_lebaran_travel_before_the_courier_rests() -> None:
    """There on Idul Fitri itself is impossible: the last day before the rest is aimed at."""
    back = way_back(date(2027, 3, 10), 14, 4, 7, CourierRest())
    assert (back.arrives, back.sends, back.closes, back.opens) == (
        date(2027, 3, 6),
        date(2027, 3, 2),
        date(2027, 2, 16),
        date(2027, 2, 9),
    )
    assert back.rests == (LEBARAN,)


def test_a_rest_on_the_way_is_stepped_over() -> None:
    """There on the 15th with 4 days on the way: two of them lie before the seven days of rest."""
    back = way_back(date(2027, 3, 15), 14, 4, 7, CourierRest())
    assert (back.arrives, back.sends, back.rests) == (date(2027, 3, 15), date(2027, 3, 4), (LEBARAN,))


def test_a_moved_lebaran_moves_the_rest() -> None:
    """The shop's day for Idul Fitri counts, not the calendar's."""
    moved = {("Eid al-Fitr", 2027): date(2027, 3, 11)}
    assert way_back(date(2027, 3, 11), 7, 2, 7, CourierRest(), moved).arrives == date(2027, 3, 7)


def test_the_rest_can_be_shorter_or_none() -> None:
    """A courier who works through takes the parcel on any day."""
    assert way_back(date(2027, 3, 10), 7, 2, 7, CourierRest(0, 0)).arrives == date(2027, 3, 9)
    assert way_back(date(2027, 3, 10), 7, 2, 7, None).arrives == date(2027, 3, 10)


DAYS = st.dates(date(2026, 11, 1), date(2028, 12, 31))


@given(DAYS, st.integers(1, 60), st.integers(0, 20), st.integers(1, 30), st.integers(0, 7), st.integers(0, 7))
def test_whoever_walks_forward_again_arrives_in_time(
    wanted: date, making: int, travelling: int, open_days: int, before: int, after: int
) -> None:
    """Handed over on no day of rest, a parcel has its days of travel outside the rests and is there by the day."""
    back = way_back(wanted, making, travelling, open_days, CourierRest(before, after))
    assert not any(rest.holds(back.sends) or rest.holds(back.arrives) for rest in back.rests)
    on_the_way = [back.sends + timedelta(days=n) for n in range(1, (back.arrives - back.sends).days + 1)]
    assert sum(not any(rest.holds(day) for rest in back.rests) for day in on_the_way) == travelling
    assert back.arrives <= back.wanted
    assert (back.sends - back.closes).days == making
    assert (back.closes - back.opens).days == open_days


@given(DAYS, st.integers(1, 60), st.integers(0, 20))
def test_the_earliest_arrival_is_the_first_that_can_be_kept(closing: date, making: int, travelling: int) -> None:
    """It leads back to a closing that is possible, and the day before it does not."""
    there = earliest_arrival(closing, making, travelling, CourierRest())
    assert way_back(there, making, travelling, 0, CourierRest()).closes >= closing
    day_before = there - timedelta(days=1)
    assert way_back(day_before, making, travelling, 0, CourierRest()).closes < closing


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("H-3 H+3", CourierRest(3, 3)),
        ("h-3 s.d. h+7", CourierRest(3, 7)),
        ("3 5", CourierRest(3, 5)),
        ("3 hari sebelum, 5 hari sesudah", CourierRest(3, 5)),
        ("3 days before, 5 days after", CourierRest(3, 5)),
        ("0 0", CourierRest(0, 0)),
        ("tidak ada", None),
        ("None", None),
    ],
)
def test_a_courier_rest_is_read(typed: str, rest: CourierRest | None) -> None:
    """Two numbers of days around Idul Fitri, or none; what is stored is read back."""
    assert parse_rest(typed) == rest
    assert parse_rest(rest_text(rest)) == rest


@pytest.mark.parametrize("typed", ["", "tiga", "3", "H-3 H+3 H+5", "3 99", "😀", "-"])
def test_what_is_no_rest_is_refused(typed: str) -> None:
    """One number alone is not guessed at."""
    with pytest.raises(NotACount):
        parse_rest(typed)
