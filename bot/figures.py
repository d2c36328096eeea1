"""Is the bot well, and how busy is it? /healthz and /metrics on a port of this computer, when switched on.

In: the books, the pulse of the loops, what each call of the sender took. Out: 200 or 503 with a line for each trouble;
figures in Prometheus' text form, read from the books when they are asked for. No figure names a person or an order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.alarm import Alarm
from bot.pulse import Pulse
from bot.settings import Listen
from storage import inbox, outbox, schedule
from storage.database import Database, Tx
from storage.outbox import Priority

ANSWER_SECONDS: Final = 3.0
_BUCKETS: Final = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


class Figures:
    """`observe` is called by the sender after each call; `run` serves until cancelled."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], pulse: Pulse, alarm: Alarm, listen: Listen
    ) -> None:
        self._database = database
        self._now = now
        self._pulse = pulse
        self._alarm = alarm
        self._listen = listen
        self.port = 0
        own = self._registry = CollectorRegistry()
        self._inbox_depth = Gauge("bukapo_inbox_depth", "Updates that wait to be handled.", registry=own)
        self._inbox_age = Gauge("bukapo_inbox_age_seconds", "How long the oldest of them waits.", registry=own)
        self._outbox = Gauge("bukapo_outbox_depth", "Messages that wait to be sent.", ["priority"], registry=own)
        self._holds = Gauge("bukapo_holds", "Orders that keep slots and are not paid yet.", registry=own)
        self._tick_lag = Gauge("bukapo_tick_lag_seconds", "How late the oldest thing that is due is.", registry=own)
        self._writable = Gauge("bukapo_database_up", "1 while the database takes what is written.", registry=own)
        self._sends = Histogram(
            "bukapo_send_seconds",
            "What a call of the sender took, by what became of it.",
            ["outcome"],
            buckets=_BUCKETS,
            registry=own,
        )
        self._told_to_wait = Counter("bukapo_told_to_wait", "Times Telegram answered 429 to the sender.", registry=own)

    def observe(self, outcome: str, seconds: float) -> None:
        """A call came back: `sent`, `pause` (429), `again`, `givenup` …"""
        self._sends.labels(outcome).observe(seconds)
        if outcome == "pause":
            self._told_to_wait.inc()

    async def run(self) -> None:
        """Serve. Raises OSError when the port is taken."""
        application = web.Application()
        application.router.add_get("/healthz", self._health)
        application.router.add_get("/metrics", self._metrics)
        runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._listen.host, self._listen.port).start()
            self.port = int(runner.addresses[0][1])
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _health(self, _: web.Request) -> web.Response:
        troubles = [f"{part} is stuck" for part in self._pulse.silent()]
        if self._alarm.is_down:
            troubles.append("the database takes nothing")
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._database.read(inbox.depth)
        except Exception as error:
            troubles.append(f"the database does not answer ({type(error).__name__})")
        return web.Response(text="\n".join(troubles or ["ok"]) + "\n", status=503 if troubles else 200)

    async def _metrics(self, _: web.Request) -> web.Response:
        now = self._now()
        await self._database.read(lambda tx: self._read(tx, now))
        self._writable.set(not self._alarm.is_down)
        return web.Response(body=generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _read(self, tx: Tx, now: datetime) -> None:
        waiting, oldest = inbox.depth(tx)
        self._inbox_depth.set(waiting)
        self._inbox_age.set(_age(oldest, now))
        depths = outbox.depths(tx)
        for priority in Priority:
            self._outbox.labels(priority.name.lower()).set(depths.get(priority, 0))
        self._holds.set(schedule.how_many(tx, "hold_expiry"))
        self._tick_lag.set(_age(schedule.oldest_due(tx), now))


def _age(moment: datetime | None, now: datetime) -> float:
    return 0.0 if moment is None else max(0.0, (now - moment).total_seconds())
