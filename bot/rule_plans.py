"""When what runs by itself is due next: reminders, recaps, repeated posts, ideas (product 7). In a transaction.

In: the rules as sellers have set them, a moment. Out: one due row for each, the next. Nothing is said here.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from bot.house import House
from preorder import calendar
from preorder.batch import Batch, BatchId
from preorder.celebrating import CELEBRATIONS, CelebrationKind
from preorder.rules import Defaults, DueKind, Rule, RuleKind
from storage import celebrations, planning, rules, schedule
from storage.database import Tx

# What a seller may call off: nothing that the books or a promise to a buyer rest on.
CANCELLABLE: Final[frozenset[DueKind]] = frozenset(
    (
        *("close_reminder", "hold_reminder", "decide_minimum", "delay_reminder", "channel_post"),
        *("daily_recap", "payday_idea", "holiday_idea", "birthday", "anniversary"),
    )
)
CLOSING: Final[tuple[DueKind, ...]] = ("close_batch", "close_reminder")
FIRST_HOUR: Final = timedelta(hours=1)  # whoever has just read that a batch is open is not reminded of it
SHORTEST_REMINDED_HOLD: Final = timedelta(hours=1)
EARLIEST_REMINDER: Final = timedelta(hours=3)
LAST_POST: Final = timedelta(hours=1)  # later than that before closing a post helps nobody
IDEA_HOUR: Final = 10  # when a suggested batch opens


def rule(tx: Tx, house: House, kind: RuleKind) -> Rule:
    return rules.find(tx, kind, defaults(house))


def defaults(house: House) -> Defaults:
    """What the settings say about rules."""
    settings = house.settings
    return Defaults(settings.recap_at, settings.close_reminders, timedelta(minutes=settings.waiting_offer_minutes))


def moment_at(day: date, hour: time, house: House) -> datetime:
    return datetime.combine(day, hour, house.settings.timezone)


# --- a batch's closing, a hold's end ------------------------------------------------------------------------------


def plan_closing(tx: Tx, house: House, batch: Batch, since: datetime, now: datetime) -> None:
    """The closing of a batch, and its reminders."""
    schedule.plan(tx, "close_batch", batch.id, batch.closes_at)
    plan_close_reminders(tx, house, batch, since, now)


def drop_closing(tx: Tx, batch_id: BatchId, now: datetime) -> None:
    """The closing has moved, or comes no more."""
    for kind in CLOSING:
        schedule.drop(tx, kind, batch_id, now)


def plan_close_reminders(tx: Tx, house: House, batch: Batch, since: datetime, now: datetime) -> None:
    """The reminders of a batch that people know to be open since a moment: a batch that is open for a day gets none
    three days before."""
    set_so = rule(tx, house, "close_reminder")
    for before in set_so.lengths if set_so.is_on else ():
        moment = batch.closes_at - before
        if moment > max(now, since + FIRST_HOUR):
            schedule.plan(tx, "close_reminder", batch.id, moment)


def plan_hold_reminder(tx: Tx, house: House, order_id: str, until: datetime, now: datetime) -> None:
    """The reminder of a hold that ends at `until`; a hold of an hour needs none."""
    set_so, length = rule(tx, house, "hold_reminder"), until - now
    if not set_so.is_on:
        return
    before = set_so.lengths[0] if set_so.lengths else min(length / 4, EARLIEST_REMINDER)
    if length > max(before, timedelta(0) if set_so.lengths else SHORTEST_REMINDED_HOLD):
        schedule.plan(tx, "hold_reminder", order_id, until - before)


def waiting_offer(tx: Tx, house: House) -> timedelta:
    """How long slots that came back are kept for the next in line."""
    return rule(tx, house, "waiting_offer").lengths[0]


def plan_minimum_question(tx: Tx, house: House, batch_id: str, after: datetime) -> None:
    """The next time that sellers are asked what becomes of a batch below its minimum."""
    set_so = rule(tx, house, "decide_minimum")
    if set_so.is_on:
        schedule.plan(tx, "decide_minimum", batch_id, after + timedelta(days=set_so.days))


def plan_delay_reminder(tx: Tx, house: House, batch_id: str, asked_at: datetime, now: datetime) -> None:
    """When the buyers of a delayed batch who have not answered are reminded: so many days after they were asked."""
    set_so = rule(tx, house, "delay_reminder")
    day = asked_at.astimezone(house.settings.timezone).date() + timedelta(days=set_so.days)
    moment = moment_at(day, set_so.at, house)
    if set_so.is_on and moment > now:
        schedule.plan(tx, "delay_reminder", batch_id, moment)


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


# --- invitations -------------------------------------------------------------------------------------------------


def plan_celebrations(tx: Tx, house: House, now: datetime) -> None:
    """The next look whose birthday, or first order's day, is near."""
    for kind in CELEBRATIONS:
        plan_celebration(tx, house, kind, now)


def plan_celebration(tx: Tx, house: House, kind: CelebrationKind, now: datetime) -> None:
    """One look a day, today's if it was not yet; none while nobody has asked for these invitations."""
    set_so = rule(tx, house, kind)
    if not set_so.is_on or schedule.next_of(tx, kind) is not None or not celebrations.is_anybody(tx, kind):
        return
    today = now.astimezone(house.settings.timezone).date()
    for day in (today, today + timedelta(days=1)):
        if schedule.plan(tx, kind, day.isoformat(), moment_at(day, set_so.at, house)):
            return
