"""PostgreSQL as the shop's database, for shops that outgrow one process.

A work runs on a connection of a small pool, in a thread, as one transaction at READ COMMITTED: guarded statements and
row locks keep the books, never the order in which somebody read. Works run side by side; one that collided with another
(a deadlock) is done again from the start. A read sees one moment (REPEATABLE READ, READ ONLY). Nothing here is imported
before a shop has such a database. What psycopg raises comes out as the errors of `storage.database`, with PostgreSQL's
code and without its details, which may quote a buyer.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, TypeVar

import psycopg
import psycopg_pool
from psycopg.abc import Buffer
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row
from psycopg.types.string import StrDumperUnknown

from storage.database import Database, Refused, Row, Tx, Unreachable
from storage.postgres_errors import Collided, said
from storage.postgres_seat import SharedSeat
from storage.seat import Seat
from storage.statements import Statements, postgres

T = TypeVar("T")
Connection = psycopg.Connection[DictRow]
Begin = Callable[[Connection], Tx]
Pool = psycopg_pool.ConnectionPool[Connection]
# A worker's works at once. Four workers and their seats stay far below the server's default of 100 connections.
SIDE_BY_SIDE: Final = 6
TRIES: Final = 8
PATIENCE: Final = 10.0
CLOSING: Final = 1.0  # seconds in which one of the works that wait at the end has to be done
# A worker that stands still in the middle of a work must not hold up the others for ever.
_SETTINGS: Final = (
    "SET TimeZone = 'UTC'; SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '30s'; "
    "SET default_transaction_isolation = 'read committed'"
)
# A server that has vanished without a word is noticed in seconds, not in hours.
LIVELY: Final[dict[str, Any]] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


class _Text(StrDumperUnknown):
    """PostgreSQL's text has no zero character; JSON and SQLite have."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", "\ufffd"))


class PostgresTx(Tx):
    """A transaction on a connection of the pool."""

    def __init__(self, connection: Connection, statements: Statements | None = None) -> None:
        self._connection = connection
        self._statements = postgres() if statements is None else statements

    def one(self, name: str, /, **values: object) -> Row | None:
        with _told():
            return self._connection.execute(self._statements[name].encode(), values).fetchone()

    def all(self, name: str, /, **values: object) -> Sequence[Row]:
        with _told():
            return self._connection.execute(self._statements[name].encode(), values).fetchall()

    def value(self, name: str, /, **values: object) -> Any:
        row = self.one(name, **values)
        return None if row is None else next(iter(row.values()))

    def run(self, name: str, /, **values: object) -> int:
        with _told():
            return self._connection.execute(self._statements[name].encode(), values).rowcount

    def _control(self, sql: str) -> None:
        with _told():
            self._connection.execute(sql.encode())

    def _is_open(self) -> bool:
        return self._connection.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise said(error) from None


class PostgresDatabase(Database):
    """A database on a PostgreSQL server; `url` is `postgresql://…` and holds the password: it is never shown.

    `patience` is the seconds that a server may take to let us in, when it starts or when all connections are in use.
    `statements` are the shop's own unless a test gives others, to see what breaks without one of their guards.
    """

    def __init__(self, url: str, patience: float = PATIENCE, statements: Statements | None = None) -> None:
        self._url = url
        self._statements = statements
        self._patience = patience
        self.name = f"bukapo {secrets.token_hex(4)}"
        self._pool: Pool | None = None
        self._threads: ThreadPoolExecutor | None = None
        self._done = 0

    async def open(self) -> None:
        pool = psycopg_pool.ConnectionPool(
            self._url,
            connection_class=psycopg.Connection[DictRow],
            kwargs={**LIVELY, "application_name": self.name, "row_factory": dict_row},
            configure=_configure,
            min_size=1,
            max_size=SIDE_BY_SIDE,
            timeout=self._patience,
            open=False,
        )
        try:
            await asyncio.to_thread(pool.open, wait=True, timeout=self._patience)
        except psycopg_pool.PoolTimeout:
            await asyncio.to_thread(pool.close)
            raise Unreachable(await asyncio.to_thread(why_unreachable, self._url)) from None
        self._pool = pool
        self._threads = ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="database")

    async def close(self) -> None:
        pool, threads = self._pool, self._threads
        self._pool = self._threads = None
        if pool is None or threads is None:
            return
        ending = asyncio.create_task(asyncio.to_thread(threads.shutdown))
        done = -1
        while not ending.done() and done != self._done:
            done = self._done
            await asyncio.wait([ending], timeout=CLOSING)
        # None was done for so long: whoever waits to be let in is told that it is over. What has begun still ends.
        await asyncio.to_thread(pool.close, 0.3)
        await ending

    async def run(self, work: Callable[[Tx], T]) -> T:
        return await self._hop(partial(_stubbornly, work, self._tx))

    async def read(self, work: Callable[[Tx], T]) -> T:
        return await self._hop(partial(_read_only, work, self._tx))

    def _tx(self, connection: Connection) -> PostgresTx:
        return PostgresTx(connection, self._statements)

    def seat(self) -> Seat:
        return SharedSeat(self._url, self.name)

    async def _hop(self, work: Callable[[Pool], T]) -> T:
        if self._threads is None or self._pool is None:
            raise RuntimeError("the database is not open")
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._counted, work, self._pool)

    def _counted(self, work: Callable[[Pool], T], pool: Pool) -> T:
        result = work(pool)
        self._done += 1
        return result


def why_unreachable(url: str) -> str:
    """What the server says to somebody who knocks: its own words, without the address, which holds the password."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[-1]
    return "it did not answer in time"


def _configure(connection: Connection) -> None:
    connection.adapters.register_dumper(str, _Text)
    connection.execute(_SETTINGS)
    connection.commit()


def _stubbornly(work: Callable[[Tx], T], begin: Begin, pool: Pool) -> T:
    """Do it, and again when it collided with another work: it was undone, and the other one got through."""
    for left in reversed(range(TRIES)):
        try:
            return _once(work, begin, pool)
        except Collided:
            if not left:
                raise
        # A different moment for each of those who collided.
        time.sleep(random.uniform(0, 0.02) * (TRIES - left))  # noqa: S311 - chance, not a secret
    raise AssertionError  # pragma: no cover - the last try returns or raises


def _once(work: Callable[[Tx], T], begin: Begin, pool: Pool) -> T:
    with _borrowed(pool) as connection:
        result = work(begin(connection))
        if connection.info.transaction_status == TransactionStatus.INERROR:
            # COMMIT would quietly undo it all, and the caller would be told that it was done.
            raise Refused("a statement failed and was passed over")
        with _told():
            connection.commit()
        return result


def _read_only(work: Callable[[Tx], T], begin: Begin, pool: Pool) -> T:
    with _borrowed(pool) as connection:
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        try:
            return work(begin(connection))
        finally:
            with contextlib.suppress(psycopg.Error):
                connection.rollback()
                connection.read_only = connection.isolation_level = None


@contextmanager
def _borrowed(pool: Pool) -> Iterator[Connection]:
    """A connection for one transaction, undone unless it was committed; a broken one does not come back."""
    with _told():
        connection = pool.getconn()
    try:
        yield connection
    finally:
        with contextlib.suppress(psycopg.Error):
            connection.rollback()
        pool.putconn(connection)
