"""Places among the first orders on the disk: who gets the next one, who stands in line for a freed one (product 3)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from preorder.errors import TierGone
from preorder.money import Rupiah
from preorder.order import Order, OrderId, PersonId
from preorder.tiers import Tier
from storage import orders, payments, refunds, tiers
from storage.database import Tx
from tests.storage.shelves import ADDRESS, BATCH, NOW, new_shelf, now_of, open_batch, opened, place, wanted

pytestmark = pytest.mark.usefixtures("engine")

SARI = PersonId(1)
JAR = 110_000
OFF = Tier(1, "discount", discount=Rupiah(10_000))
GIFT = Tier(1, "gift", "scrunchie")


def promise(tx: Tx, *of: Tier) -> None:
    """An open batch whose first orders get these."""
    open_batch(tx)
    for position, tier in enumerate(of):
        row = {"places": tier.places, "kind": tier.kind, "gift": tier.gift, "discount": tier.discount}
        tx.run("put_tier", batch=BATCH, position=position, **row)


def ordered(tx: Tx, minute: int, jars: int = 1) -> Order:
    """Somebody orders so many minutes after the opening."""
    return place(tx, f"d{minute}", 10 + minute, jars, at=NOW + timedelta(minutes=minute))


def paid(tx: Tx, order: Order, amount: int, *, confirmed: bool = True) -> None:
    """Money came for an order, and was enough or not."""
    payment = payments.claim(tx, order.person_id, order, ("photo", "id", order.id), len(order.id) + amount, NOW)
    assert payments.confirm(tx, payment, Rupiah(amount), SARI, NOW)
    if confirmed:
        assert orders.move(tx, order.id, ("held",), "confirmed", NOW)


def in_line(tx: Tx) -> OrderId | None:
    """Whose is the place that is free?"""
    found = tiers.next_in_line(tx, BATCH)
    return found[0] if found else None


def test_places_are_given_in_their_order_and_then_no_more(tmp_path: Path) -> None:
    """The first gets the first tier, the second the second, the third neither."""
    with opened(new_shelf(tmp_path)) as tx:
        promise(tx, GIFT, OFF)
        got = [ordered(tx, minute) for minute in range(3)]
        assert [(one.tier, one.gift, one.total) for one in got] == [
            (0, "scrunchie", JAR),
            (1, "", JAR - 10_000),
            (None, "", JAR),
        ]


def test_a_discount_never_takes_all_of_an_order(tmp_path: Path) -> None:
    """An order worth no more than the discount is passed over; a larger one has it."""
    with opened(new_shelf(tmp_path)) as tx:
        promise(tx, Tier(2, "discount", discount=Rupiah(JAR)))
        small, large = ordered(tx, 1), ordered(tx, 2, jars=2)
        assert (small.tier, small.total) == (None, JAR)
        assert (large.tier, large.total) == (0, JAR)
        assert in_line(tx) is None, "nor is it passed on to the small one"


def test_an_order_counts_only_for_what_its_buyer_was_shown(tmp_path: Path) -> None:
    """Whoever saw the first tier and would get the second, or nothing, is asked again."""
    with opened(new_shelf(tmp_path)) as tx:
        promise(tx, OFF)
        ordered(tx, 1)
        with pytest.raises(TierGone), tx.attempt():
            orders.place(tx, now_of(tx), PersonId(12), "late", wanted(), ADDRESS, NOW, promised=0)
        assert orders.of_person(tx, PersonId(12)) == []


def test_a_freed_place_is_for_the_earliest_order_without_one(tmp_path: Path) -> None:
    """Not for the newest, not for one that is over; once it is given, nobody else has it."""
    with opened(new_shelf(tmp_path)) as tx:
        promise(tx, OFF)
        first, gone, second, third = (ordered(tx, minute) for minute in range(4))
        assert orders.release(tx, gone, "expired", NOW)
        assert in_line(tx) is None
        assert orders.release(tx, first, "cancelled", NOW)
        assert in_line(tx) == second.id
        assert tiers.give(tx, second, 0, OFF)
        assert orders.get(tx, second.id).total == JAR - 10_000
        assert in_line(tx) is None
        assert not tiers.give(tx, orders.get(tx, third.id), 0, OFF)


def test_a_discount_goes_to_nobody_whose_money_is_being_looked_at(tmp_path: Path) -> None:
    """A proof that waits, or half a down payment, was sent for the old sum; a gift changes no sum and is given."""
    with opened(new_shelf(tmp_path)) as tx:
        promise(tx, OFF)
        first, judged, part, free = (ordered(tx, minute) for minute in range(4))
        payments.claim(tx, judged.person_id, judged, ("photo", "id", "j"), 1, NOW)
        paid(tx, part, 20_000, confirmed=False)
        assert orders.release(tx, first, "cancelled", NOW)
        assert in_line(tx) == free.id
        tx.run("forget_tiers", batch=BATCH)
        tx.run("put_tier", batch=BATCH, position=0, places=1, kind="gift", gift="scrunchie", discount=0)
        assert in_line(tx) == judged.id


def test_a_discount_goes_to_one_that_still_owes_as_much(tmp_path: Path) -> None:
    """Paid in full, or but for less than the discount, nobody has to send money back; what goes back is not paid."""
    with opened(new_shelf(tmp_path)) as tx:
        promise(tx, OFF)
        first, full, nearly, owes = (ordered(tx, minute) for minute in range(4))
        for order, amount in ((full, JAR), (nearly, JAR - 9_999), (owes, JAR - 10_000)):
            paid(tx, order, amount)
        assert orders.release(tx, first, "cancelled", NOW)
        assert in_line(tx) == owes.id
        refunds.owe(tx, full.id, full.person_id, Rupiah(10_000), "reduced", "u1", NOW)
        assert in_line(tx) == full.id
