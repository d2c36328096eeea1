"""/open, second half: when it opens and closes, and how long making takes (product 3).

In: the step, what was said, the snapshot. Out: the next step, or a sentence why not. Typed dates are taken when they
have one meaning and asked about when they have several. Moments are UTC; hours on buttons are the shop's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from conversations.opening_steps import (
    OpenArrival,
    OpenHoliday,
    OpenLaunch,
    OpenRepeat,
    OpenShippingDays,
    OpenWindowHour,
)
from conversations.said import Back, Picked, Typed
from conversations.seller_open import backward, forward
from conversations.seller_reading import Doubt, payday_at, quoted, read_count_of_days, read_moment, read_payday
from conversations.seller_steps import (
    BatchDraft,
    OpenClosing,
    OpenClosingDoubt,
    OpenHold,
    Opening,
    OpenMoment,
    OpenMomentDoubt,
    OpenPaydayHour,
    OpenProductionDays,
    OpenReview,
)
from conversations.shop import Shop
from conversations.table import Go, Stay
from messages.catalog.opening import ClosingNoted
from messages.catalog.selling import ClosingTooEarly, LimitsCross
from messages.catalog.selling_unclear import ChoiceUnclear, MomentUnclear

CLOSING_HOUR: Final = 21
CLOSING_DAYS: Final = (3, 7, 14)
OPENING_HOURS: Final = (8, 10, 19)
LONGEST_PRODUCTION: Final = 365

NOW: Final = "now"
PAYDAY: Final = "payday"
PAYDAY_WORDS: Final = frozenset({"gajian", "payday", "tanggal muda", "pas gajian"})
WINDOW: Final = "window"
HOLIDAY: Final = "holiday"
LAUNCH: Final = "launch"
ARRIVAL: Final = "arrival"
KEEP: Final = "keep"


# --- opening ----------------------------------------------------------------------------------------------------


def pick_moment(
    at: OpenMoment, said: Picked, shop: Shop
) -> (
    Go[OpenClosing]
    | Go[OpenPaydayHour]
    | Go[OpenWindowHour]
    | Go[OpenHoliday]
    | Go[OpenLaunch]
    | Go[OpenArrival]
    | Go[OpenMomentDoubt]
    | Go[OpenReview]
    | Stay
):
    match said.value:
        case "now":
            return open_at(at, None, shop)
        case "keep" if at.draft.opens_at is not None and at.draft.opens_at > shop.now:
            return open_at(at, at.draft.opens_at, shop)
        case "payday":
            return Go(OpenPaydayHour(at.draft, at.changing))
        case "window":
            return Go(OpenWindowHour(at.draft, at.changing))
        case "holiday":
            return Go(OpenHoliday(at.draft, at.changing))
        case "launch":
            return Go(OpenLaunch(at.draft, at.changing))
        case "arrival":
            return Go(OpenArrival(at.draft, at.changing))
        case _:
            return enter_moment(at, Typed(said.value), shop)


def enter_moment(
    at: OpenMoment, said: Typed, shop: Shop
) -> Go[OpenClosing] | Go[OpenMomentDoubt] | Go[OpenPaydayHour] | Go[OpenReview] | Stay:
    if said.text.strip().casefold() in PAYDAY_WORDS:
        return Go(OpenPaydayHour(at.draft, at.changing))
    moment = read_moment(said.text, shop, OPENING_HOURS)
    if isinstance(moment, Stay):
        return moment
    if isinstance(moment, Doubt):
        return Go(OpenMomentDoubt(at.draft, at.changing, moment.choices), say=moment.why)
    return open_at(at, moment, shop)


def open_at(at: Opening, moment: datetime | None, shop: Shop) -> Go[OpenClosing] | Go[OpenReview]:
    """The opening is settled (UTC; None: at once), and the closing follows, unless it is settled and still fits."""
    if moment is not None and moment <= shop.now:  # "sekarang" was typed
        moment = None
    draft = replace(at.draft, opens_at=moment)
    if at.changing and draft.closes_at is not None and draft.closes_at <= (moment or shop.now):
        return Go(OpenClosing(draft, changing=True), say=(LimitsCross("closing"),))
    return forward(at, draft, OpenClosing)


def open_and_close(at: Opening, opens_at: datetime, closes_at: datetime) -> Go[OpenProductionDays] | Go[OpenReview]:
    """Both are settled (UTC)."""
    return after_closing(at, replace(at.draft, opens_at=opens_at, closes_at=closes_at))


def after_closing(at: Opening, draft: BatchDraft) -> Go[OpenProductionDays] | Go[OpenReview]:
    """A batch that is opened once more needs new dates and nothing else."""
    if at.changing or draft.origin == "repeat" or draft.closes_at is None:
        return Go(OpenReview(draft))
    return Go(OpenProductionDays(draft), say=(ClosingNoted(draft.closes_at),))


def moment_to_hold(at: OpenMoment, _said: Back, _shop: Shop) -> Go[OpenHold] | Go[OpenReview] | Go[OpenRepeat]:
    if at.draft.origin == "repeat" and not at.changing:
        return Go(OpenRepeat(at.draft))
    return backward(at, OpenHold)


def pick_doubted_moment(at: OpenMomentDoubt, said: Picked, shop: Shop) -> Go[OpenClosing] | Go[OpenReview] | Stay:
    moment = _chosen(at.choices, said.value, shop)
    return moment if isinstance(moment, Stay) else open_at(at, moment, shop)


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
    return moment if isinstance(moment, Stay) else open_at(at, moment, shop)


def payday_to_moment(at: OpenPaydayHour, _said: Back, _shop: Shop) -> Go[OpenMoment]:
    return Go(OpenMoment(at.draft, at.changing))


def payday_choices(shop: Shop) -> tuple[datetime, ...]:
    """The payday openings offered as buttons (UTC), in the order of `OPENING_HOURS`."""
    return tuple(payday_at(hour, shop) for hour in OPENING_HOURS)


# --- closing ----------------------------------------------------------------------------------------------------


def closing_days(shop: Shop) -> tuple[int, ...]:
    """For how many days a batch may be open; the last one's length comes first."""
    last = shop.last_batch
    if last is None:
        return CLOSING_DAYS
    usual = (last.closes_at.astimezone(shop.zone).date() - last.opens_at.astimezone(shop.zone).date()).days
    return tuple(dict.fromkeys((max(1, usual), *CLOSING_DAYS)))


def closing_choices(draft: BatchDraft, shop: Shop) -> tuple[datetime, ...]:
    """The closings offered as buttons (UTC): so many days after the opening, in the evening of the shop's day."""
    first_day = (draft.opens_at or shop.now).astimezone(shop.zone).date()
    evening = time(CLOSING_HOUR, tzinfo=shop.zone)
    return tuple(
        datetime.combine(first_day + timedelta(days=days), evening).astimezone(shop.now.tzinfo)
        for days in closing_days(shop)
    )


def pick_closing(at: OpenClosing, said: Picked, shop: Shop) -> Go[OpenProductionDays] | Go[OpenReview] | Stay:
    if said.value == KEEP and at.draft.closes_at is not None:
        return _close_at(at, at.draft.closes_at, shop)
    moment = _chosen(closing_choices(at.draft, shop), said.value, shop)
    return moment if isinstance(moment, Stay) else _close_at(at, moment, shop)


def enter_closing(
    at: OpenClosing, said: Typed, shop: Shop
) -> Go[OpenProductionDays] | Go[OpenClosingDoubt] | Go[OpenReview] | Stay:
    moment = read_moment(said.text, shop, (CLOSING_HOUR,))
    if isinstance(moment, Stay):
        return moment
    if isinstance(moment, Doubt):
        return Go(OpenClosingDoubt(at.draft, at.changing, moment.choices), say=moment.why)
    return _close_at(at, moment, shop)


def _close_at(at: Opening, moment: datetime, shop: Shop) -> Go[OpenProductionDays] | Go[OpenReview] | Stay:
    opens_at = at.draft.opens_at or shop.now
    if moment <= opens_at:
        return Stay(ClosingTooEarly(moment, opens_at))
    return after_closing(at, replace(at.draft, closes_at=moment))


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


# --- making -----------------------------------------------------------------------------------------------------


def pick_production(at: OpenProductionDays, said: Picked, shop: Shop) -> Go[OpenShippingDays] | Go[OpenReview] | Stay:
    return enter_production(at, Typed(said.value), shop)


def enter_production(at: OpenProductionDays, said: Typed, _shop: Shop) -> Go[OpenShippingDays] | Go[OpenReview] | Stay:
    days = read_count_of_days(said.text, 1, LONGEST_PRODUCTION)
    if isinstance(days, Stay):
        return days
    return forward(at, replace(at.draft, production_days=days), OpenShippingDays)


def production_to_closing(at: OpenProductionDays, _said: Back, _shop: Shop) -> Go[OpenClosing] | Go[OpenReview]:
    return backward(at, OpenClosing)
