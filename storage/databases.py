"""From an address to a database: `sqlite:///data/bukapo.db`, or `postgresql://user:password@host/name`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from storage.database import Database
from storage.sqlite import SqliteDatabase

_SQLITE: Final = "sqlite:///"
_POSTGRES: Final = ("postgresql://", "postgres://")


def database_at(url: str) -> Database:
    """The database of this address, not yet open. Raises `ValueError` for an address of another form."""
    path = sqlite_path(url)
    if path is not None:
        return SqliteDatabase(path)
    if not url.startswith(_POSTGRES):
        raise ValueError(url)
    from storage.postgres import PostgresDatabase  # most shops never need it

    return PostgresDatabase(url)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database of this address, open and in the form that this version needs, for one piece of work.

    Raises `AlreadyRunning`, `Unreachable`; a server that refuses is not waited for, because somebody sits before it.
    """
    from storage.migrate import migrate

    database = database_at(url)
    if sqlite_path(url) is None:
        await asyncio.to_thread(migrate, url)
    await database.open()
    try:
        if sqlite_path(url) is not None:
            await asyncio.to_thread(migrate, url)  # only whoever has the file may change its form
        yield database
    finally:
        await database.close()


def sqlite_path(url: str) -> Path | None:
    """The file of a SQLite address, else None."""
    return Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None


def shown(url: str) -> str:
    """An address as people may read it: the file, or the server without the password, wherever in it that stands."""
    path = sqlite_path(url)
    if path is not None:
        return str(path)
    hidden = re.sub(r"(://[^/@]*?:)[^/]*@", r"\1…@", url)
    return re.sub(r"(?i)([?&](?:ssl)?password=)[^&]*", r"\1…", hidden)
