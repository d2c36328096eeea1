"""What time it is, and the tick that asks every second what is due.

In: the computer's clock, or that of a sandbox whose clock can be moved. Out: aware UTC moments; calls of `tick`. What
is due lives in the database: the tick knows no job, so a missed one loses nothing (facts, Scheduler).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

import aiohttp

from bot.logs import where

MOST_FAILURES: Final = 3
_log = logging.getLogger(__name__)


class Clock(Protocol):
    """Tells the moment, aware, in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FollowedClock:
    """The clock of a sandbox: the computer's plus an offset that people there may move. For trying out only."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._offset = timedelta()
        self._version = -1
        self._session: aiohttp.ClientSession | None = None
        self._following: asyncio.Task[None] | None = None

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    async def start(self, within: float = 10.0) -> None:
        """Read the clock once, then follow it. Raises `TimeoutError` when it tells nothing `within` seconds."""
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        try:
            async with asyncio.timeout(within):
                while True:
                    if await self._read(wait=0):
                        break
                    await asyncio.sleep(0.1)
        except BaseException:
            await self._session.close()
            raise
        self._following = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        if self._following is not None:
            self._following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._following
        if self._session is not None:
            await self._session.close()

    async def _follow(self) -> None:
        pause = 0.1
        while True:
            if await self._read(wait=20):
                pause = 0.1
            else:
                # A sandbox that starts anew counts its versions from 0: ask for whatever it has.
                self._version = -1
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)

    async def _read(self, wait: int) -> bool:
        if self._session is None:
            return False
        query = {"after": str(self._version), "wait": str(wait)}
        timeout = aiohttp.ClientTimeout(total=wait + 10)
        try:
            async with self._session.get(self._url, params=query, timeout=timeout) as response:
                answer = await response.json()
                self._offset = timedelta(seconds=float(answer["offset"]))
                self._version = int(answer["version"])
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError, KeyError, TypeError):
            return False
        return True


def _scheduler_class() -> Any:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    return AsyncIOScheduler


class Ticker:
    """Calls `tick` every so many seconds, one at a time, through APScheduler."""

    def __init__(self, tick: Callable[[], Awaitable[None]], every: float = 1.0) -> None:
        self._tick = tick
        self._every = every
        self._failures = 0
        self._ended: asyncio.Future[None] | None = None
        self._last = 0.0

    async def run(self) -> None:
        """Tick until cancelled. Raises the tick's own error when it failed three times in a row.

        What the disk fails (it may be full) is waited out, however long.
        """
        loop = asyncio.get_running_loop()
        self._ended = loop.create_future()
        await self._guarded()
        await asyncio.sleep(self._every)
        # Heavy, so in a thread and after the first answers, which need not wait for it.
        scheduler_class = await asyncio.to_thread(_scheduler_class)
        # It tells of every single run at INFO.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._last = loop.time()
        scheduler = scheduler_class(timezone=UTC, event_loop=loop)
        job = scheduler.add_job(
            self._job,
            "interval",
            seconds=self._every,
            next_run_time=datetime.now(UTC),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        scheduler.start()
        try:
            while not self._ended.done():
                await asyncio.wait([self._ended], timeout=5 * self._every)
                if not self._ended.done() and loop.time() - self._last > 5 * self._every:
                    # The computer's clock was set back: without this the next tick would be as far off.
                    job.modify(next_run_time=datetime.now(UTC))
            self._ended.result()
        finally:
            scheduler.shutdown(wait=False)

    async def _job(self) -> None:
        # The end: APScheduler would report it as an error, with a traceback.
        with contextlib.suppress(asyncio.CancelledError):
            await self._guarded()

    async def _guarded(self) -> None:
        ended = self._ended
        if ended is None or ended.done():
            return
        self._last = asyncio.get_running_loop().time()
        try:
            await self._tick()
        except sqlite3.Error as error:
            _log.error("a tick failed on the database: %s", type(error).__name__)
        except Exception as error:
            self._failures += 1
            # Not the traceback: its last line may hold what a person wrote.
            _log.error("a tick failed, %d in a row: %s", self._failures, where(error))
            if self._failures >= MOST_FAILURES and not ended.done():
                ended.set_exception(error)
        else:
            self._failures = 0
