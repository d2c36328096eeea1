"""A database around another, for what a test wants to happen between a commit and its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from storage.database import Database, Tx
from storage.seat import Seat

T = TypeVar("T")


class Around(Database):
    """Does what the inner one does."""

    def __init__(self, inner: Database) -> None:
        self._inner = inner

    async def open(self) -> None:
        await self._inner.open()

    async def close(self) -> None:
        await self._inner.close()

    async def run(self, work: Callable[[Tx], T]) -> T:
        return await self._inner.run(work)

    async def read(self, work: Callable[[Tx], T]) -> T:
        return await self._inner.read(work)

    def seat(self) -> Seat:
        return self._inner.seat()
