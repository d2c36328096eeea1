"""A corrected shipping cost and the money that is there already: what goes back, and what it was enough for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import shipping_correction
from bot.turn import Turn
from preorder.money import Rupiah
from preorder.order import Order
from preorder.shipping import LATER
from storage import orders, payments, refunds, shipping
from storage.database import Tx
from tests.bot.shelf_turns import RINA, SARI, shelf_turn
from tests.storage.shelves import ADDRESS, NOW, now_of, wanted

GOODS = 110_000


@pytest.fixture
def turn(tmp_path: Path) -> Iterator[Turn]:
    """Sari, on a shelf with an open batch."""
    with shelf_turn(tmp_path, SARI) as begun:
        yield begun


def told(tx: Tx, cost: int, *, pays_all: bool = False) -> Order:
    """Rina's jar, with a cost that was told; she pays half of it first, or all with the cost."""
    order = orders.place(tx, now_of(tx), RINA, "draft", wanted(), ADDRESS, NOW, LATER)
    assert shipping.tell(tx, order.id, Rupiah(cost))
    order = orders.get(tx, order.id)
    if pays_all:
        orders.rewrite(tx, order, replace(order, first_due=order.total), NOW)
    return order


def paid(tx: Tx, order: Order, amount: int) -> None:
    payment = payments.claim(tx, RINA, order, ("photo", "id", "unique"), 1, NOW)
    assert payments.confirm(tx, payment, Rupiah(amount), SARI, NOW)


def correct(turn: Turn, order: Order, before: int, cost: int) -> Order:
    shipping_correction.correct(turn, order.id, Rupiah(cost), Rupiah(before))
    return orders.get(turn.tx, order.id)


def test_only_what_the_correction_frees_goes_back(turn: Turn) -> None:
    """Rina transferred 5,000 too much for a reason of her own: of a cost that is 3,000 lower 3,000 go back."""
    order = told(turn.tx, 18_000)
    paid(turn.tx, order, GOODS + 18_000 + 5_000)
    after = correct(turn, order, 18_000, 15_000)
    assert refunds.count_owed(turn.tx) == (1, 3_000)
    assert (after.total, after.paid) == (GOODS + 15_000, GOODS + 15_000 + 5_000)


def test_money_on_its_way_back_is_used_first(turn: Turn) -> None:
    """3,000 are to go back and the cost rises by 2,000: 1,000 go back, and nothing is due."""
    order = told(turn.tx, 18_000)
    paid(turn.tx, order, GOODS + 18_000)
    correct(turn, order, 18_000, 15_000)
    turn.origin = "u2"
    after = correct(turn, order, 15_000, 17_000)
    assert refunds.count_owed(turn.tx) == (1, 1_000)
    assert after.paid == after.total == GOODS + 17_000


def test_what_was_too_little_for_the_wrong_cost_is_enough_for_the_right_one(turn: Turn) -> None:
    """Everything is to be paid first: what Rina sent falls short of the cost that was told wrong, and covers the right
    one: her order is confirmed."""
    order = told(turn.tx, 81_000, pays_all=True)
    paid(turn.tx, order, GOODS + 18_000)
    assert orders.get(turn.tx, order.id).state == "held"
    after = correct(turn, order, 81_000, 18_000)
    assert (after.state, after.due_now) == ("confirmed", 0)


def test_nothing_paid_is_nothing_confirmed_or_sent_back(turn: Turn) -> None:
    """A correction alone confirms no order."""
    after = correct(turn, told(turn.tx, 81_000), 81_000, 18_000)
    assert (after.state, after.paid, refunds.count_owed(turn.tx)) == ("held", 0, (0, 0))
