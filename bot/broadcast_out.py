"""Messages to many on their way into the outbox, a few seconds of sending ahead and no further (product 7).

In: the broadcasts that run, the people they are for, by a cursor. Out: rows of the outbox, one a person and broadcast.
So few are written ahead that a pause is felt at once, that what has its hour goes before a long broadcast, and that the
quiet hours have few rows to hold back. It sends nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot import batch_work, broadcast_work, celebration_work, outage
from bot.house import House
from bot.turn import Turn
from preorder.batch import Batch, BatchId
from preorder.errors import AlreadyDone
from preorder.staff import Right
from storage import batches, broadcasts, interests, outbox, people, schedule
from storage.database import Tx
from storage.people import Person
from storage.schedule import Broadcast

# In one transaction: while so many are written nobody is answered, which takes some 30 ms.
CHUNK: Final = 10
AHEAD_SECONDS: Final = 10
AHEAD_WITHOUT_PACE: Final = 10_000


def write_out(tx: Tx, house: House, now: datetime) -> bool:
    """Write the next chunk of a message to many into the outbox; False when there is none to write, or no room."""
    if house.quiet.is_quiet(now):
        schedule.rest_broadcasts(tx, now, house.quiet.wake(now))
    broadcast = schedule.running_broadcast(tx, now)
    if broadcast is None:
        return False
    if broadcast.kind == "ask_again":
        outage.ask_again(tx, house, broadcast, now)
        return True
    room = _room(house)
    if outbox.broadcasts_ready(tx, now, room) > room - CHUNK:
        return False
    if broadcast.kind == "birthday" or broadcast.kind == "anniversary":
        turn = Turn.unasked(tx, house, now, f"b{broadcast.id}")
        celebration_work.write_out(turn, broadcast.kind, broadcast)
        return True
    if broadcast.kind == "message":
        return _write_own(Turn.unasked(tx, house, now, f"b{broadcast.id}"), broadcast.id)
    _write_for_batch(Turn.unasked(tx, house, now, f"b{broadcast.id}"), broadcast)
    return True


def _room(house: House) -> int:
    pace = house.settings.send_pace
    return CHUNK + int(pace * AHEAD_SECONDS) if pace else AHEAD_WITHOUT_PACE


def _write_for_batch(turn: Turn, broadcast: Broadcast) -> None:
    """An announcement, or a reminder of closing."""
    batch = batches.find(turn.tx, BatchId(broadcast.subject))
    if batch is None or not batch.is_open_at(turn.now):
        # Of a batch that has closed meanwhile it has lost its meaning.
        schedule.advance_broadcast(turn.tx, broadcast.id, broadcast.cursor, finished=True)
        return
    readers = _readers(turn.tx, broadcast, batch)
    told_otherwise = set(turn.house.those_who_may(turn.tx, Right.SELL))
    for person in readers:
        if person.id in told_otherwise:
            continue
        if broadcast.kind == "interested":
            # Under the announcement's key: who is on both lists hears of it once.
            batch_work.announce_to(turn, person, batch, f"open-{batch.id}")
        elif broadcast.kind == "announcement":
            batch_work.announce_to(turn, person, batch, broadcast.id)
        else:
            batch_work.remind_of_closing(turn, person, batch, broadcast.id)
    _advance(turn.tx, broadcast, readers)


def _readers(tx: Tx, broadcast: Broadcast, batch: Batch) -> list[Person]:
    """The next people it goes to. Who ordered is on no interest list any more, so a reminder leaves them out, too."""
    if broadcast.kind == "interested" or batch.audience == "interested":
        return interests.next_people(tx, batch.id, broadcast.cursor, CHUNK)
    without_order_in = broadcast.subject if broadcast.kind == "close_reminder" else ""
    return people.next_subscribers(tx, broadcast.cursor, without_order_in, CHUNK)


def _write_own(turn: Turn, broadcast_id: str) -> bool:
    """A seller's own. Whoever pauses or stops it in this moment wins: then nothing of this was written."""
    broadcast = broadcasts.find(turn.tx, broadcast_id)
    if broadcast is None:
        return False
    try:
        with turn.tx.attempt():
            readers = broadcasts.next_of(turn.tx, broadcast, CHUNK)
            count = sum(broadcast_work.write_one(turn, broadcast, person) for person in readers)
            cursor = readers[-1].id if readers else broadcast.cursor
            if not schedule.advance_broadcast(turn.tx, broadcast_id, cursor, len(readers) < CHUNK, count):
                raise AlreadyDone
    except AlreadyDone:
        return False
    return True


def _advance(tx: Tx, broadcast: Broadcast, readers: list[Person]) -> bool:
    cursor = readers[-1].id if readers else broadcast.cursor
    return schedule.advance_broadcast(tx, broadcast.id, cursor, len(readers) < CHUNK, len(readers))
