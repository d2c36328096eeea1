"""People, their saved addresses, and where each is in a conversation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from preorder.order import PersonId
from preorder.values import dataclass
from storage.database import Row, Tx
from storage.ids import short_id
from storage.moments import to_text


@dataclass(frozen=True)
class Person:
    """Somebody who wrote to the bot. `locale` is `id` or `en`."""

    id: PersonId
    first_name: str
    username: str
    locale: str
    subscribed: bool
    reachable: bool


def meet(tx: Tx, person_id: PersonId, first_name: str, username: str, locale: str, now: datetime) -> Person:
    """Remember somebody who wrote; their own choice of language stays."""
    tx.run("meet_person", id=person_id, first_name=first_name[:64], username=username, locale=locale, now=to_text(now))
    person = find(tx, person_id)
    if person is None:  # pragma: no cover - just written
        raise LookupError(person_id)
    return person


def find(tx: Tx, person_id: PersonId) -> Person | None:
    row = tx.one("person", id=person_id)
    return None if row is None else _person(row)


def _person(row: Row) -> Person:
    return Person(
        id=PersonId(row["id"]),
        first_name=row["first_name"],
        username=row["username"],
        locale=row["locale"],
        subscribed=bool(row["subscribed"]),
        reachable=bool(row["reachable"]),
    )


def choose_locale(tx: Tx, person_id: PersonId, locale: str) -> None:
    tx.run("set_locale", id=person_id, locale=locale)


def subscribe(tx: Tx, person_id: PersonId, wanted: bool) -> None:
    tx.run("set_subscribed", id=person_id, subscribed=int(wanted))


def mark_unreachable(tx: Tx, person_id: PersonId) -> None:
    tx.run("set_unreachable", id=person_id)


def next_subscribers(tx: Tx, after: int, without_order_in: str, limit: int) -> list[Person]:
    """The next subscribers by id; only those without an order in a batch when one is named."""
    if without_order_in:
        rows = tx.all("subscribers_without_order_after", cursor=after, batch=without_order_in, n=limit)
    else:
        rows = tx.all("subscribers_after", cursor=after, n=limit)
    return [Person(PersonId(row["id"]), row["first_name"], "", row["locale"], True, True) for row in rows]


def unfinished(tx: Tx, after: int, since: datetime, before: datetime, limit: int) -> list[Person]:
    """The next reachable people by id who moved in a conversation since, and have written nothing from `before` on."""
    rows = tx.all("unfinished_after", cursor=after, since=to_text(since), before=to_text(before), n=limit)
    return [_person(row) for row in rows]


@dataclass(frozen=True)
class Session:
    """Where a person is; `step` is the conversation's own text, `revision` what the buttons on screen carry."""

    revision: int
    step: str


def session_of(tx: Tx, person_id: PersonId) -> Session:
    row = tx.one("session", person=person_id)
    return Session(0, "") if row is None else Session(row["revision"], row["step"])


def put_session(tx: Tx, person_id: PersonId, session: Session, now: datetime) -> None:
    tx.run("put_session", person=person_id, revision=session.revision, step=session.step, now=to_text(now))


def note_action(tx: Tx, person_id: PersonId, action: str, subject: str, allowed: bool, now: datetime) -> None:
    """One line of the audit log: what was done, or refused, to whom."""
    tx.run(
        "put_audit",
        id=short_id(),
        now=to_text(now),
        person=person_id,
        action=action,
        subject=subject[:64],
        allowed=int(allowed),
    )


def offer_action(tx: Tx, person_id: PersonId, names: Iterable[str], action: str, now: datetime) -> None:
    """A button was shown: typing one of its names does what pressing it does."""
    for name in names:
        tx.run("put_offered", person=person_id, name=name[:80], action=action, now=to_text(now))


def offered_action(tx: Tx, person_id: PersonId, name: str) -> str | None:
    """The button that is meant by what was typed."""
    action: str | None = tx.value("offered", person=person_id, name=name[:80])
    return action


def is_beside_screen(tx: Tx, person_id: PersonId, name: str) -> bool:
    """Was this button shown since the person came to the screen they are on?"""
    return tx.value("offered_beside_screen", person=person_id, name=name[:80]) is not None


def forget_offers(tx: Tx, before: datetime) -> None:
    """Old buttons are pressed, not typed."""
    tx.run("forget_offered", before=to_text(before))


def known(tx: Tx, name: str) -> str | None:
    """A single remembered value."""
    value: str | None = tx.value("known", name=name)
    return value


def remember(tx: Tx, name: str, value: str) -> None:
    tx.run("put_known", name=name, value=value)
