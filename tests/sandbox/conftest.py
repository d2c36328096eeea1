"""A sandbox with a shop in it, the bot's side of it (`api`), and the people's (`world`, `rina`, `sari`)."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from aiohttp import ClientSession, FormData

from sandbox.scenes import CHANNEL, RINA, SARI
from sandbox.server import Sandbox
from tests.people import Person, World

__all__ = ["CHANNEL", "Api"]


class Api:
    """The Bot API as a bot without any library calls it."""

    def __init__(self, base: str, token: str, session: ClientSession) -> None:
        self.base = base
        self.token = token
        self.session = session

    async def raw(self, method: str, body: Any = None, token: str = "", **query: Any) -> tuple[int, Any]:
        """A request and its whole answer."""
        address = f"{self.base}/bot{token or self.token}/{method}"
        form = isinstance(body, FormData)
        async with self.session.post(
            address, params=query or None, data=body if form else None, json=None if form else body
        ) as answer:
            return answer.status, await answer.json()

    async def ok(self, method: str, **body: Any) -> Any:
        """The result of a request that must be taken."""
        status, answer = await self.raw(method, body)
        assert status == 200, answer
        return answer["result"]

    async def refused(self, method: str, **body: Any) -> tuple[int, str]:
        """Code and description of a request that must be refused."""
        status, answer = await self.raw(method, body)
        assert answer["ok"] is False, answer
        assert answer["error_code"] == status
        return status, answer["description"]

    async def upload(self, method: str, files: dict[str, tuple[str, bytes]], **fields: str) -> tuple[int, Any]:
        """A request with files, as a form of several parts."""
        form = FormData()
        for name, value in fields.items():
            form.add_field(name, value)
        for name, (filename, content) in files.items():
            form.add_field(name, io.BytesIO(content), filename=filename)
        return await self.raw(method, form)

    async def updates(self, **body: Any) -> list[Any]:
        """Updates that wait."""
        found: list[Any] = await self.ok("getUpdates", **body)
        return found

    async def forget(self) -> None:
        """Confirm everything that waits."""
        waiting = await self.updates()
        if waiting:
            await self.updates(offset=waiting[-1]["update_id"] + 1)


@pytest_asyncio.fixture
async def session() -> AsyncIterator[ClientSession]:
    """An HTTP client."""
    async with ClientSession() as session:
        yield session


@pytest_asyncio.fixture
async def box() -> AsyncIterator[Sandbox]:
    """A sandbox with a shop, without limits."""
    box = Sandbox(scene="shop")
    yield box
    await box.stop()


@pytest_asyncio.fixture
async def base(box: Sandbox) -> str:
    """Where it listens."""
    return await box.start()


@pytest_asyncio.fixture
async def api(box: Sandbox, base: str, session: ClientSession) -> Api:
    """The bot's side."""
    return Api(base, box.token, session)


@pytest_asyncio.fixture
async def world(base: str, session: ClientSession) -> World:
    """The people's side."""
    return World(base, session)


@pytest_asyncio.fixture
async def rina(world: World) -> Person:
    """A buyer who has opened the bot."""
    person = world.person(RINA)
    await person.start()
    return person


@pytest_asyncio.fixture
async def sari(world: World) -> Person:
    """The owner, who has opened the bot."""
    person = world.person(SARI)
    await person.start()
    return person
