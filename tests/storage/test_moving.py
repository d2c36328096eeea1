"""A shop moves from SQLite to PostgreSQL and back: every row, checked on both sides, or nothing at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.migrate_command import move_shop
from preorder.address import Address
from preorder.batch import Batch, BatchId, Offer, ProductId, VariantId
from preorder.money import Percent, Rupiah
from preorder.order import Line, PersonId
from storage import addresses, catalogue, inbox, orders, outbox, payments, people, planning, schedule
from storage.database import AlreadyRunning, Tx
from storage.databases import database_at
from storage.moving import CannotMove, _tables, move
from storage.outbox import Outgoing
from storage.postgres_seat import KEY
from storage.sqlite import connect, lock_file

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
RINA, SARI = PersonId(7001), PersonId(9001)


def fill(tx: Tx) -> None:
    """A little of everything: pictures, strange texts, money, what waits and what is done."""
    photo = catalogue.keep_picture(tx, bytes(range(256)) * 20)
    variants = tuple(catalogue.new_variant(f"{n} g", Rupiah(n * 200), n, None if n == 250 else 40) for n in (250, 500))
    catalogue.save(tx, ProductId("nastar"), "Nastar 🧕 “é”", "Wisman\tasli\\N\n.", photo, variants)
    offers = tuple(
        Offer(v.id, p.id, p.name, v.name, v.price, v.weight, v.quota, 0)
        for p in catalogue.products(tx)
        for v in p.variants
    )
    batch = Batch(
        id=BatchId("gajian"),
        title="PO Gajian",
        state="open",
        quota=2000,
        taken=0,
        minimum=1,
        maximum=None,
        down_payment=Percent(50),
        hold=timedelta(hours=24),
        opens_at=NOW,
        closes_at=NOW + timedelta(days=3),
        production_days=7,
        offers=offers,
    )
    planning.plan(tx, batch, SARI, NOW)
    address = Address(recipient="Rina", phone="+6281234567890", street="Jl. Melati 5")
    for number in range(1200):
        buyer = PersonId(7000 + number)
        people.meet(tx, buyer, f"Kak {number}", "", "id", NOW)
        offer = offers[number % 30 == 0]
        line = Line(VariantId(offer.variant_id), offer.product, offer.variant, offer.price, 1, "hijau; 'x' \\ %s")
        order = orders.place(tx, batch, buyer, f"draft-{number}", (line,), address, NOW)
        proof = payments.claim(tx, buyer, order, ("photo", f"f{number}", f"u{number}"), number, NOW)
        if number % 2:
            payments.confirm(tx, proof, order.first_due, SARI, NOW)
        outbox.put(tx, Outgoing(f"k{number}", buyer, "sendMessage", {"text": "halo\ud83d"}), NOW)
    inbox.keep(tx, [{"update_id": 1, "message": {"chat": {"id": 1}, "text": "\ud83d\x00"}}], NOW)
    schedule.plan(tx, "close_batch", "gajian", NOW)
    addresses.keep(tx, RINA, address, NOW)
    people.note_action(tx, SARI, "/open", "", True, NOW)


async def filled(url: str) -> None:
    """A shop at this address."""
    database = database_at(url)
    await database.open()
    await database.run(fill)
    await database.close()


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in an order of its own."""
    with closing(connect(path)) as connection:
        return {
            table: sorted((tuple(row) for row in connection.execute(f"SELECT * FROM {table}")), key=repr)
            for table in _tables(connection)
        }


async def test_a_shop_moves_and_comes_back_as_it_was(path: Path, postgres_url: str, tmp_path: Path) -> None:
    """Every row of every table is the same after the way there and back; both ways what was counted is told."""
    source, back = f"sqlite:///{path}", tmp_path / "back.db"
    await filled(source)
    before = everything(path)
    tallies = {tally.name: tally for tally in move(source, postgres_url)}
    assert tallies["orders"].target == 1200
    assert tallies["payments confirmed, rupiah"].target > 0
    assert tallies["slots of buyers"].target == 1200
    assert set(before) <= tallies.keys()
    told = move_shop(postgres_url, f"sqlite:///{back}")
    assert "equal" in told
    assert everything(back) == before == everything(path)


async def test_a_shop_never_moves_onto_another(path: Path, postgres_url: str) -> None:
    """A target that already has rows is refused, and stays as it is."""
    await filled(postgres_url)
    with pytest.raises(CannotMove, match="already has rows"):
        move(f"sqlite:///{path}", postgres_url)
    with pytest.raises(CannotMove, match="no database at"):
        move("sqlite:///nowhere.db", postgres_url)
    with pytest.raises(CannotMove, match="One of the two"):
        move(postgres_url, postgres_url)


async def test_nothing_moves_while_a_bot_is_at_work(path: Path, postgres_url: str) -> None:
    """Neither the file's lock nor the seat on the server may be somebody's."""
    with lock_file(path), pytest.raises(AlreadyRunning):
        move(f"sqlite:///{path}", postgres_url)
    with psycopg.connect(postgres_url, autocommit=True) as bot:
        bot.execute("SELECT pg_advisory_lock(%s)", (KEY,))
        with pytest.raises(AlreadyRunning):
            move(f"sqlite:///{path}", postgres_url)


async def test_what_does_not_arrive_is_noticed_and_all_is_undone(path: Path, postgres_url: str) -> None:
    """The target swallows one payment and changes another: both are named, and no row stays there."""
    await filled(f"sqlite:///{path}")
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(
            "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF NEW.file_id = 'f5' THEN RETURN NULL; END IF; NEW.amount = NEW.amount + 1; RETURN NEW; END $$"
        )
        server.execute("CREATE TRIGGER swallow BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION swallow()")
        with pytest.raises(CannotMove, match=r"payments: 1200 there, 1199 here.*payments, rupiah"):
            move(f"sqlite:///{path}", postgres_url)
        assert server.execute("SELECT COUNT(*) FROM orders").fetchone() == (0,)


def test_tables_go_over_in_the_order_of_their_references(path: Path) -> None:
    """A table comes after those it refers to, and a new one is never forgotten: the list is the schema's."""
    with closing(sqlite3.connect(path)) as connection:
        tables = list(_tables(connection))
    assert tables.index("batches") < tables.index("orders") < tables.index("lines")
    assert tables.index("products") < tables.index("variants")
    assert {"inbox", "outbox", "known", "due", "media"} <= set(tables)


def test_a_table_that_refers_to_itself_is_told_and_not_moved_wrongly() -> None:
    """Whoever adds one finds out here, and not when a shop moves."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE chain (id INTEGER PRIMARY KEY, before INTEGER REFERENCES chain (id))")
        with pytest.raises(CannotMove, match="chain"):
            _tables(connection)


async def test_both_databases_have_the_same_tables_and_columns(path: Path, postgres_url: str) -> None:
    """A migration that only one of them got, or a column that one forgot, would be lost on the way."""
    with closing(sqlite3.connect(path)) as connection:
        here = {(table, column) for table, columns in _tables(connection).items() for column in columns}
    with psycopg.connect(postgres_url) as server:
        rows = server.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        ).fetchall()
    there = {(table, column) for table, column in rows if "yoyo" not in table}
    assert here == there
