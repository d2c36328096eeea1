"""/healthz and /metrics of a running shop, and what makes them say that something is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest_asyncio

from bot.alarm import Alarm
from bot.api import Api
from bot.figures import Figures
from bot.house import House
from bot.pulse import PATIENCE, Pulse
from bot.settings import Listen
from messages.render import Words
from storage import inbox, schedule
from storage.database import Tx
from storage.databases import database_at
from tests.bot.line import until
from tests.journeys.floor import Floor, open_batch, open_floor, order_one, settings_for, stock


@pytest_asyncio.fixture
async def floor(tmp_path: Path) -> AsyncIterator[Floor]:
    """A shop whose figures are shown."""
    async with open_floor(tmp_path, METRICS_LISTEN="127.0.0.1:0") as opened:
        yield opened


async def get(floor: Floor, path: str) -> tuple[int, str]:
    """Status and text."""
    assert floor.app.figures is not None
    return await ask(floor.app.figures, path)


async def ask(figures: Figures, path: str) -> tuple[int, str]:
    """The same of figures that stand alone."""
    await until(lambda: figures.port > 0)
    url = f"http://127.0.0.1:{figures.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def figures(floor: Floor) -> dict[str, float]:
    """The figures by name with labels."""
    _, text = await get(floor, "/metrics")
    lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


async def test_a_shop_at_work_is_well_and_counts(floor: Floor) -> None:
    """200 and "ok"; holds, queues and sends are those of the books, and nothing names a person."""
    await floor.rina.start()
    await open_batch(floor)
    await floor.sari.sees("t.me/bukapo_bot")
    await order_one(floor.rina)
    await floor.settled()
    assert await get(floor, "/healthz") == (200, "ok\n")
    seen = await figures(floor)
    assert seen["bukapo_holds"] == 1
    assert seen["bukapo_inbox_depth"] == seen["bukapo_inbox_age_seconds"] == seen["bukapo_tick_lag_seconds"] == 0
    assert all(seen[f'bukapo_outbox_depth{{priority="{name}"}}'] == 0 for name in ("answer", "order", "broadcast"))
    assert seen['bukapo_send_seconds_count{outcome="sent"}'] > 10
    assert seen["bukapo_database_up"] == 1
    assert "Rina" not in (await get(floor, "/metrics"))[1]


async def test_a_429_is_counted(floor: Floor) -> None:
    """Somebody who looks sees that the pace is too high."""
    await floor.world.fault("429", method="sendmessage", times=1, retry_after=1)
    await floor.rina.start()
    await floor.rina.sees("Sari Hijab")
    assert (await figures(floor))["bukapo_told_to_wait_total"] == 1


async def test_what_waits_is_shown_with_its_age(floor: Floor) -> None:
    """A queue that does not move is a figure that grows."""
    await floor.world.fault("hang_before", method="sendmessage", seconds=60)
    await floor.rina.start()
    while not (await figures(floor))['bukapo_outbox_depth{priority="answer"}']:
        await floor.world.drained()


async def test_what_is_late_is_shown_in_seconds(tmp_path: Path) -> None:
    """Without anybody who handles it, an update of 90 seconds ago waits 90 seconds, and what was due 40 ago is 40 late;
    an older one that was handled is not counted."""
    settings = settings_for("http://127.0.0.1:9", tmp_path)
    await stock(settings.database_url)
    database = database_at(settings.database_url)
    await database.open()
    now = datetime(2026, 11, 25, 3, tzinfo=UTC)

    def fall_behind(tx: Tx) -> None:
        inbox.keep(tx, [{"update_id": 1}], now - timedelta(seconds=500))
        inbox.take(tx, 1)
        inbox.keep(tx, [{"update_id": 2}], now - timedelta(seconds=90))
        inbox.keep(tx, [{"update_id": 3}], now - timedelta(seconds=5))
        schedule.plan(tx, "daily_recap", "2026-11-25", now - timedelta(seconds=40))

    await database.run(fall_behind)
    api = Api(settings.bot_token.get_secret_value(), settings.api_url)
    alarm = Alarm(api, database, House(settings, Words(settings.shop_name, settings.timezone)))
    figures = Figures(database, lambda: now, Pulse(), alarm, Listen("127.0.0.1", 0))
    serving = asyncio.create_task(figures.run())
    try:
        _, text = await ask(figures, "/metrics")
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        await database.close()
    assert "bukapo_inbox_depth 2.0" in text
    assert "bukapo_inbox_age_seconds 90.0" in text
    assert "bukapo_tick_lag_seconds 40.0" in text


async def test_a_database_that_takes_nothing_is_no_health(floor: Floor) -> None:
    """503 with a word while nothing can be written."""
    floor.app.alarm.is_down = True
    assert await get(floor, "/healthz") == (503, "the database takes nothing\n")
    assert (await figures(floor))["bukapo_database_up"] == 0


async def test_a_database_that_does_not_answer_is_no_health(tmp_path: Path) -> None:
    """503 when it cannot even be read."""
    settings = settings_for("http://127.0.0.1:9", tmp_path)
    database = database_at(settings.database_url)
    api = Api(settings.bot_token.get_secret_value(), settings.api_url)
    alarm = Alarm(api, database, House(settings, Words(settings.shop_name, settings.timezone)))
    figures = Figures(database, lambda: datetime.now(UTC), Pulse(), alarm, Listen("127.0.0.1", 0))
    serving = asyncio.create_task(figures.run())
    status, text = await ask(figures, "/healthz")
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    assert (status, text) == (503, "the database does not answer (RuntimeError)\n")


def test_a_loop_that_is_stuck_is_named() -> None:
    """Each part has its patience; one that never began is not missed, one that beats again is well."""
    now = [0.0]
    pulse = Pulse(lambda: now[0])
    for part in PATIENCE:
        pulse.beat(part)
    assert Pulse(lambda: 1e9).silent() == []
    now[0] = 16.0
    assert pulse.silent() == ["engine", "deliver"]
    pulse.beat("engine")
    assert pulse.silent() == ["deliver"]
    now[0] = 1000.0
    assert set(pulse.silent()) == set(PATIENCE)


async def test_nothing_listens_unless_it_is_asked_for(tmp_path: Path) -> None:
    """Without the setting there is no port, and no time is lost for it at the start."""
    async with open_floor(tmp_path) as floor:
        assert floor.app.figures is None
