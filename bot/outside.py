"""What a turn cannot find out by itself: a file that Telegram has, a library that takes its time.

A turn runs inside a transaction and never waits. `turn.ask(question)` gives the answer when it is known, else raises
`Asked`: the try is undone, the engine finds the answer outside while all other chats go on, and the turn begins anew
with it. A crash in between loses nothing, because the update still waits in the inbox (decision 0012).
"""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from bot import trouble
from bot.photo_file import undress

if TYPE_CHECKING:
    from bot.api import Api  # aiohttp, which a command about sheets does without

A_co = TypeVar("A_co", covariant=True)


class Outside:
    """The world beyond the transaction. `undress` takes out of a picture what the camera wrote; slow, for a thread."""

    def __init__(self, api: Api, undress: Callable[[bytes], bytes] = undress) -> None:
        self._api = api
        self.undress = undress
        self._closed_until = 0.0

    async def file(self, file_id: str, largest: int) -> bytes:
        """The content of a file that somebody sent (see `Api.download`). When Telegram says to wait (429), all who want
        a file wait so long."""
        while True:
            if (wait := self._closed_until - time.monotonic()) > 0:
                await asyncio.sleep(wait)
                continue
            try:
                return await self._api.download(file_id, largest)
            except trouble.ToldToWait as told:
                self._closed_until = max(self._closed_until, time.monotonic() + told.seconds)


class Question(ABC, Generic[A_co]):
    """Something to be found out. A frozen value, because the answer is kept under it."""

    @abstractmethod
    async def find(self, outside: Outside) -> A_co:
        """The answer. What is slow and not I/O runs in a thread; what goes wrong for good is an answer, too."""


class Asked(Exception):
    """A turn asked this and cannot go on without the answer."""

    def __init__(self, question: Question[object]) -> None:
        super().__init__(type(question).__name__)
        self.question = question
