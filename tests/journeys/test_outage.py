"""After an outage: Telegram has thrown button presses away, so people are asked again; what is due is done once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys.floor import open_batch, order_one
from tests.journeys.process import STARTING, Street, open_street
from tests.people import Person


async def in_the_middle_of_an_order(person: Person) -> None:
    """A buyer who was asked how many."""
    await person.start()
    await person.sees("Sari Hijab", within=30)
    await person.say("/order")
    await person.sees("Nastar Wisman")
    await person.press("Nastar Wisman")
    await person.sees("Mau berapa")


async def out(street: Street, length: timedelta, how: str = "stop") -> None:
    """The bot is gone for so long. Before, it has noted that it hears."""
    await street.settled()
    await until_noted(street)
    await (street.bot.kill() if how == "kill" else street.bot.stop(within=STARTING))
    street.clock.advance(length.total_seconds())


async def until_noted(street: Street) -> None:
    """Wait until the bot has written down that updates are coming."""
    await street.world.quiet()
    while not street.books.rows("SELECT value FROM known WHERE name = 'hearing_at'"):
        await street.world.quiet()


def asked_again(street: Street, person: Person) -> int:
    """How often somebody was told of an outage."""
    rows = street.books.rows("SELECT params FROM outbox WHERE chat_id = ?", person.id)
    return len([row for row in rows if "terputus" in row["params"]])


@pytest.mark.parametrize("how", ["stop", "kill"])
async def test_who_was_being_asked_something_is_asked_again_once(tmp_path: Path, how: str) -> None:
    """A press of the outage is gone at Telegram; the screen comes again, goes on from there, and comes once."""
    async with open_street(tmp_path) as street:
        rina, sari = street.rina, street.sari
        await sari.start()
        await sari.sees("Sari", within=30)
        await in_the_middle_of_an_order(rina)
        await out(street, timedelta(0), how)
        await rina.press("2")
        street.clock.advance(600)  # the press is dropped
        await street.bot.start()
        await rina.sees("terputus", "Mau berapa", within=30)
        await rina.press("2")
        await rina.sees("catatan")
        await street.bot.kill()
        await street.bot.start()
        await street.world.quiet()
        assert asked_again(street, rina) == 1
        assert asked_again(street, sari) == 0


async def test_a_short_restart_bothers_nobody(tmp_path: Path) -> None:
    """Within 150 seconds Telegram has kept the press: it is answered, and nobody is told of anything."""
    async with open_street(tmp_path) as street:
        await in_the_middle_of_an_order(street.rina)
        await out(street, timedelta(seconds=60))
        await street.rina.press("2")
        await street.bot.start()
        await street.rina.sees("catatan", within=30)
        await street.world.quiet()
        assert asked_again(street, street.rina) == 0


async def test_who_has_written_meanwhile_gets_an_answer_and_not_an_apology(tmp_path: Path) -> None:
    """A typed answer is kept for a day: it moves the order on, and the person is not asked again."""
    async with open_street(tmp_path) as street:
        await in_the_middle_of_an_order(street.rina)
        await out(street, timedelta(minutes=10))
        await street.rina.say("2")
        await street.bot.start()
        await street.rina.sees("catatan", within=30)
        await street.world.quiet()
        assert asked_again(street, street.rina) == 0


async def test_everything_due_happens_once_and_what_has_lost_its_meaning_is_skipped_and_logged(tmp_path: Path) -> None:
    """Twenty days away: the batch closes and the hold ends once, a reminder and recaps of long ago do not go out."""
    async with open_street(tmp_path, batch=False) as street:
        rina, sari = street.rina, street.sari
        await rina.start()
        await rina.sees("Sari Hijab", within=30)
        await sari.start()
        await open_batch(street)
        await sari.sees("t.me/bukapo_bot")
        code = await order_one(rina)
        await out(street, timedelta(days=20))
        await street.bot.start()
        await sari.sees("PO Gajian", "sudah tutup", within=30)
        await rina.sees(code, within=30)
        await street.settled()
        states = {row["kind"]: row["state"] for row in street.books.rows("SELECT kind, state FROM due ORDER BY due_at")}
        assert states["close_batch"] == states["hold_expiry"] == "done"
        assert street.bot.wrote().count("too late, skipped") >= 2
        said = [one.text for one in await sari.messages() if "PO Gajian" in one.text and "sudah tutup" in one.text]
        assert len(said) == 1
        street.books.balance()
