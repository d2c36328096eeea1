"""Lives of a bot that is killed again and again, seen from outside.

In: the bot's environment. Out: `begin`, `kill`, `over`. The bot's log is in its folder.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.journeys.process import ROOT
from tests.torture.mortal import Death

_STARTING: Final = threading.Lock()


class Lives:
    """One bot; at most one life at a time."""

    def __init__(self, ear: asyncio.StreamReader, mouth: asyncio.StreamWriter, bot: str, unchecked: bool) -> None:
        self._ear = ear
        self._mouth = mouth
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
        self._mouth.write(json.dumps(order).encode() + b"\n")

    async def _hear(self, within: float) -> dict[str, int]:
        line = await asyncio.wait_for(self._ear.readline(), within)
        assert line, "the bot's process is gone"
        said: dict[str, int] = json.loads(line)
        return said


@asynccontextmanager
async def open_lives(
    folder: Path, environ: dict[str, str], bot: str = "sound", *, unchecked: bool = False
) -> AsyncIterator[Lives]:
    """Somebody who can begin lives; all is over at the end."""
    ear, mouth = await asyncio.open_unix_connection(await asyncio.to_thread(_zygote))
    lives = Lives(ear, mouth, bot, unchecked)
    try:
        lives._tell({"environ": {"PATH": os.defpath, **environ}, "log": str((folder / "bot.log").resolve())})
        await lives._hear(60)
        yield lives
    finally:
        # It answers with its own end, when no life is left.
        mouth.write_eof()
        await ear.read()
        mouth.close()


def _zygote() -> Path:
    """Where the process that has everything loaded listens; it is started when it is first wanted, and ends with us."""
    with _STARTING:
        return _started()


@cache
def _started() -> Path:
    place = Path(tempfile.mkdtemp(prefix="bukapo-zygote-")) / "socket"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.zygote", str(place)],
        cwd=ROOT,
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline(), "it does not start"
    atexit.register(process.communicate)
    return place
