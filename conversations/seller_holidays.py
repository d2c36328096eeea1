"""/holidays: the holidays of the next twelve months on the shop's own days, and the courier's rest (product 3). Pure.

The calendar estimates the days that depend on the moon until they are decreed; what a seller types here counts instead,
for openings, paydays and the way back from an arrival.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from conversations.effects import MoveHoliday, PauseCourier
from conversations.opening_steps import CourierPause, HolidayDay, HolidaysList
from conversations.said import Back, Picked, Typed
from conversations.seller_open_calendar import find_holiday, named_holiday
from conversations.seller_reading import quoted, read_day
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog.opening import (
    AskWhichDay,
    CourierPaused,
    CourierPauseUnclear,
    HolidayGone,
    HolidayMoved,
    HolidayTooFar,
)
from messages.catalog.selling_unclear import ChoiceUnclear, SellerLeft
from preorder.arriving import CourierRest, parse_rest
from preorder.calendar import Holiday
from preorder.errors import NotACount

COURIER: Final = "courier"
AS_CALENDAR: Final = "calendar"
NEVER: Final = "none"
FURTHEST: Final = timedelta(days=62)  # a holiday's day is moved by days; more is another holiday's


def begin_holidays(_shop: Shop) -> Go[HolidaysList]:
    """/holidays."""
    return Go(HolidaysList())


def pick_listed_holiday(_at: HolidaysList, said: Picked, shop: Shop) -> Go[HolidayDay] | Go[CourierPause] | Stay:
    if said.value == COURIER:
        return Go(CourierPause())
    holiday = find_holiday(said.value, shop)
    return Go(HolidayDay(*holiday.key)) if holiday else Stay(HolidayGone())


def name_listed_holiday(_at: HolidaysList, said: Typed, shop: Shop) -> Go[HolidayDay] | Stay:
    """Part of a name, in either language; of several the next one."""
    holiday = named_holiday(said.text, shop)
    return Go(HolidayDay(*holiday.key)) if holiday else Stay(ChoiceUnclear(quoted(said.text)))


def holidays_to_home(_at: Step, _said: Back, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(SellerLeft(),))


def at_holiday(at: HolidayDay, shop: Shop) -> Holiday | None:
    return find_holiday(f"{at.name}|{at.year}", shop)


def pick_holiday_day(at: HolidayDay, said: Picked, shop: Shop) -> Go[HolidaysList] | Stay:
    holiday = at_holiday(at, shop)
    if holiday is None:
        return Go(HolidaysList(), say=(HolidayGone(),))
    if said.value != AS_CALENDAR or holiday.calendar_day is None:
        return Stay(ChoiceUnclear(quoted(said.value)))
    moved = HolidayMoved(holiday.name_id, holiday.name_en, holiday.calendar_day)
    return Go(HolidaysList(), do=(MoveHoliday(at.name, at.year, None),), say=(moved,))


def enter_holiday_day(at: HolidayDay, said: Typed, shop: Shop) -> Go[HolidaysList] | Stay:
    holiday = at_holiday(at, shop)
    if holiday is None:
        return Go(HolidaysList(), say=(HolidayGone(),))
    day = read_day(said.text, shop)
    if isinstance(day, Stay):
        return day
    if isinstance(day, tuple):
        return Stay(AskWhichDay(day))
    calendar_day = holiday.calendar_day or holiday.day
    if abs(day - calendar_day) > FURTHEST:
        return Stay(HolidayTooFar(day, calendar_day))
    moved = HolidayMoved(holiday.name_id, holiday.name_en, day)
    move = MoveHoliday(at.name, at.year, None if day == calendar_day and not holiday.estimated else day)
    return Go(HolidaysList(), do=(move,), say=(moved,))


def day_to_holidays(_at: Step, _said: Back, _shop: Shop) -> Go[HolidaysList]:
    return Go(HolidaysList())


def pick_pause(at: CourierPause, said: Picked, shop: Shop) -> Go[HolidaysList] | Stay:
    return enter_pause(at, Typed(said.value), shop)


def enter_pause(_at: CourierPause, said: Typed, _shop: Shop) -> Go[HolidaysList] | Stay:
    try:
        rest: CourierRest | None = parse_rest(said.text)
    except NotACount:
        return Stay(CourierPauseUnclear(quoted(said.text)))
    return Go(HolidaysList(), do=(PauseCourier(rest),), say=(CourierPaused(rest),))
