"""The one place from which a shop's updates are fetched, its messages sent and its due work done.

Of all the processes that work on one database exactly one has the seat. On SQLite that is the only process there is;
PostgreSQL elects one (`postgres_seat`).
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable


class Seat(ABC):
    """Taken and lost again and again; whoever works from it begins anew each time."""

    @property
    @abstractmethod
    def is_held(self) -> bool:
        """Is it ours at this very moment? Asked before anything leaves."""

    @abstractmethod
    async def open(self, on_news: Callable[[], None]) -> None:
        """Begin to compete; `on_news` is called when another process has committed something to be sent."""

    @abstractmethod
    async def close(self) -> None:
        """Leave it to others."""

    @abstractmethod
    async def taken(self) -> None:
        """Returns when it is ours."""

    @abstractmethod
    async def lost(self) -> None:
        """Returns when it is not, or no longer, ours."""

    @abstractmethod
    def announce(self) -> None:
        """Something to be sent was committed here: let whoever has the seat know."""


class OnlySeat(Seat):
    """There is one process: it has the seat from the start and for ever."""

    @property
    def is_held(self) -> bool:
        return True

    async def open(self, on_news: Callable[[], None]) -> None:
        """Nobody else commits anything."""

    async def close(self) -> None:
        """Nobody else waits for it."""

    async def taken(self) -> None:
        return

    async def lost(self) -> None:
        await asyncio.Event().wait()

    def announce(self) -> None:
        """Whoever sends is woken by the one who committed."""
