"""A shop floor for the journeys: sandbox and bot beside each other over real HTTP, a real database, one clock.

People see only what is on their screens (`tests.people`). `Books` reads the database afterwards and holds it against
the promises: slots taken = pieces of orders held or confirmed; money due = totals − confirmed payments.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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
from storage.database import Tx
from storage.databases import database_at, sqlite_path
from storage.migrate import migrate
from tests.beginning import beginning
from tests.books import Books
from tests.people import Message, Person, World, until
from tests.sqlite import put_empty

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
        "DATABASE_URL": books_of(folder),
        "OWNER_IDS": str(SARI),
        "CHANNEL_ID": str(CHANNEL),
        "SHOP_NAME": "Sari Hijab",
        "BANK_ACCOUNTS": "BCA:1234567890:Sari Lestari",
        "SEND_PACE": "0",
        # Journeys are made at any hour; those about quiet hours say theirs.
        "QUIET_FROM": "00:00",
        "QUIET_TO": "00:00",
        **changes,
    }
    return {f"BUKAPO_{name}": value for name, value in values.items()}


def books_of(folder: Path) -> str:
    """The address of a folder's books: what its `database.url` says (see conftest), else a SQLite file in it."""
    named = folder / "database.url"
    return named.read_text() if named.exists() else f"sqlite:///{folder / 'shop.db'}"


async def stock(url: str, products: Any = PRODUCTS) -> None:
    """Put products on show, as `bukapo catalog import` would; a variant is a name, a price and perhaps a quota."""
    path = sqlite_path(url)
    if path is not None and not path.exists():
        await asyncio.to_thread(put_empty, path)
    database = database_at(url)
    await database.open()
    try:
        await asyncio.to_thread(migrate, url)
        await database.run(partial(_show, products=products))
    finally:
        await database.close()


def _show(tx: Tx, products: Any) -> None:
    for product_id, name, variants in products:
        kept = tuple(
            catalogue.new_variant(label, Rupiah(price), 200, own_quota[0] if own_quota else None)
            for label, price, *own_quota in variants
        )
        catalogue.save(tx, ProductId(product_id), name, "Bahan adem, jahitan rapi.", "", kept)


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
        await until(self._at_rest, 60.0, "the bot does not come to rest")

    async def _at_rest(self) -> bool:
        pending = await self.world.get("pending")
        if pending["pending"]:
            return False
        now = self.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        waiting = self.books.value(
            "SELECT (SELECT COUNT(*) FROM due WHERE state = 'waiting' AND due_at <= ?)"
            " + (SELECT COUNT(*) FROM inbox WHERE state = 'new')"
            " + (SELECT COUNT(*) FROM broadcasts WHERE state = 'running' AND due_at <= ?)"
            " + (SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'sending') AND due_at <= ?)",
            *(now, now, now),
        )
        return bool(waiting == 0)


@dataclass
class Floor(Place):
    """A place whose bot runs in this process."""

    app: App


@asynccontextmanager
async def open_floor(
    folder: Path, products: Any = PRODUCTS, *, tick_seconds: float = 0.1, bot: type[App] = App, **changes: str
) -> AsyncIterator[Floor]:
    """A running shop with a filled catalogue; closes cleanly, and a loop that died fails the journey."""
    clock = beginning()
    box = Sandbox(token=TOKEN, clock=clock, limits=False, scene="shop")
    address = await box.start()
    settings = settings_for(address, folder, **changes)
    await stock(settings.database_url, products)
    app = bot(settings, clock, tick_seconds=tick_seconds)
    running = asyncio.create_task(app.run())
    books = Books(settings.database_url)
    try:
        async with ClientSession() as session:
            world = World(address, session)
            sari, rina, budi = (world.person(i) for i in (SARI, RINA, BUDI))
            yield Floor(world, sari, rina, budi, books, clock, app)
    finally:
        books.close()
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
    extras: tuple[str, str, str, str] = ("Lewati", "Lewati", "Lewati", "Lewati"),
) -> None:
    """Sari walks through /open as the screens lead her. `extras`: days on the way, minimum total, target, gifts."""
    sari = floor.sari
    await sari.say("/open")
    await sari.sees(*products)
    for product in products:
        await sari.press(product)
        await sari.sees(f"✅ {product}")
    await sari.press("Selesai")
    moment = (opening,) if isinstance(opening, str) else opening
    # She knows the questions by heart: what she writes is answered in its order.
    for answer in (title, quota, minimum, maximum, down_payment, hold, *moment, closing, "7", *extras):
        await sari.say(answer)
    preview = await sari.sees(title, "Konfirmasi")
    await sari.press("Konfirmasi")
    # Whoever orders next finds it open, and has read the announcement: different chats are answered side by side.
    await until(lambda: _is_answered(sari, preview), 30.0, "the plan is not confirmed")
    await floor.settled()


async def _is_answered(person: Person, screen: Message) -> bool:
    """Has the bot said something since, or changed that very screen?"""
    newest = await person.last()
    return newest.id != screen.id or newest.text != screen.text


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
