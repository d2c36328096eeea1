"""Bring the database to the newest form. yoyo applies the plain SQL of `migrations/`; it is loaded only when needed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "migrations"


def pending(path: Path) -> list[str]:
    """Migrations that this database has not seen yet, in order."""
    names = sorted(file.stem for file in FOLDER.glob("*.sql"))
    if not path.exists():
        return names
    with closing(sqlite3.connect(path)) as connection:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_yoyo_migration'").fetchone()
        if known is None:
            return names
        applied = {row[0] for row in connection.execute("SELECT migration_id FROM _yoyo_migration")}
    return [name for name in names if name not in applied]


def migrate(path: Path) -> list[str]:
    """Apply what is pending and return the names; quick when nothing is. The caller holds the instance lock."""
    names = pending(path)
    if names:
        import yoyo

        path.parent.mkdir(parents=True, exist_ok=True)
        with yoyo.get_backend(f"sqlite:///{path}") as backend:
            backend.apply_migrations(backend.to_apply(yoyo.read_migrations(str(FOLDER))))
    return names
