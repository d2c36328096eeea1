"""Boards: what sellers want of them, and where each one stands. A move is guarded by the number of the one before."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from preorder.board import Board
from preorder.values import dataclass
from storage.database import Tx
from storage.moments import from_text, to_text


@dataclass(frozen=True)
class Outcome:
    """What became of a message: still on its way, sent (`message_id` where it is a message), or not (`error`)."""

    state: Literal["waits", "sent", "failed"]
    message_id: int | None
    error: str


def of(tx: Tx, chat: str) -> Board:
    """The board of a chat; one that nobody has looked at is on."""
    row = tx.one("board", chat=chat)
    if row is None:
        return Board(chat)
    return Board(
        chat,
        bool(row["is_on"]),
        bool(row["shows_target"]),
        bool(row["wants_anew"]),
        row["doing"],
        row["number"],
        row["message_id"],
        _moment(row["posted_at"]),
        row["said"],
        _moment(row["said_at"]),
        row["trouble"],
    )


def switch(tx: Tx, chat: str, *, is_on: bool, shows_target: bool) -> None:
    """What a seller wants of it from now on."""
    tx.run("put_board", chat=chat)
    tx.run("switch_board", chat=chat, is_on=int(is_on), shows_target=int(shows_target))


def want_anew(tx: Tx, chat: str, wants: bool) -> None:
    """It is to be put up anew, or was."""
    tx.run("put_board", chat=chat)
    tx.run("renew_board", chat=chat, anew=int(wants))


def move(tx: Tx, before: Board, after: Board) -> bool:
    """Write where it stands now; False when somebody else moved it meanwhile. The switches stay as they are."""
    tx.run("put_board", chat=before.chat)
    moved = tx.run(
        "move_board",
        chat=before.chat,
        before=before.number,
        doing=after.doing,
        number=after.number,
        message_id=after.message_id,
        posted_at=_text(after.posted_at),
        said=after.said,
        said_at=_text(after.said_at),
        trouble=after.trouble,
    )
    return moved == 1


def outcome(tx: Tx, key: str) -> Outcome:
    """What became of the message with this key; one that was forgotten long since was not sent."""
    row = tx.one("outcome", key=key)
    if row is None:
        return Outcome("failed", None, "")
    if row["state"] in ("queued", "sending"):
        return Outcome("waits", None, "")
    return Outcome("sent" if row["state"] == "sent" else "failed", row["message_id"], row["error"])


def _moment(text: str) -> datetime | None:
    return from_text(text) if text else None


def _text(moment: datetime | None) -> str:
    return to_text(moment) if moment is not None else ""
