"""Step → screen for /batches and /holidays. Pure. What is gone meanwhile still has a screen, with the way out."""

from __future__ import annotations

from typing import Final

from conversations.buttons import Button
from conversations.opening_steps import BatchCard, BatchesList, CourierPause, HolidayDay, HolidaysList
from conversations.prompt import WAY_OUT, Prompt, in_rows, one_a_row
from conversations.seller_batches import AGAIN, CANCEL_PLAN, CLOSE, DELAY, EDIT, NOT_OPENED
from conversations.seller_holidays import AS_CALENDAR, COURIER, NEVER, at_holiday
from conversations.seller_open_calendar import holiday_line, holidays
from conversations.seller_prompts_opening import asked, holiday_button
from conversations.shop import Shop
from conversations.table import Step
from messages.catalog import Label, Message, Plain
from messages.catalog.opening import (
    AskCourierPause,
    AskHolidayDay,
    BatchesListed,
    BatchShown,
    HolidayGone,
    HolidaysListed,
    ListedBatch,
)
from messages.catalog.selling_unclear import SellerHint
from messages.catalog.selling_work import BatchGone
from preorder.arriving import CourierRest, rest_text
from preorder.batch import Batch
from preorder.delay import movable

MOST_LISTED: Final = 30


def lists_prompt(step: Step, shop: Shop) -> Prompt | None:
    """The screen of a step of /batches or /holidays; None for any other."""
    match step:
        case BatchesList():
            shown = shop.batches[:MOST_LISTED]
            buttons = [Button(Plain(b.title), b.id, choice=True) for b in shown]
            return Prompt(BatchesListed(tuple(map(_listed, shown))), (*one_a_row(buttons), *WAY_OUT))
        case BatchCard():
            batch = shop.batch(step.batch_id)
            return _batch(batch, shop) if batch else Prompt(BatchGone(), WAY_OUT)
        case HolidaysList():
            # Leave has no day of its own to be given: it lies around the holiday that it is named after.
            found = [holiday for holiday in holidays(shop) if not holiday.is_leave]
            lines = tuple(holiday_line(h) for h in found)
            keys = [holiday_button(h) for h in found]
            courier = Button(Label("courier_pause"), COURIER)
            return Prompt(HolidaysListed(lines, shop.courier_rest), (*in_rows(keys, 2), (courier,), *WAY_OUT))
        case HolidayDay():
            holiday = at_holiday(step, shop)
            if holiday is None:
                return Prompt(HolidayGone(), WAY_OUT)
            back = (Button(Label("as_calendar"), AS_CALENDAR),) if holiday.calendar_day else ()
            return asked(AskHolidayDay(holiday_line(holiday)), back, 1)
        case CourierPause():
            usual = CourierRest()
            pauses = (
                Button(Plain(f"H-{usual.before} H+{usual.after}"), rest_text(usual)),
                Button(Label("never"), NEVER),
            )
            return asked(AskCourierPause(shop.courier_rest), pauses, 2)
        case _:
            return None


def _listed(batch: Batch) -> ListedBatch:
    moment = batch.opens_at if batch.state in NOT_OPENED else batch.closes_at
    return ListedBatch(batch.title, batch.state, moment, batch.taken, batch.quota)


def _batch(batch: Batch, shop: Shop) -> Prompt:
    totals, delay = shop.totals(batch.id), shop.delay_of(batch.id)
    message = BatchShown(
        title=batch.title,
        state=batch.state,
        opens_at=batch.opens_at,
        closes_at=batch.closes_at,
        production_days=batch.production_days,
        shipping_days=batch.shipping_days,
        taken=batch.taken,
        quota=batch.quota,
        orders=totals.orders if totals else 0,
        confirmed=totals.confirmed if totals else 0,
        total=totals.total if totals else 0,
        paid=totals.paid if totals else 0,
        minimum_total=batch.minimum_total,
        target=batch.target,
        tiers=batch.tiers,
        answers=delay.answers if delay is not None and delay.answers.orders else None,
    )
    buttons: list[Button] = []
    if batch.state in NOT_OPENED:
        edit = "continue_draft" if batch.state == "draft" else "open_change"
        drop = "drop_draft" if batch.state == "draft" else "drop_plan"
        buttons = [Button(Label(edit), EDIT), Button(Label(drop), CANCEL_PLAN)]
    elif batch.state == "open":
        buttons = [Button(Label("close_now"), CLOSE)]
    if batch.state not in NOT_OPENED and movable(batch, shop.now):
        buttons.append(Button(Label("delay_batch"), DELAY))
    return Prompt(message, (*one_a_row([*buttons, Button(Label("open_again"), AGAIN)]), *WAY_OUT))


LIST_HINTS: Final[dict[type[Step], Message]] = {
    BatchesList: SellerHint("button"),
    BatchCard: SellerHint("button"),
    HolidaysList: SellerHint("button"),
    HolidayDay: SellerHint("day"),
    CourierPause: SellerHint("text"),
}
