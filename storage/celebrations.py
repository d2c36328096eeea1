"""Who wants to be invited for a birthday, or their first order's day, and for which year they were (product 7)."""

from __future__ import annotations

from datetime import date, datetime

from preorder.celebrating import CelebrationKind, as_text, bounds
from preorder.order import PersonId
from preorder.values import dataclass
from storage.database import Row, Tx
from storage.moments import from_text, to_text
from storage.people import Person


@dataclass(frozen=True)
class Wanted:
    """`birthday` is a day and month (`05-14`) or empty."""

    birthday: str = ""
    anniversary: bool = False


@dataclass(frozen=True)
class Celebrant:
    """Somebody whose day may be near. `first` is when their first order that was paid for was placed (UTC), None for a
    birthday; they were `invited` for that year last, 0 for none."""

    person: Person
    birthday: str
    first: datetime | None
    invited: int


def of(tx: Tx, person_id: PersonId) -> Wanted:
    row = tx.one("celebrations_of", person=person_id)
    return Wanted() if row is None else Wanted(row["day"], bool(row["anniversary"]))


def offer(tx: Tx, person_id: PersonId) -> bool:
    """They are asked now; False when they were asked, or have said it, before."""
    return tx.run("offer_celebrations", person=person_id) == 1


def keep_birthday(tx: Tx, person_id: PersonId, day: str) -> None:
    """Their day and month; empty forgets it."""
    tx.run("set_birthday", person=person_id, day=day)


def want_anniversary(tx: Tx, person_id: PersonId, wanted: bool) -> None:
    tx.run("set_anniversary", person=person_id, wanted=int(wanted))


def is_anybody(tx: Tx, kind: CelebrationKind) -> bool:
    """Has anybody asked for these invitations?"""
    return tx.value("is_any_birthday" if kind == "birthday" else "is_any_anniversary") is not None


def near(tx: Tx, kind: CelebrationKind, today: date, ahead: int, after: int, limit: int) -> list[Celebrant]:
    """The next people by id whose day may be near: the caller looks closer, in the shop's zone."""
    first, last = bounds(today, ahead)
    name = "birthdays_between" if kind == "birthday" else "anniversaries_between"
    return [_celebrant(kind, row) for row in tx.all(name, cursor=after, first=first, last=last, n=limit)]


def _celebrant(kind: CelebrationKind, row: Row) -> Celebrant:
    person = Person(PersonId(row["id"]), row["first_name"], "", row["locale"], True, True)
    first = None if kind == "birthday" else from_text(row["since"])
    return Celebrant(person, row["since"] if first is None else as_text(first), first, row["invited"])


def invite(tx: Tx, person_id: PersonId, kind: CelebrationKind, year: int, now: datetime) -> bool:
    """They are invited for this year; False when they were before."""
    return tx.run("put_invited", person=person_id, kind=kind, year=year, now=to_text(now)) == 1
