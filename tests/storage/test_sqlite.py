"""What only SQLite has: shared commits, a disk that fills up, one process a file, a log that survives a power cut."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from storage.database import AlreadyRunning, Tx
from storage.sqlite import SqliteDatabase, SqliteTx
from tests.sqlite import raw

Work = Callable[[Tx], object]


@pytest_asyncio.fixture
async def database(path: Path) -> AsyncIterator[SqliteDatabase]:
    """A file, open."""
    database = SqliteDatabase(path)
    await database.open()
    yield database
    await database.close()


def note(tx: Tx, name: str, value: str = "") -> str:
    """Write one row."""
    tx.run("put_known", name=name, value=value)
    return name


def note_and_fail(tx: Tx, name: str) -> None:
    """Write one row, then fail."""
    note(tx, name)
    raise ValueError(name)


def orphan(tx: Tx) -> None:
    """What only the COMMIT refuses."""
    raw(tx, "PRAGMA defer_foreign_keys = ON")
    raw(
        tx,
        "INSERT INTO offers (batch_id, variant_id, product_id, product, variant, price, weight, position)"
        " VALUES ('none', 'v', 'p', 'Nastar', '500 g', 1, 1, 1)",
    )


def on_disk(path: Path) -> set[str]:
    """What another program finds."""
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM known")}


def test_without_savepoints_a_failed_work_leaves_half_of_itself(path: Path) -> None:
    """The twin: the same works in one shared transaction, errors caught but not undone, leave rows of failed works."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        tx = SqliteTx(connection)
        connection.execute("BEGIN IMMEDIATE")
        for number in range(6):
            with suppress(ValueError):
                (note_and_fail if number % 3 == 0 else note)(tx, str(number))
        connection.execute("COMMIT")
    assert on_disk(path) >= {"0", "3"}


async def test_works_that_wait_share_commits(database: SqliteDatabase) -> None:
    """Two hundred works at once cost a few commits, not two hundred."""
    said: list[str] = []

    def listen(tx: Tx) -> None:
        assert isinstance(tx, SqliteTx)
        tx._connection.set_trace_callback(said.append)

    await database.run(listen)
    said.clear()
    await asyncio.gather(*(database.run(partial(note, name=str(number))) for number in range(200)))
    assert 1 <= said.count("COMMIT") <= 6


async def test_a_commit_that_fails_is_answered_to_nobody(database: SqliteDatabase, path: Path) -> None:
    """Everybody who shared it gets the error and nothing of theirs is there; the next one works."""
    works: list[Work] = [partial(note, name="a"), orphan, partial(note, name="b")]
    results = await asyncio.gather(*(database.run(work) for work in works), return_exceptions=True)
    assert all(isinstance(result, sqlite3.IntegrityError) for result in results)
    assert on_disk(path) == set()
    await database.run(partial(note, name="c"))
    assert on_disk(path) == {"c"}


async def test_a_full_disk_undoes_all_that_shared_the_transaction(database: SqliteDatabase, path: Path) -> None:
    """SQLite undoes everything by itself then; nobody is told that their work was done, and space brings it back."""
    pages = await database.run(lambda tx: raw(tx, "PRAGMA page_count")[0][0])
    await database.run(lambda tx: raw(tx, f"PRAGMA max_page_count = {pages}"))
    works = [partial(note, name="small"), partial(note, name="big", value="x" * 1_000_000), partial(note, name="after")]
    results = await asyncio.gather(*(database.run(work) for work in works), return_exceptions=True)
    done = {result for result in results if isinstance(result, str)}
    assert "big" not in done
    assert on_disk(path) == done
    await database.run(lambda tx: raw(tx, "PRAGMA max_page_count = 100000"))
    await database.run(partial(note, name="big", value="x" * 1_000_000))
    assert "big" in on_disk(path)


async def test_a_second_process_is_refused(database: SqliteDatabase, path: Path) -> None:
    """One writer a file: the second does not start, and starts once the first has gone."""
    second = SqliteDatabase(path)
    with pytest.raises(AlreadyRunning):
        await second.open()
    await database.close()
    await second.open()
    await second.close()


async def test_what_is_committed_survives_a_power_cut(database: SqliteDatabase) -> None:
    """The settings that make it so: write-ahead log, a sync with every commit, foreign keys, on both connections."""

    def settings(tx: Tx) -> tuple[object, ...]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return tuple(raw(tx, f"PRAGMA {name}")[0][0] for name in names)

    assert await database.run(settings) == ("wal", 2, 1)
    assert await database.read(settings) == ("wal", 2, 1)
