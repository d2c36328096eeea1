"""What is to be sent: once for each key, people first, each chat in order, and nothing that a crash could double."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import outbox
from storage.database import Database
from storage.outbox import Outgoing, Priority, Queued
from storage.statements import STATEMENTS

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
LATER = NOW + timedelta(seconds=30)
RINA, BUDI, SARI = 7001, 7002, 9001
ANSWER, ORDER, BROADCAST = Priority.ANSWER, Priority.ORDER, Priority.BROADCAST


async def put(database: Database, key: str, chat: int = RINA, priority: Priority = ANSWER, **params: Any) -> bool:
    """Queue one."""
    message = Outgoing(key, chat, "sendMessage", {"text": key, **params}, priority)
    return await database.run(lambda tx: outbox.put(tx, message, NOW))


async def waiting(database: Database, now: datetime = NOW, busy: tuple[int, ...] = ()) -> list[Queued]:
    """What may leave to people."""
    return await database.read(lambda tx: outbox.waiting(tx, now, 10, busy))


async def keys(database: Database, now: datetime = NOW) -> list[str]:
    """The same by its words."""
    return [row.params["text"] for row in await waiting(database, now)]


async def test_a_key_is_sent_once(database: Database) -> None:
    """Asked for again, also after it was sent, a message is not queued again."""
    assert await put(database, "u1:1")
    assert not await put(database, "u1:1")
    (row,) = await waiting(database)
    await database.run(lambda tx: outbox.sent(tx, row.id, 5, NOW))
    assert not await put(database, "u1:1")
    assert await waiting(database) == []


async def test_answers_go_before_order_updates(database: Database) -> None:
    """Whatever was written first; broadcasts are not among them."""
    await put(database, "all", SARI, BROADCAST)
    await put(database, "update", BUDI, ORDER)
    await put(database, "answer", RINA, ANSWER)
    assert await keys(database) == ["answer", "update"]
    (broadcast,) = await database.read(lambda tx: outbox.broadcasts_waiting(tx, NOW, 10))
    assert broadcast.priority is BROADCAST
    assert broadcast.created_at == NOW


async def test_of_each_chat_only_the_oldest_is_offered(database: Database) -> None:
    """A chat with many waiting takes one place for its answers and one for its order updates."""
    for number in range(50):
        await put(database, f"a{number}")
    await put(database, "update", RINA, ORDER)
    await put(database, "halo", BUDI)
    assert await keys(database) == ["a0", "halo", "update"]


async def test_one_that_waits_for_its_time_holds_back_those_behind_it(database: Database) -> None:
    """Order in a chat survives a retry; other chats go on; when the time has come it leaves first."""
    await put(database, "a")
    await put(database, "b")
    await put(database, "halo", BUDI)
    first = (await waiting(database))[0]
    await database.run(lambda tx: outbox.retry(tx, first.id, LATER, "no answer"))
    assert await keys(database) == ["halo"]
    assert await keys(database, LATER) == ["a", "halo"]


async def test_busy_rows_are_left_out(database: Database) -> None:
    """What is on its way is not offered again, nor what stands behind it in its chat."""
    await put(database, "a")
    await put(database, "b")
    (row,) = await waiting(database)
    assert await waiting(database, busy=(row.id,)) == []


async def test_tries_are_counted_only_when_it_may_have_arrived(database: Database) -> None:
    """A 429 or a refused connection costs nothing."""
    await put(database, "a")
    (row,) = await waiting(database)
    await database.run(lambda tx: outbox.postpone(tx, row.id, NOW, "refused"))
    await database.run(lambda tx: outbox.retry(tx, row.id, NOW, "no answer"))
    assert [one.attempts for one in await waiting(database)] == [1]


async def test_a_broadcast_is_claimed_once_and_in_doubt_after_a_crash(database: Database) -> None:
    """Claimed, it is offered to nobody; released, it waits again; left claimed, it is ambiguous and never sent."""
    await put(database, "all", priority=BROADCAST)
    (row,) = await database.read(lambda tx: outbox.broadcasts_waiting(tx, NOW, 10))
    assert await database.run(lambda tx: outbox.claim(tx, row.id))
    assert not await database.run(lambda tx: outbox.claim(tx, row.id))
    assert await database.read(lambda tx: outbox.broadcasts_waiting(tx, NOW, 10)) == []
    await database.run(lambda tx: outbox.release(tx, [row.id]))
    assert await database.run(lambda tx: outbox.claim(tx, row.id))
    assert await database.run(lambda tx: outbox.settle_doubts(tx, NOW)) == 1
    assert await database.run(lambda tx: outbox.settle_doubts(tx, NOW)) == 0
    assert not await database.run(lambda tx: outbox.claim(tx, row.id))


async def test_a_message_said_anew_keeps_its_place(database: Database) -> None:
    """An edit that became a new message leaves before what was written after it."""
    await put(database, "a")
    await put(database, "b")
    (row,) = await waiting(database)
    await database.run(lambda tx: outbox.rewrite(tx, row.id, "sendPhoto", {"text": "a2"}))
    (row,) = await waiting(database)
    assert (row.method, row.params) == ("sendPhoto", {"text": "a2"})


async def test_what_waits_for_a_group_follows_it(database: Database) -> None:
    """Rows of the old id go to the new one; what was sent stays where it is."""
    await put(database, "old", -5)
    (row,) = await waiting(database)
    await database.run(lambda tx: outbox.sent(tx, row.id, 9, NOW))
    await put(database, "new", -5)
    await database.run(lambda tx: outbox.follow_migration(tx, -5, -1005))
    assert [row.chat_id for row in await waiting(database)] == [-1005]
    assert await database.read(lambda tx: outbox.already_sent(tx, "old")) == [(-5, 9, "sendMessage")]


async def test_sent_messages_are_found_by_the_beginning_of_their_key(database: Database) -> None:
    """Letter by letter: `_` and `%` in a key are no wildcards, and what failed or has no id is not found."""
    for key in ("proof_1:9001", "proof_1:9002", "proofX1:9001", "proof_12:9001", "proof_1"):
        await put(database, key, chat=len(key))
    for row in await database.read(lambda tx: outbox.waiting(tx, NOW, 10)):
        await database.run(lambda tx, row=row: outbox.sent(tx, row.id, 7, NOW))  # type: ignore[misc]
    await put(database, "proof_1:9003", 99)
    (left,) = (row for row in await waiting(database) if row.chat_id == 99)
    await database.run(lambda tx: outbox.give_up(tx, left.id, "blocked", False, NOW))
    found = await database.read(lambda tx: outbox.already_sent(tx, "proof_1:"))
    assert {chat for chat, _, _ in found} == {len("proof_1:9001")}


async def test_a_restart_knows_until_when_it_was_told_to_wait(database: Database) -> None:
    """The latest 429 that still holds a row back; other reasons to wait do not count."""
    assert await database.read(outbox.told_to_wait_until) is None
    await put(database, "a")
    await put(database, "b", BUDI)
    a, b = await waiting(database)
    await database.run(lambda tx: outbox.postpone(tx, a.id, LATER, outbox.TOLD_TO_WAIT))
    await database.run(lambda tx: outbox.postpone(tx, b.id, LATER + timedelta(1), "refused"))
    assert await database.read(outbox.told_to_wait_until) == LATER


@pytest.mark.parametrize("words", ["\ud83d", "\x00", "🧕 é", "'; DROP TABLE outbox; --"])
async def test_whatever_is_said_is_kept_as_it_is(database: Database, words: str) -> None:
    """No text can undo the transaction that queues it."""
    await put(database, "a", note=words)
    (row,) = await waiting(database)
    assert row.params["note"] == words


async def test_sent_messages_are_forgotten_and_waiting_ones_are_not(database: Database) -> None:
    """They hold personal data; what still waits is kept however old it is."""
    await put(database, "a")
    await put(database, "b", BUDI)
    first = (await waiting(database))[0]
    await database.run(lambda tx: outbox.sent(tx, first.id, 1, NOW))
    assert await database.run(lambda tx: outbox.purge(tx, LATER)) == 1
    assert await keys(database) == ["b"]


@pytest.mark.parametrize(
    ("statement", "indexes"),
    [
        ("next_messages", {"outbox_queued", "outbox_of_chat"}),
        ("next_broadcasts", {"outbox_queued"}),
        ("messages_in_doubt", {"outbox_sending"}),
        ("migrate_chat", {"outbox_of_chat"}),
        ("sent_messages", {"(key>? AND key<?)"}),
    ],
)
def test_the_queue_is_read_from_its_indexes(path: Path, statement: str, indexes: set[str]) -> None:
    """However many messages were sent, only those that wait are looked at, and nothing is sorted."""
    values = {"now": "", "n": 5, "old": 1, "new": 2, "prefix": "a", "beyond": "b"}
    with closing(sqlite3.connect(path)) as connection:
        plan = [str(row[3]) for row in connection.execute("EXPLAIN QUERY PLAN " + STATEMENTS[statement], values)]
    for index in indexes:
        assert any(index in line for line in plan), plan
    assert not any("TEMP B-TREE" in line for line in plan)
