"""How values read, checked against the glossary's own examples."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from messages.formats import Locale, clock, count, day, duration, moment, phone, rule, rupiah
from preorder.money import DownPayment, Fixed, Full, Percent, Rupiah

JAKARTA = ZoneInfo("Asia/Jakarta")
TEN = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (150_000, "Rp 150.000"),
        (0, "Rp 0"),
        (999, "Rp 999"),
        (1_000, "Rp 1.000"),
        (1_000_000_000, "Rp 1.000.000.000"),
        (-25_000, "-Rp 25.000"),
    ],
)
def test_money_reads_as_on_a_receipt(amount: int, text: str) -> None:
    """Rupiah have a space after Rp, dots at the thousands and no cents."""
    assert rupiah(amount) == text


def test_large_numbers_have_dots() -> None:
    """Counts are grouped as Indonesians group them."""
    assert count(12_345) == "12.345"


@pytest.mark.parametrize(
    ("locale", "text"),
    [("id", "Rabu, 25 November 2026 10.00 WIB"), ("en", "Wednesday, 25 November 2026 10.00 WIB")],
)
def test_a_moment_names_day_hour_and_zone(locale: Locale, text: str) -> None:
    """A moment kept in UTC reads as a clock in the shop shows it."""
    assert moment(TEN, locale, JAKARTA) == text


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Jakarta", "10.00 WIB"),
        ("Asia/Pontianak", "10.00 WIB"),
        ("Asia/Makassar", "11.00 WITA"),
        ("Asia/Jayapura", "12.00 WIT"),
        ("Asia/Singapore", "11.00 +08"),
        ("UTC", "03.00 UTC"),
    ],
)
def test_the_three_zones_have_their_names(zone: str, text: str) -> None:
    """WIB, WITA and WIT are called so; another zone by what its clocks call it."""
    assert clock(TEN, ZoneInfo(zone)) == text


@pytest.mark.parametrize(
    ("of", "locale", "text"),
    [
        (date(2026, 12, 25), "id", "Jumat, 25 Desember 2026"),
        (date(2026, 12, 25), "en", "Friday, 25 December 2026"),
        (date(2027, 3, 9), "id", "Selasa, 9 Maret 2027"),
        (date(2026, 8, 16), "id", "Minggu, 16 Agustus 2026"),
    ],
)
def test_a_day_is_named(of: date, locale: Locale, text: str) -> None:
    """Day and month are words, so that nobody takes the month for the day."""
    assert day(of, locale) == text


@pytest.mark.parametrize(
    ("length", "indonesian", "english"),
    [
        (timedelta(hours=24), "24 jam", "24 hours"),
        (timedelta(hours=1), "1 jam", "1 hour"),
        (timedelta(days=2), "2 hari", "2 days"),
        (timedelta(minutes=90), "1 jam 30 menit", "1 hour 30 minutes"),
        (timedelta(days=1, hours=6), "1 hari 6 jam", "1 day 6 hours"),
        (timedelta(minutes=1), "1 menit", "1 minute"),
        (timedelta(seconds=10), "0 menit", "0 minutes"),
        (timedelta(minutes=-5), "0 menit", "0 minutes"),
    ],
)
def test_a_length_of_time_reads_as_people_say_it(length: timedelta, indonesian: str, english: str) -> None:
    """A hold is 24 jam, not 1 hari; nothing is ever less than no time."""
    assert duration(length, "id") == indonesian
    assert duration(length, "en") == english


@pytest.mark.parametrize(
    ("down_payment", "indonesian", "english"),
    [
        (Percent(50), "DP 50%", "DP 50%"),
        (Fixed(Rupiah(25_000)), "DP Rp 25.000 per pcs", "DP Rp 25.000 a piece"),
        (Full(), "bayar penuh di awal", "full payment up front"),
    ],
)
def test_a_down_payment_rule_reads_as_one_phrase(down_payment: DownPayment, indonesian: str, english: str) -> None:
    """Percent, a sum a piece, or everything at once."""
    assert rule(down_payment, "id") == indonesian
    assert rule(down_payment, "en") == english


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("+6281234567890", "0812-3456-7890"),
        ("+6591234567", "+65 9123 4567"),
        ("belum ada", "belum ada"),
    ],
)
def test_a_phone_reads_as_it_is_dialled(number: str, text: str) -> None:
    """Numbers of the country as at home, others with their country, anything else as it is."""
    assert phone(number) == text
