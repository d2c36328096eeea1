"""Wire the parts, start them, stop them; no logic of its own.

Four loops run side by side: receive, engine, deliver, clock, and a few that watch over them. When any of them ends by
itself the process ends with an error: a bot that takes orders and sends nothing is worse than one that is restarted.
Of several processes on one database all handle updates; the one that has the seat polls, sends and does what is due.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sqlite3
import time
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from bot import board_work, broadcast_out, broadcast_work, due_work, logs, menus, outage, own_name, trouble
from bot.alarm import Alarm
from bot.api import Api
from bot.clock import Clock, SystemClock, Ticker
from bot.commands import COMMANDS
from bot.deliver import Sender
from bot.house import House
from bot.logs import get_logger
from bot.outside import Outside
from bot.pulse import Pulse
from bot.receive import Poller
from bot.rounds import Engine
from bot.seated import while_seated
from bot.settings import Settings
from bot.sheets import Sheets
from messages.render import Words
from preorder import calendar
from storage import schedule
from storage.database import Database, Tx
from storage.databases import database_at
from storage.migrate import migrate

if TYPE_CHECKING:
    from bot.figures import Figures
    from bot.webhook import Webhook

log = get_logger(__name__)
STOP_SECONDS: Final = 3.0
MARK_SECONDS: Final = 0.3  # after those, for what became of the last messages
DUE_AT_ONCE: Final = 100
LOAD_AFTER: Final = 2.0  # seconds; a start answers first
Loop = Callable[[], Coroutine[Any, Any, None]]


class App:
    """One shop's bot. `run` returns after `stop`, or raises what ended a loop."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        tick_seconds: float = 1.0,
        database: Database | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self.house = House(settings, Words(settings.shop_name, settings.timezone))
        self.database = database or database_at(settings.database_url)
        self.seat = self.database.seat()
        self.api = Api(settings.bot_token.get_secret_value(), settings.api_url)
        sheets = Sheets(self.database, settings.timezone, settings.locale)
        self.pulse = Pulse()
        self.alarm = Alarm(self.api, self.database, self.house)
        self.figures = self._figures()
        self.sender = Sender(
            self.api,
            self.database,
            self.clock.now,
            settings.send_pace,
            sheets,
            may_send=lambda: self.seat.is_held,
            beat=partial(self.pulse.beat, "deliver"),
            observe=self.figures.observe if self.figures is not None else lambda _outcome, _seconds: None,
        )
        self.engine = Engine(
            self.database,
            self.house,
            self.clock.now,
            self._committed,
            on_refused=self.alarm.ring,
            beat=partial(self.pulse.beat, "engine"),
            outside=Outside(self.api),
        )
        self.receiver = self._receiver()
        self.ticker = Ticker(self.tick, tick_seconds)
        self._stopping = asyncio.Event()
        self._ending = False
        self._heard_at: float | None = None
        self._deaf = timedelta()
        self._noted_at: datetime | None = None

    def _receiver(self) -> Poller | Webhook:
        parts = (self.api, self.database, self.clock.now, self.engine.wake)
        beat = partial(self.pulse.beat, "receive")
        if not self.settings.webhook_url:
            return Poller(*parts, on_heard=self._heard, beat=beat, on_refused=self.alarm.ring)
        from bot.webhook import Webhook, door_of  # a server of aiohttp's, which polling does without

        return Webhook(*parts, door_of(self.settings), on_heard=self._heard, beat=beat, on_refused=self.alarm.ring)

    def _figures(self) -> Figures | None:
        listen = self.settings.metrics_listen
        if listen is None:
            return None
        from bot.figures import Figures  # prometheus-client, only where somebody looks

        return Figures(self.database, self.clock.now, self.pulse, self.alarm, listen)

    def stop(self) -> None:
        """Ask `run` to end: nothing is half done, what is in flight may finish."""
        self._stopping.set()

    async def run(self) -> None:
        """Run until `stop`. Raises `AlreadyRunning`, `Unreachable`, `InvalidToken`, or what ended a loop."""
        await self.database.open()
        try:
            await asyncio.to_thread(migrate, self.settings.database_url)
            await self.api.open()
            await self._begin()
            await self.seat.open(self.sender.wake)
            await self._run_loops()
        finally:
            await self.seat.close()
            await self.api.close()
            await self.database.close()

    async def _begin(self) -> None:
        now = self.clock.now()
        self.house.username = await self.database.run(lambda tx: _begin(tx, self.house, now))
        if not self.house.username:
            await self._ask_name_or_stop()

    def loops(self) -> dict[str, Coroutine[Any, Any, None]]:
        """What runs side by side, by name; `deliver` ends last."""
        loops = {
            "receive": self.receiver.run() if self.settings.webhook_url else self._seated("receive", self.receiver.run),
            "engine": self.engine.run(),
            "deliver": self._seated("deliver", self.sender.run, self.sender.stop),
            "clock": self._seated("clock", self._keep_time),
            "name": self._keep_name(),
            "alarm": self.alarm.run(),
        }
        if self.figures is not None:
            loops["figures"] = self.figures.run()
        return loops

    async def _run_loops(self) -> None:
        tasks = {name: asyncio.create_task(self._forever(name, loop)) for name, loop in self.loops().items()}
        stopping = asyncio.create_task(self._until_stopped())
        try:
            done, _ = await asyncio.wait([stopping, *tasks.values()], return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._ending = True
            stopping.cancel()
            # First no more comes in and nothing new is decided, then what was decided may leave.
            delivering = tasks.pop("deliver")
            for task in tasks.values():
                task.cancel()
            await asyncio.wait(tasks.values())
            if not delivering.done():
                # What cannot be marked while the disk is full or the database away counts as in doubt.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(STOP_SECONDS + MARK_SECONDS):
                        await self.sender.stop(STOP_SECONDS)
                # Where another process has the seat it waits for it, and would for ever.
                delivering.cancel()
            await asyncio.wait([delivering])
        for task in done:
            if task is not stopping:
                task.result()

    async def _forever(self, name: str, loop: Coroutine[Any, Any, None]) -> None:
        """A loop that must not end by itself before the end was asked for."""
        try:
            await loop
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            log.error("a part of the bot has died, the process ends", part=name, error=type(error).__name__)
            raise
        if not self._ending:
            log.error("a part of the bot has ended, the process ends", part=name)
            raise RuntimeError(f"{name} ended")

    async def _seated(
        self, name: str, begin: Loop, let_go: Callable[[float], Coroutine[Any, Any, None]] | None = None
    ) -> None:
        # Without the seat a part does nothing, and is not missed.
        await while_seated(self.seat, begin, let_go, partial(self.pulse.rest, name))

    async def _until_stopped(self) -> None:
        await self._stopping.wait()

    def _committed(self) -> None:
        """Something may wait to be sent: by us, or by whoever has the seat."""
        self.sender.wake()
        self.seat.announce()

    # --- the bot's own name --------------------------------------------------------------------------------------

    async def _ask_name(self) -> None:
        await own_name.ask(self.api, self.database, self.house)

    async def _ask_name_or_stop(self) -> None:
        """At the first start nothing goes on without the name; but whoever is told to end need not wait for it."""
        asking, stopping = asyncio.create_task(self._ask_name()), asyncio.create_task(self._until_stopped())
        try:
            await asyncio.wait([asking, stopping], return_when=asyncio.FIRST_COMPLETED)
        finally:
            asking.cancel()
            stopping.cancel()
        await asyncio.wait([asking])
        if not asking.cancelled():
            asking.result()

    async def _keep_name(self) -> None:
        """The name that was remembered may have changed since. Then what the first answers did without is loaded."""
        await self._ask_name()
        await asyncio.sleep(LOAD_AFTER)
        await trouble.load()
        await asyncio.to_thread(logs.load)
        gc.freeze()  # it stays for good, as what was loaded before did
        await asyncio.Event().wait()

    # --- the clock -----------------------------------------------------------------------------------------------

    async def tick(self) -> None:
        """Do what is due, then write out messages to many, chunk by chunk."""
        self.pulse.beat("clock")
        try:
            await self._do_what_is_due()
            await self._note_hearing()
        except sqlite3.Error:
            self.alarm.ring()
            raise

    async def _do_what_is_due(self) -> None:
        now = self.clock.now()
        due = await self.database.read(lambda tx: schedule.due(tx, now, DUE_AT_ONCE))
        while due:
            if any(one.kind in ("forget", "payday_idea", "holiday_idea") for one in due):
                # The next ideas are looked up in the calendar, which is large.
                await asyncio.to_thread(calendar.learn, (now.year - 1, now.year, now.year + 1, now.year + 2))
            for together in due_work.in_order(due):
                works = [partial(due_work.perform, house=self.house, due=one, now=now) for one in together]
                await asyncio.gather(*(self.database.run(work) for work in works))
            self.sender.wake()
            due = await self.database.read(lambda tx: schedule.due(tx, now, DUE_AT_ONCE))
        while await self.database.run(partial(broadcast_out.write_out, house=self.house, now=now)):
            self.sender.wake()
        if await self.database.read(partial(board_work.is_wanted, house=self.house, now=now)):
            await self.database.run(partial(board_work.keep, house=self.house, now=now))
            self.sender.wake()
        for broadcast_id in await self.database.read(lambda tx: broadcast_work.to_tell(tx, now)):
            await self.database.run(
                partial(broadcast_work.tell_progress, house=self.house, broadcast_id=broadcast_id, now=now)
            )
            self.sender.wake()

    async def _keep_time(self) -> None:
        # What another process heard meanwhile is in the books; our own silence says nothing.
        self._heard_at = self._noted_at = None
        self._deaf = timedelta()
        await self.ticker.run()

    # --- hearing -------------------------------------------------------------------------------------------------

    def _heard(self) -> None:
        """Updates are coming, or would if there were any. The longest silence since the last note is kept."""
        heard_at = time.monotonic()
        if self._heard_at is not None:
            self._deaf = max(self._deaf, timedelta(seconds=heard_at - self._heard_at))
        self._heard_at = heard_at

    async def _note_hearing(self) -> None:
        now = self.clock.now()
        noted_at = self._noted_at
        if self._heard_at is None or (
            noted_at is not None and abs(now - noted_at) < outage.NOTED_EVERY and self._deaf <= outage.PRESSES_KEPT
        ):
            return
        deaf, self._deaf = self._deaf, timedelta()
        await self.database.run(lambda tx: outage.note_hearing(tx, now, None if noted_at is None else deaf))
        self._noted_at = now


def _begin(tx: Tx, house: House, now: datetime) -> str:
    """At the start: what recurs is planned, the command menus are queued when they changed."""
    due_work.begin(tx, house, now)
    menus.queue_all(tx, house, COMMANDS, now)
    return own_name.known(tx)
