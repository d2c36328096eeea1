"""The sender against a real Bot API over HTTP: order, priority, and what becomes of a message when something fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
import pytest_asyncio
from telegram.error import InvalidToken

from bot.api import Api
from bot.deliver import Sender
from sandbox import membership
from sandbox.world import Chat
from storage import outbox, people
from storage.database import Database, Tx
from storage.outbox import Outgoing
from storage.sqlite import SqliteTx
from tests.around import Around
from tests.bot.line import ANSWER, BROADCAST, ORDER, Line, open_line, text, until

T = TypeVar("T")


@pytest_asyncio.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    """Outbox, sender's Api and sandbox."""
    async with open_line(tmp_path) as line:
        yield line


async def test_a_message_arrives_and_its_row_knows_its_id(line: Line) -> None:
    """What waits is sent once, marked with the id under which it can be edited later."""
    (buyer,) = line.buyers(1)
    line.sender()
    await line.queue(text("halo", buyer))
    assert await line.settled() == {"halo": "sent"}
    message_id = line.rows()["halo"]["message_id"]
    assert line.box.world.chats[buyer].messages[message_id].body["text"] == "halo"
    assert line.texts(buyer) == ["halo"]


async def test_a_chat_hears_things_in_order_and_one_at_a_time(line: Line) -> None:
    """Slow answers of the server do not let later messages overtake: the next leaves when the one before is done."""
    buyers = line.buyers(3)
    line.fault("slow", seconds=0.02, share=0.5)
    line.sender()
    said = [f"{buyer}-{number}" for number in range(8) for buyer in buyers]
    await line.queue(*(text(words, int(words[:4])) for words in said))
    await line.settled()
    for buyer in buyers:
        assert line.texts(buyer) == [f"{buyer}-{number}" for number in range(8)]
        own = [call for call in line.calls() if call["chat_id"] == buyer]
        ends = [call["at"] + call["took"] for call in own]
        assert all(end <= later["at"] for end, later in zip(ends, own[1:], strict=False))


async def test_people_go_before_a_broadcast_of_three_hundred(line: Line) -> None:
    """An answer and an order update written in the middle of a broadcast leave in the next slots, the answer first."""
    buyers = line.buyers(302)
    sender = line.sender(pace=150)
    await line.queue(*(text(f"b{buyer}", buyer, BROADCAST) for buyer in buyers[2:]))
    await until(lambda: len(line.calls()) >= 30)
    await line.queue(text("update", buyers[0], ORDER), text("answer", buyers[1], ANSWER))
    # Those that were in flight when the rows were committed are not in the log yet.
    before = len(line.calls())
    states = await line.settled()
    order = [call["chat_id"] for call in line.calls()]
    assert set(states.values()) == {"sent"}
    assert order.index(buyers[1]) < order.index(buyers[0]) <= before + 10
    assert len(order) == 302
    await sender.stop(1)


async def test_a_chat_with_thousands_waiting_holds_up_nobody(line: Line) -> None:
    """One chat's flood of rows, older than anybody else's, delays another chat by a few messages at most."""
    flooding, buyer = line.buyers(2)
    await line.queue(*(text(f"f{number}", flooding) for number in range(3000)))
    await line.queue(text("halo", buyer))
    line.sender()
    await until(lambda: line.texts(buyer) == ["halo"])
    assert len(line.texts(flooding)) < 30


async def test_the_pace_keeps_within_telegrams_limits(line: Line) -> None:
    """With the limits of the sandbox on and the usual pace, nothing is refused: in all, in a chat, in bursts."""
    buyers = line.buyers(40)
    line.box.world.limits.switch(True)
    line.sender(pace=25)
    await line.queue(
        *(text(f"a{number}", buyers[0]) for number in range(7)),
        *(text(f"b{buyer}", buyer, BROADCAST) for buyer in buyers),
    )
    await line.settled()
    assert line.box.world.limits.refused == 0


async def test_after_a_429_nothing_leaves_before_it_is_over(line: Line) -> None:
    """Whoever was refused, all wait as long as told, to the second; it costs no try and loses nothing."""
    buyers = line.buyers(60)
    line.fault("429", method="sendmessage", chat=buyers[5], retry_after=1, times=1)
    line.sender(pace=100)
    await line.queue(
        text("answer", buyers[5]),
        Outgoing("press", buyers[1], "answerCallbackQuery", {"callback_query_id": "1"}, ORDER),
        *(text(f"b{buyer}", buyer, BROADCAST) for buyer in buyers),
    )
    await line.settled()
    (told_at,) = line.api.told_at
    # Those that had left when the word came back are not called back.
    assert not [left for left in line.api.left_at if told_at < left < told_at + 1]
    assert line.rows()["answer"]["attempts"] == 1
    assert line.rows()["answer"]["state"] == "sent"
    assert {row["state"] for key, row in line.rows().items() if key.startswith("b")} == {"sent"}


async def test_a_429_is_obeyed_by_the_next_process_too(line: Line) -> None:
    """What was told is in the row: a bot that is restarted meanwhile sends nothing to anybody before it is over."""
    first, second = line.buyers(2)
    line.fault("429", retry_after=2, times=1)
    line.sender()
    await line.queue(text("a", first))
    await until(lambda: line.rows()["a"]["error"] == outbox.TOLD_TO_WAIT)
    (told_at,) = line.api.told_at
    await line.crash()
    line.sender()
    await line.queue(text("b", second))
    await line.settled()
    assert all(left >= told_at + 2 for left in line.api.left_at[1:])


@pytest.mark.parametrize("kind", ["500", "502", "drop_before", "drop_after", "hang_before", "hang_after"])
async def test_what_may_have_arrived_is_repeated_to_people_and_not_to_many(line: Line, kind: str) -> None:
    """An order update arrives at least once; a broadcast at most once, and is counted as ambiguous."""
    first, second = line.buyers(2)
    for buyer in (first, second):
        line.fault(kind, chat=buyer, times=1, seconds=1.2)
    line.sender()
    await line.queue(text("update", first, ORDER), text("all", second, BROADCAST))
    assert await line.settled() == {"update": "sent", "all": "ambiguous"}
    assert len(line.texts(first)) in (1, 2)
    assert len(line.texts(second)) == (kind in ("drop_after", "hang_after"))
    assert line.rows()["update"]["attempts"] == 2


async def test_a_server_that_is_gone_loses_no_message(line: Line) -> None:
    """Refused connections cost no try; once there is a server again everything arrives, broadcasts once too."""
    first, second = line.buyers(2)
    port = int(line.base.rsplit(":", 1)[1])
    await line.box.stop()
    line.sender()
    await line.queue(text("a", first), text("b", second, BROADCAST))
    await until(lambda: all("not sent" in row["error"] for row in line.rows().values()))
    await line.box.start(port)
    assert await line.settled() == {"a": "sent", "b": "sent"}
    assert (line.texts(first), line.texts(second)) == (["a"], ["b"])
    assert {row["attempts"] for row in line.rows().values()} == {1}


async def test_an_answer_that_nobody_waits_for_any_more_is_given_up(line: Line) -> None:
    """After half an hour without a server an answer is dropped; an order update of that age is not."""
    first, second = line.buyers(2)
    await line.box.stop()
    await line.queue(text("answer", first), text("update", second, ORDER))
    line.clock.passed = timedelta(minutes=31)
    line.sender()
    await until(lambda: line.states() == {"answer": "failed", "update": "queued"})


async def test_who_blocked_the_bot_is_left_alone(line: Line) -> None:
    """403 marks the person unreachable in the same commit that gives the message up."""
    (buyer,) = line.buyers(1)
    now = line.clock.now()
    person = await line.database.run(lambda tx: people.meet(tx, buyer, "Rina", "", "id", now))  # type: ignore[arg-type]
    assert person.reachable
    membership.block(line.box.world, line.box.world.people[buyer])
    line.sender()
    await line.queue(text("halo", buyer))
    assert await line.settled() == {"halo": "failed"}
    found = await line.database.read(lambda tx: people.find(tx, person.id))
    assert found is not None
    assert not found.reachable


async def test_a_chat_that_nobody_knows_is_given_up_aloud(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    """400 "chat not found" is final: no second try, a line for whoever watches, and the next person's message goes."""
    (buyer,) = line.buyers(1)
    line.sender()
    await line.queue(text("lost", 999_999, ORDER), text("halo", buyer, ORDER))
    assert await line.settled() == {"lost": "failed", "halo": "sent"}
    assert line.rows()["lost"]["attempts"] == 1
    assert "Chat not found" in caplog.text


async def test_one_chat_told_to_wait_makes_all_wait_and_loses_nothing(line: Line) -> None:
    """A 429 for one chat pauses everything as long as told, and no chat asks again inside that time."""
    first, second = line.buyers(2)
    line.fault("429", method="sendmessage", chat=first, retry_after=1, times=2)
    line.sender()
    await line.queue(text("a", first))
    await until(lambda: len(line.calls()) == 1)
    await line.queue(text("b", second))
    assert await line.settled() == {"a": "sent", "b": "sent"}
    refused = [call for call in line.calls() if call["status"] == 429]
    for told in refused:
        over = told["at"] + told["took"] + 1
        assert not [call for call in line.calls() if told["at"] + told["took"] + 0.05 < call["at"] < over]


async def test_a_group_that_became_a_supergroup_is_followed(line: Line) -> None:
    """What waits for the old id goes to the new one, in order."""
    world = line.box.world
    group = world.add_chat(Chat(-5001, "group", "Tim Sari", ""))
    group.bot = "member"
    new = membership.migrate(world, group)
    line.sender()
    await line.queue(text("satu", -5001, ORDER), text("dua", -5001, ORDER))
    assert await line.settled() == {"satu": "sent", "dua": "sent"}
    assert [words for words in line.texts(new.id) if words] == ["satu", "dua"]


async def test_an_edit_that_changes_nothing_counts_as_done(line: Line) -> None:
    """Pressing twice shows the same screen twice; Telegram's complaint about it is no failure."""
    (buyer,) = line.buyers(1)
    line.sender()
    await line.queue(text("halo", buyer))
    await line.settled()
    message_id = line.rows()["halo"]["message_id"]
    params = {"text": "halo", "message_id": message_id}
    await line.queue(Outgoing("edit", buyer, "editMessageText", params))
    assert await line.settled() == {"halo": "sent", "edit": "sent"}
    assert line.rows()["edit"]["message_id"] == message_id


async def test_a_screen_that_cannot_be_edited_comes_as_a_new_message(line: Line) -> None:
    """The buyer gets the next step even when the old message is gone, with its buttons."""
    (buyer,) = line.buyers(1)
    line.sender()
    keys = {"inline_keyboard": [[{"text": "Lanjut", "callback_data": "1"}]]}
    await line.queue(Outgoing("step", buyer, "editMessageText", {"message_id": 99, "text": "2", "reply_markup": keys}))
    assert await line.settled() == {"step": "sent"}
    (message,) = line.box.world.chats[buyer].messages.values()
    assert message.body["reply_markup"] == keys


async def test_a_press_of_long_ago_makes_no_noise(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    """After an outage presses can no longer be answered; that is nobody's error."""
    (buyer,) = line.buyers(1)
    line.sender()
    await line.queue(Outgoing("press", buyer, "answerCallbackQuery", {"callback_query_id": "12345"}))
    assert await line.settled() == {"press": "failed"}
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_a_refusal_is_logged_without_what_was_said(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    """An unknown method or a bad text is given up and logged by method and reason, never with the buyer's words."""
    (buyer,) = line.buyers(1)
    line.sender()
    await line.queue(text("bad", buyer, words=" "), Outgoing("none", buyer, "sendSecret", {"text": "Aisyah"}))
    assert await line.settled() == {"bad": "failed", "none": "failed"}
    assert "text is empty" in caplog.text
    assert "sendSecret" in caplog.text
    assert "Aisyah" not in caplog.text


async def test_words_that_cannot_be_encoded_stop_nobody(line: Line) -> None:
    """Half a surrogate pair makes a request impossible: that message is given up, the others go on."""
    first, second = line.buyers(2)
    line.sender()
    await line.queue(text("odd", first, BROADCAST, words="\ud83d"), text("halo", second, BROADCAST))
    assert await line.settled() == {"odd": "ambiguous", "halo": "sent"}


async def test_a_crash_between_claim_and_sending_repeats_answers_but_no_broadcast(line: Line) -> None:
    """Killed while the server is slow: at the next start answers are sent again, broadcasts count as ambiguous."""
    first, second = line.buyers(2)
    line.fault("hang_before", times=2, seconds=60)
    line.sender()
    await line.queue(text("answer", first), text("all", second, BROADCAST))
    await until(lambda: line.states() == {"answer": "queued", "all": "sending"})
    await line.crash()
    line.sender()
    assert await line.settled() == {"answer": "sent", "all": "ambiguous"}
    assert (line.texts(first), line.texts(second)) == (["answer"], [])


async def test_without_the_claim_a_crash_sends_a_broadcast_twice(line: Line) -> None:
    """The twin: undo the claim as if it had never been committed, and the buyer hears the same thing twice."""
    (buyer,) = line.buyers(1)
    line.fault("hang_after", times=1, seconds=60)
    line.sender()
    await line.queue(text("all", buyer, BROADCAST))
    await until(lambda: line.texts(buyer) == ["all"])
    await line.crash()
    row_id = line.rows()["all"]["id"]
    await line.database.run(partial(outbox.release, row_ids=[row_id]))
    line.sender()
    await line.settled()
    assert line.texts(buyer) == ["all", "all"]


async def test_a_clean_stop_lets_finish_what_is_in_flight_and_keeps_the_rest(line: Line) -> None:
    """What has left is waited for and marked; what has not stays queued, broadcasts too, and arrives next time."""
    buyers = line.buyers(60)
    line.fault("slow", times=30, seconds=0.3)
    sender = line.sender()
    await line.queue(*(text(f"b{buyer}", buyer, BROADCAST) for buyer in buyers))
    await until(lambda: list(line.states().values()).count("sending") == 30)
    await sender.stop(grace=5)
    states = list(line.states().values())
    assert (states.count("sent"), states.count("queued")) == (30, 30)
    line.sender()
    assert set((await line.settled()).values()) == {"sent"}
    assert all(len(line.texts(buyer)) == 1 for buyer in buyers)


async def test_a_stop_does_not_wait_for_a_server_that_hangs(line: Line) -> None:
    """When the grace is over the process ends; an answer stays queued for the next one."""
    (buyer,) = line.buyers(1)
    line.fault("hang_before", times=1, seconds=60)
    sender = line.sender()
    await line.queue(text("answer", buyer))
    await until(lambda: line.box.faults.rules[0].times == 0)
    async with asyncio.timeout(5):
        await sender.stop(grace=0.1)
    assert line.states() == {"answer": "queued"}


async def test_a_revoked_token_ends_the_sender_and_loses_nothing(line: Line) -> None:
    """Nothing is given up for a wrong token: a human mends it and everything leaves."""
    first, second = line.buyers(2)
    await line.queue(text("a", first), text("b", second, BROADCAST))
    api = Api("100000001:another-token-than-this", line.base)
    await api.open()
    with pytest.raises(InvalidToken):
        await Sender(api, line.database, line.clock.now, 0, line.sheet).run()
    await api.close()
    assert line.states() == {"a": "queued", "b": "queued"}


async def test_a_full_disk_makes_no_message_leave_twice(line: Line) -> None:
    """While the mark of a sent message cannot be written the message is not sent again; it is marked in the end."""
    (buyer,) = line.buyers(1)
    await line.queue(text("halo", buyer))

    def raw(tx: Tx, sql: str) -> None:
        assert isinstance(tx, SqliteTx)
        tx._connection.execute(sql)

    full = "CREATE TRIGGER full BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    await line.database.run(lambda tx: raw(tx, full))
    line.sender()
    await until(lambda: line.texts(buyer) == ["halo"])
    await line.queue(text("again", buyer))
    assert line.states() == {"halo": "queued", "again": "queued"}
    await line.database.run(lambda tx: raw(tx, "DROP TRIGGER full"))
    assert await line.settled() == {"halo": "sent", "again": "sent"}
    assert line.texts(buyer) == ["halo", "again"]


class ToldLate(Around):
    """The first work that finds the screen waiting is told of it when the test lets it go."""

    def __init__(self, inner: Database) -> None:
        super().__init__(inner)
        self.read_it, self.let_go = asyncio.Event(), asyncio.Event()

    async def run(self, work: Callable[[Tx], T]) -> T:
        told = await super().run(work)
        if isinstance(told, list) and "screen" in str(told) and not self.read_it.is_set():
            self.read_it.set()
            await self.let_go.wait()
        return told


@pytest.mark.parametrize("pace", [0, 2], ids=["which is under way", "which has not left"])
async def test_a_mark_whose_answer_comes_late_sends_nothing_again(line: Line, pace: float) -> None:
    """With PostgreSQL works run side by side. One that marks a press reads what is next in that chat; when its answer
    comes after that next message was sent and marked, the message is not sent once more."""
    presser, other = line.buyers(2)
    database = ToldLate(line.database)
    sender = line.sender()
    await line.queue(text("menu", presser))
    await line.settled()
    await sender.stop(1)
    line.fault("slow", method="sendmessage", chat=presser, seconds=0.3)
    await line.queue(line.pressed("press", presser), text("other", other), text("screen", presser))
    sender = line.sender(pace, database)
    await database.read_it.wait()
    await until(lambda: line.states()["screen"] == "sent")
    # The one who marked it goes on after this.
    await asyncio.sleep(0.05)
    database.let_go.set()
    await line.queue(text("last", presser))
    assert set((await line.settled()).values()) == {"sent"}
    assert line.texts(presser) == ["menu", "screen", "last"]
    await sender.stop(1)


async def test_a_channel_may_be_named(line: Line) -> None:
    """A post whose channel is only known by its @name goes there."""
    world = line.box.world
    channel = world.add_chat(Chat(-1001234500000, "channel", "Sari", "sarihijab"))
    channel.bot = "administrator"
    line.sender()
    await line.queue(Outgoing("post", -1, "sendMessage", {"chat_id": "@sarihijab", "text": "Open PO"}, ORDER))
    assert await line.settled() == {"post": "sent"}
    assert line.texts(channel.id) == ["Open PO"]
