"""How the bot ends: at once and loudly when a part of it breaks, quickly and cleanly when it is told to."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from sandbox.server import Sandbox
from storage.databases import sqlite_path
from tests.journeys.dying_parts import Dying, die, end
from tests.journeys.floor import TOKEN, order_one, settings_for, stock
from tests.journeys.process import STARTING, Street, open_street
from tests.people import until
from tests.postgres import fill_up, let_in, make_room, shut_out

PARTS = ("receive", "engine", "deliver", "clock", "alarm", "name", "figures")


@pytest.mark.parametrize("how", [die, end])
@pytest.mark.parametrize("part", PARTS)
async def test_a_bot_without_one_of_its_parts_does_not_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, part: str, how: Any
) -> None:
    """Whether it breaks or ends: the others are ended too, the log names the part, and the caller gets an error."""
    box = Sandbox(token=TOKEN, limits=False, scene="shop")
    settings = settings_for(await box.start(), tmp_path, METRICS_LISTEN="127.0.0.1:0")
    await stock(settings.database_url)
    try:
        with pytest.raises(LookupError if how is die else RuntimeError):
            async with asyncio.timeout(10):
                await Dying(settings, None, part, how).run()
    finally:
        await box.stop()
    # Where an earlier test of this process has set up the log, it goes to its handlers.
    said = "".join(capsys.readouterr()) + caplog.text
    assert f"part={part}" in said or f"'part': '{part}'" in said


async def test_no_part_is_left_out(tmp_path: Path) -> None:
    """Whatever loop a bot gets, its death is tried above."""
    loops = App(settings_for("http://127.0.0.1:9", tmp_path, METRICS_LISTEN="127.0.0.1:0")).loops()
    for loop in loops.values():
        loop.close()
    assert set(loops) == set(PARTS)


@pytest.mark.parametrize("part", ["receive", "engine", "deliver", "clock"])
async def test_the_process_ends_with_an_error_code_after_a_log_line(tmp_path: Path, part: str) -> None:
    """What watches over the bot sees a code other than 0; the log has the part and the place, not the error's text."""
    async with open_street(tmp_path, run=False) as street:
        await street.bot.start("-m", "tests.journeys.dying_parts", part)
        assert await street.bot.wait() == 1
        said = street.bot.wrote()
    assert "a part of the bot has died" in said
    assert "LookupError" in said
    assert "dying_parts.py" in said
    assert "Melati" not in said


async def test_a_revoked_token_ends_the_process(tmp_path: Path) -> None:
    """Going on would lose nothing but help nobody: the process says so and ends."""
    async with open_street(tmp_path, run=False, BOT_TOKEN="424242:SANDBOX-token-that-was-revoked") as street:
        await street.bot.start()
        assert await street.bot.wait() == 1
        assert "BUKAPO_BOT_TOKEN" in street.bot.wrote()
        assert "424242:SANDBOX" not in street.bot.wrote()


async def test_told_to_stop_under_load_it_ends_within_five_seconds_and_nothing_is_half_done(tmp_path: Path) -> None:
    """Hundreds of updates on their way, a server that hangs: exit code 0 in time; the next start does all the rest."""
    async with open_street(tmp_path) as street:
        rina, budi = street.rina, street.budi
        await rina.start()
        await rina.sees("Sari Hijab", within=30)
        code = await order_one(rina)
        await street.world.fault("hang_before", method="sendmessage", share=0.5, seed=3)
        for number in range(120):
            await rina.say(f"halo {number}")
        await budi.start()
        await budi.say("/order")
        assert await street.bot.stop() == 0
        assert "Traceback" not in street.bot.wrote()
        street.books.balance()
        await street.world.delete("faults")
        await street.bot.start()
        await budi.sees("Nastar Wisman", within=30)
        await street.settled()
        assert street.books.value("SELECT COUNT(*) FROM orders WHERE code = ?", code) == 1
        assert street.books.value("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0
        street.books.balance()


async def test_told_to_stop_before_telegram_ever_answered_it_ends_in_time(tmp_path: Path) -> None:
    """The first start of a shop, and the network swallows what is asked."""
    asked = asyncio.Event()

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()
        writer.close()

    async with await asyncio.start_server(swallow, "127.0.0.1", 0) as server:
        settings = settings_for(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", tmp_path)
        await stock(settings.database_url)
        app = App(settings)
        running = asyncio.create_task(app.run())
        await asked.wait()
        app.stop()
        async with asyncio.timeout(5):
            await running


async def test_told_to_stop_while_no_mark_can_be_written_it_ends_in_time(tmp_path: Path) -> None:
    """The disk is full for what became of messages: some come again after the next start, none stays away."""
    async with open_street(tmp_path) as street:
        rina, url = street.rina, street.bot.environ["BUKAPO_DATABASE_URL"]
        await rina.start()
        await rina.sees("Sari Hijab", within=STARTING)
        await street.settled()
        await asyncio.to_thread(_refuse_marks, url)
        await rina.say("/order")
        shown = await rina.sees("Nastar Wisman")
        await rina.press("Nastar Wisman", shown)
        await until(lambda: _has_answered_a_press(street), 30, "the press is not answered")
        assert await street.bot.stop() == 0
        assert "Traceback" not in street.bot.wrote()
        await asyncio.to_thread(_take_marks, url)
        await street.bot.start()
        await rina.sees("Berapa", within=STARTING)
        await street.settled()
        street.books.balance()


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_told_to_stop_while_its_server_lets_nobody_in_it_ends_in_time(tmp_path: Path) -> None:
    """As when both are shut down together: all that was heard is in the books, and is answered after the next start."""
    async with open_street(tmp_path) as street:
        rina, url = street.rina, street.bot.environ["BUKAPO_DATABASE_URL"]
        await rina.start()
        await rina.sees("Sari Hijab", within=STARTING)
        await street.settled()
        street.books.close()
        await asyncio.to_thread(shut_out, url)
        await rina.say("/order")
        await until(lambda: _waits_outside(street), 30, "it notices nothing")
        assert await street.bot.stop() == 0
        assert "Traceback" not in street.bot.wrote()
        await asyncio.to_thread(let_in, url)
        await street.bot.start()
        await rina.sees("Nastar Wisman", within=STARTING)
        await street.settled()
        street.books.balance()


async def _has_answered_a_press(street: Street) -> bool:
    return any(call["method"] == "answercallbackquery" for call in await street.world.calls())


async def _waits_outside(street: Street) -> bool:
    return street.bot.wrote().count("error connecting in") > 9


def _refuse_marks(url: str) -> None:
    path = sqlite_path(url)
    if path is None:
        fill_up(url, "outbox", on="UPDATE")
    else:
        full = "SELECT RAISE(ABORT, 'database or disk is full')"
        with closing(sqlite3.connect(path)) as file:
            file.execute(f"CREATE TRIGGER is_full BEFORE UPDATE ON outbox BEGIN {full}; END")


def _take_marks(url: str) -> None:
    path = sqlite_path(url)
    if path is None:
        make_room(url)
    else:
        with closing(sqlite3.connect(path)) as file:
            file.execute("DROP TRIGGER is_full")
