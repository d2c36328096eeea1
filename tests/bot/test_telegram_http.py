"""The way to Telegram: what it says about failures, and that it never tells the token."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.api import Api
from bot.refusals import NotSent, ToldToWait, Unanswered
from bot.telegram_http import AiohttpRequest
from bot.transport import Transport
from sandbox import acts
from sandbox.faults import Fault
from sandbox.scenes import RINA
from sandbox.server import DEFAULT_TOKEN, Sandbox
from tests.people import make_png

SECRET = DEFAULT_TOKEN.partition(":")[2]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest_asyncio.fixture
async def box() -> AsyncIterator[Sandbox]:
    """A sandbox with a shop in which Rina has opened the bot."""
    box = Sandbox(scene="shop")
    acts.start(box.world, box.world.people[RINA], "")
    yield box
    await box.stop()


@asynccontextmanager
async def opened(base: str, token: str = DEFAULT_TOKEN, read_timeout: float = 0.3) -> AsyncIterator[Api]:
    """An Api that is open."""
    api = Api(token, base, Transport(read_timeout=read_timeout))
    await api.open()
    try:
        yield api
    finally:
        await api.close()


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    """A server that is no Bot API; its address."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def saying(status: int, body: str) -> Handler:
    """Whatever is asked, this status and this page."""

    async def handle(request: web.Request) -> web.Response:
        return web.Response(status=status, text=body.replace("ADDRESS", str(request.url)))

    return handle


async def test_a_call_takes_structures_and_gives_raw_json(box: Sandbox) -> None:
    """Texts, numbers, booleans and keyboards go out; the result comes back as Telegram wrote it; None is left out."""
    keys = {"inline_keyboard": [[{"text": "Ya", "callback_data": "1"}]]}
    async with opened(await box.start()) as api:
        sent = await api.call(
            "sendMessage",
            {
                "chat_id": RINA,
                "text": "<b>Hai</b> & é 🧕",
                "disable_notification": True,
                "reply_markup": keys,
                "entities": None,
            },
        )
    assert sent["text"] == "<b>Hai</b> & é 🧕"
    assert sent["reply_markup"] == keys


async def test_a_file_goes_up_and_comes_down_unchanged(box: Sandbox) -> None:
    """A picture of several kilobytes arrives byte for byte, both ways."""
    content = make_png(200, 200, seed=5)
    async with opened(await box.start()) as api:
        sent = await api.call("sendDocument", {"chat_id": RINA, "caption": "é"}, {"document": ("a é.png", content)})
        assert sent["caption"] == "é"
        assert await api.download(sent["document"]["file_id"], len(content)) == content
        with pytest.raises(BadRequest, match="too large"):
            await api.download(sent["document"]["file_id"], len(content) - 1)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}', BadRequest),
        (400, '{"ok":false,"parameters":{"migrate_to_chat_id":-1009}}', ChatMigrated),
        (401, '{"ok":false,"error_code":401,"description":"Unauthorized"}', InvalidToken),
        (403, '{"ok":false,"description":"Forbidden: bot was blocked by the user"}', Forbidden),
        (404, '{"ok":false,"error_code":404,"description":"Not Found"}', InvalidToken),
        (404, '{"ok":false,"description":"Not Found: method not found"}', EndPointNotFound),
        (413, "<html>Request Entity Too Large</html>", BadRequest),
        (429, '{"ok":false,"parameters":{"retry_after":7}}', ToldToWait),
        (429, "<html>slow down</html>", ToldToWait),
        (500, '{"ok":false,"description":"Internal Server Error"}', Unanswered),
        (502, "<html>Bad Gateway at ADDRESS</html>", Unanswered),
        (504, "", Unanswered),
        (200, "<html>welcome to the hotel's network</html>", Unanswered),
        (200, '{"ok":true}', Unanswered),
        (200, "[]", Unanswered),
    ],
)
async def test_every_refusal_is_the_librarys_error(status: int, body: str, kind: type[TelegramError]) -> None:
    """Each status says whether trying again makes sense; a page that is not Telegram's is never quoted."""
    async with serving(saying(status, body)) as base, opened(base) as api:
        with pytest.raises(TelegramError) as caught:
            await api.call("sendMessage", {"chat_id": 1, "text": "x"})
    assert type(caught.value) is kind
    assert "html" not in str(caught.value)


async def test_a_429_tells_how_long() -> None:
    """In seconds, and as the library tells it."""
    body = '{"ok":false,"parameters":{"retry_after":7}}'
    async with serving(saying(429, body)) as base, opened(base) as api:
        with pytest.raises(RetryAfter) as caught:
            await api.call("getMe")
    assert isinstance(caught.value, ToldToWait)
    assert caught.value.seconds == 7
    assert caught.value.retry_after.total_seconds() == 7


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "hang_before", "hang_after"])
async def test_a_request_that_left_is_unanswered(box: Sandbox, kind: Any) -> None:
    """Whether the connection breaks or the server is silent: it may have been done."""
    async with opened(await box.start()) as api:
        box.faults.rules.append(Fault(kind, seconds=5))
        with pytest.raises(Unanswered):
            await api.call("sendMessage", {"chat_id": RINA, "text": "x"})


@pytest.mark.parametrize("base", ["http://127.0.0.1:9", "http://no-such-host.invalid"])
async def test_a_request_that_never_left_is_not_sent(base: str) -> None:
    """Refused or without a way: sending it again is safe."""
    async with opened(base) as api:
        with pytest.raises(NotSent):
            await api.call("getMe")


async def test_a_closed_way_sends_nothing() -> None:
    """Before it is opened and after it is closed nothing leaves."""
    api = Api(DEFAULT_TOKEN, "http://127.0.0.1:9")
    with pytest.raises(NotSent):
        await api.call("getMe")


async def test_the_library_itself_can_use_it(box: Sandbox) -> None:
    """python-telegram-bot's own Bot runs on this request class, with text, picture and download."""
    base = await box.start()
    bot = Bot(
        DEFAULT_TOKEN,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    async with bot:
        content = make_png(60, 60)
        photo = await bot.send_photo(RINA, content, caption="Hai, Kak")
        file = await bot.get_file(photo.photo[-1].file_id)
        assert bytes(await file.download_as_bytearray()) == content
        assert photo.caption == "Hai, Kak"


async def test_the_token_is_never_told(box: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG, with asyncio's own debugging on, however a call fails: no log line, error or traceback holds it."""
    caplog.set_level(logging.DEBUG)
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    loop.slow_callback_duration = 0.0
    told: list[str] = []

    async def fail(api: Api, expected: type[Exception] = NetworkError) -> None:
        try:
            await api.call("sendMessage", {"chat_id": RINA, "text": "x"})
        except expected as error:
            told.extend((repr(error), str(error), *traceback.format_exception(error)))
        else:
            raise AssertionError("it did not fail")

    base = await box.start()
    for kind in ("500", "drop_before", "drop_after", "hang_after"):
        async with opened(base) as api:
            box.faults.rules[:] = [Fault(kind, seconds=1)]
            await fail(api)
    pages = [(404, "no ADDRESS here"), (200, "ADDRESS"), (502, '{"description": "no way to ADDRESS"}')]
    for status, page in pages:
        async with serving(saying(status, page)) as elsewhere, opened(elsewhere) as api:
            await fail(api, TelegramError)
    for nowhere in ("http://127.0.0.1:9", "http://no-such-host.invalid"):
        async with opened(nowhere) as api:
            await fail(api)
    box.faults.rules.clear()
    async with opened(base) as api:
        await api.call("getMe")
        with suppress(TelegramError):
            await api.download("no-such-file", 1)
        told += [repr(api), str(vars(api).keys())]
    loop.set_debug(False)
    assert caplog.records
    assert SECRET not in caplog.text
    assert not [line for line in told if SECRET in line]
