"""The loop that hands waiting updates on: it looks when it is woken, and ends when it is told to."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.house import House
from bot.rounds import Engine
from messages.render import Words
from storage.databases import database_at
from storage.migrate import migrate
from tests.journeys.floor import settings_for


async def test_news_in_the_moment_of_the_end_does_not_keep_the_engine_alive(tmp_path: Path) -> None:
    """An update is kept in the very moment in which the bot is told to stop: the engine still ends."""
    settings = settings_for("http://127.0.0.1:9", tmp_path)
    database = database_at(settings.database_url)
    engine = Engine(
        database, House(settings, Words(settings.shop_name, settings.timezone)), lambda: datetime.now(UTC), lambda: None
    )
    await asyncio.to_thread(migrate, settings.database_url)
    await database.open()
    running = asyncio.create_task(engine.run())
    try:
        for _ in range(10):  # it has looked and found nothing, and waits for news
            await database.read(lambda _tx: None)
        engine.wake()
        running.cancel()
        done, _ = await asyncio.wait({running}, timeout=5)
        assert running in done
    finally:
        running.cancel()
        await database.close()
