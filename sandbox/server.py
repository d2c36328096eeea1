"""The sandbox as one HTTP server: the Bot API for the bot, the control API for people, the page for a browser.

In: a token, a clock, and whether Telegram's limits hold. Out: an address on this computer. It listens on 127.0.0.1
unless told otherwise, and everything is gone when it stops.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final

from aiohttp import web

from sandbox.botapi.endpoint import MOST_BODY, Endpoint
from sandbox.calls import Calls
from sandbox.clock import Clock
from sandbox.control import Control
from sandbox.faults import Faults
from sandbox.limits import Limits
from sandbox.scenes import SCENES
from sandbox.screen import Screen
from sandbox.webhook import Pusher
from sandbox.world import World

DEFAULT_TOKEN: Final = "100000001:a-token-for-the-sandbox-only"  # noqa: S105 - opens nothing but this sandbox


class Sandbox:
    """A whole Telegram for one bot. `world` may be looked at and changed directly by tests in the same process."""

    def __init__(  # the username and name are what people see until the bot names itself
        self,
        token: str = DEFAULT_TOKEN,
        clock: Clock | None = None,
        limits: bool = False,
        scene: str = "",
        username: str = "bukapo_bot",
        name: str = "Bukapo",
    ) -> None:
        self.token = token
        self.clock = clock or Clock()
        number = token.partition(":")[0]
        bot = {
            "id": int(number) if number.isdigit() else 100_000_001,
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.world = World(bot, self.clock, Limits(self.clock, limits))
        self.faults = Faults()
        self.calls = Calls()
        if scene:
            SCENES[scene](self.world)
        self._runner: web.AppRunner | None = None
        self._pushing: asyncio.Task[None] | None = None

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> str:
        """Listen; port 0 takes a free one. Returns the base address, without a slash at the end."""
        app = web.Application(client_max_size=MOST_BODY)
        app.add_routes(Endpoint(self.world, self.token, self.faults, self.calls).routes())
        app.add_routes(Control(self.world, self.faults, self.calls).routes())
        app.add_routes(Screen(self.world, self.calls).routes())
        # a poller that is killed must not keep its place: its request ends with its connection
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self._pushing = asyncio.create_task(Pusher(self.world.mailbox, self.clock).run())
        bound = self._runner.addresses[0][1]
        return f"http://{host}:{bound}"

    async def stop(self) -> None:
        """Close every connection and forget the address."""
        if self._pushing is not None:
            self._pushing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pushing
            self._pushing = None
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
