"""Orders and their lines (product 4). Placing and leaving a state are guarded: the row count says who did it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from preorder import order_code
from preorder.address import Address
from preorder.batch import Batch, BatchId, VariantId
from preorder.errors import BatchNotOpen, OrderMoved, SlotsGone, TierGone
from preorder.money import Rupiah
from preorder.order import Line, Order, OrderId, OrderState, PersonId, first_due, total_of
from preorder.shipping import OUTSIDE, Shipping
from storage import addresses, batches, refunds, tiers
from storage.database import Row, Tx
from storage.ids import by_chance, short_id
from storage.moments import from_text, to_text


def place(
    tx: Tx,
    batch: Batch,
    person_id: PersonId,
    draft_id: str,
    lines: tuple[Line, ...],
    address: Address,
    now: datetime,
    shipping: Shipping = OUTSIDE,
    promised: int | None = None,
    terms: int = 0,
    draw: Callable[[str, int], str] = by_chance,
) -> Order:
    """Place an order and hold its slots in one step; placing the same draft again returns the order it became. It gets
    the next place among the first orders; `promised` is the tier that the buyer saw, `terms` the version of the shop's
    terms that was accepted with it. `draw` gives so many letters of a text, by chance.

    Raises `BatchNotOpen`, `SlotsGone`, `OverMaximum`, `TierGone`.
    """
    order = Order(
        id=OrderId(short_id()),
        code=order_code.code_of(draw(order_code.LETTERS, order_code.SHORTEST)),
        batch_id=batch.id,
        batch=batch.title,
        person_id=person_id,
        state="held",
        total=Rupiah(total_of(lines) + shipping.cost),
        first_due=first_due(batch.down_payment, lines, shipping),
        paid=Rupiah(0),
        hold_until=now + batch.hold,
        placed_at=now,
        address=address,
        lines=lines,
        shipping=shipping,
    )
    attempt = 0
    while not _put(tx, order, draft_id, terms):
        earlier = tx.value("order_by_draft", draft=draft_id)
        if earlier is not None:
            return get(tx, OrderId(earlier))
        attempt += 1  # somebody has this code
        letters = draw(order_code.LETTERS, order_code.length_at(attempt))
        order = replace(order, code=order_code.code_of(letters))
    batches.take_slots(tx, batch, person_id, lines, now)
    if not batch.tiers:
        return order
    tier = tiers.take_for(tx, order)
    if promised is not None and tier != promised:
        raise TierGone
    return get(tx, order.id)


def _put(tx: Tx, order: Order, draft_id: str, terms: int) -> bool:
    """Write it; False when its draft was placed before, or its code is in use."""
    written = tx.run(
        "put_order",
        id=order.id,
        code=order.code,
        draft=draft_id,
        batch=order.batch_id,
        person=order.person_id,
        total=order.total,
        first_due=order.first_due,
        hold_until=to_text(order.hold_until),
        **addresses.columns(order.address),
        shipping_kind=order.shipping.kind,
        shipping=order.shipping.cost,
        terms=terms,
        terms_at=to_text(order.placed_at) if terms else "",
        now=to_text(order.placed_at),
    )
    if not written:
        return False
    _put_lines(tx, order.id, order.lines)
    return True


def _put_lines(tx: Tx, order_id: OrderId, lines: tuple[Line, ...]) -> None:
    for position, line in enumerate(lines):
        tx.run(
            "put_line",
            order_id=order_id,
            position=position,
            variant_id=line.variant_id,
            product=line.product,
            variant=line.variant,
            price=line.price,
            quantity=line.quantity,
            wish=line.wish,
        )


def rewrite(tx: Tx, order: Order, after: Order, now: datetime) -> None:
    """Put the lines, the address and the sums of `after` in the order's place, and move its slots by what differs, all
    or nothing (the transaction undoes the rest). The caller has held the order still and decided that it may change.

    Raises `OrderMoved` when it has left its state, `BatchNotOpen`, `SlotsGone`, `OverMaximum`.
    """
    batch = batches.find(tx, order.batch_id)
    if batch is None:
        raise BatchNotOpen
    batches.return_slots(tx, order.batch_id, order.person_id, order.lines)
    batches.take_slots(tx, batch, order.person_id, after.lines, now)
    written = tx.run(
        "rewrite_order",
        id=order.id,
        state=order.state,
        total=after.total,
        first_due=after.first_due,
        **addresses.columns(after.address),
        shipping_kind=after.shipping.kind,
        shipping=after.shipping.cost,
    )
    if not written:
        raise OrderMoved
    tx.run("drop_lines", order_id=order.id)
    _put_lines(tx, order.id, after.lines)


def find(tx: Tx, order_id: OrderId) -> Order | None:
    row = tx.one("order", id=order_id)
    return None if row is None else _order(tx, row)


def hold_still(tx: Tx, order_id: OrderId) -> None:
    """Nobody else decides about this order until the transaction ends; read it afterwards."""
    tx.value("hold_order_still", id=order_id)


def get(tx: Tx, order_id: OrderId) -> Order:
    """The order; `LookupError` when there is none."""
    order = find(tx, order_id)
    if order is None:
        raise LookupError(order_id)
    return order


def by_code(tx: Tx, code: str) -> Order | None:
    """The order people call by this code, with or without `PO-`, in any case."""
    order_id = tx.value("order_id_by_code", code=order_code.code_of(code))
    return None if order_id is None else find(tx, OrderId(order_id))


def of_person(tx: Tx, person_id: PersonId, limit: int = 10) -> list[Order]:
    """A buyer's orders, newest first."""
    return [get(tx, OrderId(row["id"])) for row in tx.all("orders_of_person", person=person_id, n=limit)]


def unpaid_of_person(tx: Tx, person_id: PersonId) -> list[Order]:
    """A buyer's orders on which something is due, oldest first."""
    return [get(tx, OrderId(row["id"])) for row in tx.all("unpaid_orders_of_person", person=person_id)]


def of_batch(tx: Tx, batch_id: BatchId, states: Iterable[OrderState]) -> list[Order]:
    """A batch's orders in these states, oldest first."""
    rows = tx.all("orders_of_batch", batch=batch_id, states=f",{','.join(states)},")
    return [get(tx, OrderId(row["id"])) for row in rows]


def move(tx: Tx, order_id: OrderId, before: Iterable[OrderState], after: OrderState, now: datetime) -> bool:
    """Guarded move; False when the order was in none of the states."""
    states = f",{','.join(before)},"
    return tx.run("move_order", id=order_id, before=states, after=after, now=to_text(now)) == 1


def release(tx: Tx, order: Order, after: OrderState, now: datetime, before: Iterable[OrderState] = ("held",)) -> bool:
    """End a held order as `expired` or `cancelled` and give its slots back, and its place among the first orders; False
    when it is in none of the states `before` any more."""
    if not move(tx, order.id, before, after, now):
        return False
    batches.return_slots(tx, order.batch_id, order.person_id, order.lines)
    tiers.give_back(tx, get(tx, order.id))
    return True


def ship(tx: Tx, order_id: OrderId, courier: str, tracking: str, now: datetime) -> bool:
    """Write courier and tracking number; False when the order has just these already or cannot be shipped."""
    return tx.run("ship_order", id=order_id, courier=courier, tracking=tracking, now=to_text(now)) == 1


def _order(tx: Tx, row: Row) -> Order:
    lines = tuple(
        Line(VariantId(r["variant_id"]), r["product"], r["variant"], Rupiah(r["price"]), r["quantity"], r["wish"])
        for r in tx.all("lines_of", order_id=row["id"])
    )
    return Order(
        id=OrderId(row["id"]),
        code=row["code"],
        batch_id=BatchId(row["batch_id"]),
        batch=row["title"],
        person_id=PersonId(row["person_id"]),
        state=row["state"],
        total=Rupiah(row["total"]),
        first_due=Rupiah(row["first_due"]),
        paid=Rupiah(row["paid"]),
        hold_until=from_text(row["hold_until"]),
        placed_at=from_text(row["placed_at"]),
        address=addresses.from_row(row),
        lines=lines,
        shipping=Shipping(row["shipping_kind"], Rupiah(row["shipping"])),
        tier=row["tier"],
        discount=Rupiah(row["discount"]),
        gift=row["gift"],
        waiting_proofs=row["proofs"],
        courier=row["courier"],
        tracking=row["tracking"],
    )


def extend_hold(tx: Tx, order_id: OrderId, until: datetime) -> None:
    """Keep the slots of a held order until then."""
    tx.run("extend_hold", id=order_id, until=to_text(until))


def reopen(tx: Tx, order: Order, now: datetime) -> bool:
    """Late money came for an expired order: take its slots again if they are still there, else False."""
    try:
        with tx.attempt():
            if not move(tx, order.id, ("expired",), "held", now):
                return False
            refunds.withdraw(tx, order.id, now)
            batches.retake_slots(tx, order.batch_id, order.person_id, order.lines)
            tiers.take_for(tx, get(tx, order.id))
    except SlotsGone:
        return False
    return True
