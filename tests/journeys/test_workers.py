"""Several bots on one PostgreSQL: everybody is answered once and in order, and when one dies the others go on."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.balancer import Balancer, open_balancer
from tests.journeys.floor import ADDRESS, order_one
from tests.journeys.process import STARTING, Process, Street, open_street
from tests.people import Person, until

pytestmark = pytest.mark.parametrize("engine", ["postgres"], indirect=True)


@dataclass
class Crew:
    """A street, its bots, and what stands before them."""

    street: Street
    bots: list[Process]
    balancer: Balancer

    async def all_at_work(self) -> None:
        """Wait until every one of them is on the database."""
        connected = (
            "SELECT COUNT(DISTINCT application_name) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name LIKE 'bukapo %'"
        )

        async def are_there() -> bool:
            return bool(self.street.books.value(connected) == len(self.bots))

        await until(are_there, STARTING, "a bot does not come back")

    async def newcomers(self, count: int) -> list[Person]:
        """People who have started the bot, one after the other."""
        people = []
        for number in range(count):
            person = await self.street.world.add_person(7100 + number, f"Kak{number}", language_code="id")
            await person.start()
            await person.sees("Sari Hijab", within=STARTING)
            people.append(person)
        return people


def free_port() -> int:
    """One that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@asynccontextmanager
async def open_crew(folder: Path, count: int, *, webhook: bool = True) -> AsyncIterator[Crew]:
    """So many bots on one database; with webhook each has its port, without only the one with the seat polls."""
    ports = [free_port() for _ in range(count)]
    async with AsyncExitStack() as stack:
        balancer, address = await stack.enter_async_context(open_balancer(ports))
        there = address if webhook else ""
        street = await stack.enter_async_context(open_street(folder, run=False, WEBHOOK_URL=there))
        bots = []
        for number, port in enumerate(ports):
            own = folder / f"bot{number}"
            own.mkdir()
            bots.append(Process(own, {**street.bot.environ, "BUKAPO_WEBHOOK_LISTEN": f"127.0.0.1:{port}"}))
            stack.push_async_callback(bots[-1].kill)
            await bots[-1].start()
        crew = Crew(street, bots, balancer)
        await crew.all_at_work()
        yield crew
        await crew.all_at_work()
        for bot in bots:
            assert await bot.stop(within=STARTING) == 0
            assert "Traceback" not in bot.wrote()


def answers(books_of: Street, person: Person) -> list[str]:
    """The keys of what was sent to a person, in the order in which it was decided."""
    rows = books_of.books.rows("SELECT key FROM outbox WHERE chat_id = ? AND state = 'sent' ORDER BY id", person.id)
    return [row["key"] for row in rows]


async def everything_is_handled_once(crew: Crew, people: list[Person]) -> None:
    """No update waits or was set aside; what was decided was sent, once, and stands in the chat in that order."""
    street = crew.street
    await street.settled()
    street.books.balance()
    assert street.books.value("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0
    # The board follows the books a moment later; nobody waits for it.
    unsent = "SELECT COUNT(*) FROM outbox WHERE state NOT IN ('sent', 'failed') AND key NOT LIKE 'board:%'"
    assert street.books.value(unsent) == 0
    for person in people:
        rows = street.books.rows(
            "SELECT message_id FROM outbox WHERE chat_id = ? AND state = 'sent' AND method LIKE 'send%' ORDER BY id",
            person.id,
        )
        decided = [row["message_id"] for row in rows]
        shown = [message.id for message in await person.messages() if message.by_bot]
        assert decided == sorted(decided), "a chat is answered in order"
        assert shown == decided, "what was decided was sent once"


@pytest.mark.parametrize("count", [2, 4])
async def test_several_bots_sell_as_one(tmp_path: Path, count: int) -> None:
    """Nine buyers order at once through all of them, for the ten slots there are; all have one, and each bot worked."""
    async with open_crew(tmp_path, count) as crew:
        buyers = await crew.newcomers(9)
        codes = await asyncio.gather(*(order_one(buyer) for buyer in buyers))
        assert len(set(codes)) == 9
        await everything_is_handled_once(crew, buyers)
        assert len(crew.balancer.taken) == count
        assert crew.street.books.value("SELECT taken FROM batches") == 9


async def test_what_one_person_says_quickly_is_answered_in_its_order(tmp_path: Path) -> None:
    """Twenty words in a row, each to another bot: the last answer is about the last word, and none is about a word
    that came before the one already answered."""
    async with open_crew(tmp_path, 3) as crew:
        (buyer,) = await crew.newcomers(1)
        await buyer.say("/order")
        await buyer.sees("Nastar Wisman")
        await buyer.press("Nastar Wisman")
        await buyer.sees("Mau berapa")
        for word in ("2", "Tanpa catatan", ADDRESS, "/orders", "/help", "/orders", "/help"):
            await buyer.say(word)
        await everything_is_handled_once(crew, [buyer])
        rows = crew.street.books.rows("SELECT update_id, raw FROM inbox WHERE chat_id = ? ORDER BY update_id", buyer.id)
        origins = [key.split(":")[0] for key in answers(crew.street, buyer) if key.startswith("u")]
        said = [f"u{row['update_id']}" for row in rows]
        assert list(dict.fromkeys(origins)) == [one for one in said if one in origins]


@pytest.mark.parametrize("webhook", [True, False])
async def test_whichever_bot_is_killed_the_others_go_on(tmp_path: Path, webhook: bool) -> None:
    """Each of three is killed in turn, the one that sends among them: every step of an order is answered all the same,
    once, and the killed one comes back."""
    async with open_crew(tmp_path, 3, webhook=webhook) as crew:
        (buyer,) = await crew.newcomers(1)
        for bot in crew.bots:
            await crew.street.settled()
            await bot.kill()
            await buyer.say("/order")
            await buyer.sees("Nastar Wisman", within=STARTING)
            await buyer.press("Nastar Wisman")
            await buyer.sees("Mau berapa", within=STARTING)
            await buyer.say("/cancel")
            await bot.start()
        await crew.street.settled()
        await order_one(buyer)
        await everything_is_handled_once(crew, [buyer])


async def test_when_the_one_that_sends_dies_another_sends(tmp_path: Path) -> None:
    """Killed while it has the seat: what the other decides is on the screen all the same, sent by the other."""
    async with open_crew(tmp_path, 2) as crew:
        (buyer,) = await crew.newcomers(1)
        await crew.street.settled()
        taken_over = "fetches, sends and does what is due"
        first = next(bot for bot in crew.bots if taken_over in bot.wrote())
        (second,) = (bot for bot in crew.bots if bot is not first)
        assert taken_over not in second.wrote()
        await first.kill()

        async def is_taken() -> bool:
            return taken_over in second.wrote()

        # How many seconds is measured where nothing else is busy: tests/storage/test_seat.py, the torture of schedules.
        await until(is_taken, STARTING, "nobody has taken over")
        await order_one(buyer)
        await first.start()
        await everything_is_handled_once(crew, [buyer])
