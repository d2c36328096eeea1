"""/open, moments from the calendar: a month's end, days before a holiday, weeks before a launch (product 3).

In: the step, what was said, the snapshot with the shop's own days for holidays. Out: the next step, or a sentence why
not. A day becomes a moment by an hour of the shop's day; moments are UTC. What lies in the past is refused with what is
still possible.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from conversations.opening_steps import (
    OpenArrivalPlan,
    OpenDayDoubt,
    OpenHoliday,
    OpenHolidayDays,
    OpenHour,
    OpenLaunch,
    OpenLaunchWeeks,
    OpenWindowHour,
)
from conversations.said import Back, Picked, Typed
from conversations.seller_open_arrival import arrive_by
from conversations.seller_open_dates import CLOSING_HOUR, OPENING_HOURS, open_and_close, open_at
from conversations.seller_reading import quoted, read_count_of_days, read_day, read_hour
from conversations.seller_steps import OpenClosing, OpenMoment, OpenProductionDays, OpenReview
from conversations.shop import Shop
from conversations.table import Go, Stay
from messages.catalog.opening import DaysTooMany, DayTooNear, HolidayGone, HolidayLine, Window
from messages.catalog.selling_unclear import ChoiceUnclear, MomentUnclear
from preorder.calendar import SELLING, Holiday, month_end_window, upcoming_holidays

DAYS_BEFORE: Final = (7, 14, 21, 30)
WEEKS_BEFORE: Final = (1, 2, 3, 4)
MOST_WEEKS: Final = 26
MOST_DAYS: Final = 120
EVERY: Final = "every"


# --- a month's end ------------------------------------------------------------------------------------------------


def windows(shop: Shop) -> tuple[Window, ...]:
    """The windows that the buttons stand for, in the order of `OPENING_HOURS`."""
    return tuple(_window(hour, shop) for hour in OPENING_HOURS)


def _window(hour: int, shop: Shop) -> Window:
    return Window(*month_end_window(shop.now, (hour, CLOSING_HOUR), shop.zone, shop.joint_leave, shop.moved))


def pick_window_hour(at: OpenWindowHour, said: Picked, shop: Shop) -> Go[OpenProductionDays] | Go[OpenReview] | Stay:
    return enter_window_hour(at, Typed(said.value), shop)


def enter_window_hour(at: OpenWindowHour, said: Typed, shop: Shop) -> Go[OpenProductionDays] | Go[OpenReview] | Stay:
    """Opening and closing at once: the closing is the 5th, in the evening."""
    hour = read_hour(said.text)
    if isinstance(hour, Stay):
        return hour
    window = _window(hour.hour, shop)
    return open_and_close(at, window.opens_at + timedelta(minutes=hour.minute), window.closes_at)


def window_to_moment(at: OpenWindowHour, _said: Back, _shop: Shop) -> Go[OpenMoment]:
    return Go(OpenMoment(at.draft, at.changing))


# --- before a holiday ---------------------------------------------------------------------------------------------


def holidays(shop: Shop, every: bool = True) -> tuple[Holiday, ...]:
    """The holidays of the next twelve months on the shop's days; those that people buy for, or every one."""
    today = shop.now.astimezone(shop.zone).date()
    found = upcoming_holidays(today, moved=shop.moved, with_leave=True)
    return found if every else tuple(holiday for holiday in found if holiday.name_en in SELLING)


def holiday_value(holiday: Holiday) -> str:
    """A holiday on a button."""
    name, year = holiday.key
    return f"{name}|{year}"


def find_holiday(value: str, shop: Shop) -> Holiday | None:
    return next((holiday for holiday in holidays(shop) if holiday_value(holiday) == value), None)


def named_holiday(text: str, shop: Shop) -> Holiday | None:
    """The next holiday with this in its name, in either language; the leave around it only when that is said."""
    wanted = " ".join(text.casefold().replace("lebaran", "idul fitri").split())
    found = [h for h in holidays(shop) if len(wanted) > 2 and wanted in f"{h.name_id}|{h.name_en}".casefold()]
    return min(found, key=lambda holiday: (holiday.is_leave, holiday.day), default=None)


def holiday_line(holiday: Holiday) -> HolidayLine:
    return HolidayLine(holiday.name_id, holiday.name_en, holiday.day, holiday.estimated, holiday.calendar_day)


def most_days_before(day: date, shop: Shop) -> int:
    """How many days before this day tomorrow is; 0 or less when nothing can be opened before it."""
    return min((day - shop.now.astimezone(shop.zone).date()).days - 1, MOST_DAYS)


def pick_holiday(at: OpenHoliday, said: Picked, shop: Shop) -> Go[OpenHoliday] | Go[OpenHolidayDays] | Stay:
    if said.value == EVERY:
        return Go(OpenHoliday(at.draft, at.changing, every=True))
    holiday = find_holiday(said.value, shop)
    return _before(at, holiday, shop) if holiday else Stay(HolidayGone())


def name_holiday(at: OpenHoliday, said: Typed, shop: Shop) -> Go[OpenHolidayDays] | Stay:
    """Part of a name, in either language, is enough when the next holiday that has it is meant."""
    holiday = named_holiday(said.text, shop)
    return _before(at, holiday, shop) if holiday else Stay(ChoiceUnclear(quoted(said.text)))


def _before(at: OpenHoliday, holiday: Holiday, shop: Shop) -> Go[OpenHolidayDays] | Stay:
    if most_days_before(holiday.day, shop) < 1:
        return Stay(DayTooNear(holiday.day))
    return Go(OpenHolidayDays(at.draft, at.changing, *holiday.key))


def holiday_to_moment(at: OpenHoliday, _said: Back, _shop: Shop) -> Go[OpenMoment] | Go[OpenHoliday]:
    return Go(OpenHoliday(at.draft, at.changing)) if at.every else Go(OpenMoment(at.draft, at.changing))


def pick_days_before(at: OpenHolidayDays, said: Picked, shop: Shop) -> Go[OpenHour] | Go[OpenHoliday] | Stay:
    return enter_days_before(at, Typed(said.value), shop)


def enter_days_before(at: OpenHolidayDays, said: Typed, shop: Shop) -> Go[OpenHour] | Go[OpenHoliday] | Stay:
    """`14`, `14 hari`, `H-14`."""
    holiday = find_holiday(f"{at.name}|{at.year}", shop)
    if holiday is None:
        return Go(OpenHoliday(at.draft, at.changing), say=(HolidayGone(),))
    days = read_count_of_days(said.text.strip().removeprefix("H-").removeprefix("h-"), 1, 999)
    if isinstance(days, Stay):
        return days
    most = most_days_before(holiday.day, shop)
    if days > most:
        return Stay(DaysTooMany(days, max(most, 0)))
    return Go(OpenHour(at.draft, at.changing, holiday.day - timedelta(days=days)))


def days_to_holiday(at: OpenHolidayDays, _said: Back, _shop: Shop) -> Go[OpenHoliday]:
    return Go(OpenHoliday(at.draft, at.changing))


# --- at an hour of a day ------------------------------------------------------------------------------------------


def opening_choices(day: date, shop: Shop) -> tuple[datetime, ...]:
    """The openings on a day that the buttons stand for (UTC), in the order of `OPENING_HOURS`."""
    return tuple(_on(day, time(hour), shop) for hour in OPENING_HOURS)


def _on(day: date, hour: time, shop: Shop) -> datetime:
    return datetime.combine(day, hour, shop.zone).astimezone(shop.now.tzinfo)


def pick_hour(at: OpenHour, said: Picked, shop: Shop) -> Go[OpenClosing] | Go[OpenReview] | Stay:
    return enter_hour(at, Typed(said.value), shop)


def enter_hour(at: OpenHour, said: Typed, shop: Shop) -> Go[OpenClosing] | Go[OpenReview] | Stay:
    hour = read_hour(said.text)
    if isinstance(hour, Stay):
        return hour
    moment = _on(at.day, hour, shop)
    return open_at(at, moment, shop) if moment > shop.now else Stay(MomentUnclear("", "past", moment))


def hour_to_moment(at: OpenHour, _said: Back, _shop: Shop) -> Go[OpenMoment]:
    return Go(OpenMoment(at.draft, at.changing))


# --- before a launch ----------------------------------------------------------------------------------------------


def enter_launch(at: OpenLaunch, said: Typed, shop: Shop) -> Go[OpenLaunchWeeks] | Go[OpenDayDoubt] | Stay:
    day = read_day(said.text, shop)
    if isinstance(day, Stay):
        return day
    if isinstance(day, tuple):
        return Go(OpenDayDoubt(at.draft, at.changing, "launch", day))
    return _launch_on(day, at, shop)


def _launch_on(day: date, at: OpenLaunch | OpenDayDoubt, shop: Shop) -> Go[OpenLaunchWeeks] | Stay:
    if most_days_before(day, shop) < 7:
        return Stay(DayTooNear(day))
    return Go(OpenLaunchWeeks(at.draft, at.changing, day))


def launch_to_moment(at: OpenLaunch, _said: Back, _shop: Shop) -> Go[OpenMoment]:
    return Go(OpenMoment(at.draft, at.changing))


def pick_weeks(at: OpenLaunchWeeks, said: Picked, shop: Shop) -> Go[OpenHour] | Stay:
    return enter_weeks(at, Typed(said.value), shop)


def enter_weeks(at: OpenLaunchWeeks, said: Typed, shop: Shop) -> Go[OpenHour] | Stay:
    """`2`, `2 minggu`."""
    text = said.text.casefold().replace("minggu", "").replace("weeks", "").replace("week", "")
    weeks = read_count_of_days(text, 1, MOST_WEEKS)
    if isinstance(weeks, Stay):
        return weeks
    most = most_days_before(at.day, shop)
    if weeks * 7 > most:
        return Stay(DaysTooMany(weeks * 7, max(most, 0)))
    return Go(OpenHour(at.draft, at.changing, at.day - timedelta(weeks=weeks)))


def weeks_to_launch(at: OpenLaunchWeeks, _said: Back, _shop: Shop) -> Go[OpenLaunch]:
    return Go(OpenLaunch(at.draft, at.changing))


# --- which day? ---------------------------------------------------------------------------------------------------


def pick_doubted_day(at: OpenDayDoubt, said: Picked, shop: Shop) -> Go[OpenLaunchWeeks] | Go[OpenArrivalPlan] | Stay:
    if not said.value.isdecimal() or int(said.value) >= len(at.days):
        return Stay(ChoiceUnclear(quoted(said.value)))
    day = at.days[int(said.value)]
    return _launch_on(day, at, shop) if at.about == "launch" else arrive_by(day, at, shop)


def retype_day(
    at: OpenDayDoubt, said: Typed, shop: Shop
) -> Go[OpenLaunchWeeks] | Go[OpenArrivalPlan] | Go[OpenDayDoubt] | Stay:
    day = read_day(said.text, shop)
    if isinstance(day, Stay):
        return day
    if isinstance(day, tuple):
        return Go(replace(at, days=day))
    return _launch_on(day, at, shop) if at.about == "launch" else arrive_by(day, at, shop)


def doubt_to_moment(at: OpenDayDoubt, _said: Back, _shop: Shop) -> Go[OpenMoment]:
    return Go(OpenMoment(at.draft, at.changing))
