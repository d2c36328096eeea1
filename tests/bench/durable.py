"""How much of bare sqlite3's pace is left when an order goes through Bukapo's transaction.

An order step is what places an order: the order, its two lines, slots taken in batch, variants and the buyer's count.
It is recorded once, statement by statement with its values; the floor runs exactly these on a copy of the same file,
each order in one transaction with synchronous=FULL, and does nothing else.
"""

from __future__ import annotations

import asyncio
import gc
import shutil
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from preorder.address import Address
from preorder.batch import Batch
from preorder.order import Line, PersonId
from storage import batches, orders
from storage.database import Database, Tx
from storage.sqlite import SqliteDatabase, SqliteTx
from tests.bench.figures import Figure, Goal, Row, Scale
from tests.bench.shop import BATCH, stocked

AT_ONCE = 64
WHERE = Address(
    recipient="Rina Wulandari", phone="+6281234567890", street="Jl. Melati No. 5 RT 02/RW 03, Sukajadi, Bandung 40162"
)
Step = list[tuple[str, Any]]


@dataclass(frozen=True)
class Wanted:
    """What everybody orders: two lines of a batch."""

    batch: Batch
    lines: tuple[Line, ...]

    def place(self, number: int, tx: Tx) -> None:
        """Order number so-and-so."""
        person = PersonId(5_000_000 + number)
        orders.place(tx, self.batch, person, f"draft{number}", self.lines, WHERE, datetime.now(UTC))


class _Recording(sqlite3.Connection):
    """Writes down every statement with its values."""

    seen: Step

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        self.seen.append((sql, parameters))
        return super().execute(sql, parameters)


def _recorded(path: Path, count: int, wanted: Wanted) -> list[Step]:
    steps: list[Step] = []
    with closing(sqlite3.connect(path, factory=_Recording, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        for number in range(count):
            connection.seen = []
            wanted.place(number, SqliteTx(connection))
            steps.append(connection.seen)
    return steps


def _bare(connection: sqlite3.Connection, steps: Sequence[Step]) -> float:
    began = time.perf_counter()
    for step in steps:
        connection.execute("BEGIN IMMEDIATE")
        for sql, values in step:
            connection.execute(sql, values).fetchall()
        connection.execute("COMMIT")
    return len(steps) / (time.perf_counter() - began)


async def _one_by_one(database: Database, numbers: range, wanted: Wanted) -> float:
    began = time.perf_counter()
    for number in numbers:
        await database.run(partial(wanted.place, number))
    return len(numbers) / (time.perf_counter() - began)


async def _together(database: Database, numbers: range, wanted: Wanted) -> float:
    async def chat(own: range) -> None:
        for number in own:
            await database.run(partial(wanted.place, number))

    began = time.perf_counter()
    await asyncio.gather(*(chat(numbers[first::AT_ONCE]) for first in range(AT_ONCE)))
    return len(numbers) / (time.perf_counter() - began)


def _wanted(path: Path) -> Wanted:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        batch = batches.find(SqliteTx(connection), BATCH)
    if batch is None:
        raise LookupError(BATCH)
    lines = tuple(Line(o.variant_id, o.product, o.variant, o.price, 1, "Aisyah") for o in batch.offers[:2])
    return Wanted(batch, lines)


async def steps(scale: Scale) -> Sequence[Figure]:
    """One after the other, 64 chats at once, and the floor, in turns."""
    rounds, each = scale.pick(9, 2), scale.pick(640, 64)
    folder = scale.room("durable")
    path = await stocked(folder)
    copies = [folder / f"{name}.db" for name in ("recorded", "bare", "single", "group")]
    for copy in copies:
        shutil.copy(path, copy)
    wanted = _wanted(path)
    recorded = _recorded(copies[0], rounds * each, wanted)
    gc.freeze()  # so much that is recorded is the bench's own: nobody's collector need look through it
    single, group = SqliteDatabase(copies[2]), SqliteDatabase(copies[3])
    await single.open()
    await group.open()
    found: list[tuple[float, float, float]] = []
    try:
        with closing(sqlite3.connect(copies[1], isolation_level=None)) as bare:
            bare.execute("PRAGMA journal_mode = WAL")
            bare.execute("PRAGMA synchronous = FULL")
            bare.execute("PRAGMA foreign_keys = ON")
            for number in range(rounds):
                mine = range(number * each, (number + 1) * each)
                floor = _bare(bare, recorded[mine.start : mine.stop])
                found.append((await _one_by_one(single, mine, wanted), await _together(group, mine, wanted), floor))
    finally:
        await single.close()
        await group.close()
        gc.unfreeze()
    ours, many, floors = (median(one[part] for one in found) for part in range(3))
    how = f"bare sqlite3 {floors:.0f} a second; {rounds} × {each} orders of two lines"
    return [
        Figure("steps_one_by_one", median(a / c for a, _, c in found), f"{ours:.0f} a second, {how}"),
        Figure("steps_together", median(b / c for _, b, c in found), f"{many:.0f} a second, {how}, {AT_ONCE} chats"),
    ]


ROWS = (Row({"steps_one_by_one": Goal("≥", 0.7), "steps_together": Goal("≥", 3.0)}, steps),)
