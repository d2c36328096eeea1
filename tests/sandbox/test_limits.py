"""Telegram's limits, and faults on order."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientError, ClientTimeout

from sandbox.clock import Clock
from sandbox.errors import ApiError
from sandbox.limits import Limits
from tests.people import Person
from tests.sandbox.conftest import Api


class StoppedClock(Clock):
    """A clock that moves only when it is told to."""

    def now(self) -> datetime:
        """Its moment."""
        return datetime(2026, 11, 25, 3, 0, tzinfo=UTC) + self.offset


def send(limits: Limits, chat: int, count: int = 1, private: bool = True) -> int:
    """Seconds to wait, 0 when it went."""
    try:
        limits.spend(chat, private, count)
    except ApiError as error:
        return error.parameters["retry_after"]
    return 0


def test_thirty_a_second_over_all_chats() -> None:
    """The 31st within a second is refused, and so is everything until the pause is over."""
    limits = Limits(clock := StoppedClock(), True)
    assert [send(limits, chat) for chat in range(31)] == [0] * 30 + [1]
    clock.advance(0.5)
    assert send(limits, 99) == 1
    clock.advance(0.51)
    assert send(limits, 99) == 0


def test_one_a_second_in_a_chat_with_a_short_burst() -> None:
    """Five pass at once, then it is one a second on the average; another chat is not touched."""
    limits = Limits(clock := StoppedClock(), True)
    assert [send(limits, 1) for _ in range(5)] == [0] * 5
    assert send(limits, 1) == 1
    assert send(limits, 2) == 0
    clock.advance(0.5)
    assert send(limits, 1) == 1
    clock.advance(0.5)
    for _ in range(20):
        assert send(limits, 1) == 0
        clock.advance(1)


def test_twenty_a_minute_in_a_group() -> None:
    """The 21st message to a group within a minute waits for the minute to end."""
    limits = Limits(clock := StoppedClock(), True)
    for _ in range(20):
        assert send(limits, -5, private=False) == 0
        clock.advance(2)
    assert send(limits, -5, private=False) == 20
    clock.advance(19)
    assert send(limits, -5, private=False) == 1
    clock.advance(1)
    assert send(limits, -5, private=False) == 0


def test_an_album_counts_each_picture() -> None:
    """Ten pictures fill the chat's burst, but one album alone always goes."""
    limits = Limits(StoppedClock(), True)
    assert send(limits, 1, count=10) == 0
    assert send(limits, 1) > 0


async def test_the_limits_can_be_switched(api: Api, rina: Person) -> None:
    """Off by default here; on, the answer is 429 with the seconds in parameters and header."""
    for n in range(10):
        await api.ok("sendMessage", chat_id=rina.id, text=str(n))
    await rina.world.post("limits", on=True)
    answers = [await api.raw("sendMessage", {"chat_id": rina.id, "text": str(n)}) for n in range(6)]
    assert [status for status, _ in answers] == [200] * 5 + [429]
    wait = answers[-1][1]["parameters"]["retry_after"]
    assert 1 <= wait <= 5
    await rina.world.advance(timedelta(seconds=wait))
    await api.ok("sendMessage", chat_id=rina.id, text="lagi")


async def test_faults_hit_their_method_and_their_chat(api: Api, rina: Person, sari: Person) -> None:
    """A rule counts down and then lets go; other chats and methods are spared."""
    await rina.world.fault("429", method="sendMessage", chat=rina.id, retry_after=7, times=1)
    await rina.world.fault("500", method="editMessageText")
    await api.ok("sendMessage", chat_id=sari.id, text="a")
    status, answer = await api.raw("sendMessage", {"chat_id": rina.id, "text": "a"})
    assert (status, answer["parameters"]) == (429, {"retry_after": 7})
    sent = await api.ok("sendMessage", chat_id=rina.id, text="a")
    edit = {"chat_id": rina.id, "message_id": sent["message_id"], "text": "b"}
    assert await api.refused("editMessageText", **edit) == (500, "Internal Server Error")
    await rina.world.delete("faults")
    await api.ok("editMessageText", **edit)


@pytest.mark.parametrize(("kind", "done"), [("drop_before", False), ("drop_after", True)])
async def test_a_dropped_connection_is_ambiguous(api: Api, rina: Person, kind: str, done: bool) -> None:
    """The bot sees the same in both cases; the chat does not."""
    await rina.world.fault(kind, method="sendMessage", times=1)
    with pytest.raises(ClientError):
        await api.raw("sendMessage", {"chat_id": rina.id, "text": "sekali"})
    assert ("sekali" in [message.text for message in await rina.messages()]) is done


@pytest.mark.parametrize(("kind", "done"), [("hang_before", False), ("hang_after", True)])
async def test_an_answer_that_never_comes(api: Api, rina: Person, kind: str, done: bool) -> None:
    """The request hangs until the bot gives up, done or not."""
    await rina.world.fault(kind, method="sendMessage", times=1)
    address = f"{api.base}/bot{api.token}/sendMessage"
    body = {"chat_id": rina.id, "text": "sekali"}
    with pytest.raises(asyncio.TimeoutError):
        await api.session.post(address, json=body, timeout=ClientTimeout(total=0.3))
    assert ("sekali" in [message.text for message in await rina.messages()]) is done


async def test_bad_luck_can_be_repeated(api: Api, rina: Person) -> None:
    """A share of requests fails by chance; the same seed gives the same chance."""
    runs = []
    for _ in range(2):
        await rina.world.delete("faults")
        await rina.world.fault("502", share=0.5, seed=11)
        runs.append([(await api.raw("getMe"))[0] for _ in range(20)])
    assert runs[0] == runs[1]
    assert set(runs[0]) == {200, 502}


async def test_the_log_says_what_was_asked(api: Api, rina: Person) -> None:
    """Method, chat, status and error of each request, without texts or token."""
    await api.raw("sendMessage", {"chat_id": rina.id, "text": "rahasia"})
    await api.raw("sendMessage", {"chat_id": 5, "text": "rahasia"})
    calls = await rina.world.calls("sendMessage")
    assert [(call["chat_id"], call["status"], call["error"]) for call in calls] == [
        (rina.id, 200, ""),
        (None, 400, "Bad Request: chat not found"),
    ]
    assert "rahasia" not in str(calls)
    assert api.token not in str(calls)
    await rina.world.delete("calls")
    assert await rina.world.calls() == []
