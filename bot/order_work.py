"""What happens to an order: placed, shown, expired, sent (product 4, 6). Inside a turn's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot import delay_question, rule_plans, shipping_work, tier_work, waiting_work
from bot.house import GRACE
from bot.turn import Turn
from conversations.buttons import ActionButton, CopyButton, Keyboard
from conversations.effects import LineWanted, PlaceOrder
from conversations.worth import line_of
from messages.catalog import Label, Plain
from messages.catalog.delaying import OwnDelay
from messages.catalog.paying import (
    Account,
    HoldReminder,
    MoneyForGoneOrder,
    NoOrders,
    NothingDue,
    OrderCard,
    OrderExpired,
    OrderNotYours,
    OrderPlaced,
    OrderShipped,
    PaidTooLate,
    PayHow,
    ReviewDone,
)
from messages.catalog.running import QuotaHeld
from preorder.batch import STAGES, Batch, BatchId, Stage
from preorder.errors import AlreadyDone, BatchNotOpen, PriceChanged, SlotsGone, TermsMoved
from preorder.money import Rupiah
from preorder.order import Line, Order, OrderId, OrderState
from preorder.staff import Right
from storage import batches, delays, interests, orders, refunds, schedule
from storage.delays import Asked

SHOWN: Final = 8  # orders that /orders shows
CHANGEABLE: Final[tuple[OrderState, ...]] = ("held", "confirmed")  # product 4: by the buyer, until closing


def accounts(turn: Turn) -> tuple[Account, ...]:
    return tuple(Account(a.bank, a.number, a.holder) for a in turn.house.settings.bank_accounts)


def pay_keyboard(turn: Turn, order: Order) -> Keyboard:
    """Copy buttons for each account and for the amount: nobody retypes sixteen digits."""
    rows = [(CopyButton(Label("copy_account", (a.bank,)), a.number),) for a in accounts(turn)]
    return (*rows, (CopyButton(Label("copy_amount"), str(order.due_now)),))


def place(turn: Turn, effect: PlaceOrder) -> None:
    """Place the order, hold its slots, say how to pay (product 4). Raises what `orders.place` raises."""
    batch = batches.find(turn.tx, effect.batch_id, turn.person.id)
    if batch is None:
        raise BatchNotOpen
    if batch.terms != effect.terms:
        raise TermsMoved  # product 9: what is accepted is what was shown
    lines = promised(batch, effect.lines)
    shipping = shipping_work.now(turn, batch, lines, effect.address)
    if shipping != effect.shipping:
        raise PriceChanged
    waiting_work.use_offers(turn, batch.id)
    order = orders.place(
        turn.tx,
        batch,
        turn.person.id,
        effect.draft_id,
        lines,
        effect.address,
        turn.now,
        shipping,
        terms=batch.terms,
        promised=effect.promised,
    )
    interests.settle(turn.tx, order.id)
    _plan_hold(turn, order.id, order.hold_until)
    if turn.press is not None:
        turn.replace_screen(ReviewDone(order.code))
    turn.say(OrderPlaced(order, order.due_now, batch.hold, accounts(turn)), pay_keyboard(turn, order))
    waiting_work.move_up(turn, order.batch_id)
    tell_when_all_held(turn, order.batch_id)


def promised(batch: Batch, wanted: Iterable[LineWanted]) -> tuple[Line, ...]:
    """Lines with the batch's names and prices. Raises `SlotsGone` when one is not offered (any more)."""
    lines = tuple(line_of(one, batch) for one in wanted)
    kept = tuple(line for line in lines if line is not None)
    if len(kept) < len(lines):
        raise SlotsGone(0)
    return kept


def tell_when_all_held(turn: Turn, batch_id: BatchId) -> None:
    batch = batches.find(turn.tx, batch_id)
    if batch is not None and batch.left == 0:
        unpaid = batches.unconfirmed_slots(turn.tx, batch_id)
        turn.tell_sellers(QuotaHeld(batch.title, unpaid), key=f"held:{turn.origin}:{batch_id}")


# --- the buyer's own orders --------------------------------------------------------------------------------------


def show_orders(turn: Turn) -> None:
    """/orders: each order with state, paid, due and what comes next, and each place in a waiting list; what is waited
    for comes last, nearest the thumb."""
    found = orders.of_person(turn.tx, turn.person.id, SHOWN)
    for order in reversed(found):
        turn.say(*_card(turn, order))
    if not waiting_work.show(turn) and not found:
        turn.say(NoOrders(), ((ActionButton(Label("order_now"), "order"),),))


def _card(turn: Turn, order: Order) -> tuple[OrderCard, Keyboard]:
    batch = batches.find(turn.tx, order.batch_id)
    text = batches.stage_of(turn.tx, order.batch_id)
    stage: Stage | None = next((stage for stage in STAGES if stage == text), None)
    closes_at = batch.closes_at if batch is not None else order.placed_at
    is_open = batch is not None and batch.is_open_at(turn.now)
    back = refunds.of_order(turn.tx, order.id)
    owed, sent = (sum(one.amount for one in back if one.state == state) for state in ("owed", "paid"))
    can_change = is_open and order.state in CHANGEABLE
    asked = delays.of_order(turn.tx, order.id) if order.state in CHANGEABLE else None
    delay = OwnDelay(delay_question.moves(turn, asked.delay), asked.waits) if asked is not None else None
    card = OrderCard(order, stage or "", closes_at, is_open, Rupiah(owed), Rupiah(sent), can_change, delay)
    return card, _card_keyboard(card, asked)


def _card_keyboard(card: OrderCard, asked: Asked | None) -> Keyboard:
    order = card.order
    rows: list[tuple[ActionButton | CopyButton, ...]] = []
    if order.due_now and order.takes_slots:
        rows.append((ActionButton(Label("pay_how_for", (order.code,)), "pay", (order.id,)),))
    if card.can_change:
        change = ActionButton(Label("change_order", (order.code,)), "change_order", (order.id,))
        rows.append((change, ActionButton(Label("cancel_order", (order.code,)), "cancel_order", (order.id,))))
    if asked is not None and not asked.waits:
        rows.append((delay_question.wait_button(asked.delay, order),))
    if asked is not None and not card.can_change:
        rows.append((delay_question.cancel_button(asked.delay, order),))
    if order.tracking:
        rows.append((CopyButton(Label("copy_tracking"), order.tracking),))
    return tuple(rows)


def own_order(turn: Turn, order_id: str) -> Order | None:
    """The order, if it is this person's own; else it is said that there is none."""
    order = orders.find(turn.tx, OrderId(order_id))
    if order is None or order.person_id != turn.person.id:
        turn.toast(OrderNotYours())
        return None
    return order


def show_payment(turn: Turn, order_id: str) -> None:
    order = own_order(turn, order_id)
    if order is None:
        return
    if not order.due_now:
        turn.say(NothingDue(order.code))
        return
    hold_until = order.hold_until if order.state == "held" else None
    turn.say(PayHow(order.code, order.due_now, hold_until, accounts(turn)), pay_keyboard(turn, order))


# --- holds -------------------------------------------------------------------------------------------------------


def _plan_hold(turn: Turn, order_id: OrderId, until: datetime) -> None:
    schedule.plan(turn.tx, "hold_expiry", order_id, until)
    rule_plans.plan_hold_reminder(turn.tx, turn.house, order_id, until, turn.now)


def drop_hold(turn: Turn, order_id: OrderId) -> None:
    schedule.drop(turn.tx, "hold_reminder", order_id, turn.now)
    schedule.drop(turn.tx, "hold_expiry", order_id, turn.now)


def confirmed(turn: Turn, order: Order) -> None:
    """The down payment is in: the slots are the buyer's for good."""
    orders.move(turn.tx, order.id, ("held",), "confirmed", turn.now)
    drop_hold(turn, order.id)


def remind_of_hold(turn: Turn, order_id: str) -> None:
    order = orders.find(turn.tx, OrderId(order_id))
    if order is not None and order.state == "held" and turn.now < order.hold_until and not order.waiting_proofs:
        message = HoldReminder(order.code, order.due_now, order.hold_until, accounts(turn))
        turn.tell(order.person_id, message, pay_keyboard(turn, order), key=f"remind:{turn.origin}")


def expire_hold(turn: Turn, order_id: str) -> None:
    """Give the slots of an unpaid order back. A proof that waits for the seller keeps them (facts: statements lag)."""
    orders.hold_still(turn.tx, OrderId(order_id))
    order = orders.find(turn.tx, OrderId(order_id))
    if order is None or order.state != "held":
        return
    if order.waiting_proofs:
        schedule.plan(turn.tx, "hold_expiry", order.id, turn.now + GRACE)
        return
    if orders.release(turn.tx, order, "expired", turn.now):
        waiting_work.move_up(turn, order.batch_id)
        if order.paid:
            _owe_back(turn, order)
        tier_work.pass_on(turn, order.batch_id)
        batch = batches.find(turn.tx, order.batch_id)
        still_open = batch is not None and batch.is_open_at(turn.now)
        again: Keyboard = ((ActionButton(Label("order_now"), "order_in", (order.batch_id,)),),) if still_open else ()
        turn.tell(
            order.person_id, OrderExpired(order.code, order.batch, still_open), again, key=f"expired:{turn.origin}"
        )


def _owe_back(turn: Turn, order: Order) -> None:
    """A part was paid and the rest never came: the seller has to send it back."""
    refunds.owe(turn.tx, order.id, order.person_id, order.paid, "too_late", f"expired:{turn.origin}", turn.now)
    buyer = turn.reader(order.person_id)
    turn.tell(order.person_id, PaidTooLate(order.code, order.paid), key=f"too-late:{turn.origin}")
    owed = MoneyForGoneOrder(order.code, buyer.first_name, order.paid)
    turn.tell_sellers(owed, key=f"refund:{turn.origin}", right=Right.JUDGE)


def part_paid(turn: Turn, order: Order) -> None:
    """Less than the down payment arrived: the slots are kept for another hold, so that the rest can follow."""
    batch = batches.find(turn.tx, order.batch_id)
    if batch is not None:
        hold_again(turn, order, turn.now + batch.hold)


def hold_again(turn: Turn, order: Order, until: datetime) -> datetime:
    """Keep the slots at least until then; returns the moment the hold ends now."""
    if until <= order.hold_until:
        return order.hold_until
    orders.extend_hold(turn.tx, order.id, until)
    drop_hold(turn, order.id)
    _plan_hold(turn, order.id, until)
    return until


# --- sending -----------------------------------------------------------------------------------------------------


def ship(turn: Turn, order_id: OrderId, courier: str, tracking: str) -> None:
    """product 6: the number is written and its buyer told, once."""
    if not orders.ship(turn.tx, order_id, courier, tracking, turn.now):
        raise AlreadyDone
    order = orders.get(turn.tx, order_id)
    batches.move(turn.tx, order.batch_id, ("closed", "producing", "ready"), "shipping", turn.now)
    finish_when_sent(turn, order.batch_id)
    copy: Keyboard = ((CopyButton(Label("copy_tracking"), tracking),),)
    turn.tell(order.person_id, OrderShipped(order), copy, key=f"shipped:{order.id}:{courier}:{tracking}")


def finish_when_sent(turn: Turn, batch_id: BatchId) -> None:
    """A batch whose parcels are on their way is done when none is left to send."""
    batches.hold_still(turn.tx, batch_id)
    if not orders.of_batch(turn.tx, batch_id, ("held", "confirmed")):
        batches.move(turn.tx, batch_id, ("shipping",), "done", turn.now)


def order_choice(order: Order, action: str, *args: str) -> ActionButton:
    """A button that names an order by code and what is due."""
    return ActionButton(Plain(f"{order.code} · {order.batch}"[:40]), action, (*args, order.id), choice=True)
