"""The map of /open: every step, every word, every transition, in one table. `seller_flow` has the other maps."""

from __future__ import annotations

from typing import Final

from conversations import seller_open as opening
from conversations import seller_open_arrival as arrival
from conversations import seller_open_calendar as calendar
from conversations import seller_open_dates as dates
from conversations import seller_open_extras as extras
from conversations import seller_open_review as review
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
from conversations.said import Back, Cancel, Picked, Typed
from conversations.seller_open import leave
from conversations.seller_steps import (
    OpenChange,
    OpenClosing,
    OpenClosingDoubt,
    OpenDownPayment,
    OpenFixedPayment,
    OpenHold,
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
from conversations.table import Table, at, on, table

OPENING_FLOW: Final[Table] = table(
    # /open: what, how many, on which terms
    at(
        OpenProducts,
        on(Picked, opening.pick_product),
        on(Typed, opening.name_product),
        on(Back, opening.products_to_home),
        on(Cancel, leave),
    ),
    at(
        OpenRepeat,
        on(Picked, review.pick_repeat),
        on(Typed, review.name_repeat),
        on(Back, review.repeat_to_products),
        on(Cancel, leave),
    ),
    at(
        OpenTitle,
        on(Picked, opening.pick_title),
        on(Typed, opening.enter_title),
        on(Back, opening.title_to_products),
        on(Cancel, leave),
    ),
    at(
        OpenQuota,
        on(Picked, opening.pick_quota),
        on(Typed, opening.enter_quota),
        on(Back, opening.quota_to_title),
        on(Cancel, leave),
    ),
    at(
        OpenMinimum,
        on(Picked, opening.pick_minimum),
        on(Typed, opening.enter_minimum),
        on(Back, opening.minimum_to_quota),
        on(Cancel, leave),
    ),
    at(
        OpenMaximum,
        on(Picked, opening.pick_maximum),
        on(Typed, opening.enter_maximum),
        on(Back, opening.maximum_to_minimum),
        on(Cancel, leave),
    ),
    at(
        OpenDownPayment,
        on(Picked, opening.pick_down_payment),
        on(Typed, opening.enter_down_payment),
        on(Back, opening.down_payment_to_maximum),
        on(Cancel, leave),
    ),
    at(
        OpenFixedPayment,
        on(Typed, opening.enter_fixed_payment),
        on(Back, opening.fixed_payment_to_rules),
        on(Cancel, leave),
    ),
    at(
        OpenHold,
        on(Picked, opening.pick_hold),
        on(Typed, opening.enter_hold),
        on(Back, opening.hold_to_down_payment),
        on(Cancel, leave),
    ),
    # /open: when
    at(
        OpenMoment,
        on(Picked, dates.pick_moment),
        on(Typed, dates.enter_moment),
        on(Back, dates.moment_to_hold),
        on(Cancel, leave),
    ),
    at(
        OpenMomentDoubt,
        on(Picked, dates.pick_doubted_moment),
        on(Typed, dates.retype_moment),
        on(Back, dates.doubt_to_moment),
        on(Cancel, leave),
    ),
    at(
        OpenPaydayHour,
        on(Picked, dates.pick_payday_hour),
        on(Typed, dates.enter_payday_hour),
        on(Back, dates.payday_to_moment),
        on(Cancel, leave),
    ),
    at(
        OpenClosing,
        on(Picked, dates.pick_closing),
        on(Typed, dates.enter_closing),
        on(Back, dates.closing_to_moment),
        on(Cancel, leave),
    ),
    at(
        OpenClosingDoubt,
        on(Picked, dates.pick_doubted_closing),
        on(Typed, dates.retype_closing),
        on(Back, dates.doubt_to_closing),
        on(Cancel, leave),
    ),
    at(
        OpenProductionDays,
        on(Picked, dates.pick_production),
        on(Typed, dates.enter_production),
        on(Back, dates.production_to_closing),
        on(Cancel, leave),
    ),
    # /open: moments from the calendar
    at(
        OpenWindowHour,
        on(Picked, calendar.pick_window_hour),
        on(Typed, calendar.enter_window_hour),
        on(Back, calendar.window_to_moment),
        on(Cancel, leave),
    ),
    at(
        OpenHoliday,
        on(Picked, calendar.pick_holiday),
        on(Typed, calendar.name_holiday),
        on(Back, calendar.holiday_to_moment),
        on(Cancel, leave),
    ),
    at(
        OpenHolidayDays,
        on(Picked, calendar.pick_days_before),
        on(Typed, calendar.enter_days_before),
        on(Back, calendar.days_to_holiday),
        on(Cancel, leave),
    ),
    at(
        OpenLaunch,
        on(Typed, calendar.enter_launch),
        on(Back, calendar.launch_to_moment),
        on(Cancel, leave),
    ),
    at(
        OpenLaunchWeeks,
        on(Picked, calendar.pick_weeks),
        on(Typed, calendar.enter_weeks),
        on(Back, calendar.weeks_to_launch),
        on(Cancel, leave),
    ),
    at(
        OpenHour,
        on(Picked, calendar.pick_hour),
        on(Typed, calendar.enter_hour),
        on(Back, calendar.hour_to_moment),
        on(Cancel, leave),
    ),
    at(
        OpenArrival,
        on(Typed, arrival.enter_arrival),
        on(Back, arrival.arrival_to_moment),
        on(Cancel, leave),
    ),
    at(
        OpenArrivalPlan,
        on(Picked, arrival.decide_arrival),
        on(Typed, arrival.retype_arrival),
        on(Back, arrival.plan_to_arrival),
        on(Cancel, leave),
    ),
    at(
        OpenArrivalNumber,
        on(Picked, arrival.pick_length),
        on(Typed, arrival.enter_length),
        on(Back, arrival.length_to_plan),
        on(Cancel, leave),
    ),
    at(
        OpenDayDoubt,
        on(Picked, calendar.pick_doubted_day),
        on(Typed, calendar.retype_day),
        on(Back, calendar.doubt_to_moment),
        on(Cancel, leave),
    ),
    # /open: what else
    at(
        OpenShippingDays,
        on(Picked, extras.pick_shipping),
        on(Typed, extras.enter_shipping),
        on(Back, extras.shipping_to_production),
        on(Cancel, leave),
    ),
    at(
        OpenMinimumTotal,
        on(Picked, extras.pick_minimum_total),
        on(Typed, extras.enter_minimum_total),
        on(Back, extras.minimum_total_to_shipping),
        on(Cancel, leave),
    ),
    at(
        OpenTarget,
        on(Picked, extras.pick_target),
        on(Typed, extras.enter_target),
        on(Back, extras.target_to_minimum_total),
        on(Cancel, leave),
    ),
    at(
        OpenTiers,
        on(Picked, extras.pick_tiers),
        on(Typed, extras.enter_tiers),
        on(Back, extras.tiers_to_target),
        on(Cancel, leave),
    ),
    at(OpenReview, on(Picked, review.decide_opening), on(Back, review.review_to_tiers), on(Cancel, leave)),
    at(OpenChange, on(Picked, review.pick_change), on(Back, review.change_to_review), on(Cancel, leave)),
)
