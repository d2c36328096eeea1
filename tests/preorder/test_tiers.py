"""Gifts and discounts for the first orders, as sellers write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preorder.errors import NotTiers
from preorder.money import Rupiah
from preorder.tiers import Tier, parse_tiers


def gift(places: int, what: str) -> Tier:
    return Tier(places, "gift", what)


def off(places: int, amount: int) -> Tier:
    return Tier(places, "discount", discount=Rupiah(amount))


READ = [
    ("5 pertama: gratis scrunchie; 10 berikutnya: potong 10rb", (gift(5, "scrunchie"), off(10, 10_000))),
    ("5 pertama gratis scrunchie, 10 berikutnya potong 10rb", (gift(5, "scrunchie"), off(10, 10_000))),
    ("first 5: free scrunchie; next 10: 10k off", (gift(5, "scrunchie"), off(10, 10_000))),
    ("5 orang pertama dapat Scrunchie Sage", (gift(5, "Scrunchie Sage"),)),
    ("10 pembeli pertama: diskon Rp 15.000", (off(10, 15_000),)),
    ("10 order pertama diskon 15.000\n20 order berikutnya diskon 5rb", (off(10, 15_000), off(20, 5_000))),
    ("3 tercepat bonus pouch", (gift(3, "pouch"),)),
    ("The first 20 buyers get a free Tote Bag", (gift(20, "Tote Bag"),)),
    ("5 pertama: gratis bros, dan peniti; 5 selanjutnya: gratis bros", (gift(5, "bros, dan peniti"), gift(5, "bros"))),
    ("1. 5 pertama gratis bros\n2. 10 berikutnya potong 5k", (gift(5, "bros"), off(10, 5_000))),
    ("• 5 pertama: gratis bros\n• 10 berikutnya: potong 5.000", (gift(5, "bros"), off(10, 5_000))),
    ("٥ pertama: gratis bros", (gift(5, "bros"),)),
    ("5 pertama potongan harga 20rb lalu 5 berikutnya potong 10rb", (off(5, 20_000), off(5, 10_000))),
    ("untuk 5 pemesan pertama: hadiah kartu ucapan", (gift(5, "kartu ucapan"),)),
    ("5 pertama: gratis ongkir", (gift(5, "ongkir"),)),
]


@pytest.mark.parametrize(("typed", "tiers"), READ)
def test_tiers_are_read_as_sellers_write_them(typed: str, tiers: tuple[Tier, ...]) -> None:
    """Places, gift or rupiah, in both languages, on one line or several."""
    assert parse_tiers(typed) == tiers


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "unreadable"),
        ("😀", "unreadable"),
        ("scrunchie", "unreadable"),
        ("5 pertama", "unreadable"),
        ("5 pertama: gratis", "unreadable"),
        ("5 pertama: gratis 🎁", "unreadable"),
        ("gratis scrunchie untuk semua", "unreadable"),
        ("5 pertama: potong 10%", "percent"),
        ("5 pertama: diskon 10 persen", "percent"),
        ("5 pertama: potong banyak", "money"),
        ("5 pertama: potong 0", "money"),
        ("0 pertama: gratis bros", "places"),
        ("999999 pertama: gratis bros", "places"),
        ("5 berikutnya: gratis bros", "order"),
        ("5 pertama: gratis bros; 10 pertama: potong 5rb", "order"),
        ("5 pertama: gratis " + "x" * 61, "gift_long"),
        ("; ".join(["1 pertama: gratis a", *["1 berikutnya: gratis b"] * 5]), "too_many"),
    ],
)
def test_what_is_doubtful_is_refused_with_its_reason(typed: str, reason: str) -> None:
    """Percent, a second first, nothing to give: said back and not guessed."""
    with pytest.raises(NotTiers) as refused:
        parse_tiers(typed)
    assert refused.value.reason == reason


@given(st.text(max_size=200))
def test_any_text_is_tiers_or_refused(text: str) -> None:
    """Whatever is typed, what comes out can be promised."""
    with suppress(NotTiers):
        for tier in parse_tiers(text):
            assert tier.places > 0
            assert (tier.gift != "") is (tier.kind == "gift")
            assert (tier.discount > 0) is (tier.kind == "discount")
