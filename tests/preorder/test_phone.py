"""Telephone numbers as people type them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preorder.errors import NotAPhone
from preorder.phone import find_phones, parse_phone, show_phone


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("081234567890", "+6281234567890"),
        ("0812 3456 7890", "+6281234567890"),
        ("0812.3456.7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("(+62) 812 3456 7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("0062 812 3456 7890", "+6281234567890"),
        ("+62 0812 3456 7890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("0812 3456 7890 (WA)", "+6281234567890"),
        ("WA: 0812 3456 7890", "+6281234567890"),
        ("no hp saya 081234567890 ya kak", "+6281234567890"),
        ("wa.me/6281234567890", "+6281234567890"),
        ("https://wa.me/6281234567890", "+6281234567890"),
        ("0812–3456–7890", "+6281234567890"),
        ("٠٨١٢٣٤٥٦٧٨٩٠", "+6281234567890"),
        ("0811234567", "+62811234567"),
        ("(021) 5551234", "+62215551234"),
        ("0271 712345", "+62271712345"),
        ("+65 9123 4567", "+6591234567"),
        ("+60 12-345 6789", "+60123456789"),
        ("081234567890 / 0812-3456-7890", "+6281234567890"),
    ],
)
def test_a_number_is_kept_with_its_country(typed: str, number: str) -> None:
    """However it is written, it is kept as E.164; the same number twice is one."""
    assert parse_phone(typed) == number


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "unreadable"),
        ("halo", "unreadable"),
        ("nol delapan satu", "unreadable"),
        ("📱", "unreadable"),
        ("1e9", "unreadable"),
        ("0812-ABCD-7890", "unreadable"),
        ("x" * 5000, "unreadable"),
        ("0", "too_short"),
        ("12", "too_short"),
        ("0812345", "too_short"),
        ("0812345678901234", "too_long"),
        ("+62812345678901234567", "too_long"),
        ("0212", "too_short"),
        ("00000000000", "unknown_prefix"),
        ("+999 1234 5678", "unknown_prefix"),
        ("1234567890", "unknown_prefix"),
        ("0812 3456 7890 / 0813 1111 2222", "several"),
    ],
)
def test_what_cannot_be_dialled_is_refused_with_its_reason(typed: str, reason: str) -> None:
    """Each refusal says what is wrong with the number."""
    with pytest.raises(NotAPhone) as refused:
        parse_phone(typed)
    assert refused.value.reason == reason


def test_numbers_are_found_inside_a_text() -> None:
    """House numbers and postcodes are no telephone numbers; the place of each number is told."""
    text = "Jl. Mawar No. 3 RT 02/05 Bandung 40123, 0812-3456-7890 atau +65 9123 4567"
    found = find_phones(text)
    assert [f.number for f in found] == ["+6281234567890", "+6591234567"]
    assert text[found[0].start : found[0].end] == "0812-3456-7890"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+6281234567890", "0812-3456-7890"),
        ("+62215551234", "(021) 5551234"),
        ("+6591234567", "+65 9123 4567"),
        ("not a number", "not a number"),
    ],
)
def test_a_number_is_shown_as_it_is_dialled(number: str, shown: str) -> None:
    """Indonesian numbers the way people write them, foreign ones with their country."""
    assert show_phone(number) == shown


@given(st.integers(10_000_000, 999_999_999).map(lambda tail: f"+62812{tail}"))
def test_a_shown_number_is_read_back(number: str) -> None:
    """What the bot shows can be copied and typed back."""
    with suppress(NotAPhone):
        assert parse_phone(show_phone(parse_phone(number))) == number


@given(st.text(max_size=100))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    """No text, however odd, breaks the reading."""
    with suppress(NotAPhone):
        assert parse_phone(text).startswith("+")
