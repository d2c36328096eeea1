"""Does a step stay as quick when the books are full? The same order conversation with 1,000 and 1,000,000 orders.

A step here is everything the database and the rules do for one update, without the network: kept, taken, heard,
decided, written, looked for by the sender, marked as sent. The seller's judgement of the proof is one of them.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bot.engine import handle
from bot.house import House
from bot.settings import load
from messages.render import Words
from sandbox.scenes import SARI
from storage import inbox, outbox, region_table, schedule
from storage.database import Database, Tx
from storage.sqlite import SqliteDatabase
from tests.bench import shop
from tests.bench.buyers import ORDER
from tests.bench.figures import Figure, Goal, Row, Scale
from tests.bench.processes import environment

OLD_BATCHES = 1_000  # the orders are spread over them, and as many again are in the open one
PER_BATCH = 1_000

FILL = """
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :orders / :per)
INSERT INTO batches (id, title, state, quota, taken, dp_rule, hold_minutes, opens_at, closes_at, production_days,
                     created_by, created_at, state_at)
SELECT 'old' || i, 'PO ' || i, 'done', :per, :per, '50%', 1440, :past, :past, 7, :seller, :past, :past FROM n;
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :orders - 1)
INSERT INTO orders (id, code, draft_id, batch_id, person_id, state, total, first_due, hold_until, recipient, phone,
                    street, placed_at, state_at)
SELECT lower(hex(randomblob(4))) || i, 'PO-' || i, 'd' || i,
       CASE WHEN i < :per THEN :batch ELSE 'old' || (i / :per) END, 6000000 + i % 50000, 'shipped', 150000, 75000,
       :past, 'Rina Wulandari', '+6281234567890', 'Jl. Melati No. 5, Bandung 40162', :past, :past FROM n;
INSERT INTO lines (order_id, position, variant_id, product, variant, price, quantity, wish)
SELECT o.id, 0, f.variant_id, f.product, f.variant, 75000, 2, 'Bordir nama Aisyah' FROM orders o,
       (SELECT * FROM offers LIMIT 1) f;
INSERT INTO payments (id, order_id, person_id, state, amount, expected, file_kind, file_id, file_unique_id, update_id,
                      created_at, judged_by, judged_at)
SELECT 'p' || id, id, person_id, 'confirmed', 150000, 150000, 'photo', 'f' || id, 'u' || id, -rowid, :past, :seller,
       :past FROM orders;
INSERT INTO due (id, kind, subject, due_at, state, done_at)
SELECT 'x' || id, 'hold_expiry', id, :past, 'dropped', :past FROM orders;
INSERT INTO inbox (update_id, chat_id, raw, received_at, state)
SELECT rowid, person_id, '{"update_id":1,"message":{"text":"Bordir nama Aisyah"}}', :past, 'done' FROM orders;
INSERT INTO outbox (id, key, chat_id, priority, method, params, state, due_at, created_at, message_id)
SELECT rowid, 'o' || rowid, person_id, 0, 'sendMessage', '{"text":"Pesanan Kakak sudah masuk"}', 'sent', :past, :past,
       rowid FROM orders;
"""


async def step(scale: Scale) -> Sequence[Figure]:
    """The same buyers in a small and in a full shop, in turns."""
    sizes = scale.pick(1_000, 100), scale.pick(1_000_000, 1_000)
    rounds, orders = scale.pick(11, 2), 4
    await asyncio.to_thread(region_table.load)  # a running bot has it at hand
    async with AsyncExitStack() as stack:
        books = []
        for size in sizes:
            database = SqliteDatabase(await _filled(scale.room(f"orders{size}"), size))
            await database.open()
            stack.push_async_callback(database.close)
            books.append(Shop(database, scale.folder))
        for one in books:
            await one.order()
        found = []
        for _ in range(rounds):
            took: list[list[float]] = [[], []]
            for _ in range(orders):
                for one, steps in zip(books, took, strict=True):
                    steps += await one.order()
            found.append((median(took[0]), median(took[1]), sum(took[1]) / sum(took[0])))
    small, full = (median(one[part] for one in found) * 1000 for part in range(2))
    how = (
        f"{full:.2f} ms with {sizes[1]} orders, {small:.2f} ms with {sizes[0]}; medians of steps, whole orders compared"
    )
    return [Figure("full_books", median(one[2] for one in found), how)]


async def _filled(folder: Path, orders: int) -> Path:
    path = await shop.stocked(folder)
    past = (datetime.now(UTC) - timedelta(days=20)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    shop.fill(path, FILL, orders=orders, per=PER_BATCH, batch=shop.BATCH, past=past, seller=SARI)
    return path


class Shop:
    """One shop's database with a buyer in front of it; no process, no network."""

    _numbers = itertools.count(50_000_000)

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        settings = load(environment(folder, "http://127.0.0.1:1"))
        self._house = House(settings, Words(settings.shop_name, settings.timezone), "bukapo_bot")
        self._said: dict[int, list[dict[str, Any]]] = {}
        self._keys: dict[int, Any] = {}

    async def order(self) -> list[float]:
        """A newcomer orders and pays, the seller confirms; the seconds of each step."""
        buyer = next(self._numbers)
        took = [await self._act(buyer, kind, what, then) for kind, what, then in ORDER]
        took.append(await self._act(SARI, "press", "Terima", "diterima"))
        return took

    async def _act(self, person: int, kind: str, what: str, then: str) -> float:
        update = self._update(person, kind, what)
        now = datetime.now(UTC)
        began = time.perf_counter()
        await self._database.run(lambda tx: inbox.keep(tx, [update], now))
        await self._database.read(lambda tx: inbox.waiting(tx, 64))
        await self._database.run(lambda tx: handle(tx, self._house, update["update_id"], now))
        await self._database.read(lambda tx: schedule.due(tx, now, 100))
        while rows := await self._database.read(lambda tx: outbox.waiting(tx, now, 30)):
            await self._database.run(lambda tx, rows=rows: self._send(tx, rows, now))  # type: ignore[misc]
        took = time.perf_counter() - began
        shown = [str(one.get("text") or one.get("caption")) for one in self._said.pop(person, [])]
        if not any(then in text for text in shown):
            raise AssertionError(f"{then!r} is not in {shown}")
        return took

    def _send(self, tx: Tx, rows: Sequence[outbox.Queued], now: datetime) -> None:
        for row in rows:
            outbox.sent(tx, row.id, row.id % 1_000_000, now)
            self._said.setdefault(row.chat_id, []).append(row.params)
            if keys := row.params.get("reply_markup", {}).get("inline_keyboard"):
                self._keys[row.chat_id] = keys

    def _update(self, person: int, kind: str, what: str) -> dict[str, Any]:
        number = next(self._numbers)
        who = {"id": person, "is_bot": False, "first_name": f"Kak {person}", "language_code": "id"}
        chat = {"id": person, "type": "private", "first_name": who["first_name"]}
        message: dict[str, Any] = {"message_id": number, "from": who, "chat": chat, "date": int(time.time())}
        if kind == "press":
            query = {"id": str(number), "from": who, "chat_instance": "1", "data": self._button(person, what)}
            return {"update_id": number, "callback_query": {**query, "message": {**message, "text": "…"}}}
        if kind == "photo":
            size = {"file_id": f"f{number}", "file_unique_id": f"u{number}", "width": 9, "height": 9, "file_size": 99}
            return {"update_id": number, "message": {**message, "photo": [size]}}
        entities = [{"type": "bot_command", "offset": 0, "length": len(what)}] if what.startswith("/") else []
        return {"update_id": number, "message": {**message, "text": what, "entities": entities}}

    def _button(self, person: int, label: str) -> str:
        for row in self._keys[person]:
            for button in row:
                if label in button["text"]:
                    return str(button["callback_data"])
        raise AssertionError(f"there is no button {label}: {json.dumps(self._keys[person])}")


ROWS = (Row({"full_books": Goal("≤", 1.2)}, step),)
