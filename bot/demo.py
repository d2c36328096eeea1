"""`bukapo demo`: a local Bot API server, a sample shop and the real bot beside each other, until Ctrl-C.

The bot is started exactly as a shop starts it, as its own process with settings from the environment; it talks HTTP to
the sandbox as it would to Telegram. The demo's books live in a folder of their own.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Final

import typer

from bot.catalog_command import import_file
from bot.settings import load

FOLDER: Final = Path("data/demo")
SHOP: Final = Path(__file__).parent.parent / "sandbox" / "shop" / "catalog.csv"
# Not a secret: the sandbox on this computer is the only server that knows it.
TOKEN: Final = "424242:SANDBOX-token-known-to-nobody-else"  # noqa: S105
OWNER: Final = 9001
CHANNEL: Final = "-1001234567890"
STOP_SECONDS: Final = 6


def settings_for(address: str) -> dict[str, str]:
    """The sample shop's settings, as its owner would write them."""
    return {
        "BUKAPO_BOT_TOKEN": TOKEN,
        "BUKAPO_API_URL": address,
        "BUKAPO_CLOCK_URL": f"{address}/sandbox/clock",
        "BUKAPO_DATABASE_URL": f"sqlite:///{FOLDER / 'bukapo.db'}",
        "BUKAPO_OWNER_IDS": str(OWNER),
        "BUKAPO_CHANNEL_ID": CHANNEL,
        "BUKAPO_SHOP_NAME": "Sari Hijab & Kue",
        "BUKAPO_BANK_ACCOUNTS": "BCA:1234567890:Sari Lestari;Mandiri:1370012345678:Sari Lestari",
        "BUKAPO_LOG_LEVEL": "WARNING",
    }


def play(port: int, keep: bool) -> int:
    """Run the demo; returns the exit code."""
    return asyncio.run(_play(port, keep))


async def _play(port: int, keep: bool) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    if not keep:
        shutil.rmtree(FOLDER, ignore_errors=True)
    sandbox = await _start("-m", "sandbox", "--port", str(port), "--token", TOKEN, "--scene", "shop", pipe=True)
    parts = [sandbox]
    try:
        address = await _address(sandbox)
        if address is None:
            typer.echo(f"The chat page could not start: is port {port} in use? Try `bukapo demo --port 0`.", err=True)
            return 1
        environ = settings_for(address)
        await import_file(SHOP, load(environ))
        parts.append(await _start("-m", "bot", "run", environ=environ))
        typer.echo(
            f"\n  Open this page in a browser:  {address}/\n\n"
            "  You are two buyers (Rina, Budi) and the shop's owner (Sari) at once.\n"
            "  Start as Sari: press START, then 📣 Buka PO. Then order as Rina. Ctrl-C ends it all.\n"
        )
        waits = [asyncio.create_task(part.wait()) for part in parts]
        ended = asyncio.create_task(stop.wait())
        await asyncio.wait([*waits, ended], return_when=asyncio.FIRST_COMPLETED)
        for task in (*waits, ended):
            task.cancel()
        return 0 if stop.is_set() else 1
    finally:
        for part in reversed(parts):
            await _end(part)
        typer.echo("Everything has stopped.")


async def _start(
    *arguments: str, environ: dict[str, str] | None = None, pipe: bool = False
) -> asyncio.subprocess.Process:
    # A session of its own: Ctrl-C reaches this process alone, which then ends the parts in order.
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        env={**{k: v for k, v in os.environ.items() if not k.startswith("BUKAPO_")}, **(environ or {})},
        stdout=asyncio.subprocess.PIPE if pipe else None,
        start_new_session=True,
    )


async def _address(sandbox: asyncio.subprocess.Process) -> str | None:
    """What the sandbox says about where it is; None when it ended without a word."""
    if sandbox.stdout is None:
        return None
    line = (await sandbox.stdout.readline()).decode()
    return line.partition(" on ")[2].strip() or None


async def _end(part: asyncio.subprocess.Process) -> None:
    if part.returncode is not None:
        return
    part.terminate()
    try:
        await asyncio.wait_for(part.wait(), STOP_SECONDS)
    except TimeoutError:
        part.kill()
        await part.wait()
