"""What happens to a batch: planned, opened, closed, made (product 3, 6). Inside a turn's transaction.

Each change is guarded by the state it leaves, so that a press, the clock and a sold-out quota can race and one wins.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot import minimum_work, recap_work, rule_plans, waiting_work
from bot.turn import Turn
from conversations.announcing import announcement
from conversations.buttons import ActionButton, Keyboard, LinkButton
from messages.catalog import Label
from messages.catalog.paying import StageReached
from messages.catalog.running import BatchClosed, BatchOpened, CloseReminder
from messages.catalog.selling import Announcement
from preorder import picture
from preorder.batch import Batch, BatchId, CloseReason, Stage, VariantId
from preorder.errors import AlreadyDone
from preorder.staff import Right
from storage import batches, catalogue, orders, schedule, wordings
from storage.outbox import Priority
from storage.people import Person

LATE_OPENING: Final = timedelta(minutes=15)


def open_now(turn: Turn, batch_id: BatchId) -> None:
    """product 3: on opening, an announcement to subscribers and channel with a deep link.

    product 7: the seller chose the moment, so it goes at once whatever the hour; opened late (we were down), it is an
    accident that waits for the morning.
    """
    if not batches.move(turn.tx, batch_id, ("scheduled",), "open", turn.now):
        return
    batch = batches.find(turn.tx, batch_id)
    if batch is None:
        return
    settings = turn.house.settings
    link = turn.house.deep_link(f"b_{batch_id}")
    at_once = turn.now - batch.opens_at <= LATE_OPENING
    due_at = turn.now if at_once else turn.house.quiet.wake(turn.now)
    waits_until = due_at if due_at > turn.now else None
    # Its id comes first: who waited for it hears before all others, and only once.
    schedule.begin_broadcast(turn.tx, f"first-{batch_id}", "interested", batch_id, turn.now, due_at, at_once)
    is_public = batch.audience == "everyone"
    if is_public:
        schedule.begin_broadcast(turn.tx, f"open-{batch_id}", "announcement", batch_id, turn.now, due_at, at_once)
    channel = settings.channel_id if is_public else None
    if channel is not None:
        keyboard: Keyboard = ((LinkButton(Label("order_now"), link),),)
        key = f"channel:open:{batch_id}"
        turn.post(channel, announced(turn, batch), keyboard, cover(turn, batch), key, due_at)
    rule_plans.plan_post(turn.tx, turn.house, batch, turn.now)
    opened = BatchOpened(batch.title, batch.closes_at, link, channel is not None, waits_until, is_public)
    turn.tell_sellers(opened, key=f"opened:{batch_id}")


def announced(turn: Turn, batch: Batch) -> Announcement:
    """The announcement, in the shop's own words where it has them."""
    return announcement(batch, wordings.of(turn.tx, "announcement"), turn.house.deep_link(f"b_{batch.id}"))


def cover(turn: Turn, batch: Batch) -> str:
    """The picture of an announcement: the first product's that has one."""
    photos = (picture.cover(catalogue.pictures_of(turn.tx, product_id)) for product_id in batch.products())
    return next((photo for photo in photos if photo), "")


def announce_to(turn: Turn, person: Person, batch: Batch, broadcast_id: str) -> None:
    """One subscriber's copy of the announcement."""
    order = ActionButton(Label("order_now"), "order_in", (batch.id,))
    _to_subscriber(turn, person, announced(turn, batch), order, cover(turn, batch), broadcast_id)


def remind_of_closing(turn: Turn, person: Person, batch: Batch, broadcast_id: str) -> None:
    """One subscriber's reminder that a batch closes soon."""
    names = tuple(batch.product_name(product_id) for product_id in batch.products())
    own, link = wordings.of(turn.tx, "reminder"), turn.house.deep_link(f"b_{batch.id}")
    message = CloseReminder(batch.title, batch.closes_at, batch.left, names, own, link)
    _to_subscriber(turn, person, message, ActionButton(Label("order_now"), "order_in", (batch.id,)), "", broadcast_id)


def _to_subscriber(
    turn: Turn,
    person: Person,
    message: Announcement | CloseReminder,
    order: ActionButton,
    photo: str,
    broadcast_id: str,
) -> None:
    stop = ActionButton(Label("unsubscribe"), "unsubscribe")
    turn.tell(
        person.id,
        message,
        ((order,), (stop,)),
        key=f"b:{broadcast_id}",
        photo=photo,
        priority=Priority.BROADCAST,
    )


# --- closing -----------------------------------------------------------------------------------------------------


def close(turn: Turn, batch_id: BatchId, reason: CloseReason) -> bool:
    """Close, and send the production recap to sellers and makers at once (product 3); False when it was not open."""
    if not batches.close(turn.tx, batch_id, reason, turn.now):
        return False
    rule_plans.drop_closing(turn.tx, batch_id, turn.now)
    schedule.drop(turn.tx, "channel_post", batch_id, turn.now)
    waiting_work.end_line(turn, batch_id)
    batch = batches.find(turn.tx, batch_id)
    if batch is not None:
        is_short = minimum_work.is_short(turn, batch)
        closed = BatchClosed(reason, recap_work.totals_row(turn, batch), is_short)
        turn.tell_sellers(closed, key=f"closed:{batch_id}:{batch.closes_at:%Y%m%d%H%M}")
        if is_short:
            minimum_work.ask(turn, batch)
            return True
        quantities = recap_work.quantities(turn, batch)
        if quantities.rows:
            turn.tell_sellers(quantities, key=f"quantities:{batch_id}", right=Right.MAKE)
    return True


def close_when_sold(turn: Turn, batch_id: BatchId) -> None:
    """product 3: it closes by itself when the quota is sold: every slot taken, and every one of them paid for. Slots
    that are only held may come back and are offered until then (decision 0005);
    with people in line the seller is asked."""
    batches.hold_still(turn.tx, batch_id)
    batch = batches.find(turn.tx, batch_id)
    if (
        batch is not None
        and batch.state == "open"
        and batch.left == 0
        and batches.unconfirmed_slots(turn.tx, batch_id) == 0
        and not waiting_work.tell_sold_with_line(turn, batch)
    ):
        close(turn, batch_id, "sold")


def set_quota(turn: Turn, batch_id: BatchId, variant_id: VariantId | None, quota: int) -> None:
    """Another quota; what is free by it goes to the line first. Raises `AlreadyDone` when it cannot be (any more)."""
    if not batches.set_quota(turn.tx, batch_id, variant_id, quota):
        raise AlreadyDone
    waiting_work.move_up(turn, batch_id)
    close_when_sold(turn, batch_id)


# --- making ------------------------------------------------------------------------------------------------------


def move_stage(turn: Turn, batch_id: BatchId, stage: Stage) -> None:
    """product 6: moving a batch to a stage tells exactly its buyers, once."""
    if not batches.move_stage(turn.tx, batch_id, stage, turn.now):
        raise AlreadyDone
    for order in orders.of_batch(turn.tx, batch_id, ("confirmed",)):
        turn.tell(order.person_id, StageReached(order, stage), key=f"stage:{order.id}:{stage}")
