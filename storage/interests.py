"""The interest list: who wants a product before it opens (product 2). One row a person and product."""

from __future__ import annotations

from datetime import datetime

from preorder.batch import BatchId, ProductId
from preorder.order import OrderId, PersonId
from storage.database import Tx
from storage.moments import to_text
from storage.people import Person


def add(tx: Tx, product_id: ProductId, person_id: PersonId, now: datetime) -> bool:
    """Somebody wants it; False when they did before, or it is not in the catalogue."""
    return tx.run("add_interest", product=product_id, person=person_id, now=to_text(now)) == 1


def drop(tx: Tx, product_id: ProductId, person_id: PersonId) -> bool:
    """They changed their mind; False when they did not want it."""
    return tx.run("drop_interest", product=product_id, person=person_id) == 1


def forget(tx: Tx, person_id: PersonId) -> None:
    """They want to hear of nothing more."""
    tx.run("forget_interests", person=person_id)


def settle(tx: Tx, order_id: OrderId) -> None:
    """Who ordered a product need not be told of it again."""
    tx.run("settle_interests", order=order_id)


def counts(tx: Tx) -> dict[ProductId, int]:
    """How many want each product."""
    return {ProductId(row["product_id"]): row["people"] for row in tx.all("interest_counts")}


def of_person(tx: Tx, person_id: PersonId) -> frozenset[ProductId]:
    """What somebody wants."""
    return frozenset(ProductId(row["product_id"]) for row in tx.all("interests_of", person=person_id))


def next_people(tx: Tx, batch_id: BatchId, after: int, limit: int) -> list[Person]:
    """The next reachable people by id who want something that this batch offers."""
    rows = tx.all("interested_after", batch=batch_id, cursor=after, n=limit)
    return [
        Person(PersonId(row["id"]), row["first_name"], "", row["locale"], bool(row["subscribed"]), True) for row in rows
    ]
