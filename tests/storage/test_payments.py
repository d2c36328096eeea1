"""Payments on the disk: a proof is kept once, assigned once, judged once (product 5)."""

from __future__ import annotations

import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from preorder.money import Rupiah
from preorder.order import Order, PersonId
from preorder.payment import PaymentId
from storage import orders, payments
from storage.database import Tx
from tests.storage.shelves import NOW, new_shelf, open_batch, opened, place, side_by_side

pytestmark = pytest.mark.usefixtures("engine")

BUYER, SARI, DIAN = PersonId(7), PersonId(1), PersonId(2)
HALF = Rupiah(55_000)


def claim(tx: Tx, order: Order | None, update_id: int = 1, unique: str = "file", late: int = 0) -> PaymentId:
    file = ("photo", f"id-{unique}", unique)
    return payments.claim(tx, BUYER, order, file, update_id, NOW + timedelta(seconds=late))  # type: ignore[arg-type]


def test_the_same_update_again_is_no_second_proof(tmp_path: Path) -> None:
    """Delivered twice, an update leaves one proof that waits."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        order = place(tx)
        claim(tx, order, update_id=5)
        claim(tx, order, update_id=5)
        assert payments.count_waiting(tx) == 1


def judge(shelf: str, payment_id: PaymentId, changed: dict[str, str]) -> list[bool]:
    """Ten sellers, half of them confirming and half refusing, in the same instant; who thinks to have judged."""

    def one(number: int, barrier: threading.Barrier) -> bool:
        with opened(shelf, changed) as tx:
            found = payments.find(tx, payment_id)
            assert found is not None
            assert found.state == "claimed"
            barrier.wait()
            if number % 2:
                return payments.confirm(tx, payment_id, HALF, PersonId(number), NOW)
            return payments.reject(tx, payment_id, "beda", PersonId(number), NOW)

    return side_by_side(10, one)


def test_a_proof_is_judged_once(tmp_path: Path) -> None:
    """Of ten sellers at once one wins, and the row says who."""
    shelf = new_shelf(tmp_path)
    with opened(shelf) as tx:
        open_batch(tx)
        order = place(tx)
        payment_id = claim(tx, order)
        assert sum(judge(shelf, payment_id, {})) == 1
        judged = payments.find(tx, payment_id)
        assert judged is not None
        assert judged.judged_by is not None
        assert (judged.state == "confirmed") == (judged.judged_by % 2 == 1)
        assert orders.get(tx, order.id).paid == (HALF if judged.state == "confirmed" else 0)


def test_without_its_guard_a_proof_would_be_judged_by_all(tmp_path: Path) -> None:
    """The twin that looks first and writes then: ten sellers believe to have been the one."""
    shelf = new_shelf(tmp_path)
    written = "judged_by = :by, judged_at = :now WHERE id = :id"
    careless = {
        "confirm_payment": f"UPDATE payments SET state = 'confirmed', amount = :amount, {written}",
        "reject_payment": f"UPDATE payments SET state = 'rejected', reason = :reason, {written}",
    }
    with opened(shelf) as tx:
        open_batch(tx)
        assert sum(judge(shelf, claim(tx, place(tx)), careless)) == 10


def test_a_proof_without_an_order_is_assigned_once(tmp_path: Path) -> None:
    """The first answer counts; what was due then is what it is expected to show."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        first, second = place(tx, "a"), place(tx, "b", jars=2)
        payment_id = claim(tx, None)
        assert payments.count_waiting(tx) == 0
        assert payments.assign(tx, payment_id, second)
        assert not payments.assign(tx, payment_id, first)
        found = payments.find(tx, payment_id)
        assert found is not None
        assert (found.order_id, found.state, found.expected) == (second.id, "claimed", 110_000)
        assert payments.unassigned_of(tx, BUYER) is None


def test_an_unassigned_proof_cannot_be_judged(tmp_path: Path) -> None:
    """Money belongs to an order, or it is not booked."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        payment_id = claim(tx, None)
        assert not payments.confirm(tx, payment_id, HALF, SARI, NOW)
        assert not payments.reject(tx, payment_id, "beda", DIAN, NOW)


def test_the_table_refuses_a_confirmation_of_nothing(tmp_path: Path) -> None:
    """A confirmed payment has an amount above zero."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        payment_id = claim(tx, place(tx))
        with pytest.raises(sqlite3.IntegrityError):
            payments.confirm(tx, payment_id, Rupiah(0), SARI, NOW)


def test_what_is_due_is_a_sum_of_rows(tmp_path: Path) -> None:
    """Claimed and refused proofs are no money; confirmed ones add up."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        order = place(tx)
        for number, amount in enumerate((30_000, 25_000, 0), start=1):
            payment_id = claim(tx, order, update_id=number, late=number)
            assert orders.get(tx, order.id).waiting_proofs == 1
            if amount:
                payments.confirm(tx, payment_id, Rupiah(amount), SARI, NOW)
            else:
                payments.reject(tx, payment_id, "kosong", SARI, NOW)
        order = orders.get(tx, order.id)
        assert (order.paid, order.due, order.waiting_proofs) == (55_000, 55_000, 0)
        assert [payment.amount for payment in payments.of_order(tx, order.id)] == [30_000, 25_000, 0]


def test_the_same_file_is_remembered_with_its_first_order(tmp_path: Path) -> None:
    """Used again, the code of the order it was first sent for is named; a new file is not suspected."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        first, second = place(tx, "a"), place(tx, "b", buyer=8)
        earlier = payments.find(tx, claim(tx, first, 1, "struk"))
        again = payments.find(tx, claim(tx, second, 2, "struk", late=5))
        other = payments.find(tx, claim(tx, second, 3, "lain", late=6))
        assert earlier is not None
        assert again is not None
        assert other is not None
        assert payments.earlier_use(tx, again) == first.code
        assert payments.earlier_use(tx, other) is None


def test_the_queue_is_oldest_first(tmp_path: Path) -> None:
    """What came first is judged first, whatever order it is for."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        order = place(tx)
        claimed = [claim(tx, order, number, f"f{number}", late=-number) for number in range(3)]
        assert [payment.id for payment in payments.waiting(tx, 10)] == claimed[::-1]
        assert len(payments.waiting(tx, 2)) == 2
