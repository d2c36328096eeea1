"""What the bot writes down while people order, pay and things go wrong: never a token, never a thing about a person."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.webhook import door_of
from tests.journeys.floor import ADDRESS, TOKEN, open_batch, order_one, settings_for
from tests.journeys.process import STARTING, Street, open_street
from tests.journeys.test_trouble import free_port
from tests.people import make_png

WISH = "Bordir nama Aisyah"
BIRTHDAY = "14/5"
REASON = "Penjahit Bu Ratna sakit"
PERSONAL = (
    *("Rina", "Wulandari", "rinawulan", "Budi", "Santoso", "budisantoso", "Sari", "Lestari", "sarilestari"),
    *("8123456789", "0812-3456", "Melati", "Sukajadi", "Aisyah", "Bordir", "1234567890:", "PO Rahasia"),
    *("7001", "7002"),
)


async def a_day_in_the_shop(street: Street) -> None:
    """Opening, ordering, a proof, a refusal by Telegram, an update that cannot be handled, a recap, an export."""
    sari, rina, budi = street.sari, street.rina, street.budi
    for person in (sari, rina, budi):
        await person.start()
        await person.sees("/help", within=STARTING)
    await open_batch(street, title="PO Rahasia")
    await rina.sees("PO Rahasia", "Pesan sekarang", within=STARTING)
    await rina.say("/order")
    await rina.sees("Pashmina Ceruty")
    await rina.press("Pashmina Ceruty")
    await rina.sees("Pilih variannya")
    await rina.press("Sage")
    await rina.sees("Mau berapa")
    await rina.say("2")
    await rina.sees("Tanpa catatan")
    await street.world.post("raw_update", **unreadable(rina.id))
    await rina.say(WISH)
    await rina.sees("Dikirim ke mana", within=STARTING)
    await rina.say(ADDRESS)
    await rina.sees("Cek dulu")
    await rina.press("Konfirmasi pesanan")
    await rina.sees("PO-", "Rp 75.000")
    await rina.send_photo(make_png(seed=1), caption="dari Rina Wulandari 0812-3456-7890")
    await rina.sees("bukti")
    await sari.press("Terima")
    await rina.sees("sudah kami terima")
    await order_one(budi)
    await budi.block()
    await sari.say("/recap")
    await sari.sees("Bordir nama Aisyah")
    await sari.say("/export")
    await sari.sees("xlsx", within=STARTING)
    await street.settled()
    assert street.books.value("SELECT COUNT(*) FROM inbox WHERE state = 'dead'") == 1


def unreadable(person_id: int) -> dict[str, object]:
    """A message that no bot can read: where its text should be stands an object with what its sender wrote."""
    chat = {"id": person_id, "type": "private", "first_name": "Rina", "last_name": "Wulandari"}
    sender = {"id": person_id, "is_bot": False, "first_name": "Rina", "username": "rinawulan", "language_code": "id"}
    return {"message": {"message_id": 9_000, "date": 0, "chat": chat, "from": sender, "text": {"said": WISH}}}


def assert_nothing_personal(log: str) -> None:
    assert TOKEN not in log
    assert TOKEN.partition(":")[2] not in log
    for secret in PERSONAL:
        # Digits stand alone: the fraction of a second may hold any.
        found = re.search(rf".*(?<!\d){re.escape(secret)}(?!\d).*", log)
        assert found is None, f"the log says {secret!r}: {found[0] if found else ''}"


@pytest.mark.parametrize("line", [f"told {TOKEN}", "Rina wrote", "chat=7001 sent", "to Jl. Melati No. 5", WISH])
def test_a_log_that_tells_is_caught(line: str) -> None:
    """The check itself finds what must not be there."""
    with pytest.raises(AssertionError):
        assert_nothing_personal(f"2026-11-22T22:43:40.427001Z [info     ] {line}\n")
    assert_nothing_personal("2026-11-22T22:43:40.427001Z [info     ] updates are coming again\n")


async def test_a_debug_log_names_nobody(tmp_path: Path) -> None:
    """At the loudest level, on a good day: no token, no name, phone, address, wish or id of a buyer."""
    async with open_street(tmp_path, batch=False, LOG_LEVEL="DEBUG") as street:
        await a_day_in_the_shop(street)
        assert await street.bot.stop() == 0
        assert_nothing_personal(street.bot.wrote())
        assert "could not be handled" in street.bot.wrote(), "the day had an error to tell of"


async def test_a_debug_log_names_nobody_on_a_bad_day(tmp_path: Path) -> None:
    """With refusals, silence, torn connections and full servers, each of which is logged: still nobody."""
    async with open_street(tmp_path, batch=False, LOG_LEVEL="DEBUG") as street:
        for seed, kind in enumerate(("429", "500", "502", "drop_before", "drop_after"), start=1):
            await street.world.fault(kind, method="sendMessage", share=0.1, seed=seed, times=1)
        await street.world.fault("drop_after", method="getUpdates", share=0.2, seed=6, times=3)
        await street.world.fault("500", method="editMessageText", times=1)
        await street.world.fault("403", method="setMyCommands", times=1)
        await a_day_in_the_shop(street)
        assert await street.bot.stop() == 0
        assert_nothing_personal(street.bot.wrote())
        assert "comes again" in street.bot.wrote(), "the faults were met"


async def a_later_day(street: Street) -> None:
    """What was added since: a birthday, a named address, dates that move and what the buyers say to it."""
    sari, rina = street.sari, street.rina
    await rina.say("/birthday")
    await rina.sees("Undangan khusus")
    await rina.say("isi tanggal ulang tahun")
    await rina.sees("tanggal berapa")
    await rina.say(f"{BIRTHDAY}/1998")
    await rina.sees("Tersimpan: 14 Mei")
    await rina.say("/addresses")
    await rina.press("Sebut 1")
    await rina.sees("Rumah")
    await rina.press("Rumah")
    await rina.sees("Rumah")
    await sari.say("/delay")
    await sari.press("Perkiraan kirim")
    await sari.sees("Mundur sampai kapan")
    await sari.say("+1 minggu")
    await sari.sees("Kenapa mundur")
    await sari.say(REASON)
    await sari.sees("Mundurkan jadwal")
    await sari.press("Ya")
    await rina.sees("jadwalnya mundur", REASON)
    await rina.press("Tunggu")
    await rina.sees("Terima kasih sudah sabar")
    await street.settled()
    assert street.books.value("SELECT COUNT(*) FROM outbox WHERE key LIKE 'board:%'") > 0


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
async def test_a_debug_log_names_nobody_where_updates_are_pushed(
    tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> None:
    """By webhook and on either database, with refusals, through all that a shop does: nobody is named, nor the door at
    which Telegram knocks, nor a birthday, nor why a batch is late."""
    if database == "postgres":
        (tmp_path / "database.url").write_text(request.getfixturevalue("postgres_url"))
    port = free_port()
    pushed: dict[str, Any] = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/bot", "WEBHOOK_LISTEN": f"127.0.0.1:{port}"}
    door = door_of(settings_for("http://127.0.0.1:9", tmp_path, **pushed))
    async with open_street(tmp_path, batch=False, LOG_LEVEL="DEBUG", **pushed) as street:
        await street.world.fault("500", method="sendMessage", times=2)
        await a_day_in_the_shop(street)
        await a_later_day(street)
        async with ClientSession() as session:
            knock = await session.post(f"{pushed['WEBHOOK_URL']}/{door.segment}", json={"text": WISH})
            assert knock.status == HTTPStatus.FORBIDDEN
        assert await street.bot.stop(within=STARTING) == 0
        log = street.bot.wrote()
        assert_nothing_personal(log)
        for secret in (door.segment, door.secret, BIRTHDAY, "14 Mei", REASON):
            assert secret not in log
        assert "wrong secret" in log


async def test_the_usual_log_is_short(tmp_path: Path) -> None:
    """On a quiet start and stop there is nothing to read but what matters, and no traceback."""
    async with open_street(tmp_path, is_new=True) as street:
        await street.rina.start()
        await street.rina.sees("Sari Hijab", within=STARTING)
        assert await street.bot.stop() == 0
        assert "Traceback" not in street.bot.wrote()
        assert len(street.bot.wrote().splitlines()) <= 5
