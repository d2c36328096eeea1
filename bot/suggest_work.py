"""Openings that one press prepares: what was missed while the bot was away, and what it suggests itself (product 7).

In: a standing button. Out: the review of /open with everything filled in; nothing is planned before it is confirmed.
"""

from __future__ import annotations

from datetime import date, datetime, time

from bot import conversation, rule_plans, snapshot
from bot.turn import Turn
from conversations.seller_suggest import begin_again
from preorder.batch import BatchId
from preorder.staff import Right
from storage import batches


def open_again(turn: Turn, batch_id: str) -> None:
    """A planned batch never opened, because its whole time fell into an outage: open it now, as long as was meant."""
    turn.demand(Right.SELL)
    batch = batches.find(turn.tx, BatchId(batch_id))
    if batch is None or batch.state != "cancelled":
        conversation.old_button(turn)
        return
    shop = snapshot.load(turn, at_the_counter=True)
    conversation.start(turn, begin_again(shop, batch, None, batch.title))


def open_for(turn: Turn, why: str, day: str) -> None:
    """An idea was pressed: for a payday the batch opens on its morning, for a holiday it opens now."""
    turn.demand(Right.SELL)
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        conversation.old_button(turn)
        return
    opens = datetime.combine(wanted, time(rule_plans.IDEA_HOUR), turn.house.settings.timezone)
    if why not in ("payday", "holiday") or opens <= turn.now:
        conversation.old_button(turn)
        return
    shop = snapshot.load(turn, at_the_counter=True)
    conversation.start(turn, begin_again(shop, shop.last_batch, opens if why == "payday" else None))
