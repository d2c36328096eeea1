"""A change of a placed order looks again where it is made: what the screen allowed may hold no more (product 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import change_work
from bot.turn import Turn
from conversations.effects import ChangeOrder, LineWanted
from preorder.batch import VariantId
from preorder.errors import OrderMoved, PriceChanged
from preorder.money import Rupiah
from preorder.order import Order
from preorder.shipping import Shipping
from preorder.tiers import Tier
from storage import orders, payments, people, refunds, tiers
from tests.bot.shelf_turns import BUDI, RINA, SARI, shelf_turn
from tests.storage.shelves import ADDRESS, BAG, JAR, NOW, place, taken


@pytest.fixture
def turn(tmp_path: Path) -> Iterator[Turn]:
    """Rina, on a shelf with an open batch of jars for 110,000 and bags for 90,000; half is paid first."""
    with shelf_turn(tmp_path, RINA) as begun:
        yield begun


def ordered(turn: Turn, jars: int = 2, paid: int = 0) -> Order:
    """Rina's jars, with so much of the money confirmed."""
    order = place(turn.tx, jars=jars)
    if paid:
        payment = payments.claim(turn.tx, RINA, order, ("photo", "id", "unique"), 1, NOW)
        assert payments.confirm(turn.tx, payment, Rupiah(paid), SARI, NOW)
        assert orders.move(turn.tx, order.id, ("held",), "confirmed", NOW)
    return orders.get(turn.tx, order.id)


def to(order: Order, n: int, of: VariantId = JAR) -> ChangeOrder:
    """What the screen asks for: so many pieces of one variant instead."""
    return ChangeOrder(order.id, (LineWanted(of, n, ""),), ADDRESS, order.paid)


def refused(turn: Turn, effect: ChangeOrder, error: type[Exception] = OrderMoved) -> None:
    """It is refused, and nothing has changed."""
    was = (orders.get(turn.tx, effect.order_id), taken(turn.tx), refunds.count_owed(turn.tx))
    with pytest.raises(error), turn.tx.attempt():
        change_work.change(turn, effect)
    assert (orders.get(turn.tx, effect.order_id), taken(turn.tx), refunds.count_owed(turn.tx)) == was


def test_what_was_paid_too_much_goes_back(turn: Turn) -> None:
    """Paid in full and made smaller: the difference is owed, once, and the slot is free."""
    order = ordered(turn, paid=220_000)
    change_work.change(turn, to(order, 1))
    after = orders.get(turn.tx, order.id)
    assert (after.total, after.paid, refunds.count_owed(turn.tx)) == (110_000, 110_000, (1, 110_000))
    assert taken(turn.tx) == (1, 1, 0)


def test_a_payment_that_was_not_on_the_screen_refuses_the_change(turn: Turn) -> None:
    """What would go back was reckoned without it."""
    order = ordered(turn, paid=220_000)
    refused(turn, replace(to(order, 1), paid=Rupiah(0)))


def test_while_a_proof_waits_the_total_stays(turn: Turn) -> None:
    """It was sent for the old sum; another wish changes no sum and is taken."""
    order = ordered(turn)
    payments.claim(turn.tx, RINA, order, ("photo", "id", "unique"), 1, NOW)
    refused(turn, to(order, 1))
    change_work.change(turn, replace(to(order, 2), lines=(LineWanted(JAR, 2, "pita hijau"),)))
    assert orders.get(turn.tx, order.id).lines[0].wish == "pita hijau"


def test_a_confirmed_order_does_not_grow_past_its_down_payment(turn: Turn) -> None:
    """Slots are the buyer's for good only against the down payment: four jars would need 220,000, 110,000 are there."""
    order = ordered(turn, paid=110_000)
    refused(turn, to(order, 4))
    change_work.change(turn, to(order, 1))
    assert orders.get(turn.tx, order.id).pieces == 1


def test_an_order_is_never_worth_less_than_its_discount(turn: Turn) -> None:
    """Two jars with 95,000 off do not become one bag for 90,000."""
    order = ordered(turn)
    row = {"places": 1, "kind": "discount", "gift": "", "discount": 95_000}
    turn.tx.run("put_tier", batch=order.batch_id, position=0, **row)
    assert tiers.give(turn.tx, order, 0, Tier(1, "discount", discount=Rupiah(95_000)))
    refused(turn, to(orders.get(turn.tx, order.id), 1, BAG))
    change_work.change(turn, to(order, 1))
    assert orders.get(turn.tx, order.id).total == 15_000


def test_somebody_elses_order_is_not_changed(turn: Turn) -> None:
    """Whatever brought the effect there: an order is its buyer's."""
    order = ordered(turn)
    budi = people.find(turn.tx, BUDI)
    assert budi is not None
    refused(Turn(turn.tx, turn.house, NOW, "u2", budi, BUDI), to(order, 1))


@pytest.mark.parametrize("state", ["expired", "cancelled", "shipped"])
def test_an_order_that_is_over_or_sent_is_not_changed(turn: Turn, state: str) -> None:
    """Its slots are somebody else's, or its parcel is packed."""
    order = ordered(turn, paid=220_000) if state == "shipped" else ordered(turn)
    if state == "shipped":
        assert orders.ship(turn.tx, order.id, "JNE", "JP1", NOW)
    else:
        assert orders.release(turn.tx, order, "expired" if state == "expired" else "cancelled", NOW)
    refused(turn, to(orders.get(turn.tx, order.id), 1))


def test_a_shipping_cost_that_was_not_on_the_screen_refuses_the_change(turn: Turn) -> None:
    """Nobody pays more than they read."""
    order = ordered(turn)
    refused(turn, replace(to(order, 1), shipping=Shipping("zone", Rupiah(9_000))), PriceChanged)
