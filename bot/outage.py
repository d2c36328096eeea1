"""After an outage: people whose button presses Telegram has thrown away are asked again (architecture, Receiving).

In: a note, every half minute, that updates are coming. Out: when none could come for more than 150 seconds, which is
how long Telegram keeps presses, a message to many begins, once: "sorry, here is where we were". It goes to those with
an unfinished step who have not written since; everybody else is left in peace.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot import conversation
from bot.house import House
from bot.logs import get_logger
from bot.turn import Turn
from messages.catalog.running import Interrupted
from storage import people, schedule
from storage.database import Tx
from storage.moments import from_text, to_text
from storage.schedule import Broadcast

PRESSES_KEPT: Final = timedelta(seconds=150)
NOTED_EVERY: Final = timedelta(seconds=30)
STILL_WANTED: Final = timedelta(days=7)
CHUNK: Final = 100
_NOTED: Final = "hearing_at"

log = get_logger(__name__)


def note_hearing(tx: Tx, now: datetime, deaf: timedelta | None) -> None:
    """Updates are coming. `deaf` is how long none could come since the last note; None at a start: who knows."""
    noted = people.known(tx, _NOTED)
    if noted is not None:
        gap = now - from_text(noted) if deaf is None else deaf
        if gap > PRESSES_KEPT:
            log.warning("nothing was heard for a while, unfinished steps are asked again", seconds=gap.total_seconds())
            schedule.begin_broadcast(tx, f"outage-{noted}", "ask_again", to_text(now), now)
    people.remember(tx, _NOTED, to_text(now))


def ask_again(tx: Tx, house: House, broadcast: Broadcast, now: datetime) -> None:
    """Show the next people their unfinished screen, each once."""
    heard_again = from_text(broadcast.subject)
    found = people.unfinished(tx, broadcast.cursor, heard_again - STILL_WANTED, heard_again, CHUNK)
    for person in found:
        turn = Turn(tx, house, now, f"{broadcast.id}:{person.id}", person, person.id)
        conversation.show_again(turn, Interrupted())
    cursor = found[-1].id if found else broadcast.cursor
    schedule.advance_broadcast(tx, broadcast.id, cursor, finished=len(found) < CHUNK)
