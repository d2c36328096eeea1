"""/open, second half: when it opens and closes, how long making takes, the review and the one confirm (product 3).

In: the step, what was said, the snapshot. Out: the next step, or a sentence why not. Typed dates are taken when they
have one meaning and asked about when they have several. Moments are UTC; hours on buttons are the shop's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from conversations.effects import PlanBatch
from conversations.said import Back, Picked, Typed
from conversations.seller_open import forward
from conversations.seller_reading import payday_at, quoted, read_days, read_moment, read_payday
from conversations.seller_steps import (
    BatchDraft,
    OpenChange,
    OpenClosing,
    OpenClosingDoubt,
    OpenDownPayment,
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
    OpenReview,
    OpenTitle,
)
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay
from messages.catalog.selling import BatchPlanned, ClosingTooEarly, LimitsCross, MomentPassed, ProductsGone
from messages.catalog.selling_unclear import ChoiceUnclear, MomentUnclear

CLOSING_HOUR: Final = 21
CLOSING_DAYS: Final = (3, 7, 14)
OPENING_HOURS: Final = (8, 10, 19)
LONGEST_PRODUCTION: Final = 365

NOW: Final = "now"
PAYDAY: Final = "payday"
PAYDAY_WORDS: Final = frozenset({"gajian", "payday", "tanggal muda", "pas gajian"})
CONFIRM: Final = "confirm"
CHANGE: Final = "change"


# --- opening ----------------------------------------------------------------------------------------------------


def pick_moment(
    at: OpenMoment, said: Picked, shop: Shop
) -> Go[OpenClosing] | Go[OpenPaydayHour] | Go[OpenMomentDoubt] | Go[OpenReview] | Stay:
    if said.value == NOW:
        return _open_at(at, None, shop)
    if said.value == PAYDAY:
        return Go(OpenPaydayHour(at.draft, at.changing))
    return enter_moment(at, Typed(said.value), shop)


def enter_moment(
    at: OpenMoment, said: Typed, shop: Shop
) -> Go[OpenClosing] | Go[OpenMomentDoubt] | Go[OpenPaydayHour] | Go[OpenReview] | Stay:
    if said.text.strip().casefold() in PAYDAY_WORDS:
        return Go(OpenPaydayHour(at.draft, at.changing))
    moment = read_moment(said.text, shop, OPENING_HOURS)
    if isinstance(moment, Stay):
        return moment
    if isinstance(moment, tuple):
        return Go(OpenMomentDoubt(at.draft, at.changing, moment))
    return _open_at(at, moment, shop)


def _open_at(at: Opening, moment: datetime | None, shop: Shop) -> Go[OpenClosing] | Go[OpenReview]:
    if moment is not None and moment <= shop.now:  # "sekarang" was typed
        moment = None
    draft = replace(at.draft, opens_at=moment)
    if at.changing and draft.closes_at is not None and draft.closes_at <= (moment or shop.now):
        return Go(OpenClosing(draft, changing=True), say=(LimitsCross("closing"),))
    return forward(at, draft, OpenClosing)


def moment_to_hold(at: OpenMoment, _said: Back, _shop: Shop) -> Go[OpenHold] | Go[OpenReview]:
    return Go(OpenReview(at.draft)) if at.changing else Go(OpenHold(at.draft))


def pick_doubted_moment(at: OpenMomentDoubt, said: Picked, shop: Shop) -> Go[OpenClosing] | Go[OpenReview] | Stay:
    moment = _chosen(at.choices, said.value, shop)
    return moment if isinstance(moment, Stay) else _open_at(at, moment, shop)


def retype_moment(
    at: OpenMomentDoubt, said: Typed, shop: Shop
) -> Go[OpenClosing] | Go[OpenMomentDoubt] | Go[OpenPaydayHour] | Go[OpenReview] | Stay:
    return enter_moment(OpenMoment(at.draft, at.changing), said, shop)


def doubt_to_moment(at: OpenMomentDoubt, _said: Back, _shop: Shop) -> Go[OpenMoment]:
    return Go(OpenMoment(at.draft, at.changing))


def _chosen(choices: tuple[datetime, ...], value: str, shop: Shop) -> datetime | Stay:
    """A button's value is the place of its moment; one that has passed while it was looked at is refused."""
    if not value.isdecimal() or int(value) >= len(choices):
        return Stay(ChoiceUnclear(quoted(value)))
    moment = choices[int(value)]
    return moment if moment > shop.now else Stay(MomentUnclear("", "past", moment))


def pick_payday_hour(at: OpenPaydayHour, said: Picked, shop: Shop) -> Go[OpenClosing] | Go[OpenReview] | Stay:
    return enter_payday_hour(at, Typed(said.value), shop)


def enter_payday_hour(at: OpenPaydayHour, said: Typed, shop: Shop) -> Go[OpenClosing] | Go[OpenReview] | Stay:
    moment = read_payday(said.text, shop)
    return moment if isinstance(moment, Stay) else _open_at(at, moment, shop)


def payday_to_moment(at: OpenPaydayHour, _said: Back, _shop: Shop) -> Go[OpenMoment]:
    return Go(OpenMoment(at.draft, at.changing))


def payday_choices(shop: Shop) -> tuple[datetime, ...]:
    """The payday openings offered as buttons (UTC), in the order of `OPENING_HOURS`."""
    return tuple(payday_at(hour, shop) for hour in OPENING_HOURS)


# --- closing ----------------------------------------------------------------------------------------------------


def closing_choices(draft: BatchDraft, shop: Shop) -> tuple[datetime, ...]:
    """The closings offered as buttons (UTC): so many days after the opening, in the evening of the shop's day."""
    first_day = (draft.opens_at or shop.now).astimezone(shop.zone).date()
    evening = time(CLOSING_HOUR, tzinfo=shop.zone)
    return tuple(
        datetime.combine(first_day + timedelta(days=days), evening).astimezone(shop.now.tzinfo) for days in CLOSING_DAYS
    )


def pick_closing(at: OpenClosing, said: Picked, shop: Shop) -> Go[OpenProductionDays] | Go[OpenReview] | Stay:
    moment = _chosen(closing_choices(at.draft, shop), said.value, shop)
    return moment if isinstance(moment, Stay) else _close_at(at, moment, shop)


def enter_closing(
    at: OpenClosing, said: Typed, shop: Shop
) -> Go[OpenProductionDays] | Go[OpenClosingDoubt] | Go[OpenReview] | Stay:
    moment = read_moment(said.text, shop, (CLOSING_HOUR,))
    if isinstance(moment, Stay):
        return moment
    if isinstance(moment, tuple):
        return Go(OpenClosingDoubt(at.draft, at.changing, moment))
    return _close_at(at, moment, shop)


def _close_at(at: Opening, moment: datetime, shop: Shop) -> Go[OpenProductionDays] | Go[OpenReview] | Stay:
    opens_at = at.draft.opens_at or shop.now
    if moment <= opens_at:
        return Stay(ClosingTooEarly(moment, opens_at))
    return forward(at, replace(at.draft, closes_at=moment), OpenProductionDays)


def closing_to_moment(at: OpenClosing, _said: Back, shop: Shop) -> Go[OpenMoment] | Go[OpenReview]:
    # A closing before the opening must not slip into the review by going back.
    closes_at = at.draft.closes_at
    if at.changing and closes_at is not None and closes_at > (at.draft.opens_at or shop.now):
        return Go(OpenReview(at.draft))
    return Go(OpenMoment(at.draft, at.changing))


def pick_doubted_closing(
    at: OpenClosingDoubt, said: Picked, shop: Shop
) -> Go[OpenProductionDays] | Go[OpenReview] | Stay:
    moment = _chosen(at.choices, said.value, shop)
    return moment if isinstance(moment, Stay) else _close_at(at, moment, shop)


def retype_closing(
    at: OpenClosingDoubt, said: Typed, shop: Shop
) -> Go[OpenProductionDays] | Go[OpenClosingDoubt] | Go[OpenReview] | Stay:
    return enter_closing(OpenClosing(at.draft, at.changing), said, shop)


def doubt_to_closing(at: OpenClosingDoubt, _said: Back, _shop: Shop) -> Go[OpenClosing]:
    return Go(OpenClosing(at.draft, at.changing))


# --- making, review, confirm ------------------------------------------------------------------------------------


def pick_production(at: OpenProductionDays, said: Picked, shop: Shop) -> Go[OpenReview] | Stay:
    return enter_production(at, Typed(said.value), shop)


def enter_production(at: OpenProductionDays, said: Typed, _shop: Shop) -> Go[OpenReview] | Stay:
    days = read_days(said.text, LONGEST_PRODUCTION)
    return days if isinstance(days, Stay) else Go(OpenReview(replace(at.draft, production_days=days)))


def production_to_closing(at: OpenProductionDays, _said: Back, _shop: Shop) -> Go[OpenClosing] | Go[OpenReview]:
    return Go(OpenReview(at.draft)) if at.changing else Go(OpenClosing(at.draft))


def decide_opening(
    at: OpenReview, said: Picked, shop: Shop
) -> Go[Home] | Go[OpenChange] | Go[OpenProducts] | Go[OpenMoment] | Go[OpenClosing] | Stay:
    """The one confirm plans the batch. What has gone stale while the review was looked at is asked again first."""
    if said.value == CHANGE:
        return Go(OpenChange(at.draft))
    if said.value != CONFIRM:
        return Stay(ChoiceUnclear(quoted(said.value)))
    draft = at.draft
    if not all(shop.product(p) for p in draft.products):
        return Go(OpenProducts(draft, changing=True), say=(ProductsGone(),))
    if draft.opens_at is not None and draft.opens_at <= shop.now:
        return Go(OpenMoment(draft, changing=True), say=(MomentPassed("opening", draft.opens_at),))
    if draft.closes_at is None:
        return Go(OpenClosing(draft, changing=True))
    if draft.closes_at <= (draft.opens_at or shop.now):
        return Go(OpenClosing(draft, changing=True), say=(MomentPassed("closing", draft.closes_at),))
    planned = BatchPlanned(draft.title, draft.opens_at, draft.closes_at)
    return Go(Home(), do=(_plan(draft, draft.closes_at),), say=(planned,))


def _plan(draft: BatchDraft, closes_at: datetime) -> PlanBatch:
    return PlanBatch(
        batch_id=draft.id,
        title=draft.title,
        products=draft.products,
        quota=draft.quota,
        minimum=draft.minimum,
        maximum=draft.maximum,
        down_payment=draft.down_payment,
        hold=draft.hold,
        opens_at=draft.opens_at,
        closes_at=closes_at,
        production_days=draft.production_days,
    )


def review_to_production(at: OpenReview, _said: Back, _shop: Shop) -> Go[OpenProductionDays]:
    return Go(OpenProductionDays(at.draft))


CHANGEABLE: Final = (
    *("products", "title", "quota", "minimum", "maximum"),
    *("down_payment", "hold", "opening", "closing", "production"),
)
"""The answers that the review offers to change, by the value of their button."""


def pick_change(
    at: OpenChange, said: Picked, _shop: Shop
) -> (
    Go[OpenProducts]
    | Go[OpenTitle]
    | Go[OpenQuota]
    | Go[OpenMinimum]
    | Go[OpenMaximum]
    | Go[OpenDownPayment]
    | Go[OpenHold]
    | Go[OpenMoment]
    | Go[OpenClosing]
    | Go[OpenProductionDays]
    | Stay
):
    match said.value:
        case "products":
            return Go(OpenProducts(at.draft, changing=True))
        case "title":
            return Go(OpenTitle(at.draft, changing=True))
        case "quota":
            return Go(OpenQuota(at.draft, changing=True))
        case "minimum":
            return Go(OpenMinimum(at.draft, changing=True))
        case "maximum":
            return Go(OpenMaximum(at.draft, changing=True))
        case "down_payment":
            return Go(OpenDownPayment(at.draft, changing=True))
        case "hold":
            return Go(OpenHold(at.draft, changing=True))
        case "opening":
            return Go(OpenMoment(at.draft, changing=True))
        case "closing":
            return Go(OpenClosing(at.draft, changing=True))
        case "production":
            return Go(OpenProductionDays(at.draft, changing=True))
        case _:
            return Stay(ChoiceUnclear(quoted(said.value)))


def change_to_review(at: OpenChange, _said: Back, _shop: Shop) -> Go[OpenReview]:
    return Go(OpenReview(at.draft))
