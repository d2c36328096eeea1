"""The named statements of `queries/*.sql`, read by aiosql: name → SQL in the dialect of the database.

The files are cut at their names; a statement is read when it is first asked for, because reading all of them took as
long as a tenth of a start.

Both databases get the same text. Where PostgreSQL needs another (a row lock, for which SQLite has no word), a statement
of the same name in `queries/postgres/` takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import aiosql
from aiosql.adapters.pyformat import PyFormatAdapter

Statements = Mapping[str, str]
_FOLDER: Final = Path(__file__).parent / "queries"
_NAME: Final = re.compile(r"^-- name: (\w+)", re.MULTILINE)


class _Psycopg(PyFormatAdapter):
    """`:name` → `%(name)s`; a percent sign that is meant is doubled."""

    def process_sql(self, query_name: str, op_type: Any, sql: str) -> str:
        processed: str = super().process_sql(  # type: ignore[no-untyped-call]  # aiosql leaves it untyped
            query_name, op_type, sql.replace("%", "%%")
        )
        return processed


class _Shelf(Mapping[str, str]):
    """The statements of a folder. Raises `LookupError` when a name stands twice."""

    def __init__(self, folder: Path, driver: str | type[PyFormatAdapter]) -> None:
        self._driver = driver
        self._unread: dict[str, str] = {}
        self._read: dict[str, str] = {}
        for file in sorted(folder.glob("*.sql")):
            text = file.read_text(encoding="utf-8")
            starts = [*_NAME.finditer(text)]
            ends = [one.start() for one in starts[1:]] + [len(text)]
            for start, end in zip(starts, ends, strict=True):
                if start[1] in self._unread:
                    raise LookupError(f"{file.name}: {start[1]} stands twice")
                self._unread[start[1]] = text[start.start() : end]

    def __getitem__(self, name: str) -> str:
        try:
            return self._read[name]
        except KeyError:
            queries = aiosql.from_str(self._unread[name], self._driver)
            self._read[name] = sql = str(getattr(queries, name).sql)
            return sql

    def __iter__(self) -> Iterator[str]:
        return iter(self._unread)

    def __len__(self) -> int:
        return len(self._unread)


@cache
def postgres() -> Statements:
    """Every statement by name for psycopg; read when it is first asked for."""
    shared, own = _Shelf(_FOLDER, _Psycopg), _Shelf(_FOLDER / "postgres", _Psycopg)
    strangers = own.keys() - shared.keys()
    if strangers:
        raise LookupError(f"only PostgreSQL has the statements {', '.join(sorted(strangers))}")
    return {**shared, **own}


STATEMENTS: Final[Statements] = _Shelf(_FOLDER, "sqlite3")
