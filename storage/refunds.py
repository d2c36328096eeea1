"""Money that has to go back to a buyer (product 5): one row for each cause, owed until a seller has sent it.

What an order has been paid is what was confirmed for it less its refunds here, owed or sent: money is never counted for
an order and for the way back at once. Amounts are whole rupiah.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from preorder.money import Rupiah
from preorder.order import OrderId, PersonId
from preorder.values import dataclass
from storage.database import Tx
from storage.ids import short_id
from storage.moments import from_text, to_text

RefundReason = Literal["cancelled", "reduced", "too_late", "batch_cancelled", "delayed"]
RefundState = Literal["owed", "paid", "withdrawn"]


@dataclass(frozen=True)
class Refund:
    """`code` and `batch` are those of its order; the file is the picture of the transfer back, where there is one."""

    id: str
    order_id: OrderId
    code: str
    batch: str
    person_id: PersonId
    amount: Rupiah
    reason: RefundReason
    state: RefundState
    created_at: datetime
    settled_by: PersonId | None
    settled_at: datetime | None
    file_kind: str
    file_id: str


def owe(
    tx: Tx, order_id: OrderId, person_id: PersonId, amount: Rupiah, reason: RefundReason, cause: str, now: datetime
) -> bool:
    """Put money on the list. `cause` names what it comes from; False when it is there for this cause already."""
    return (
        tx.run(
            "put_refund",
            id=short_id(),
            order_id=order_id,
            person=person_id,
            amount=amount,
            reason=reason,
            cause=cause,
            now=to_text(now),
        )
        == 1
    )


def find(tx: Tx, refund_id: str) -> Refund | None:
    row = tx.one("refund", id=refund_id)
    if row is None:
        return None
    return Refund(
        id=row["id"],
        order_id=OrderId(row["order_id"]),
        code=row["code"],
        batch=row["title"],
        person_id=PersonId(row["person_id"]),
        amount=Rupiah(row["amount"]),
        reason=row["reason"],
        state=row["state"],
        created_at=from_text(row["created_at"]),
        settled_by=PersonId(row["settled_by"]) if row["settled_by"] is not None else None,
        settled_at=from_text(row["settled_at"]) if row["settled_at"] else None,
        file_kind=row["file_kind"],
        file_id=row["file_id"],
    )


def owed(tx: Tx, limit: int) -> list[Refund]:
    """What has to go back, oldest first."""
    found = (find(tx, row["id"]) for row in tx.all("refunds_owed", n=limit))
    return [refund for refund in found if refund is not None]


def count_owed(tx: Tx) -> tuple[int, Rupiah]:
    """How many refunds are owed, and their sum."""
    row = tx.one("count_refunds_owed")
    return (0, Rupiah(0)) if row is None else (row["refunds"], Rupiah(row["amount"]))


def of_order(tx: Tx, order_id: OrderId) -> list[Refund]:
    """The refunds of an order, oldest first, without those that were withdrawn."""
    found = (find(tx, row["id"]) for row in tx.all("refunds_of", order_id=order_id))
    return [refund for refund in found if refund is not None]


def settle(tx: Tx, refund_id: str, by: PersonId, file_kind: str, file_id: str, now: datetime) -> bool:
    """It was sent back, with this picture (or none: empty); False when somebody settled it before."""
    return tx.run("settle_refund", id=refund_id, by=by, file_kind=file_kind, file_id=file_id, now=to_text(now)) == 1


def withdraw(tx: Tx, order_id: OrderId, now: datetime) -> None:
    """The order goes on: what was not sent back yet counts for it again."""
    tx.run("withdraw_refunds", order_id=order_id, now=to_text(now))
