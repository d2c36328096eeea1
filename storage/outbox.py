"""Messages to be sent: written in the transaction that decided them, read by the sender, each under a unique key."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import field
from datetime import datetime
from enum import IntEnum
from typing import Any, Final

from preorder.values import dataclass
from storage.database import Row, Tx
from storage.ids import next_number
from storage.moments import from_text, to_text


class Priority(IntEnum):
    """Who goes first: answers to presses (the button stops waiting), answers to people, then what happened to their
    orders, then messages to many."""

    PRESS = -1
    ANSWER = 0
    ORDER = 1
    BROADCAST = 2


@dataclass(frozen=True)
class Outgoing:
    """One call of a Bot API method. A value `{"media": id}` among `params` is a picture of ours, uploaded once."""

    key: str
    chat_id: int
    method: str
    params: dict[str, Any] = field(default_factory=dict)
    priority: Priority = Priority.ANSWER


@dataclass(frozen=True)
class Queued:
    """A row the sender works on."""

    id: int
    chat_id: int
    priority: Priority
    method: str
    params: dict[str, Any]
    attempts: int
    created_at: datetime


def put(tx: Tx, message: Outgoing, now: datetime, due_at: datetime | None = None) -> bool:
    """Queue a message, to leave not before `due_at`; False when one with its key was queued before."""
    moment = to_text(now)
    return (
        tx.run(
            "put_message",
            id=next_number(),
            key=message.key,
            chat=message.chat_id,
            priority=int(message.priority),
            method=message.method,
            params=_json(message.params),
            due_at=moment if due_at is None else to_text(due_at),
            now=moment,
        )
        == 1
    )


def waiting(tx: Tx, now: datetime, limit: int, busy: Collection[int] = ()) -> list[Queued]:
    """What may leave now to people: of each chat the oldest answer and the oldest order update, answers first.

    One whose time has not come holds back those behind it in its chat. Rows in `busy` are left out.
    """
    return _queued(tx.all("next_messages", now=to_text(now), n=limit), busy)


def waiting_in(tx: Tx, chat_id: int, now: datetime) -> list[Queued]:
    """The same for one chat."""
    return _queued(tx.all("next_messages_in", chat=chat_id, now=to_text(now)), ())


def broadcasts_waiting(tx: Tx, now: datetime, limit: int) -> list[Queued]:
    """Messages to many that may leave now, oldest first."""
    return _queued(tx.all("next_broadcasts", now=to_text(now), n=limit), ())


def broadcasts_ready(tx: Tx, now: datetime, most: int) -> int:
    """How many messages to many may leave now, counted up to `most`."""
    return int(tx.value("broadcasts_waiting", now=to_text(now), n=most))


def _queued(rows: Sequence[Row], busy: Collection[int]) -> list[Queued]:
    return [
        Queued(
            row["id"],
            row["chat_id"],
            Priority(row["priority"]),
            row["method"],
            json.loads(row["params"]),
            row["attempts"],
            from_text(row["created_at"]),
        )
        for row in rows
        if row["id"] not in busy
    ]


def _json(params: dict[str, Any]) -> str:
    # ASCII: half a surrogate pair, which the driver refuses, must not undo the transaction it is queued in.
    return json.dumps(params, separators=(",", ":"))


def claim(tx: Tx, row_id: int) -> bool:
    """A broadcast is about to leave: after a crash it is not sent again. False when it no longer waits."""
    return tx.run("message_claimed", id=row_id) == 1


def release(tx: Tx, row_ids: Iterable[int]) -> None:
    """Claimed broadcasts have not left after all."""
    for row_id in row_ids:
        tx.run("message_released", id=row_id)


def sent(tx: Tx, row_id: int, message_id: int | None, now: datetime) -> None:
    """Telegram has it."""
    tx.run("message_sent", id=row_id, message_id=message_id, now=to_text(now))


def retry(tx: Tx, row_id: int, due_at: datetime, error: str) -> None:
    """Again at that moment; counted, because it may have arrived."""
    tx.run("message_retried", id=row_id, due_at=to_text(due_at), error=error[:200], counted=1)


def postpone(tx: Tx, row_id: int, due_at: datetime, error: str) -> None:
    """Again at that moment; not counted, because it has surely not arrived."""
    tx.run("message_retried", id=row_id, due_at=to_text(due_at), error=error[:200], counted=0)


def rewrite(tx: Tx, row_id: int, method: str, params: dict[str, Any]) -> None:
    """The same message by another method, in its old place in the queue."""
    tx.run("message_rewritten", id=row_id, method=method, params=_json(params))


TOLD_TO_WAIT: Final = "told to wait"


def told_to_wait_until(tx: Tx) -> datetime | None:
    """The latest moment that a row was postponed to by a 429, so that a restart obeys it too."""
    moment = tx.value("told_to_wait", error=TOLD_TO_WAIT)
    return None if moment is None else from_text(moment)


def give_up(tx: Tx, row_id: int, error: str, ambiguous: bool, now: datetime) -> None:
    """Not sent and never will be, or (`ambiguous`) nobody knows whether it arrived."""
    state = "ambiguous" if ambiguous else "failed"
    tx.run("message_failed", id=row_id, state=state, error=error[:200], now=to_text(now))


def settle_doubts(tx: Tx, now: datetime) -> int:
    """After a crash: broadcasts that were leaving count as ambiguous. How many?"""
    return tx.run("messages_in_doubt", now=to_text(now))


def follow_migration(tx: Tx, old_chat: int, new_chat: int) -> None:
    """A group became a supergroup: what waits for it goes to the new id."""
    tx.run("migrate_chat", old=old_chat, new=new_chat)


def already_sent(tx: Tx, key_prefix: str) -> list[tuple[int, int, str]]:
    """(chat, message id, method) of messages that arrived and whose key begins so; the beginning is not empty."""
    beyond = key_prefix[:-1] + chr(ord(key_prefix[-1]) + 1)
    rows = tx.all("sent_messages", prefix=key_prefix, beyond=beyond)
    return [(row["chat_id"], row["message_id"], row["method"]) for row in rows]


def is_any_queued(tx: Tx, key_prefix: str) -> bool:
    """Does a message wait whose key begins so? The beginning is not empty."""
    beyond = key_prefix[:-1] + chr(ord(key_prefix[-1]) + 1)
    return tx.value("any_queued", prefix=key_prefix, beyond=beyond) is not None


def answers_waiting(tx: Tx, chat_id: int, most: int) -> int:
    """How many answers wait for a chat, counted up to `most`."""
    return int(tx.value("answers_waiting", chat=chat_id, n=most))


def depths(tx: Tx) -> dict[Priority, int]:
    """How much waits, by priority; none where nothing does."""
    return {Priority(row["priority"]): row["n"] for row in tx.all("outbox_depth")}


def purge(tx: Tx, before: datetime) -> int:
    """Forget messages that left before: they hold personal data."""
    return tx.run("purge_outbox", before=to_text(before))
