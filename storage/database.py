"""What both databases promise: a plain function is one transaction (architecture, Storage).

`await database.run(work)` calls `work(tx)` in one hop off the event loop: no `await` inside, so no network call slips
into a transaction. It returns when the work is on the disk, and raises what the work raised with nothing of it done.

Errors are those of `sqlite3` with either database, so that nobody loads psycopg only to catch what it raises:

    sqlite3.Error
    ├── OperationalError = Refused   the database could not now (full, busy, away): nothing is done, try again later
    ├── IntegrityError               a key or a CHECK refused the work
    └── DatabaseError                anything else
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from storage.seat import Seat

T = TypeVar("T")
Row = Mapping[str, Any]
Refused = sqlite3.OperationalError


class AlreadyRunning(Exception):
    """Another process works on this database."""


class Unreachable(Exception):
    """There is no database at this address, or it lets nobody in; the text says why."""


class Tx(ABC):
    """The open transaction: named statements of `queries/`, by name."""

    @abstractmethod
    def one(self, name: str, /, **values: object) -> Row | None:
        """The first row, if any."""

    @abstractmethod
    def all(self, name: str, /, **values: object) -> Sequence[Row]:
        """Every row."""

    @abstractmethod
    def value(self, name: str, /, **values: object) -> Any:
        """The first value of the first row, or None."""

    @abstractmethod
    def run(self, name: str, /, **values: object) -> int:
        """How many rows the statement changed."""

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What is done inside is undone when it raises; what was done before stays."""
        self._control("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            if self._is_open():
                self._control("ROLLBACK TO attempt")
                self._control("RELEASE attempt")
            raise
        self._control("RELEASE attempt")

    @abstractmethod
    def _control(self, sql: str) -> None:
        """Run a savepoint's statement."""

    @abstractmethod
    def _is_open(self) -> bool:
        """False when the database has ended the transaction by itself."""


class Database(ABC):
    """One shop's books."""

    @abstractmethod
    async def open(self) -> None:
        """Be ready to work. Raises `AlreadyRunning` or `Unreachable`."""

    @abstractmethod
    async def close(self) -> None:
        """Finish what was asked for, then let go."""

    @abstractmethod
    async def run(self, work: Callable[[Tx], T]) -> T:
        """Do `work` in a transaction; returns when it is on the disk. Raises what `work` raised, undone.

        Everything the work does must be in what it returns: it may be done again from the start when two collide.
        """

    @abstractmethod
    async def read(self, work: Callable[[Tx], T]) -> T:
        """Do `work` on one moment's view of what is committed; it cannot write."""

    @abstractmethod
    def seat(self) -> Seat:
        """The place that one process has from which it fetches, sends and does what is due."""
