"""The named statements of `queries/*.sql`, loaded by aiosql: name → SQL in the dialect of the database.

Both databases get the same text. Where PostgreSQL needs another (a row lock, for which SQLite has no word), a statement
of the same name in `queries/postgres/` takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import aiosql
from aiosql.adapters.pyformat import PyFormatAdapter

Statements = dict[str, str]
_FOLDER: Final = Path(__file__).parent / "queries"


class _Psycopg(PyFormatAdapter):
    """`:name` → `%(name)s`; a percent sign that is meant is doubled."""

    def process_sql(self, query_name: str, op_type: Any, sql: str) -> str:
        processed: str = super().process_sql(  # type: ignore[no-untyped-call]  # aiosql leaves it untyped
            query_name, op_type, sql.replace("%", "%%")
        )
        return processed


def _load(folder: Path, driver: str | type[PyFormatAdapter]) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.glob("*.sql")):
        queries = aiosql.from_path(file, driver)
        for name in queries.available_queries:
            if not name.endswith("_cursor"):
                yield name, getattr(queries, name).sql


@cache
def postgres() -> Statements:
    """Every statement by name for psycopg; read when it is first asked for."""
    shared, own = dict(_load(_FOLDER, _Psycopg)), dict(_load(_FOLDER / "postgres", _Psycopg))
    strangers = own.keys() - shared.keys()
    if strangers:
        raise LookupError(f"only PostgreSQL has the statements {', '.join(sorted(strangers))}")
    return shared | own


STATEMENTS: Final[Statements] = dict(_load(_FOLDER, "sqlite3"))
