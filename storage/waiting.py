"""The line for slots that come back (product 4): one place a person and variant, numbered in the order they came.

Slots that are offered are taken by the same conditional updates as an order's (`batches.take_pieces`), so nobody else
gets them. Every change is guarded by the state it leaves: the row count says who did it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from preorder.batch import BatchId, VariantId
from preorder.order import PersonId
from preorder.values import dataclass
from storage import batches
from storage.database import Row, Tx
from storage.ids import short_id
from storage.moments import from_text, to_text

WaitingState = Literal["waiting", "offered", "taken", "left", "lapsed", "ended"]


@dataclass(frozen=True)
class Place:
    """A place in a batch's line; `offered` pieces are kept until `offer_until` (UTC) while the state says so."""

    id: str
    batch_id: BatchId
    variant_id: VariantId
    person_id: PersonId
    place: int
    wanted: int
    offered: int
    state: WaitingState
    offer_until: datetime | None


def join(tx: Tx, batch_id: BatchId, variant_id: VariantId, person_id: PersonId, wanted: int, now: datetime) -> bool:
    """Stand at the end of the line; False when the person stands in it for this variant already."""
    batches.hold_still(tx, batch_id)  # whoever gives slots back sees this place, or we see the slots
    return (
        tx.run(
            "join_line",
            id=short_id(),
            batch=batch_id,
            variant=variant_id,
            person=person_id,
            wanted=wanted,
            now=to_text(now),
        )
        == 1
    )


def find(tx: Tx, place_id: str) -> Place | None:
    row = tx.one("waiting_place", id=place_id)
    return None if row is None else _place(row)


def held_for(tx: Tx, batch_id: BatchId, variant_id: VariantId, person_id: PersonId) -> Place | None:
    """Where the person stands for this variant."""
    place_id = tx.value("waiting_for", batch=batch_id, variant=variant_id, person=person_id)
    return None if place_id is None else find(tx, place_id)


def is_anybody(tx: Tx, batch_id: BatchId) -> bool:
    """Does anybody wait for an offer?"""
    return tx.value("is_anybody_waiting", batch=batch_id) is not None


def line(tx: Tx, batch_id: BatchId) -> list[Place]:
    """Who waits for an offer and can be asked, first come first."""
    return [_place(row) for row in tx.all("line_of", batch=batch_id)]


def whole_line(tx: Tx, batch_id: BatchId) -> list[Place]:
    """Everybody who stands in the line, those with an offer too."""
    return [_place(row) for row in tx.all("whole_line_of", batch=batch_id)]


def of_person(tx: Tx, person_id: PersonId) -> list[Place]:
    """Where somebody stands, oldest first."""
    return [_place(row) for row in tx.all("places_of", person=person_id)]


def offers_to(tx: Tx, batch_id: BatchId, person_id: PersonId) -> list[Place]:
    """What is kept for somebody in a batch."""
    return [_place(row) for row in tx.all("offers_to", batch=batch_id, person=person_id)]


def position(tx: Tx, place: Place) -> int:
    """1 for the first in the batch's line."""
    return int(tx.value("people_before", batch=place.batch_id, place=place.place)) + 1


def length(tx: Tx, batch_id: BatchId) -> tuple[int, int]:
    """How many people stand in a batch's line, and for how many pieces."""
    row = tx.one("line_length", batch=batch_id)
    return (0, 0) if row is None else (row["people"], row["pieces"])


def offer(tx: Tx, place: Place, n: int, until: datetime, now: datetime) -> bool:
    """Write down that slots are kept for them; False when they do not wait any more. The caller has taken the slots."""
    return tx.run("offer_slots", id=place.id, n=n, until=to_text(until), now=to_text(now)) == 1


def end(tx: Tx, place: Place, after: WaitingState, now: datetime) -> bool:
    """End a place as `after`, and give back what was kept for it; False when somebody ended or moved it before."""
    if tx.run("leave_line", id=place.id, before=place.state, after=after, now=to_text(now)) != 1:
        return False
    if place.state == "offered":
        batches.return_pieces(tx, place.batch_id, place.person_id, {place.variant_id: place.offered})
    return True


def go_on(tx: Tx, batch_id: BatchId, now: datetime) -> bool:
    """The line of a batch that takes orders again is as it was when it closed; False when nobody stood in it."""
    return tx.run("go_on_with_line", batch=batch_id, now=to_text(now)) > 0


def leave_all(tx: Tx, person_id: PersonId, now: datetime) -> None:
    """The person waits for nothing any more, also where a line has ended. What is kept for them is ended by `end`."""
    tx.run("leave_all_lines", person=person_id, now=to_text(now))


def _place(row: Row) -> Place:
    return Place(
        id=row["id"],
        batch_id=BatchId(row["batch_id"]),
        variant_id=VariantId(row["variant_id"]),
        person_id=PersonId(row["person_id"]),
        place=row["place"],
        wanted=row["wanted"],
        offered=row["offered"],
        state=row["state"],
        offer_until=from_text(row["offer_until"]) if row["offer_until"] else None,
    )
