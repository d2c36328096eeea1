"""Standing buttons that begin a conversation, where the subject's work sees something to begin. In a turn."""

from __future__ import annotations

from bot import change_work, conversation, order_work, refund_work
from bot.turn import Turn
from conversations.change_flow import begin_change
from conversations.seller_refunds import begin_settling
from messages.catalog.changing import OrderNotChangeable
from storage.ids import short_id


def change_order(turn: Turn, order_id: str) -> None:
    """Beside an order in /orders: its review, to be changed from there."""
    order = order_work.own_order(turn, order_id)
    if order is None:
        return
    if not change_work.is_changeable(turn, order):
        turn.say(OrderNotChangeable(order.code))
        return
    conversation.start(turn, begin_change(order, short_id()))


def settle_refund(turn: Turn, refund_id: str) -> None:
    """Beside a refund in /refunds: it was sent; is there a photo?"""
    refund = refund_work.owed(turn, refund_id)
    if refund is not None:
        conversation.start(turn, begin_settling(refund.id, refund.code, refund.amount))
