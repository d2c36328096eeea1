"""What falls due, and messages to many on their way: rows with unique keys, claimed in the transaction that acts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from preorder.rules import DueKind
from preorder.values import dataclass
from storage.database import Row, Tx
from storage.ids import short_id
from storage.moments import from_text, to_text

BroadcastKind = Literal[
    "interested", "announcement", "close_reminder", "ask_again", "message", "birthday", "anniversary"
]


@dataclass(frozen=True)
class Due:
    """Something that falls due; `subject` says about what."""

    id: str
    kind: DueKind
    subject: str
    due_at: datetime


@dataclass(frozen=True)
class Broadcast:
    """A message to many; `cursor` is the last person it was written out for. `at_once` knows no quiet hours."""

    id: str
    kind: BroadcastKind
    subject: str
    cursor: int
    at_once: bool = False


def plan(tx: Tx, kind: DueKind, subject: str, due_at: datetime) -> bool:
    """Ask for something at a moment; False when it was asked for before and not dropped since."""
    moment = to_text(due_at)
    if tx.run("put_due", id=short_id(), kind=kind, subject=subject, due_at=moment):
        return True
    return tx.run("revive_due", kind=kind, subject=subject, due_at=moment) == 1


def due(tx: Tx, now: datetime, limit: int) -> list[Due]:
    """What is due, oldest first."""
    return [_due(row) for row in tx.all("due_now", now=to_text(now), n=limit)]


def all_waiting(tx: Tx, kind: DueKind) -> list[Due]:
    """Everything of a kind that is waited for, soonest first."""
    return [_due(row) for row in tx.all("all_waiting", kind=kind)]


def _due(row: Row) -> Due:
    return Due(row["id"], row["kind"], row["subject"], from_text(row["due_at"]))


def claim(tx: Tx, due_id: str, state: Literal["done", "skipped"], now: datetime) -> bool:
    """True for the one who is to act on it."""
    return tx.run("claim_due", id=due_id, state=state, now=to_text(now)) == 1


def drop(tx: Tx, kind: DueKind, subject: str, now: datetime) -> None:
    """It has lost its meaning before its time."""
    tx.run("drop_due", kind=kind, subject=subject, now=to_text(now))


def next_of(tx: Tx, kind: DueKind) -> datetime | None:
    moment = tx.value("waiting_due", kind=kind)
    return None if moment is None else from_text(moment)


def is_waiting(tx: Tx, kind: DueKind, subject: str) -> bool:
    """Is this waited for, at whatever moment?"""
    return tx.value("is_due_waiting", kind=kind, subject=subject) is not None


def how_many(tx: Tx, kind: DueKind) -> int:
    """How many of a kind are waited for."""
    return int(tx.value("count_due", kind=kind))


def oldest_due(tx: Tx) -> datetime | None:
    """The earliest moment that is waited for; in the past when it is not done yet."""
    moment = tx.value("oldest_due")
    return None if moment is None else from_text(moment)


def rest(tx: Tx, due_id: str, until: datetime) -> bool:
    """It waits for the morning; False when the same waits for that moment already, or nobody waits for it."""
    return tx.run("rest_due", id=due_id, due_at=to_text(until)) == 1


def begin_broadcast(
    tx: Tx,
    broadcast_id: str,
    kind: BroadcastKind,
    subject: str,
    now: datetime,
    due_at: datetime | None = None,
    at_once: bool = False,
) -> None:
    """Begin a message to many, not before `due_at`; the same id again begins nothing."""
    # Groups have negative ids and people positive ones: 0 is before the first person.
    tx.run(
        "put_broadcast",
        id=broadcast_id,
        kind=kind,
        subject=subject,
        start=0,
        due_at="" if due_at is None else to_text(due_at),
        at_once=int(at_once),
        now=to_text(now),
    )


def running_broadcast(tx: Tx, now: datetime) -> Broadcast | None:
    """What is to be written out now."""
    row = tx.one("running_broadcast", now=to_text(now))
    if row is None:
        return None
    return Broadcast(row["id"], row["kind"], row["subject"], row["cursor"], bool(row["at_once"]))


def advance_broadcast(tx: Tx, broadcast_id: str, cursor: int, finished: bool, count: int = 0) -> bool:
    """It was written out for `count` more; False when it is not running any more."""
    state = "written" if finished else "running"
    return tx.run("advance_broadcast", id=broadcast_id, cursor=cursor, state=state, n=count) == 1


def rest_broadcasts(tx: Tx, now: datetime, until: datetime) -> None:
    """The quiet hours have begun: messages to many that need not go at once go on in the morning."""
    tx.run("rest_broadcasts", until=to_text(until))
    tx.run("rest_messages", now=to_text(now), until=to_text(until), since=to_text(now - timedelta(days=2)))


def drop_all(tx: Tx, kind: DueKind, now: datetime) -> None:
    """Nothing of this kind is waited for any more."""
    tx.run("drop_all_due", kind=kind, now=to_text(now))
