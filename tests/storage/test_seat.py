"""One process of a shop has the seat: never two, soon another when the first has gone, and news reach it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest
import pytest_asyncio

from storage.databases import database_at
from storage.postgres_seat import BEAT, GRACE, KEY, LEASE, SharedSeat
from storage.seat import OnlySeat, Seat
from tests.bot.line import until

SOON = 30.0
"""Seconds within which anything happens, however busy the computer is."""


class Worker:
    """A process's seat, and what it was told."""

    def __init__(self, url: str, number: int) -> None:
        self.name = f"bukapo worker{number}"
        self.seat = SharedSeat(url, self.name)
        self.news = 0

    def hear(self) -> None:
        self.news += 1


@asynccontextmanager
async def competing(url: str, count: int) -> AsyncIterator[list[Worker]]:
    """So many workers, one after the other."""
    workers = [Worker(url, number) for number in range(count)]
    for worker in workers:
        await worker.seat.open(worker.hear)
    try:
        yield workers
    finally:
        for worker in workers:
            await worker.seat.close()


@pytest_asyncio.fixture
async def workers(postgres_url: str) -> AsyncIterator[list[Worker]]:
    """Three of them."""
    async with competing(postgres_url, 3) as found:
        yield found


def holders(workers: list[Worker]) -> list[Worker]:
    """Who may send at this moment."""
    return [worker for worker in workers if worker.seat.is_held]


def cut(url: str, name: str) -> None:
    """The server ends a worker's connections, as when its network is gone."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s", (name,))


async def test_one_of_three_has_it(workers: list[Worker]) -> None:
    """Somebody has it soon, and for as long as nothing happens nobody else."""
    await until(lambda: len(holders(workers)) == 1, SOON)
    loop = asyncio.get_running_loop()
    looked_until = loop.time() + 2 * GRACE
    while loop.time() < looked_until:
        # On a computer that stands still for a second the seat may change hands; it is never in two.
        assert len(holders(workers)) <= 1
        await asyncio.sleep(0.01)


async def test_whoever_leaves_is_followed_soon(workers: list[Worker]) -> None:
    """A worker that stops gives the seat to another one within two seconds; of two times the shorter counts, because a
    busy computer can make any one long."""
    loop = asyncio.get_running_loop()
    took = []
    for _ in range(2):
        await until(lambda: len(holders(workers)) == 1, SOON)
        (first,) = holders(workers)
        left_at = loop.time()
        await first.seat.close()
        assert not first.seat.is_held
        await until(lambda: len(holders(workers)) == 1, SOON)
        took.append(loop.time() - left_at)
    assert min(took) < 2.5


async def test_whoever_lost_the_connection_has_stopped_before_the_next_begins(
    workers: list[Worker], postgres_url: str
) -> None:
    """The server gives the lock away at once; at every moment until then and after, at most one may send."""
    for _ in range(3):
        await until(lambda: len(holders(workers)) == 1, SOON)
        (first,) = holders(workers)
        await asyncio.to_thread(cut, postgres_url, first.name)
        await first.seat.lost()
        deadline = asyncio.get_running_loop().time() + SOON
        while not (found := holders(workers)):
            assert asyncio.get_running_loop().time() < deadline
            await asyncio.sleep(0.005)
        assert len(found) == 1


async def test_without_the_grace_two_would_send(postgres_url: str) -> None:
    """The twin: the lock is free the moment the connection is cut, while its holder still believes in it."""
    async with competing(postgres_url, 1) as (first,):
        await first.seat.taken()
        cut(postgres_url, first.name)  # on the loop itself: its holder stands still and hears nothing
        with psycopg.connect(postgres_url, autocommit=True) as naive:
            # It is given as soon as the server has ended the connection, which it does in its own time.
            naive.execute("SET lock_timeout = '30s'")
            naive.execute("SELECT pg_advisory_lock(%s)", (KEY,))
            # However long that took on a busy computer: the holder's last answer came just before the cut.
            first.seat._heard = asyncio.get_running_loop().time()
            assert first.seat.is_held
            naive.execute("SELECT pg_advisory_unlock(%s)", (KEY,))


async def test_a_process_that_stood_still_sends_nothing_when_it_wakes(postgres_url: str) -> None:
    """However long it was stopped, its own clock tells it that the last answer is too old."""
    async with competing(postgres_url, 1) as (first,):
        await first.seat.taken()
        assert first.seat.is_held
        first.seat._heard -= LEASE
        assert not first.seat.is_held


async def test_alone_it_has_it_at_once(postgres_url: str) -> None:
    """Nobody else is at work on the database: the first answer waits for nobody."""
    loop = asyncio.get_running_loop()
    took = []
    for _ in range(3):
        began = loop.time()
        async with competing(postgres_url, 1) as (first,):
            await first.seat.taken()
            took.append(loop.time() - began)
        # Nobody is at work there any more when the server, too, has seen it go.
        await asyncio.to_thread(cut, postgres_url, first.name)
    # The quickest of three: a busy computer can make any one long.
    assert min(took) < GRACE


async def test_what_the_others_commit_wakes_the_one_who_sends(workers: list[Worker]) -> None:
    """Many commits at once may be one piece of news; none stays unheard."""
    await until(lambda: len(holders(workers)) == 1, SOON)
    (first,) = holders(workers)
    others = [worker for worker in workers if worker is not first]
    for round_ in range(3):
        for worker in others:
            for _ in range(50):
                worker.seat.announce()
        heard = first.news
        await until(lambda: first.news > heard or round_ == 0, SOON)  # noqa: B023 - awaited before the next round
    await until(lambda: first.news >= 3, SOON)
    assert all(worker.news == 0 for worker in others)


async def test_on_one_file_the_seat_is_nobody_elses() -> None:
    """SQLite has one process: it has the seat at once and for ever."""
    seat: Seat = database_at("sqlite:///unused.db").seat()
    assert isinstance(seat, OnlySeat)
    await seat.open(lambda: None)
    await seat.taken()
    assert seat.is_held
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await seat.lost()
    await seat.close()


async def test_whoever_waits_for_it_leaves_when_told_in_the_moment_of_news(workers: list[Worker]) -> None:
    """A commit that is announced just before the end: the process still ends."""
    await until(lambda: len(holders(workers)) == 1, SOON)
    for waiting in (one for one in workers if not one.seat.is_held):
        await asyncio.sleep(BEAT / 2)  # chance: it stands between two looks at the lock nearly all the time
        waiting.seat.announce()
        await asyncio.sleep(0)  # the news is there; the one who waits for it does not know yet
        async with asyncio.timeout(SOON):
            await waiting.seat.close()
