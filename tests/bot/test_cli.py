"""The command line as a shop uses it: each command a process of its own, in its own folder."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web

from bot.catalog_sheet import read_sheet
from sandbox.scenes import CHANNEL
from sandbox.server import Sandbox
from tests.bot.command_line import (
    ARGUMENTS,
    HEAD,
    NOWHERE,
    WITHOUT_DATABASE,
    bukapo,
    every_command,
    new_bukapo,
    write_sheets,
)
from tests.journeys.floor import TOKEN
from tests.journeys.process import ROOT, STARTING, open_street

# --- settings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in every_command() if name not in WITHOUT_DATABASE])
def test_wrong_settings_stop_every_command(tmp_path: Path, name: str) -> None:
    """Exit code 1, a line for each, and nothing made or changed."""
    write_sheets(tmp_path)
    before = sorted(tmp_path.iterdir())
    done = bukapo(tmp_path, *name.split(), *ARGUMENTS[name], OWNER_IDS="sari", BOT_TOKEN="my secret token")
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert len(re.findall(r"BUKAPO_\w+ is wrong: it should be .+\.", said)) == 2
    assert "BUKAPO_OWNER_IDS" in said
    assert ".env" in said
    assert "my secret token" not in said
    assert "Traceback" not in said
    assert sorted(tmp_path.iterdir()) == before


# --- the catalogue -----------------------------------------------------------------------------------------------


def test_the_catalogue_goes_out_and_comes_back_unchanged(tmp_path: Path) -> None:
    """The example sheet is taken, written out, taken again, and written out the same."""
    assert bukapo(tmp_path, "catalog", "template", "example.xlsx").returncode == 0
    taken = bukapo(tmp_path, "catalog", "import", "example.xlsx")
    assert (taken.returncode, taken.stderr) == (0, "")
    example = read_sheet(tmp_path / "example.xlsx")
    variants = sum(len(product.variants) for product in example.products)
    assert taken.stdout == f"{len(example.products)} products with {variants} variants are in the catalogue.\n"
    for name in ("first.xlsx", "second.xlsx"):
        assert bukapo(tmp_path, "catalog", "export", name).returncode == 0
        assert bukapo(tmp_path, "catalog", "import", name).returncode == 0
    first, second = (read_sheet(tmp_path / name) for name in ("first.xlsx", "second.xlsx"))
    assert first == second
    assert [p.name for p in first.products] == [p.name for p in example.products]
    assert [p.variants for p in first.products] == [p.variants for p in example.products]


def test_a_wrong_cell_is_named_and_nothing_is_taken(tmp_path: Path) -> None:
    """All or nothing: one price in letters, and the good rows stay out as well; a good sheet is taken afterwards."""
    good = "voal,Hijab Voal,Adem,Putih,45000,90,,\n"
    (tmp_path / "wrong.csv").write_text(HEAD + good + "nastar,Nastar,Renyah,Toples,seratus,500,,\n")
    done = bukapo(tmp_path, "catalog", "import", "wrong.csv")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert re.search(r"\b3\b", line)
    assert "harga" in line
    assert "seratus" in line
    assert "0 products" in bukapo(tmp_path, "catalog", "export", "none.xlsx").stdout
    (tmp_path / "good.csv").write_text(HEAD + good)
    assert bukapo(tmp_path, "catalog", "import", "good.csv").returncode == 0
    assert "1 products" in bukapo(tmp_path, "catalog", "export", "one.xlsx").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "nowhere.csv"), "nowhere.csv cannot be read"),
        (("import", "no-photo.csv"), "foto/hijab.jpg"),
        (("import", "outside.csv"), "outside.jpg"),
        (("import", "photo.txt"), ""),
        (("export", "no/such/folder.xlsx"), "cannot be written"),
        (("export", "catalogue.csv"), ".xlsx"),
        (("template", "no/such/folder.xlsx"), "cannot be written"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_in_one_line(tmp_path: Path, words: tuple[str, str], said: str) -> None:
    """No traceback: one sentence that names the file."""
    (tmp_path / "outside.jpg").write_bytes(b"\xff\xd8\xff")
    shop = tmp_path / "shop"
    shop.mkdir()
    (shop / "no-photo.csv").write_text(HEAD + "voal,Hijab Voal,,Putih,45000,90,,foto/hijab.jpg\n")
    (shop / "outside.csv").write_text(HEAD + "voal,Hijab Voal,,Putih,45000,90,,../outside.jpg\n")
    (shop / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    done = bukapo(shop, "catalog", *words)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    assert said in line


# --- the database ------------------------------------------------------------------------------------------------


def test_migrate_says_what_it_did(tmp_path: Path) -> None:
    """The first time it names what it applied, the second time there is nothing to do; each in a new Python."""
    first, second = new_bukapo(tmp_path, "migrate"), new_bukapo(tmp_path, "migrate")
    assert first.stdout.startswith("Applied: 0001_first_orders")
    assert second.stdout == "Nothing to do: the database is up to date.\n"
    assert (first.returncode, second.returncode) == (0, 0)


async def test_no_command_writes_beside_a_running_bot(tmp_path: Path) -> None:
    """While the bot runs, the commands that write say what to do and change nothing."""
    async with open_street(tmp_path) as street:
        await street.rina.start()
        await street.rina.sees("Sari Hijab", within=STARTING)
        (tmp_path / "good.csv").write_text(HEAD + "voal,Hijab Voal,Adem,Putih,45000,90,,\n")
        for words in (("migrate",), ("catalog", "import", "good.csv")):
            done = await asyncio.to_thread(bukapo, tmp_path, *words)
            assert done.returncode == 1
            assert "stop it first" in done.stderr
        assert street.books.value("SELECT COUNT(*) FROM products") == 2


# --- the doctor --------------------------------------------------------------------------------------------------


@asynccontextmanager
async def hospital(folder: Path) -> AsyncIterator[tuple[Sandbox, dict[str, str]]]:
    """A sandbox, and the settings for it."""
    box = Sandbox(token=TOKEN, scene="shop")
    try:
        yield box, {"api": await box.start()}
    finally:
        await box.stop()


async def examined(folder: Path, **changes: str) -> tuple[int, list[str]]:
    """The exit code and what is wrong."""
    done = await asyncio.to_thread(bukapo, folder, "doctor", **changes)
    assert "Traceback" not in done.stderr
    assert TOKEN not in done.stdout + done.stderr
    return done.returncode, [line for line in done.stdout.splitlines() if not line.startswith("ok ")]


async def test_the_doctor_finds_a_well_shop_well(tmp_path: Path) -> None:
    """Before the first start and after it, with and without a channel."""
    async with hospital(tmp_path) as (_, settings):
        assert await examined(tmp_path, **settings) == (0, [])
        assert not (tmp_path / "shop.db").exists()
        bukapo(tmp_path, "migrate")
        assert await examined(tmp_path, **settings, CHANNEL_ID="") == (0, [])


async def test_the_doctor_knows_a_bot_that_runs(tmp_path: Path) -> None:
    """Asked beside the running bot, it finds nothing wrong with that."""
    async with open_street(tmp_path) as street:
        await street.rina.start()
        await street.rina.sees("Sari Hijab", within=STARTING)
        done = await asyncio.to_thread(bukapo, tmp_path, "doctor", api=street.address)
        assert done.returncode == 0, done.stdout
        assert "a bot is running" in done.stdout


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"BOT_TOKEN": "424242:not-the-one-BotFather-gave"}, "token: Telegram does not know it"),
        ({"api": NOWHERE}, "does not answer"),
        ({"CHANNEL_ID": "-1009999999999"}, "channel: the bot does not see it"),
        ({"CHANNEL_ID": "-1003000000077"}, "channel: the bot may not post there"),
    ],
)
async def test_the_doctor_names_what_is_wrong_at_telegram(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    """One line that says what is wrong and how to mend it, and exit code 1."""
    async with hospital(tmp_path) as (box, settings):
        await _a_channel_where_the_bot_is_no_admin(box, settings["api"])
        code, wrong = await examined(tmp_path, **{**settings, **changes})
        assert code == 1
        (line,) = wrong
        assert said in line
        assert ";" in line, "how is it mended?"


async def _a_channel_where_the_bot_is_no_admin(box: Sandbox, address: str) -> None:
    from aiohttp import ClientSession

    from tests.people import World

    async with ClientSession() as session:
        await World(address, session).add_chat("channel", "Lain", id=-1003000000077, bot="member")
    assert CHANNEL in box.world.chats


async def test_the_doctor_names_a_damaged_database(tmp_path: Path) -> None:
    """A file that is no database is said to be one, before a buyer finds out."""
    async with hospital(tmp_path) as (_, settings):
        (tmp_path / "shop.db").write_bytes(b"this is not a database, it is a shopping list" * 100)
        code, wrong = await examined(tmp_path, **settings)
        assert code == 1
        assert "backup" in wrong[0]


async def test_the_doctor_examines_a_server(tmp_path: Path, postgres_url: str) -> None:
    """PostgreSQL that answers is well; one that lets nobody in is named, and no password is shown."""
    async with hospital(tmp_path) as (_, settings):
        assert await examined(tmp_path, **settings, DATABASE_URL=postgres_url) == (0, [])
        away = "postgresql://bukapo:rahasia99@127.0.0.1:9/bukapo"
        code, wrong = await examined(tmp_path, **settings, DATABASE_URL=away)
        assert code == 1
        assert "does not let us in" in wrong[0]
        assert "rahasia99" not in "".join(wrong)


async def test_the_doctor_names_a_wrong_clock(tmp_path: Path) -> None:
    """An hour beside the server's Date is told: a wrong clock closes a PO at a wrong time."""

    async def late(_: web.Request) -> web.Response:
        date = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)
        return web.json_response(
            {"ok": False, "error_code": 500, "description": "?"}, status=500, headers={"Date": date}
        )

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", late)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        code, wrong = await examined(tmp_path, api=str(site.name))
    finally:
        await runner.cleanup()
    assert code == 1
    drift = re.search(r"clock: it is (\d+) s ahead; .+NTP", "\n".join(wrong))
    assert drift
    assert 3590 <= int(drift[1]) <= 3660  # an hour, and what a busy machine takes to answer


# --- what is written down ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["README.md", "docs/operating.md"])
def test_every_command_that_is_written_down_exists(page: str) -> None:
    """Whoever follows the pages meets no command that is not there."""
    path = ROOT / page
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    known = _known_commands()
    for words in re.findall(r"(?m)(?:^|[`$ ])bukapo ((?:(?:catalog|shipping) )?[a-z]+)", text):
        assert words in known, f"{page} names `bukapo {words}`"
    targets = set(re.findall(r"(?m)^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    for target in re.findall(r"(?m)(?:^|[`$])\s*make ([a-z][a-z-]+)", text):
        assert target in targets, f"{page} names `make {target}`"


def _known_commands() -> set[str]:
    known = every_command()
    return {*known, *(name.split()[0] for name in known)}
