"""What falls due, and messages to many on their way: rows with unique keys, claimed in the transaction that acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.database import Tx
from storage.ids import short_id
from storage.moments import from_text, to_text

DueKind = Literal[
    "open_batch", "close_batch", "close_reminder", "hold_reminder", "hold_expiry", "daily_recap", "forget", "catch_up"
]
BroadcastKind = Literal["announcement", "close_reminder", "ask_again"]


@dataclass(frozen=True)
class Due:
    """Something that falls due; `subject` says about what."""

    id: str
    kind: DueKind
    subject: str
    due_at: datetime


@dataclass(frozen=True)
class Broadcast:
    """A message to many; `cursor` is the last person it was written out for."""

    id: str
    kind: BroadcastKind
    subject: str
    cursor: int


def plan(tx: Tx, kind: DueKind, subject: str, due_at: datetime) -> bool:
    """Ask for something at a moment; False when it was asked for before and not dropped since."""
    moment = to_text(due_at)
    if tx.run("put_due", id=short_id(), kind=kind, subject=subject, due_at=moment):
        return True
    return tx.run("revive_due", kind=kind, subject=subject, due_at=moment) == 1


def due(tx: Tx, now: datetime, limit: int) -> list[Due]:
    """What is due, oldest first."""
    return [
        Due(row["id"], row["kind"], row["subject"], from_text(row["due_at"]))
        for row in tx.all("due_now", now=to_text(now), n=limit)
    ]


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


def begin_broadcast(tx: Tx, broadcast_id: str, kind: BroadcastKind, subject: str, now: datetime) -> None:
    """Begin a message to many; the same id again begins nothing."""
    # Groups have negative ids and people positive ones: 0 is before the first person.
    tx.run("put_broadcast", id=broadcast_id, kind=kind, subject=subject, start=0, now=to_text(now))


def running_broadcast(tx: Tx) -> Broadcast | None:
    row = tx.one("running_broadcast")
    return None if row is None else Broadcast(row["id"], row["kind"], row["subject"], row["cursor"])


def advance_broadcast(tx: Tx, broadcast_id: str, cursor: int, finished: bool) -> None:
    tx.run("advance_broadcast", id=broadcast_id, cursor=cursor, state="written" if finished else "running")


def drop_all(tx: Tx, kind: DueKind, now: datetime) -> None:
    """Nothing of this kind is waited for any more."""
    tx.run("drop_all_due", kind=kind, now=to_text(now))
