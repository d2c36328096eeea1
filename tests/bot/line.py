"""The line between outbox and sandbox, for the tests of what sends and what receives.

In: a folder. Out: a sandbox without limits, a fresh database, an `Api`, and a `Sender` that runs when asked to. Rows
are looked at through a connection of their own, as another program would.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.api import Api, File
from bot.deliver import Sender
from bot.refusals import ToldToWait
from bot.transport import Transport
from sandbox.acts import press
from sandbox.faults import Fault
from sandbox.server import Sandbox
from sandbox.world import Json, Person
from storage import outbox
from storage.database import Database
from storage.outbox import Outgoing, Priority
from storage.sqlite import SqliteDatabase
from tests.sqlite import put_empty

ANSWER, ORDER, BROADCAST = Priority.ANSWER, Priority.ORDER, Priority.BROADCAST
FIRST_BUYER = 8000


class ShopClock:
    """Real time plus what the test lets pass."""

    def __init__(self) -> None:
        self.passed = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.passed


class WatchedApi(Api):
    """The Api, which also remembers the files of every call, (monotonic) when calls left and when a 429 came, and its
    seconds."""

    def __init__(self, token: str, base_url: str) -> None:
        super().__init__(token, base_url, Transport(read_timeout=1.0))
        self.uploads: list[str] = []
        self.left_at: list[float] = []
        self.told_at: list[float] = []
        self.told_for: list[float] = []

    async def call(
        self,
        method: str,
        params: Mapping[str, Any] | None = None,
        files: Mapping[str, File] | None = None,
        read_timeout: float | None = None,
    ) -> Any:
        self.uploads += list(files or {})
        self.left_at.append(time.monotonic())
        try:
            return await super().call(method, params, files, read_timeout)
        except ToldToWait as error:
            self.told_at.append(time.monotonic())
            self.told_for.append(error.seconds)
            raise


class Line:
    """All of it; `buyers(n)` are people who have started the bot."""

    def __init__(self, box: Sandbox, base: str, path: Path, database: Database) -> None:
        self.box = box
        self.base = base
        self.path = path
        self.database = database
        self.api = WatchedApi(box.token, base)
        self.clock = ShopClock()
        self.sheets_made: list[dict[str, Any]] = []
        self.running: list[tuple[Sender, asyncio.Task[None]]] = []

    async def sheet(self, what: dict[str, Any]) -> File:
        """A sheet as the bot would make one."""
        self.sheets_made.append(what)
        return "rekap.xlsx", b"a sheet"

    def sender(self, pace: float = 0, database: Database | None = None) -> Sender:
        """A sender that runs from now on, on the line's database or on one around it."""
        sender = Sender(self.api, database or self.database, self.clock.now, pace, self.sheet)
        self.running.append((sender, asyncio.create_task(sender.run())))
        return sender

    async def crash(self) -> None:
        """The senders end as a killed process would: at once, tidying nothing."""
        for _, task in self.running:
            task.cancel()
        await asyncio.gather(*(task for _, task in self.running), return_exceptions=True)
        self.running.clear()

    def buyers(self, count: int) -> list[int]:
        """People whom the bot may write to."""
        ids = range(FIRST_BUYER, FIRST_BUYER + count)
        for person_id in ids:
            person = Person(person_id, f"Kak {person_id}", "", "", "id")
            person.started = True
            self.box.world.add_person(person)
        return list(ids)

    async def queue(self, *messages: Outgoing) -> None:
        """Rows in the outbox, committed; whoever sends is woken."""
        now = self.clock.now()
        await self.database.run(lambda tx: [outbox.put(tx, message, now) for message in messages])
        for sender, _ in self.running:
            sender.wake()

    def pressed(self, key: str, chat: int) -> Outgoing:
        """The person has pressed a button of the newest message in their chat: this answers the press."""
        world = self.box.world
        there = world.chats[chat]
        query = press(world, world.people[chat], there, max(there.messages), data="a", forged=True)["query_id"]
        return Outgoing(key, chat, "answerCallbackQuery", {"callback_query_id": query}, Priority.PRESS)

    def fault(self, kind: Any, **rule: Any) -> None:
        """Something goes wrong from now on."""
        self.box.faults.rules.append(Fault(kind, **rule))

    def rows(self) -> dict[str, dict[str, Any]]:
        """The outbox by key."""
        with closing(sqlite3.connect(self.path)) as connection:
            connection.row_factory = sqlite3.Row
            return {row["key"]: dict(row) for row in connection.execute("SELECT * FROM outbox")}

    def states(self) -> dict[str, str]:
        """The state of each row by key."""
        return {key: row["state"] for key, row in self.rows().items()}

    def calls(self, method: str = "") -> list[Json]:
        """What the bot asked for, oldest first."""
        return sorted(
            (call for call in self.box.calls.after(0) if call["method"] != "getupdates" and method in call["method"]),
            key=lambda call: float(call["at"]),
        )

    def texts(self, chat: int) -> list[str]:
        """What the bot has said in a chat."""
        shown = self.box.world.chats[chat].messages.values()
        return [str(one.body.get("text", "")) for one in shown if one.by_bot and not one.deleted]

    async def settled(self, within: float = 20.0) -> dict[str, str]:
        """Wait until nothing is queued or on its way; the states by key."""
        await until(lambda: not {"queued", "sending"} & set(self.states().values()), within)
        return self.states()


async def until(is_so: Callable[[], bool], within: float = 10.0) -> None:
    """Look again and again until it is so."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    while not is_so():
        assert loop.time() < deadline, "it did not come to pass"
        await asyncio.sleep(0.01)


def text(key: str, chat: int, priority: Priority = ANSWER, words: str = "") -> Outgoing:
    """A plain message; its words are its key unless given."""
    return Outgoing(key, chat, "sendMessage", {"chat_id": chat, "text": words or key}, priority)


@asynccontextmanager
async def open_line(folder: Path) -> AsyncIterator[Line]:
    """Everything open, and closed afterwards."""
    box = Sandbox()
    base = await box.start()
    path = await asyncio.to_thread(put_empty, folder / "bukapo.db")
    database = SqliteDatabase(path)
    await database.open()
    line = Line(box, base, path, database)
    await line.api.open()
    try:
        yield line
    finally:
        await line.crash()
        await line.api.close()
        await database.close()
        await box.stop()
