"""The question that a delay asks the buyer of one order, and its buttons (product 3). Reads; changes nothing.

In: a delay that counts, the order. Out: message and keyboard, the same for the question, its reminder and /orders.
"""

from __future__ import annotations

from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard
from messages.catalog import Label
from messages.catalog.delaying import DelayAsked
from preorder.delay import Shift, shifts
from preorder.order import Order
from storage.delays import Delay


def moves(turn: Turn, delay: Delay) -> tuple[Shift, ...]:
    """The dates that this delay moved."""
    return shifts(delay.before, delay.after, turn.house.settings.timezone)


def question(turn: Turn, delay: Delay, order: Order, *, is_reminder: bool = False) -> DelayAsked:
    return DelayAsked(order.code, order.batch, moves(turn, delay), delay.reason, order.paid, is_reminder)


def buttons(delay: Delay, order: Order) -> Keyboard:
    """Wait, or cancel with what was paid on its way back. The labels name the order, so that they can be typed."""
    return ((wait_button(delay, order),), (cancel_button(delay, order),))


def wait_button(delay: Delay, order: Order) -> ActionButton:
    return ActionButton(Label("delay_wait", (order.code,)), "delay_wait", (delay.id, order.id))


def cancel_button(delay: Delay, order: Order) -> ActionButton:
    label = "delay_refund" if order.paid > 0 else "delay_cancel"
    return ActionButton(Label(label, (order.code,)), "delay_cancel", (delay.id, order.id))
