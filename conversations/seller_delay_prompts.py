"""Step → screen for /delay (product 3). What is gone meanwhile still has a screen, with the way out. Pure."""

from __future__ import annotations

from typing import Final

from conversations.buttons import Button
from conversations.product_prompts import YES_NO
from conversations.prompt import WAY_OUT, Prompt, in_rows, one_a_row
from conversations.seller_delay import (
    LATER,
    DelayChoose,
    DelayDate,
    DelayDoubt,
    Delaying,
    DelayReason,
    DelayReview,
    DelayWhich,
    delayable,
    in_delay,
    later_choices,
)
from conversations.shop import Shop
from conversations.table import Step
from messages.catalog import Label, Message, Plain
from messages.catalog.delaying import (
    AskDelayDate,
    AskDelayReason,
    AskDelaySure,
    AskDelayWhich,
    DelayAsked,
    LastDelay,
    StandingDate,
)
from messages.catalog.opening import AskWhichDay
from messages.catalog.selling import AskWhichMoment
from messages.catalog.selling_unclear import SellerHint
from messages.catalog.selling_work import AskWhichBatch, BatchGone, BatchLine
from preorder.batch import Batch
from preorder.delay import REASONS, dates_of, moment_of, movable, moved, shifts
from preorder.money import NO_MONEY


def delay_prompt(step: Step, shop: Shop) -> Prompt | None:
    """The screen of a step of /delay; None for another's."""
    if isinstance(step, DelayChoose):
        return _choose(shop)
    if not isinstance(step, Delaying):
        return None
    batch = in_delay(step, shop)
    if batch is None:
        return Prompt(BatchGone(), WAY_OUT)
    match step:
        case DelayWhich():
            return _which(batch, shop)
        case DelayReview():
            return _review(step, batch, shop)
        case DelayReason():
            reasons = [Button(Label(f"delay_{reason}"), reason, choice=True) for reason in REASONS]
            return Prompt(AskDelayReason(batch.title, step.what, step.to), (*in_rows(reasons, 2), *WAY_OUT))
        case DelayDoubt():
            return _doubt(step, shop)
        case DelayDate():
            return _date(step, batch, shop)
        case _:
            return None


def _choose(shop: Shop) -> Prompt:
    batches = delayable(shop)
    if not batches:
        return Prompt(BatchGone(), WAY_OUT)
    lines = tuple(BatchLine(b.title, b.state, b.opens_at if b.state == "scheduled" else b.closes_at) for b in batches)
    buttons = [Button(Plain(b.title), b.id, choice=True) for b in batches]
    return Prompt(AskWhichBatch("delay", lines), (*one_a_row(buttons), *WAY_OUT))


def _which(batch: Batch, shop: Shop) -> Prompt:
    dates = tuple(StandingDate(what, moment_of(dates_of(batch), what, shop.zone)) for what in movable(batch, shop.now))
    buttons = [Button(Label(f"delay_of_{date.what}"), date.what, choice=True) for date in dates]
    last = shop.delay_of(batch.id)
    told = LastDelay(last.made_at, last.reason, last.answers) if last and last.answers.orders else None
    return Prompt(AskDelayWhich(batch.title, dates, told), (*one_a_row(buttons), *WAY_OUT))


def _date(step: DelayDate, batch: Batch, shop: Shop) -> Prompt:
    choices = later_choices(batch, step.what, shop)
    buttons = [Button(Label(f"later_{days}"), str(i), choice=True) for i, days in enumerate(LATER)]
    before = moment_of(dates_of(batch), step.what, shop.zone)
    return Prompt(AskDelayDate(batch.title, step.what, before, choices), (*in_rows(buttons, 3), *WAY_OUT))


def _doubt(step: DelayDoubt, shop: Shop) -> Prompt:
    here = [moment.astimezone(shop.zone) for moment in step.choices]
    if step.what == "closing":
        question: Message = AskWhichMoment(step.choices)
        named = [f"{moment:%d/%m/%Y %H.%M}" for moment in here]
    else:
        question = AskWhichDay(tuple(moment.date() for moment in here))
        named = [f"{moment:%d/%m/%Y}" for moment in here]
    buttons = [Button(Plain(name), str(i), choice=True) for i, name in enumerate(named)]
    return Prompt(question, (*one_a_row(buttons), *WAY_OUT))


def _review(step: DelayReview, batch: Batch, shop: Shop) -> Prompt:
    """The question as the first of its buyers will read it, in a message of its own; below it how many they are."""
    later = shifts(step.seen, moved(step.seen, step.what, step.to, shop.zone), shop.zone)
    orders = [order for order in shop.orders if order.batch_id == batch.id]
    buyers = len({order.person_id for order in orders})
    last = shop.delay_of(batch.id)
    replaces = last is not None and last.answers.silent > 0
    sure = AskDelaySure(batch.title, later, step.reason, buyers, len(orders), replaces)
    code, paid = (orders[0].code, orders[0].paid) if orders else ("", NO_MONEY)
    as_read = Prompt(DelayAsked(code, batch.title, later, step.reason, paid, is_reminder=False)) if orders else None
    return Prompt(sure, (YES_NO, *WAY_OUT), before=as_read)


DELAY_HINTS: Final[dict[type[Step], Message]] = {
    DelayChoose: SellerHint("button"),
    DelayWhich: SellerHint("button"),
    DelayDate: SellerHint("moment"),
    DelayDoubt: SellerHint("button"),
    DelayReason: SellerHint("text"),
    DelayReview: SellerHint("button"),
}
