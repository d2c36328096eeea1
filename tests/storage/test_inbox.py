"""Updates are kept once, handled once, one chat in order, and a flood or a poison stops nobody else."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import inbox
from storage.database import Database
from storage.statements import STATEMENTS

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
RINA, BUDI, SARI = 7001, 7002, 9001


def message(update_id: int, chat: int = RINA, words: str = "halo") -> dict[str, Any]:
    """Somebody writes in private."""
    return {"update_id": update_id, "message": {"chat": {"id": chat}, "from": {"id": chat}, "text": words}}


async def keep(database: Database, *updates: dict[str, Any]) -> int:
    """Keep them all."""
    return await database.run(lambda tx: inbox.keep(tx, updates, NOW))


@pytest.mark.parametrize(
    ("body", "chat"),
    [
        ({"message": {"chat": {"id": -100}, "from": {"id": RINA}}}, -100),
        ({"edited_message": {"chat": {"id": RINA}}}, RINA),
        ({"callback_query": {"from": {"id": RINA}, "message": {"chat": {"id": -100}}}}, -100),
        ({"callback_query": {"from": {"id": RINA}, "inline_message_id": "1"}}, RINA),
        ({"my_chat_member": {"chat": {"id": BUDI}, "from": {"id": BUDI}}}, BUDI),
        ({"poll": {"id": "1"}}, 0),
        ({"message": "not an object"}, 0),
        ({"message": {"chat": "nor this", "message": "nor this", "from": None}}, 0),
        ({"callback_query": {"message": "nor this", "from": {"id": RINA}}}, RINA),
        ({}, 0),
    ],
)
def test_an_update_belongs_to_its_chat(body: dict[str, Any], chat: int) -> None:
    """Order is kept by chat: where a message stands, or who pressed; whatever its shape, it is told without error."""
    assert inbox.chat_of({"update_id": 1, **body}) == chat


async def test_an_update_is_kept_once(database: Database) -> None:
    """What comes again changes nothing, also after it was handled."""
    assert await keep(database, message(1), message(2)) == 2
    assert await keep(database, message(1, words="palsu"), message(3)) == 1
    taken = await database.run(lambda tx: inbox.take(tx, 1))
    assert taken == message(1)
    assert await keep(database, message(1)) == 0
    assert await database.read(lambda tx: inbox.waiting(tx, 10)) == [(2, True)]


async def test_a_chat_is_handled_in_order(database: Database) -> None:
    """Only the oldest of a chat is offered; when it is done, the next."""
    await keep(database, message(3), message(1), message(2))
    seen = []
    while waiting := await database.read(lambda tx: inbox.waiting(tx, 10)):
        ((number, are_more),) = waiting
        assert are_more == (number < 3)
        await database.run(lambda tx, number=number: inbox.take(tx, number))  # type: ignore[misc]
        seen.append(number)
    assert seen == [1, 2, 3]


async def test_a_flood_in_one_chat_delays_nobody(database: Database) -> None:
    """A thousand updates of one chat take one place in the queue; those who wrote later stand right behind."""
    await keep(
        database, *(message(number, RINA) for number in range(1, 1001)), message(1001, BUDI), message(1002, SARI)
    )
    assert await database.read(lambda tx: inbox.waiting(tx, 3)) == [(1, True), (1001, False), (1002, False)]


async def test_of_two_workers_one_handles_it(database: Database) -> None:
    """Taken twice at once, it is given once."""
    await keep(database, message(1))
    taken = await asyncio.gather(*(database.run(lambda tx: inbox.take(tx, 1)) for _ in range(8)))
    assert len([one for one in taken if one is not None]) == 1


async def test_taking_is_undone_with_the_rest(database: Database) -> None:
    """When what it caused fails, the update waits again."""
    await keep(database, message(1))

    def handle(tx: Any) -> None:
        assert inbox.take(tx, 1)
        raise LookupError

    with pytest.raises(LookupError):
        await database.run(handle)
    assert await database.read(lambda tx: inbox.waiting(tx, 10)) == [(1, False)]


async def test_a_poison_is_set_aside_after_five_failures(database: Database) -> None:
    """Those behind it in its chat go on; it is counted out exactly once."""
    await keep(database, message(1), message(2))
    told = [await database.run(lambda tx: inbox.failed(tx, 1)) for _ in range(inbox.MAX_ATTEMPTS + 1)]
    assert told == [False, False, False, False, True, False]
    assert await database.read(lambda tx: inbox.waiting(tx, 10)) == [(2, False)]
    assert await database.run(lambda tx: inbox.take(tx, 1)) is None


@pytest.mark.parametrize("words", ["\ud83d", "\x00", "🧕 é \u202e", "x" * 100_000])
async def test_whatever_is_written_is_kept_as_it_is(database: Database, words: str) -> None:
    """Half a surrogate pair, a zero character, a huge text: what comes out is what went in."""
    await keep(database, message(1, words=words))
    assert await database.run(lambda tx: inbox.take(tx, 1)) == message(1, words=words)


async def test_handled_updates_are_forgotten_and_waiting_ones_are_not(database: Database) -> None:
    """They are personal data; what still waits is kept however old it is."""
    await keep(database, message(1), message(2, BUDI))
    await database.run(lambda tx: inbox.take(tx, 1))
    assert await database.run(lambda tx: inbox.purge(tx, NOW)) == 0
    assert await database.run(lambda tx: inbox.purge(tx, NOW + timedelta(days=30))) == 1
    assert await database.read(lambda tx: inbox.waiting(tx, 10)) == [(2, False)]


def test_the_queue_is_read_from_its_index(path: Path) -> None:
    """However many updates were handled, only those that wait are looked at."""
    with closing(sqlite3.connect(path)) as connection:
        plan = [str(row[3]) for row in connection.execute("EXPLAIN QUERY PLAN " + STATEMENTS["next_updates"], {"n": 5})]
    assert any("inbox_new" in line for line in plan)
