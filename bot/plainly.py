"""What the command line says when it cannot do what it was told: one sentence, exit code 1, no traceback.

In: the errors of settings, sheets and databases. Out: words on stderr. Which commands there are stands in
`bot.__main__` and its neighbours `bot.sheet_commands` and `bot.database_commands`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from bot.settings import Settings, WrongSettings, load


class Refusal(Exception):
    """What was asked for cannot be done; the text says it to whoever asked."""


def fail(text: str) -> NoReturn:
    """Say it and end with exit code 1."""
    typer.echo(text, err=True)
    raise typer.Exit(1)


def settings() -> Settings:
    """The settings of the environment, or the end: a line for each that is wrong."""
    try:
        return load()
    except WrongSettings as error:
        fail(f"{error}\nSettings are environment variables or lines of the file .env; .env.example shows each.")


@contextmanager
def plainly() -> Iterator[None]:
    """Around what a command does: whatever can be in its way ends it with a sentence that says how to mend it."""
    from storage.database import AlreadyRunning, Unreachable

    try:
        yield
    except Refusal as error:
        fail(str(error))
    except AlreadyRunning as error:
        fail(already(str(error)))
    except Unreachable as error:
        fail(unreachable(error))
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise  # a bug of ours, not the file's
        fail(f"The database cannot be worked with ({error}): `bukapo doctor` says how to mend it.")


def unreachable(error: Exception) -> str:
    """For `Unreachable`."""
    return f"The database does not let us in: {error}. Check BUKAPO_DATABASE_URL, and that its server runs."


def already(where: str) -> str:
    """For `AlreadyRunning`: `where` is the database's file or address."""
    from storage.databases import shown

    return (
        f"Another process works on {shown(where)}: stop it first (the bot, or another bukapo command). "
        "Two at once would risk the orders in it."
    )
