"""Many people at once, in the sandbox's own process: they write, look at their screens, and never wait for HTTP.

In: a sandbox. Out: what each sees. Like `tests.people`, they know nothing of the bot but what is on the screen.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from preorder.batch import Batch, BatchId, Offer
from preorder.money import Percent
from preorder.order import PersonId
from sandbox import acts
from sandbox.attachments import Sent, content_of
from sandbox.errors import ImpossibleError
from sandbox.faults import Fault, Kind
from sandbox.scenes import SARI
from sandbox.server import Sandbox
from sandbox.world import Message, Person
from storage import catalogue, planning
from storage.database import Tx
from storage.databases import database_at
from tests.beginning import beginning
from tests.journeys.floor import ADDRESS, TOKEN, Books, books_of, stock
from tests.journeys.process import BATCH
from tests.screens import make_png, plain

NASTAR = "Nastar Wisman"
LOOK_SECONDS = 0.02


class GaveUpError(Exception):
    """Somebody waited for an answer that never came."""


async def comes_true(is_so: Callable[[], bool], within: float) -> bool:
    """Look again and again for so many seconds; whether it came to be so."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    while not is_so():
        if loop.time() > deadline:
            return False
        await asyncio.sleep(LOOK_SECONDS)
    return True


class Human:
    """Somebody with a phone."""

    def __init__(self, box: Sandbox, person: Person) -> None:
        self.box = box
        self.world = box.world
        self.person = person
        self.chat = box.world.chats[person.id]
        self.since = 0

    def say(self, text: str) -> None:
        """Write."""
        self.since = acts.say(self.world, self.person, self.chat, text)[-1][0].id

    def send_photo(self, seed: int, caption: str = "") -> None:
        """Send a picture."""
        sent = Sent("photo", make_png(8, 8, seed=seed), caption=caption)
        content = content_of(self.world.shelf, self.person, sent)
        self.since = acts.put(self.world, self.person, self.chat, content)[0].id

    def press(self, message: Message, label: str) -> None:
        """Press a button of a message. Raises ImpossibleError when it is not there."""
        acts.press(self.world, self.person, self.chat, message.id, label=label)

    async def answers(self, screen: Message, words: str, within: float = 60.0) -> Message:
        """Press the button of this screen that says so, or write it where there is none; the screen that comes of it.

        Raises `GaveUpError`.
        """
        label = next((one for one in labels(screen) if words in one), None)
        before = (screen.id, text_of(screen))
        if label is None:
            self.say(words)
        else:
            self.press(screen, label)
        if not await comes_true(lambda: self._newest_is_other_than(before), within):
            raise GaveUpError(f"{self.person.first_name} gets no answer to {words!r}")
        return [*self.shown(self.since)][-1]

    def _newest_is_other_than(self, before: tuple[int, str]) -> bool:
        screens = [*self.shown(self.since)]
        return bool(screens) and (screens[-1].id, text_of(screens[-1])) != before

    def shown(self, since: int = 0) -> Iterator[Message]:
        """What the bot has written since, oldest first."""
        return (m for m in list(self.chat.messages.values()) if m.by_bot and m.id > since and not m.deleted)

    def find(self, *needles: str) -> Message | None:
        """The bot's message after one's own last that shows all of these."""
        return next((m for m in self.shown(self.since) if all(n in text_of(m) for n in needles)), None)

    async def sees(self, *needles: str, within: float = 60.0) -> Message:
        """Wait for it. Raises `GaveUpError`."""
        await comes_true(lambda: self.find(*needles) is not None, within)
        found = self.find(*needles)
        if found is None:
            newest = [text_of(message) for message in self.shown()][-1:]
            raise GaveUpError(f"{self.person.first_name} waits for {needles[0]!r} and sees {newest}")
        return found


def text_of(message: Message) -> str:
    """What is written in a message."""
    return plain(str(message.body.get("text") or message.body.get("caption") or ""))


def _is_said(message: Message) -> bool:
    """Did the bot send this? That something was pinned is told by Telegram."""
    return message.by_bot and "pinned_message" not in message.body


async def buy(buyer: Human, seed: int, quantity: int = 1, within: float = 60.0) -> str:
    """One whole order with its proof; the order's code."""
    for said, asked in (
        ("/order", "Mau pesan yang mana"),
        (NASTAR, "Mau berapa"),
        (str(quantity), "Ada catatan"),
        ("Tanpa catatan", "Dikirim ke mana"),
        (ADDRESS, "Cek dulu"),
        ("Konfirmasi pesanan", "sudah masuk, Kak"),
    ):
        buyer.say(said)
        screen = await buyer.sees(asked, within=within)
    code = next(word.strip(".,!:") for word in text_of(screen).split() if word.startswith("PO-"))
    buyer.send_photo(seed, code)
    await buyer.sees(code, "sudah kami terima", within=within)
    return code


async def accept_all(seller: Human) -> None:
    """Press *confirm* on every proof's card that comes, until cancelled. A press that seems lost is pressed again."""
    loop = asyncio.get_running_loop()
    pressed: dict[int, float] = {}
    while True:
        for message in seller.shown():
            label = next((b for b in labels(message) if b.casefold().find("terima po-") >= 0), None)
            if label is not None and loop.time() - pressed.get(message.id, -9.0) > 8:
                pressed[message.id] = loop.time()
                try:
                    seller.press(message, label)
                except ImpossibleError:
                    continue
        await asyncio.sleep(0.05)


def labels(message: Message) -> list[str]:
    """The buttons under a message."""
    rows = message.body.get("reply_markup", {}).get("inline_keyboard", [])
    return [str(button["text"]) for row in rows for button in row]


class Town:
    """A sandbox with people, a stocked shop's file, and its books."""

    def __init__(self, box: Sandbox, address: str, folder: Path) -> None:
        self.box = box
        self.address = address
        self.folder = folder
        self.path = folder / "shop.db"
        self.url = books_of(folder)
        self.books = Books(self.url)
        self.seller = Human(box, box.world.people[SARI])
        self.first_update = box.world.mailbox._next

    def people(self, count: int, first: int = 880_000) -> list[Human]:
        """So many new people who read Indonesian and have started the bot."""
        found = []
        for number in range(first, first + count):
            person = Person(number, f"Kak{number - first}", language_code="id", started=True)
            found.append(Human(self.box, self.box.world.add_person(person)))
        return found

    def trouble(self, *kinds: tuple[Kind, float], seed: int = 0, method: str = "*") -> None:
        """From now on a share of all requests fails so."""
        for number, (kind, share) in enumerate(kinds):
            rule = Fault(kind, method, seconds=0.2, retry_after=1, share=share, seed=seed * 100 + number)
            self.box.faults.rules.append(rule)

    def calm(self) -> None:
        """All is well again."""
        self.box.faults.rules.clear()

    def updates_made(self) -> range:
        """The ids of all updates there have been."""
        return range(self.first_update, self.box.world.mailbox._next)

    def at_rest(self) -> bool:
        """Every update is taken and handled, nothing is due, nothing waits to be sent."""
        now = self.box.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        if self.box.world.mailbox.waiting():
            return False
        sql = (
            "SELECT (SELECT COUNT(*) FROM due WHERE state = 'waiting' AND due_at <= ?)"
            " + (SELECT COUNT(*) FROM inbox WHERE state = 'new')"
            " + (SELECT COUNT(*) FROM broadcasts WHERE state = 'running')"
            " + (SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'sending'))"
        )
        return bool(self.books.value(sql, now) == 0)

    async def settled(self, within: float = 60.0) -> bool:
        """Wait until it is at rest; False when it does not come to that."""
        return await comes_true(self.at_rest, within)

    def lost_updates(self) -> int:
        """Updates that never reached the books, or were never handled; but what Telegram itself forgot before the bot
        had taken it (a press after 150 s, which the seller then presses again) was nobody's to lose."""
        handled = {row[0] for row in self.books.rows("SELECT update_id FROM inbox WHERE state = 'done'")}
        gone = handled | self.box.world.mailbox.expired
        return sum(number not in gone for number in self.updates_made())

    def unbalanced(self) -> list[str]:
        """What is wrong in the books, if anything."""
        try:
            self.books.balance()
        except AssertionError as error:
            return [str(error)]
        return [] if self.books.is_sound() else ["the file is not sound"]

    def arrived(self) -> Counter[int]:
        """How many messages of the bot arrived in each chat."""
        chats = self.box.world.chats.values()
        return Counter({chat.id: sum(map(_is_said, chat.messages.values())) for chat in chats})

    def sent(self) -> Counter[int]:
        """How many messages each chat should have by the books; those that are in doubt count as not sent."""
        rows = self.books.rows(
            "SELECT chat_id, COUNT(*) FROM outbox WHERE state = 'sent' AND method LIKE 'send%' GROUP BY chat_id"
        )
        return Counter({row[0]: row[1] for row in rows})

    def misheard(self, people: list[Human]) -> int:
        """How many of them did not get just what the books say was sent to them, each message and each edit once."""
        rows = self.books.rows("SELECT chat_id, message_id, attempts, error, method FROM outbox WHERE state = 'sent'")
        again = {row["chat_id"] for row in rows if row["attempts"] > 1 and not row["error"]}
        sent = Counter((row["chat_id"], row["message_id"]) for row in rows if row["method"].startswith("send"))
        got = Counter((one.person.id, message.id) for one in people for message in one.shown() if _is_said(message))
        other = {chat for chat, _ in (got - sent) + (sent - got)}
        return len((again | other) & {one.person.id for one in people})

    def dropped(self) -> Counter[int]:
        """How many requests of each chat ended without an answer."""
        calls = self.box.calls.after(0)
        return Counter(call["chat_id"] for call in calls if call["chat_id"] and call["status"] != 200)


@asynccontextmanager
async def open_town(folder: Path, *, limits: bool = False) -> AsyncIterator[Town]:
    """A town without a bot."""
    box = Sandbox(token=TOKEN, clock=beginning(), limits=limits, scene="shop")
    address = await box.start()
    box.world.people[SARI].started = True
    town = Town(box, address, folder)
    await stock(town.url)
    try:
        yield town
    finally:
        town.books.close()
        await box.stop()


async def put_open_batch(town: Town, quota: int, *, opens_in: timedelta | None = None, hours: int = 72) -> BatchId:
    """A batch in the books, open or (`opens_in`) about to open."""
    now = town.box.clock.now()
    opens_at = now + (opens_in or timedelta())

    def put(tx: Tx) -> None:
        offers = tuple(
            Offer(v.id, p.id, p.name, v.name, v.price, v.weight, v.quota, 0)
            for p in catalogue.products(tx)
            for v in p.variants
        )
        batch = Batch(
            id=BATCH,
            title="PO Gajian",
            state="open" if opens_in is None else "scheduled",
            quota=quota,
            taken=0,
            minimum=1,
            maximum=None,
            down_payment=Percent(50),
            hold=timedelta(hours=24),
            opens_at=opens_at,
            closes_at=opens_at + timedelta(hours=hours),
            production_days=7,
            offers=offers,
        )
        planning.plan(tx, batch, PersonId(SARI), now)

    database = database_at(town.url)
    await database.open()
    try:
        await database.run(put)
    finally:
        await database.close()
    return BATCH
