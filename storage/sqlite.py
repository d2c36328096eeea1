"""One SQLite file as the shop's database.

A work is handed to the connection's own thread in one hop. Works that wait share one COMMIT, each in its own SAVEPOINT,
and are answered only after that COMMIT. An error in one undoes that one alone. `read` has a connection of its own.
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

    async def hop(self, work: Callable[[], T]) -> T:
        # aiosqlite writes at DEBUG what it runs: a lambda's repr shows nothing of what is inside.
        result: T = await self._execute(lambda: work())  # type: ignore[no-untyped-call]  # aiosqlite leaves it untyped
        return result

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
        self._committer: asyncio.Task[None] | None = None

    async def open(self) -> None:
        self._lock = lock_file(self.path)
        self._write = await self._connect()
        self._read = await self._connect()
        await self._read.execute("PRAGMA query_only = ON")

    async def _connect(self) -> _Connection:
        connection = _Connection(partial(connect, self.path), 64)
        await connection
        return connection

    async def close(self) -> None:
        while self._committer is not None:
            await asyncio.shield(self._committer)
        for connection in (self._write, self._read):
            if connection is not None:
                await connection.close()
        self._write = self._read = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    async def run(self, work: Callable[[Tx], T]) -> T:
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, answer))
        if self._committer is None:
            self._committer = asyncio.create_task(self._commit_waiting())
        return await answer

    async def read(self, work: Callable[[Tx], T]) -> T:
        connection = self._read
        if connection is None:
            raise RuntimeError("the database is not open")
        return await connection.hop(lambda: _read_only(self._tx(connection), connection.raw, work))

    def _tx(self, connection: _Connection) -> SqliteTx:
        return SqliteTx(connection.raw, self._statements)

    def seat(self) -> Seat:
        return OnlySeat()

    async def _commit_waiting(self) -> None:
        connection = self._write
        try:
            while self._waiting:
                together = [self._waiting.popleft() for _ in range(min(MAX_TOGETHER, len(self._waiting)))]
                if connection is None:
                    closed = _Failed(RuntimeError("the database is not open"))
                    results: list[Any] = [closed] * len(together)
                else:
                    works = [work for work, _ in together]
                    try:
                        results = await connection.hop(partial(_together, self._tx(connection), connection.raw, works))
                    except Exception as error:  # whoever waits is told, whatever it was
                        results = [_Failed(error)] * len(together)
                for (_, answer), result in zip(together, results, strict=True):
                    if answer.done():
                        continue
                    if isinstance(result, _Failed):
                        answer.set_exception(result.error)
                    else:
                        answer.set_result(result)
        finally:
            self._committer = None


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
    connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _together(tx: Tx, connection: sqlite3.Connection, works: Sequence[Callable[[Tx], Any]]) -> list[Any]:
    """All works in one transaction, each in its savepoint; the results in order, errors as `_Failed`."""
    results: list[Any] = []
    try:
        connection.execute("BEGIN IMMEDIATE")
        for work in works:
            connection.execute("SAVEPOINT one")
            try:
                results.append(work(tx))
            except Exception as error:
                # A full disk makes SQLite undo everything, also what the works before this one did.
                if not connection.in_transaction:
                    raise
                connection.execute("ROLLBACK TO one")
                results.append(_Failed(error))
            connection.execute("RELEASE one")
        connection.execute("COMMIT")
    except BaseException as error:
        # Whatever it was, the next works must find no open transaction.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if not isinstance(error, Exception):
            raise
        return [_Failed(error)] * len(works)
    return results


def _read_only(tx: Tx, connection: sqlite3.Connection, work: Callable[[Tx], T]) -> T:
    connection.execute("BEGIN")
    try:
        return work(tx)
    finally:
        connection.execute("COMMIT")
