"""Move a shop's books from one database to another: SQLite to PostgreSQL, or back.

In: two addresses. Out: what was counted on both sides. Every table goes over in batches inside one transaction of the
target; before that is committed, the rows of each table and the sums that matter are counted on both sides, and any
difference undoes it all. Nobody may work on either side meanwhile. The source is left as it is.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from preorder.values import dataclass
from storage.database import AlreadyRunning, Unreachable
from storage.databases import sqlite_path
from storage.migrate import migrate
from storage.sqlite import connect, lock_file

if TYPE_CHECKING:
    import psycopg

TOGETHER: Final = 1000
SUMS: Final = {
    "orders, rupiah": "SELECT COALESCE(SUM(total), 0) FROM orders",
    "lines, rupiah": "SELECT COALESCE(SUM(price * quantity), 0) FROM lines",
    "payments, rupiah": "SELECT COALESCE(SUM(amount), 0) FROM payments",
    "payments confirmed, rupiah": "SELECT COALESCE(SUM(amount), 0) FROM payments WHERE state = 'confirmed'",
    "refunds, rupiah": "SELECT COALESCE(SUM(amount), 0) FROM refunds",
    "slots of batches": "SELECT COALESCE(SUM(taken), 0) FROM batches",
    "slots of variants": "SELECT COALESCE(SUM(taken), 0) FROM offers",
    "slots of buyers": "SELECT COALESCE(SUM(pieces), 0) FROM buyer_slots",
}


@dataclass(frozen=True)
class Tally:
    """Something counted on both sides: rows of a table, rupiah or slots."""

    name: str
    source: int
    target: int

    @property
    def is_equal(self) -> bool:
        return self.source == self.target


class CannotMove(Exception):
    """Nothing was moved; the text says why."""


class _Side(Protocol):
    def batches(self, table: str, columns: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]: ...

    def write(self, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None: ...

    def value(self, sql: str) -> int: ...


def move(source: str, target: str) -> list[Tally]:
    """Move everything; returns what was counted.

    Raises `CannotMove`, `AlreadyRunning`, `Unreachable`; then the target is as it was.
    """
    paths = [path for path in (sqlite_path(source), sqlite_path(target)) if path is not None]
    if len(paths) != 1:
        raise CannotMove("One of the two has to be sqlite:///… and the other one postgresql://….")
    origin = sqlite_path(source)
    if origin is not None and not origin.exists():
        raise CannotMove(f"There is no database at {origin}.")
    with _side(source, writes=False) as old, _side(target, writes=True) as new:
        with contextlib.closing(connect(paths[0])) as schema:
            tables = _tables(schema)
        for table in tables:
            if new.value(f"SELECT COUNT(*) FROM {table}"):  # noqa: S608 - a name from the schema
                raise CannotMove(f"The target already has rows in the table {table}: it must be an empty database.")
        for table, columns in tables.items():
            for rows in old.batches(table, columns):
                new.write(table, columns, rows)
        tallies = _count(old, new, tables)
        wrong = [tally for tally in tallies if not tally.is_equal]
        if wrong:
            said = "; ".join(f"{tally.name}: {tally.source} there, {tally.target} here" for tally in wrong)
            raise CannotMove(f"The two sides differ, so nothing was moved. {said}.")
    return tallies


def _count(old: _Side, new: _Side, tables: dict[str, list[str]]) -> list[Tally]:
    questions = {table: f"SELECT COUNT(*) FROM {table}" for table in tables} | SUMS  # noqa: S608 - names of the schema
    return [Tally(name, old.value(sql), new.value(sql)) for name, sql in questions.items()]


def _tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Every table of ours with its columns, those that others refer to first."""
    names = {
        row[0]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not row[0].startswith(("sqlite_", "_yoyo", "yoyo_"))
    }
    needs = {name: {row[2] for row in connection.execute(f"PRAGMA foreign_key_list({name})")} for name in names}
    ordered: list[str] = []
    while needs:
        ready = sorted(name for name, others in needs.items() if not (others - set(ordered)))
        if not ready:
            # A row may come before the one it refers to: such a table would need an order of its rows.
            raise CannotMove(f"These tables refer to themselves or to each other: {', '.join(sorted(needs))}.")
        ordered += ready
        for name in ready:
            del needs[name]
    return {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in ordered}


@contextmanager
def _side(url: str, *, writes: bool) -> Iterator[_Side]:
    path = sqlite_path(url)
    if path is None:
        with _postgres(url, writes=writes) as postgres:
            yield postgres
    else:
        with _sqlite(path) as sqlite:
            yield sqlite


# --- SQLite ------------------------------------------------------------------------------------------------------


class _Sqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def batches(self, table: str, columns: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        found = self._connection.execute(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608 - names of the schema
        while rows := found.fetchmany(TOGETHER):
            yield [tuple(row) for row in rows]

    def write(self, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of the schema
        self._connection.executemany(sql, rows)

    def value(self, sql: str) -> int:
        return int(self._connection.execute(sql).fetchone()[0])


@contextmanager
def _sqlite(path: Path) -> Iterator[_Side]:
    with lock_file(path):
        migrate(path)
        connection = connect(path)
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield _Sqlite(connection)
            connection.execute("COMMIT")
        finally:
            connection.close()


# --- PostgreSQL --------------------------------------------------------------------------------------------------


class _Postgres:
    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def batches(self, table: str, columns: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        # A cursor of the server: a shop's pictures need not be in memory all at once.
        with self._connection.cursor(f"move_{table}") as found:
            found.execute(f"SELECT {', '.join(columns)} FROM {table}".encode())  # noqa: S608 - names of the schema
            while rows := found.fetchmany(TOGETHER):
                yield rows

    def write(self, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN".encode()) as copy,
        ):
            for row in rows:
                # PostgreSQL's text has no zero character.
                copy.write_row([value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in row])

    def value(self, sql: str) -> int:
        row = self._connection.execute(sql.encode()).fetchone()
        return 0 if row is None else int(row[0])


@contextmanager
def _postgres(url: str, *, writes: bool) -> Iterator[_Side]:
    import psycopg

    from storage.postgres import why_unreachable
    from storage.postgres_seat import KEY

    migrate(url)
    try:
        guard = psycopg.connect(url, autocommit=True)
        connection = psycopg.connect(url)
    except psycopg.OperationalError:
        raise Unreachable(why_unreachable(url)) from None
    with contextlib.closing(guard), contextlib.closing(connection):
        held = guard.execute("SELECT pg_try_advisory_lock(%s)", (KEY,)).fetchone()
        if held is None or not held[0]:
            raise AlreadyRunning(url)
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = not writes
        yield _Postgres(connection)
        connection.commit()
