"""A shipping cost that was told wrong, put right until the parcel is on its way (product 4, 5). In a turn.

Total and due follow; what was paid and is too much now goes to the refund list, what was on it and is needed again
comes back from there. The buyer is told the old cost and the new one.
"""

from __future__ import annotations

from bot import change_work, order_work, shipping_work
from bot.turn import Turn
from messages.catalog.shipping import ShippingCorrected
from preorder.errors import AlreadyDone
from preorder.money import Rupiah
from preorder.order import OrderId
from storage import orders, refunds, shipping


def correct(turn: Turn, order_id: OrderId, cost: Rupiah, before: Rupiah) -> None:
    """Raises `AlreadyDone` when the cost is not `before` any more, or the order is over or sent."""
    orders.hold_still(turn.tx, order_id)
    if not shipping.correct(turn.tx, order_id, cost, before):
        raise AlreadyDone
    order = orders.get(turn.tx, order_id)
    owed = change_work.owed_back(turn, order)
    less = max(0, before - cost)
    back = Rupiah(max(0, min(order.paid + owed - order.total, owed + less)))
    if back != owed:
        refunds.withdraw(turn.tx, order.id, turn.now)
        change_work.owe(turn, order, back, "reduced")
        order = orders.get(turn.tx, order_id)
    if order.state == "held" and order.paid and order.paid >= order.first_due:
        order_work.confirmed(turn, order)
        order = orders.get(turn.tx, order_id)
    news = ShippingCorrected(order, before, back)
    turn.tell(order.person_id, news, shipping_work.how_to_pay(order), key=f"shipping:{order.id}:{turn.origin}")
