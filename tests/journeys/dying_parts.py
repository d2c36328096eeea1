"""The real bot with one part that breaks after its start: `python -m tests.journeys.dying_parts PART`.

In: the settings of the environment and a part's name. Out: whatever exit code the bot itself finds right.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from functools import partial
from typing import Any

from bot import logs
from bot.__main__ import serve
from bot.app import App
from bot.clock import Clock
from bot.settings import Settings, load


async def die() -> None:
    """A bug that shows after a moment of work; its text is nobody's business."""
    await asyncio.sleep(0.2)
    raise LookupError("Jl. Melati No. 5")


async def end() -> None:
    """A loop that comes to its end by mistake."""
    await asyncio.sleep(0.2)


class Dying(App):
    """An App one part of which does something else than it should."""

    def __init__(self, settings: Settings, clock: Clock | None, part: str, how: Any = die) -> None:
        super().__init__(settings, clock)
        self._part = part
        self._how = how

    def loops(self) -> dict[str, Coroutine[Any, Any, None]]:
        loops = super().loops()
        loops[self._part].close()
        return {**loops, self._part: self._how()}


if __name__ == "__main__":
    logs.set_up("INFO")
    sys.exit(serve(load(), partial(Dying, part=sys.argv[1])))
