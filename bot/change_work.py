"""What a buyer does to a placed order until closing: change it, cancel it (product 4). Inside a turn's transaction.

Slots and money follow in the same transaction; what was paid and is too much goes to the refund list. A change that is
refused leaves everything as it was. Sellers hear when there is money in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from bot import batch_work, order_work, shipping_work, tier_work, waiting_work
from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard
from conversations.effects import ChangeOrder
from messages.catalog import Label
from messages.catalog.changing import ChangeSaved, OrderChanged, PaidOrderChanged
from messages.catalog.paying import (
    AskCancelOrder,
    BuyerCancelled,
    CannotCancel,
    OrderCancelled,
    OrderKept,
)
from preorder.changing import change_of
from preorder.errors import BatchNotOpen, OrderMoved, PriceChanged
from preorder.money import Rupiah
from preorder.order import Order, OrderId
from preorder.shipping import shipping_again
from preorder.staff import Right
from storage import batches, delays, orders, refunds


def is_changeable(turn: Turn, order: Order) -> bool:
    """product 4: until closing, while it is neither over nor sent."""
    batch = batches.find(turn.tx, order.batch_id)
    return order.state in order_work.CHANGEABLE and batch is not None and batch.is_open_at(turn.now)


def change(turn: Turn, effect: ChangeOrder) -> None:
    """Put the change in the order's place.

    Raises `OrderMoved` when the order is not what the buyer saw, `BatchNotOpen`, `SlotsGone`, `OverMaximum`.
    """
    orders.hold_still(turn.tx, effect.order_id)
    order = orders.find(turn.tx, effect.order_id)
    if order is None or order.person_id != turn.person.id or order.state not in order_work.CHANGEABLE:
        raise OrderMoved
    batch = batches.find(turn.tx, order.batch_id, turn.person.id)
    if batch is None:
        raise BatchNotOpen
    lines = order_work.promised(batch, effect.lines)
    owed = owed_back(turn, order)
    by_rule = shipping_work.now(turn, batch, lines, effect.address)
    shipping = shipping_again(order.shipping, order.address, effect.address, by_rule)
    if shipping != effect.shipping:
        raise PriceChanged
    changed = change_of(order, lines, batch.down_payment, owed, shipping)
    if order.paid != effect.paid or (order.waiting_proofs and changed.total != order.total):
        raise OrderMoved
    if (order.state == "confirmed" and not changed.is_covered) or not changed.leaves_goods:
        raise OrderMoved
    after = replace(order, lines=lines, address=effect.address, total=changed.total, first_due=changed.first_due)
    after = replace(after, shipping=shipping)
    if after.pieces > order.pieces:
        waiting_work.use_offers(turn, order.batch_id)
    orders.rewrite(turn.tx, order, after, turn.now)
    if changed.back != owed or changed.total != order.total:
        refunds.withdraw(turn.tx, order.id, turn.now)
        owe(turn, order, changed.back, "reduced")
    _after(turn, order, changed.back)


def owed_back(turn: Turn, order: Order) -> Rupiah:
    """What was to go back from an order and has not been sent."""
    return Rupiah(sum(one.amount for one in refunds.of_order(turn.tx, order.id) if one.state == "owed"))


def owe(turn: Turn, order: Order, amount: Rupiah, reason: refunds.RefundReason) -> None:
    """Put it on the refund list, once in this turn."""
    if amount > 0:
        cause = f"{reason}:{turn.origin}:{order.id}"
        refunds.owe(turn.tx, order.id, order.person_id, amount, reason, cause, turn.now)


def _whose(back: Rupiah) -> Right:
    """Who has to hear of it: money that goes back is finance's work, too."""
    return Right.JUDGE if back else Right.SELL


def _after(turn: Turn, before: Order, back: Rupiah) -> None:
    """The sums are right; now the order's state, and who has to hear of it."""
    order = orders.get(turn.tx, before.id)
    if order.state == "held" and order.paid and order.paid >= order.first_due:
        order_work.confirmed(turn, order)
        order = orders.get(turn.tx, order.id)
    message = OrderChanged(order, order.due_now, back, order_work.accounts(turn))
    keyboard: Keyboard = order_work.pay_keyboard(turn, order) if order.state == "held" and order.due_now else ()
    if turn.press is not None:
        turn.replace_screen(ChangeSaved(order.code))
    turn.say(message, keyboard)
    if order.paid or back:
        told = PaidOrderChanged(order, turn.person.first_name, before.lines, back)
        see: Keyboard = ((ActionButton(Label("see_refunds"), "refunds"),),) if back else ()
        turn.tell_sellers(told, see, key=f"changed:{turn.origin}:{order.id}", right=_whose(back))
    waiting_work.move_up(turn, order.batch_id)
    order_work.tell_when_all_held(turn, order.batch_id)
    batch_work.close_when_sold(turn, order.batch_id)


# --- cancelling ----------------------------------------------------------------------------------------------------


def _why_not(turn: Turn, order: Order) -> CannotCancel | None:
    """product 4: the buyer cancels until closing; a proof that waits is judged first."""
    batch = batches.find(turn.tx, order.batch_id)
    if order.state not in order_work.CHANGEABLE:
        return CannotCancel(order.code, "over")
    if batch is None or not batch.is_open_at(turn.now):
        return CannotCancel(order.code, "closed")
    return CannotCancel(order.code, "proof") if order.waiting_proofs else None


def ask_cancel(turn: Turn, order_id: str) -> None:
    order = order_work.own_order(turn, order_id)
    if order is None:
        return
    refusal = _why_not(turn, order)
    if refusal is not None:
        turn.say(refusal)
        return
    sure = ActionButton(Label("cancel_order_sure", (order.code,)), "cancel_sure", (order.id,))
    keep_it = ActionButton(Label("keep_order"), "keep_order", (order.id,))
    turn.say(AskCancelOrder(order), ((sure,), (keep_it,)))


def cancel(turn: Turn, order_id: str) -> None:
    """Give the slots back and what was paid to the refund list, once."""
    if order_work.own_order(turn, order_id) is None:
        return
    orders.hold_still(turn.tx, OrderId(order_id))
    order = orders.get(turn.tx, OrderId(order_id))
    refusal = _why_not(turn, order)
    if refusal is not None:
        turn.say(refusal)
        return
    if not end(turn, order, "cancelled"):
        turn.say(CannotCancel(order.code, "over"))


def end(turn: Turn, order: Order, why: Literal["cancelled", "delayed"]) -> bool:
    """Its buyer ends an order that is held still: slots back, what was paid to the refund list, everybody concerned is
    told; False when it is over or sent. Where a delay was asked about, this is the answer."""
    if not orders.release(turn.tx, order, "cancelled", turn.now, order_work.CHANGEABLE):
        return False
    delays.cancel(turn.tx, order.id, turn.now)
    order_work.drop_hold(turn, order.id)
    owe(turn, order, order.paid, why)
    waiting_work.move_up(turn, order.batch_id)
    tier_work.pass_on(turn, order.batch_id)
    order_work.finish_when_sent(turn, order.batch_id)
    turn.replace_screen(OrderCancelled(order.code, order.paid))
    told = BuyerCancelled(order.code, turn.person.first_name, order.batch, order.paid, why == "delayed")
    see: Keyboard = ((ActionButton(Label("see_refunds"), "refunds"),),) if order.paid else ()
    turn.tell_sellers(told, see, key=f"cancelled:{order.id}", right=_whose(order.paid))
    return True


def keep(turn: Turn, order_id: str) -> None:
    order = order_work.own_order(turn, order_id)
    if order is not None:
        turn.replace_screen(OrderKept(order.code))
