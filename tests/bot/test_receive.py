"""Receiving against a real Bot API over HTTP: nothing is acknowledged before it is kept, nothing stops those behind."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from telegram.error import InvalidToken

from bot.api import Api
from bot.receive import Poller
from sandbox import acts
from sandbox.mailbox import Webhook
from storage import inbox
from tests.bot.line import Line, open_line, until


@pytest_asyncio.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    """Inbox, Api and sandbox, with one buyer."""
    async with open_line(tmp_path) as line:
        line.buyers(1)
        yield line


@asynccontextmanager
async def polling(line: Line, kept: list[int] | None = None) -> AsyncIterator[asyncio.Task[None]]:
    """A poller at work; killed at the end."""
    calls = kept if kept is not None else []
    poller = Poller(line.api, line.database, line.clock.now, lambda: calls.append(1), timeout=1)
    task = asyncio.create_task(poller.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def say(line: Line, *words: str) -> list[int]:
    """The buyer writes; the updates' numbers."""
    world = line.box.world
    person = world.people[8000]
    person.started = True
    sent = [acts.say(world, person, world.chats[8000], one)[0][1] for one in words]
    return [number for number in sent if number is not None]


def kept_ids(line: Line) -> list[int]:
    """What is in the inbox."""
    with sqlite3.connect(line.path) as connection:
        found = [row[0] for row in connection.execute("SELECT update_id FROM inbox ORDER BY update_id")]
    connection.close()
    return found


def pending(line: Line) -> int:
    """What Telegram still holds for us."""
    return len(line.box.world.mailbox.waiting())


async def test_updates_are_kept_and_then_acknowledged(line: Line) -> None:
    """Everything that was said is in the inbox in order, Telegram has let go of it, and the engine was told."""
    numbers = say(line, *(f"kata {n}" for n in range(150)))
    told: list[int] = []
    async with polling(line, told):
        await until(lambda: pending(line) == 0)
    assert kept_ids(line) == numbers
    assert told


async def test_nothing_is_acknowledged_that_could_not_be_kept(line: Line) -> None:
    """While the disk refuses, Telegram keeps the updates; when it takes again, they come again."""
    numbers = say(line, "satu", "dua")
    blocker = sqlite3.connect(line.path, isolation_level=None)
    blocker.execute("ALTER TABLE inbox RENAME TO elsewhere")
    async with polling(line):
        await until(lambda: line.box.calls.count >= 1)
        assert pending(line) == 2
        blocker.execute("ALTER TABLE elsewhere RENAME TO inbox")
        await until(lambda: pending(line) == 0)
    blocker.close()
    assert kept_ids(line) == numbers


async def test_a_poller_killed_at_any_moment_loses_and_doubles_nothing(line: Line) -> None:
    """Killed again and again between fetching, keeping and acknowledging: each update is in the inbox exactly once."""
    numbers: list[int] = []
    for delay in range(25):
        numbers += say(line, *(f"{delay}-{n}" for n in range(4)))
        async with polling(line):
            for _ in range(delay * 3):
                await asyncio.sleep(0)
    async with polling(line):
        await until(lambda: pending(line) == 0)
    assert kept_ids(line) == numbers


async def test_what_comes_again_after_a_lost_acknowledgement_is_kept_once(line: Line) -> None:
    """Connections that break after the answer was made bring updates again; the inbox has each once, handled once."""
    line.fault("drop_after", method="getupdates", times=2)
    numbers = say(line, "satu", "dua", "tiga")
    async with polling(line):
        await until(lambda: pending(line) == 0)
        first = numbers[0]
        assert await line.database.run(lambda tx: inbox.take(tx, first))
    assert kept_ids(line) == numbers


async def test_after_a_quiet_week_lower_numbers_are_not_dropped(line: Line) -> None:
    """Telegram may number anew, lower: an empty answer ends the offset, so nothing below is acknowledged unseen."""
    (high,) = say(line, "sebelum")
    async with polling(line):
        await until(lambda: pending(line) == 0)
        polls = line.box.calls.count
        await until(lambda: line.box.calls.count > polls + 1)
        line.box.world.mailbox._next = high - 1000
        (low,) = say(line, "sesudah")
        await until(lambda: low in kept_ids(line))
    assert kept_ids(line) == [low, high]


async def test_an_update_nobody_has_seen_before_is_kept_as_it_is(line: Line) -> None:
    """Unknown kinds, odd characters and huge texts are Telegram's to send and ours to keep."""
    odd: list[dict[str, Any]] = [
        {"message": {"chat": {"id": 8000}, "text": "🧕\x00\u202e"}},
        {"moon_landing": {"by": ["nobody"]}},
        {"message": "not even an object"},
        {"message": {"chat": {"id": "eight"}, "text": "x" * 200_000}},
    ]
    numbers = [line.box.world.mailbox.put_raw(update) for update in odd]
    async with polling(line):
        await until(lambda: pending(line) == 0)
    assert kept_ids(line) == numbers
    first = numbers[0]
    update = await line.database.run(lambda tx: inbox.take(tx, first))
    assert update == {"update_id": first, **odd[0]}


async def test_an_update_that_cannot_be_kept_stops_nobody_behind_it(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    """A chat number beyond the database's range is logged by its keys, never its words; the next update is kept."""
    line.box.world.mailbox.put_raw({"message": {"chat": {"id": 2**70}, "text": "rahasia"}})
    numbers = say(line, "halo")
    async with polling(line):
        await until(lambda: pending(line) == 0)
    assert kept_ids(line) == numbers
    assert "message, update_id" in caplog.text
    assert "rahasia" not in caplog.text


async def test_a_webhook_is_taken_away_without_losing_updates(line: Line) -> None:
    """Somebody tried a webhook before: polling takes it off and gets everything that waited."""
    numbers = say(line, "satu")
    line.box.world.mailbox.webhook = Webhook("http://127.0.0.1:9/nobody")
    async with polling(line):
        await until(lambda: pending(line) == 0)
    assert kept_ids(line) == numbers
    assert len(line.calls("deletewebhook")) == 1


async def test_a_second_bot_with_the_token_is_named(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    """Two processes on one token: the log says so, once, and the poller goes on when the other is gone."""
    other = Api(line.box.token, line.base)
    await other.open()
    async with polling(line) as task:
        await until(lambda: line.box.world.mailbox.polls >= 1)
        await other.call("getUpdates", {"timeout": 0})
        await until(lambda: "another bot process uses this token" in caplog.text)
        numbers = say(line, "halo")
        await until(lambda: kept_ids(line) == numbers)
        assert not task.done()
    await other.close()
    warned = [one for one in caplog.records if "another bot process" in one.getMessage()]
    assert len([one for one in warned if one.levelno == logging.WARNING]) == 1


async def test_a_wrong_token_ends_the_process(line: Line) -> None:
    """Trying again would not help: the error goes up."""
    api = Api("100000001:another-token-than-this", line.base)
    await api.open()
    poller = Poller(api, line.database, line.clock.now, lambda: None, timeout=1)
    with pytest.raises(InvalidToken):
        await poller.run()
    await api.close()


@pytest.mark.parametrize("kind", ["429", "500", "502", "drop_before"])
async def test_trouble_on_the_way_is_waited_out(line: Line, kind: str) -> None:
    """A busy or broken server is asked again, after the time it names when it names one."""
    line.fault(kind, method="getupdates", times=1, retry_after=1)
    numbers = say(line, "halo")
    async with polling(line):
        await until(lambda: pending(line) == 0)
    assert kept_ids(line) == numbers
    first, second = [call for call in line.box.calls.after(0) if call["method"] == "getupdates"][:2]
    assert second["at"] - first["at"] >= (1.0 if kind == "429" else 0.4)
