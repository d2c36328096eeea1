"""`bukapo migrate`, `backup` and `restore`: the shop's books as a whole. Parses and calls."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.plainly import fail, plainly, settings


def migrate(
    source: Annotated[str, typer.Option("--from", help="move a shop from here, like sqlite:///data/bukapo.db")] = "",
    target: Annotated[str, typer.Option("--to", help="to here, like postgresql://user:password@host/name")] = "",
) -> None:
    """Bring the database to the form that this version needs; `run` does this by itself. Or move it to another one."""
    from bot import migrate_command
    from storage.moving import CannotMove

    if bool(source) != bool(target):
        fail("Moving a shop needs both --from and --to.")
    try:
        with plainly():
            if source:
                text = migrate_command.move_shop(source, target)
            else:
                text = migrate_command.bring_up(settings().database_url)
    except CannotMove as error:
        fail(str(error))
    typer.echo(text)


def backup(file: Annotated[Path, typer.Argument(help="where to put the copy; must not exist yet")]) -> None:
    """Copy the shop's database to a file. Safe while the bot runs, and nobody has to wait for it."""
    from storage.backup import AlreadyThere, NotABackup, back_up

    try:
        size = back_up(_own_file(), file)
    except AlreadyThere:
        fail(f"{file} is there already: choose another name, nothing was overwritten.")
    except (NotABackup, OSError) as error:
        fail(f"No backup was made: {error}.")
    typer.echo(
        f"The shop is in {file} ({size:,} bytes). It holds names, addresses and orders: keep it as safe as them."
    )


def restore(file: Annotated[Path, typer.Argument(help="a file that `bukapo backup` made")]) -> None:
    """Put a backup in the place of the shop's database. Stop the bot first; the file of before is kept beside it."""
    from datetime import UTC, datetime

    from storage.backup import NotABackup
    from storage.backup import restore as put_back

    try:
        with plainly():
            before = put_back(file, _own_file(), datetime.now(UTC))
    except (NotABackup, OSError) as error:
        fail(f"Nothing was restored: {error}.")
    kept = f" What was there before is kept as {before}." if before else ""
    typer.echo(f"{file} is the shop's database now.{kept} Start the bot with `bukapo run`.")


def _own_file() -> Path:
    from storage.databases import sqlite_path

    path = sqlite_path(settings().database_url)
    if path is None:
        fail("The shop is on a PostgreSQL server: back it up with pg_dump, and put it back with pg_restore.")
    return path
