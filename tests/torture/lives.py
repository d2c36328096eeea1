"""Lives of a bot that is killed again and again, seen from outside.

In: the bot's environment. Out: `begin`, `kill`, `over`. The bot's log is in its folder.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.journeys.process import ROOT
from tests.torture.mortal import Death


class Lives:
    """One bot; at most one life at a time."""

    def __init__(self, process: asyncio.subprocess.Process, bot: str, unchecked: bool) -> None:
        self._process = process
        self._bot = bot
        self._unchecked = unchecked
        self.is_alive = False
        self.deaths = 0

    async def begin(self, death: Death | None = None) -> None:
        """A new life, which may have its death built in."""
        assert not self.is_alive, "it lives"
        order = {"bot": self._bot, "death": asdict(death) if death else None, "unchecked": self._unchecked}
        self._tell(order)
        assert "born" in await self._hear(10)
        self.is_alive = True

    async def over(self, within: float) -> bool:
        """Did it end by itself within so many seconds?"""
        if not self.is_alive:
            return True
        try:
            await self._hear(within)
        except TimeoutError:
            return False
        self.is_alive = False
        self.deaths += 1
        return True

    async def kill(self) -> None:
        """SIGKILL, wherever it is."""
        await self.end(signal.SIGKILL)

    async def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Send it a signal and wait until it is gone."""
        if self.is_alive:
            self._tell({"end": int(how)})
            assert await self.over(10), "it does not end"

    def _tell(self, order: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")

    async def _hear(self, within: float) -> dict[str, int]:
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), within)
        assert line, "the bot's process is gone"
        said: dict[str, int] = json.loads(line)
        return said


@asynccontextmanager
async def open_lives(
    folder: Path, environ: dict[str, str], bot: str = "sound", *, unchecked: bool = False
) -> AsyncIterator[Lives]:
    """Somebody who can begin lives; all is over at the end."""
    with (folder / "bot.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.torture.zygote",
            cwd=ROOT,
            env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), **environ},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    lives = Lives(process, bot, unchecked)
    try:
        await lives._hear(60)
        yield lives
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
