"""What psycopg raises, in the words of `storage.database`.

The text is PostgreSQL's code and kind alone: its details quote rows, and rows hold names and addresses.
"""

from __future__ import annotations

import sqlite3

import psycopg

from storage.database import Refused


class Collided(Refused):
    """Two works waited for each other, or for the same row, and this one was undone: it may be done again."""


def said(error: psycopg.Error) -> sqlite3.Error:
    """The same error as SQLite would raise it."""
    text = f"{type(error).__name__} {error.sqlstate or ''}".rstrip()
    match error:
        case psycopg.errors.SerializationFailure() | psycopg.errors.DeadlockDetected():
            return Collided(text)
        case psycopg.OperationalError() | psycopg.errors.ReadOnlySqlTransaction():
            return Refused(text)
        case psycopg.IntegrityError():
            return sqlite3.IntegrityError(text)
        case psycopg.DataError():
            return sqlite3.DataError(text)
        case psycopg.ProgrammingError():
            return sqlite3.ProgrammingError(text)
        case _:
            return sqlite3.DatabaseError(text)
