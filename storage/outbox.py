"""Messages to be sent: written in the transaction that decided them, read by the sender, each under a unique key."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from storage.database import Tx
from storage.ids import next_number
from storage.moments import to_text


class Priority(IntEnum):
    """Who goes first: answers to people, then what happened to their orders, then messages to many."""

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


def put(tx: Tx, message: Outgoing, now: datetime) -> bool:
    """Queue a message; False when one with its key was queued before."""
    moment = to_text(now)
    return (
        tx.run(
            "put_message",
            id=next_number(),
            key=message.key,
            chat=message.chat_id,
            priority=int(message.priority),
            method=message.method,
            params=json.dumps(message.params, ensure_ascii=False, separators=(",", ":")),
            due_at=moment,
            now=moment,
        )
        == 1
    )


def waiting(tx: Tx, now: datetime, limit: int) -> list[Queued]:
    """What may leave now, people before broadcasts."""
    return [
        Queued(
            row["id"],
            row["chat_id"],
            Priority(row["priority"]),
            row["method"],
            json.loads(row["params"]),
            row["attempts"],
        )
        for row in tx.all("next_messages", now=to_text(now), n=limit)
    ]


def claim(tx: Tx, message_id: int) -> None:
    """A broadcast is about to leave: after a crash it is not sent again."""
    tx.run("message_claimed", id=message_id)


def sent(tx: Tx, row_id: int, message_id: int | None, now: datetime) -> None:
    tx.run("message_sent", id=row_id, message_id=message_id, now=to_text(now))


def retry(tx: Tx, row_id: int, due_at: datetime, error: str) -> None:
    tx.run("message_retried", id=row_id, due_at=to_text(due_at), error=error[:200])


def give_up(tx: Tx, row_id: int, error: str, ambiguous: bool, now: datetime) -> None:
    """Not sent and never will be, or (`ambiguous`) nobody knows whether it arrived."""
    state = "ambiguous" if ambiguous else "failed"
    tx.run("message_failed", id=row_id, state=state, error=error[:200], now=to_text(now))


def settle_doubts(tx: Tx, now: datetime) -> int:
    """After a crash: broadcasts that were leaving count as ambiguous. How many?"""
    return tx.run("messages_in_doubt", now=to_text(now))


def follow_migration(tx: Tx, old_chat: int, new_chat: int) -> None:
    tx.run("migrate_chat", old=old_chat, new=new_chat)


def already_sent(tx: Tx, key_prefix: str) -> list[tuple[int, int, str]]:
    """(chat, message id, method) of messages that arrived and whose key begins so."""
    rows = tx.all("sent_messages", prefix=key_prefix)
    return [(row["chat_id"], row["message_id"], row["method"]) for row in rows]
