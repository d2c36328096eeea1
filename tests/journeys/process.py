"""The bot as people run it: a process of its own that can be killed, stopped and started again.

In: the sandbox's address and a folder. Out: a `Street` (as `Floor`, with the bot outside), a batch that is already
open, the process's exit code and what it wrote. `python -m tests.journeys.process` says how long a first answer takes.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from aiohttp import ClientSession

from preorder.batch import Batch, BatchId, Offer
from preorder.money import Percent
from preorder.order import PersonId
from sandbox.scenes import BUDI, RINA, SARI
from sandbox.server import Sandbox
from storage import catalogue, planning
from storage.database import Tx
from storage.databases import database_at
from tests.beginning import BEGINS, beginning
from tests.books import Books
from tests.journeys import forked
from tests.journeys.floor import TOKEN, Place, books_of, environment, stock
from tests.people import World

ROOT = Path(__file__).parents[2]
BATCH = BatchId("gajian01")
STARTING = 45.0
"""Seconds within which a bot that was just started answers, on a machine that is busy with other tests too."""


@dataclass(frozen=True)
class Running:
    """A process that was started, and how it ended, if it has."""

    pid: int
    code: Callable[[], int | None]

    def send(self, how: signal.Signals) -> None:
        """A signal, unless it is over."""
        if self.code() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, how)

    async def over(self, within: float) -> int:
        """Its exit code, when it has one. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while (code := self.code()) is None:  # noqa: ASYNC110 - a process that ends sets no Event
                await asyncio.sleep(0.005)
        return code


class Process:
    """One `bukapo` command, or a module that stands for it, in its own folder and environment.

    Its libraries are loaded already unless it `is_new` (see `tests.journeys.forked`).
    """

    def __init__(self, folder: Path, environ: dict[str, str], *command: str, is_new: bool = False) -> None:
        self.folder = folder
        self.environ = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), **environ}
        self.command = command or ("-m", "bot", "run")
        self.is_new = is_new
        self.log = folder / "bot.log"
        self._running: Running | None = None

    async def start(self, *command: str) -> None:
        """Begin; what it writes is appended to the log."""
        words = command or self.command
        self._running = await (self._start_new(words) if self.is_new else self._start_fork(words))

    async def _start_new(self, words: Sequence[str]) -> Running:
        with self.log.open("ab") as log:
            started = await asyncio.create_subprocess_exec(
                sys.executable, *words, cwd=self.folder, env=self.environ, stdout=log, stderr=log
            )
        return Running(started.pid, lambda: started.returncode)

    async def _start_fork(self, words: Sequence[str]) -> Running:
        started = await asyncio.to_thread(forked.begin, words, self.folder, self.environ, self.log, self.log)
        assert started.pid is not None
        return Running(started.pid, lambda: started.exitcode)

    async def kill(self) -> None:
        """End it without a word, as a power cut would."""
        await self._end(signal.SIGKILL, STARTING)

    async def stop(self, within: float = 5.0) -> int:
        """Ask it to end; returns the exit code. Raises TimeoutError when it takes longer."""
        return await self._end(signal.SIGTERM, within)

    async def _end(self, how: signal.Signals, within: float) -> int:
        running, self._running = self._running, None
        if running is None:
            return 0
        running.send(how)
        try:
            return await running.over(within)
        except TimeoutError:
            running.send(signal.SIGKILL)
            await running.over(STARTING)
            raise

    async def wait(self, within: float = STARTING) -> int:
        """Wait until it ends by itself; returns the exit code."""
        assert self._running is not None, "it was not started"
        return await self._running.over(within)

    def wrote(self) -> str:
        """All it has written so far, over all its starts."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""


@dataclass
class Street(Place):
    """A place whose bot is a process."""

    bot: Process
    address: str


@asynccontextmanager
async def open_street(
    folder: Path,
    *,
    run: bool = True,
    batch: bool = True,
    is_new: bool = False,
    begins: datetime = BEGINS,
    **changes: str,
) -> AsyncIterator[Street]:
    """A sandbox, a stocked shop with (`batch`) a batch of ten slots open for three days, and (`run`) the bot."""
    clock = beginning(begins)
    box = Sandbox(token=TOKEN, clock=clock, limits=False, scene="shop")
    address = await box.start()
    environ = environment(address, folder, **{"CLOCK_URL": f"{address}/sandbox/clock", **changes})
    url = books_of(folder)
    await stock(url)
    if batch:
        await put_batch(url, clock.now())
    books = Books(url)
    bot = Process(folder, environ, is_new=is_new)
    try:
        async with ClientSession() as session:
            world = World(address, session)
            sari, rina, budi = (world.person(i) for i in (SARI, RINA, BUDI))
            if run:
                await bot.start()
            yield Street(world, sari, rina, budi, books, clock, bot, address)
    finally:
        books.close()
        await bot.kill()
        await box.stop()


async def put_batch(url: str, now: datetime) -> None:
    """An open batch in the books, as after /open, where a journey is about what comes later and no bot runs yet."""
    database = database_at(url)
    await database.open()
    try:
        await database.run(partial(plan_open, now=now))
    finally:
        await database.close()


def plan_open(tx: Tx, now: datetime) -> None:
    """A batch of ten slots, open for three days, of everything there is."""
    offers = tuple(
        Offer(v.id, p.id, p.name, v.name, v.price, v.weight, v.quota, 0)
        for p in catalogue.products(tx)
        for v in p.variants
    )
    batch = Batch(
        id=BATCH,
        title="PO Gajian",
        state="open",
        quota=10,
        taken=0,
        minimum=1,
        maximum=None,
        down_payment=Percent(50),
        hold=timedelta(hours=24),
        opens_at=now,
        closes_at=now + timedelta(days=3),
        production_days=7,
        offers=offers,
    )
    planning.plan(tx, batch, PersonId(SARI), now)


async def seconds_to_first_answer() -> float:
    """From `bukapo run` to the first greeting, in a shop that has run before; seconds of real time."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_street(Path(folder), run=False, is_new=True) as street:
            began = datetime.now(UTC)
            await street.rina.start()
            await street.bot.start()
            await street.rina.sees("Sari Hijab", within=STARTING)
            return (datetime.now(UTC) - began).total_seconds()


if __name__ == "__main__":
    for _ in range(3):
        sys.stdout.write(f"{asyncio.run(seconds_to_first_answer()):.2f} s to the first answer\n")
