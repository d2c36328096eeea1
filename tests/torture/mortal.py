"""A database that kills its own process at a chosen commit: just before it counts, or just after nobody knows yet.

In: a `Death`. Out: SIGKILL, so nothing is tidied up. The kind of a transaction is the name of the function that it is.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NoReturn, TypeVar

from storage.database import Database, Tx
from storage.databases import sqlite_path
from storage.postgres import PostgresDatabase
from storage.seat import Seat
from storage.sqlite import SqliteDatabase
from storage.statements import Statements

T = TypeVar("T")


@dataclass(frozen=True)
class Death:
    """At the `nth` transaction whose function's name contains `kind`."""

    side: Literal["before", "after"]
    kind: str
    nth: int = 1


# Every place where the bot commits while it runs, by the name of the function that is the transaction.
KINDS = {
    "an update is kept": "._keep",
    "an update is handled": "Engine._work",
    "a send is marked": "Marks._with_put_off",
    "a broadcast is claimed": "Sender._look",
    "something due is done": "perform",
    "a broadcast is written out": "write_out",
}


def name_of(work: Callable[..., Any]) -> str:
    """`Poller._keep.<locals>.<lambda>`; also of what is inside partials."""
    inner: Any = work
    while isinstance(inner, partial):
        inner = inner.func
    return str(getattr(inner, "__qualname__", ""))


class Mortal(Database):
    """A database until its moment comes."""

    def __init__(self, inner: Database, death: Death | None) -> None:
        self._inner = inner
        self._death = death
        self._left = death.nth if death else 0

    async def open(self) -> None:
        await self._inner.open()

    async def close(self) -> None:
        await self._inner.close()

    async def read(self, work: Callable[[Tx], T]) -> T:
        return await self._inner.read(work)

    def seat(self) -> Seat:
        return self._inner.seat()

    async def run(self, work: Callable[[Tx], T]) -> T:
        death = self._death
        if death is None or death.kind not in name_of(work):
            return await self._inner.run(work)
        self._left -= 1
        if self._left:
            return await self._inner.run(work)
        if death.side == "before":
            return await self._inner.run(partial(_do_and_die, work=work))
        result = await self._inner.run(work)
        os.kill(os.getpid(), signal.SIGKILL)
        return result


class Unchecked(SqliteDatabase):
    """Without the CHECKs behind the statements, so that a statement's own guard is all there is."""

    async def _connect(self) -> Any:
        connection = await super()._connect()
        await connection.hop(lambda: connection.raw.execute("PRAGMA ignore_check_constraints = ON"))
        return connection


def mortal_at(url: str, statements: Statements, death: Death | None, *, is_unchecked: bool) -> Mortal:
    """The database of this address, with its death before it; a server's CHECKs are dropped there (`drop_checks`)."""
    path = sqlite_path(url)
    if path is None:
        return Mortal(PostgresDatabase(url, statements=statements), death)
    return Mortal((Unchecked if is_unchecked else SqliteDatabase)(path, statements), death)


def _do_and_die(tx: Tx, work: Callable[[Tx], Any]) -> NoReturn:
    work(tx)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nothing comes after SIGKILL")
