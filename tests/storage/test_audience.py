"""A segment has one meaning: the people it is counted for are the people it is sent to (product 7).

`audience_after` reads them chunk by chunk, `audience_sizes` counts them; SQL has no word for a condition that two
statements share, so here it is held to be the same text, and to give the same people for every kind of segment.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from preorder.audience import SEGMENTS, Segment, SegmentKind
from preorder.batch import ProductId
from preorder.money import Rupiah
from preorder.order import PersonId
from storage import broadcasts, catalogue, interests, orders, people, waiting
from storage.broadcasts import OwnBroadcast
from storage.database import Tx
from storage.statements import STATEMENTS
from tests.storage.shelves import BATCH, JAR, NOW, new_shelf, open_batch, opened, place

pytestmark = pytest.mark.usefixtures("engine")

SELLER, HELD, PAID, GONE, QUEUED, WANTS, STOPPED, BLOCKED, READER = (PersonId(n) for n in range(1, 10))
SUBJECTS: Final[dict[SegmentKind, str]] = {"batch": BATCH, "waiting": BATCH, "interest": "kue", "city": "bandung"}
# Who is in it (the seller, who writes, left out), whether or not they want news and can be reached.
MEMBERS: Final[dict[SegmentKind, set[PersonId]]] = {
    "everyone": {HELD, PAID, GONE, QUEUED, WANTS, STOPPED, BLOCKED, READER},
    "batch": {HELD, PAID, STOPPED, BLOCKED},
    "unpaid": {HELD, STOPPED, BLOCKED},
    "past": {PAID},
    "never": {GONE, QUEUED, WANTS, READER},
    "interest": {WANTS},
    "waiting": {QUEUED},
    "city": {HELD, PAID, STOPPED, BLOCKED},
}


def fill(tx: Tx) -> None:
    """A shop in which every segment has somebody, and somebody who is in it and wants no news."""
    for person in range(1, 10):
        people.meet(tx, PersonId(person), f"Kak{person}", "", "id", NOW)
    open_batch(tx, quota=20)
    catalogue.save(
        tx, ProductId("kue"), "Nastar", "", "", (catalogue.new_variant("Toples", Rupiah(110_000), 500, None),)
    )
    for person in (HELD, PAID, GONE, STOPPED, BLOCKED):
        order = place(tx, f"draft{person}", person)
        if person == PAID:
            orders.move(tx, order.id, ("held",), "confirmed", NOW)
        if person == GONE:
            assert orders.release(tx, order, "expired", NOW)
    assert waiting.join(tx, BATCH, JAR, QUEUED, 1, NOW)
    assert interests.add(tx, ProductId("kue"), WANTS, NOW)
    people.subscribe(tx, STOPPED, False)
    people.mark_unreachable(tx, BLOCKED)


def readers(tx: Tx, segment: Segment, chunk: int) -> list[PersonId]:
    """Everybody it is sent to, read as the sending reads them."""
    found: list[PersonId] = []
    while True:
        cursor = found[-1] if found else 0
        own = OwnBroadcast("b", segment, cursor, "running", NOW + timedelta(hours=1), None, SELLER, "Halo", "", 0, 0)
        more = broadcasts.next_of(tx, own, chunk)
        found += [person.id for person in more]
        if len(more) < chunk:
            return found


@pytest.mark.parametrize("kind", SEGMENTS)
def test_who_is_counted_is_who_is_written_to(tmp_path: Path, kind: SegmentKind) -> None:
    """Of every segment: counted are its people; written to, once each, are those who want news and can be reached."""
    with opened(new_shelf(tmp_path)) as tx:
        fill(tx)
        segment = Segment(kind, SUBJECTS.get(kind, ""))
        everybody, reached = broadcasts.sizes(tx, segment, SELLER)
        written_to = readers(tx, segment, 2)
    assert written_to == sorted(MEMBERS[kind] - {STOPPED, BLOCKED})
    assert (everybody, reached) == (len(MEMBERS[kind]), len(written_to))


def test_the_condition_of_a_segment_is_one_text() -> None:
    """Whoever changes whom a segment means in one of the two statements has to change it in the other."""
    conditions = [
        STATEMENTS[name].partition("(:segment =")[2].partition("ORDER BY")[0].rstrip().rstrip(";")
        for name in ("audience_after", "audience_sizes")
    ]
    assert conditions[0] == conditions[1] != ""
