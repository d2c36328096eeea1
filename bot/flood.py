"""One person who writes faster than answers can leave: all they do counts, but they are answered once.

Telegram takes one message a second in a chat, so two thousand answers would keep a chat, and the outbox, busy for half
an hour. While so many answers wait, further ones are not written; what a turn changes in the books and what it tells
others stays. When most have left, the person gets their current screen. Nobody else waits: that is the engine's doing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot import conversation, front
from bot.house import House
from bot.turn import Turn
from messages.catalog.running import CaughtUp, SlowDown
from preorder.order import PersonId
from storage import outbox, people, schedule
from storage.database import Tx
from storage.schedule import Due

MOST_WAITING: Final = 30
CALM_AT: Final = 5
LOOK_AGAIN: Final = timedelta(seconds=10)


def hush(turn: Turn, is_private: bool) -> None:
    """Say "slow down" once and then nothing, while too many answers wait for this chat."""
    if outbox.answers_waiting(turn.tx, turn.chat_id, MOST_WAITING) < MOST_WAITING:
        return
    subject = str(turn.person.id)
    if is_private and not schedule.is_waiting(turn.tx, "catch_up", subject):
        schedule.plan(turn.tx, "catch_up", subject, turn.now + LOOK_AGAIN)
        turn.say(SlowDown())
    turn.is_hushed = True


def catch_up(tx: Tx, house: House, due: Due, now: datetime) -> None:
    """When most answers have left: where the person is now, after all they sent; else look again later."""
    person = people.find(tx, PersonId(int(due.subject)))
    if person is None or not person.reachable:
        return
    if outbox.answers_waiting(tx, person.id, CALM_AT) >= CALM_AT:
        schedule.plan(tx, "catch_up", due.subject, now + LOOK_AGAIN)
        return
    turn = Turn(tx, house, now, f"d{due.id}", person, person.id)
    if not conversation.show_again(turn, CaughtUp()):
        turn.say(CaughtUp(), front.HOME_BUTTONS)
