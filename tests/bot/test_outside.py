"""What a turn asks of the outside: the chat waits for the answer, nobody else does, and nothing is done twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.api import Api
from bot.house import House
from bot.outside import Asked, Outside, Question
from bot.rounds import Engine
from messages.render import Words
from storage import inbox, people
from storage.database import Database, Tx
from storage.databases import database_at
from storage.migrate import migrate
from tests.journeys.floor import settings_for
from tests.people import until

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
ASKS, OTHER = 1, 2


@dataclass(frozen=True)
class Weather(Question[str]):
    """Something a test knows the answer to."""

    known: asyncio.Event = field(hash=False)
    failures: list[Exception] = field(hash=False)

    async def find(self, outside: Outside) -> str:
        await self.known.wait()
        if self.failures:
            raise self.failures.pop()
        return "sunny"


@asynccontextmanager
async def office(tmp_path: Path, question: Weather, heard: list[str]) -> AsyncIterator[Database]:
    """An engine whose update 1 asks, with updates of two chats waiting."""
    settings = settings_for("http://127.0.0.1:9", tmp_path)
    database = database_at(settings.database_url)
    house = House(settings, Words(settings.shop_name, settings.timezone))

    def listen(
        tx: Tx, _house: House, update_id: int, _now: datetime, answers: Mapping[Question[object], object] | None = None
    ) -> bool:
        if inbox.take(tx, update_id) is None:
            return False
        people.remember(tx, f"heard-{update_id}-{len(heard)}", "")
        if update_id == ASKS:
            if question not in (answers or {}):
                raise Asked(question)
            heard.append(str((answers or {})[question]))
        else:
            heard.append(f"update {update_id}")
        return True

    await asyncio.to_thread(migrate, settings.database_url)
    await database.open()
    api = Api("1:x", "http://127.0.0.1:9")
    engine = Engine(database, house, lambda: NOW, lambda: None, handle=listen, outside=Outside(api))
    updates = [{"update_id": n, "message": {"chat": {"id": chat}}} for n, chat in ((ASKS, 7), (OTHER, 8), (3, 7))]
    await database.run(lambda tx: inbox.keep(tx, updates, NOW))
    running = asyncio.create_task(engine.run())
    try:
        yield database
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await database.close()


@pytest.mark.parametrize("failures", [[], [OSError("away")]], ids=["at once", "at the second try"])
async def test_a_chat_waits_for_its_answer_and_others_go_on(tmp_path: Path, failures: list[Exception]) -> None:
    """While the answer is looked for, others are heard; then the chat goes on in order, and the try left nothing."""
    heard: list[str] = []
    question = Weather(asyncio.Event(), failures)

    async def all_heard() -> bool:
        return len(heard) == 3

    async def other_heard() -> bool:
        return heard == ["update 2"]

    async with office(tmp_path, question, heard) as database:
        await until(other_heard, 10, "the other chat is not heard")
        question.known.set()
        await until(all_heard, 10, "the answer does not arrive")
        assert heard == ["update 2", "sunny", "update 3"]
        left = await database.read(lambda tx: [people.known(tx, f"heard-1-{n}") for n in (0, 1)])
        assert left == [None, ""], "what the first try wrote was undone"
