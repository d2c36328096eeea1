"""Refunds on the disk: owed once for each cause, settled once, and never counted as paid for the order (product 5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from preorder.money import Rupiah
from preorder.order import Order, PersonId
from preorder.payment import PaymentId
from storage import batches, orders, payments, refunds
from storage.database import Tx
from tests.storage.shelves import BATCH, NOW, new_shelf, open_batch, opened, place

pytestmark = pytest.mark.usefixtures("engine")

SARI, DIAN = PersonId(1), PersonId(2)
PAID = Rupiah(110_000)


def paid_order(tx: Tx) -> Order:
    """A jar, paid in full and confirmed."""
    open_batch(tx)
    order = place(tx)
    payment: PaymentId = payments.claim(tx, order.person_id, order, ("photo", "id", "unique"), 1, NOW)
    assert payments.confirm(tx, payment, PAID, SARI, NOW)
    assert orders.move(tx, order.id, ("held",), "confirmed", NOW)
    return orders.get(tx, order.id)


def test_money_is_owed_once_for_a_cause(tmp_path: Path) -> None:
    """The same cause again puts no second row on the list."""
    with opened(new_shelf(tmp_path)) as tx:
        order = paid_order(tx)
        for _ in range(2):
            refunds.owe(tx, order.id, order.person_id, Rupiah(40_000), "reduced", "u1", NOW)
        assert refunds.count_owed(tx) == (1, 40_000)


def test_what_goes_back_is_not_counted_as_paid(tmp_path: Path) -> None:
    """The order, the batch and what is due all see the money once; withdrawn, it counts for the order again."""
    with opened(new_shelf(tmp_path)) as tx:
        order = paid_order(tx)
        refunds.owe(tx, order.id, order.person_id, Rupiah(40_000), "reduced", "u1", NOW)
        assert orders.get(tx, order.id).paid == 70_000
        assert batches.totals(tx, BATCH).paid == 70_000
        assert [one.id for one in orders.unpaid_of_person(tx, order.person_id)] == [order.id]
        refunds.withdraw(tx, order.id, NOW)
        assert orders.get(tx, order.id).paid == 110_000
        assert refunds.of_order(tx, order.id) == []


def test_a_refund_is_settled_once(tmp_path: Path) -> None:
    """The second seller is told nothing was changed; what was sent cannot be withdrawn any more."""
    with opened(new_shelf(tmp_path)) as tx:
        order = paid_order(tx)
        refunds.owe(tx, order.id, order.person_id, PAID, "cancelled", "u1", NOW)
        (owed,) = refunds.owed(tx, 5)
        assert refunds.settle(tx, owed.id, SARI, "photo", "file", NOW)
        assert not refunds.settle(tx, owed.id, DIAN, "", "", NOW)
        refunds.withdraw(tx, order.id, NOW)
        (settled,) = refunds.of_order(tx, order.id)
        assert (settled.state, settled.settled_by, settled.file_id, settled.code) == ("paid", SARI, "file", order.code)
        assert refunds.owed(tx, 5) == []
        assert orders.get(tx, order.id).paid == 0
