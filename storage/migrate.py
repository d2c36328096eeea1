"""Bring the database to the newest form. yoyo applies the plain SQL of `migrations/`; it is loaded only when needed.

Both databases get the same files; PostgreSQL gets those of `migrations/postgres/` as well.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from storage.databases import sqlite_path

FOLDER: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 0x62756B61706F + 1  # beside the seat's


def pending(where: Path | str) -> list[str]:
    """Migrations that this database (a SQLite file or an address) has not seen yet, in order.

    Raises `Unreachable` when a server does not answer.
    """
    path = where if isinstance(where, Path) else sqlite_path(where)
    if path is None:
        with _alone(str(where)) as applied:
            return [name for name in _names(FOLDER, FOLDER / "postgres") if name not in applied]
    names = _names(FOLDER)
    if not path.exists():
        return names
    with closing(sqlite3.connect(path)) as connection:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_yoyo_migration'").fetchone()
        if known is None:
            return names
        done = {row[0] for row in connection.execute("SELECT migration_id FROM _yoyo_migration")}
    return [name for name in names if name not in done]


def migrate(where: Path | str) -> list[str]:
    """Apply what is pending and return the names; quick when nothing is.

    The caller holds a SQLite file's instance lock. Of several processes on a PostgreSQL one applies, the others wait.
    """
    path = where if isinstance(where, Path) else sqlite_path(where)
    if path is not None:
        names = pending(path)
        if names:
            path.parent.mkdir(parents=True, exist_ok=True)
            _apply(f"sqlite:///{path}", FOLDER)
        return names
    url = str(where)
    with _alone(url) as applied:
        names = [name for name in _names(FOLDER, FOLDER / "postgres") if name not in applied]
        if names:
            _apply(f"postgresql+psycopg://{url.partition('://')[2]}", FOLDER, FOLDER / "postgres")
        return names


def _names(*folders: Path) -> list[str]:
    return sorted(file.stem for folder in folders for file in folder.glob("*.sql"))


def _apply(url: str, *folders: Path) -> None:
    import yoyo

    with yoyo.get_backend(url) as backend:
        backend.apply_migrations(backend.to_apply(yoyo.read_migrations(*map(str, folders))))


@contextmanager
def _alone(url: str) -> Iterator[set[str]]:
    """What was applied, while no other process applies anything."""
    import psycopg

    from storage.database import Unreachable
    from storage.postgres import LIVELY, why_unreachable

    try:
        connection = psycopg.connect(url, autocommit=True, **LIVELY)
    except psycopg.OperationalError:
        raise Unreachable(why_unreachable(url)) from None
    with connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        known = connection.execute("SELECT to_regclass('_yoyo_migration')").fetchone()
        if known is None or known[0] is None:
            yield set()
        else:
            yield {row[0] for row in connection.execute("SELECT migration_id FROM _yoyo_migration")}
