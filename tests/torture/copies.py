"""Promise: a backup made while orders come in is whole: restored, its books equal the shop's at that moment.

The bot works, buyers order, `bukapo backup` runs in a process of its own, again and again; each copy is restored and
counted. In: how many backups. The control copies the file's bytes, as `cp` does.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage.backup import NotABackup, restore
from tests.journeys.floor import Books, environment
from tests.journeys.process import ROOT
from tests.torture.crowd import Town, accept_all, comes_true, open_town, put_open_batch
from tests.torture.kills import Tally, shop
from tests.torture.lives import open_lives
from tests.torture.promise import Figure, Promise, Scale, judged

Copy = Callable[[Path, Path, dict[str, str]], Awaitable[None]]
BUYERS = 8


async def by_command(source: Path, target: Path, environ: dict[str, str]) -> None:
    """`bukapo backup FILE`, as a shop's nightly job runs it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "backup",
        str(target),
        cwd=target.parent,
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), **environ},
        stdout=asyncio.subprocess.DEVNULL,
    )
    assert await process.wait() == 0, "bukapo backup failed"


async def by_bytes(source: Path, target: Path, environ: dict[str, str]) -> None:
    """`cp`."""
    await asyncio.to_thread(shutil.copyfile, source, target)


async def back_up_while_busy(folder: Path, scale: Scale, copy: Copy = by_command) -> Figure:
    """The trial."""
    async with open_town(folder) as town:
        await put_open_batch(town, 100_000)
        changes = {"CLOSE_REMINDERS": "", "CLOCK_URL": f"{town.address}/sandbox/clock"}
        environ = environment(town.address, folder, **changes)
        tally = Tally()
        faults: list[str] = []
        orders = 0
        async with open_lives(folder, environ) as lives:
            await lives.begin()
            people = [asyncio.create_task(shop(buyer, tally, 60.0)) for buyer in town.people(BUYERS)]
            accepting = asyncio.create_task(accept_all(town.seller))
            for number in range(scale.backups):
                await _until_more_orders(town, orders)
                before = _orders(town.path)
                target = folder / f"copy{number}.db"
                await copy(town.path, target, environ)
                faults += await asyncio.to_thread(_examine, target, before, town.path)
                orders = len(before)
            tally.stopping = True
            await asyncio.gather(*people)
            accepting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await accepting
            await lives.end()
        equal = scale.backups - len(faults)
        return judged(faults, f"{scale.backups} backups while orders came in, {equal} restored with equal books")


async def _until_more_orders(town: Town, orders: int) -> None:
    """Wait until more has happened than at the last backup."""
    assert await comes_true(lambda: len(_orders(town.path)) > orders, 60), "no orders come in"


def _orders(path: Path) -> dict[str, tuple[int, str]]:
    """Every order with what does not change any more: its sum and its lines."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT o.id, o.total, GROUP_CONCAT(l.variant_id || ':' || l.quantity) "
            "FROM orders o JOIN lines l ON l.order_id = o.id GROUP BY o.id, o.total"
        )
        return {row[0]: (row[1], row[2]) for row in rows}


def _examine(copy: Path, before: dict[str, tuple[int, str]], live: Path) -> list[str]:
    """What is wrong with the copy, if anything.

    Restored, its books balance, it has every order that was there before it began, and none that the shop has not.
    """
    place = copy.with_name(copy.name + ".shop")
    try:
        restore(copy, place, datetime.now(UTC))
        Books(f"sqlite:///{place}").balance()
        kept, now = _orders(place), _orders(live)
    except (NotABackup, AssertionError, sqlite3.DatabaseError) as error:
        return [str(error)]
    if before.items() - kept.items():
        return [f"{len(before.items() - kept.items())} orders missing"]
    return [f"{len(kept.items() - now.items())} orders invented"] if kept.items() - now.items() else []


async def _control(folder: Path, scale: Scale) -> Figure:
    return await back_up_while_busy(folder, Scale(backups=3, seed=scale.seed), by_bytes)


BACKUP = Promise(
    "backup",
    "a backup made while busy is whole: restored, its books are equal",
    back_up_while_busy,
    "the reading transaction around the copy (plain cp)",
    _control,
)
