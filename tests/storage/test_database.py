"""A function is a transaction, on both databases: whole or not at all, on the disk before anybody is told."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial

import psycopg
import pytest

from storage.database import Database, Refused, Tx
from storage.databases import database_at, sqlite_path

Work = Callable[[Tx], object]
OnDisk = Callable[[], set[str]]


@pytest.fixture
def on_disk(url: str) -> OnDisk:
    """What another program finds."""
    path = sqlite_path(url)

    def look() -> set[str]:
        if path is None:
            with psycopg.connect(url) as server:
                return {row[0] for row in server.execute("SELECT name FROM known")}
        with closing(sqlite3.connect(path)) as connection:
            return {row[0] for row in connection.execute("SELECT name FROM known")}

    return look


def note(tx: Tx, name: str, value: str = "") -> str:
    """Write one row."""
    tx.run("put_known", name=name, value=value)
    return name


def note_and_fail(tx: Tx, name: str) -> None:
    """Write one row, then fail."""
    note(tx, name)
    raise ValueError(name)


def count(tx: Tx) -> int:
    """How many of a hundred rows there are, asked for one by one."""
    return sum(tx.value("known", name=f"{number}{half}") is not None for number in range(50) for half in "ab")


async def test_what_is_answered_is_on_the_disk(database: Database, on_disk: OnDisk) -> None:
    """When `run` returns, another program sees it."""
    assert await database.run(partial(note, name="a")) == "a"
    assert on_disk() == {"a"}


async def test_a_work_that_fails_is_undone_alone(database: Database, on_disk: OnDisk) -> None:
    """Of two hundred at once every third fails half-way: its caller is told why, nothing of it stays, the rest does."""
    works: list[Work] = [partial(note_and_fail if number % 3 == 0 else note, name=str(number)) for number in range(200)]
    results = await asyncio.gather(*(database.run(work) for work in works), return_exceptions=True)
    for number, result in enumerate(results):
        if number % 3 == 0:
            assert isinstance(result, ValueError)
            assert result.args == (str(number),)
        else:
            assert result == str(number)
    assert on_disk() == {str(number) for number in range(200) if number % 3}


async def test_part_of_a_work_can_be_undone(database: Database, on_disk: OnDisk) -> None:
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
    assert on_disk() == {"before", "after"}


async def test_reading_cannot_write(database: Database, on_disk: OnDisk) -> None:
    """The reading connection refuses, sees what is committed, and goes on after an error."""
    with pytest.raises(Refused):
        await database.read(partial(note, name="a"))
    await database.run(partial(note, name="b"))
    assert await database.read(lambda tx: tx.value("known", name="b")) == ""
    assert on_disk() == {"b"}


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
        seen = await database.read(count)
        assert seen % 2 == 0
    await writing


async def test_closing_waits_for_what_was_asked(url: str, on_disk: OnDisk) -> None:
    """Works that wait are done before the database is closed; after that every caller is told."""
    database = database_at(url)
    await database.open()
    waiting = [asyncio.create_task(database.run(partial(note, name=str(number)))) for number in range(100)]
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*waiting)
    assert len(on_disk()) == 100
    with pytest.raises(RuntimeError, match="not open"):
        await database.run(partial(note, name="late"))
    with pytest.raises(RuntimeError, match="not open"):
        await database.read(partial(note, name="late"))


async def test_a_caller_who_gives_up_stops_nobody(database: Database, on_disk: OnDisk) -> None:
    """Cancelled callers leave their work to be done; the others are answered."""
    tasks = [asyncio.create_task(database.run(partial(note, name=str(number)))) for number in range(20)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [result for result in results if isinstance(result, str)] == [str(number) for number in range(1, 20, 2)]
    await database.run(partial(note, name="last"))
    assert {"1", "19", "last"} <= on_disk()


async def test_no_value_reaches_a_debug_log(database: Database, url: str, caplog: pytest.LogCaptureFixture) -> None:
    """The driver writes at DEBUG what it runs; names and addresses are not among it."""
    caplog.set_level(logging.DEBUG)
    await database.close()
    await database.open()
    await database.run(partial(note, name="Aisyah", value="Jl. Melati 5"))
    await database.read(partial(lambda tx, who: tx.one("person", id=who), who=77001122))
    assert caplog.records or sqlite_path(url) is None
    assert not [word for word in ("Aisyah", "Melati", "77001122") if word in caplog.text]
