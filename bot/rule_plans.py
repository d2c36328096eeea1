"""When what the shop does by itself is due next: recaps, repeated posts, ideas (product 7). In a transaction.

In: the rules as sellers have set them, a moment. Out: one due row for each, the next. Nothing is said here.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from bot.house import House
from preorder import calendar
from preorder.batch import Batch
from preorder.rules import Rule, RuleKind
from storage import planning, rules, schedule
from storage.database import Tx
from storage.schedule import DueKind

# What a seller may call off: nothing that the books or a promise to a buyer rest on.
CANCELLABLE: Final[frozenset[DueKind]] = frozenset(
    {"close_reminder", "daily_recap", "channel_post", "payday_idea", "holiday_idea"}
)
LAST_POST: Final = timedelta(hours=1)  # later than that before closing a post helps nobody
IDEA_HOUR: Final = 10  # when a suggested batch opens


def rule(tx: Tx, house: House, kind: RuleKind) -> Rule:
    return rules.find(tx, kind, house.settings.recap_at)


def moment_at(day: date, hour: time, house: House) -> datetime:
    return datetime.combine(day, hour, house.settings.timezone)


# --- daily recap -------------------------------------------------------------------------------------------------


def plan_recap(tx: Tx, house: House, after: datetime) -> None:
    """The next daily recap, at the shop's hour in the shop's zone. Its subject is the day, so there is one a day."""
    set_so = rule(tx, house, "daily_recap")
    if not set_so.is_on:
        return
    local = after.astimezone(house.settings.timezone)
    day = local.date() if local.time() < set_so.at else local.date() + timedelta(days=1)
    schedule.plan(tx, "daily_recap", day.isoformat(), moment_at(day, set_so.at, house))


# --- posts in the channel ----------------------------------------------------------------------------------------


def plan_post(tx: Tx, house: House, batch: Batch, after: datetime) -> None:
    """The next repeated post of an open batch, so many days after `after`; none in its last hour."""
    set_so = rule(tx, house, "channel_post")
    if not set_so.is_on or house.settings.channel_id is None:
        return
    day = after.astimezone(house.settings.timezone).date() + timedelta(days=set_so.days)
    moment = moment_at(day, set_so.at, house)
    if moment < batch.closes_at - LAST_POST:
        schedule.plan(tx, "channel_post", batch.id, moment)


# --- ideas for the seller ----------------------------------------------------------------------------------------


def plan_ideas(tx: Tx, house: House, after: datetime) -> None:
    """The next payday's and the next holiday's idea. The calendar has to be loaded (`calendar.learn`)."""
    plan_payday(tx, house, after)
    plan_holiday(tx, house, after)


def plan_payday(tx: Tx, house: House, after: datetime) -> None:
    set_so = rule(tx, house, "payday")
    if not set_so.is_on:
        return
    zone, moved = house.settings.timezone, planning.moved_holidays(tx)
    at = after
    for _ in range(3):
        at = calendar.next_payday(at, IDEA_HOUR, zone, house.settings.joint_leave, moved)
        payday = at.astimezone(zone).date()
        moment = moment_at(payday - timedelta(days=set_so.days), set_so.at, house)
        if moment > after:
            schedule.plan(tx, "payday_idea", payday.isoformat(), moment)
            return


def plan_holiday(tx: Tx, house: House, after: datetime) -> None:
    set_so = rule(tx, house, "holiday")
    if not set_so.is_on:
        return
    today = after.astimezone(house.settings.timezone).date()
    for holiday in selling_holidays(tx, today):
        moment = moment_at(holiday.day - timedelta(days=set_so.days), set_so.at, house)
        if moment > after:
            schedule.plan(tx, "holiday_idea", holiday.day.isoformat(), moment)
            return


def selling_holidays(tx: Tx, today: date) -> list[calendar.Holiday]:
    """The holidays people buy for, the first day of each, in the next year."""
    found = calendar.upcoming_holidays(today, 12, planning.moved_holidays(tx))
    return [h for h in found if h.name_en in calendar.SELLING and h.ordinal == 1 and not h.is_leave]
