"""The clock that is followed, and the tick."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
import time_machine

from bot.clock import MOST_FAILURES, Clock, FollowedClock, SystemClock, Ticker
from sandbox.server import Sandbox
from tests.bot.line import until


@pytest_asyncio.fixture
async def box() -> AsyncIterator[Sandbox]:
    """A sandbox whose clock can be moved."""
    box = Sandbox()
    yield box
    await box.stop()


def apart(clock: Clock, box: Sandbox) -> timedelta:
    """How far two clocks differ."""
    return abs(clock.now() - box.clock.now())


def test_the_computers_clock_tells_utc() -> None:
    """Moments are aware."""
    assert SystemClock().now().tzinfo is UTC


async def test_the_clock_follows_the_sandbox(box: Sandbox) -> None:
    """It is right from the start, and right again soon after people move it, forward or back."""
    box.clock.advance(86_400)
    clock = FollowedClock(f"{await box.start()}/sandbox/clock")
    await clock.start()
    assert apart(clock, box) < timedelta(seconds=1)
    for days in (30, -7):
        box.clock.advance(days * 86_400)
        await until(lambda: apart(clock, box) < timedelta(seconds=1))
    await clock.stop()


async def test_the_clock_survives_a_new_sandbox(box: Sandbox) -> None:
    """A sandbox that starts again counts from nothing; the clock follows it all the same."""
    base = await box.start()
    box.clock.advance(1)
    clock = FollowedClock(f"{base}/sandbox/clock")
    await clock.start()
    await box.stop()
    other = Sandbox()
    await other.start(int(base.rsplit(":", 1)[1]))
    other.clock.set(datetime(2026, 12, 25, tzinfo=UTC))
    await until(lambda: apart(clock, other) < timedelta(seconds=1))
    await clock.stop()
    await other.stop()


async def test_a_clock_that_nobody_tells_stops_the_start() -> None:
    """Without the sandbox there is no time to follow."""
    clock = FollowedClock("http://127.0.0.1:9/sandbox/clock")
    with pytest.raises(TimeoutError):
        await clock.start(within=0.2)


class Ticks:
    """Counts ticks and fails where told."""

    def __init__(self, *failures: Exception | None) -> None:
        self.count = 0
        self.failures = list(failures)
        self.inside = 0

    async def __call__(self) -> None:
        self.inside += 1
        assert self.inside == 1
        self.count += 1
        await asyncio.sleep(0.01)
        self.inside -= 1
        if self.failures and (failure := self.failures.pop(0)):
            raise failure


async def test_it_ticks_one_at_a_time_until_the_end() -> None:
    """A tick slower than its interval is never run twice at once, and none comes after the end."""
    ticks = Ticks()
    task = asyncio.create_task(Ticker(ticks, every=0.005).run())
    await until(lambda: ticks.count >= 5)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    seen, later = ticks.count, Ticks()
    another = asyncio.create_task(Ticker(later, every=0.005).run())
    await until(lambda: later.count >= 5)
    another.cancel()
    await asyncio.gather(another, return_exceptions=True)
    assert ticks.count == seen


async def test_three_failures_in_a_row_end_it(caplog: pytest.LogCaptureFixture) -> None:
    """Two are an accident; three are a bot that does nothing that is due, and is better restarted. Each is logged by
    its place in the code, without its text, which may be a person's."""
    broken = ValueError("broken")
    ticks = Ticks(broken, broken, None, *[broken] * MOST_FAILURES)
    with pytest.raises(ValueError, match="broken"):
        await Ticker(ticks, every=0.005).run()
    assert ticks.count == 6
    assert "a tick failed, 3 in a row: ValueError at test_clock.py" in caplog.text
    assert broken.args[0] not in caplog.text


async def test_a_full_disk_is_waited_out() -> None:
    """The database's failures end nothing, however many."""
    ticks = Ticks(*[sqlite3.OperationalError("database or disk is full")] * 6)
    task = asyncio.create_task(Ticker(ticks, every=0.005).run())
    await until(lambda: ticks.count >= 8)
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_clock_set_back_does_not_stop_the_ticking() -> None:
    """The computer's clock goes back an hour: the next tick comes in seconds, not in an hour."""
    ticks = Ticks()
    with time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=True) as traveller:
        task = asyncio.create_task(Ticker(ticks, every=0.02).run())
        await until(lambda: ticks.count >= 3)
        traveller.move_to(datetime(2026, 11, 25, 11, tzinfo=UTC))
        seen = ticks.count
        await until(lambda: ticks.count >= seen + 10)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_told_to_end_in_the_middle_of_the_first_tick_it_ends() -> None:
    """After a long outage the first tick takes a while: a stop is heard then as well."""
    begun = asyncio.Event()

    async def long_tick() -> None:
        begun.set()
        await asyncio.Event().wait()

    running = asyncio.create_task(Ticker(long_tick, every=3600).run())
    await begun.wait()
    running.cancel()
    done, _ = await asyncio.wait([running], timeout=5)
    assert done
    assert running.cancelled()
