"""Delays of a batch and what buyers answered (product 3). Inside a transaction; every change is guarded.

A batch has one delay that counts, the last one; each order that was asked has one row for it. Moments are UTC.
"""

from __future__ import annotations

from datetime import datetime

from preorder.batch import BatchId
from preorder.delay import Answers, Dates
from preorder.order import OrderId, PersonId
from preorder.values import dataclass
from storage.database import Row, Tx
from storage.ids import short_id
from storage.moments import from_text, to_text


@dataclass(frozen=True)
class Delay:
    """A delay that counts; `reason` is one of `preorder.delay.REASONS` or the seller's own words."""

    id: str
    batch_id: BatchId
    before: Dates
    after: Dates
    reason: str
    made_at: datetime


@dataclass(frozen=True)
class Asked:
    """The delay that an order's buyer was asked about; `waits`: they said that they wait."""

    delay: Delay
    waits: bool


def move_dates(tx: Tx, batch_id: BatchId, before: Dates, after: Dates, now: datetime) -> bool:
    """Other dates for a batch; False when its dates are not `before` any more, its parcels are on their way, or its
    closing is to move and has passed."""
    return tx.run("move_dates", id=batch_id, **_columns(before, after), now=to_text(now)) == 1


def put(tx: Tx, batch_id: BatchId, before: Dates, after: Dates, reason: str, by: PersonId, now: datetime) -> Delay:
    """From now on this delay counts for the batch, and none before it."""
    tx.run("supersede_delay", batch=batch_id)
    delay = Delay(short_id(), batch_id, before, after, reason, now)
    columns = _columns(before, after)
    tx.run("put_delay", id=delay.id, batch=batch_id, **columns, reason=reason, by=by, now=to_text(now))
    return delay


def _columns(before: Dates, after: Dates) -> dict[str, object]:
    return {
        "closes_before": to_text(before.closes_at),
        "production_before": before.production_days,
        "shipping_before": before.shipping_days,
        "closes": to_text(after.closes_at),
        "production": after.production_days,
        "shipping": after.shipping_days,
    }


def ask(tx: Tx, delay: Delay, order_id: OrderId, now: datetime) -> None:
    """The buyer of this order is asked."""
    tx.run("ask_about_delay", delay=delay.id, order_id=order_id, now=to_text(now))


def of_batch(tx: Tx, batch_id: BatchId) -> Delay | None:
    """The delay of a batch that counts."""
    row = tx.one("delay_of_batch", batch=batch_id)
    return None if row is None else _delay(row)


def asked_about(tx: Tx) -> list[Delay]:
    """Every delay about which somebody may still be reminded, oldest first."""
    return [_delay(row) for row in tx.all("delays_asked_about")]


def of_order(tx: Tx, order_id: OrderId) -> Asked | None:
    """The delay that counts for an order; None when its buyer was not asked about it."""
    row = tx.one("delay_of_order", order_id=order_id)
    return None if row is None else Asked(_delay(row), row["waits_at"] != "")


def _delay(row: Row) -> Delay:
    return Delay(
        id=row["id"],
        batch_id=BatchId(row["batch_id"]),
        before=Dates(from_text(row["closes_at_before"]), row["production_days_before"], row["shipping_days_before"]),
        after=Dates(from_text(row["closes_at"]), row["production_days"], row["shipping_days"]),
        reason=row["reason"],
        made_at=from_text(row["made_at"]),
    )


def wait(tx: Tx, delay_id: str, order_id: OrderId, now: datetime) -> bool:
    """The buyer waits; False when they have answered, the delay counts no more, or the order is over or sent."""
    return tx.run("delay_wait", delay=delay_id, order_id=order_id, now=to_text(now)) == 1


def cancel(tx: Tx, order_id: OrderId, now: datetime) -> None:
    """The order was cancelled by its buyer: where a delay was asked about, that is the answer."""
    tx.run("delay_cancel", order_id=order_id, now=to_text(now))


def answers(tx: Tx, delay: Delay) -> Answers:
    """How the buyers of the orders that were asked have answered so far."""
    row = tx.one("delay_answers", delay=delay.id)
    return Answers(0, 0, 0) if row is None else Answers(row["waiting"], row["cancelled"], row["silent"])


def silent(tx: Tx, delay: Delay) -> list[OrderId]:
    """Orders whose buyer has neither answered nor been reminded, oldest first."""
    return [OrderId(row["order_id"]) for row in tx.all("delay_silent", delay=delay.id)]


def remind(tx: Tx, delay: Delay, order_id: OrderId, now: datetime) -> bool:
    """True for the one who is to remind them."""
    return tx.run("delay_remind", delay=delay.id, order_id=order_id, now=to_text(now)) == 1
