"""One SQLite file as the shop's database.

A work is handed to the connection's own thread in one hop. Works that wait share one COMMIT and are answered after it.
An error in one undoes that one alone: all are done again, each in its own SAVEPOINT. `read` has its own connection.
"""

from __future__ import annotations

import asyncio
import fcntl
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any, Final, TypeVar

import aiosqlite

from storage.database import AlreadyRunning, Database, Row, Tx
from storage.seat import OnlySeat, Seat
from storage.statements import STATEMENTS, Statements

T = TypeVar("T")
MAX_TOGETHER: Final = 64


class SqliteTx(Tx):
    """A transaction on the one writing (or the one reading) connection."""

    def __init__(self, connection: sqlite3.Connection, statements: Statements = STATEMENTS) -> None:
        self._connection = connection
        self._statements = statements

    def one(self, name: str, /, **values: object) -> Row | None:
        row: Row | None = self._connection.execute(self._statements[name], values).fetchone()
        return row

    def all(self, name: str, /, **values: object) -> Sequence[Row]:
        return self._connection.execute(self._statements[name], values).fetchall()

    def value(self, name: str, /, **values: object) -> Any:
        row = self._connection.execute(self._statements[name], values).fetchone()
        return None if row is None else row[0]

    def run(self, name: str, /, **values: object) -> int:
        return self._connection.execute(self._statements[name], values).rowcount

    def _control(self, sql: str) -> None:
        self._connection.execute(sql)

    def _is_open(self) -> bool:
        return self._connection.in_transaction


class _Connection(aiosqlite.Connection):
    """aiosqlite's connection with a door for a whole function: one hop instead of one a statement."""

    def hop(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Do `work` on the connection's thread; what aiosqlite's own `_execute` does, without a coroutine around it."""
        if not self._running or self._connection is None:
            raise ValueError("the connection is closed")
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        # aiosqlite writes at DEBUG what it runs: a lambda's repr shows nothing of what is inside.
        self._tx.put_nowait((answer, lambda: work()))
        return answer

    async def ended(self) -> None:
        """The thread of a connection that could not be opened has come to its end."""
        await asyncio.to_thread(self._thread.join)

    def hand_over(self, work: Callable[[], None]) -> None:
        """Do `work` on the connection's thread; it says itself when it is done, which saves a round of the loop."""
        if not self._running or self._connection is None:
            raise ValueError("the connection is closed")
        self._tx.put_nowait((None, lambda: work()))

    @property
    def raw(self) -> sqlite3.Connection:
        return self._conn


Waiting = tuple[Callable[[Tx], Any], "asyncio.Future[Any]"]


class SqliteDatabase(Database):
    """One SQLite file: WAL, synchronous=FULL, BEGIN IMMEDIATE, one writing connection, an instance lock.

    `statements` are the shop's own unless a test gives others, to see what breaks without one of their guards.
    """

    def __init__(self, path: Path, statements: Statements = STATEMENTS) -> None:
        self.path = path
        self._statements = statements
        self._write: _Connection | None = None
        self._read: _Connection | None = None
        self._lock: IO[str] | None = None
        self._waiting: deque[Waiting] = deque()
        self._idle = asyncio.Event()
        self._idle.set()

    async def open(self) -> None:
        self._lock = lock_file(self.path)
        try:
            self._write = await self._connect()
            self._read = await self._connect()
            await self._read.execute("PRAGMA query_only = ON")
        except sqlite3.Error:
            await self.close()
            raise

    async def _connect(self) -> _Connection:
        connection = _Connection(partial(connect, self.path), 64)
        try:
            await connection
        except sqlite3.Error:
            # A thread that ends after its loop would say so where nobody hears it any more.
            await connection.ended()
            raise
        return connection

    async def close(self) -> None:
        await self._idle.wait()
        for connection in (self._write, self._read):
            if connection is not None:
                await connection.close()
        self._write = self._read = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    async def run(self, work: Callable[[Tx], T]) -> T:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._waiting.append((work, answer))
        if self._idle.is_set():
            self._idle.clear()
            # Not at once: whoever else is about to ask comes along.
            loop.call_soon(self._commit_waiting)
        return await answer

    async def read(self, work: Callable[[Tx], T]) -> T:
        connection = self._read
        if connection is None:
            raise RuntimeError("the database is not open")
        return await connection.hop(partial(_read_only, connection.raw, self._statements, work))

    def seat(self) -> Seat:
        return OnlySeat()

    def _commit_waiting(self) -> None:
        """Send what waits to the thread, again and again until nothing does."""
        if not self._waiting:
            self._idle.set()
            return
        together = [self._waiting.popleft() for _ in range(min(MAX_TOGETHER, len(self._waiting)))]
        connection = self._write
        if connection is None:
            self._answer(together, [_Failed(RuntimeError("the database is not open"))] * len(together))
            return
        loop = asyncio.get_running_loop()
        try:
            connection.hand_over(partial(self._commit, loop, connection.raw, together))
        except Exception as error:  # whoever waits is told, whatever it was
            self._answer(together, [_Failed(error)] * len(together))

    def _commit(
        self, loop: asyncio.AbstractEventLoop, connection: sqlite3.Connection, together: Sequence[Waiting]
    ) -> None:
        """On the connection's thread: do them, and have them answered on the loop's."""
        try:
            results = _together(connection, self._statements, [work for work, _ in together])
        except BaseException as error:  # whoever waits is told, whatever it was
            results = [_Failed(error)] * len(together)
        loop.call_soon_threadsafe(self._answer, together, results)

    def _answer(self, together: Sequence[Waiting], results: Sequence[Any]) -> None:
        for (_, answer), result in zip(together, results, strict=True):
            if answer.done():
                continue
            if isinstance(result, _Failed):
                answer.set_exception(result.error)
            else:
                answer.set_result(result)
        if self._waiting:
            self._commit_waiting()
        else:
            self._idle.set()


class _Failed:
    def __init__(self, error: BaseException) -> None:
        self.error = error


def lock_file(path: Path) -> IO[str]:
    """Hold `<path>.lock` while this process lives, or raise `AlreadyRunning`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = path.with_name(path.name + ".lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise AlreadyRunning(str(path)) from error
    return handle


def connect(path: Path) -> sqlite3.Connection:
    """A connection whose commits are on the disk when they return; transactions are the caller's."""
    # Each statement is compiled once: the library keeps 128 of them, and there are more.
    connection = sqlite3.connect(path, isolation_level=None, timeout=10, cached_statements=512)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What a savepoint may have to put back is kept in memory: otherwise in a file, page by page.
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _together(
    connection: sqlite3.Connection, statements: Statements, works: Sequence[Callable[[Tx], Any]]
) -> list[Any]:
    """All works in one transaction; the results in order, errors as `_Failed`.

    A savepoint copies every page that is changed after it, half as much again as an order costs, and a work hardly ever
    fails: so they are done without, and only when one of several has failed again from the start, each in its own.
    """
    tx = SqliteTx(connection, statements)
    try:
        return _in_one(connection, lambda: [work(tx) for work in works])
    except Exception as error:
        if len(works) == 1:
            return [_Failed(error)] * len(works)
    try:
        return _in_one(connection, lambda: [_by_itself(tx, connection, work) for work in works])
    except Exception as error:
        return [_Failed(error)] * len(works)


def _in_one(connection: sqlite3.Connection, work: Callable[[], T]) -> T:
    """One transaction; whatever happens in it, the next works find none open."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        result = work()
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return result


def _by_itself(tx: Tx, connection: sqlite3.Connection, work: Callable[[Tx], Any]) -> Any:
    connection.execute("SAVEPOINT one")
    try:
        result = work(tx)
    except Exception as error:
        # A full disk makes SQLite undo everything, also what the works before this one did.
        if not connection.in_transaction:
            raise
        connection.execute("ROLLBACK TO one")
        result = _Failed(error)
    connection.execute("RELEASE one")
    return result


def _read_only(connection: sqlite3.Connection, statements: Statements, work: Callable[[Tx], T]) -> T:
    connection.execute("BEGIN")
    try:
        return work(SqliteTx(connection, statements))
    finally:
        connection.execute("COMMIT")
