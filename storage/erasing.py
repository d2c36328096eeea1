"""A person's own data is deleted when they ask (product 9): what names them goes, what is counted stays under a number.

Gone: name, saved addresses, birthday, the unfinished order, interests, what they wrote and what was written to them;
name, address, wishes and proof pictures of orders that are over. Orders that still run keep what they need until they
are over. Never: amounts, slots and states; the books stay equal.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from preorder.order import PersonId
from storage import interests, people, waiting
from storage.database import Tx
from storage.people import Session

STATEMENTS: Final = (
    "erase_person",
    "erase_addresses",
    "erase_offered",
    "erase_birthday",
    "erase_invited",
    "erase_orders",
    "erase_wishes",
    "erase_copies",
    "erase_proofs",
    "erase_updates",
    "erase_messages",
)


def erase(tx: Tx, person_id: PersonId, now: datetime) -> list[str]:
    """Delete what may be deleted; returns the codes of orders that keep their name and address because they still run.

    Slots that are kept for the person from a waiting list are given back by the caller, who lets the line move up.
    """
    waiting.leave_all(tx, person_id, now)
    interests.forget(tx, person_id)
    session = people.session_of(tx, person_id)
    people.put_session(tx, person_id, Session(session.revision + 1, ""), now)
    for statement in STATEMENTS:
        tx.run(statement, person=person_id)
    return [str(row["code"]) for row in tx.all("orders_kept", person=person_id)]
