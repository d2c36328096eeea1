"""Bots to torture: the real one, and the same one without one of its guards.

In: settings, a clock, a database. Out: an `App` that is not yet running. Nothing is patched: each lacks its guard
because another part, another statement or another order of work was passed in.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Final, TypeVar

import telegram

from bot import broadcast_out, due_work
from bot.app import DUE_AT_ONCE, App
from bot.clock import Clock
from bot.deliver import Sender
from bot.receive import Poller
from bot.settings import Settings
from bot.sheets import Sheets
from bot.webhook import Webhook, door_of
from storage import schedule
from storage.database import Database, Tx
from storage.databases import sqlite_path
from storage.outbox import Queued
from storage.statements import STATEMENTS, Statements, postgres
from tests.around import Around

T = TypeVar("T")
Make = Callable[[Settings, Clock, Database], App]
TICK: Final = 0.25
DELAYS: Final = (0.0, 0.0, 0.1)  # seconds


def changed(name: str, before: str, after: str, statements: Statements = STATEMENTS) -> Statements:
    """The shop's statements with one of them changed. Raises LookupError when it has no such words (any more)."""
    if before not in statements[name]:
        raise LookupError(f"{name} does not say {before!r}")
    return {**statements, name: statements[name].replace(before, after)}


# A statement, words in it, other words; as SQLite has them.
Change = tuple[str, str, str]


def statements_of(url: str, changes: Sequence[Change]) -> Statements:
    """The statements for the database at this address, with all these changes. Raises LookupError as `changed` does."""
    if sqlite_path(url) is not None:
        kept = dict(STATEMENTS)
    else:
        kept = dict(postgres())
        changes = [(name, _for_psycopg(before), _for_psycopg(after)) for name, before, after in changes]
    for name, before, after in changes:
        kept[name] = changed(name, before, after, kept)[name]
    return kept


def _for_psycopg(words: str) -> str:
    return re.sub(r":(\w+)", r"%(\1)s", words)


# Everybody decides on what was there before anybody bought, and then writes without looking again.
READ_THEN_WRITE: Final[tuple[Change, ...]] = (
    ("batch", "b.taken", "0 AS taken"),
    ("batches_in", "b.taken", "0 AS taken"),
    ("take_batch_slots", " AND taken + :n <= quota", ""),
)


def sound(settings: Settings, clock: Clock, database: Database) -> App:
    """The real bot."""
    return App(settings, clock, TICK, database)


class _AcknowledgingFirst(Poller):
    """Tells Telegram that it has an update before it has kept it."""

    async def _keep(self, updates: Sequence[Any]) -> None:
        await self._api.call("getUpdates", {"offset": max(one["update_id"] for one in updates) + 1, "timeout": 0})
        await super()._keep(updates)


def acknowledging_first(settings: Settings, clock: Clock, database: Database) -> App:
    """Without keeping before acknowledging."""
    app = sound(settings, clock, database)
    app.receiver = _AcknowledgingFirst(app.api, app.database, app.clock.now, app.engine.wake)
    return app


class _AnsweringFirst(Webhook):
    """Answers 200 to what is pushed while it is still being kept."""

    async def _keep(self, update: dict[str, Any]) -> bool:
        keeping = asyncio.create_task(super()._keep(update))
        self._keeping = {keeping, *(one for one in getattr(self, "_keeping", ()) if not one.done())}
        return True


def answering_first(settings: Settings, clock: Clock, database: Database) -> App:
    """Without keeping before answering."""
    app = sound(settings, clock, database)
    app.receiver = _AnsweringFirst(app.api, app.database, app.clock.now, app.engine.wake, door_of(settings))
    return app


class _ParsingFirst(Poller):
    """Reads an update before it keeps it, as most libraries do."""

    async def _keep(self, updates: Sequence[Any]) -> None:
        for one in updates:
            telegram.Update.de_json(one, None)
        await super()._keep(updates)


def parsing_first(settings: Settings, clock: Clock, database: Database) -> App:
    """Without keeping unread: what cannot be parsed comes again and again, or ends the loop."""
    app = sound(settings, clock, database)
    app.receiver = _ParsingFirst(app.api, app.database, app.clock.now, app.engine.wake)
    return app


class _ClaimingFirst(App):
    """Marks what is due as done in a transaction of its own, then does it."""

    async def _do_what_is_due(self) -> None:
        now = self.clock.now()
        due = await self.database.read(lambda tx: schedule.due(tx, now, DUE_AT_ONCE))
        while due:
            await self.database.run(partial(_claim_all, due=due, now=now))
            works = [partial(due_work.perform, house=self.house, due=one, now=now) for one in due]
            for work in works:
                await self.database.run(work)
            due = await self.database.read(lambda tx: schedule.due(tx, now, DUE_AT_ONCE))
        while await self.database.run(partial(broadcast_out.write_out, house=self.house, now=now)):
            self.sender.wake()
        self.sender.wake()


def _claim_all(tx: Tx, due: Sequence[schedule.Due], now: Any) -> None:
    for one in due:
        schedule.claim(tx, one.id, "done", now)


def claiming_first(settings: Settings, clock: Clock, database: Database) -> App:
    """Without claim and effects in one transaction."""
    return _ClaimingFirst(settings, clock, TICK, database)


class _InAnyOrder(Around):
    """What was done is told of in any order, as it may be where works run side by side; now and then late."""

    async def run(self, work: Callable[[Tx], T]) -> T:
        told = await super().run(work)
        await asyncio.sleep(random.choice(DELAYS))
        return told


def answered_in_any_order(settings: Settings, clock: Clock, database: Database) -> App:
    """The real bot on such a database."""
    return sound(settings, clock, _InAnyOrder(database))


class _LiningUpAnew(Sender):
    """Takes what was still waiting when a mark looked for what waits."""

    async def _line_up(self, marking: Awaitable[list[Queued]]) -> None:
        behind = await marking
        known = {one.id for one in self._people} | self._busy.keys() | self._marks.unwritten
        self._people += [one for one in behind if one.id not in known]


def lining_up_anew(settings: Settings, clock: Clock, database: Database) -> App:
    """Without a look at who has left since."""
    app = answered_in_any_order(settings, clock, database)
    sheets = Sheets(app.database, settings.timezone, settings.locale)
    app.sender = _LiningUpAnew(
        app.api, app.database, clock.now, settings.send_pace, sheets, may_send=lambda: app.seat.is_held
    )
    return app


BOTS: Final[dict[str, tuple[Make, tuple[Change, ...]]]] = {
    "sound": (sound, ()),
    "acknowledging first": (acknowledging_first, ()),
    "answering first": (answering_first, ()),
    "parsing first": (parsing_first, ()),
    "claiming first": (claiming_first, (("claim_due", " AND state = 'waiting'", ""),)),
    "sending before claiming": (sound, (("message_claimed", "SET state = 'sending'", "SET state = 'queued'"),)),
    "answered in any order": (answered_in_any_order, ()),
    "lining up anew": (lining_up_anew, ()),
    "reading then writing": (sound, READ_THEN_WRITE),
}
