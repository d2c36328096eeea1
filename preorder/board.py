"""The board: one message in the channel or group that says how many slots are left, and what is to be done about it.

In: what is known of the message, what it should say now, the moment. Out: the next move. A board is edited only when it
would say something else, and at most once a minute; what changes in between is said with the next edit. Pure.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from preorder.values import dataclass

Doing = Literal["", "posting", "editing", "pinning"]
Trouble = Literal["", "post", "pin"]
Move = Literal["rest", "settle", "post", "edit", "renew", "retire"]

# A group takes 20 messages a minute, edits too, and the announcements need their part (Telegram's limits).
APART: Final = timedelta(minutes=1)
# Where we may not write, asking more often changes nothing.
TRY_AGAIN: Final = timedelta(hours=1)
# A bot deletes what it wrote for 48 hours (Bot API, deleteMessage); an hour of it is for the way there.
DELETABLE: Final = timedelta(hours=47)


@dataclass(frozen=True)
class Board:
    """What is known of a chat's board. `message_id` is None while it does not hang, `said` what it was last asked to
    say, `number` the number of its latest message or change; moments are UTC."""

    chat: str
    is_on: bool = True
    shows_target: bool = False
    wants_anew: bool = False
    doing: Doing = ""
    number: int = 0
    message_id: int | None = None
    posted_at: datetime | None = None
    said: str = ""
    said_at: datetime | None = None
    trouble: Trouble = ""

    def is_deletable(self, now: datetime) -> bool:
        return self.posted_at is not None and now - self.posted_at < DELETABLE


def next_move(board: Board, wanted: str, *, is_on_its_way: bool, has_news: bool, now: datetime) -> Move:
    """What is to be done now. `wanted` is what it should say, `has_news` whether something is open: a board that never
    hung is put up for that only."""
    if board.doing:
        return "rest" if is_on_its_way else "settle"
    hangs = board.message_id is not None
    if not board.is_on:
        return "retire" if hangs else "rest"
    if board.wants_anew:
        return "renew"
    apart = TRY_AGAIN if board.trouble == "post" else APART
    # A clock that was put back must not stop it for days.
    if board.said_at is not None and abs(now - board.said_at) < apart:
        return "rest"
    if not hangs:
        return "post" if has_news else "rest"
    return "rest" if wanted == board.said else "edit"


def time_left(until: datetime, now: datetime) -> tuple[int, int]:
    """Full days, and below one day full hours; rounded down, so that nobody comes too late, and changes rarely."""
    hours = max(0, int((until - now).total_seconds() // 3600))
    return (hours // 24, 0) if hours >= 24 else (0, hours)
