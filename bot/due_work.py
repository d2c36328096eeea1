"""What falls due: claimed and done in one transaction, each kind with its rule for "too late" (product 7).

After an outage of any length everything still useful is done once; what has lost its meaning is skipped and logged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from bot import (
    batch_work,
    celebration_work,
    delay_work,
    flood,
    minimum_work,
    order_work,
    recap_work,
    rule_plans,
    rule_work,
    waiting_work,
)
from bot.house import House
from bot.logs import get_logger
from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard
from messages.catalog import Label
from messages.catalog.scheduling import PlanMissed
from preorder.batch import BatchId
from preorder.rules import LATE, RULE_OF, DueKind
from storage import batches, inbox, outbox, people, schedule
from storage.database import Tx
from storage.schedule import Due

log = get_logger(__name__)

# How late each kind may still be done; None: always, because books depend on it, or because the work itself looks
# whether what it is about is over.
TOO_LATE: Final[dict[DueKind, timedelta | None]] = {
    "open_batch": None,
    "close_batch": None,
    "hold_expiry": None,
    "forget": None,
    "catch_up": timedelta(hours=1),
    **{kind: LATE[of] for kind, of in RULE_OF.items()},
}
# product 7: these wait for the end of the quiet hours, and how late they are counts from then.
KEEPS_QUIET: Final[frozenset[DueKind]] = frozenset(
    {"close_reminder", "channel_post", "decide_minimum", "delay_reminder", "birthday", "anniversary"}
)
KEPT: Final = timedelta(days=30)  # raw updates and sent messages: personal data, forgotten then


def in_order(due: Iterable[Due]) -> Iterator[list[Due]]:
    """What may be done side by side, group after group: holds end each by itself, and everything else counts or
    changes what came before it (a recap at eight counts the hold that ended at eight)."""
    for kind, same in groupby(due, key=lambda one: one.kind):
        if kind in ("hold_reminder", "hold_expiry"):
            yield list(same)
        else:
            yield from ([one] for one in same)


def perform(tx: Tx, house: House, due: Due, now: datetime) -> bool:
    """Do what is due, if nobody did; False when it was too late or another did it."""
    limit = TOO_LATE[due.kind]
    waits = due.kind in KEEPS_QUIET
    wanted_at = house.quiet.wake(due.due_at) if waits else due.due_at
    if limit is not None and now - wanted_at > limit:
        if schedule.claim(tx, due.id, "skipped", now):
            log.info("too late, skipped", kind=due.kind, late_minutes=int((now - due.due_at).total_seconds() // 60))
            _plan_next(tx, house, due, now)
        return False
    if waits and house.quiet.is_quiet(now):
        if not schedule.rest(tx, due.id, house.quiet.wake(now)):
            schedule.claim(tx, due.id, "skipped", now)
        return False
    if not schedule.claim(tx, due.id, "done", now):
        return False
    turn = Turn.unasked(tx, house, now, f"d{due.id}")
    match due.kind:
        case "open_batch":
            _open(turn, BatchId(due.subject))
        case "close_batch":
            batch_work.close(turn, BatchId(due.subject), "time")
        case "close_reminder":
            _begin_reminder(turn, due)
        case "hold_reminder":
            order_work.remind_of_hold(turn, due.subject)
        case "hold_expiry":
            order_work.expire_hold(turn, due.subject)
        case "daily_recap":
            recap_work.send_daily(turn, due.subject)
            _plan_next(tx, house, due, now)
        case "waiting_offer_ends":
            waiting_work.offer_ends(turn, due.subject)
        case "channel_post":
            rule_work.post_again(turn, due)
        case "payday_idea":
            rule_work.suggest_payday(turn, due)
            _plan_next(tx, house, due, now)
        case "holiday_idea":
            rule_work.suggest_holiday(turn, due)
            _plan_next(tx, house, due, now)
        case "decide_minimum":
            minimum_work.remind(turn, BatchId(due.subject))
        case "delay_reminder":
            delay_work.remind(turn, BatchId(due.subject))
        case "birthday" | "anniversary" as kind:
            celebration_work.begin(turn, kind, due)
        case "catch_up":
            flood.catch_up(tx, house, due, now)
        case "forget":
            _forget(tx, now)
            plan_forgetting(tx, now)
            rule_plans.plan_ideas(tx, house, now)
            rule_plans.plan_celebrations(tx, house, now)
    return True


def _plan_next(tx: Tx, house: House, due: Due, now: datetime) -> None:
    """What comes regularly comes again, whether it was done or left out."""
    match due.kind:
        case "daily_recap":
            rule_plans.plan_recap(tx, house, now)
        case "channel_post":
            batch = batches.find(tx, BatchId(due.subject))
            if batch is not None and batch.is_open_at(now):
                rule_plans.plan_post(tx, house, batch, now)
        case "payday_idea":
            rule_plans.plan_payday(tx, house, now)
        case "holiday_idea":
            rule_plans.plan_holiday(tx, house, now)
        case _:
            pass


def _open(turn: Turn, batch_id: BatchId) -> None:
    """A batch whose closing moment passed while we were down never opened: it is cancelled, not opened late, and the
    sellers may open it now for as long as it was meant to be open."""
    batch = batches.find(turn.tx, batch_id)
    if batch is not None and batch.closes_at <= turn.now:
        if batches.move(turn.tx, batch_id, ("scheduled",), "cancelled", turn.now):
            missed = PlanMissed(batch.title, batch.opens_at, batch.closes_at)
            again: Keyboard = ((ActionButton(Label("open_missed"), "open_again", (batch_id,)),),)
            turn.tell_sellers(missed, again, key=f"missed:{batch_id}")
        return
    batch_work.open_now(turn, batch_id)


def _begin_reminder(turn: Turn, due: Due) -> None:
    batch = batches.find(turn.tx, BatchId(due.subject))
    is_on = rule_plans.rule(turn.tx, turn.house, "close_reminder").is_on
    if is_on and batch is not None and batch.is_open_at(turn.now) and batch.left:
        schedule.begin_broadcast(turn.tx, f"remind-{due.id}", "close_reminder", due.subject, turn.now)


def _forget(tx: Tx, now: datetime) -> None:
    before = now - KEPT
    gone = inbox.purge(tx, before) + outbox.purge(tx, before)
    people.forget_offers(tx, before)
    log.info("forgot old updates and messages", rows=gone)


def plan_forgetting(tx: Tx, now: datetime) -> None:
    tomorrow = (now + timedelta(days=1)).replace(hour=20, minute=0, second=0, microsecond=0)  # 03.00 WIB
    schedule.plan(tx, "forget", "", tomorrow)


def begin(tx: Tx, house: House, now: datetime) -> None:
    """At the start: the recurring things are planned; a recap planned for another hour gives way."""
    waiting = schedule.next_of(tx, "daily_recap")
    if waiting is None or waiting > now:
        schedule.drop_all(tx, "daily_recap", now)
        rule_plans.plan_recap(tx, house, now)
    rule_plans.plan_celebrations(tx, house, now)
    if schedule.next_of(tx, "forget") is None:
        plan_forgetting(tx, now)
