"""A shop in trouble, seen from outside: poison, floods, a full disk, a webhook. Nothing is lost, others go on."""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

from storage.databases import sqlite_path
from tests.journeys.floor import Floor, open_batch, open_floor, order_one
from tests.journeys.process import open_street
from tests.people import until
from tests.postgres import fill_up, make_room
from tests.sqlite import raw


def free_port() -> int:
    """A port that nobody listens at."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


# --- poison ------------------------------------------------------------------------------------------------------


async def test_what_cannot_be_read_is_set_aside_and_the_shop_goes_on(floor: Floor) -> None:
    """Five tries at an update nobody can parse, then the owner is told once and Rina's own next word is answered; Budi
    has ordered meanwhile."""
    await floor.sari.start()
    await open_batch(floor)
    await floor.sari.sees("t.me/bukapo_bot")
    poison = {**_written(floor.rina.id, 1), "text": {"said": "halo"}}
    number = (await floor.world.post("raw_update", message=poison))["update_id"]
    await floor.rina.start()
    await floor.budi.start()
    await floor.budi.sees("Budi")
    await order_one(floor.budi)
    await floor.rina.sees("Sari Hijab")
    await floor.settled()
    told = [one for one in await floor.sari.messages() if str(number) in one.text]
    state = floor.books.value("SELECT state FROM inbox WHERE update_id = ?", number)
    assert (state, len(told)) == ("dead", 1)
    floor.books.balance()


# --- floods ------------------------------------------------------------------------------------------------------


async def test_while_one_person_floods_another_orders(floor: Floor) -> None:
    """Two hundred messages of Rina's wait; Budi gets through a whole order, and everything of hers is handled."""
    rina, budi = floor.rina, floor.budi
    await open_batch(floor)
    await floor.sari.sees("t.me/bukapo_bot")
    await rina.start()
    await budi.start()
    await budi.sees("Budi")
    for number in range(200):
        await floor.world.post("raw_update", message=_written(rina.id, number))
    await order_one(budi)

    async def all_handled() -> bool:
        return bool(floor.books.value("SELECT COUNT(*) FROM inbox WHERE state = 'new'") == 0)

    await until(all_handled, 30, "the flood is never over")
    assert floor.books.value("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0
    floor.books.balance()


def _written(person: int, number: int) -> dict[str, object]:
    who = {"id": person, "is_bot": False, "first_name": "Rina", "language_code": "id"}
    chat = {"id": person, "type": "private", "first_name": "Rina"}
    return {"message_id": 10_000 + number, "date": 1_780_000_000, "from": who, "chat": chat, "text": f"halo {number}"}


# --- a full disk -------------------------------------------------------------------------------------------------


async def test_a_full_disk_loses_nothing_and_works_again_by_itself(floor: Floor) -> None:
    """Nothing more can be written: the owner is told once past the outbox, and all that was said is answered later."""
    rina, sari = floor.rina, floor.sari
    await sari.start()
    await rina.start()
    await rina.sees("Sari Hijab")
    await open_batch(floor)
    await sari.sees("t.me/bukapo_bot")
    await floor.settled()
    await _fill_the_disk(floor)
    for number in range(25):
        await rina.say(f"halo {number} " + "x" * 3000)
    await sari.sees("tidak bisa menyimpan")
    assert floor.app.alarm.is_down
    await rina.say("/order")
    await _make_room(floor)
    await rina.sees("Nastar Wisman")
    await sari.sees("sudah bisa menyimpan lagi")
    await floor.settled()
    said = [one.text for one in await sari.messages()]
    assert len([text for text in said if "tidak bisa menyimpan" in text]) == 1
    assert floor.books.value("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0
    assert floor.books.value("SELECT COUNT(*) FROM inbox WHERE raw LIKE '%halo %'") == 25
    floor.books.balance()


async def _fill_the_disk(floor: Floor) -> None:
    url = floor.app.settings.database_url
    if sqlite_path(url) is None:
        fill_up(url)
    else:
        # SQLite's own way of a full disk: the file gets no page more than it has.
        await floor.app.database.run(lambda tx: raw(tx, "PRAGMA max_page_count = 1"))


async def _make_room(floor: Floor) -> None:
    url = floor.app.settings.database_url
    if sqlite_path(url) is None:
        make_room(url)
    else:
        await floor.app.database.run(lambda tx: raw(tx, "PRAGMA max_page_count = 1000000"))


# --- webhook -----------------------------------------------------------------------------------------------------


async def test_a_shop_with_a_webhook_sells_as_any_other(tmp_path: Path) -> None:
    """Opened, announced, ordered, without one question for updates."""
    port = free_port()
    there, here = f"http://127.0.0.1:{port}/bot", f"127.0.0.1:{port}"
    async with open_floor(tmp_path, WEBHOOK_URL=there, WEBHOOK_LISTEN=here) as floor:
        for person in (floor.sari, floor.rina):
            await person.start()
        await open_batch(floor)
        await floor.rina.sees("PO Gajian", "Pesan sekarang")
        await order_one(floor.rina)
        assert await floor.world.calls("getupdates") == []
        floor.books.balance()


async def test_a_webhook_shop_killed_and_started_again_goes_on(tmp_path: Path) -> None:
    """kill -9 in the middle of an order: Telegram comes again, everything is handled once; polling can take over."""
    port = free_port()
    there, here = f"http://127.0.0.1:{port}/bot", f"127.0.0.1:{port}"
    async with open_street(tmp_path, WEBHOOK_URL=there, WEBHOOK_LISTEN=here) as street:
        rina = street.rina
        await rina.start()
        await rina.sees("Sari Hijab", within=30)
        for number in range(20):
            await rina.say(f"halo {number}")
        await street.bot.kill()
        await rina.say("/order")
        await street.bot.start()
        await rina.sees("Nastar Wisman", within=30)
        assert await street.bot.stop() == 0
        street.bot.environ.pop("BUKAPO_WEBHOOK_URL")
        await street.bot.start()
        await rina.press("Nastar Wisman")
        await rina.sees("Mau berapa", within=30)

        async def nothing_waits() -> bool:
            return bool(street.books.value("SELECT COUNT(*) FROM inbox WHERE state = 'new'") == 0)

        await until(nothing_waits, 10, "something waits")
        assert street.books.value("SELECT COUNT(*) FROM inbox WHERE raw LIKE '%halo %'") == 20
