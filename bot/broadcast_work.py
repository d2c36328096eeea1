"""A seller's own broadcast under way: started, paused, gone on with, stopped, and told of (product 7).

In: the effect of /broadcast, presses of the buttons beside its progress, the tick. Out: one message to the seller that
is edited as it goes, never more often than every few seconds, and at the end what became of every message. Nobody gets
it twice: a row of the outbox is one person's (decision 0017).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot import conversation
from bot.house import House
from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard
from conversations.effects import StartBroadcast
from conversations.seller_broadcast import STOP_NEWS
from messages.catalog import Label, Message
from messages.catalog.broadcasting import (
    BroadcastMoved,
    BroadcastProgress,
    BroadcastResult,
    OwnWords,
    ReceiptsCaption,
)
from preorder.audience import Segment
from preorder.batch import BatchId
from preorder.errors import AlreadyDone
from preorder.staff import Right
from storage import batches, broadcasts, catalogue, outbox
from storage.broadcasts import OwnBroadcast
from storage.database import Tx
from storage.outbox import Priority
from storage.people import Person

TOLD_EVERY: Final = timedelta(seconds=3)
UNDER_WAY: Final[tuple[broadcasts.State, ...]] = ("running", "written")


def start(turn: Turn, effect: StartBroadcast) -> None:
    """Raises `AlreadyDone` when it was started before."""
    turn.demand(effect.right)
    _, count = broadcasts.sizes(turn.tx, effect.segment, turn.person.id)
    wakes = turn.house.quiet.wake(turn.now)
    broadcast = OwnBroadcast(
        id=effect.broadcast_id,
        segment=effect.segment,
        cursor=0,
        state="running",
        created_at=turn.now,
        due_at=wakes,
        created_by=turn.person.id,
        words=effect.words,
        photo=effect.photo,
        expected=count,
        written=0,
    )
    if not broadcasts.begin(turn.tx, broadcast):
        raise AlreadyDone
    turn.tell(turn.person.id, _progress(turn, broadcast), _buttons(broadcast), key=f"progress:{broadcast.id}")
    broadcasts.told(turn.tx, broadcast.id, turn.now)


def write_one(turn: Turn, broadcast: OwnBroadcast, person: Person) -> bool:
    """One recipient's copy."""
    return turn.tell(
        person.id,
        OwnWords(broadcast.words),
        STOP_NEWS,
        key=f"b:{broadcast.id}",
        photo=broadcast.photo,
        priority=Priority.BROADCAST,
    )


# --- the buttons beside it ---------------------------------------------------------------------------------------


def pause(turn: Turn, broadcast_id: str) -> None:
    """What is in flight arrives; nothing more leaves."""
    if _moved(turn, broadcast_id, UNDER_WAY, "paused"):
        broadcasts.hold(turn.tx, broadcast_id)
        _tell(turn, broadcast_id)


def go_on(turn: Turn, broadcast_id: str) -> None:
    if _moved(turn, broadcast_id, ("paused",), "running"):
        broadcasts.free(turn.tx, broadcast_id, turn.house.quiet.wake(turn.now))
        _tell(turn, broadcast_id)


def stop(turn: Turn, broadcast_id: str) -> None:
    """For good. What is in flight is counted when it is known."""
    if _moved(turn, broadcast_id, (*UNDER_WAY, "paused"), "stopped"):
        broadcasts.drop(turn.tx, broadcast_id, turn.now)
        _tell(turn, broadcast_id)


def _moved(turn: Turn, broadcast_id: str, before: tuple[broadcasts.State, ...], after: broadcasts.State) -> bool:
    turn.demand(Right.SELL)
    if broadcasts.find(turn.tx, broadcast_id) is None:
        conversation.old_button(turn)
        return False
    if not broadcasts.move(turn.tx, broadcast_id, before, after):
        turn.toast(BroadcastMoved())
        _tell(turn, broadcast_id)
        return False
    return True


def send_list(turn: Turn, broadcast_id: str) -> None:
    """A sheet with what became of each message."""
    turn.demand(Right.SELL)
    broadcast = broadcasts.find(turn.tx, broadcast_id)
    if broadcast is None:
        conversation.old_button(turn)
        return
    turn.send_sheet({"broadcast": broadcast_id}, ReceiptsCaption(_named(turn, broadcast.segment)))


# --- telling -----------------------------------------------------------------------------------------------------


def to_tell(tx: Tx, now: datetime) -> list[str]:
    """Broadcasts whose progress is to be told now."""
    return broadcasts.to_tell(tx, now - TOLD_EVERY)


def tell_progress(tx: Tx, house: House, broadcast_id: str, now: datetime) -> None:
    """Edit the seller's message; when the last one has left, say what became of all."""
    turn = Turn.unasked(tx, house, now, f"p{broadcast_id}:{now:%Y%m%d%H%M%S%f}")
    broadcast = broadcasts.find(tx, broadcast_id)
    if broadcast is None:
        return
    if broadcast.state == "written" and not broadcasts.under_way(tx, broadcast_id):
        broadcasts.move(tx, broadcast_id, ("written",), "done")
        _tell(turn, broadcast_id)
    # While Telegram makes us wait, edits would pile up behind each other.
    elif not outbox.is_any_queued(tx, f"p{broadcast_id}:"):
        _tell(turn, broadcast_id)


def _tell(turn: Turn, broadcast_id: str) -> None:
    broadcast = broadcasts.find(turn.tx, broadcast_id)
    if broadcast is not None:
        turn.change_text(f"progress:{broadcast_id}:", _progress(turn, broadcast), _buttons(broadcast))
        broadcasts.told(turn.tx, broadcast_id, turn.now)


def _progress(turn: Turn, broadcast: OwnBroadcast) -> Message:
    segment = _named(turn, broadcast.segment)
    if broadcast.state in ("done", "stopped"):
        f = broadcasts.fates(turn.tx, broadcast.id)
        never = max(0, broadcast.expected - broadcast.written) if broadcast.state == "stopped" else 0
        return BroadcastResult(
            segment, broadcast.state == "stopped", f.sent, f.blocked, f.failed, f.unsure, f.unsent + never
        )
    done = broadcast.written - broadcasts.under_way(turn.tx, broadcast.id)
    expected = max(broadcast.expected, broadcast.written)
    # What is written out already rests through the quiet hours, too.
    goes_on = max(broadcast.due_at or turn.now, turn.house.quiet.wake(turn.now))
    starts_at = goes_on if goes_on > turn.now else None
    left = turn.house.time_for(expected - done)
    return BroadcastProgress(segment, done, expected, broadcast.state == "paused", left, starts_at)


def _buttons(broadcast: OwnBroadcast) -> Keyboard:
    of = (broadcast.id,)
    stop_it = ActionButton(Label("broadcast_stop"), "bc_stop", of)
    match broadcast.state:
        case "running" | "written":
            return ((ActionButton(Label("broadcast_pause"), "bc_pause", of), stop_it),)
        case "paused":
            return ((ActionButton(Label("broadcast_go_on"), "bc_go", of), stop_it),)
        case _:
            return ((ActionButton(Label("broadcast_list"), "bc_list", of),),)


def _named(turn: Turn, segment: Segment) -> Segment:
    """The segment with its subject's name, as it is now."""
    name = segment.subject
    if segment.kind in ("batch", "waiting"):
        batch = batches.find(turn.tx, BatchId(segment.subject))
        name = batch.title if batch is not None else ""
    elif segment.kind == "interest":
        name = next((p.name for p in catalogue.products(turn.tx) if p.id == segment.subject), "")
    elif segment.kind == "city":
        name = segment.subject.title()
    return Segment(segment.kind, segment.subject, name)
