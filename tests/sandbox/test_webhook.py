"""Updates pushed to an address: with the secret, in order, again when refused."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from tests.people import Person, World, until
from tests.sandbox.conftest import Api


class Hook:
    """A bot's webhook: writes down what arrives and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.secrets: list[str | None] = []
        self.answers: list[int] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        """One update."""
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.got.append(await request.json())
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    def arrived(self, count: int) -> Callable[[], Awaitable[bool]]:
        """A question for `until`: have so many requests come?"""

        async def enough() -> bool:
            return len(self.got) >= count

        return enough


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[Hook]:
    """A webhook that listens."""
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_are_pushed_with_the_secret(api: Api, rina: Person, hook: Hook) -> None:
    """What waited and what comes is posted once each, in order, and then forgotten."""
    await api.ok("setWebhook", url=hook.url, secret_token="r4hasia_-")
    await rina.say("satu")
    await rina.say("dua")
    await until(hook.arrived(3), 5, "not pushed")
    assert [one["message"]["text"] for one in hook.got] == ["/start", "satu", "dua"]
    assert set(hook.secrets) == {"r4hasia_-"}
    await rina.world.drained()
    info = await api.ok("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (hook.url, 0)


async def test_a_refused_update_comes_again_before_the_next_of_its_chat(
    api: Api, world: World, rina: Person, hook: Hook
) -> None:
    """Not 2xx: again after a growing delay; the same chat waits behind it, another chat does not."""
    await api.forget()
    hook.answers = [500, 503]
    await api.ok("setWebhook", url=hook.url)
    await rina.say("satu")
    await rina.say("dua")
    await until(hook.arrived(1), 5, "not pushed")
    await world.person(9001).start()
    await until(hook.arrived(2), 5, "another chat waits")
    assert [one["message"]["text"] for one in hook.got] == ["satu", "/start"]
    await world.advance(timedelta(seconds=70))
    await until(hook.arrived(4), 5, "not pushed again")
    await world.advance(timedelta(seconds=70))
    await rina.world.drained()
    hers = [one["message"]["text"] for one in hook.got if one["message"]["chat"]["id"] == rina.id]
    assert hers in (["satu", "satu", "dua"], ["satu", "satu", "satu", "dua"])
    assert "Wrong response from the webhook: 50" in (await api.ok("getWebhookInfo"))["last_error_message"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"url": "http://contoh.id/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://contoh.id/h", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://contoh.id/h", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_a_wrong_webhook_is_refused(api: Api, body: dict[str, Any], why: str) -> None:
    """Only HTTPS (or this computer), and a secret of base64url signs."""
    assert await api.refused("setWebhook", **body) == (400, f"Bad Request: {why}")


async def test_what_waits_can_be_dropped(api: Api, rina: Person) -> None:
    """deleteWebhook with drop_pending_updates forgets it all."""
    await rina.say("lama")
    await api.ok("deleteWebhook", drop_pending_updates=True)
    assert await api.updates() == []
