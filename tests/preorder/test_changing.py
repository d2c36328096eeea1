"""What a change of an order does to its money (product 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from preorder.address import Address
from preorder.batch import BatchId, VariantId
from preorder.changing import change_of
from preorder.money import Full, Percent, Rupiah
from preorder.order import Line, Order, OrderId, PersonId, first_due
from preorder.shipping import FREE, Shipping

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
PRICE = 100_000


def jars(count: int) -> tuple[Line, ...]:
    return (Line(VariantId("jar"), "Nastar", "Toples", Rupiah(PRICE), count, ""),)


def order(count: int, paid: int) -> Order:
    """So many jars at 50 % down payment."""
    lines = jars(count)
    return Order(
        id=OrderId("o1"),
        code="PO-7K3F",
        batch_id=BatchId("b1"),
        batch="PO Gajian",
        person_id=PersonId(7),
        state="confirmed",
        total=Rupiah(PRICE * count),
        first_due=first_due(Percent(50), lines),
        paid=Rupiah(paid),
        hold_until=NOW,
        placed_at=NOW,
        address=Address(recipient="Siti", phone="+6281234567890", street="Jl. Melati 5, Bandung"),
        lines=lines,
    )


@pytest.mark.parametrize(
    ("count", "paid", "owed", "becomes", "total", "back", "covered"),
    [
        (3, 300_000, 0, 1, 100_000, 200_000, True),
        (3, 150_000, 0, 1, 100_000, 50_000, True),
        (3, 150_000, 0, 2, 200_000, 0, True),
        (1, 50_000, 0, 2, 200_000, 0, False),
        (1, 100_000, 200_000, 2, 200_000, 100_000, True),
        (1, 100_000, 200_000, 3, 300_000, 0, True),
        (2, 200_700, 0, 2, 200_000, 0, True),
    ],
    ids=["paid in full", "half paid", "still due", "not covered", "needs some back", "needs all back", "overpaid"],
)
def test_money_follows_the_lines(
    count: int, paid: int, owed: int, becomes: int, total: int, back: int, covered: bool
) -> None:
    """What was paid and is too much goes back; what was to go back counts again when the order grows."""
    change = change_of(order(count, paid), jars(becomes), Percent(50), Rupiah(owed), order(1, 0).shipping)
    assert (change.total, change.back, change.is_covered) == (total, back, covered)
    assert change.paid + change.back == paid + owed


def test_the_shipping_cost_follows_the_parcel() -> None:
    """The new cost takes the old one's place in the total, and in what is paid first where all of it is."""
    sent = replace(order(2, 0), shipping=Shipping("zone", Rupiah(18_000)), total=Rupiah(218_000))
    heavier = change_of(sent, jars(3), Full(), Rupiah(0), Shipping("zone", Rupiah(36_000)))
    assert (heavier.total, heavier.first_due) == (336_000, 336_000)
    assert change_of(sent, jars(3), Full(), Rupiah(0), FREE).total == 300_000
