"""What falls due: asked for once, acted on once, in the order of its time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import schedule
from storage.database import Database
from storage.schedule import Due

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def plan(database: Database, subject: str = "b1", due_at: datetime = NOW) -> bool:
    """A batch is to close."""
    return await database.run(lambda tx: schedule.plan(tx, "close_batch", subject, due_at))


async def due(database: Database, now: datetime = NOW) -> list[Due]:
    """What is due."""
    return await database.read(lambda tx: schedule.due(tx, now, 10))


async def test_the_same_is_planned_once(database: Database) -> None:
    """The same thing at the same moment is one thing, also after it was done."""
    assert await plan(database)
    assert not await plan(database)
    (one,) = await due(database)
    assert await database.run(lambda tx: schedule.claim(tx, one.id, "done", NOW))
    assert not await plan(database)
    assert await due(database) == []


async def test_what_is_due_comes_in_the_order_of_its_time(database: Database) -> None:
    """Oldest first however it was planned; what is not due yet does not come; after an outage everything does."""
    for hours in (3, -2, 0, -5):
        await plan(database, f"b{hours}", NOW + hours * HOUR)
    assert [one.subject for one in await due(database)] == ["b-5", "b-2", "b0"]
    assert (await due(database))[0].due_at == NOW - 5 * HOUR
    assert len(await due(database, NOW + timedelta(days=365))) == 4


async def test_whoever_claims_it_acts_and_nobody_else(database: Database) -> None:
    """Eight ticks at once: one acts."""
    await plan(database)
    (one,) = await due(database)
    claims = await asyncio.gather(*(database.run(lambda tx: schedule.claim(tx, one.id, "done", NOW)) for _ in range(8)))
    assert claims.count(True) == 1


async def test_a_claim_is_undone_with_what_it_was_for(database: Database) -> None:
    """When the work fails, it is due again."""
    await plan(database)
    (one,) = await due(database)

    def work(tx: Any) -> None:
        assert schedule.claim(tx, one.id, "done", NOW)
        raise LookupError

    with pytest.raises(LookupError):
        await database.run(work)
    assert await due(database) == [one]


async def test_looking_before_acting_is_not_enough(database: Database) -> None:
    """The twin: two who only look whether it waits, without the guarded update, both act."""
    await plan(database)
    (one,) = await due(database)
    looked = list(await asyncio.gather(due(database), due(database)))
    assert looked == [[one], [one]]


async def test_what_lost_its_meaning_is_dropped_and_may_be_wanted_again(database: Database) -> None:
    """A paid order's hold does not expire; the same moment planned again comes back."""
    await plan(database, "b1")
    await plan(database, "b2")
    await database.run(lambda tx: schedule.drop(tx, "close_batch", "b1", NOW))
    assert [one.subject for one in await due(database)] == ["b2"]
    assert await plan(database, "b1")
    assert len(await due(database)) == 2


async def test_a_whole_kind_can_be_dropped(database: Database) -> None:
    """The recap moves to another hour: the old ones go, other kinds stay."""
    await plan(database)
    await database.run(lambda tx: schedule.plan(tx, "daily_recap", "", NOW + HOUR))
    assert await database.read(lambda tx: schedule.next_of(tx, "daily_recap")) == NOW + HOUR
    await database.run(lambda tx: schedule.drop_all(tx, "daily_recap", NOW))
    assert await database.read(lambda tx: schedule.next_of(tx, "daily_recap")) is None
    assert len(await due(database)) == 1


async def test_a_moment_needs_a_zone(database: Database) -> None:
    """A naive moment is refused: nobody knows when it is."""
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        await plan(database, due_at=naive)


async def test_a_broadcast_is_written_out_once_and_goes_on_where_it_was(database: Database) -> None:
    """Begun twice it is one; its cursor survives; when it is written out the next one's turn comes."""
    for _ in range(2):
        await database.run(lambda tx: schedule.begin_broadcast(tx, "a", "announcement", "b1", NOW))
    await database.run(lambda tx: schedule.begin_broadcast(tx, "b", "close_reminder", "b1", NOW + HOUR))
    await database.run(lambda tx: schedule.advance_broadcast(tx, "a", 7001, finished=False))
    running = await database.read(lambda tx: schedule.running_broadcast(tx, NOW + HOUR))
    assert running == schedule.Broadcast("a", "announcement", "b1", 7001)
    await database.run(lambda tx: schedule.advance_broadcast(tx, "a", 9001, finished=True))
    following = await database.read(lambda tx: schedule.running_broadcast(tx, NOW + HOUR))
    assert following is not None
    assert (following.id, following.cursor) == ("b", 0)
    # Whoever was at "a" when it ended writes nothing more of it, and does not begin it again.
    assert not await database.run(lambda tx: schedule.advance_broadcast(tx, "a", 9500, finished=False))
    assert await database.read(lambda tx: schedule.running_broadcast(tx, NOW + HOUR)) == following
