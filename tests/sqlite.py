"""SQLite for the tests: a migrated file without rows wherever one is wanted, and SQLite's own words.

In: where it shall lie. Out: the file. Migrated once in a process and copied, because migrating takes longer than most
tests.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from storage.database import Tx
from storage.migrate import migrate
from storage.sqlite import SqliteTx


def put_empty(path: Path) -> Path:
    """A migrated database without rows lies there afterwards; returns where."""
    path.write_bytes(_migrated())
    return path


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        migrate(path)
        return path.read_bytes()


def raw(tx: Tx, sql: str) -> list[Any]:
    """A statement of SQLite's own, inside a transaction; its rows."""
    assert isinstance(tx, SqliteTx)
    return tx._connection.execute(sql).fetchall()
