"""A batch is planned, kept as a draft, planned anew, or its plan is cancelled (product 3). Inside a turn's transaction.

Nothing here opens or closes anything by itself: what falls due is written down, and `batch_work` does it then. One that
has opened can no longer be planned anew; the state in the database decides, not the screen.
"""

from __future__ import annotations

from bot import batch_work, rule_plans
from bot.turn import Turn
from conversations.effects import MoveHoliday, PlanBatch
from preorder.arriving import CourierRest, parse_rest, rest_text
from preorder.batch import Batch, BatchId, Offer
from preorder.errors import AlreadyDone, BatchNotOpen
from storage import batches, catalogue, people, planning, schedule

COURIER_REST = "courier_rest"  # a name among what the shop knows


def plan(turn: Turn, effect: PlanBatch) -> None:
    """Write the batch and everything that falls due because of it.

    Raises `BatchNotOpen` when its products are gone or its closing has passed, `AlreadyDone` when it was planned before
    (a new one) or has opened or was cancelled meanwhile (one that is written anew).
    """
    batch = _batch(turn, effect)
    if not batch.offers or (batch.closes_at <= turn.now and not effect.as_draft):
        raise BatchNotOpen
    if effect.replaces is not None:
        if not planning.replan(turn.tx, batch, effect.replaces, turn.now):
            raise AlreadyDone
        _drop_due(turn, batch.id)
    elif not planning.plan(turn.tx, batch, turn.person.id, turn.now):
        raise AlreadyDone
    if effect.as_draft:
        return
    rule_plans.plan_closing(turn.tx, turn.house, batch, batch.opens_at, turn.now)
    if batch.opens_at <= turn.now:
        batch_work.open_now(turn, batch.id)
    else:
        schedule.plan(turn.tx, "open_batch", batch.id, batch.opens_at)


def _batch(turn: Turn, effect: PlanBatch) -> Batch:
    """The batch as it is planned, at today's prices."""
    wanted = set(effect.products)
    return Batch(
        id=effect.batch_id,
        title=effect.title,
        state="draft" if effect.as_draft else "scheduled",
        quota=effect.quota,
        taken=0,
        minimum=effect.minimum,
        maximum=effect.maximum,
        down_payment=effect.down_payment,
        hold=effect.hold,
        opens_at=effect.opens_at or turn.now,
        closes_at=effect.closes_at,
        production_days=effect.production_days,
        offers=tuple(
            Offer(v.id, product.id, product.name, v.name, v.price, v.weight, v.quota, 0)
            for product in catalogue.products(turn.tx)
            if product.id in wanted
            for v in product.variants
        ),
        minimum_total=effect.minimum_total,
        target=effect.target,
        shipping_days=effect.shipping_days,
        audience=effect.audience,
        tiers=effect.tiers,
    )


def cancel_plan(turn: Turn, batch_id: BatchId) -> None:
    """Raises `AlreadyDone` when it has opened or was cancelled."""
    if not batches.move(turn.tx, batch_id, ("draft", "scheduled"), "cancelled", turn.now):
        raise AlreadyDone
    _drop_due(turn, batch_id)


def _drop_due(turn: Turn, batch_id: BatchId) -> None:
    schedule.drop(turn.tx, "open_batch", batch_id, turn.now)
    rule_plans.drop_closing(turn.tx, batch_id, turn.now)


# --- what the shop knows for its plans ---------------------------------------------------------------------------


def move_holiday(turn: Turn, effect: MoveHoliday) -> None:
    """A holiday gets the shop's own day, or the calendar's again."""
    if effect.day is None:
        planning.unmove_holiday(turn.tx, effect.name, effect.year)
    else:
        planning.move_holiday(turn.tx, effect.name, effect.year, effect.day, turn.person.id, turn.now)


def pause_courier(turn: Turn, rest: CourierRest | None) -> None:
    people.remember(turn.tx, COURIER_REST, rest_text(rest))


def courier_rest(turn: Turn) -> CourierRest | None:
    """When the courier rests around Idul Fitri; the usual, as long as the shop has said nothing."""
    known = people.known(turn.tx, COURIER_REST)
    return CourierRest() if known is None else parse_rest(known)
