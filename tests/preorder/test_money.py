"""Rupiah as sellers type them, and the down payment rule."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preorder.errors import NotMoney
from preorder.money import (
    MOST,
    DownPayment,
    Fixed,
    Full,
    Percent,
    Rupiah,
    down_payment,
    parse_rule,
    parse_rupiah,
    rule_text,
)


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [
        ("150000", 150_000),
        ("150.000", 150_000),
        ("150,000", 150_000),
        ("150 000", 150_000),
        ("Rp 150.000", 150_000),
        ("Rp150.000,-", 150_000),
        ("Rp. 150.000,00", 150_000),
        ("rp 150.000.-", 150_000),
        ("150.000.", 150_000),
        ("IDR 150,000.00", 150_000),
        ("150.000 rupiah", 150_000),
        ("150rb", 150_000),
        ("150 ribu", 150_000),
        ("150RB.", 150_000),
        ("rp150rb", 150_000),
        ("150k", 150_000),
        ("12,5rb", 12_500),
        ("1,5jt", 1_500_000),
        ("1.5 juta", 1_500_000),
        ("1.250jt", 1_250_000),
        ("1jt", 1_000_000),
        ("1jt500", 1_500_000),
        ("1jt500rb", 1_500_000),
        ("2jt250rb", 2_250_000),
        ("2 juta 250 ribu", 2_250_000),
        ("1jt 250.000", 1_250_000),
        ("150rb500", 150_500),
        ("1,500,000", 1_500_000),
        ("1.500.000", 1_500_000),
        ("1.500", 1_500),
        ("Rp 500", 500),
        ("10000.00", 10_000),
        ("١٥٠٠٠٠", 150_000),
        ("１５０ｒｂ", 150_000),
        ("1 miliar", 1_000_000_000),
        ("1000000000", 1_000_000_000),
    ],
)
def test_an_amount_is_read_as_sellers_write_it(typed: str, rupiah: int) -> None:
    """Each common spelling gives the amount a seller means."""
    assert parse_rupiah(typed) == rupiah


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "unreadable"),
        ("seratus ribu", "unreadable"),
        ("gratis", "unreadable"),
        ("1e9", "unreadable"),
        ("150rb/box", "unreadable"),
        ("100-150rb", "unreadable"),
        ("150rb 200rb", "unreadable"),
        ("500rb1jt", "unreadable"),
        ("081234567", "unreadable"),
        ("150.0000", "unreadable"),
        ("1.500,000", "unreadable"),
        ("15.00.000", "unreadable"),
        ("150rb5", "unreadable"),
        ("½", "unreadable"),
        ("15²", "unreadable"),
        ("💰", "unreadable"),
        ("<b>150000</b>", "unreadable"),
        ("x" * 5000, "unreadable"),
        ("0", "not_positive"),
        ("Rp 0", "not_positive"),
        ("0rb", "not_positive"),
        ("000", "not_positive"),
        ("-1", "not_positive"),
        ("−50rb", "not_positive"),
        ("Rp -5.000", "not_positive"),
        ("0,5", "not_whole"),
        ("150.000,50", "not_whole"),
        ("10000,50", "not_whole"),
        ("1,2345rb", "not_whole"),
        ("1000000001", "too_large"),
        ("2 miliar", "too_large"),
        ("99999jt", "too_large"),
        ("9" * 5000, "too_large"),
        ("1,5", "doubtful"),
        ("150", "doubtful"),
        ("1.250rb", "doubtful"),
        ("1jt5", "doubtful"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(typed: str, reason: str) -> None:
    """Each refusal says which of the five things is wrong, so that the answer can."""
    with pytest.raises(NotMoney) as refused:
        parse_rupiah(typed)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("150", (150, 150_000)),
        ("1.5", (1_500, 1_500_000)),
        ("150.00", (150_000, 150_000_000)),
        ("1.250rb", (1_250, 1_250_000)),
        ("1jt5", (1_005_000, 1_500_000)),
        ("1jt50", (1_050_000, 1_500_000)),
    ],
)
def test_a_doubtful_amount_offers_its_readings(typed: str, choices: tuple[int, ...]) -> None:
    """Nothing is guessed about money: both readings are offered, each of which can be typed clearly."""
    with pytest.raises(NotMoney) as refused:
        parse_rupiah(typed)
    assert refused.value.choices == choices
    assert [parse_rupiah(f"Rp {choice}") for choice in choices] == list(choices)


@given(st.integers(min_value=1, max_value=MOST))
def test_a_shown_amount_is_read_back(amount: int) -> None:
    """What the bot shows (`Rp 150.000`) can be copied and typed back unchanged."""
    assert parse_rupiah(f"Rp {amount:,}".replace(",", ".")) == amount
    assert parse_rupiah(f"Rp {amount:,},-".replace(",", ".", 3)) == amount


@given(st.text(max_size=60))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    """No text, however odd, gives an amount outside the bounds or another error."""
    with suppress(NotMoney):
        assert 1 <= parse_rupiah(text) <= MOST


RULES = st.one_of(
    st.integers(1, 100).map(Percent),
    st.integers(1, MOST).map(lambda amount: Fixed(Rupiah(amount))),
    st.just(Full()),
)


@given(RULES, st.integers(0, MOST), st.integers(1, 100))
def test_a_down_payment_is_never_more_than_the_total(rule: DownPayment, total: int, pieces: int) -> None:
    """Whatever the rule, the first payment lies between nothing and everything, in whole rupiah."""
    assert 0 <= down_payment(rule, Rupiah(total), pieces) <= total


@pytest.mark.parametrize(
    ("rule", "total", "pieces", "first"),
    [
        (Percent(50), 150_000, 1, 75_000),
        (Percent(50), 150_001, 1, 75_001),
        (Percent(33), 100, 1, 33),
        (Percent(1), 1, 1, 1),
        (Percent(100), 150_000, 3, 150_000),
        (Fixed(Rupiah(25_000)), 300_000, 2, 50_000),
        (Fixed(Rupiah(25_000)), 40_000, 2, 40_000),
        (Full(), 300_000, 2, 300_000),
        (Percent(50), 0, 0, 0),
    ],
)
def test_the_down_payment_follows_the_rule(rule: DownPayment, total: int, pieces: int, first: int) -> None:
    """Percent is rounded up to the rupiah, a fixed amount counts by the piece and stops at the total."""
    assert down_payment(rule, Rupiah(total), pieces) == first


def test_an_impossible_order_or_rule_is_refused() -> None:
    """Negative totals and percents out of range are a fault of the caller."""
    with pytest.raises(ValueError, match="negative"):
        down_payment(Full(), Rupiah(-1), 1)
    with pytest.raises(ValueError, match="1 to 100"):
        Percent(0)
    with pytest.raises(ValueError, match="a piece"):
        Fixed(Rupiah(0))


@given(RULES)
def test_a_stored_rule_is_read_back(rule: DownPayment) -> None:
    """What `rule_text` writes, `parse_rule` reads."""
    assert parse_rule(rule_text(rule)) == rule


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("50%", Percent(50)),
        ("DP 50%", Percent(50)),
        ("50 persen", Percent(50)),
        ("50% dp", Percent(50)),
        ("setengah", Percent(50)),
        ("dp setengah", Percent(50)),
        ("50,0%", Percent(50)),
        ("dp 50rb", Fixed(Rupiah(50_000))),
        ("50rb/pcs", Fixed(Rupiah(50_000))),
        ("50.000 per pcs", Fixed(Rupiah(50_000))),
        ("Rp 25.000 / box", Fixed(Rupiah(25_000))),
        ("uang muka: 25rb", Fixed(Rupiah(25_000))),
        ("lunas", Full()),
        ("Full", Full()),
        ("bayar lunas", Full()),
        ("dp lunas", Full()),
        ("tanpa DP", Full()),
    ],
)
def test_a_rule_is_read_as_sellers_write_it(typed: str, rule: DownPayment) -> None:
    """Percent, amount a piece, or everything at once."""
    assert parse_rule(typed) == rule


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("50", "doubtful"),
        ("0%", "not_positive"),
        ("-5%", "not_positive"),
        ("101%", "too_large"),
        ("12,5%", "not_whole"),
        ("terserah", "unreadable"),
        ("", "unreadable"),
        ("dp", "unreadable"),
    ],
)
def test_what_is_no_rule_is_refused_with_its_reason(typed: str, reason: str) -> None:
    """A bare number may be percent or thousands; it is asked about."""
    with pytest.raises(NotMoney) as refused:
        parse_rule(typed)
    assert refused.value.reason == reason
