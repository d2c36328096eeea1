"""A shop's books to begin with: two products, a batch with slots for everybody, and as many people as wanted.

In: a folder. Out: a database file there. Nothing is running yet.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from preorder.batch import Batch, BatchId, Offer, ProductId
from preorder.money import Percent, Rupiah
from preorder.order import PersonId
from sandbox.scenes import SARI
from storage import catalogue, planning, schedule
from storage.database import Tx
from storage.migrate import migrate
from storage.sqlite import SqliteDatabase

BATCH = BatchId("gajian01")
QUOTA = 10_000_000
PRODUCTS: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...] = (
    ("pashmina", "Pashmina Ceruty", (("Hitam", 75_000), ("Sage", 75_000))),
    ("nastar", "Nastar Wisman", (("Toples 500 g", 110_000),)),
)


async def stocked(folder: Path, opens_in: timedelta | None = timedelta()) -> Path:
    """Books with products and a batch that is open, or opens so much later; without a batch for None."""
    path = folder / "shop.db"
    database = SqliteDatabase(path)
    await database.open()
    try:
        await asyncio.to_thread(migrate, path)
        await database.run(_stock)
        if opens_in is not None:
            now = datetime.now(UTC)
            await database.run(lambda tx: _plan(tx, now, opens_in))
    finally:
        await database.close()
    return path


def _stock(tx: Tx) -> None:
    for product_id, name, variants in PRODUCTS:
        kept = tuple(catalogue.new_variant(label, Rupiah(price), 200, None) for label, price in variants)
        catalogue.save(tx, ProductId(product_id), name, "Bahan adem, jahitan rapi.", "", kept)


def _plan(tx: Tx, now: datetime, opens_in: timedelta) -> None:
    offers = tuple(
        Offer(v.id, p.id, p.name, v.name, v.price, v.weight, v.quota, 0)
        for p in catalogue.products(tx)
        for v in p.variants
    )
    batch = Batch(
        id=BATCH,
        title="PO Gajian",
        state="scheduled" if opens_in else "open",
        quota=QUOTA,
        taken=0,
        minimum=1,
        maximum=None,
        down_payment=Percent(50),
        hold=timedelta(hours=24),
        opens_at=now + opens_in,
        closes_at=now + timedelta(days=3),
        production_days=7,
        offers=offers,
    )
    planning.plan(tx, batch, PersonId(SARI), now)
    if opens_in:
        schedule.plan(tx, "open_batch", BATCH, batch.opens_at)


def fill(path: Path, sql: str, **values: Any) -> None:
    """Write many rows at once, by statements that count for themselves."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in sql.split(";"):
            if statement.strip():
                used = {name: value for name, value in values.items() if f":{name}" in statement}
                connection.execute(statement, used)
        connection.commit()


def people(path: Path, first: int, count: int) -> None:
    """So many people who follow the shop, by consecutive ids."""
    sql = """
        WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :count - 1)
        INSERT INTO people (id, first_name, username, locale, created_at, seen_at)
        SELECT :first + i, 'Kak ' || i, '', 'id', :now, :now FROM n
    """
    fill(path, sql, first=first, count=count, now=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
