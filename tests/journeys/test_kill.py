"""The bot is killed at every step of a conversation, started again, and people go on where they were.

Whatever was said is handled once: one order, one payment, one card for the seller. The only trace of a kill may be the
same answer a second time (decision: answers are sent at least once).
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.journeys.floor import ADDRESS, TOKEN, open_batch
from tests.journeys.process import STARTING, Process, Street, open_street
from tests.people import make_png, until

Act = Callable[[Street], Awaitable[object]]


@dataclass(frozen=True)
class Moment:
    """What somebody does at a step, and what the next screen shows."""

    step: str
    act: Act
    sees: tuple[str, ...]
    seller: bool = False


def _code(street: Street) -> str:
    return str(street.books.value("SELECT code FROM orders"))


BUYING = (
    Moment("start", lambda s: s.rina.start(), ("Sari Hijab", "/order")),
    Moment("order", lambda s: s.rina.say("/order"), ("Mau pesan yang mana", "Pashmina Ceruty")),
    Moment("product", lambda s: s.rina.press("Pashmina Ceruty"), ("Pilih variannya", "Sage")),
    Moment("variant", lambda s: s.rina.press("Sage"), ("Mau berapa", "Rp 75.000")),
    Moment("quantity", lambda s: s.rina.say("2"), ("Tanpa catatan",)),
    Moment("wish", lambda s: s.rina.say("Bordir nama Aisyah"), ("Dikirim ke mana",)),
    Moment("address", lambda s: s.rina.say(ADDRESS), ("Cek dulu", "Bordir nama Aisyah", "Rp 150.000", "Jl. Melati")),
    Moment("confirm", lambda s: s.rina.press("Konfirmasi pesanan"), ("PO-", "Rp 75.000", "1234567890")),
    Moment("proof", lambda s: s.rina.send_photo(make_png(seed=1)), ("bukti", "PO-")),
)
SELLING = (
    Moment("the proof", lambda s: s.sari.press(f"Terima {_code(s)}"), ("PO-", "diterima"), seller=True),
    Moment("/close", lambda s: s.sari.say("/close"), ("PO Gajian", "Tutup sekarang"), seller=True),
    Moment("closing", lambda s: s.sari.press("Ya"), ("Rekap produksi", "Bordir nama Aisyah", "2 pcs"), seller=True),
)
STORY = (*BUYING, *SELLING)


async def play(street: Street, moments: tuple[Moment, ...], killed_after: dict[str, float]) -> None:
    """Play the moments; after those that are named the bot is killed, so many seconds after the act, and comes back."""
    for moment in moments:
        await moment.act(street)
        if moment.step in killed_after:
            await asyncio.sleep(killed_after[moment.step])  # chance, not waiting: any length must do
            await street.bot.kill()
            await street.bot.start()
        person = street.sari if moment.seller else street.rina
        await person.sees(*moment.sees, within=STARTING)


async def settle_the_books(street: Street) -> None:
    """Everything happened once, whoever was killed in between."""
    await street.settled()
    books = street.books
    assert books.value("SELECT COUNT(*) FROM orders") == 1
    assert books.value("SELECT COUNT(*) FROM lines") == 1
    assert [tuple(row) for row in books.rows("SELECT state, amount FROM payments")] == [("confirmed", 75_000)]
    assert books.value("SELECT state FROM orders") == "confirmed"
    assert books.value("SELECT state FROM batches") == "closed"
    assert books.value("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0
    # The board comes again whatever became of the last one; nobody waits for it.
    unsent = "SELECT COUNT(*) FROM outbox WHERE state NOT IN ('sent', 'failed') AND key NOT LIKE 'board:%'"
    assert books.value(unsent) == 0
    assert [row["method"] for row in books.rows("SELECT method FROM outbox WHERE state = 'failed'")] == []
    books.balance()


async def most_repeats(street: Street) -> int:
    """How often more than once the same message stands in somebody's chat; only answers may, and only whole ones."""
    repeats = 0
    for person in (street.rina, street.sari):
        texts = Counter(message.text for message in await person.messages() if message.by_bot)
        repeats = max(repeats, max(texts.values()) - 1)
    placed = {m.text for m in await street.rina.messages() if m.by_bot and "1234567890" in m.text}
    assert len(placed) == 1, "two different answers to one order"
    return repeats


@pytest_asyncio.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    async with open_street(tmp_path, CLOSE_REMINDERS="") as opened:
        await opened.sari.start()  # until the owner has written, Telegram lets the bot write nothing to her
        yield opened


@pytest.mark.parametrize("first", [0, 1, 2])
async def test_killed_at_every_step_the_bot_goes_on_there(street: Street, first: int) -> None:
    """Killed right after a buyer or seller did something (every third step, three ways, so each step once), the bot
    answers it when it comes back, and only once."""
    await play(street, STORY, {moment.step: 0.0 for moment in STORY[first::3]})
    await settle_the_books(street)
    assert await most_repeats(street) <= 1


async def test_killed_again_and_again_at_any_instant(street: Street) -> None:
    """Killed at four instants of one order, before, while and after an act is handled, nothing is lost or doubled; at
    hundreds of other instants in the tortures."""
    chance = random.Random(1)
    steps = chance.sample([moment.step for moment in STORY], 4)
    await play(street, STORY, {step: chance.uniform(0.0, 0.12) for step in steps})
    await settle_the_books(street)
    assert await most_repeats(street) <= 1


OPENING = ("Pashmina Ceruty", "Selesai", "PO Hijab", "10", "1", "Tanpa batas", "50%", "24 jam", "Sekarang")


@pytest.mark.parametrize("answer", ["Pashmina Ceruty", "PO Hijab", "50%", "Konfirmasi"])
async def test_killed_while_the_seller_opens(tmp_path: Path, answer: str) -> None:
    """Killed in the middle of /open, the bot asks the next question when it is back; one batch opens, told once."""
    after = {
        "Pashmina Ceruty": "✅ Pashmina",
        "PO Hijab": "Berapa slot",
        "50%": "di-keep",
        "Konfirmasi": "t.me/bukapo_bot?start=b_",
    }
    async with open_street(tmp_path, batch=False, CLOSE_REMINDERS="") as street:
        sari = street.sari
        await street.rina.start()
        await street.rina.sees("Sari Hijab", within=STARTING)
        await sari.say("/open")
        await sari.sees("Pashmina Ceruty")
        for said in (*OPENING, "3 hari lagi 21.00", "7", *["Lewati"] * 4, "Konfirmasi"):
            before = await sari.last()
            if said in ("Pashmina Ceruty", "Selesai", "Konfirmasi"):
                await sari.press(said)
            else:
                await sari.say(said)
            if said == answer:
                await street.bot.kill()
                await street.bot.start()
                await sari.sees(after[said], within=STARTING)
            elif said == "Pashmina Ceruty":
                await sari.sees("✅ Pashmina")
            elif said == "Konfirmasi":
                await sari.sees("t.me/bukapo_bot?start=b_")
            elif said == "Selesai":
                await sari.sees("Apa judul")
            else:
                await sari.sees_other_than(before)
        await street.rina.sees("PO Hijab", "Pesan sekarang", within=STARTING)
        await street.settled()
        assert [tuple(row) for row in street.books.rows("SELECT title, state FROM batches")] == [("PO Hijab", "open")]
        announced = [m for m in await street.rina.messages() if m.by_bot and "PO Hijab" in m.text]
        assert len(announced) == 1
        assert street.books.value("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0


# --- the guard, and what happens without it -----------------------------------------------------------------------


@pytest.mark.parametrize(("poller", "is_kept"), [("KeepingFirst", True), ("AcknowledgingFirst", False)])
async def test_only_keeping_before_acknowledging_survives_a_kill(tmp_path: Path, poller: str, is_kept: bool) -> None:
    """Two bots die between taking an update and handling it: the order of keeping and acknowledging decides."""
    async with open_street(tmp_path, run=False) as street:
        await street.bot.start("-m", "tests.journeys.dying_bots", poller)
        await street.rina.start()
        await _wrote(street.bot, "has taken it")
        await street.bot.kill()
        await street.bot.start()
        if is_kept:
            await street.rina.sees("Sari Hijab", within=STARTING)
            return
        await street.sari.start()
        await street.sari.sees("Sari", within=STARTING)  # the bot is back and answers
        assert not [message for message in await street.rina.messages() if message.by_bot]
        assert street.books.value("SELECT COUNT(*) FROM people WHERE id = ?", street.rina.id) == 0


async def _wrote(bot: Process, text: str) -> None:
    async def is_there() -> bool:
        return text in bot.wrote()

    await until(is_there, STARTING, f"the bot never writes {text!r}")


# --- stopping, and what cannot start ------------------------------------------------------------------------------


async def test_a_stop_is_clean_and_quick(street: Street) -> None:
    """SIGTERM in the middle of an order ends the bot within five seconds with code 0; the buyer goes on after it."""
    await play(street, BUYING[:5], {})
    await street.rina.say("Bordir nama Aisyah")
    assert await street.bot.stop() == 0
    assert street.books.value("SELECT COUNT(*) FROM outbox WHERE state = 'sending'") == 0
    await street.bot.start()
    await street.rina.sees("Dikirim ke mana", within=STARTING)
    await play(street, STORY[6:], {})
    await settle_the_books(street)


async def test_an_idle_bot_stops_at_once(street: Street) -> None:
    """A bot that waits for news has nothing to finish."""
    await play(street, BUYING[:1], {})
    await street.settled()
    assert await street.bot.stop() == 0
    assert "Traceback" not in street.bot.wrote()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_second_bot_on_the_same_books_is_refused(street: Street, tmp_path: Path) -> None:
    """Two processes on one file would risk the orders in it: the second says so and ends with code 1."""
    await play(street, BUYING[:1], {})
    (tmp_path / "second").mkdir()
    second = Process(tmp_path / "second", {k: v for k, v in street.bot.environ.items() if k.startswith("BUKAPO_")})
    await second.start()
    assert await second.wait() == 1
    assert re.fullmatch(r"Another process works on .*shop\.db: stop it first.*\n", second.wrote())
    await play(street, BUYING[1:2], {})


async def test_a_wrong_token_is_said_in_one_line(tmp_path: Path) -> None:
    """A token that Telegram does not know ends the bot with code 1 and says what to do, without the token."""
    wrong = "424242:not-the-one-BotFather-gave"
    assert wrong != TOKEN
    async with open_street(tmp_path, BOT_TOKEN=wrong) as street:
        assert await street.bot.wait() == 1
        (line,) = street.bot.wrote().splitlines()
        assert "BUKAPO_BOT_TOKEN" in line
        assert "BotFather" in line
        assert wrong not in line


async def test_a_killed_bot_leaves_a_sound_database(street: Street) -> None:
    """After a kill in the middle of an announcement, everybody has it once and the file is sound."""
    await street.rina.start()
    await street.rina.sees("Sari Hijab", within=STARTING)
    await street.budi.start()
    await street.budi.sees("Budi")
    await open_batch(street, title="PO Kedua")
    await street.bot.kill()
    await street.bot.start()
    for person in (street.rina, street.budi):
        await person.sees("PO Kedua", within=STARTING)
    await street.settled()
    for person in (street.rina, street.budi):
        announced = [m for m in await person.messages() if m.by_bot and "PO Kedua" in m.text]
        assert len(announced) == 1
    assert street.books.is_sound()
    street.books.balance()
