"""Step → screen for the seller who opens a batch, and the door to the other seller's screens. Pure.

Choices are numbered in the text, so that a seller can type the number; where a typed number is an answer of its own the
buttons are not numbered. What the last batch had is offered first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from conversations.buttons import Button, Keyboard
from conversations.product_prompts import MOST_LISTED, PRODUCT_HINTS, products_prompt
from conversations.prompt import WAY_OUT, Prompt, in_rows, one_a_row
from conversations.seller_board import BOARD_HINTS, board_prompt
from conversations.seller_broadcast import BROADCAST_HINTS, Broadcasting, broadcast_prompt
from conversations.seller_delay_prompts import DELAY_HINTS, delay_prompt
from conversations.seller_minimum import MINIMUM_HINTS, minimum_prompt
from conversations.seller_open import (
    AS_LAST,
    DONE,
    FIXED,
    NO_LIMIT,
    REPEAT,
    SUGGESTED,
    cheapest_price,
    last_products,
    suggested_title,
)
from conversations.seller_open_dates import (
    ARRIVAL,
    HOLIDAY,
    KEEP,
    LAUNCH,
    NOW,
    OPENING_HOURS,
    PAYDAY,
    WINDOW,
    closing_choices,
    closing_days,
    payday_choices,
)
from conversations.seller_open_review import CHANGEABLE
from conversations.seller_prompts_lists import LIST_HINTS, lists_prompt
from conversations.seller_prompts_opening import OPENING_HINTS, opening_prompt
from conversations.seller_prompts_work import WORK_HINTS, product_lines, work_prompt
from conversations.seller_quota import QUOTA_HINTS, quota_prompt
from conversations.seller_reading import PRODUCT
from conversations.seller_refunds import REFUND_HINTS, refunds_prompt
from conversations.seller_schedule import SCHEDULE_HINTS, Scheduling, schedule_prompt
from conversations.seller_shipping_prompts import SENDING_HINTS, shipping_prompt
from conversations.seller_steps import (
    OpenChange,
    OpenClosing,
    OpenClosingDoubt,
    OpenDownPayment,
    OpenFixedPayment,
    OpenHold,
    Opening,
    OpenMaximum,
    OpenMinimum,
    OpenMoment,
    OpenMomentDoubt,
    OpenPaydayHour,
    OpenProductionDays,
    OpenProducts,
    OpenQuota,
    OpenTitle,
)
from conversations.seller_terms import TERMS_HINTS, terms_prompt
from conversations.shop import Shop
from conversations.table import Step
from conversations.team_prompts import TEAM_HINTS, team_prompt
from conversations.team_steps import Team
from conversations.wording_prompts import WORDING_HINTS, wording_prompt
from messages.catalog import Label, Message, Plain, Text
from messages.catalog.selling import (
    AskClosing,
    AskDownPayment,
    AskFixedPayment,
    AskHold,
    AskOpenChange,
    AskOpenMaximum,
    AskOpenMinimum,
    AskOpenMoment,
    AskOpenProducts,
    AskOpenQuota,
    AskOpenTitle,
    AskPaydayHour,
    AskProductionDays,
    AskWhichMoment,
)
from messages.catalog.selling_unclear import SellerHint
from preorder.money import DownPayment, Fixed, Full, Percent, rule_text


def seller_prompt(step: Step, shop: Shop) -> Prompt | None:
    """The screen of a seller's step; None for a step that is not a seller's."""
    if isinstance(step, Opening):
        return _opening(step, shop)
    if isinstance(step, Team):
        return team_prompt(step, shop)
    if isinstance(step, Scheduling):
        return schedule_prompt(step, shop)
    if isinstance(step, Broadcasting):
        return broadcast_prompt(step, shop)
    others = lists_prompt(step, shop) or products_prompt(step, shop) or work_prompt(step, shop)
    others = others or refunds_prompt(step) or quota_prompt(step, shop) or shipping_prompt(step, shop)
    others = others or minimum_prompt(step, shop) or board_prompt(step, shop) or delay_prompt(step, shop)
    return others or terms_prompt(step) or wording_prompt(step, shop)


def _opening(step: Opening, shop: Shop) -> Prompt | None:
    last = shop.last_batch
    match step:
        case OpenProducts():
            return _products(step, shop)
        case OpenTitle():
            title = suggested_title(shop)
            return _asked(AskOpenTitle(title), [Button(Plain(title), SUGGESTED)], 1)
        case OpenQuota():
            return _asked(AskOpenQuota(), _numbers(last.quota if last else None, (20, 50, 100)))
        case OpenMinimum():
            return _asked(AskOpenMinimum(step.draft.quota), _numbers(last.minimum if last else None, (1,)))
        case OpenMaximum():
            return _maximum(step, shop)
        case OpenDownPayment():
            return _down_payment(shop)
        case OpenFixedPayment():
            return _asked(AskFixedPayment(cheapest_price(step.draft, shop)), [])
        case OpenHold():
            return _hold(shop)
        case OpenMoment():
            return _moment(step, shop)
        case OpenMomentDoubt() | OpenClosingDoubt():
            return Prompt(AskWhichMoment(step.choices), (*one_a_row(_moments(step.choices, shop)), *WAY_OUT))
        case OpenPaydayHour():
            hours = [Button(Plain(f"{hour:02}.00"), str(hour)) for hour in OPENING_HOURS]
            return _asked(AskPaydayHour(payday_choices(shop)), hours)
        case OpenClosing():
            choices = [Button(Label("days_later", (n,)), str(i), choice=True) for i, n in enumerate(closing_days(shop))]
            message = AskClosing(step.draft.opens_at, closing_choices(step.draft, shop))
            return Prompt(message, (*in_rows(choices, 3), *_kept(step.draft.closes_at, shop), *WAY_OUT))
        case OpenProductionDays():
            return _production(shop)
        case OpenChange():
            changes = [Button(Label(f"open_change_{key}"), key, choice=True) for key in CHANGEABLE]
            return Prompt(AskOpenChange(), (*in_rows(changes, 2), *WAY_OUT))
        case _:
            return opening_prompt(step, shop)


def _asked(message: Message, buttons: Sequence[Button], width: int = 3) -> Prompt:
    """A question whose typed answer counts as it stands."""
    return Prompt(message, (*in_rows(buttons, width), *WAY_OUT), numbers_are_answers=True)


def _numbers(last: int | None, usual: tuple[int, ...]) -> list[Button]:
    return [Button(Plain(str(n)), str(n)) for n in _last_first(last, usual)]


def _last_first(last: int | None, usual: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys((last, *usual))) if last else usual


def _products(step: OpenProducts, shop: Shop) -> Prompt:
    chosen = step.draft.products
    buttons = [
        Button(Plain(f"✅ {p.name}" if p.id in chosen else p.name), f"{PRODUCT}{p.id}", choice=True)
        for p in shop.products[:MOST_LISTED]
    ]
    again = () if chosen or not last_products(shop) else (Button(Label("as_last"), AS_LAST),)
    if shop.last_batch is not None and not chosen and not step.changing:
        again = (*again, Button(Label("repeat_batch"), REPEAT))
    done = (Button(Label("done"), DONE),) if chosen else ()
    message = AskOpenProducts(
        product_lines(shop.products[:MOST_LISTED], chosen), max(0, len(shop.products) - MOST_LISTED)
    )
    return Prompt(message, (*one_a_row([*again, *buttons, *done]), *WAY_OUT))


def _maximum(step: OpenMaximum, shop: Shop) -> Prompt:
    last = shop.last_batch.maximum if shop.last_batch else None
    numbers = [n for n in _last_first(last, (2, 5, 10)) if n >= step.draft.minimum]
    buttons = [Button(Label("no_limit"), NO_LIMIT), *(Button(Plain(str(n)), str(n)) for n in numbers)]
    return _asked(AskOpenMaximum(step.draft.minimum), buttons, 2)


def _down_payment(shop: Shop) -> Prompt:
    usual: tuple[DownPayment, ...] = (Percent(50), Percent(30), Full())
    rules = dict.fromkeys((*((shop.last_batch.down_payment,) if shop.last_batch else ()), *usual))
    buttons = [Button(_rule(rule), rule_text(rule)) for rule in rules]
    return _asked(AskDownPayment(), [*buttons, Button(Label("rule_fixed"), FIXED)], 2)


def _rule(rule: DownPayment) -> Text:
    match rule:
        case Percent(percent):
            return Label("rule_percent", (percent,))
        case Fixed(amount):
            return Label("rule_a_piece", (f"{amount:,}".replace(",", "."),))
        case Full():
            return Label("rule_full")


def _hold(shop: Shop) -> Prompt:
    last = round(shop.last_batch.hold.total_seconds() / 60) if shop.last_batch else None
    minutes = _last_first(last, (6 * 60, 24 * 60, 48 * 60))
    return _asked(AskHold(), [Button(_length(n), f"{n} menit") for n in minutes])


def _length(minutes: int) -> Text:
    if minutes % 1440 == 0 and minutes > 2880:
        return Label("days", (minutes // 1440,))
    return Label("minutes", (minutes,)) if minutes % 60 else Label("hours", (minutes // 60,))


def _moment(step: OpenMoment, shop: Shop) -> Prompt:
    buttons = [Button(Label(f"open_{value}"), value) for value in (NOW, PAYDAY, WINDOW, HOLIDAY, LAUNCH, ARRIVAL)]
    rows = (*_kept(step.draft.opens_at, shop), *in_rows(buttons, 2), *WAY_OUT)
    return Prompt(AskOpenMoment(), rows, numbers_are_answers=True)


def _kept(moment: datetime | None, shop: Shop) -> Keyboard:
    """A moment that was chosen before and still lies ahead, to be kept by one press."""
    if moment is None or moment <= shop.now:
        return ()
    return ((Button(Label("keep_moment", (f"{moment.astimezone(shop.zone):%d/%m %H.%M}",)), KEEP),),)


def _moments(choices: tuple[datetime, ...], shop: Shop) -> list[Button]:
    return [
        Button(Plain(f"{moment.astimezone(shop.zone):%d/%m/%Y %H.%M}"), str(i), choice=True)
        for i, moment in enumerate(choices)
    ]


def _production(shop: Shop) -> Prompt:
    last = shop.last_batch.production_days if shop.last_batch else None
    days = _last_first(last, (7, 14, 21))
    return _asked(AskProductionDays(), [Button(Label("days", (n,)), str(n)) for n in days])


# What a screen waits for, when it got something it has no use for (a sticker, a voice message).
SELLER_HINTS: Final[dict[type[Step], Message]] = {
    OpenProducts: SellerHint("button"),
    OpenTitle: SellerHint("text"),
    OpenQuota: SellerHint("number"),
    OpenMinimum: SellerHint("number"),
    OpenMaximum: SellerHint("number"),
    OpenDownPayment: SellerHint("rule"),
    OpenFixedPayment: SellerHint("money"),
    OpenHold: SellerHint("duration"),
    OpenMoment: SellerHint("moment"),
    OpenMomentDoubt: SellerHint("button"),
    OpenPaydayHour: SellerHint("hour"),
    OpenClosing: SellerHint("moment"),
    OpenClosingDoubt: SellerHint("button"),
    OpenProductionDays: SellerHint("number"),
    OpenChange: SellerHint("button"),
    **OPENING_HINTS,
    **LIST_HINTS,
    **WORK_HINTS,
    **PRODUCT_HINTS,
    **WORDING_HINTS,
    **REFUND_HINTS,
    **TEAM_HINTS,
    **QUOTA_HINTS,
    **BROADCAST_HINTS,
    **TERMS_HINTS,
    **SCHEDULE_HINTS,
    **SENDING_HINTS,
    **MINIMUM_HINTS,
    **BOARD_HINTS,
    **DELAY_HINTS,
}
