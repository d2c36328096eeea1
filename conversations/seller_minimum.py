"""A batch has closed below its minimum (product 3): open it for longer, or cancel it. Going on needs no screen.

Two questions behind standing buttons, their verbs and screens. The first to decide has decided; the commit looks. Pure.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from conversations.buttons import Button
from conversations.effects import DecideBatch
from conversations.prompt import WAY_OUT, Prompt, in_rows, one_a_row
from conversations.said import Back, Picked, Typed
from conversations.seller_reading import Doubt, quoted, read_moment
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog import Label, Message, Plain
from messages.catalog.batch_life import AskCancelBatch, AskLongerOpen, BatchExtended, BatchWasCancelled
from messages.catalog.selling import AskWhichMoment
from messages.catalog.selling_unclear import ChoiceUnclear, MomentUnclear, SellerHint, SellerLeft
from messages.catalog.selling_work import BatchGone
from preorder.batch import Batch, BatchId
from preorder.staff import Right
from preorder.values import dataclass

LONGER: Final = (1, 3, 7)  # days
YES: Final = "yes"


@dataclass(frozen=True)
class DecidingBatch(Step, right=Right.SELL):
    """Every step about a batch that waits for a decision."""

    batch_id: BatchId


@dataclass(frozen=True)
class LongerOpen(DecidingBatch):
    """Until when is it to be open?"""


@dataclass(frozen=True)
class LongerOpenDoubt(DecidingBatch):
    """The typed closing could mean several moments (UTC): which one?"""

    choices: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class CancelBatchConfirm(DecidingBatch):
    """Everybody would be told, and what was paid would go back: sure?"""


def undecided(shop: Shop, batch_id: BatchId) -> Batch | None:
    batch = shop.batch(batch_id)
    return batch if batch is not None and batch.is_undecided else None


def begin_longer(batch_id: BatchId, shop: Shop) -> Go[LongerOpen] | Go[Home]:
    return Go(LongerOpen(batch_id)) if undecided(shop, batch_id) else Go(Home(), say=(BatchGone(),))


def begin_cancel(batch_id: BatchId, shop: Shop) -> Go[CancelBatchConfirm] | Go[Home]:
    return Go(CancelBatchConfirm(batch_id)) if undecided(shop, batch_id) else Go(Home(), say=(BatchGone(),))


def closings(batch: Batch, shop: Shop) -> tuple[datetime, ...]:
    """The same hour of the shop's day as it closed, so many days from today or from that closing (UTC)."""
    closed = batch.closes_at.astimezone(shop.zone)
    begin = max(closed, shop.now.astimezone(shop.zone).replace(hour=closed.hour, minute=closed.minute))
    # Wall-clock days: two in the afternoon stays two in the afternoon.
    return tuple((begin + timedelta(days=days)).astimezone(batch.closes_at.tzinfo) for days in LONGER)


def pick_longer(at: LongerOpen, said: Picked, shop: Shop) -> Go[Home] | Stay:
    batch = undecided(shop, at.batch_id)
    if batch is None:
        return Stay(BatchGone())
    if not said.value.isdecimal() or int(said.value) >= len(LONGER):
        return Stay(ChoiceUnclear(quoted(said.value)))
    return _longer(batch, closings(batch, shop)[int(said.value)], shop)


def type_longer(at: LongerOpen | LongerOpenDoubt, said: Typed, shop: Shop) -> Go[Home] | Go[LongerOpenDoubt] | Stay:
    batch = undecided(shop, at.batch_id)
    if batch is None:
        return Stay(BatchGone())
    moment = read_moment(said.text, shop, (batch.closes_at.astimezone(shop.zone).hour,))
    if isinstance(moment, Stay):
        return moment
    if isinstance(moment, Doubt):
        return Go(LongerOpenDoubt(at.batch_id, moment.choices), say=moment.why)
    return _longer(batch, moment, shop)


def pick_doubted(at: LongerOpenDoubt, said: Picked, shop: Shop) -> Go[Home] | Stay:
    batch = undecided(shop, at.batch_id)
    if batch is None:
        return Stay(BatchGone())
    if not said.value.isdecimal() or int(said.value) >= len(at.choices):
        return Stay(ChoiceUnclear(quoted(said.value)))
    return _longer(batch, at.choices[int(said.value)], shop)


def _longer(batch: Batch, closes_at: datetime, shop: Shop) -> Go[Home] | Stay:
    if closes_at <= shop.now:
        return Stay(MomentUnclear("", "past", closes_at))
    done = BatchExtended(batch.title, closes_at)
    return Go(Home(), do=(DecideBatch(batch.id, "extended", closes_at),), say=(done,))


def doubt_to_longer(at: LongerOpenDoubt, _said: Back, _shop: Shop) -> Go[LongerOpen]:
    return Go(LongerOpen(at.batch_id))


def decide_cancel(at: CancelBatchConfirm, said: Picked, shop: Shop) -> Go[Home] | Stay:
    batch = undecided(shop, at.batch_id)
    if batch is None:
        return Stay(BatchGone())
    if said.value != YES:
        return Stay(ChoiceUnclear(quoted(said.value)))
    totals = shop.totals(batch.id)
    done = BatchWasCancelled(batch.title, totals.orders if totals else 0, totals.paid if totals else 0)
    return Go(Home(), do=(DecideBatch(batch.id, "cancelled"),), say=(done,))


def leave_undecided(_at: DecidingBatch, _said: Back, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(SellerLeft(),))


# --- screens -----------------------------------------------------------------------------------------------------


def minimum_prompt(step: Step, shop: Shop) -> Prompt | None:
    """The screen of one of the three steps; None for another's."""
    if not isinstance(step, DecidingBatch):
        return None
    batch = undecided(shop, step.batch_id)
    if batch is None:
        return Prompt(BatchGone(), WAY_OUT)
    match step:
        case LongerOpenDoubt():
            moments = [
                Button(Plain(f"{moment.astimezone(shop.zone):%d/%m/%Y %H.%M}"), str(i), choice=True)
                for i, moment in enumerate(step.choices)
            ]
            return Prompt(AskWhichMoment(step.choices), (*one_a_row(moments), *WAY_OUT))
        case LongerOpen():
            days = [Button(Label("days_later", (n,)), str(i), choice=True) for i, n in enumerate(LONGER)]
            return Prompt(AskLongerOpen(batch.title, closings(batch, shop)), (*in_rows(days, 3), *WAY_OUT))
        case _:
            totals = shop.totals(batch.id)
            orders, paid = (totals.orders, totals.paid) if totals else (0, 0)
            sure = Button(Label("cancel_batch_sure"), YES)
            return Prompt(AskCancelBatch(batch.title, orders, paid), ((sure,), *WAY_OUT))


MINIMUM_HINTS: Final[dict[type[Step], Message]] = {
    LongerOpen: SellerHint("moment"),
    LongerOpenDoubt: SellerHint("button"),
    CancelBatchConfirm: SellerHint("button"),
}
