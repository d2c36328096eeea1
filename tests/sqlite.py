"""SQLite's own words, for tests of what only it has."""

from __future__ import annotations

from typing import Any

from storage.database import Tx
from storage.sqlite import SqliteTx


def raw(tx: Tx, sql: str) -> list[Any]:
    """A statement of SQLite's own, inside a transaction; its rows."""
    assert isinstance(tx, SqliteTx)
    return tx._connection.execute(sql).fetchall()
