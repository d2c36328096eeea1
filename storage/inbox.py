"""Updates as they arrived: kept before they are acknowledged, handled once, one chat at a time in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from storage.database import Tx
from storage.moments import from_text, to_text

MAX_ATTEMPTS: Final = 5
_PLACES: Final = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "message_reaction",
)


def chat_of(update: Mapping[str, Any]) -> int:
    """The chat whose order an update belongs to; 0 when it names none. Nothing else of it is read."""
    for place in _PLACES:
        inside = update.get(place)
        if isinstance(inside, Mapping):
            for chat in (_chat_in(inside), _chat_in(inside.get("message")), inside.get("from")):
                if isinstance(chat, Mapping) and isinstance(chat.get("id"), int):
                    return int(chat["id"])
    return 0


def _chat_in(message: object) -> object:
    return message.get("chat") if isinstance(message, Mapping) else None


def keep(tx: Tx, updates: Iterable[Mapping[str, Any]], now: datetime) -> int:
    """Store updates as they are; returns how many were new."""
    return sum(
        tx.run(
            "put_update",
            id=int(update["update_id"]),
            chat=chat_of(update),
            # ASCII, as Telegram writes it: the driver refuses half a surrogate pair, JSON does not.
            raw=json.dumps(update, separators=(",", ":")),
            now=to_text(now),
        )
        for update in updates
    )


def waiting(tx: Tx, limit: int) -> list[tuple[int, bool]]:
    """(update id, are there more): the oldest unhandled update of each chat, and whether it is not the only one."""
    return [(row["update_id"], row["newest"] != row["update_id"]) for row in tx.all("next_updates", n=limit)]


def take(tx: Tx, update_id: int) -> dict[str, Any] | None:
    """The update, if it still waits; marked as handled in this very transaction."""
    raw = tx.value("update_raw", id=update_id)
    if raw is None:
        return None
    tx.run("update_handled", id=update_id)
    update: dict[str, Any] = json.loads(raw)
    return update


def failed(tx: Tx, update_id: int) -> bool:
    """Count one more failure; True when the update is set aside now."""
    row = tx.one("update_failed", id=update_id)
    if row is None or row["attempts"] < MAX_ATTEMPTS:
        return False
    return tx.run("update_dead", id=update_id) == 1


def depth(tx: Tx) -> tuple[int, datetime | None]:
    """How many updates wait, and since when the oldest does."""
    row = tx.one("inbox_depth")
    if row is None or row["oldest"] is None:
        return 0, None
    return row["n"], from_text(row["oldest"])


def purge(tx: Tx, before: datetime) -> int:
    """Forget handled updates that arrived before: they are personal data."""
    return tx.run("purge_inbox", before=to_text(before))
