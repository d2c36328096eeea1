"""Promise: an order that was acknowledged is there after a power cut.

Orders are taken on a disk that forgets what was not synced (`power_cut.c`, preloaded into the process), the power goes
at a random instant, what is left is recovered by SQLite and read. Needs a C compiler and Linux; says so where there is
none. The control commits with synchronous=NORMAL.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from tests.journeys.process import ROOT
from tests.torture.crowd import open_town, put_open_batch
from tests.torture.promise import CannotRunError, Figure, Promise, Scale, judged

SOURCE = Path(__file__).with_name("power_cut.c")


async def cut(folder: Path, scale: Scale, how: str = "full") -> Figure:
    """The trial."""
    shim = await build(folder)
    work, disk = folder / "work", folder / "disk"
    disk.mkdir()
    async with open_town(folder) as town:
        await put_open_batch(town, 10_000_000)
        await asyncio.to_thread(_put_away, town.path, disk / "shop.db")
    shutil.copytree(disk, work)
    environ = {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "LD_PRELOAD": str(shim),
        "POWER_WORK": str(work) + "/",
        "POWER_DISK": str(disk) + "/",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.torture.power_life",
        str(work / "shop.db"),
        how,
        cwd=ROOT,
        env=environ,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    chance = random.Random(scale.seed)
    acknowledged: set[str] = set()
    faults: list[str] = []
    lost = 0
    try:
        for _ in range(scale.cuts):
            acknowledged |= await _one_life(process, chance.uniform(0.0, 0.15))
            there, sound = await asyncio.to_thread(_after_the_cut, disk, work, folder / "look")
            faults += [] if sound == "ok" else [f"the file is not sound: {sound}"]
            lost += len(acknowledged - there)
            acknowledged &= there
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
    faults += [f"{lost} acknowledged orders lost"] if lost else []
    return judged(faults, f"{scale.cuts} power cuts, {len(acknowledged) + lost} orders acknowledged, {lost} lost")


async def _one_life(process: asyncio.subprocess.Process, seconds: float) -> set[str]:
    """Begin, wait for the first acknowledged order and then so long, cut; what was acknowledged."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"begin\n")
    first = await asyncio.wait_for(process.stdout.readline(), 30)
    acknowledged = {first.decode().strip()}
    await asyncio.sleep(seconds)  # chance, not waiting: any length must do
    process.stdin.write(b"end\n")
    while (line := (await asyncio.wait_for(process.stdout.readline(), 30)).decode().strip()) != "over":
        assert line, "the process has ended by itself"
        acknowledged.add(line)
    return acknowledged


def _after_the_cut(disk: Path, work: Path, look: Path) -> tuple[set[str], str]:
    """The orders on the disk after recovery, and whether the file is sound; the next life begins on this disk."""
    for there in (look, work):
        shutil.rmtree(there, ignore_errors=True)
        shutil.copytree(disk, there)
    with closing(sqlite3.connect(look / "shop.db")) as connection:
        sound = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
        taken, lines = connection.execute(
            "SELECT (SELECT SUM(taken) FROM batches), (SELECT SUM(quantity) FROM lines)"
        ).fetchone()
        if taken != (lines or 0):
            sound = f"{taken} slots taken, {lines} ordered"
        return {row[0] for row in connection.execute("SELECT id FROM orders")}, sound


def _put_away(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as before, closing(sqlite3.connect(target)) as after:
        before.backup(after)


async def build(folder: Path) -> Path:
    """Compile the disk that forgets. Raises `CannotRunError`."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        raise CannotRunError("needs a C compiler (cc) and Linux")
    shim = folder / "power_cut.so"
    process = await asyncio.create_subprocess_exec(
        compiler, "-shared", "-fPIC", "-O2", "-o", str(shim), str(SOURCE), "-ldl", "-lpthread"
    )
    if await process.wait():
        raise CannotRunError("the C compiler cannot build power_cut.c here")
    return shim


async def _control(folder: Path, scale: Scale) -> Figure:
    return await cut(folder, Scale(cuts=8, seed=scale.seed), "normal")


POWER = Promise(
    "power",
    "no acknowledged order is lost in a power cut that loses every unsynced write",
    cut,
    "synchronous=FULL",
    _control,
)
