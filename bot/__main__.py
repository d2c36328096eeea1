"""The command line: `bukapo run`, `demo`, `migrate`, `backup`, `restore`, `doctor`, `catalog …`, `shipping …`.

Parses, calls, says what went wrong (`bot.plainly`). Nothing heavy is imported before the command is known: a start is
quick.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import signal
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot import database_commands
from bot.plainly import already, settings, unreachable
from bot.settings import Settings
from bot.sheet_commands import catalog, shipping

if TYPE_CHECKING:
    from bot.app import App
    from bot.clock import Clock

    Make = Callable[[Settings, Clock | None], App]

WITHOUT_NETWORK: Final = ("conversations.codec", "messages.render", "storage.sqlite")

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Bukapo, the pre-order bot for small shops. Settings come from the environment or a file .env.",
)
cli.add_typer(catalog, name="catalog")
cli.add_typer(shipping, name="shipping")


@cli.command()
def run() -> None:
    """Run the bot until it is told to stop (Ctrl-C, or SIGTERM)."""
    gc.disable()  # nothing that is loaded now is garbage: `_serve` switches the collector on again
    # Much of aiohttp's loading is reading certificates, which leaves Python to others: meanwhile the rest is loaded.
    threading.Thread(target=importlib.import_module, args=("aiohttp",)).start()
    own = settings()
    from bot import logs

    for name in WITHOUT_NETWORK:
        importlib.import_module(name)

    logs.set_up(own.log_level)
    sys.exit(serve(own))


def serve(own: Settings, make: Make | None = None) -> int:
    """Run until told to stop; the process's exit code. `make` builds what is run, the bot itself when None."""
    from bot import logs, trouble
    from storage.database import AlreadyRunning, Unreachable

    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_serve(own, make))
    except AlreadyRunning:
        typer.echo(already(own.database_url), err=True)
    except Unreachable as error:
        typer.echo(unreachable(error), err=True)
    except trouble.InvalidToken:
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
        logs.get_logger(__name__).error("the bot has ended", where=logs.where(error))
        typer.echo("The bot has ended because of an error; the log says where.", err=True)
    else:
        return 0
    return 1


class _ClockSilent(Exception):
    """The sandbox's clock cannot be read."""


def _loop_factory() -> type[asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.Loop


async def _serve(own: Settings, make: Make | None) -> None:
    from bot.app import App
    from bot.clock import FollowedClock

    clock = FollowedClock(own.clock_url) if own.clock_url else None
    if clock is not None:
        try:
            await clock.start()
        except TimeoutError:
            raise _ClockSilent from None
    app = (make or App)(own, clock)
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


cli.command()(database_commands.migrate)
cli.command()(database_commands.backup)
cli.command()(database_commands.restore)


@cli.command()
def doctor() -> None:
    """Check settings, token, channel, database and clock, and say how to mend what is wrong."""
    from bot.doctor import examine

    sys.exit(asyncio.run(examine()))


def main() -> None:
    """The entry point of the command `bukapo`."""
    cli()


if __name__ == "__main__":
    main()
