"""A function is a transaction: whole or not at all, on the disk before anybody is told, sharing commits under load."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest

from storage.database import AlreadyRunning, Database, Tx

Work = Callable[[Tx], object]


def note(tx: Tx, name: str, value: str = "") -> str:
    """Write one row."""
    tx._connection.execute("INSERT INTO known (name, value) VALUES (?, ?)", (name, value))
    return name


def note_and_fail(tx: Tx, name: str) -> None:
    """Write one row, then fail."""
    note(tx, name)
    raise ValueError(name)


def orphan(tx: Tx) -> None:
    """What only the COMMIT refuses."""
    tx._connection.execute("PRAGMA defer_foreign_keys = ON")
    tx._connection.execute(
        "INSERT INTO offers (batch_id, variant_id, product_id, product, variant, price, weight, position)"
        " VALUES ('none', 'v', 'p', 'Nastar', '500 g', 1, 1, 1)"
    )


def on_disk(path: Path) -> set[str]:
    """What another program finds."""
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM known")}


async def test_what_is_answered_is_on_the_disk(database: Database, path: Path) -> None:
    """When `run` returns, another program sees it."""
    assert await database.run(partial(note, name="a")) == "a"
    assert on_disk(path) == {"a"}


async def test_a_work_that_fails_is_undone_alone(database: Database, path: Path) -> None:
    """Of two hundred at once every third fails half-way: its caller is told why, nothing of it stays, the rest does."""
    works: list[Work] = [partial(note_and_fail if number % 3 == 0 else note, name=str(number)) for number in range(200)]
    results = await asyncio.gather(*(database.run(work) for work in works), return_exceptions=True)
    for number, result in enumerate(results):
        if number % 3 == 0:
            assert isinstance(result, ValueError)
            assert result.args == (str(number),)
        else:
            assert result == str(number)
    assert on_disk(path) == {str(number) for number in range(200) if number % 3}


def test_without_savepoints_a_failed_work_leaves_half_of_itself(path: Path) -> None:
    """The twin: the same works in one shared transaction, errors caught but not undone, leave rows of failed works."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        tx = Tx(connection)
        connection.execute("BEGIN IMMEDIATE")
        for number in range(6):
            with suppress(ValueError):
                (note_and_fail if number % 3 == 0 else note)(tx, str(number))
        connection.execute("COMMIT")
    assert on_disk(path) >= {"0", "3"}


async def test_works_that_wait_share_commits(database: Database) -> None:
    """Two hundred works at once cost a few commits, not two hundred."""
    said: list[str] = []
    await database.run(lambda tx: tx._connection.set_trace_callback(said.append))
    said.clear()
    await asyncio.gather(*(database.run(partial(note, name=str(number))) for number in range(200)))
    assert 1 <= said.count("COMMIT") <= 6


async def test_a_commit_that_fails_is_answered_to_nobody(database: Database, path: Path) -> None:
    """Everybody who shared it gets the error and nothing of theirs is there; the next one works."""
    works: list[Work] = [partial(note, name="a"), orphan, partial(note, name="b")]
    results = await asyncio.gather(*(database.run(work) for work in works), return_exceptions=True)
    assert all(isinstance(result, sqlite3.IntegrityError) for result in results)
    assert on_disk(path) == set()
    await database.run(partial(note, name="c"))
    assert on_disk(path) == {"c"}


async def test_a_full_disk_undoes_all_that_shared_the_transaction(database: Database, path: Path) -> None:
    """SQLite undoes everything by itself then; nobody is told that their work was done, and space brings it back."""
    pages = await database.run(lambda tx: tx._connection.execute("PRAGMA page_count").fetchone()[0])
    await database.run(lambda tx: tx._connection.execute(f"PRAGMA max_page_count = {pages}").fetchone())
    works = [partial(note, name="small"), partial(note, name="big", value="x" * 1_000_000), partial(note, name="after")]
    results = await asyncio.gather(*(database.run(work) for work in works), return_exceptions=True)
    done = {result for result in results if isinstance(result, str)}
    assert "big" not in done
    assert on_disk(path) == done
    await database.run(lambda tx: tx._connection.execute("PRAGMA max_page_count = 100000").fetchone())
    await database.run(partial(note, name="big", value="x" * 1_000_000))
    assert "big" in on_disk(path)


async def test_part_of_a_work_can_be_undone(database: Database, path: Path) -> None:
    """Inside `attempt` what failed is undone; what came before it stays, what comes after it counts."""

    def work(tx: Tx) -> None:
        note(tx, "before")
        with suppress(ValueError), tx.attempt():
            note(tx, "outer")
            with suppress(ValueError), tx.attempt():
                note_and_fail(tx, "inner")
            note(tx, "outer too")
            raise ValueError
        with tx.attempt():
            note(tx, "after")

    await database.run(work)
    assert on_disk(path) == {"before", "after"}


async def test_reading_cannot_write(database: Database, path: Path) -> None:
    """The reading connection refuses, sees what is committed, and goes on after an error."""
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.read(partial(note, name="a"))
    await database.run(partial(note, name="b"))
    count = await database.read(lambda tx: tx._connection.execute("SELECT COUNT(*) FROM known").fetchone()[0])
    assert count == 1
    assert on_disk(path) == {"b"}


async def test_reading_sees_no_half_of_anything(database: Database) -> None:
    """While rows are written two by two, whoever reads always finds pairs."""

    def pair(tx: Tx, number: int) -> None:
        note(tx, f"{number}a")
        note(tx, f"{number}b")

    async def write() -> None:
        for number in range(50):
            await database.run(partial(pair, number=number))

    writing = asyncio.create_task(write())
    while not writing.done():
        count = await database.read(lambda tx: tx._connection.execute("SELECT COUNT(*) FROM known").fetchone()[0])
        assert count % 2 == 0
    await writing


async def test_a_second_process_is_refused(database: Database, path: Path) -> None:
    """One writer a file: the second does not start, and starts once the first has gone."""
    second = Database(path)
    with pytest.raises(AlreadyRunning):
        await second.open()
    await database.close()
    await second.open()
    await second.close()


async def test_what_is_committed_survives_a_power_cut(database: Database) -> None:
    """The settings that make it so: write-ahead log, a sync with every commit, foreign keys, on both connections."""

    def settings(tx: Tx) -> tuple[object, ...]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return tuple(tx._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)

    assert await database.run(settings) == ("wal", 2, 1)
    assert await database.read(settings) == ("wal", 2, 1)


async def test_closing_waits_for_what_was_asked(path: Path) -> None:
    """Works that wait are done before the file is closed; after that every caller is told."""
    database = Database(path)
    await database.open()
    waiting = [asyncio.create_task(database.run(partial(note, name=str(number)))) for number in range(100)]
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*waiting)
    assert len(on_disk(path)) == 100
    with pytest.raises(RuntimeError, match="not open"):
        await database.run(partial(note, name="late"))
    with pytest.raises(RuntimeError, match="not open"):
        await database.read(partial(note, name="late"))


async def test_a_caller_who_gives_up_stops_nobody(database: Database, path: Path) -> None:
    """Cancelled callers leave their work to be done; the others are answered."""
    tasks = [asyncio.create_task(database.run(partial(note, name=str(number)))) for number in range(20)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [result for result in results if isinstance(result, str)] == [str(number) for number in range(1, 20, 2)]
    await database.run(partial(note, name="last"))
    assert {"1", "19", "last"} <= on_disk(path)


async def test_no_value_reaches_a_debug_log(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    """The driver writes at DEBUG what it runs; names and addresses are not among it."""
    caplog.set_level(logging.DEBUG)
    await database.run(partial(note, name="Aisyah", value="Jl. Melati 5"))
    await database.read(partial(lambda tx, who: tx.one("person", id=who), who=77001122))
    assert caplog.records
    assert not [word for word in ("Aisyah", "Melati", "77001122") if word in caplog.text]
