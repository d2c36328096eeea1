"""The named statements of `queries/*.sql`, loaded once by aiosql: name → SQL in the dialect of the database."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import aiosql

Statements = dict[str, str]
_FOLDER: Final = Path(__file__).parent / "queries"


def load(driver: str) -> Statements:
    """Every statement by name; `driver` is aiosql's name of the dialect (`sqlite3`, `psycopg`)."""
    queries = aiosql.from_path(_FOLDER, driver)
    names = [name for name in queries.available_queries if not name.endswith("_cursor")]
    return {name: getattr(queries, name).sql for name in names}


STATEMENTS: Final = load("sqlite3")
