"""What can be looked at under `/sandbox/`: state, messages, answers, the log, the clock, files; and the page itself.

In: GET requests, some of which wait (`wait` seconds) until there is something new. Out: JSON, bytes, a stream of
change numbers, or the page's files. Nothing here changes the world.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from sandbox import acts
from sandbox.asked import Asked, asked
from sandbox.botapi.profile import visible_commands
from sandbox.calls import Calls
from sandbox.errors import ImpossibleError
from sandbox.watching import seen_answers, seen_chat, seen_clock, seen_state
from sandbox.world import Chat, Person, World

PAGE = Path(__file__).parent / "page"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
LONGEST_WAIT = 60.0
HEARTBEAT = 15.0


class Screen:
    """Everything that is read."""

    def __init__(self, world: World, calls: Calls) -> None:
        self.world = world
        self.calls = calls

    def routes(self) -> list[web.RouteDef]:
        """What it answers."""
        return [
            web.get("/", self.page),
            web.get("/page/{name}", self.page),
            web.get("/sandbox/state", self.state),
            web.get("/sandbox/pending", self.pending),
            web.get("/sandbox/messages", self.messages),
            web.get("/sandbox/answers", self.answers),
            web.get("/sandbox/commands", self.commands),
            web.get("/sandbox/events", self.events),
            web.get("/sandbox/clock", self.clock),
            web.get("/sandbox/calls", self.log),
            web.get("/sandbox/file/{unique_id}", self.file),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """The chat page's own files."""
        name = request.match_info.get("name", "index.html")
        path = PAGE / Path(name).name
        if path.suffix not in TYPES or not path.is_file():
            raise web.HTTPNotFound
        return web.Response(
            text=path.read_text(encoding="utf-8"),
            content_type=TYPES[path.suffix],
            charset="utf-8",
            headers={"Cache-Control": "no-store"},
        )

    async def state(self, _: web.Request) -> web.Response:
        """Who and what is there."""
        return web.json_response(seen_state(self.world, self.world.limits.on))

    async def pending(self, _: web.Request) -> web.Response:
        """How many updates wait for the bot, and how often it has asked for some."""
        mailbox = self.world.mailbox
        return web.json_response({"pending": len(mailbox.waiting()), "polls": mailbox.polls})

    async def messages(self, request: web.Request) -> web.Response:
        """A chat; with `wait` it is answered when something is newer than `after_change`."""
        wanted = await asked(request)
        chat, person = self._place(wanted)
        after = wanted.whole("after_change", 0)
        loop = asyncio.get_running_loop()
        until = loop.time() + min(wanted.number("wait", 0.0), LONGEST_WAIT)
        while chat.change <= after and (left := until - loop.time()) > 0:
            await self.world.bell.heard(left)
        return web.json_response(seen_chat(self.world, chat, person, after))

    def _place(self, wanted: Asked) -> tuple[Chat, Person | None]:
        try:
            person = acts.person_of(self.world, wanted.whole("person")) if wanted.has("person") else None
            if not wanted.has("chat") and person is not None:
                return self.world.chats[person.id], person
            chat = self.world.chats.get(wanted.whole("chat"))
        except ImpossibleError as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        if chat is None:
            raise web.HTTPNotFound(text="there is no such chat")
        return chat, person

    async def answers(self, request: web.Request) -> web.Response:
        """What the bot answered to somebody's presses."""
        wanted = await asked(request)
        _, person = self._place(wanted)
        if person is None:
            raise web.HTTPBadRequest(text="person is missing")
        found = seen_answers(self.world, person, wanted.whole("after_change", 0))
        return web.json_response({"change": self.world.change, "answers": found})

    async def commands(self, request: web.Request) -> web.Response:
        """The command menu that somebody sees."""
        chat, person = self._place(await asked(request))
        if person is None:
            raise web.HTTPBadRequest(text="person is missing")
        return web.json_response(visible_commands(self.world, person, chat))

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: a line with the change number and the clock's version whenever one of them moves."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        while True:
            told = json.dumps({"change": self.world.change, "clock": self.world.clock.version})
            await stream.write(f"data: {told}\n\n".encode())
            now = json.dumps({"change": self.world.change, "clock": self.world.clock.version})
            while now == told:
                if not await self.world.bell.heard(HEARTBEAT):
                    await stream.write(b": still here\n\n")
                now = json.dumps({"change": self.world.change, "clock": self.world.clock.version})

    async def clock(self, request: web.Request) -> web.Response:
        """The sandbox's time; with `wait` it is answered when the clock is moved."""
        wanted = await asked(request)
        if wanted.has("after"):
            await self.world.clock.moved(wanted.whole("after"), min(wanted.number("wait", 0.0), LONGEST_WAIT))
        return web.json_response(seen_clock(self.world))

    async def log(self, request: web.Request) -> web.Response:
        """The bot's requests after a number."""
        wanted = await asked(request)
        return web.json_response({"n": self.calls.count, "calls": self.calls.after(wanted.whole("after", 0))})

    async def file(self, request: web.Request) -> web.Response:
        """The bytes of a file in a message. A document may be anything, so a browser must not run it here."""
        stored = self.world.shelf.by_unique(request.match_info["unique_id"])
        if stored is None:
            raise web.HTTPNotFound
        headers = {
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, max-age=3600",
        }
        if stored.kind == "document":
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name)}"
        headers["Content-Type"] = stored.mime
        return web.Response(body=stored.content, headers=headers)
