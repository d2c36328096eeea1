"""A shop floor for the journeys: sandbox and bot beside each other over real HTTP, a real SQLite file, one clock.

People see only what is on their screens (`tests.people`). `Books` reads the database afterwards and holds it against
the promises: slots taken = pieces of orders held or confirmed; money due = totals − confirmed payments.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bot.app import App
from bot.settings import Settings, load
from preorder.batch import ProductId
from preorder.money import Rupiah
from sandbox.clock import Clock
from sandbox.scenes import BUDI, CHANNEL, RINA, SARI
from sandbox.server import Sandbox
from storage import catalogue
from storage.database import Database, Tx
from storage.migrate import migrate
from tests.people import Person, World, until

TOKEN = "424242:SANDBOX-token-known-to-nobody-else"
PRODUCTS = (
    ("pashmina", "Pashmina Ceruty", (("Hitam", 75_000), ("Sage", 75_000))),
    ("nastar", "Nastar Wisman", (("Toples 500 g", 110_000),)),
)


def settings_for(address: str, folder: Path, **changes: str) -> Settings:
    """The settings of a small shop whose server is the sandbox."""
    return load(environment(address, folder, **changes))


def environment(address: str, folder: Path, **changes: str) -> dict[str, str]:
    """The same as a process's environment."""
    values = {
        "BOT_TOKEN": TOKEN,
        "API_URL": address,
        "DATABASE_URL": f"sqlite:///{folder / 'shop.db'}",
        "OWNER_IDS": str(SARI),
        "CHANNEL_ID": str(CHANNEL),
        "SHOP_NAME": "Sari Hijab",
        "BANK_ACCOUNTS": "BCA:1234567890:Sari Lestari",
        "SEND_PACE": "0",
        **changes,
    }
    return {f"BUKAPO_{name}": value for name, value in values.items()}


async def stock(path: Path, products: Any = PRODUCTS) -> None:
    """Put products on show, as `bukapo catalog import` would; a variant is a name, a price and perhaps a quota."""
    database = Database(path)
    await database.open()
    try:
        await asyncio.to_thread(migrate, path)
        for product_id, name, variants in products:
            kept = tuple(
                catalogue.new_variant(label, Rupiah(price), 200, own_quota[0] if own_quota else None)
                for label, price, *own_quota in variants
            )
            await database.run(partial(_save, product_id=product_id, name=name, variants=kept))
    finally:
        await database.close()


def _save(tx: Tx, product_id: str, name: str, variants: tuple[catalogue.Variant, ...]) -> None:
    catalogue.save(tx, ProductId(product_id), name, "Bahan adem, jahitan rapi.", "", variants)


class Books:
    """The database, read from outside."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(sql, values).fetchall()

    def value(self, sql: str, *values: object) -> Any:
        return self.rows(sql, *values)[0][0]

    def balance(self) -> None:
        """Hold the books against the promises; raises AssertionError with what differs."""
        for batch in self.rows("SELECT id, title, quota, taken FROM batches"):
            held = self.value(
                "SELECT COALESCE(SUM(l.quantity), 0) FROM orders o JOIN lines l ON l.order_id = o.id "
                "WHERE o.batch_id = ? AND o.state IN ('held', 'confirmed', 'shipped')",
                batch["id"],
            )
            assert batch["taken"] == held, f"{batch['title']}: {batch['taken']} slots taken, {held} ordered"
            assert batch["taken"] <= batch["quota"], f"{batch['title']} is oversold"
            for offer in self.rows("SELECT variant_id, taken, quota FROM offers WHERE batch_id = ?", batch["id"]):
                ordered = self.value(
                    "SELECT COALESCE(SUM(l.quantity), 0) FROM orders o JOIN lines l ON l.order_id = o.id "
                    "WHERE o.batch_id = ? AND l.variant_id = ? AND o.state IN ('held', 'confirmed', 'shipped')",
                    batch["id"],
                    offer["variant_id"],
                )
                assert offer["taken"] == ordered, f"{offer['variant_id']}: {offer['taken']} taken, {ordered} ordered"
        for slots in self.rows("SELECT batch_id, person_id, pieces FROM buyer_slots"):
            pieces = self.value(
                "SELECT COALESCE(SUM(l.quantity), 0) FROM orders o JOIN lines l ON l.order_id = o.id WHERE "
                "o.batch_id = ? AND o.person_id = ? AND o.state IN ('held', 'confirmed', 'shipped')",
                slots["batch_id"],
                slots["person_id"],
            )
            assert slots["pieces"] == pieces, f"buyer {slots['person_id']}: {slots['pieces']} counted, {pieces} ordered"
        for order in self.rows("SELECT id, code, state, total, first_due FROM orders"):
            lines = self.value("SELECT SUM(price * quantity) FROM lines WHERE order_id = ?", order["id"])
            assert order["total"] == lines, f"{order['code']}: total {order['total']}, lines {lines}"
            paid = self.paid(order["id"])
            if order["state"] in ("confirmed", "shipped"):
                assert paid >= order["first_due"], f"{order['code']} is confirmed with {paid} of {order['first_due']}"

    def paid(self, order_id: str) -> int:
        """Confirmed payments of an order, rupiah."""
        return int(
            self.value(
                "SELECT COALESCE(SUM(amount), 0) FROM payments WHERE order_id = ? AND state = 'confirmed'", order_id
            )
        )

    def due(self, batch_title: str) -> int:
        """totals − confirmed payments, over the orders of a batch that hold slots; rupiah."""
        orders = self.rows(
            "SELECT o.id, o.total FROM orders o JOIN batches b ON b.id = o.batch_id "
            "WHERE b.title = ? AND o.state IN ('held', 'confirmed', 'shipped')",
            batch_title,
        )
        return sum(order["total"] - self.paid(order["id"]) for order in orders)


@dataclass
class Place:
    """What the journeys see: the world outside, three people, the books, and one clock. The bot is somewhere inside."""

    world: World
    sari: Person
    rina: Person
    budi: Person
    books: Books
    clock: Clock

    async def advance(self, by: timedelta) -> None:
        """Let time pass, and let the bot notice."""
        self.clock.advance(by.total_seconds())
        await self.settled()

    async def at(self, moment: datetime) -> None:
        """Put the clock at a moment, and let the bot notice."""
        self.clock.set(moment)
        await self.settled()

    async def settled(self) -> None:
        """Wait until nothing is due, nothing waits to be handled or to be sent."""
        await until(self._at_rest, 15.0, "the bot does not come to rest")

    async def _at_rest(self) -> bool:
        now = self.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        waiting = (
            self.books.value("SELECT COUNT(*) FROM due WHERE state = 'waiting' AND due_at <= ?", now)
            + self.books.value("SELECT COUNT(*) FROM inbox WHERE state = 'new'")
            + self.books.value("SELECT COUNT(*) FROM broadcasts WHERE state = 'running'")
            + self.books.value("SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'sending') AND due_at <= ?", now)
        )
        pending = await self.world.get("pending")
        return bool(waiting == 0 and pending["pending"] == 0)


@dataclass
class Floor(Place):
    """A place whose bot runs in this process."""

    app: App


@asynccontextmanager
async def open_floor(
    folder: Path, products: Any = PRODUCTS, *, tick_seconds: float = 0.05, **changes: str
) -> AsyncIterator[Floor]:
    """A running shop with a filled catalogue; closes cleanly, and a loop that died fails the journey."""
    clock = Clock()
    box = Sandbox(token=TOKEN, clock=clock, limits=False, scene="shop")
    address = await box.start()
    settings = settings_for(address, folder, **changes)
    await stock(settings.database_path, products)
    app = App(settings, clock, tick_seconds=tick_seconds)
    running = asyncio.create_task(app.run())
    try:
        async with ClientSession() as session:
            world = World(address, session)
            sari, rina, budi = (world.person(i) for i in (SARI, RINA, BUDI))
            yield Floor(world, sari, rina, budi, Books(settings.database_path), clock, app)
    finally:
        app.stop()
        try:
            await asyncio.wait_for(running, 20)
        finally:
            await box.stop()


async def open_batch(
    floor: Place,
    *,
    title: str = "PO Gajian",
    quota: str = "10",
    minimum: str = "1",
    maximum: str = "Tanpa batas",
    down_payment: str = "50%",
    hold: str = "24 jam",
    opening: str | tuple[str, ...] = "Sekarang",
    closing: str = "3 hari lagi 21.00",
    products: tuple[str, ...] = ("Pashmina Ceruty", "Nastar Wisman"),
) -> None:
    """Sari walks through /open as the screens lead her."""
    sari = floor.sari
    await sari.say("/open")
    await sari.sees(*products)
    for product in products:
        await sari.press(product)
        await sari.sees(f"✅ {product}")
    await sari.press("Selesai")
    moment = (opening,) if isinstance(opening, str) else opening
    for answer in (title, quota, minimum, maximum, down_payment, hold, *moment, closing, "7"):
        before = await sari.last()
        await sari.say(answer)
        await sari.sees_other_than(before)
    await sari.sees(title, "Konfirmasi")
    await sari.press("Konfirmasi")


ADDRESS = "Nama: Rina Wulandari\nNo HP: 0812-3456-7890\nAlamat: Jl. Melati No. 5 RT 02/RW 03, Sukajadi, Bandung 40162"


async def order_one(
    person: Person, *, product: str = "Nastar Wisman", variant: str = "", quantity: str = "1", address: str = ADDRESS
) -> str:
    """A buyer orders one line as the screens lead; returns the order code."""
    reads_english = person.id == BUDI
    await person.say("/order")
    await person.sees(product)
    await person.press(product)
    if variant:
        await person.sees(variant, "1.", "2.")
        await person.press(variant)
    await person.sees("How many" if reads_english else "Mau berapa")
    await person.say(quantity)
    await person.sees("No wish" if reads_english else "Tanpa catatan")
    await person.press("No wish" if reads_english else "Tanpa catatan")
    await person.sees("Where should we send" if reads_english else "Dikirim ke mana")
    await person.say(address)
    await person.sees("Please check" if reads_english else "Cek dulu")
    await person.press("Confirm order" if reads_english else "Konfirmasi pesanan")
    placed = await person.sees("PO-")
    return next(word.strip(".,!:") for word in placed.text.split() if word.startswith("PO-"))


__all__ = ["ADDRESS", "Books", "Floor", "Place", "open_batch", "open_floor", "order_one"]
