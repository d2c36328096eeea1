"""Payments: proofs claimed, confirmed, rejected (product 5). Each is judged once; the row count says by whom.

Whoever changes what an order has been paid holds the order still first: two confirmed at once see each other.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from preorder.money import Rupiah
from preorder.order import Order, OrderId, PersonId
from preorder.payment import Payment, PaymentId
from storage import orders
from storage.database import Tx
from storage.ids import short_id
from storage.moments import from_text, to_text


def claim(
    tx: Tx,
    person_id: PersonId,
    order: Order | None,
    file: tuple[Literal["photo", "document"], str, str],
    update_id: int,
    now: datetime,
) -> PaymentId:
    """Keep a proof (`file`: kind, file_id, unique_id); without an order it waits for the buyer to say which."""
    if order:
        orders.hold_still(tx, order.id)
    payment_id = PaymentId(short_id())
    kind, file_id, unique_id = file
    tx.run(
        "put_payment",
        id=payment_id,
        order_id=order.id if order else None,
        person=person_id,
        state="claimed" if order else "unassigned",
        expected=order.due_now if order else 0,
        file_kind=kind,
        file_id=file_id,
        unique_id=unique_id,
        update_id=update_id,
        now=to_text(now),
    )
    return payment_id


def assign(tx: Tx, payment_id: PaymentId, order: Order) -> bool:
    """The buyer said which order a proof is for; False when that was said before."""
    orders.hold_still(tx, order.id)
    return tx.run("assign_payment", id=payment_id, order_id=order.id, expected=order.due_now) == 1


def show_as(tx: Tx, payment_id: PaymentId, file_id: str) -> None:
    """What those who judge are shown of a proof; empty for nothing."""
    tx.run("show_payment_as", id=payment_id, file_id=file_id)


def keep_copy(tx: Tx, content: bytes) -> str:
    """Keep our own copy of a proof's file until Telegram has it; returns its media id."""
    media_id = short_id()
    tx.run("put_media", id=media_id, content=content, file_id="", kind="document")
    return media_id


def confirm(tx: Tx, payment_id: PaymentId, amount: Rupiah, by: PersonId, now: datetime) -> bool:
    """Book the money; False when the proof was judged before."""
    tx.value("hold_order_of_still", payment=payment_id)
    return tx.run("confirm_payment", id=payment_id, amount=amount, by=by, now=to_text(now)) == 1


def reject(tx: Tx, payment_id: PaymentId, reason: str, by: PersonId, now: datetime) -> bool:
    """Refuse the proof; False when it was judged before."""
    tx.value("hold_order_of_still", payment=payment_id)
    return tx.run("reject_payment", id=payment_id, reason=reason, by=by, now=to_text(now)) == 1


def find(tx: Tx, payment_id: PaymentId) -> Payment | None:
    row = tx.one("payment", id=payment_id)
    if row is None:
        return None
    return Payment(
        id=PaymentId(row["id"]),
        order_id=OrderId(row["order_id"]) if row["order_id"] else None,
        person_id=PersonId(row["person_id"]),
        state=row["state"],
        amount=Rupiah(row["amount"]),
        expected=Rupiah(row["expected"]),
        file_kind=row["file_kind"],
        file_id=row["file_id"],
        file_unique_id=row["file_unique_id"],
        created_at=from_text(row["created_at"]),
        judged_by=PersonId(row["judged_by"]) if row["judged_by"] is not None else None,
        judged_at=from_text(row["judged_at"]) if row["judged_at"] else None,
        reason=row["reason"],
    )


def unassigned_of(tx: Tx, person_id: PersonId) -> Payment | None:
    """The latest proof of which we do not know the order."""
    payment_id = tx.value("unassigned_payment_of", person=person_id)
    return None if payment_id is None else find(tx, PaymentId(payment_id))


def waiting(tx: Tx, limit: int) -> list[Payment]:
    """The queue of proofs, oldest first."""
    found = (find(tx, PaymentId(row["id"])) for row in tx.all("waiting_payments", n=limit))
    return [payment for payment in found if payment is not None]


def count_waiting(tx: Tx) -> int:
    return int(tx.value("count_waiting_payments"))


def earlier_use(tx: Tx, payment: Payment) -> str | None:
    """The code of the order for which the same file was sent before ("" when it had none), or None."""
    row = tx.one("earlier_use", unique_id=payment.file_unique_id, id=payment.id)
    return None if row is None else str(row["code"] or "")


def of_order(tx: Tx, order_id: OrderId) -> list[Payment]:
    """The payments of an order, oldest first."""
    found = (find(tx, PaymentId(row["id"])) for row in tx.all("payments_of", order_id=order_id))
    return [payment for payment in found if payment is not None]
