"""/broadcast: a seller's own words to many, each once, with a look before, progress meanwhile and a count after."""

from __future__ import annotations

import asyncio
import io
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from preorder.order import PersonId
from storage import people
from storage.database import Tx
from storage.databases import database_at
from tests.journeys.floor import Floor, Place, books_of, open_batch, open_floor, order_one
from tests.journeys.process import STARTING, open_street
from tests.journeys.test_waiting import join
from tests.people import Person, make_png, until

WIB = ZoneInfo("Asia/Jakarta")
FIRST = 5_000_000
WORDS = "Restok besok jam 10 ya! <b>Jangan</b> kelewatan & siapkan alamat."
IN_FLIGHT = 12
"""So many may be on their way when a pause is pressed: what is claimed ahead, and what left while it was handled."""


async def greet(place: Place) -> None:
    """Everybody has started the bot."""
    for person in (place.sari, place.rina, place.budi):
        await person.start()
        await person.sees("/help", within=STARTING)


async def choose(place: Place, audience: str, *more: str) -> None:
    """Sari says whom, button by button."""
    await place.sari.say("/broadcast")
    await place.sari.sees("Untuk siapa")
    for label in (audience, *more):
        await place.sari.press(label)
    await place.sari.sees("Ketik pesannya")


async def heard(person: Person, words: str = "Restok besok") -> int:
    """How many copies somebody has."""
    return sum(words in message.text for message in await person.messages() if message.by_bot)


def put_people(tx: Tx, count: int, now: datetime) -> None:
    for number in range(count):
        people.meet(tx, PersonId(FIRST + number), f"Orang {number}", "", "id", now)


async def join_telegram(place: Place, count: int) -> None:
    """So many people who started the bot before this journey begins."""
    new = (place.world.post("people", id=FIRST + n, first_name=f"Orang {n}", started=True) for n in range(count))
    await asyncio.gather(*new)


async def sent_to_crowd(place: Place) -> list[int]:
    """Chats of the crowd that got the words, one entry a copy."""
    calls = await place.world.calls("sendMessage")
    return [c["chat_id"] for c in calls if c["status"] == 200 and FIRST <= c["chat_id"] < FIRST + 10_000]


async def test_a_broadcast_is_looked_at_sent_and_counted(floor: Floor) -> None:
    """Sari sees it exactly as it will be read; Rina reads it once, with a way to stop the news; the result counts Budi,
    who has just blocked the bot, and a sheet names him."""
    await greet(floor)
    await choose(floor, "Semua")
    await floor.sari.say(WORDS)
    screen = await floor.sari.sees("Begitulah pesannya akan dibaca", "2 orang", "Kirim sekarang")
    (shown,) = [m for m in await floor.sari.messages() if m.by_bot and m.text == WORDS]
    assert shown.button("Berhenti info PO")
    assert shown.id < screen.id
    await floor.world.fault("403", method="sendMessage", chat=floor.budi.id)
    await floor.sari.press("Kirim sekarang")
    result = await floor.sari.sees("Siaran selesai", "Terkirim: 1", "Memblokir bot: 1", "Gagal: 0", "Tidak pasti: 0")
    (copy,) = [m for m in await floor.rina.messages() if m.text == WORDS]
    assert copy.button("Berhenti info PO")
    await floor.sari.press("Daftar hasil", result)
    sheet = await floor.sari.sees("Hasil siaran", ".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(await floor.sari.fetch(sheet)))
    rows = list(book["Siaran"].values)
    assert [(row[0], row[3]) for row in rows[1:]] == [
        (str(floor.budi.id), "memblokir bot"),
        (str(floor.rina.id), "terkirim"),
    ]
    # Budi is left alone from now on, and Rina wants no more: there is nobody to write to.
    await floor.rina.press("Berhenti info PO", copy)
    await floor.rina.sees("hentikan")
    await choose(floor, "Semua")
    await floor.sari.say("Halo")
    empty = await floor.sari.sees("Belum ada yang bisa dikirimi")
    assert empty.button("Kirim sekarang") is None
    floor.books.balance()


async def test_a_photo_with_words_goes_to_who_has_not_paid(floor: Floor) -> None:
    """Rina has ordered and not paid: the photo with its words goes to her alone. A text that is too long is counted, a
    file is refused, and an answer can be changed at the look."""
    await greet(floor)
    await open_batch(floor)
    await floor.rina.sees("PO Gajian")
    await order_one(floor.rina)
    await choose(floor, "Belum bayar")
    await floor.sari.send_document(b"%PDF-1.4 poster", "poster.pdf")
    await floor.sari.sees("bukan file")
    await floor.sari.send_photo(make_png(seed=3), "Kak, DP-nya ditunggu ya")
    await floor.sari.sees("Begitulah pesannya akan dibaca", "Belum bayar", "1 orang")
    await floor.sari.press("Ganti penerima")
    await floor.sari.sees("Untuk siapa")
    await floor.sari.press("Pembeli satu PO")
    await floor.sari.sees("Pembeli PO yang mana")
    await floor.sari.press("PO Gajian")
    await floor.sari.sees("Pembeli PO Gajian", "1 orang")
    await floor.sari.press("Kirim sekarang")
    await floor.sari.sees("Siaran selesai", "Terkirim: 1")
    got = await floor.rina.sees("DP-nya ditunggu")
    assert got.photo
    assert await heard(floor.budi, "DP-nya ditunggu") == 0
    floor.books.balance()


@pytest.mark.parametrize(
    ("audience", "more", "rina", "budi"),
    [
        ("Pernah beli", (), 0, 0),
        ("Belum pernah beli", (), 0, 1),
        ("Peminat produk", ("Nastar Wisman",), 0, 1),
        ("Satu kota", ("bandung",), 1, 0),
    ],
)
async def test_a_segment_is_who_it_says(
    floor: Floor, audience: str, more: tuple[str, ...], rina: int, budi: int
) -> None:
    """Rina has an order to Bandung that is not paid; Budi has bought nothing and wants the cookies."""
    await greet(floor)
    await open_batch(floor)
    await floor.rina.sees("PO Gajian")
    await order_one(floor.rina)
    await floor.app.database.run(lambda tx: tx.run("add_interest", product="nastar", person=floor.budi.id, now="2026"))
    await floor.sari.say("/broadcast")
    await floor.sari.sees("Untuk siapa")
    await floor.sari.press(audience)
    for answer in more:
        await floor.sari.sees("mana, Kak?")
        await floor.sari.say(answer)
    await floor.sari.sees("Ketik pesannya")
    await floor.sari.say(WORDS)
    if rina + budi:
        await floor.sari.sees("Begitulah pesannya akan dibaca", f"{rina + budi} orang")
        await floor.sari.press("Kirim sekarang")
        await floor.sari.sees("Siaran selesai", f"Terkirim: {rina + budi}")
    else:
        await floor.sari.sees("Belum ada yang bisa dikirimi")
    assert (await heard(floor.rina), await heard(floor.budi)) == (rina, budi)


async def test_a_pause_stops_it_and_going_on_finishes_it(tmp_path: Path) -> None:
    """Sari pauses in the middle: what is on its way arrives, nothing more; she goes on, and everybody has it once."""
    async with open_floor(tmp_path, SEND_PACE="12") as floor:
        await greet(floor)
        await join_telegram(floor, 60)
        await floor.app.database.run(partial(put_people, count=60, now=floor.clock.now()))
        await choose(floor, "Semua")
        await floor.sari.say(WORDS)
        await floor.sari.sees("62 orang", "kurang dari semenit", "Kirim sekarang")
        await floor.sari.press("Kirim sekarang")
        await until(partial(_has_at_least, floor, 8), 10, "it does not begin")
        await floor.sari.press("Jeda")
        await floor.sari.sees("Siaran dijeda")
        reached = len(await sent_to_crowd(floor))
        assert reached < 60 - IN_FLIGHT
        await floor.advance(timedelta(minutes=5))
        await floor.world.quiet(0.5)
        later = len(await sent_to_crowd(floor))
        assert later <= reached + IN_FLIGHT
        await floor.sari.press("Lanjutkan")
        await floor.sari.sees("Siaran selesai", "Terkirim: 62", "Tidak pasti: 0", within=15)
        everybody = await sent_to_crowd(floor)
        assert sorted(everybody) == [FIRST + n for n in range(60)]


async def _has_at_least(place: Place, count: int) -> bool:
    return len(await sent_to_crowd(place)) >= count


async def test_a_stop_is_for_good(tmp_path: Path) -> None:
    """Stopped in the middle, the rest is never sent, the figures add up to everybody, and no button begins it again."""
    async with open_floor(tmp_path, SEND_PACE="12") as floor:
        await greet(floor)
        await join_telegram(floor, 60)
        await floor.app.database.run(partial(put_people, count=60, now=floor.clock.now()))
        await choose(floor, "Semua")
        await floor.sari.say(WORDS)
        await floor.sari.sees("Kirim sekarang")
        await floor.sari.press("Kirim sekarang")
        await until(partial(_has_at_least, floor, 8), 10, "it does not begin")
        progress = await floor.sari.sees("Siaran sedang dikirim", "Hentikan")
        await floor.sari.press("Hentikan", progress)
        await floor.sari.sees("Siaran dihentikan", "Tidak dikirim")
        await floor.settled()
        rows = floor.books.rows("SELECT state, COUNT(*) AS n FROM outbox WHERE key LIKE 'b:%' GROUP BY 1")
        counted = {row["state"]: row["n"] for row in rows}
        assert sum(counted.values()) == 62
        assert set(counted) == {"sent", "dropped"}
        for forged in ("bc_go", "bc_pause"):
            (broadcast,) = floor.books.rows("SELECT id FROM broadcasts WHERE kind = 'message'")
            await floor.sari.forge(progress, f"a:{forged}:{broadcast['id']}")
            assert "lebih dulu" in await floor.sari.toast()
        await floor.rina.forge(await floor.rina.last(), f"a:bc_go:{broadcast['id']}")
        await floor.settled()
        assert floor.books.value("SELECT state FROM broadcasts WHERE kind = 'message'") == "stopped"


async def test_killed_in_the_middle_everybody_has_it_at_most_once(tmp_path: Path) -> None:
    """Killed three times while it goes out: nobody has it twice, who misses it is counted as unsure, and the result's
    figures are the rows."""
    count = 150
    async with open_street(tmp_path, run=False, batch=False, SEND_PACE="40") as street:
        url = books_of(tmp_path)
        database = database_at(url)
        await database.open()
        await database.run(partial(put_people, count=count, now=street.clock.now()))
        await database.close()
        await join_telegram(street, count)
        await street.bot.start()
        await street.sari.start()
        await street.sari.sees("/help", within=STARTING)
        await choose(street, "Semua")
        await street.sari.say(WORDS)
        await street.sari.sees(f"{count} orang")
        await street.sari.press("Kirim sekarang")
        for share in (20, 60, 100):
            await until(partial(_has_at_least, street, share), STARTING, "it does not go on")
            await street.bot.kill()
            await street.bot.start()
        result = await street.sari.sees("Siaran selesai", within=STARTING)
        copies = await sent_to_crowd(street)
        assert len(set(copies)) == len(copies)
        rows = street.books.rows("SELECT state, COUNT(*) AS n FROM outbox WHERE key LIKE 'b:%' GROUP BY 1")
        counted = {row["state"]: row["n"] for row in rows}
        assert sum(counted.values()) == count
        assert f"Terkirim: {counted['sent']}\n" in result.text
        assert f"Tidak pasti: {counted.get('ambiguous', 0)}" in result.text
        assert counted["sent"] <= len(copies) <= count


async def test_a_broadcast_at_night_waits_for_the_morning(tmp_path: Path) -> None:
    """At half past ten in the evening Sari is told that it goes out at seven, and it does."""
    night: dict[str, Any] = {"QUIET_FROM": "21:00", "QUIET_TO": "07:00"}
    async with open_floor(tmp_path, **night) as floor:
        evening = datetime(2026, 11, 24, 22, 30, tzinfo=WIB)
        await floor.at(evening)
        await greet(floor)
        await choose(floor, "Semua")
        await floor.sari.say(WORDS)
        await floor.sari.sees("Sekarang jam tenang", "Rabu, 25 November 2026 07.00 WIB")
        await floor.sari.press("Kirim sekarang")
        await floor.sari.sees("Siaran menunggu pagi", "07.00 WIB")
        await floor.at(evening + timedelta(hours=8))
        assert await heard(floor.rina) == 0
        await floor.at(datetime(2026, 11, 25, 7, tzinfo=WIB))
        await floor.sari.sees("Siaran selesai", "Terkirim: 2")
        assert await heard(floor.rina) == 1


async def test_a_broadcast_that_runs_into_the_night_goes_on_in_the_morning_by_itself(tmp_path: Path) -> None:
    """Begun shortly before nine in the evening, the rest waits for seven: the progress says until when, nobody is
    written to meanwhile, and everybody has it once."""
    night: dict[str, Any] = {"QUIET_FROM": "21:00", "QUIET_TO": "07:00", "SEND_PACE": "12"}
    async with open_floor(tmp_path, **night) as floor:
        await floor.at(datetime(2026, 11, 24, 20, 55, tzinfo=WIB))
        await greet(floor)
        await join_telegram(floor, 150)
        await floor.app.database.run(partial(put_people, count=150, now=floor.clock.now()))
        await choose(floor, "Semua")
        await floor.sari.say(WORDS)
        await floor.sari.sees("152 orang")
        await floor.sari.press("Kirim sekarang")
        await until(partial(_has_at_least, floor, 8), 10, "it does not begin")
        floor.clock.set(datetime(2026, 11, 24, 21, 5, tzinfo=WIB))
        await floor.sari.sees("Siaran menunggu pagi", "25 November 2026 07.00 WIB")
        await floor.world.quiet(0.5)
        reached = len(await sent_to_crowd(floor))
        assert reached < 150
        await floor.at(datetime(2026, 11, 25, 6, 59, tzinfo=WIB))
        assert len(await sent_to_crowd(floor)) == reached
        floor.clock.set(datetime(2026, 11, 25, 7, tzinfo=WIB))
        await floor.sari.sees("Siaran selesai", "Terkirim: 152", within=30)
        assert sorted(await sent_to_crowd(floor)) == [FIRST + n for n in range(150)]


async def test_a_broadcast_to_a_waiting_list_goes_to_who_stands_in_it(floor: Floor) -> None:
    """Rina stands in line, Budi does not: it goes to her alone, and no more once she has left the line."""
    await greet(floor)
    await open_batch(floor, quota="1")
    await order_one(floor.budi)
    await join(floor.rina)
    await choose(floor, "Daftar tunggu", "PO Gajian")
    await floor.sari.say(WORDS)
    await floor.sari.sees("Begitulah pesannya akan dibaca", "1 orang")
    await floor.sari.press("Kirim sekarang")
    await floor.sari.sees("Siaran selesai", "Terkirim: 1")
    assert (await heard(floor.rina), await heard(floor.budi)) == (1, 0)
    await floor.rina.press("Berhenti antre")
    await floor.rina.sees("tidak antre lagi")
    await choose(floor, "Daftar tunggu", "PO Gajian")
    await floor.sari.say("Halo")
    await floor.sari.sees("Belum ada yang bisa dikirimi")
    floor.books.balance()
