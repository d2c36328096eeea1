"""The command line: `bukapo run`, `demo`, `migrate`, `backup`, `restore`, `catalog`, `shipping`, `doctor`.

Parses, calls, says what went wrong.

Nothing heavy is imported before the command is known: a start is quick.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.settings import Settings, WrongSettings, load

if TYPE_CHECKING:
    from bot.app import App
    from bot.clock import Clock

    Make = Callable[[Settings, Clock | None], App]

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Bukapo, the pre-order bot for small shops. Settings come from the environment or a file .env.",
)
catalog = typer.Typer(no_args_is_help=True, help="The catalogue as a spreadsheet.")
cli.add_typer(catalog, name="catalog")
shipping = typer.Typer(no_args_is_help=True, help="The shipping cost by zone, as a spreadsheet.")
cli.add_typer(shipping, name="shipping")

File = Annotated[Path, typer.Argument(help="a file ending in .xlsx or .csv")]
Target = Annotated[Path, typer.Argument(help="a file ending in .xlsx")]


def _fail(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(1)


def _settings() -> Settings:
    try:
        return load()
    except WrongSettings as error:
        _fail(f"{error}\nSettings are environment variables or lines of the file .env; .env.example shows each.")


@cli.command()
def run() -> None:
    """Run the bot until it is told to stop (Ctrl-C, or SIGTERM)."""
    gc.disable()  # nothing that is loaded now is garbage: `_serve` switches the collector on again
    settings = _settings()
    from bot import logs

    logs.set_up(settings.log_level)
    sys.exit(serve(settings))


def serve(settings: Settings, make: Make | None = None) -> int:
    """Run until told to stop; the process's exit code. `make` builds what is run, the bot itself when None."""
    import structlog
    from telegram.error import InvalidToken

    from bot import logs
    from storage.database import AlreadyRunning, Unreachable

    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_serve(settings, make))
    except AlreadyRunning:
        typer.echo(_already(settings.database_url), err=True)
    except Unreachable as error:
        typer.echo(_unreachable(error), err=True)
    except InvalidToken:
        typer.echo(
            "Telegram does not know this token: check BUKAPO_BOT_TOKEN, or ask @BotFather for a new one.", err=True
        )
    except _ClockSilent:
        typer.echo(
            "The clock at BUKAPO_CLOCK_URL does not answer. Leave that setting empty outside a sandbox.", err=True
        )
    except OSError as error:
        typer.echo(f"The bot cannot start or go on: {error.strerror or type(error).__name__}.", err=True)
    except Exception as error:
        structlog.get_logger(__name__).error("the bot has ended", where=logs.where(error))
        typer.echo("The bot has ended because of an error; the log says where.", err=True)
    else:
        return 0
    return 1


class _ClockSilent(Exception):
    """The sandbox's clock cannot be read."""


def _unreachable(error: Exception) -> str:
    return f"The database does not let us in: {error}. Check BUKAPO_DATABASE_URL, and that its server runs."


def _already(url: str) -> str:
    from storage.databases import shown

    return (
        f"Another process works on {shown(url)}: stop it first (the bot, or another bukapo command). "
        "Two at once would risk the orders in it."
    )


def _loop_factory() -> type[asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.Loop


async def _serve(settings: Settings, make: Make | None) -> None:
    from bot.app import App
    from bot.clock import FollowedClock

    clock = FollowedClock(settings.clock_url) if settings.clock_url else None
    if clock is not None:
        try:
            await clock.start()
        except TimeoutError:
            raise _ClockSilent from None
    app = (make or App)(settings, clock)
    # What is loaded now stays for good: the collector need not look through it again and again.
    gc.freeze()
    gc.enable()
    loop = asyncio.get_running_loop()
    if sys.platform != "win32":
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, app.stop)
    try:
        await app.run()
    finally:
        if clock is not None:
            await clock.stop()


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="where the chat page is; 0 takes a free one")] = 8765,
    keep: Annotated[bool, typer.Option(help="go on with the shop of the last demo")] = False,
) -> None:
    """Try it out: the real bot on a local Bot API server, a sample shop, and a chat page in the browser."""
    from bot.demo import play

    sys.exit(play(port, keep))


@cli.command()
def migrate(
    source: Annotated[str, typer.Option("--from", help="move a shop from here, like sqlite:///data/bukapo.db")] = "",
    target: Annotated[str, typer.Option("--to", help="to here, like postgresql://user:password@host/name")] = "",
) -> None:
    """Bring the database to the form that this version needs; `run` does this by itself. Or move it to another one."""
    from bot import migrate_command
    from storage.database import AlreadyRunning, Unreachable
    from storage.moving import CannotMove

    if bool(source) != bool(target):
        _fail("Moving a shop needs both --from and --to.")
    url = source or _settings().database_url
    try:
        text = migrate_command.move_shop(source, target) if source else migrate_command.bring_up(url)
    except AlreadyRunning as error:
        _fail(_already(str(error)))
    except Unreachable as error:
        _fail(_unreachable(error))
    except CannotMove as error:
        _fail(str(error))
    typer.echo(text)


@cli.command()
def backup(file: Annotated[Path, typer.Argument(help="where to put the copy; must not exist yet")]) -> None:
    """Copy the shop's database to a file. Safe while the bot runs, and nobody has to wait for it."""
    from storage.backup import AlreadyThere, NotABackup, back_up

    try:
        size = back_up(_own_file(_settings()), file)
    except AlreadyThere:
        _fail(f"{file} is there already: choose another name, nothing was overwritten.")
    except (NotABackup, OSError) as error:
        _fail(f"No backup was made: {error}.")
    typer.echo(
        f"The shop is in {file} ({size:,} bytes). It holds names, addresses and orders: keep it as safe as them."
    )


def _own_file(settings: Settings) -> Path:
    from storage.databases import sqlite_path

    path = sqlite_path(settings.database_url)
    if path is None:
        _fail("The shop is on a PostgreSQL server: back it up with pg_dump, and put it back with pg_restore.")
    return path


@cli.command()
def restore(file: Annotated[Path, typer.Argument(help="a file that `bukapo backup` made")]) -> None:
    """Put a backup in the place of the shop's database. Stop the bot first; the file of before is kept beside it."""
    from datetime import UTC, datetime

    from storage.backup import NotABackup
    from storage.backup import restore as put_back
    from storage.database import AlreadyRunning

    settings = _settings()
    try:
        before = put_back(file, _own_file(settings), datetime.now(UTC))
    except AlreadyRunning:
        _fail(_already(settings.database_url))
    except (NotABackup, OSError) as error:
        _fail(f"Nothing was restored: {error}.")
    kept = f" What was there before is kept as {before}." if before else ""
    typer.echo(f"{file} is the shop's database now.{kept} Start the bot with `bukapo run`.")


@cli.command()
def doctor() -> None:
    """Check settings, token, channel, database and clock, and say how to mend what is wrong."""
    from bot.doctor import examine

    sys.exit(asyncio.run(examine()))


@catalog.command("import")
def import_(file: File) -> None:
    """Read products and variants from a sheet: all of them, or, when a cell is wrong, none."""
    from bot.catalog_command import WrongSheet, import_file
    from storage.database import AlreadyRunning

    settings = _settings()
    try:
        products, variants = asyncio.run(import_file(file, settings))
    except WrongSheet as error:
        _fail(str(error))
    except AlreadyRunning:
        _fail(_already(settings.database_url))
    typer.echo(f"{products} products with {variants} variants are in the catalogue.")


@catalog.command()
def export(file: Target) -> None:
    """Write the catalogue to a sheet that `import` takes back."""
    from bot.catalog_command import WrongSheet, export_file
    from storage.database import AlreadyRunning

    settings = _settings()
    try:
        count = asyncio.run(export_file(file, settings))
    except WrongSheet as error:
        _fail(str(error))
    except AlreadyRunning:
        _fail(_already(settings.database_url))
    typer.echo(f"{count} products written to {file}.")


@catalog.command()
def template(file: Target) -> None:
    """Write a filled example sheet, with every column explained."""
    from bot.catalog_command import WrongSheet, write_example

    try:
        write_example(file)
    except WrongSheet as error:
        _fail(str(error))
    typer.echo(f"An example is in {file}: change it and give it to `bukapo catalog import`.")


@shipping.command("import")
def import_zones(file: File) -> None:
    """Put the zones of a sheet in the place of the shop's; all or nothing."""
    from bot.catalog_command import WrongSheet
    from bot.zone_sheet import import_file
    from storage.database import AlreadyRunning, Unreachable

    settings = _settings()
    try:
        saved = asyncio.run(import_file(file, settings))
    except WrongSheet as error:
        _fail(str(error))
    except AlreadyRunning:
        _fail(_already(settings.database_url))
    except Unreachable as error:
        _fail(_unreachable(error))
    typer.echo(f"{saved.zones} zones: {saved.added} new, {saved.changed} changed, {saved.removed} removed.")


@shipping.command("export")
def export_zones(file: Target) -> None:
    """Write the zones to a sheet that `import` takes back."""
    from bot.catalog_command import WrongSheet
    from bot.zone_sheet import export_file
    from storage.database import AlreadyRunning, Unreachable

    settings = _settings()
    try:
        zones = asyncio.run(export_file(file, settings))
    except WrongSheet as error:
        _fail(str(error))
    except AlreadyRunning:
        _fail(_already(settings.database_url))
    except Unreachable as error:
        _fail(_unreachable(error))
    typer.echo(f"{zones} zones are in {file}." if zones else f"There are no zones yet: {file} is an example.")


@shipping.command("template")
def zones_template(file: Target) -> None:
    """Write an example sheet to start from."""
    from bot.catalog_command import WrongSheet
    from bot.zone_sheet import write

    try:
        write(file, ())
    except WrongSheet as error:
        _fail(str(error))
    typer.echo(f"An example is in {file}: change it and give it to `bukapo shipping import`.")


def main() -> None:
    """The entry point of the command `bukapo`."""
    cli()


if __name__ == "__main__":
    main()
