"""Places among the first orders that come free (product 3, tiers). Inside a turn's transaction.

Whoever ends an order calls `pass_on`: a free place goes to the earliest order that has none, and its buyer is told
once (decision 0013). Where nobody stands in line it stays free for the next new order.
"""

from __future__ import annotations

from bot.turn import Turn
from messages.catalog.batch_life import TierPassedOn
from preorder.batch import BatchId
from storage import batches, orders, tiers


def pass_on(turn: Turn, batch_id: BatchId) -> None:
    """Give what is free to those who stand in line for it."""
    batch = batches.find(turn.tx, batch_id)
    if batch is None or not batch.tiers:
        return
    batches.hold_still(turn.tx, batch_id)
    while (found := tiers.next_in_line(turn.tx, batch_id)) is not None:
        order_id, position, tier = found
        if not tiers.give(turn.tx, orders.get(turn.tx, order_id), position, tier):
            return  # the order has just changed; whoever changed it ends or keeps it, the place stays free
        order = orders.get(turn.tx, order_id)
        turn.tell(order.person_id, TierPassedOn(order), key=f"tier:{turn.origin}:{order.id}")
