"""What the shop does by itself: repeated channel posts, and ideas for the next opening (product 7). In a transaction.

Each is planned as one due row, and the next when it was done or left out, so that an outage leaves one behind at most.
Too late is: a post after six hours, an idea once its day has come.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final, Literal

from bot import batch_work, celebration_work, rule_plans
from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard, LinkButton
from conversations.effects import CancelDue, SetRule
from messages.catalog import Label
from messages.catalog.scheduling import HolidayIdea, PaydayIdea
from preorder.batch import BatchId
from preorder.errors import AlreadyDone
from preorder.rules import RULE_OF
from storage import batches, delays, rules, schedule
from storage.schedule import Due

MOMENT: Final = timedelta(seconds=1)


def post_again(turn: Turn, due: Due) -> None:
    """Once more in the channel, while there is something to order."""
    batch = batches.find(turn.tx, BatchId(due.subject))
    channel = turn.house.settings.channel_id
    if batch is None or channel is None or not batch.is_open_at(turn.now):
        return
    if batch.left and batch.audience == "everyone":
        link = turn.house.deep_link(f"b_{batch.id}")
        keyboard: Keyboard = ((LinkButton(Label("order_now"), link),),)
        post = batch_work.announced(turn, batch)
        turn.post(channel, post, keyboard, batch_work.cover(turn, batch), f"channel:again:{due.id}")
    rule_plans.plan_post(turn.tx, turn.house, batch, turn.now)


# --- ideas for the seller ----------------------------------------------------------------------------------------


def suggest_payday(turn: Turn, due: Due) -> None:
    """To sellers, unless a batch is open on that day anyway."""
    payday = date.fromisoformat(due.subject)
    days = (payday - turn.now.astimezone(turn.house.settings.timezone).date()).days
    if days > 0 and not _is_planned(turn, payday):
        turn.tell_sellers(PaydayIdea(payday, days), _open_on(payday, "payday"), key=f"idea:{due.id}")


def suggest_holiday(turn: Turn, due: Due) -> None:
    """To sellers; the batch they open opens at once, because the making takes the days until then."""
    day = date.fromisoformat(due.subject)
    today = turn.now.astimezone(turn.house.settings.timezone).date()
    holiday = next((h for h in rule_plans.selling_holidays(turn.tx, today) if h.day == day), None)
    days = (day - today).days
    if holiday is not None and days > 0:
        idea = HolidayIdea(holiday.name_id, holiday.name_en, day, days, holiday.estimated)
        turn.tell_sellers(idea, _open_on(day, "holiday"), key=f"idea:{due.id}")


def _open_on(day: date, why: Literal["payday", "holiday"]) -> Keyboard:
    return ((ActionButton(Label(f"open_for_{why}"), "open_for", (why, day.isoformat())),),)


def _is_planned(turn: Turn, day: date) -> bool:
    opens = rule_plans.moment_at(day, time(rule_plans.IDEA_HOUR), turn.house)
    known = batches.in_states(turn.tx, ("scheduled", "open"))
    return any(b.opens_at < opens + timedelta(hours=14) and b.closes_at > opens for b in known)


# --- what sellers set --------------------------------------------------------------------------------------------


def set_rule(turn: Turn, effect: SetRule) -> None:
    """Set it, and plan anew what rests on it. `calendar.learn` was done before where a holiday is asked for."""
    turn.demand(effect.right)
    tx, house, now = turn.tx, turn.house, turn.now
    kind = effect.rule.kind
    rules.put(tx, effect.rule)
    for due_kind, of in RULE_OF.items():
        # An offer's end was promised to its buyer: another length counts for the next one.
        if of == kind and kind != "waiting_offer":
            schedule.drop_all(tx, due_kind, now)
    match kind:
        case "daily_recap":
            rule_plans.plan_recap(tx, house, now)
        case "channel_post":
            for batch in batches.in_states(tx, ("open",)):
                rule_plans.plan_post(tx, house, batch, now)
        case "payday":
            rule_plans.plan_payday(tx, house, now)
        case "holiday":
            rule_plans.plan_holiday(tx, house, now)
        case "close_reminder":
            for batch in batches.in_states(tx, ("scheduled", "open")):
                rule_plans.plan_close_reminders(tx, house, batch, batch.opens_at, now)
        case "hold_reminder":
            for hold in schedule.all_waiting(tx, "hold_expiry"):
                rule_plans.plan_hold_reminder(tx, house, hold.subject, hold.due_at, now)
        case "decide_minimum":
            for batch in batches.in_states(tx, ("closed",)):
                if batch.is_undecided:
                    rule_plans.plan_minimum_question(tx, house, batch.id, now)
        case "delay_reminder":
            for delay in delays.asked_about(tx):
                rule_plans.plan_delay_reminder(tx, house, delay.batch_id, delay.made_at, now)
        case "birthday" | "anniversary":
            rule_plans.plan_celebration(tx, house, kind, now)
        case "waiting_offer":
            pass


def cancel(turn: Turn, effect: CancelDue) -> None:
    """Call one off; what comes regularly comes the next time. Raises `AlreadyDone` when it was done, or may not be."""
    turn.demand(effect.right)
    item = rules.agenda_item(turn.tx, effect.due_id)
    if (
        item is None
        or item.kind not in rule_plans.CANCELLABLE
        or not schedule.claim(turn.tx, item.id, "skipped", turn.now)
    ):
        raise AlreadyDone
    tx, house, after = turn.tx, turn.house, item.due_at + MOMENT
    match item.kind:
        case "daily_recap":
            rule_plans.plan_recap(tx, house, after)
        case "payday_idea":
            rule_plans.plan_payday(tx, house, after)
        case "holiday_idea":
            rule_plans.plan_holiday(tx, house, after)
        case "decide_minimum":
            rule_plans.plan_minimum_question(tx, house, item.subject, after)
        case "birthday" | "anniversary" as kind:
            celebration_work.skip(turn, kind, item.subject)
            rule_plans.plan_celebration(tx, house, kind, turn.now)
        case "channel_post":
            batch = batches.find(tx, BatchId(item.subject))
            if batch is not None:
                rule_plans.plan_post(tx, house, batch, after)
        case _:
            pass
