"""What a turn cannot find out by itself: a file that Telegram has, a library that takes its time.

A turn runs inside a transaction and never waits. `turn.ask(question)` gives the answer when it is known, else raises
`Asked`: the try is undone, the engine finds the answer outside while all other chats go on, and the turn begins anew
with it. A crash in between loses nothing, because the update still waits in the inbox (decision 0012).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.photo_file import undress
from preorder.values import dataclass

if TYPE_CHECKING:
    from bot.api import Api  # aiohttp, which a command about sheets does without

A_co = TypeVar("A_co", covariant=True)


@dataclass(frozen=True)
class Outside:
    """The world beyond the transaction. `undress` takes out of a picture what the camera wrote; slow, for a thread."""

    api: Api
    undress: Callable[[bytes], bytes] = undress


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
