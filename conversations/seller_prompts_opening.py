"""Step → screen for the extras of a batch, moments from the calendar, and the review. Pure.

What a button stands for is written out in the text above it where a label is too short for it (a date, a window).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from conversations.announcing import announcement, batch_of, cover
from conversations.buttons import BACK_BUTTON, CANCEL_BUTTON, Button
from conversations.opening_steps import (
    OpenArrival,
    OpenArrivalNumber,
    OpenArrivalPlan,
    OpenDayDoubt,
    OpenHoliday,
    OpenHolidayDays,
    OpenHour,
    OpenLaunch,
    OpenLaunchWeeks,
    OpenMinimumTotal,
    OpenRepeat,
    OpenShippingDays,
    OpenTarget,
    OpenTiers,
    OpenWindowHour,
)
from conversations.prompt import WAY_OUT, Prompt, in_rows, one_a_row
from conversations.seller_open import SKIP
from conversations.seller_open_arrival import OTHER_DAY, PARTS, TAKE, planned
from conversations.seller_open_calendar import (
    DAYS_BEFORE,
    EVERY,
    WEEKS_BEFORE,
    find_holiday,
    holiday_line,
    holiday_value,
    holidays,
    most_days_before,
    opening_choices,
    windows,
)
from conversations.seller_open_dates import OPENING_HOURS
from conversations.seller_open_extras import LAST, last_tiers
from conversations.seller_open_review import (
    AUDIENCE,
    CHANGE,
    CONFIRM,
    KEEP_DRAFT,
    interested_in,
)
from conversations.seller_steps import BatchDraft, OpenReview
from conversations.shop import Shop
from conversations.table import Step
from messages.catalog import Label, Message, Plain
from messages.catalog.opening import (
    AskArrival,
    AskArrivalNumber,
    AskHoliday,
    AskHolidayDays,
    AskLaunch,
    AskLaunchWeeks,
    AskMinimumTotal,
    AskOpeningHour,
    AskRepeat,
    AskShippingDays,
    AskTarget,
    AskTiers,
    AskWhichDay,
    AskWindowHour,
    EarlierLine,
    HolidayGone,
    OpenReviewed,
)
from messages.catalog.selling_unclear import SellerHint
from preorder.calendar import Holiday


def opening_prompt(step: Step, shop: Shop) -> Prompt | None:
    """The screen of a step of `opening_steps`, and of the review; None for any other."""
    match step:
        case OpenRepeat():
            return _repeat(shop)
        case OpenShippingDays():
            return _shipping(shop)
        case OpenMinimumTotal():
            return _money(AskMinimumTotal(), shop.last_batch.minimum_total if shop.last_batch else 0)
        case OpenTarget():
            return _money(AskTarget(step.draft.minimum_total), shop.last_batch.target if shop.last_batch else 0)
        case OpenTiers():
            last = last_tiers(shop)
            again = (Button(Label("tiers_as_last"), LAST),) if last else ()
            return asked(AskTiers(last), (*again, Button(Label("skip"), SKIP)), 1)
        case OpenReview():
            return _review(step.draft, shop)
        case _:
            return _moments(step, shop)


def asked(message: Message, buttons: Sequence[Button], width: int = 3) -> Prompt:
    """A question whose typed answer counts as it stands."""
    return Prompt(message, (*in_rows(buttons, width), *WAY_OUT), numbers_are_answers=True)


def _repeat(shop: Shop) -> Prompt:
    lines = tuple(EarlierLine(b.title, b.closes_at, b.quota) for b in shop.earlier)
    buttons = [Button(Plain(b.title), b.id, choice=True) for b in shop.earlier]
    return Prompt(AskRepeat(lines), (*one_a_row(buttons), *WAY_OUT))


def _shipping(shop: Shop) -> Prompt:
    last = shop.last_batch.shipping_days if shop.last_batch else 0
    days = tuple(dict.fromkeys((*((last,) if last else ()), 2, 3, 5)))
    skip = Button(Label("skip"), SKIP)
    return asked(AskShippingDays(), [*(Button(Label("days", (n,)), str(n)) for n in days), skip])


def _money(message: Message, last: int) -> Prompt:
    again = (Button(Label("rupiah", (f"{last:,}".replace(",", "."),)), str(last)),) if last else ()
    return asked(message, (*again, Button(Label("skip"), SKIP)), 1)


def _review(draft: BatchDraft, shop: Shop) -> Prompt:
    batch = batch_of(draft, shop)
    message = OpenReviewed(
        title=draft.title,
        opens_at=draft.opens_at,
        closes_at=batch.closes_at,
        hold=draft.hold,
        minimum_total=draft.minimum_total,
        target=draft.target,
        audience=draft.audience,
        has_channel=shop.has_channel,
        is_kept=draft.origin == "scheduled",
    )
    confirm = Button(Label("save_changes" if draft.origin == "scheduled" else "plan_batch"), CONFIRM)
    keep = () if draft.origin == "scheduled" else (Button(Label("keep_as_draft"), KEEP_DRAFT),)
    other: tuple[Button, ...] = ()
    if draft.audience == "interested":
        other = (Button(Label("announce_to_everyone"), AUDIENCE),)
    elif interested := interested_in(draft, shop):
        other = (Button(Label("announce_to_interested", (interested,)), AUDIENCE),)
    decide = (confirm, Button(Label("open_change"), CHANGE), *other, *keep)
    shown = (
        Prompt(
            announcement(batch, shop.wordings_of("announcement"), f"{shop.link}b_{batch.id}"), photo=cover(draft, shop)
        )
        if batch.offers
        else None
    )
    return Prompt(message, (*one_a_row(decide), (BACK_BUTTON, CANCEL_BUTTON)), before=shown)


# --- moments from the calendar ------------------------------------------------------------------------------------


def _moments(step: Step, shop: Shop) -> Prompt | None:
    match step:
        case OpenWindowHour():
            return asked(AskWindowHour(windows(shop)), _hours())
        case OpenHoliday():
            return _holidays(step, shop)
        case OpenHolidayDays():
            holiday = find_holiday(f"{step.name}|{step.year}", shop)
            if holiday is None:
                return Prompt(HolidayGone(), WAY_OUT)
            most = most_days_before(holiday.day, shop)
            buttons = [Button(Label("days_before", (n,)), str(n)) for n in DAYS_BEFORE if n <= most]
            return asked(AskHolidayDays(holiday_line(holiday), most), buttons, 2)
        case OpenHour():
            return asked(AskOpeningHour(opening_choices(step.day, shop)), _hours())
        case OpenLaunch():
            return asked(AskLaunch(), ())
        case OpenLaunchWeeks():
            most = most_days_before(step.day, shop)
            weeks = [n for n in WEEKS_BEFORE if n * 7 <= most]
            message = AskLaunchWeeks(step.day, tuple(step.day - timedelta(weeks=n) for n in weeks))
            return asked(message, [Button(Label("weeks_before", (n,)), str(n)) for n in weeks], 2)
        case OpenArrival():
            return asked(AskArrival(), ())
        case OpenDayDoubt():
            days = [Button(Plain(f"{day:%d/%m/%Y}"), str(i), choice=True) for i, day in enumerate(step.days)]
            return Prompt(AskWhichDay(step.days), (*one_a_row(days), *WAY_OUT))
        case OpenArrivalPlan():
            return _arrival(step, shop)
        case OpenArrivalNumber():
            return asked(AskArrivalNumber(step.part), [Button(Label("days", (n,)), str(n)) for n in _usual(step)])
        case _:
            return None


def _hours() -> list[Button]:
    return [Button(Plain(f"{hour:02}.00"), str(hour)) for hour in OPENING_HOURS]


def _usual(step: OpenArrivalNumber) -> tuple[int, ...]:
    return {"production": (7, 14, 21), "shipping": (2, 3, 5), "open": (3, 7, 14)}[step.part]


def _holidays(step: OpenHoliday, shop: Shop) -> Prompt:
    found = [h for h in holidays(shop, step.every) if most_days_before(h.day, shop) >= 1]
    every = () if step.every else (Button(Label("every_holiday"), EVERY),)
    message = AskHoliday(tuple(holiday_line(h) for h in found))
    return Prompt(message, (*in_rows([holiday_button(h) for h in found], 2), *one_a_row(every), *WAY_OUT))


def holiday_button(holiday: Holiday) -> Button:
    """A holiday as a button, by its name in either language; a phone has no room for "Hari Raya"."""
    short = holiday.name_id
    for part in ("Hari Raya ", "Hari Suci ", " Republik Indonesia"):
        short = short.replace(part, "")
    return Button(Label("holiday", (short, holiday.name_en)), holiday_value(holiday), choice=True)


def _arrival(step: OpenArrivalPlan, shop: Shop) -> Prompt:
    plan = planned(step, shop)
    take = () if plan.earliest else (Button(Label("take_plan"), TAKE),)
    parts = [Button(Label(f"arrival_{part}"), part) for part in PARTS]
    rows = (*one_a_row(take), *in_rows([*parts, Button(Label("arrival_day"), OTHER_DAY)], 2))
    return Prompt(plan, (*rows, *WAY_OUT), numbers_are_answers=True)


# What a screen waits for, when it got something it has no use for.
OPENING_HINTS: Final[dict[type[Step], Message]] = {
    OpenRepeat: SellerHint("button"),
    OpenShippingDays: SellerHint("number"),
    OpenMinimumTotal: SellerHint("money"),
    OpenTarget: SellerHint("money"),
    OpenTiers: SellerHint("text"),
    OpenReview: SellerHint("button"),
    OpenWindowHour: SellerHint("hour"),
    OpenHoliday: SellerHint("button"),
    OpenHolidayDays: SellerHint("number"),
    OpenHour: SellerHint("hour"),
    OpenLaunch: SellerHint("day"),
    OpenLaunchWeeks: SellerHint("number"),
    OpenArrival: SellerHint("day"),
    OpenDayDoubt: SellerHint("button"),
    OpenArrivalPlan: SellerHint("button"),
    OpenArrivalNumber: SellerHint("number"),
}
