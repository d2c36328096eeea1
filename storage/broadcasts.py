"""A seller's own broadcasts: whom they are for, how far they are, what became of each message.

Their messages are rows of the outbox under the keys `b:<broadcast>:<person>`, which makes each recipient one. Nobody is
counted twice: what became of a message is read from its own row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from preorder.audience import Segment, read_segment
from preorder.order import PersonId
from preorder.values import dataclass
from storage.database import Row, Tx
from storage.moments import from_text, to_text
from storage.people import Person

State = Literal["running", "written", "paused", "stopped", "done"]
Fate = Literal["sent", "blocked", "failed", "unsure", "unsent", "waiting"]


@dataclass(frozen=True)
class OwnBroadcast:
    """`expected` people were counted when it was confirmed, `written` have their message in the outbox."""

    id: str
    segment: Segment
    cursor: int
    state: State
    created_at: datetime
    due_at: datetime | None
    created_by: PersonId
    words: str
    photo: str
    expected: int
    written: int


@dataclass(frozen=True)
class Fates:
    """What became of its messages."""

    sent: int = 0
    blocked: int = 0
    failed: int = 0
    unsure: int = 0
    unsent: int = 0


@dataclass(frozen=True)
class Receipt:
    """What became of one message."""

    person_id: int
    first_name: str
    username: str
    fate: Fate
    error: str
    at: datetime | None


def _range(broadcast_id: str) -> dict[str, str]:
    return {"prefix": f"b:{broadcast_id}:", "beyond": f"b:{broadcast_id};"}


def begin(tx: Tx, broadcast: OwnBroadcast) -> bool:
    """False when it was begun before."""
    return (
        tx.run(
            "put_own_broadcast",
            id=broadcast.id,
            subject=broadcast.segment.text,
            words=broadcast.words,
            photo=broadcast.photo,
            by=broadcast.created_by,
            expected=broadcast.expected,
            due_at=_moment(broadcast.due_at),
            now=to_text(broadcast.created_at),
        )
        == 1
    )


def _moment(at: datetime | None) -> str:
    return "" if at is None else to_text(at)


def find(tx: Tx, broadcast_id: str) -> OwnBroadcast | None:
    row = tx.one("own_broadcast", id=broadcast_id)
    if row is None:
        return None
    return OwnBroadcast(
        row["id"],
        read_segment(row["subject"]),
        row["cursor"],
        row["state"],
        from_text(row["created_at"]),
        from_text(row["due_at"]) if row["due_at"] else None,
        PersonId(row["created_by"]),
        row["words"],
        row["photo"],
        row["expected"],
        row["written"],
    )


def to_tell(tx: Tx, before: datetime) -> list[str]:
    """Those under way whose progress was last told before that moment."""
    return [row["id"] for row in tx.all("broadcasts_to_tell", before=to_text(before))]


def told(tx: Tx, broadcast_id: str, now: datetime) -> None:
    tx.run("broadcast_told", id=broadcast_id, now=to_text(now))


def move(tx: Tx, broadcast_id: str, before: Iterable[State], after: State) -> bool:
    """Guarded; False when it was in none of the states."""
    return tx.run("move_broadcast", id=broadcast_id, before=f",{','.join(before)},", after=after) == 1


def hold(tx: Tx, broadcast_id: str) -> None:
    """What has not left waits for the word to go on. Call it after the move: whoever writes rows sees the state."""
    tx.run("hold_messages", **_range(broadcast_id))


def free(tx: Tx, broadcast_id: str, due_at: datetime) -> None:
    """What was held may leave, and the rest be written, from that moment on."""
    tx.run("delay_broadcast", id=broadcast_id, due_at=to_text(due_at))
    tx.run("free_messages", **_range(broadcast_id), due_at=to_text(due_at))


def drop(tx: Tx, broadcast_id: str, now: datetime) -> None:
    """What has not left never will."""
    tx.run("drop_messages", **_range(broadcast_id), now=to_text(now))


def under_way(tx: Tx, broadcast_id: str) -> int:
    """How many messages are written and have not left."""
    return int(tx.value("messages_under_way", **_range(broadcast_id)))


def fates(tx: Tx, broadcast_id: str) -> Fates:
    """What became of its messages so far; those under way are in none of the figures."""
    counted: dict[Fate, int] = {}
    for row in tx.all("messages_by_state", **_range(broadcast_id)):
        fate = _fate(row["state"], bool(row["blocked"]))
        counted[fate] = counted.get(fate, 0) + row["n"]
    counted.pop("waiting", None)
    return Fates(**counted)


def _fate(state: str, blocked: bool) -> Fate:
    match state:
        case "sent":
            return "sent"
        case "failed":
            return "blocked" if blocked else "failed"
        case "ambiguous":
            return "unsure"
        case "dropped":
            return "unsent"
        case _:
            return "waiting"


def receipts(tx: Tx, broadcast_id: str, most: int) -> list[Receipt]:
    """What became of each message, those that did not arrive first."""
    return [_receipt(row) for row in tx.all("messages_one_by_one", **_range(broadcast_id), n=most)]


def _receipt(row: Row) -> Receipt:
    fate = _fate(row["state"], str(row["error"]).startswith("Forbidden"))
    at = from_text(row["sent_at"]) if row["sent_at"] else None
    return Receipt(row["chat_id"], row["first_name"] or "", row["username"] or "", fate, row["error"], at)


def next_of(tx: Tx, broadcast: OwnBroadcast, limit: int) -> list[Person]:
    """The next people of its segment by id, as the segment is now: who was met when it was confirmed, wants news and
    can be reached."""
    rows = tx.all(
        "audience_after",
        cursor=broadcast.cursor,
        segment=broadcast.segment.kind,
        subject=broadcast.segment.subject,
        before=to_text(broadcast.created_at),
        by=broadcast.created_by,
        n=limit,
    )
    return [Person(PersonId(r["id"]), r["first_name"], r["username"], r["locale"], True, True) for r in rows]


def sizes(tx: Tx, segment: Segment, by: PersonId) -> tuple[int, int]:
    """(people in the segment, those of them who want news and can be reached), without the one who writes."""
    row = tx.one("audience_sizes", segment=segment.kind, subject=segment.subject, by=by)
    return (0, 0) if row is None else (row["everybody"], row["reached"])
