"""The seat among several processes on one PostgreSQL: an advisory lock on a connection of its own.

The server gives the lock back the moment that connection ends, so a process that dies leaves the seat at once. One that
lives and has lost its connection must stop before the next one starts, so each side keeps to a time: the holder asks
its connection every `BEAT` and counts itself out when the answer is `LEASE` old; the next one, finding others still at
work on the database, waits `GRACE`, which is longer. The same connection carries the news of commits (NOTIFY, LISTEN).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Final

import psycopg

from storage.seat import Seat

BEAT: Final = 0.25  # seconds between two looks at the lock
LEASE: Final = 0.9  # seconds that an answer counts; then the seat is lost
GRACE: Final = 1.4  # seconds from the lock to the seat while others are about: LEASE, and time to let go
KEY: Final = 0x62756B61706F  # "bukapo"; advisory locks are counted per database
NEWS: Final = "bukapo_outbox"
OTHERS: Final = (
    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name LIKE 'bukapo %%' AND application_name <> %s"
)
_log = logging.getLogger(__name__)


class SharedSeat(Seat):
    """Competes from `open` to `close`; `name` tells this process's connections from those of others."""

    def __init__(self, url: str, name: str) -> None:
        self._url = url
        self._name = name
        self._held = asyncio.Event()
        self._free = asyncio.Event()
        self._free.set()
        self._heard = 0.0
        self._news = asyncio.Event()
        self._on_news: Callable[[], None] = lambda: None
        self._competing: asyncio.Task[None] | None = None

    @property
    def is_held(self) -> bool:
        return self._held.is_set() and asyncio.get_running_loop().time() - self._heard < LEASE

    async def open(self, on_news: Callable[[], None]) -> None:
        self._on_news = on_news
        self._competing = asyncio.create_task(self._compete())

    async def close(self) -> None:
        if self._competing is not None:
            self._competing.cancel()
            await asyncio.gather(self._competing, return_exceptions=True)

    async def taken(self) -> None:
        await self._until(self._held)

    async def lost(self) -> None:
        await self._until(self._free)

    async def _until(self, event: asyncio.Event) -> None:
        """Wait for it, or raise what has ended the competing."""
        waiting = asyncio.create_task(event.wait())
        try:
            await asyncio.wait(
                {waiting} if self._competing is None else {waiting, self._competing},
                return_when=asyncio.FIRST_COMPLETED,
            )
            if not event.is_set() and self._competing is not None and self._competing.done():
                self._competing.result()
        finally:
            waiting.cancel()

    def announce(self) -> None:
        # Whoever has the seat is woken by whoever commits, without a word over the network.
        if not self._held.is_set():
            self._news.set()

    async def _compete(self) -> None:
        while True:
            try:
                async with await self._connect() as connection:
                    await self._wait_for_it(connection)
                    _log.info("this process fetches, sends and does what is due from now on")
                    await self._keep_it(connection)
            except (psycopg.OperationalError, TimeoutError, OSError) as error:
                # Said once; the works that fail meanwhile say it often enough.
                level = logging.WARNING if self._held.is_set() else logging.DEBUG
                _log.log(level, "the seat is lost: %s", type(error).__name__)
            finally:
                self._held.clear()
                self._free.set()
            await asyncio.sleep(BEAT)

    async def _connect(self) -> psycopg.AsyncConnection:
        async with asyncio.timeout(5):
            return await psycopg.AsyncConnection.connect(
                self._url, autocommit=True, application_name=self._name, connect_timeout=5
            )

    async def _wait_for_it(self, connection: psycopg.AsyncConnection) -> None:
        """Ask for the lock again and again, telling the holder's sender of our commits meanwhile."""
        while True:
            self._heard = asyncio.get_running_loop().time()
            if await _ask(connection, "SELECT pg_try_advisory_lock(%s)", KEY):
                break
            # Not wait_for: until Python 3.12 it forgets that we were told to end in the moment of the news.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(BEAT):
                    await self._news.wait()
            if self._news.is_set():
                self._news.clear()
                await _ask(connection, "SELECT pg_notify(%s, '')::text", NEWS)
        if await _ask(connection, OTHERS, self._name):
            await asyncio.sleep(GRACE)
        await _do(connection, f"LISTEN {NEWS}")

    async def _keep_it(self, connection: psycopg.AsyncConnection) -> None:
        """Ours as long as the connection answers in time."""
        loop = asyncio.get_running_loop()
        while True:
            asked = loop.time()
            await _ask(connection, "SELECT 1")
            self._heard = asked
            self._free.clear()
            self._held.set()
            async with asyncio.timeout(LEASE):
                async for _ in connection.notifies(timeout=BEAT, stop_after=1):
                    self._on_news()


async def _ask(connection: psycopg.AsyncConnection, question: str, *values: object) -> object:
    async with asyncio.timeout(LEASE):
        row = await (await connection.execute(question.encode(), values)).fetchone()
    return None if row is None else row[0]


async def _do(connection: psycopg.AsyncConnection, sql: str) -> None:
    async with asyncio.timeout(LEASE):
        await connection.execute(sql.encode())
