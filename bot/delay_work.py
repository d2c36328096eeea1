"""A batch's dates move later (product 3, `/delay`). Inside a turn's transaction.

The dates move by a guarded update; what falls due because of the closing moves along; every buyer with an order that is
on is asked once, and reminded once when they say nothing. A later delay of the same batch takes the place of the
question before. What buyers answer is in `delay_answer_work`.
"""

from __future__ import annotations

from bot import delay_question, rule_plans
from bot.turn import Turn
from conversations.buttons import Keyboard, LinkButton
from conversations.effects import DelayBatch
from messages.catalog import Label
from messages.catalog.batch_life import OpenForLonger
from messages.catalog.delaying import BatchDelayed
from preorder.batch import Batch, BatchId
from preorder.delay import DELAYABLE
from preorder.errors import AlreadyDone
from preorder.staff import Right
from storage import batches, delays, orders, schedule


def delay(turn: Turn, effect: DelayBatch) -> None:
    """Move the dates and ask the buyers. Raises `AlreadyDone` when the dates are not what the seller saw, or can
    move no more; `NotAllowed`."""
    turn.demand(Right.SELL)
    moves_closing = effect.after.closes_at != effect.before.closes_at
    # Before the batch itself, as the clock does it: first what is due, then the batch.
    schedule.drop(turn.tx, "delay_reminder", effect.batch_id, turn.now)
    if moves_closing:
        rule_plans.drop_closing(turn.tx, effect.batch_id, turn.now)
    batches.hold_still(turn.tx, effect.batch_id)
    if not delays.move_dates(turn.tx, effect.batch_id, effect.before, effect.after, turn.now):
        raise AlreadyDone
    batch = batches.find(turn.tx, effect.batch_id)
    if batch is None:
        raise AlreadyDone
    if moves_closing:
        rule_plans.plan_closing(turn.tx, turn.house, batch, batch.opens_at, turn.now)
        _tell_channel(turn, batch)
    _ask(turn, batch, effect)


def _ask(turn: Turn, batch: Batch, effect: DelayBatch) -> None:
    """Everybody with an order that is on, at once: an order update knows no quiet hours."""
    made = delays.put(turn.tx, batch.id, effect.before, effect.after, effect.reason, turn.person.id, turn.now)
    found = orders.of_batch(turn.tx, batch.id, ("held", "confirmed"))
    for order in found:
        delays.ask(turn.tx, made, order.id, turn.now)
        asked = delay_question.question(turn, made, order)
        turn.tell(order.person_id, asked, delay_question.buttons(made, order), key=f"delay:{made.id}:{order.id}")
    if found:
        rule_plans.plan_delay_reminder(turn.tx, turn.house, batch.id, turn.now, turn.now)
    shifts = delay_question.moves(turn, made)
    told = BatchDelayed(batch.title, turn.person.first_name, shifts, effect.reason, len(found))
    for seller in turn.those_who_may(Right.SELL):
        if seller != turn.person.id:
            turn.tell(seller, told, key=f"delayed:{made.id}")


def _tell_channel(turn: Turn, batch: Batch) -> None:
    """The closing of a batch that is open stands in its announcement: the channel hears of the new one."""
    if batch.state != "open":
        return
    if not schedule.is_waiting(turn.tx, "channel_post", batch.id):
        rule_plans.plan_post(turn.tx, turn.house, batch, turn.now)
    channel = turn.house.settings.channel_id
    if channel is not None and batch.audience == "everyone":
        keyboard: Keyboard = ((LinkButton(Label("order_now"), turn.house.deep_link(f"b_{batch.id}")),),)
        message = OpenForLonger(batch.title, batch.closes_at, batch.left)
        awake = turn.house.quiet.wake(turn.now)
        turn.post(channel, message, keyboard, "", f"channel:delayed:{turn.origin}:{batch.id}", awake)


def remind(turn: Turn, batch_id: BatchId) -> None:
    """Those who have not answered, once. Too late is: its parcels are on their way, or the batch is over; a later delay
    has dropped this and asks anew."""
    batch, made = batches.find(turn.tx, batch_id), delays.of_batch(turn.tx, batch_id)
    if batch is None or made is None or batch.state not in DELAYABLE:
        return
    for order_id in delays.silent(turn.tx, made):
        if delays.remind(turn.tx, made, order_id, turn.now):
            order = orders.get(turn.tx, order_id)
            again = delay_question.question(turn, made, order, is_reminder=True)
            keyboard = delay_question.buttons(made, order)
            turn.tell(order.person_id, again, keyboard, key=f"delay-again:{made.id}:{order_id}")
