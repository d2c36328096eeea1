"""A batch has closed below its minimum (product 3): the sellers are asked, one decides. In a turn's transaction.

Asked when it closes and reminded once a day; the decision is a guarded update, so the first one counts. While nobody
has decided everything stays as it is; moving the batch to a stage decides that it goes on.
"""

from __future__ import annotations

from datetime import datetime

from bot import order_work, recap_work, rule_plans, waiting_work
from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard, LinkButton
from messages.catalog import Label
from messages.catalog.base import Message
from messages.catalog.batch_life import (
    BatchDecided,
    CancelledForBuyer,
    DecidedBefore,
    ExtendedForBuyer,
    MinimumMissed,
    OpenForLonger,
)
from preorder.batch import Batch, BatchId, Decision
from preorder.errors import AlreadyDone
from preorder.staff import Right
from storage import batches, orders, refunds, schedule


def is_short(turn: Turn, batch: Batch) -> bool:
    """Is less ordered than the batch needs to go ahead?"""
    return bool(batch.minimum_total) and batches.goods(turn.tx, batch.id) < batch.minimum_total


def ask(turn: Turn, batch: Batch) -> None:
    """The batch that has just closed waits for a decision."""
    batches.ask_decision(turn.tx, batch.id)
    _tell(turn, batch, is_reminder=False)


def remind(turn: Turn, batch_id: BatchId) -> None:
    """Once a day, as long as nobody has decided."""
    batch = batches.find(turn.tx, batch_id)
    if batch is not None and batch.is_undecided:
        _tell(turn, batch, is_reminder=True)


def _tell(turn: Turn, batch: Batch, *, is_reminder: bool) -> None:
    goods = batches.goods(turn.tx, batch.id)
    missed = MinimumMissed(recap_work.totals_row(turn, batch), goods, batch.minimum_total, is_reminder)
    longer = (ActionButton(Label("stay_open"), "stay_open", (batch.id,)),) if batch.left else ()
    go_on = (ActionButton(Label("go_ahead"), "go_ahead", (batch.id,)),)
    cancel = (ActionButton(Label("cancel_batch"), "cancel_batch", (batch.id,)),)
    turn.tell_sellers(
        missed, tuple(row for row in (longer, go_on, cancel) if row), key=f"short:{turn.origin}:{batch.id}"
    )
    rule_plans.plan_minimum_question(turn.tx, turn.house, batch.id, turn.now)


def decided(turn: Turn, batch_id: BatchId) -> Message:
    """What became of a batch that no longer waits for a decision."""
    batch = batches.find(turn.tx, batch_id)
    return DecidedBefore(batch.title if batch else "", batch.decision if batch else "")


def go_ahead(turn: Turn, batch_id: str) -> None:
    """The button: it is made all the same."""
    try:
        decide(turn, BatchId(batch_id), "goes_on")
    except AlreadyDone:
        before = decided(turn, BatchId(batch_id))
        turn.toast(before)


def decide(turn: Turn, batch_id: BatchId, decision: Decision, closes_at: datetime | None = None) -> None:
    """Raises `AlreadyDone` when somebody decided before, `NotAllowed`."""
    turn.demand(Right.SELL)
    batches.hold_still(turn.tx, batch_id)
    if not batches.decide(turn.tx, batch_id, decision, turn.now, closes_at):
        raise AlreadyDone
    schedule.drop(turn.tx, "decide_minimum", batch_id, turn.now)
    batch = batches.find(turn.tx, batch_id)
    if batch is None:
        raise AlreadyDone
    told = BatchDecided(batch.title, decision, turn.person.first_name, batch.closes_at)
    turn.tell_sellers(told, key=f"decided:{turn.origin}:{batch_id}")
    if decision == "cancelled":
        _cancel_orders(turn, batch)
    elif decision == "extended":
        _open_for_longer(turn, batch)
    else:
        quantities = recap_work.quantities(turn, batch)
        turn.tell_sellers(quantities, key=f"quantities:{turn.origin}:{batch_id}", right=Right.MAKE)


def _cancel_orders(turn: Turn, batch: Batch) -> None:
    """Every order ends, its slots come back, what was paid goes to the refund list, and its buyer is told once."""
    for order in orders.of_batch(turn.tx, batch.id, ("held", "confirmed")):
        orders.hold_still(turn.tx, order.id)
        order = orders.get(turn.tx, order.id)
        if not orders.release(turn.tx, order, "cancelled", turn.now, ("held", "confirmed")):
            continue
        order_work.drop_hold(turn, order.id)
        if order.paid > 0:
            cause = f"batch:{batch.id}:{order.id}"
            refunds.owe(turn.tx, order.id, order.person_id, order.paid, "batch_cancelled", cause, turn.now)
        told = CancelledForBuyer(order.code, batch.title, order.paid, bool(order.waiting_proofs))
        turn.tell(order.person_id, told, key=f"batch-cancelled:{order.id}")


def _open_for_longer(turn: Turn, batch: Batch) -> None:
    """It takes orders again; those who have ordered and the channel hear of the new closing."""
    rule_plans.plan_closing(turn.tx, turn.house, batch, turn.now, turn.now)
    rule_plans.plan_post(turn.tx, turn.house, batch, turn.now)
    for order in orders.of_batch(turn.tx, batch.id, ("held", "confirmed")):
        told = ExtendedForBuyer(order.code, batch.title, batch.closes_at)
        turn.tell(order.person_id, told, key=f"extended:{turn.origin}:{order.id}")
    waiting_work.go_on_with_line(turn, batch)
    channel = turn.house.settings.channel_id
    if channel is not None:
        link = turn.house.deep_link(f"b_{batch.id}")
        keyboard: Keyboard = ((LinkButton(Label("order_now"), link),),)
        message = OpenForLonger(batch.title, batch.closes_at, batch.left)
        turn.post(channel, message, keyboard, "", f"channel:extended:{turn.origin}:{batch.id}", _awake(turn))


def _awake(turn: Turn) -> datetime:
    return turn.house.quiet.wake(turn.now)
