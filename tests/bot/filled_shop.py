"""A shop in the middle of its work, for the tests of who may do what: a buyer's orders and proofs, batches in every
state, and updates heard one by one and undone again.

In: a migrated file. Out: what one update changed, table by table. No network, no loop.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from bot import batch_work, catalog_books, delay_work, order_work, planning_work, proof_work
from bot.engine import handle
from bot.house import House
from bot.outside import Asked
from bot.turn import Turn
from conversations import codec
from conversations.effects import DelayBatch, LineWanted, PlaceOrder, PlanBatch
from conversations.table import Step
from messages.render import Words
from preorder import calendar
from preorder.address import Address
from preorder.audience import Segment
from preorder.batch import BatchId, ProductId
from preorder.catalogue import Catalogue, CatalogueProduct, CatalogueVariant
from preorder.catalogue_change import difference
from preorder.delay import dates_of
from preorder.money import NO_MONEY, Percent, Rupiah
from preorder.order import Order, OrderId, PersonId
from preorder.payment import PaymentId
from preorder.staff import STAFF_ROLES, StaffRole
from storage import (
    addresses,
    batches,
    broadcasts,
    catalogue,
    celebrations,
    delays,
    inbox,
    orders,
    payments,
    people,
    refunds,
    schedule,
    sheets_sent,
    staff,
    waiting,
)
from storage.people import Session
from storage.sqlite import SqliteTx
from tests.journeys.floor import settings_for

NOW: Final = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
OWNER, BUYER, STRANGER, BLOCKED = PersonId(9001), PersonId(7001), PersonId(5005), PersonId(6006)
STAFF: Final[dict[StaffRole, PersonId]] = {role: PersonId(9101 + n) for n, role in enumerate(STAFF_ROLES)}
TOKEN: Final = "a-link-for-shipping"
GROUP, CHANNEL, ANONYMOUS = -1001, -1001234567890, 1087968824
HOME: Final = Address(recipient="Rina", phone="+6281234567890", street="Jl. Melati No. 5, Bandung 40162")
Tables = dict[str, frozenset[tuple[Any, ...]]]


class FilledShop:
    """The shop and what is in it: `held` can be cancelled, `unpaid` waits for the proof that nobody has assigned,
    `claimed` is a proof of `proven`; `ready` is ready and `delay` asks about it; `owed` goes back to the buyer, whose
    saved address is `home`; at `in_line` they wait for a slot, at `kept` one is kept for them."""

    def __init__(self, path: Path, **changes: str) -> None:
        # In memory: thousands of updates are heard and undone, and nothing has to survive.
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        with closing(sqlite3.connect(path)) as migrated:
            migrated.backup(self.connection)
        self.connection.row_factory = sqlite3.Row
        self.tx = SqliteTx(self.connection)
        settings = settings_for("http://127.0.0.1:9", path.parent, **changes)
        self.house = House(settings, Words(settings.shop_name, settings.timezone), "bukapo_bot")
        self._updates = itertools.count(1000)
        self.names = [
            str(row[0])
            for row in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not row[0].startswith(("sqlite_", "_yoyo", "yoyo_"))
        ]
        self.columns = {
            name: [str(row[1]) for row in self.connection.execute(f"PRAGMA table_info({name})")] for name in self.names
        }
        self._fill()
        self._filled = self._read(self.names)
        self._watch()

    def _fill(self) -> None:
        # Nobody finds anything out outside here.
        calendar.learn(range(NOW.year - 1, NOW.year + 3))
        for product in ("nastar", "tote"):
            variants = tuple(catalogue.new_variant(name, Rupiah(100_000), 500, None) for name in ("Biasa", "Besar"))
            catalogue.save(self.tx, ProductId(product), product.title(), "Enak.", "", variants)
        self.variant = variants[0].id
        catalogue.save(self.tx, ProductId("lama"), "Lama", "", "", (catalogue.new_variant("A", Rupiah(5), 1, None),))
        catalogue.archive(self.tx, ProductId("lama"))
        self.sheet = self._sheet()
        for person in (OWNER, BUYER, BLOCKED, *STAFF.values()):
            people.meet(self.tx, person, str(person), "", "id", NOW)
        for role, person in STAFF.items():
            staff.invite(self.tx, f"for {role}", role, OWNER, NOW)
            staff.join(self.tx, f"for {role}", person, NOW)
        staff.invite(self.tx, TOKEN, "shipping", OWNER, NOW)
        self.invitation = staff.invitations(self.tx, NOW)[0].id
        people.mark_unreachable(self.tx, BLOCKED)
        self.open = self._batch("open", NOW + timedelta(days=3))
        self.coming = self._batch("coming", NOW + timedelta(days=9), NOW + timedelta(days=2))
        self.making = self._batch("making", NOW + timedelta(days=3))
        self.ready = self._batch("ready", NOW + timedelta(days=3))
        self.short = self._batch("short", NOW + timedelta(days=3), minimum_total=Rupiah(9_000_000))
        self.held, self.unpaid, self.proven = (self._order(self.open, f"draft{n}") for n in range(3))
        self.connection.execute("UPDATE orders SET shipping_kind = 'later' WHERE id = ?", (self.unpaid.id,))
        self.connection.execute("UPDATE orders SET shipping_kind = 'told' WHERE id = ?", (self.held.id,))
        self.claimed = self._proof(self.proven, 1)
        self.unassigned = self._proof(None, 2)
        self.sent = self._order(self.ready, "draft-ready")
        proof_work.confirm(self.turn(OWNER), self._proof(self.sent, 3), Rupiah(self.sent.total + 5_000))
        for batch in (self.making, self.ready, self.short):
            batch_work.close(self.turn(OWNER), batch, "seller")
        batch_work.move_stage(self.turn(OWNER), self.ready, "ready")
        self.delay = self._delay(self.ready)
        if not addresses.of_person(self.tx, BUYER):
            addresses.keep(self.tx, BUYER, HOME, NOW)
        self.home = addresses.of_person(self.tx, BUYER)[0].id
        self.in_line, self.kept = self._line("in-line", 0), self._line("kept", 1)
        news = broadcasts.OwnBroadcast(
            "news", Segment("everyone"), 0, "running", NOW, None, OWNER, "Halo", "", expected=3, written=0
        )
        broadcasts.begin(self.tx, news)
        celebrations.keep_birthday(self.tx, BUYER, "05-17")
        refunds.owe(self.tx, self.sent.id, BUYER, Rupiah(5_000), "reduced", "filled", NOW)
        self.owed = refunds.owed(self.tx, 1)[0].id
        schedule.plan(self.tx, "daily_recap", "2099-01-01", NOW + timedelta(days=400))
        (self.recap,) = (d.id for d in schedule.due(self.tx, NOW + timedelta(days=999), 99) if d.kind == "daily_recap")

    def later(self, batch_id: BatchId) -> DelayBatch:
        """The sending of a batch a week later."""
        batch = batches.find(self.tx, batch_id)
        assert batch is not None
        dates = dates_of(batch)
        return DelayBatch(batch_id, dates, replace(dates, production_days=dates.production_days + 7), "courier_rest")

    def _delay(self, batch_id: BatchId) -> str:
        """It is later, and its buyers are asked."""
        delay_work.delay(self.turn(OWNER), self.later(batch_id))
        found = delays.of_batch(self.tx, batch_id)
        assert found is not None
        return found.id

    def _line(self, title: str, offered: int) -> str:
        """The buyer's place in line for a batch of its own, with so many slots kept for them."""
        batch = batches.find(self.tx, self._batch(title, NOW + timedelta(days=3)))
        assert batch is not None
        waiting.join(self.tx, batch.id, self.variant, BUYER, 1, NOW)
        (place,) = waiting.line(self.tx, batch.id)
        if offered:
            batches.take_pieces(self.tx, batch, BUYER, {self.variant: offered}, NOW)
            waiting.offer(self.tx, place, offered, NOW + timedelta(hours=6), NOW)
        return place.id

    def _sheet(self) -> tuple[str, str]:
        """A sheet that waits for its confirm, and what it would change."""
        new = CatalogueProduct("baru", "Baru", "", None, (CatalogueVariant("A", Rupiah(9_000), 1),))
        sheet = Catalogue((new,))
        sheet_id = sheets_sent.keep(self.tx, OWNER, TypeAdapter(Catalogue).dump_json(sheet).decode(), NOW)
        return sheet_id, difference(sheet, catalog_books.as_sheet(self.tx)).fingerprint

    def _batch(
        self, title: str, closes_at: datetime, opens_at: datetime | None = None, minimum_total: Rupiah = NO_MONEY
    ) -> BatchId:
        batch_id = BatchId(f"batch-{title}")
        products = (ProductId("nastar"), ProductId("tote"))
        terms = (10, 1, None, Percent(50), timedelta(hours=24))
        plan = PlanBatch(batch_id, title, products, *terms, opens_at, closes_at, 7, minimum_total=minimum_total)
        planning_work.plan(self.turn(OWNER), plan)
        return batch_id

    def _order(self, batch_id: BatchId, draft: str) -> Order:
        variant = self.connection.execute("SELECT id FROM variants WHERE product_id = 'nastar'").fetchone()[0]
        order_work.place(self.turn(BUYER), PlaceOrder(draft, batch_id, (LineWanted(variant, 1),), HOME))
        row = self.connection.execute("SELECT id FROM orders WHERE draft_id = ?", (draft,)).fetchone()
        return orders.get(self.tx, OrderId(row[0]))

    def _proof(self, order: Order | None, number: int) -> PaymentId:
        file = ("photo", f"file{number}", f"unique{number}")
        return payments.claim(self.tx, BUYER, order, file, number, NOW)  # type: ignore[arg-type]  # a Literal in a tuple

    def turn(self, person: PersonId) -> Turn:
        """A turn of this person's, outside any update."""
        who = people.find(self.tx, person)
        assert who is not None
        return Turn(self.tx, self.house, NOW, f"t{next(self._updates)}", who, person)

    def put_at(self, person: PersonId, step: Step) -> int:
        """The person is at this step; the revision of its buttons."""
        people.put_session(self.tx, person, Session(7, codec.to_text(step)), NOW)
        return 7

    # --- looking -------------------------------------------------------------------------------------------------

    def _watch(self) -> None:
        # Reading all tables after each of thousands of updates would cost more than the updates.
        self.connection.execute("CREATE TEMP TABLE touched (name TEXT)")
        for name, event in itertools.product(self.names, ("INSERT", "UPDATE", "DELETE")):
            self.connection.execute(
                f"CREATE TEMP TRIGGER {name}_{event} AFTER {event} ON main.{name} "
                f"BEGIN INSERT INTO touched VALUES ('{name}'); END"
            )

    def tables(self) -> Tables:
        """Everything that is written down: as it was filled, but for the tables that were written to since."""
        touched = [str(row[0]) for row in self.connection.execute("SELECT DISTINCT name FROM touched")]
        return self._filled | self._read(touched)

    def _read(self, names: Iterable[str]) -> Tables:
        cursor = self.connection.cursor()
        cursor.row_factory = None  # plain tuples, thousands of times
        return {name: frozenset(cursor.execute(f"SELECT * FROM {name}")) for name in names}

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What happens inside has never happened afterwards."""
        self.connection.execute("SAVEPOINT undone")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK TO undone")
            self.connection.execute("RELEASE undone")

    def hear(self, update: dict[str, Any], before: Callable[[], object] | None = None) -> tuple[Tables, Tables]:
        """All tables before and after one update, which is then undone; `before` prepares."""
        with self.undone():
            was = self._filled
            if before is not None:
                before()
                was = self.tables()
            number = next(self._updates)
            inbox.keep(self.tx, [{"update_id": number, **update}], NOW)
            # Who asks the outside was let in; what comes of the answer is not seen here.
            with suppress(Asked), self.tx.attempt():
                handle(self.tx, self.house, number, NOW)
            return was, self.tables()


def changed(was: Tables, now: Tables) -> set[str]:
    """The tables that differ."""
    return {name for name in now if was[name] is not now[name] and was[name] != now[name]}


# --- updates -----------------------------------------------------------------------------------------------------

# Whoever speaks with these ids is nobody: an anonymous admin, the channel of a group, a channel's own bot (facts).
NOBODIES: Final = {"anonymous admin": ANONYMOUS, "linked channel": 777000, "channel bot": 136817688}
PLACES: Final = ("private", "group", *NOBODIES, "channel")


def said(person: PersonId, place: str, text: str) -> dict[str, Any]:
    """Somebody writes somewhere."""
    if place == "channel":
        return {"channel_post": {**_chat(person, place), "sender_chat": _chat(person, place)["chat"], "text": text}}
    sender: dict[str, Any] = {"from": _user(person)}
    if place in NOBODIES:
        nobody = {"id": NOBODIES[place], "is_bot": place == "anonymous admin", "first_name": "Group"}
        sender = {"from": nobody, "sender_chat": _chat(person, "channel" if "channel" in place else place)["chat"]}
    return {"message": {**_chat(person, place), **sender, "text": text}}


def pressed(person: PersonId, place: str, data: str) -> dict[str, Any]:
    """Somebody presses a button under a message of ours; an anonymous admin's press comes from the person."""
    message = {**_chat(person, place), "text": "a screen", "message_id": 77}
    query = {"id": "1", "from": _user(person), "chat_instance": "1", "message": message, "data": data}
    return {"callback_query": query}


def _user(person: PersonId) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": str(person), "language_code": "id"}


def _chat(person: PersonId, place: str) -> dict[str, Any]:
    chats: dict[str, dict[str, Any]] = {
        "private": {"id": person, "type": "private", "first_name": str(person)},
        "channel": {"id": CHANNEL, "type": "channel", "title": "Sari"},
    }
    group = {"id": GROUP, "type": "supergroup", "title": "Pembeli"}
    return {"message_id": 5, "date": int(NOW.timestamp()), "chat": chats.get(place, group)}
