"""/delay: a batch's dates move later, and each of its buyers is asked whether to wait (product 3).

In: the step, what was said, the snapshot. Out: the next step, and after one confirm the effect, or a sentence why not.
A typed date is read as in /open: taken when it has one meaning, asked about when it has several. Whether the dates are
still those on the screen is looked at here and again at the commit. `seller_delay_prompts` has the screens. Pure.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from conversations.effects import DelayBatch
from conversations.said import Back, Cancel, Picked, Typed
from conversations.seller_open import leave
from conversations.seller_reading import Doubt, quoted, read_day, read_moment, read_text
from conversations.seller_work import LONGEST_REASON, YES, in_states, leave_work
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step, Table, at, on, table
from messages.catalog.delaying import DatesMovedMeanwhile, DelayDone, DelayNotLater, NothingToDelay
from messages.catalog.selling_unclear import ChoiceUnclear, MomentUnclear, SellerLeft
from messages.catalog.selling_work import BatchGone
from preorder.batch import Batch, BatchId
from preorder.delay import (
    DELAYABLE,
    REASONS,
    Dates,
    MovedDate,
    dates_of,
    is_later,
    moment_of,
    movable,
    moved,
    shifts,
)
from preorder.staff import Right
from preorder.values import dataclass

LATER: Final = (3, 7, 14)  # days; the buttons


@dataclass(frozen=True)
class DelayChoose(Step, right=Right.SELL):
    """Several batches have dates that can move: which one?"""


@dataclass(frozen=True)
class Delaying(Step, right=Right.SELL):
    """Every step about one batch."""

    batch_id: BatchId


@dataclass(frozen=True)
class DelayWhich(Delaying):
    """Its dates, and how the last delay was answered: which date moves?"""


@dataclass(frozen=True)
class DelayDate(Delaying):
    """To when does it move?"""

    what: MovedDate


@dataclass(frozen=True)
class DelayDoubt(DelayDate):
    """What was typed could mean several moments or days (UTC): which one?"""

    choices: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class DelayReason(DelayDate):
    """Why? It moves to `to` (UTC)."""

    to: datetime


@dataclass(frozen=True)
class DelayReview(DelayReason):
    """As its buyers will read it, and how many they are: sure? `seen` are the dates as they stood on the screen."""

    reason: str
    seen: Dates


def delayable(shop: Shop) -> tuple[Batch, ...]:
    return in_states(shop, DELAYABLE)


def in_delay(step: Delaying, shop: Shop) -> Batch | None:
    """The batch of a step, while its dates can move."""
    batch = shop.batch(step.batch_id)
    return batch if batch is not None and movable(batch, shop.now) else None


def begin_delay(shop: Shop) -> Go[DelayChoose] | Go[DelayWhich] | Go[Home]:
    """/delay. With one batch there is nothing to choose."""
    batches = delayable(shop)
    if not batches:
        return Go(Home(), say=(NothingToDelay(),))
    return Go(DelayChoose()) if len(batches) > 1 else Go(DelayWhich(batches[0].id))


def choose_batch(_at: DelayChoose, said: Picked, shop: Shop) -> Go[DelayWhich] | Stay:
    found = next((batch for batch in delayable(shop) if batch.id == said.value), None)
    return Go(DelayWhich(found.id)) if found else Stay(BatchGone())


def which_to_choice(_at: DelayWhich, _said: Back, shop: Shop) -> Go[DelayChoose] | Go[Home]:
    return Go(DelayChoose()) if len(delayable(shop)) > 1 else Go(Home(), say=(SellerLeft(),))


def pick_which(at: DelayWhich, said: Picked, shop: Shop) -> Go[DelayDate] | Stay:
    batch = in_delay(at, shop)
    if batch is None:
        return Stay(BatchGone())
    what = next((one for one in movable(batch, shop.now) if one == said.value), None)
    return Go(DelayDate(batch.id, what)) if what else Stay(ChoiceUnclear(quoted(said.value)))


# --- to when -----------------------------------------------------------------------------------------------------


def later_choices(batch: Batch, what: MovedDate, shop: Shop) -> tuple[datetime, ...]:
    """The moments on the buttons (UTC): so many days after the date, or after today when it has passed."""
    before = moment_of(dates_of(batch), what, shop.zone).astimezone(shop.zone)
    today = shop.now.astimezone(shop.zone).replace(hour=before.hour, minute=before.minute, second=0, microsecond=0)
    begin = max(before, today)
    return tuple((begin + timedelta(days=days)).astimezone(shop.now.tzinfo) for days in LATER)


def pick_date(at: DelayDate, said: Picked, shop: Shop) -> Go[DelayReason] | Go[DelayWhich] | Stay:
    batch = in_delay(at, shop)
    if batch is None:
        return Stay(BatchGone())
    return _chosen(later_choices(batch, at.what, shop), said, at, batch, shop)


def pick_doubted(at: DelayDoubt, said: Picked, shop: Shop) -> Go[DelayReason] | Go[DelayWhich] | Stay:
    batch = in_delay(at, shop)
    return Stay(BatchGone()) if batch is None else _chosen(at.choices, said, at, batch, shop)


def _chosen(
    choices: tuple[datetime, ...], said: Picked, at: DelayDate, batch: Batch, shop: Shop
) -> Go[DelayReason] | Go[DelayWhich] | Stay:
    if not said.value.isdecimal() or int(said.value) >= len(choices):
        return Stay(ChoiceUnclear(quoted(said.value)))
    return _move_to(choices[int(said.value)], at, batch, shop)


def type_date(at: DelayDate, said: Typed, shop: Shop) -> Go[DelayReason] | Go[DelayDoubt] | Go[DelayWhich] | Stay:
    batch = in_delay(at, shop)
    if batch is None:
        return Stay(BatchGone())
    moment = _read(said.text, at.what, batch, shop)
    if isinstance(moment, Stay):
        return moment
    if isinstance(moment, Doubt):
        return Go(DelayDoubt(at.batch_id, at.what, moment.choices), say=moment.why)
    return _move_to(moment, at, batch, shop)


def _read(text: str, what: MovedDate, batch: Batch, shop: Shop) -> datetime | Doubt | Stay:
    """A closing is a moment, at its usual hour when none is said; the others are days."""
    if what == "closing":
        return read_moment(text, shop, (batch.closes_at.astimezone(shop.zone).hour,))
    day = read_day(text, shop)
    if isinstance(day, Stay):
        return day
    days = day if isinstance(day, tuple) else (day,)
    # Noon: the same day, whatever the hour at which the batch closes.
    noons = tuple(datetime.combine(one, time(12), shop.zone).astimezone(shop.now.tzinfo) for one in days)
    return Doubt(noons) if isinstance(day, tuple) else noons[0]


def _move_to(moment: datetime, at: DelayDate, batch: Batch, shop: Shop) -> Go[DelayReason] | Go[DelayWhich] | Stay:
    if at.what not in movable(batch, shop.now):
        return Go(DelayWhich(batch.id), say=(DatesMovedMeanwhile(batch.title),))
    before = dates_of(batch)
    if not is_later(before, at.what, moment, shop.zone):
        return Stay(DelayNotLater(at.what, moment_of(before, at.what, shop.zone)))
    if at.what == "closing" and moment <= shop.now:
        return Stay(MomentUnclear("", "past", moment))
    return Go(DelayReason(batch.id, at.what, moment))


def date_to_which(at: DelayDate, _said: Back, _shop: Shop) -> Go[DelayWhich]:
    return Go(DelayWhich(at.batch_id))


def doubt_to_date(at: DelayDoubt, _said: Back, _shop: Shop) -> Go[DelayDate]:
    return Go(DelayDate(at.batch_id, at.what))


# --- why, and sure -----------------------------------------------------------------------------------------------


def pick_reason(at: DelayReason, said: Picked, shop: Shop) -> Go[DelayReview] | Stay:
    return _because(at, said.value, shop) if said.value in REASONS else Stay(ChoiceUnclear(quoted(said.value)))


def type_reason(at: DelayReason, said: Typed, shop: Shop) -> Go[DelayReview] | Stay:
    reason = read_text(said.text, LONGEST_REASON)
    return reason if isinstance(reason, Stay) else _because(at, reason, shop)


def _because(at: DelayReason, reason: str, shop: Shop) -> Go[DelayReview] | Stay:
    batch = in_delay(at, shop)
    if batch is None:
        return Stay(BatchGone())
    return Go(DelayReview(batch.id, at.what, at.to, reason, dates_of(batch)))


def reason_to_date(at: DelayReason, _said: Back, _shop: Shop) -> Go[DelayDate]:
    return Go(DelayDate(at.batch_id, at.what))


def decide_delay(at: DelayReview, said: Picked, shop: Shop) -> Go[Home] | Go[DelayWhich]:
    batch = in_delay(at, shop)
    if batch is None:
        return Go(Home(), say=(BatchGone(),))
    if said.value != YES:
        return Go(Home(), say=(SellerLeft(),))
    still_later = is_later(at.seen, at.what, at.to, shop.zone) and (at.what != "closing" or at.to > shop.now)
    if dates_of(batch) != at.seen or at.what not in movable(batch, shop.now) or not still_later:
        return Go(DelayWhich(batch.id), say=(DatesMovedMeanwhile(batch.title),))
    after = moved(at.seen, at.what, at.to, shop.zone)
    done = DelayDone(batch.title, shifts(at.seen, after, shop.zone), len(shop.orders))
    return Go(Home(), do=(DelayBatch(batch.id, at.seen, after, at.reason),), say=(done,))


def review_to_reason(at: DelayReview, _said: Back, _shop: Shop) -> Go[DelayReason]:
    return Go(DelayReason(at.batch_id, at.what, at.to))


DELAY_FLOW: Final[Table] = table(
    at(DelayChoose, on(Picked, choose_batch), on(Back, leave_work), on(Cancel, leave)),
    at(DelayWhich, on(Picked, pick_which), on(Back, which_to_choice), on(Cancel, leave)),
    at(DelayDate, on(Picked, pick_date), on(Typed, type_date), on(Back, date_to_which), on(Cancel, leave)),
    at(DelayDoubt, on(Picked, pick_doubted), on(Typed, type_date), on(Back, doubt_to_date), on(Cancel, leave)),
    at(DelayReason, on(Picked, pick_reason), on(Typed, type_reason), on(Back, reason_to_date), on(Cancel, leave)),
    at(DelayReview, on(Picked, decide_delay), on(Back, review_to_reason), on(Cancel, leave)),
)
