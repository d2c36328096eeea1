"""Numbers of pieces as people type them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preorder.counting import parse_count
from preorder.errors import NotACount


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("3", 3),
        (" 3 ", 3),
        ("3 pcs", 3),
        ("3pcs", 3),
        ("3 buah", 3),
        ("x3", 3),
        ("3x", 3),
        ("× 3", 3),
        ("+3", 3),
        ("mau 3 ya kak", 3),
        ("3 aja kak!", 3),
        ("tiga", 3),
        ("Dua", 2),
        ("dua belas", 12),
        ("dua puluh", 20),
        ("three", 3),
        ("twenty pcs", 20),
        ("selusin", 12),
        ("2 lusin", 24),
        ("1 dozen", 12),
        ("1.000", 1000),
        ("٣", 3),
        ("３", 3),
        ("3️⃣", 3),
        ("007", 7),
    ],
)
def test_a_count_is_read_as_people_write_it(typed: str, count: int) -> None:
    """Digits of any script, number words to twenty, units and polite words."""
    assert parse_count(typed) == count


@pytest.mark.parametrize(
    ("typed", "reason", "bound"),
    [
        ("", "not_a_number", None),
        ("banyak", "not_a_number", None),
        ("1e9", "not_a_number", None),
        ("1e1", "not_a_number", None),
        ("😀", "not_a_number", None),
        ("👍👍👍", "not_a_number", None),
        ("pcs", "not_a_number", None),
        ("2-3", "not_a_number", None),
        ("2 atau 3", "not_a_number", None),
        ("3 5", "not_a_number", None),
        ("-", "not_a_number", None),
        ("1²", "not_a_number", None),
        ("<b>3</b>", "not_a_number", None),
        ("x" * 5000, "not_a_number", None),
        ("2.5", "not_whole", None),
        ("2,5", "not_whole", None),
        ("1/2", "not_whole", None),
        ("½", "not_whole", None),
        ("2½", "not_whole", None),
        ("0", "too_small", 1),
        ("nol", "too_small", 1),
        ("-1", "too_small", 1),
        ("−1", "too_small", 1),
        ("11", "too_large", 10),
        ("tiga lusin", "too_large", 10),
        ("9" * 5000, "too_large", 10),
    ],
)
def test_what_is_no_count_is_refused_with_its_reason(typed: str, reason: str, bound: int | None) -> None:
    """Four reasons, each with its own answer; size carries the bound."""
    with pytest.raises(NotACount) as refused:
        parse_count(typed, at_most=10)
    assert (refused.value.reason, refused.value.bound) == (reason, bound)


def test_the_bounds_themselves_are_allowed() -> None:
    """A minimum of 2 and a maximum of 5 allow 2 and 5."""
    assert parse_count("2", at_least=2, at_most=5) == 2
    assert parse_count("5", at_least=2, at_most=5) == 5
    assert parse_count("0", at_least=0) == 0


@given(st.integers(1, 1_000_000))
def test_a_written_number_is_read_back(count: int) -> None:
    """Plain, with a unit and with thousands separated."""
    assert parse_count(str(count)) == parse_count(f"{count} pcs") == parse_count(f"{count:,}") == count


@given(st.text(max_size=80))
def test_any_text_is_a_count_or_refused(text: str) -> None:
    """No text, however odd, gives a count outside the bounds or another error."""
    with suppress(NotACount):
        assert 1 <= parse_count(text, at_most=99) <= 99
