"""Places among the first orders of a batch (product 3, tiers): taken, given back, passed on, by guarded update only.

A place belongs to an order that holds slots; its gift and discount stand on the order while it does. An order that ends
loses both, so that the places taken are always those of the orders that have them.
"""

from __future__ import annotations

from preorder.batch import BatchId
from preorder.money import Rupiah
from preorder.order import Order, OrderId, first_due, total_of
from preorder.tiers import NOTHING, Tier
from storage import batches, planning
from storage.database import Tx


def take_for(tx: Tx, order: Order) -> int | None:
    """The next place for an order that has just taken its slots: which tier it is, None when there is none left."""
    row = tx.one("take_tier", batch=order.batch_id, goods=total_of(order.lines))
    if row is None:
        return None
    position: int = row["position"]
    _set(tx, order, position, Tier(row["places"], row["kind"], row["gift"], Rupiah(row["discount"])))
    return position


def give_back(tx: Tx, order: Order) -> None:
    """An order that has just ended leaves its place, and what came with it."""
    if order.tier is not None:
        tx.run("give_tier_back", batch=order.batch_id, position=order.tier)
        _set(tx, order, None, NOTHING)


def next_in_line(tx: Tx, batch_id: BatchId) -> tuple[OrderId, int, Tier] | None:
    """A free place and the order that should have it; None when nothing is free or nobody stands in line."""
    for position, tier in enumerate(planning.tiers_of(tx, batch_id)):
        row = tx.one("next_for_tier", batch=batch_id, discount=tier.discount) if tier.left else None
        if row is not None:
            return OrderId(row["id"]), position, tier
    return None


def give(tx: Tx, order: Order, position: int, tier: Tier) -> bool:
    """Give a free place to an order that was placed before; False when one of the two is gone."""
    if tx.run("take_tier_at", batch=order.batch_id, position=position) != 1:
        return False
    if _set(tx, order, position, tier):
        return True
    tx.run("give_tier_back", batch=order.batch_id, position=position)
    return False


def _set(tx: Tx, order: Order, position: int | None, tier: Tier) -> bool:
    batch = batches.find(tx, order.batch_id)
    if batch is None:
        return False
    total = Rupiah(order.total + order.discount - tier.discount)
    first = min(total, first_due(batch.down_payment, order.lines, order.shipping, tier.discount))
    written = tx.run(
        "set_tier",
        id=order.id,
        tier=position,
        discount=tier.discount,
        gift=tier.gift,
        total=total,
        first_due=first,
        before=order.total,
    )
    return written == 1
