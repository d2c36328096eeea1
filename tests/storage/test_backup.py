"""A backup is the shop at one moment, whole; a restore puts it back and keeps what was there."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from storage import outbox, people
from storage.backup import AlreadyThere, NotABackup, back_up, restore
from storage.database import AlreadyRunning, Database, Tx
from storage.outbox import Outgoing, Priority

# a server has its own way: pg_dump
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


def remember(tx: Tx, name: str) -> None:
    people.remember(tx, name, "")
    people.remember(tx, f"{name} too", "")


def names(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM known")}


async def test_a_backup_is_whole_while_others_write(database: Database, path: Path, tmp_path: Path) -> None:
    """Copies made while rows come in hold every transaction whole, and all that were committed before they began."""
    stopping = False

    async def write() -> int:
        number = 0
        while not stopping:
            number += 1
            await database.run(partial(remember, name=f"n{number}"))
        return number

    writing = asyncio.create_task(write())
    for number in range(5):
        before = names(path)
        target = tmp_path / f"copy{number}.db"
        await asyncio.to_thread(back_up, path, target)
        kept = names(target)
        assert before <= kept
        assert {f"{name} too" for name in kept if not name.endswith("too")} <= kept
    stopping = True
    assert await writing > 5


async def test_a_restored_shop_is_the_one_that_was_backed_up(database: Database, path: Path, tmp_path: Path) -> None:
    """What came after the backup is gone from the shop, and kept in the file beside it."""
    await database.run(partial(remember, name="before"))
    back_up(path, tmp_path / "copy.db")
    await database.run(partial(remember, name="after"))
    await database.close()
    kept = restore(tmp_path / "copy.db", path, NOW)
    assert names(path) == {"before", "before too"}
    assert kept == path.with_name("bukapo.db.before-20261125-030000")
    assert "after" in names(kept)
    await database.open()
    await database.run(partial(remember, name="later"))
    assert {"before", "later"} <= names(path)


async def test_nothing_is_restored_while_a_bot_works(database: Database, path: Path, tmp_path: Path) -> None:
    """The file of a running bot is left alone."""
    back_up(path, tmp_path / "copy.db")
    await database.run(partial(remember, name="after"))
    with pytest.raises(AlreadyRunning):
        restore(tmp_path / "copy.db", path, NOW)
    assert "after" in names(path)


async def test_a_restore_sends_no_broadcast_again(database: Database, path: Path, tmp_path: Path) -> None:
    """What waited in the backup may have left since: messages to many count as in doubt, those to one person go."""
    for key, priority in (("answer", Priority.ANSWER), ("update", Priority.ORDER), ("many", Priority.BROADCAST)):
        message = Outgoing(key, 7001, "sendMessage", {"text": key}, priority)
        await database.run(partial(outbox.put, message=message, now=NOW))
    back_up(path, tmp_path / "copy.db")
    await database.close()
    restore(tmp_path / "copy.db", path, NOW)
    with closing(sqlite3.connect(path)) as connection:
        states = dict(connection.execute("SELECT key, state FROM outbox").fetchall())
    assert states == {"answer": "queued", "update": "queued", "many": "ambiguous"}


async def test_a_backup_overwrites_nothing(database: Database, path: Path, tmp_path: Path) -> None:
    """A file of that name stays as it is."""
    target = tmp_path / "copy.db"
    target.write_text("mine")
    with pytest.raises(AlreadyThere):
        back_up(path, target)
    assert target.read_text() == "mine"


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\x00" + b"\x01" * 5000])
async def test_what_is_no_backup_is_refused(database: Database, path: Path, tmp_path: Path, content: bytes) -> None:
    """An empty, foreign or damaged file is named and nothing changes."""
    await database.run(partial(remember, name="mine"))
    await database.close()
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(content)
    with pytest.raises(NotABackup):
        restore(wrong, path, NOW)
    assert "mine" in names(path)
    assert not path.with_name(path.name + ".restored").exists()


def test_a_backup_of_nothing_is_refused(url: str, tmp_path: Path) -> None:
    """Where there is no shop, no empty file is made that looks like a backup."""
    folder = tmp_path / "nothing"
    folder.mkdir()
    with pytest.raises(NotABackup):
        back_up(folder / "none.db", folder / "copy.db")
    assert list(folder.iterdir()) == []


async def test_a_plain_copy_is_not_a_backup(database: Database, path: Path, tmp_path: Path) -> None:
    """The twin: copying the file's bytes misses what was committed a moment ago."""
    await database.run(partial(remember, name="just now"))
    shutil.copy(path, tmp_path / "copy.db")
    assert "just now" not in names(tmp_path / "copy.db")
