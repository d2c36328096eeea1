"""How much memory a broadcast to 100,000 people takes, from its first row to the last send.

The server here is a stub that says yes to everything at once: the sandbox would keep every message.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import web

from tests.bench import shop
from tests.bench.figures import Figure, Goal, Row, Scale
from tests.bench.processes import TOKEN, Process, bukapo

FIRST = 4_000_000
MEGABYTE = 1_000_000
OPENS_IN = 8.0


class Yes:
    """A Bot API that takes everything and has nothing to say."""

    def __init__(self) -> None:
        self.sent = 0

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        await request.read()
        result: object = True
        if method == "getupdates":
            await asyncio.sleep(1)
            result = []
        elif method == "getme":
            result = {"id": 424242, "is_bot": True, "first_name": "Bukapo", "username": "bukapo_bot"}
        elif method.startswith("send"):
            self.sent += 1
            result = {"message_id": self.sent}
        return web.json_response({"ok": True, "result": result})


@asynccontextmanager
async def _yes() -> AsyncIterator[tuple[Yes, str]]:
    yes = Yes()
    app = web.Application()
    app.add_routes([web.route("*", f"/bot{TOKEN}/{{method}}", yes.answer)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield yes, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def growth(scale: Scale) -> Sequence[Figure]:
    """The most the process grew over what it had, running and at rest, before the batch opened; megabytes."""
    readers = scale.pick(100_000, 500)
    folder = scale.room("memory")
    path = await shop.stocked(folder, opens_in=timedelta(seconds=OPENS_IN))
    opens_at = time.time() + OPENS_IN
    shop.people(path, FIRST, readers)
    async with _yes() as (yes, door), bukapo(folder, door) as bot:
        await asyncio.sleep(max(0.0, opens_at - time.time() - 1))
        before = bot.memory()
        began = time.monotonic()
        most = await _most(bot, yes, readers)
        took = time.monotonic() - began
    how = f"{before / MEGABYTE:.0f} MB at rest, {most / MEGABYTE:.0f} at most; {readers} people in {took:.0f} s"
    return [Figure("broadcast_memory", (most - before) / MEGABYTE, how)]


async def _most(bot: Process, yes: Yes, readers: int) -> int:
    most = bot.memory()
    while yes.sent < readers:
        await asyncio.sleep(0.05)
        most = max(most, bot.memory())
    return most


ROWS = (Row({"broadcast_memory": Goal("≤", 20)}, growth),)
