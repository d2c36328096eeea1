"""The loop that hands waiting updates on: it looks when it is woken, and ends when it is told to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.api import Api
from bot.house import House
from bot.outside import Asked, Outside, Question
from bot.rounds import Engine
from messages.render import Words
from preorder.values import dataclass
from storage import inbox
from storage.database import Tx
from storage.databases import database_at
from storage.migrate import migrate
from tests.journeys.floor import TOKEN, settings_for


async def test_news_in_the_moment_of_the_end_does_not_keep_the_engine_alive(tmp_path: Path) -> None:
    """An update is kept in the very moment in which the bot is told to stop: the engine still ends."""
    settings = settings_for("http://127.0.0.1:9", tmp_path)
    database = database_at(settings.database_url)
    engine = Engine(
        database, House(settings, Words(settings.shop_name, settings.timezone)), lambda: datetime.now(UTC), lambda: None
    )
    await asyncio.to_thread(migrate, settings.database_url)
    await database.open()
    running = asyncio.create_task(engine.run())
    try:
        for _ in range(10):  # it has looked and found nothing, and waits for news
            await database.read(lambda _tx: None)
        engine.wake()
        running.cancel()
        done, _ = await asyncio.wait({running}, timeout=5)
        assert running in done
    finally:
        running.cancel()
        await database.close()


@dataclass(frozen=True)
class _Weather(Question[str]):
    """Something that is found out when the test says so."""

    found: asyncio.Event

    async def find(self, outside: Outside) -> str:
        assert outside is not None
        await self.found.wait()
        return "fine"


@pytest.mark.parametrize("asks", [False, True], ids=["at once", "after it asked the outside"])
async def test_what_time_it_is_is_asked_when_the_database_is_free(tmp_path: Path, asks: bool) -> None:
    """An update waits behind other work on the database while the clock moves on, also one that begins anew with what
    it asked: it is handled at the later moment, so that a confirmation that is committed after a closing is late,
    however early it was looked at."""
    settings = settings_for("http://127.0.0.1:9", tmp_path)
    database = database_at(settings.database_url)
    clock = [datetime(2026, 11, 26, 13, 59, 59, tzinfo=UTC)]
    handled: list[datetime] = []
    was_asked, may_go, has_begun = threading.Event(), threading.Event(), threading.Event()
    question = _Weather(asyncio.Event())

    def now() -> datetime:
        was_asked.set()
        return clock[0]

    def handle(tx: Tx, _house: House, update_id: int, at: datetime, answers: Mapping[object, object] = {}) -> bool:
        if asks and question not in answers:
            raise Asked(question)
        handled.append(at)
        return inbox.take(tx, update_id) is not None

    def be_busy(_tx: Tx) -> None:
        has_begun.set()
        may_go.wait(10)
        clock[0] += timedelta(seconds=2)

    house = House(settings, Words(settings.shop_name, settings.timezone))
    outside = Outside(Api(TOKEN, settings.api_url))
    engine = Engine(database, house, now, lambda: None, handle=handle, outside=outside)
    await asyncio.to_thread(migrate, settings.database_url)
    await database.open()
    update = {"update_id": 1, "message": {"chat": {"id": 7}}}
    await database.run(lambda tx: inbox.keep(tx, [update], clock[0]))
    running = asyncio.create_task(engine.run()) if asks else None
    try:
        while asks and not was_asked.is_set():  # it has begun once, and asked
            await database.read(lambda _tx: None)
        busy = asyncio.create_task(database.run(be_busy))
        await asyncio.to_thread(has_begun.wait, 10)
        was_asked.clear()
        question.found.set()
        running = running or asyncio.create_task(engine.run())
        for _ in range(20):  # it has looked, and its update waits behind what the database is busy with
            await database.read(lambda _tx: None)
        assert not was_asked.is_set()
        may_go.set()
        await busy
        async with asyncio.timeout(5):
            while not handled:
                await database.read(lambda _tx: None)
        assert handled == [datetime(2026, 11, 26, 14, 0, 1, tzinfo=UTC)]
    finally:
        may_go.set()
        if running is not None:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        await database.close()


@dataclass(frozen=True)
class _File(Question[str]):
    """Something large; how many are fetched at once is counted."""

    number: int
    under_way: list[int]
    most: list[int]

    def __hash__(self) -> int:
        return self.number

    async def find(self, outside: Outside) -> str:
        assert outside is not None
        self.under_way.append(self.number)
        self.most.append(len(self.under_way))
        await asyncio.sleep(0.01)
        self.under_way.remove(self.number)
        return "here"


async def test_however_many_ask_the_outside_few_files_are_fetched_at_once(tmp_path: Path) -> None:
    """Thirty people send a large file in the same moment: all are answered, and never more than eight files are in
    memory."""
    settings = settings_for("http://127.0.0.1:9", tmp_path)
    database = database_at(settings.database_url)
    under_way: list[int] = []
    most: list[int] = []
    handled = asyncio.Event()
    done: list[int] = []
    loop = asyncio.get_running_loop()

    def handle(tx: Tx, _house: House, update_id: int, at: datetime, answers: Mapping[object, object] = {}) -> bool:
        question = _File(update_id, under_way, most)
        if question not in answers:
            raise Asked(question)
        done.append(update_id)
        if len(done) == 30:
            loop.call_soon_threadsafe(handled.set)
        return inbox.take(tx, update_id) is not None

    await asyncio.to_thread(migrate, settings.database_url)
    await database.open()
    moment = datetime(2026, 11, 26, tzinfo=UTC)
    updates = [{"update_id": one, "message": {"chat": {"id": one}}} for one in range(1, 31)]
    await database.run(lambda tx: inbox.keep(tx, updates, moment))
    house = House(settings, Words(settings.shop_name, settings.timezone))
    outside = Outside(Api(TOKEN, settings.api_url))
    engine = Engine(database, house, lambda: moment, lambda: None, handle=handle, outside=outside)
    running = asyncio.create_task(engine.run())
    try:
        await asyncio.wait_for(handled.wait(), 30)
        assert sorted(done) == list(range(1, 31))
        assert max(most) == 8
    finally:
        running.cancel()
        await asyncio.wait({running})
        await database.close()
