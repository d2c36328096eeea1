"""The engine alone, in front of a real inbox: who waits for whom when something fails or somebody floods."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot import due_work, flood
from bot.engine import handle
from bot.house import House
from bot.rounds import AT_ONCE, Engine
from messages.render import Words
from preorder.order import PersonId
from sandbox.scenes import SARI
from storage import inbox, outbox, people, schedule
from storage.database import Tx
from storage.migrate import migrate
from storage.sqlite import SqliteDatabase
from tests.bot.line import until
from tests.journeys.floor import settings_for
from tests.sqlite import raw

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
RINA, BUDI = 7001, 7002


class Counter:
    """The shop's counter: an inbox, and an engine that runs when asked to. Nothing is sent."""

    def __init__(self, database: SqliteDatabase, house: House) -> None:
        self.database = database
        self.house = house
        self.next_id = 100
        self.rounds = 0
        self.refusals = 0
        self.order: list[int] = []

    async def say(self, chat: int, *words: str) -> list[int]:
        """Updates, kept in one commit."""
        ids = list(range(self.next_id, self.next_id + len(words)))
        self.next_id += len(words)
        updates = [message(update_id, chat, text) for update_id, text in zip(ids, words, strict=True)]
        await self.database.run(lambda tx: inbox.keep(tx, updates, NOW))
        return ids

    def watched(self, poisoned: frozenset[int] = frozenset()) -> Callable[[Tx, House, int, datetime], bool]:
        """The real handling, written down; it fails at what is poisoned."""

        def watch(tx: Tx, house: House, update_id: int, now: datetime) -> bool:
            self.order.append(update_id)
            if update_id in poisoned:
                raise ValueError("a bug")
            return handle(tx, house, update_id, now)

        return watch

    @asynccontextmanager
    async def working(self, poisoned: frozenset[int] = frozenset(), **more: Any) -> AsyncIterator[Engine]:
        """An engine at work."""
        engine = Engine(
            self.database, self.house, lambda: NOW, self._count_round, handle=self.watched(poisoned), **more
        )
        task = asyncio.create_task(engine.run())
        try:
            yield engine
        finally:
            died = task.done()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert not died

    def _count_round(self) -> None:
        self.rounds += 1

    def rows(self, sql: str) -> list[Any]:
        """What the books say, read from outside."""
        with sqlite3.connect(self.database.path) as connection:
            found = connection.execute(sql).fetchall()
        connection.close()
        return found

    def waiting(self, chat: int) -> int:
        """How many updates of a chat are not handled."""
        found = self.rows(f"SELECT COUNT(*) FROM inbox WHERE state = 'new' AND chat_id = {chat}")
        return int(found[0][0])

    def said_to(self, chat: int) -> list[str]:
        """What waits to be sent to somebody."""
        return [row[0] for row in self.rows(f"SELECT params FROM outbox WHERE chat_id = {chat} ORDER BY id")]


def message(update_id: int, chat: int, text: str) -> dict[str, Any]:
    """A private message, as Telegram writes it."""
    who = {"id": chat, "is_bot": False, "first_name": "Rina", "language_code": "id"}
    body: dict[str, Any] = {"message_id": update_id, "date": 1_780_000_000, "from": who, "text": text}
    return {"update_id": update_id, "message": {**body, "chat": {"id": chat, "type": "private", "first_name": "Rina"}}}


@pytest_asyncio.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    """An empty shop."""
    settings = settings_for("http://127.0.0.1:9", tmp_path)
    database = SqliteDatabase(tmp_path / "shop.db")
    await database.open()
    await asyncio.to_thread(migrate, settings.database_url)
    yield Counter(database, House(settings, Words(settings.shop_name, settings.timezone), "bukapo_bot"))
    await database.close()


async def test_a_poisoned_update_is_set_aside_after_five_failures_and_its_chat_goes_on(counter: Counter) -> None:
    """Five tries, then the owner is told once, and the next word of the same person is answered."""
    bad, good = await counter.say(RINA, "racun", "halo")
    async with counter.working(frozenset({bad})):
        await until(lambda: counter.waiting(RINA) == 0, 15)
    assert counter.order == [bad] * 5 + [good]
    assert counter.rows(f"SELECT state, attempts FROM inbox WHERE update_id = {bad}") == [("dead", 5)]
    assert [str(bad) in text for text in counter.said_to(SARI)] == [True]
    assert len(counter.said_to(RINA)) == 1


async def test_a_failure_rests_without_holding_up_another_chat(counter: Counter) -> None:
    """Between two tries of a poisoned update the others go on round after round, not one update at a time."""
    (bad,) = await counter.say(RINA, "racun")
    others = await counter.say(BUDI, *["halo"] * 30)
    async with counter.working(frozenset({bad})):
        await until(lambda: counter.waiting(BUDI) == 0)
    # What fails together with another's update is done again at once, by itself: that is the same try.
    tries = [place for place, update_id in enumerate(counter.order) if update_id == bad]
    first, *again = [place for place in tries if place + 1 not in tries]
    between = counter.order[first : again[0]] if again else counter.order[first:]
    assert len([update_id for update_id in between if update_id in others]) >= 3


async def test_an_update_that_cannot_be_read_is_set_aside_too(counter: Counter) -> None:
    """What cannot be parsed blocks nobody, nor for ever those behind it in its own chat."""
    odd = message(50, RINA, "halo")
    odd["message"]["text"] = {"not": "a text"}
    await counter.database.run(lambda tx: inbox.keep(tx, [odd], NOW))
    (good,) = await counter.say(RINA, "halo")
    async with counter.working():
        await until(lambda: counter.waiting(RINA) == 0, 15)
    assert counter.order == [50] * 5 + [good]


async def test_more_poisoned_chats_than_fit_in_a_round_hold_up_nobody(counter: Counter) -> None:
    """The oldest updates of a hundred chats all fail; somebody who comes later is answered in the meantime."""
    bad = [(await counter.say(8000 + number, "racun"))[0] for number in range(AT_ONCE + 40)]
    await counter.say(BUDI, "halo")
    async with counter.working(frozenset(bad)):
        await until(lambda: counter.waiting(BUDI) == 0)
    assert counter.waiting(8000) == 1


async def test_an_owner_who_cannot_be_told_keeps_nobody_waiting(counter: Counter) -> None:
    """When even the word about an update that was set aside fails, it is set aside all the same."""
    bad, good = await counter.say(RINA, "racun", "halo")
    counter.house.words = Words("Sari Hijab", counter.house.settings.timezone)
    await counter.database.run(
        lambda tx: raw(
            tx,
            "CREATE TRIGGER broken BEFORE INSERT ON outbox WHEN NEW.key LIKE 'aside:%' "
            "BEGIN SELECT RAISE(ABORT, 'a bug'); END",
        )
    )
    async with counter.working(frozenset({bad})):
        await until(lambda: counter.waiting(RINA) == 0, 15)
    assert counter.order[-1] == good


async def test_what_the_database_refuses_is_no_failure(counter: Counter) -> None:
    """A full disk is rung about and tried again; it costs no try, and everything is handled afterwards."""
    rung: list[int] = []
    ids = await counter.say(RINA, "halo", "halo")
    with sqlite3.connect(counter.database.path, isolation_level=None) as other:
        other.execute("ALTER TABLE people RENAME TO elsewhere")
        async with counter.working(on_refused=lambda: rung.append(1)):
            await until(lambda: len(rung) >= 3)
            other.execute("ALTER TABLE elsewhere RENAME TO people")
            await until(lambda: counter.waiting(RINA) == 0)
    other.close()
    assert counter.rows("SELECT update_id, state, attempts FROM inbox") == [(one, "done", 0) for one in ids]


async def test_two_thousand_messages_of_one_person_delay_another_by_two_rounds(counter: Counter) -> None:
    """Whoever writes after a flood is handled in the next rounds; first come, first served would take 2,000."""
    await counter.say(RINA, *["halo"] * 2000)
    (late,) = await counter.say(BUDI, "/start")
    async with counter.working():
        await until(lambda: counter.waiting(BUDI) == 0, 30)
        place = counter.order.index(late)
    assert place <= 2
    assert counter.waiting(RINA) > 100


async def test_a_flood_is_answered_a_few_times_and_then_asked_to_slow_down_once(counter: Counter) -> None:
    """The outbox of a flooding chat stays short, one message asks for patience, and every word was handled."""
    await counter.say(RINA, *["halo"] * 400)
    async with counter.working():
        await until(lambda: counter.waiting(RINA) == 0, 30)
    said = counter.said_to(RINA)
    assert len(said) <= flood.MOST_WAITING + 2
    assert len([text for text in said if "Pelan-pelan" in text]) == 1


async def test_without_the_guard_every_message_of_a_flood_is_answered(counter: Counter) -> None:
    """The control: with a limit that is never reached the outbox grows with the flood."""

    def unguarded(tx: Tx, house: House, update_id: int, now: datetime) -> bool:
        done = handle(tx, house, update_id, now)
        for row in tx.all("next_messages", now="9", n=100):
            outbox.sent(tx, row["id"], 1, now)  # the sandbox's pace: whatever is written leaves at once
        return done

    await counter.say(RINA, *["halo"] * 400)
    engine = Engine(counter.database, counter.house, lambda: NOW, lambda: None, handle=unguarded)
    task = asyncio.create_task(engine.run())
    await until(lambda: counter.waiting(RINA) == 0, 30)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert len(counter.said_to(RINA)) == 400


async def test_what_a_flooding_person_does_still_counts(counter: Counter) -> None:
    """Unanswered is not unheard: a command in the middle of the flood changes what it changes."""
    await counter.say(RINA, *["halo"] * 100, "/stop", *["halo"] * 20)
    async with counter.working():
        await until(lambda: counter.waiting(RINA) == 0, 30)
    person = await counter.database.read(lambda tx: people.find(tx, PersonId(RINA)))
    assert person is not None
    assert not person.subscribed


async def test_after_the_flood_the_person_sees_where_they_are(counter: Counter) -> None:
    """While answers still wait nothing is added; when they have left the current screen comes, once."""
    await counter.say(RINA, *["halo"] * 60)
    async with counter.working():
        await until(lambda: counter.waiting(RINA) == 0, 30)
    later = NOW + flood.LOOK_AGAIN
    await do_what_is_due(counter, later)
    assert "Sudah terkejar" not in counter.said_to(RINA)[-1]

    def all_leave(tx: Tx) -> None:
        for row_id in [row[0] for row in raw(tx, "SELECT id FROM outbox")]:
            outbox.sent(tx, row_id, 1, later)

    await counter.database.run(all_leave)
    await do_what_is_due(counter, later + flood.LOOK_AGAIN)
    await do_what_is_due(counter, later + timedelta(minutes=5))
    assert len([text for text in counter.said_to(RINA) if "Sudah terkejar" in text]) == 1


async def do_what_is_due(counter: Counter, now: datetime) -> None:
    """One tick."""
    for due in await counter.database.read(lambda tx: schedule.due(tx, now, 100)):
        await counter.database.run(partial(due_work.perform, house=counter.house, due=due, now=now))


@pytest.mark.parametrize("chat", [-100_500])
async def test_a_flood_in_a_group_is_left_without_words(counter: Counter, chat: int) -> None:
    """Somebody types commands into a group without end: a few answers, then none, and nobody is lectured."""
    updates = []
    for number in range(100):
        one = message(500 + number, RINA, "/order")
        one["message"]["chat"] = {"id": chat, "type": "supergroup", "title": "Grup"}
        one["message"]["entities"] = [{"type": "bot_command", "offset": 0, "length": 6}]
        updates.append(one)
    await counter.database.run(lambda tx: inbox.keep(tx, updates, NOW))
    async with counter.working():
        await until(lambda: counter.waiting(chat) == 0, 30)
    assert len(counter.said_to(chat)) == flood.MOST_WAITING
    assert not [text for text in counter.said_to(chat) if "Pelan" in text]
