"""/open, worked back from the day on which the parcels have to be there (product 3).

In: the step, what was said, the snapshot with the courier's rest. Out: the arithmetic as one screen, other lengths for
its parts, and opening and closing in the draft when it is taken.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from conversations.opening_steps import (
    ArrivalPlanning,
    OpenArrival,
    OpenArrivalNumber,
    OpenArrivalPlan,
    OpenDayDoubt,
    OpenMinimumTotal,
)
from conversations.said import Back, Picked, Typed
from conversations.seller_open_dates import CLOSING_HOUR, LONGEST_PRODUCTION
from conversations.seller_open_extras import LONGEST_SHIPPING
from conversations.seller_reading import quoted, read_count_of_days, read_day
from conversations.seller_steps import OpenMoment, OpenReview
from conversations.shop import Shop
from conversations.table import Go, Stay
from messages.catalog.opening import ArrivalPlanned
from messages.catalog.selling_unclear import ChoiceUnclear
from preorder.arriving import WayBack, earliest_arrival, way_back

OPENING_HOUR: Final = 10
OPEN_DAYS: Final = 7
LONGEST_OPEN: Final = 90
TAKE: Final = "take"
OTHER_DAY: Final = "day"
PARTS: Final[tuple[Literal["production", "shipping", "open"], ...]] = ("production", "shipping", "open")


def enter_arrival(at: OpenArrival, said: Typed, shop: Shop) -> Go[OpenArrivalPlan] | Go[OpenDayDoubt] | Stay:
    day = read_day(said.text, shop)
    if isinstance(day, Stay):
        return day
    if isinstance(day, tuple):
        return Go(OpenDayDoubt(at.draft, at.changing, "arrival", day))
    return arrive_by(day, at, shop)


def arrive_by(day: date, at: OpenArrival | OpenDayDoubt, shop: Shop) -> Go[OpenArrivalPlan]:
    """Work back from a day, with the lengths of the draft and, for a new batch, those of the last one."""
    draft, last = at.draft, shop.last_batch
    if last is not None and draft.origin == "new" and not at.changing:
        draft = replace(
            draft, production_days=last.production_days, shipping_days=last.shipping_days or draft.shipping_days
        )
    open_days = max(1, (last.closes_at - last.opens_at).days) if last else OPEN_DAYS
    return Go(OpenArrivalPlan(draft, at.changing, day, min(open_days, LONGEST_OPEN)))


def arrival_to_moment(at: OpenArrival, _said: Back, _shop: Shop) -> Go[OpenMoment]:
    return Go(OpenMoment(at.draft, at.changing))


def planned(at: OpenArrivalPlan, shop: Shop) -> ArrivalPlanned:
    """The arithmetic. A batch that would have opened already opens at once; one that would have closed already cannot
    be kept, and the earliest day that can is named."""
    back = _back(at, shop)
    opens_at, closes_at = _moments(back, shop)
    is_late = closes_at <= shop.now + timedelta(hours=1)
    today = shop.now.astimezone(shop.zone).date()
    lengths = (at.draft.production_days, at.draft.shipping_days)
    return ArrivalPlanned(
        wanted=back.wanted,
        arrives=back.arrives,
        sends=back.sends,
        closes_at=closes_at,
        opens_at=opens_at if opens_at > shop.now else None,
        shipping_days=at.draft.shipping_days,
        production_days=at.draft.production_days,
        open_days=at.open_days,
        rests=back.rests,
        earliest=earliest_arrival(today + timedelta(days=1), *lengths, shop.courier_rest, shop.moved)
        if is_late
        else None,
    )


def _back(at: ArrivalPlanning, shop: Shop) -> WayBack:
    lengths = (at.draft.production_days, at.draft.shipping_days, at.open_days)
    return way_back(at.day, *lengths, shop.courier_rest, shop.moved)


def _moments(back: WayBack, shop: Shop) -> tuple[datetime, datetime]:
    opens = datetime.combine(back.opens, time(OPENING_HOUR), shop.zone)
    closes = datetime.combine(back.closes, time(CLOSING_HOUR), shop.zone)
    return opens.astimezone(shop.now.tzinfo), closes.astimezone(shop.now.tzinfo)


def decide_arrival(
    at: OpenArrivalPlan, said: Picked, shop: Shop
) -> Go[OpenMinimumTotal] | Go[OpenReview] | Go[OpenArrival] | Go[OpenArrivalNumber] | Stay:
    if said.value == OTHER_DAY:
        return Go(OpenArrival(at.draft, at.changing))
    part = next((part for part in PARTS if part == said.value), None)
    if part is not None:
        return Go(OpenArrivalNumber(at.draft, at.changing, at.day, at.open_days, part))
    plan = planned(at, shop)
    if said.value != TAKE or plan.earliest is not None:
        return Stay(ChoiceUnclear(quoted(said.value)))
    draft = replace(at.draft, opens_at=plan.opens_at, closes_at=plan.closes_at)
    # Making and travelling were settled here; only what comes after them is still to be asked.
    if at.changing or draft.origin != "new":
        return Go(OpenReview(draft))
    return Go(OpenMinimumTotal(draft))


def retype_arrival(at: OpenArrivalPlan, said: Typed, shop: Shop) -> Go[OpenArrivalPlan] | Go[OpenDayDoubt] | Stay:
    """Another day may be typed at once."""
    day = read_day(said.text, shop)
    if isinstance(day, Stay):
        return day
    if isinstance(day, tuple):
        return Go(OpenDayDoubt(at.draft, at.changing, "arrival", day))
    return Go(replace(at, day=day))


def plan_to_arrival(at: OpenArrivalPlan, _said: Back, _shop: Shop) -> Go[OpenArrival]:
    return Go(OpenArrival(at.draft, at.changing))


def pick_length(at: OpenArrivalNumber, said: Picked, shop: Shop) -> Go[OpenArrivalPlan] | Stay:
    return enter_length(at, Typed(said.value), shop)


def enter_length(at: OpenArrivalNumber, said: Typed, _shop: Shop) -> Go[OpenArrivalPlan] | Stay:
    bounds = {"production": (1, LONGEST_PRODUCTION), "shipping": (0, LONGEST_SHIPPING), "open": (1, LONGEST_OPEN)}
    days = read_count_of_days(said.text, *bounds[at.part])
    if isinstance(days, Stay):
        return days
    draft, open_days = at.draft, at.open_days
    match at.part:
        case "production":
            draft = replace(draft, production_days=days)
        case "shipping":
            draft = replace(draft, shipping_days=days)
        case "open":
            open_days = days
    return Go(OpenArrivalPlan(draft, at.changing, at.day, open_days))


def length_to_plan(at: OpenArrivalNumber, _said: Back, _shop: Shop) -> Go[OpenArrivalPlan]:
    return Go(OpenArrivalPlan(at.draft, at.changing, at.day, at.open_days))
