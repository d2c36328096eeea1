"""Bot, sandbox and floor as processes of their own: started, weighed from outside, ended by their own id.

In: a command and its environment. Out: an address, seconds of CPU, bytes of memory. What they write goes to a file.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import psutil

from sandbox.scenes import CHANNEL, SARI

ROOT = Path(__file__).parents[2]
TOKEN = "424242:SANDBOX-token-known-to-nobody-else"
STOP_SECONDS = 10.0


class Process:
    """One running command."""

    def __init__(self, running: asyncio.subprocess.Process, log: Path) -> None:
        self._running = running
        self._seen = psutil.Process(running.pid)
        self.log = log

    def cpu(self) -> float:
        """Seconds of CPU it has used so far, its own and the system's for it; threads included, others not."""
        times = self._seen.cpu_times()
        return float(times.user + times.system)

    def memory(self) -> int:
        """Bytes of memory that are its own or shared with it (resident set)."""
        return int(self._seen.memory_info().rss)

    def wrote(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    async def stop(self) -> None:
        """Ask it to end, then end it."""
        if self._running.returncode is not None:
            return
        self._running.terminate()
        try:
            await asyncio.wait_for(self._running.wait(), STOP_SECONDS)
        except TimeoutError:
            self._running.kill()
            await self._running.wait()


@asynccontextmanager
async def running(
    name: str, folder: Path, *command: str, environ: Mapping[str, str] | None = None
) -> AsyncIterator[Process]:
    """A Python command that runs meanwhile; a command that ended by itself fails the row."""
    log = folder / f"{name}.log"
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            cwd=folder,
            env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), **(environ or {})},
            stdout=out,
            stderr=out,
        )
    one = Process(process, log)
    try:
        yield one
        if process.returncode is not None:
            raise RuntimeError(f"{name} ended by itself:\n{one.wrote()[-2000:]}")
    finally:
        await one.stop()


@asynccontextmanager
async def sandbox(folder: Path, name: str = "sandbox", scene: str = "shop") -> AsyncIterator[str]:
    """A sandbox without limits; its address."""
    options = ("-m", "sandbox", "--no-limits", "--token", TOKEN, "--scene", scene)
    async with running(name, folder, *options) as process:
        yield await _address(process)


async def _address(process: Process) -> str:
    for _ in range(1000):
        if found := re.search(r" on (http://\S+)", process.wrote()):
            return found[1]
        await asyncio.sleep(0.02)
    raise RuntimeError(f"no address:\n{process.wrote()}")


@asynccontextmanager
async def bukapo(folder: Path, address: str, **changes: str) -> AsyncIterator[Process]:
    """`bukapo run` on the shop in this folder."""
    async with running("bot", folder, "-m", "bot", "run", environ=environment(folder, address, **changes)) as process:
        yield process


def environment(folder: Path, address: str, **changes: str) -> dict[str, str]:
    """The settings of a shop whose books are in this folder; nothing holds its sends back unless told so."""
    values = {
        "BOT_TOKEN": TOKEN,
        "API_URL": address,
        "DATABASE_URL": f"sqlite:///{folder / 'shop.db'}",
        "OWNER_IDS": str(SARI),
        "CHANNEL_ID": str(CHANNEL),
        "SHOP_NAME": "Sari Hijab",
        "BANK_ACCOUNTS": "BCA:1234567890:Sari Lestari",
        "SEND_PACE": "0",
        "LOG_LEVEL": "WARNING",
        **changes,
    }
    return {f"BUKAPO_{name}": value for name, value in values.items()}


@asynccontextmanager
async def echo_bot(folder: Path, address: str) -> AsyncIterator[Process]:
    """The floor: the plainest python-telegram-bot."""
    async with running("echo", folder, "-m", "tests.bench.echo_bot", address, TOKEN) as process:
        yield process
