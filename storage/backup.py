"""A copy of the shop's file while the bot works, and back again.

In: paths. Out: one file that is whole and sound, or an error and nothing changed. The copy is of one moment: a reading
connection of its own sees what was committed then, and nobody who writes has to wait. Never copies the file's bytes: a
plain copy of a database at work is damaged more often than not.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from storage.sqlite import lock_file

_COMPANIONS: Final = ("-wal", "-shm")


class NotABackup(Exception):
    """The file is not a sound database of a shop; the text says what is wrong."""


class AlreadyThere(Exception):
    """A file of this name exists; it is not overwritten."""


def back_up(source: Path, target: Path) -> int:
    """Copy the database at work to a new file, on the disk when this returns; returns its size in bytes.

    Raises `AlreadyThere`, `NotABackup` when the source is no sound database, `OSError`.
    """
    if target.exists():
        raise AlreadyThere(str(target))
    if not source.exists():
        raise NotABackup(f"there is no database at {source}")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        _copy(source, part)
        _examine(part)
        _sync(part)
        # A name that came into being meanwhile is somebody else's file.
        os.link(part, target)
    except FileExistsError as error:
        raise AlreadyThere(str(target)) from error
    except sqlite3.DatabaseError as error:
        raise NotABackup(f"{source} cannot be read: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    _sync(target.parent)
    return target.stat().st_size


def restore(backup: Path, target: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the database; returns where the one before is kept, None when there was none.

    Messages to many that had not left when the backup was made may have left since: they count as in doubt and are not
    sent again. Raises `AlreadyRunning` while a bot works on the file, `NotABackup`, `OSError`.
    """
    if not backup.is_file():
        raise NotABackup(f"there is no file {backup}")
    with lock_file(target):
        fresh = target.with_name(target.name + ".restored")
        fresh.unlink(missing_ok=True)
        try:
            _copy(backup, fresh)
            _examine(fresh)
            _doubt_broadcasts(fresh)
        except sqlite3.DatabaseError as error:
            fresh.unlink(missing_ok=True)
            raise NotABackup(f"{backup} is not a backup of a shop: {error}") from error
        except NotABackup:
            fresh.unlink(missing_ok=True)
            raise
        _sync(fresh)
        before = _put_aside(target, now)
        fresh.replace(target)
        _sync(target.parent)
    return before


def _copy(source: Path, target: Path) -> None:
    """In one step: in several, every commit in between would begin the copy anew."""
    read_only = f"{source.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(read_only, uri=True, timeout=30)) as before, closing(sqlite3.connect(target)) as after:
        before.backup(after, pages=-1)
        after.execute("PRAGMA journal_mode = DELETE")


def _examine(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        said = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if said != "ok":
            raise NotABackup(f"{path} is damaged: {said}")
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'orders'").fetchone() is None:
            raise NotABackup(f"{path} holds no shop")


def _doubt_broadcasts(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "UPDATE outbox SET state = 'ambiguous' WHERE state IN ('queued', 'sending') AND priority = 2"
        )


def _put_aside(target: Path, now: datetime) -> Path | None:
    """Rename the database, with what belongs to it: an old -wal beside a new file would damage it."""
    if not target.exists():
        for companion in _COMPANIONS:
            target.with_name(target.name + companion).unlink(missing_ok=True)
        return None
    before = target.with_name(f"{target.name}.before-{now:%Y%m%d-%H%M%S}")
    for companion in ("", *_COMPANIONS):
        part = target.with_name(target.name + companion)
        if part.exists():
            part.rename(before.with_name(before.name + companion))
    return before


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
