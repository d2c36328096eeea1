"""What the buyer of a delayed order chooses: wait, or cancel with a refund (product 3). Inside a turn's transaction.

A delay gives the right to cancel after closing, too, until the order is sent. "Wait" may become "cancel"; a cancelled
order stays so. Every button names its delay: what was asked about older dates is not an answer to the newest.
"""

from __future__ import annotations

from bot import change_work, delay_question, order_work
from bot.turn import Turn
from conversations.buttons import ActionButton
from messages.catalog import Label
from messages.catalog.delaying import (
    AllAnswered,
    AskDelayCancel,
    DelayAnswered,
    DelayOutdated,
    DelayOver,
    DelayWaited,
)
from messages.catalog.paying import CannotCancel
from preorder.order import Order, OrderId
from storage import batches, delays, orders
from storage.delays import Asked


def wait(turn: Turn, delay_id: str, order_id: str) -> None:
    """The buyer waits: recorded once."""
    found = _answerable(turn, delay_id, order_id)
    if found is None:
        return
    order, asked = found
    if not delays.wait(turn.tx, asked.delay.id, order.id, turn.now):
        turn.toast(DelayAnswered(order.code, waits=True))
        return
    cancel_later = ((delay_question.cancel_button(asked.delay, order),),)
    turn.change_keys(cancel_later)
    turn.say(DelayWaited(order.code, delay_question.moves(turn, asked.delay)))
    _tell_when_all_answered(turn, order)


def ask_cancel(turn: Turn, delay_id: str, order_id: str) -> None:
    """Asked once more; the way back is to wait."""
    found = _answerable(turn, delay_id, order_id)
    if found is None:
        return
    order, asked = found
    if order.waiting_proofs:
        turn.say(CannotCancel(order.code, "proof"))
        return
    label = Label("delay_cancel_sure", (order.code,))
    sure = ActionButton(label, "delay_sure", (asked.delay.id, order.id))
    turn.say(AskDelayCancel(order), ((sure,), (delay_question.wait_button(asked.delay, order),)))


def cancel(turn: Turn, delay_id: str, order_id: str) -> None:
    """The order ends as any cancelled one: slots and money back, sellers told."""
    own = order_work.own_order(turn, order_id)
    if own is None:
        return
    orders.hold_still(turn.tx, OrderId(order_id))
    # A seller may be asking anew at this moment: an order that ends now is not asked about again.
    batches.hold_still(turn.tx, own.batch_id)
    found = _answerable(turn, delay_id, order_id)
    if found is None:
        return
    order, _ = found
    if order.waiting_proofs:
        turn.say(CannotCancel(order.code, "proof"))
        return
    if not change_work.end(turn, order, "delayed"):
        turn.toast(DelayOver(order.code))
        return
    _tell_when_all_answered(turn, order)


def _answerable(turn: Turn, delay_id: str, order_id: str) -> tuple[Order, Asked] | None:
    """The order and the delay that counts for it, when it is this one; else it is said why not."""
    order = order_work.own_order(turn, order_id)
    if order is None:
        return None
    if order.state == "cancelled":
        turn.toast(DelayAnswered(order.code, waits=False))
        return None
    asked = delays.of_order(turn.tx, order.id)
    if asked is None or order.state not in order_work.CHANGEABLE:
        turn.toast(DelayOver(order.code))
        return None
    if asked.delay.id != delay_id:
        turn.toast(DelayOutdated(order.code))
        newest = delay_question.question(turn, asked.delay, order)
        turn.say(newest, delay_question.buttons(asked.delay, order))
        return None
    return order, asked


def _tell_when_all_answered(turn: Turn, order: Order) -> None:
    delay = delays.of_batch(turn.tx, order.batch_id)
    answers = delays.answers(turn.tx, delay) if delay is not None else None
    batch = batches.find(turn.tx, order.batch_id)
    if delay is None or answers is None or batch is None or answers.silent:
        return
    turn.tell_sellers(AllAnswered(batch.title, answers), key=f"delay-answered:{delay.id}")
