"""A fresh database with an open batch, and transactions that a test may run side by side, for the tests of storage.

In: a folder (and, for PostgreSQL, the file `database.url` that the fixture `engine` puts there). Out: `Tx` on
connections of their own, each committing by itself, as several processes would.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

import psycopg
from psycopg.rows import DictRow, dict_row

from preorder.address import Address
from preorder.batch import Batch, BatchId, Offer, ProductId, VariantId
from preorder.money import Percent, Rupiah
from preorder.order import Line, Order, PersonId
from storage import batches, orders, planning
from storage.database import Tx
from storage.databases import sqlite_path
from storage.ids import by_chance
from storage.postgres import PostgresTx
from storage.sqlite import SqliteTx
from storage.statements import STATEMENTS, postgres
from tests.sqlite import put_empty

T = TypeVar("T")
NOW: Final = datetime(2026, 11, 25, 3, tzinfo=UTC)
BATCH: Final = BatchId("gajian")
JAR, BAG = VariantId("jar"), VariantId("bag")
ADDRESS: Final = Address(recipient="Aisyah", phone="+6281234567890", street="Jl. Melati No. 5, Bandung")


def new_shelf(folder: Path) -> str:
    """The address of a migrated database without rows."""
    named = folder / "database.url"
    if named.exists():
        return named.read_text()
    return f"sqlite:///{put_empty(folder / 'shop.db')}"


class _OneByOne(PostgresTx):
    """Commits each statement by itself; an attempt is a transaction, as SQLite's savepoint is when none is open."""

    @contextmanager
    def attempt(self) -> Iterator[None]:
        with self._connection.transaction():
            yield


@contextmanager
def opened(url: str, changed: Mapping[str, str] | None = None, *, checks: bool = True) -> Iterator[Tx]:
    """A connection that commits each statement by itself; `changed` replaces statements, `checks` keeps the CHECKs."""
    path = sqlite_path(url)
    if path is None:
        own = {name: re.sub(r":(\w+)", r"%(\1)s", sql.replace("%", "%%")) for name, sql in (changed or {}).items()}
        with psycopg.connect(url, autocommit=True, row_factory=dict_row) as server:
            if not checks:
                _forget_checks(server)
            yield _OneByOne(server, {**postgres(), **own})
        return
    connection = sqlite3.connect(path, isolation_level=None, timeout=20)
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA ignore_check_constraints = {'OFF' if checks else 'ON'}")
    try:
        yield SqliteTx(connection, {**STATEMENTS, **(changed or {})})
    finally:
        connection.close()


def _forget_checks(server: psycopg.Connection[DictRow]) -> None:
    checks = "SELECT conrelid::regclass::text AS owner, conname FROM pg_constraint"
    found = server.execute(f"{checks} WHERE contype = 'c' AND connamespace = 'public'::regnamespace".encode())
    for row in found.fetchall():
        server.execute(f"ALTER TABLE {row['owner']} DROP CONSTRAINT IF EXISTS {row['conname']}".encode())


def side_by_side(count: int, work: Callable[[int, threading.Barrier], T]) -> list[T]:
    """Run `work(number, barrier)` in so many threads; what they returned. An error in one is raised."""
    barrier = threading.Barrier(count, timeout=20)
    results: list[T] = []
    errors: list[BaseException] = []

    def one(number: int) -> None:
        try:
            results.append(work(number, barrier))
        except BaseException as error:
            barrier.abort()
            errors.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    if errors:
        raise errors[0]
    return results


def open_batch(tx: Tx, *, quota: int = 10, jars: int | None = None, maximum: int | None = None) -> Batch:
    """An open batch of jars (with a quota of their own when told) and bags; closes three days after `NOW`."""
    batch = Batch(
        id=BATCH,
        title="PO Gajian",
        state="open",
        quota=quota,
        taken=0,
        minimum=1,
        maximum=maximum,
        down_payment=Percent(50),
        hold=timedelta(hours=24),
        opens_at=NOW,
        closes_at=NOW + timedelta(days=3),
        production_days=7,
        offers=(
            Offer(JAR, ProductId("kue"), "Nastar", "Toples", Rupiah(110_000), 500, jars, 0),
            Offer(BAG, ProductId("tas"), "Tote", "Hitam", Rupiah(90_000), 300, None, 0),
        ),
    )
    assert planning.plan(tx, batch, PersonId(1), NOW)
    return batch


def now_of(tx: Tx) -> Batch:
    """The batch as it stands."""
    batch = batches.find(tx, BATCH)
    assert batch is not None
    return batch


def taken(tx: Tx) -> tuple[int, int, int]:
    """Slots taken of the batch, the jars, the bags."""
    batch = now_of(tx)
    jars, bags = batch.offers
    return batch.taken, jars.taken, bags.taken


def wanted(jars: int = 1, bags: int = 0) -> tuple[Line, ...]:
    """Lines of an order."""
    asked = ((JAR, "Nastar", "Toples", 110_000, jars), (BAG, "Tote", "Hitam", 90_000, bags))
    return tuple(Line(v, product, name, Rupiah(price), n, "") for v, product, name, price, n in asked if n)


def place(
    tx: Tx,
    draft: str = "draft",
    buyer: int = 7,
    jars: int = 1,
    bags: int = 0,
    at: datetime = NOW,
    draw: Callable[[str, int], str] = by_chance,
) -> Order:
    """Place an order of a buyer; `draw` is the chance for its code."""
    return orders.place(tx, now_of(tx), PersonId(buyer), draft, wanted(jars, bags), ADDRESS, at, draw=draw)
