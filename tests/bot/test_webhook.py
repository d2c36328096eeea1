"""The webhook over real HTTP: nothing is answered with 200 before it is kept, and strangers get nowhere."""

from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from telegram.error import InvalidToken

from bot.api import Api
from bot.settings import Listen
from bot.webhook import LARGEST, SECRET_HEADER, Door, Webhook, door_of
from sandbox import acts
from storage.database import Tx
from tests.bot.line import Line, open_line, until
from tests.journeys.floor import TOKEN, settings_for

UPDATE = {"update_id": 900_000_001, "message": {"chat": {"id": 8000}, "text": "halo"}}
PATH, SECRET = "a-path-nobody-can-guess", "r4hasia_-r4hasia"


@pytest_asyncio.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    """Inbox, Api and sandbox, with a few buyers."""
    async with open_line(tmp_path) as line:
        for buyer in line.buyers(5):
            line.box.world.people[buyer].started = True
        yield line


def free_port() -> int:
    """A port that nobody listens at."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def listening(line: Line, api: Api | None = None, **more: Any) -> AsyncIterator[str]:
    """A webhook at work, ended as a stop would; its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/{PATH}"
    door = Door(url, Listen("127.0.0.1", port), PATH, SECRET)
    webhook = Webhook(api or line.api, line.database, line.clock.now, lambda: None, door, **more)
    task = asyncio.create_task(webhook.run())
    try:
        await until(lambda: task.done() or line.box.world.mailbox.webhook is not None)
        yield url
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def post(url: str, body: Any = UPDATE, secret: str | None = SECRET, method: str = "POST") -> int:
    """Knock; the status of the answer."""
    headers = {} if secret is None else {SECRET_HEADER: secret}
    content = BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, data=content, headers=headers) as answer,
    ):
        return answer.status


def say(line: Line, buyer: int, *words: str) -> list[int]:
    """Somebody writes; the updates' numbers."""
    world = line.box.world
    sent = [acts.say(world, world.people[buyer], world.chats[buyer], one)[0][1] for one in words]
    return [number for number in sent if number is not None]


def kept(line: Line) -> list[int]:
    """What is in the inbox, in the order in which it was written."""
    with closing(sqlite3.connect(line.path)) as connection:
        return [row[0] for row in connection.execute("SELECT update_id FROM inbox ORDER BY rowid")]


def pending(line: Line) -> int:
    """What Telegram still holds for us."""
    return len(line.box.world.mailbox.waiting())


async def test_what_is_pushed_is_kept_in_order(line: Line) -> None:
    """Everything said before and after the webhook was set is in the inbox, each chat's in order, and let go of."""
    numbers = {buyer: say(line, buyer, "satu", "dua") for buyer in range(8000, 8005)}
    async with listening(line):
        for buyer, ids in numbers.items():
            ids += say(line, buyer, *(f"kata {n}" for n in range(20)))
        await until(lambda: pending(line) == 0)
    found = kept(line)
    assert sorted(found) == sorted(number for ids in numbers.values() for number in ids)
    for ids in numbers.values():
        assert [number for number in found if number in ids] == ids


async def test_telegram_is_told_where_we_are_and_with_which_secret(line: Line) -> None:
    """The webhook is set with secret and kinds of updates, and what waits is not dropped."""
    (waiting,) = say(line, 8000, "sebelum")
    async with listening(line) as url:
        await until(lambda: kept(line) == [waiting])
        webhook = line.box.world.mailbox.webhook
        assert webhook is not None
        assert (webhook.url, webhook.secret, webhook.max_connections) == (url, SECRET, 40)
        assert "callback_query" in line.box.world.mailbox.allowed


async def test_an_update_delivered_again_is_kept_once(line: Line) -> None:
    """When our 200 is lost Telegram comes again: the same number is the same update."""
    async with listening(line) as url:
        assert [await post(url) for _ in range(3)] == [200, 200, 200]
    assert kept(line) == [UPDATE["update_id"]]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", "rähasia_-r4hasiä"])
async def test_a_wrong_secret_is_refused(line: Line, secret: str | None) -> None:
    """Whoever knows the path but not the secret gets 403, and nothing is kept."""
    async with listening(line) as url:
        assert await post(url, secret=secret) == 403
    assert kept(line) == []


async def test_a_wrong_path_says_nothing(line: Line) -> None:
    """Elsewhere is 404, also with the secret; a longer path of a web server in front is none of our business."""
    async with listening(line) as url:
        base = url.removesuffix(PATH)
        for path in ("", "webhook", PATH[:-1], f"{PATH}/more", f"{TOKEN}/"):
            assert await post(base + path) == 404
        assert kept(line) == []
        assert await post(f"{base}bot/{PATH}") == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
async def test_only_post_is_taken(line: Line, method: str) -> None:
    """Other methods get 405, whatever they carry."""
    async with listening(line) as url:
        assert await post(url, method=method) == 405
    assert kept(line) == []


@pytest.mark.parametrize(
    "body", [b"", b"halo", b"[1]", b"{}", b'{"update_id": "1"}', b'{"update_id": true}', b"[" * 100_000, b"\xff\xfe"]
)
async def test_what_is_no_update_is_refused(line: Line, body: bytes) -> None:
    """400, so that something broken on the way comes again; nothing stops."""
    async with listening(line) as url:
        assert await post(url, body) == 400
        assert await post(url) == 200
    assert kept(line) == [UPDATE["update_id"]]


async def test_a_body_that_is_too_large_is_refused(line: Line) -> None:
    """More than 1 MiB is not read, whether its length is told or not; just below is taken."""
    async with listening(line) as url:
        assert await post(url, b"x" * (LARGEST + 1)) == 413

        async def endless() -> AsyncIterator[bytes]:
            for _ in range(2000):
                yield b"x" * 1024

        headers = {SECRET_HEADER: SECRET}
        async with aiohttp.ClientSession() as session, session.post(url, data=endless(), headers=headers) as answer:
            assert answer.status == 413
        assert await post(url, {**UPDATE, "filler": "x" * (LARGEST - 200)}) == 200


async def test_nothing_is_answered_before_it_is_committed(line: Line) -> None:
    """While the commit cannot happen there is no answer; when it has happened there is one."""
    held = threading.Event()

    def hold(_: Tx) -> None:
        held.wait(10)

    async with listening(line) as url:
        holding = asyncio.create_task(line.database.run(hold))
        answering = asyncio.create_task(post(url))
        done, _ = await asyncio.wait([answering], timeout=0.3)
        assert not done
        assert kept(line) == []
        held.set()
        assert await answering == 200
        assert kept(line) == [UPDATE["update_id"]]
        await holding


async def test_a_database_that_refuses_makes_telegram_come_again(line: Line) -> None:
    """503 while the disk takes nothing, and the alarm rings; the same update is kept when it takes again."""
    rung: list[int] = []
    with closing(sqlite3.connect(line.path, isolation_level=None)) as other:
        async with listening(line, on_refused=lambda: rung.append(1)) as url:
            other.execute("ALTER TABLE inbox RENAME TO elsewhere")
            assert await post(url) == 503
            assert rung
            other.execute("ALTER TABLE elsewhere RENAME TO inbox")
            assert await post(url) == 200
    assert kept(line) == [UPDATE["update_id"]]


async def test_an_update_that_can_never_be_kept_stops_nobody(line: Line) -> None:
    """A number beyond the database's range is logged and let go of, not refused for a day."""
    async with listening(line) as url:
        assert await post(url, {"update_id": 2**70}) == 200
        assert await post(url) == 200
    assert kept(line) == [UPDATE["update_id"]]


async def test_stopped_again_and_again_under_load_it_loses_and_doubles_nothing(line: Line) -> None:
    """Five people write while the bot is stopped and started eight times: each update is in the inbox once."""
    numbers: list[int] = []
    for turn in range(8):
        for buyer in range(8000, 8005):
            numbers += say(line, buyer, *(f"{turn}-{n}" for n in range(6)))
        line.box.world.mailbox.webhook = None
        before = len(kept(line))
        async with listening(line):
            await until(lambda before=before: len(kept(line)) > before)  # type: ignore[misc]
    line.box.world.mailbox.webhook = None
    async with listening(line):
        await until(lambda: pending(line) == 0)
    assert sorted(kept(line)) == sorted(numbers)


async def test_a_webhook_that_somebody_took_away_is_set_again(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    """A second bot that polled with the token took the updates: after the next look they come here again."""
    async with listening(line, check_seconds=0.1):
        line.box.world.mailbox.webhook = None
        (number,) = say(line, 8000, "halo")
        await until(lambda: kept(line) == [number])
    assert "taken the webhook away" in caplog.text


@pytest.mark.parametrize("kind", ["429", "500", "drop_before"])
async def test_a_webhook_is_set_as_soon_as_telegram_can_be_reached(line: Line, kind: str) -> None:
    """Trouble at the start is waited out."""
    line.fault(kind, method="setwebhook", times=1, retry_after=1)
    async with listening(line):
        (number,) = say(line, 8000, "halo")
        await until(lambda: kept(line) == [number])


async def test_a_wrong_token_ends_the_process(line: Line) -> None:
    """Trying again would not help."""
    api = Api("100000001:another-token-than-this", line.base)
    await api.open()
    door = Door("http://127.0.0.1:1/x", Listen("127.0.0.1", 0), "x", SECRET)
    with pytest.raises(InvalidToken):
        await Webhook(api, line.database, line.clock.now, lambda: None, door).run()
    await api.close()


def test_path_and_secret_are_made_from_the_token(tmp_path: Path) -> None:
    """Both cannot be guessed, differ from each other and from another bot's, and never show in a log."""
    door = door_of(settings_for("http://x", tmp_path, WEBHOOK_URL="https://bot.example.com/po/"))
    other = door_of(settings_for("http://x", tmp_path, WEBHOOK_URL="https://bot.example.com", BOT_TOKEN="1:aaaaaaaaaa"))
    assert len({door.segment, door.secret, other.segment, other.secret}) == 4
    assert door.url == f"https://bot.example.com/po/{door.segment}"
    assert len(door.segment) == 64
    assert not any(hidden in repr(door) for hidden in (door.segment, door.secret, TOKEN))
    own = door_of(settings_for("http://x", tmp_path, WEBHOOK_URL="https://bot.example.com", WEBHOOK_SECRET=SECRET))
    assert own.secret == SECRET
