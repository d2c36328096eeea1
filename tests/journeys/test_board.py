"""The board: one pinned message in the channel that follows slots and time, sparingly (product 3)."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.scenes import CHANNEL, SARI
from tests.journeys.floor import ADDRESS, Floor, Place, open_batch, open_floor, order_one
from tests.journeys.process import STARTING, open_street
from tests.journeys.walking import bought, confirm, newcomers
from tests.people import Message, Person, until

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 16, 9, tzinfo=WIB)
SHELF: Any = (
    ("pashmina", "Pashmina Ceruty", (("Hitam", 75_000, 6), ("Sage", 75_000, 2))),
    ("nastar", "Nastar Wisman", (("Toples 500 g", 110_000),)),
)
A_MINUTE = timedelta(minutes=1, seconds=1)
GROUP = -1_003_000_000_777


async def pinned(person: Person, chat: int = CHANNEL) -> list[int]:
    """What hangs at the top of a chat."""
    seen = await person.world.get("messages", person=person.id, chat=chat)
    return [int(one) for one in seen["pinned"]]


async def board(person: Person, *needles: str, chat: int = CHANNEL) -> Message:
    """Wait until the newest board of the chat shows all of these."""
    person.since = 0
    return await person.sees("Slot PO Sari Hijab", *needles, chat=chat)


async def edits(floor: Floor) -> int:
    """How often something in the channel was edited."""
    return sum(call["chat_id"] == CHANNEL for call in await floor.world.calls("editMessageText"))


async def stays(floor: Floor, wanted: Message) -> None:
    """The bot has come to rest, and the board says what it said."""
    await floor.settled()
    await floor.world.quiet(0.3)
    (now,) = [one for one in await floor.rina.messages(chat=CHANNEL) if one.id == wanted.id]
    assert now.text == wanted.text


async def test_the_board_follows_a_batch_from_opening_to_closing(tmp_path: Path) -> None:
    """It is pinned with the opening, quietly; slots fall with an order and come back when its hold ends; its button
    orders; the time left falls in days; at closing it says so, in the same message all along, and names what comes."""
    async with open_floor(tmp_path, SHELF) as floor:
        await floor.at(MONDAY)
        await open_batch(floor, hold="1 jam", closing="19 nov 21.00")
        first = await board(floor.rina, "Sisa 10 dari 10 slot", "Pashmina Ceruty: Hitam (6), Sage (2)", "3 hari lagi")
        await until(lambda: _hangs(floor, first), 10, "the board is not pinned")
        await floor.rina.press("Pesan sekarang", first, chat=CHANNEL)
        await floor.rina.sees("Mau pesan yang mana")
        await floor.rina.say("/cancel")
        await order_one(floor.rina, product="Pashmina Ceruty", variant="Sage", quantity="2")
        await floor.advance(A_MINUTE)
        await board(floor.rina, "Sisa 8 dari 10 slot", "Hitam (6), Sage (habis)")
        await floor.advance(timedelta(hours=2))
        await board(floor.rina, "Sisa 10 dari 10 slot", "Sage (2)")
        await floor.at(datetime(2026, 11, 18, 9, tzinfo=WIB))
        await board(floor.rina, "1 hari lagi")
        await floor.at(datetime(2026, 11, 19, 15, 30, tzinfo=WIB))
        await board(floor.rina, "5 jam lagi")
        await open_batch(floor, title="PO Natal", opening=("1 des 10.00",), closing="5 des 21.00")
        await floor.at(datetime(2026, 11, 19, 21, 1, tzinfo=WIB))
        closed = await board(floor.rina, "PO Gajian sudah tutup", "1 Desember 2026 10.00", "Kabari kalau buka")
        assert closed.id == first.id
        assert await pinned(floor.rina) == [first.id]
        floor.books.balance()


async def _hangs(floor: Place, message: Message) -> bool:
    return await pinned(floor.rina) == [message.id]


async def test_ten_orders_in_a_minute_are_two_edits(floor: Floor) -> None:
    """The first change is told at once; the next one in the same minute, and eight who confirm together, a minute
    later in one edit."""
    await floor.at(MONDAY)
    await open_batch(floor, quota="20")
    await board(floor.rina, "Sisa 20 dari 20")
    first, second, *others = await newcomers(floor, 10)
    await floor.advance(A_MINUTE)
    await order_one(first)
    told = await board(floor.rina, "Sisa 19 dari 20")
    await order_one(second)
    await stays(floor, told)
    await asyncio.gather(*(order_one(buyer) for buyer in others))
    await stays(floor, told)
    await floor.advance(A_MINUTE)
    last = await board(floor.rina, "Sisa 10 dari 20")
    assert await edits(floor) == 2
    for _ in range(3):
        await floor.advance(A_MINUTE)
        await stays(floor, last)
    assert await edits(floor) <= 2
    floor.books.balance()


async def test_a_deleted_board_comes_again(floor: Floor) -> None:
    """Somebody deletes it in the channel: with the next change it is put up and pinned anew, once, and Sari is told how
    to switch it off."""
    await floor.at(MONDAY)
    await open_batch(floor)
    first = await board(floor.rina, "Sisa 10")
    await until(lambda: _hangs(floor, first), 10, "the board is not pinned")
    await floor.sari.delete(first, chat=CHANNEL)
    await order_one(floor.rina)

    async def is_back() -> bool:
        # That it was deleted is found out by an edit that fails, and put right a minute later.
        await floor.advance(A_MINUTE)
        shown = await floor.rina.messages(chat=CHANNEL)
        return any(one.id != first.id and "Slot PO" in one.text and "Sisa 9" in one.text for one in shown)

    await until(is_back, 30, "the board does not come again")
    second = await board(floor.rina, "Sisa 9")
    await until(lambda: _hangs(floor, second), 10, "the new board is not pinned")
    await floor.sari.sees("Papan slot di channel terhapus", "/board")
    await floor.advance(timedelta(minutes=10))
    shown = [one for one in await floor.rina.messages(chat=CHANNEL) if "Slot PO" in one.text]
    assert [one.id for one in shown] == [second.id]


async def test_without_the_right_to_pin_the_board_goes_on(tmp_path: Path) -> None:
    """In a group where the bot is no administrator the board is written and kept true; Sari is told once how to mend
    it, and once it is mended a press pins a new one, and the old one is gone."""
    async with open_floor(tmp_path, CHANNEL_ID=str(GROUP)) as floor:
        await floor.at(MONDAY)
        members = [SARI, floor.rina.id, floor.budi.id]
        await floor.world.add_chat("supergroup", "Pelanggan Sari", id=GROUP, members=members, admins=[SARI])
        await open_batch(floor)
        first = await board(floor.rina, "Sisa 10", chat=GROUP)
        await floor.sari.sees("bot belum boleh menyematkannya", "Sematkan pesan", "/board")
        await order_one(floor.rina)
        await floor.advance(A_MINUTE)
        await board(floor.rina, "Sisa 9", chat=GROUP)
        assert await pinned(floor.rina, GROUP) == []
        told = [one for one in await floor.sari.messages() if "belum boleh menyematkannya" in one.text]
        assert len(told) == 1
        await floor.world.post("join", chat=GROUP, person="bot", admin=True)
        await floor.sari.say("/board")
        await floor.sari.sees("Papan slot: nyala", "belum boleh menyematkan")
        await floor.sari.say("pasang ulang")
        await floor.sari.sees("dipasang ulang")

        async def is_pinned() -> bool:
            return len(await pinned(floor.rina, GROUP)) == 1

        await until(is_pinned, 10, "the new board is not pinned")
        shown = [one for one in await floor.rina.messages(chat=GROUP) if "Slot PO" in one.text]
        assert [one.id for one in shown] == await pinned(floor.rina, GROUP)
        assert first.id not in [one.id for one in shown]


async def test_the_seller_switches_the_board(floor: Floor) -> None:
    """/board shows what it says; with the target its progress is public; switched off the board says a last word and is
    unpinned; switched on again it comes as a new message. All of it can be typed, and buyers may not."""
    await floor.at(MONDAY)
    await open_batch(floor, quota="20", extras=("Lewati", "Lewati", "1jt", "Lewati"))
    first = await board(floor.rina, "Sisa 20")
    await until(lambda: _hangs(floor, first), 10, "the board is not pinned")
    await bought(floor, floor.rina, quantity="5")
    await floor.sari.say("/board")
    screen = await floor.sari.sees("Papan slot: nyala", "Sisa 15 dari 20 slot", "tidak ditampilkan")
    assert "%" not in screen.text
    await floor.sari.say("tampilkan target")
    await floor.sari.sees("ikut ditampilkan", "Terkumpul 55% dari target")
    await floor.advance(A_MINUTE)
    await board(floor.rina, "Sisa 15", "Terkumpul 55% dari target")
    await floor.sari.press("Matikan")
    await floor.sari.sees("Papan slot mati", "Papan slot: mati")
    floor.rina.since = 0
    last = await floor.rina.sees("tidak diperbarui lagi", chat=CHANNEL)
    assert last.id == first.id

    async def is_bare() -> bool:
        return await pinned(floor.rina) == []

    await until(is_bare, 10, "the old board is still pinned")
    await floor.sari.press("Nyalakan")
    await floor.sari.sees("Papan slot nyala")
    again = await board(floor.rina, "Sisa 15")
    assert again.id > first.id
    await floor.sari.say("kembali")
    await floor.sari.sees("Oke Kak")
    await floor.rina.say("/board")
    await floor.rina.sees("khusus")


async def test_of_two_batches_each_has_its_button(tmp_path: Path) -> None:
    """The board lists what closes first at the top; a batch that is sold out offers the line, one for the interest list
    alone is nobody else's business."""
    async with open_floor(tmp_path) as floor:
        await floor.at(MONDAY)
        await open_batch(floor, title="PO Hijab", products=("Pashmina Ceruty",), closing="20 nov 21.00")
        await floor.sari.sees("PO Hijab", "sudah buka")
        await open_batch(floor, title="PO Kue", quota="1", products=("Nastar Wisman",), closing="18 nov 21.00")
        await board(floor.rina, "PO Hijab")
        await floor.rina.start()
        await floor.rina.sees("Sari Hijab")
        await floor.advance(A_MINUTE)
        shown = await board(floor.rina, "PO Hijab", "PO Kue")
        assert shown.text.index("PO Kue") < shown.text.index("PO Hijab")
        await floor.rina.press("Pesan PO Kue", shown, chat=CHANNEL)
        for asked, word in (("Mau berapa", "1"), ("catatan", "Tanpa catatan"), ("Dikirim ke mana", ADDRESS)):
            await floor.rina.sees(asked)
            await floor.rina.say(word)
        await confirm(floor.rina)
        await floor.advance(A_MINUTE)
        full = await board(floor.rina, "Slot habis", "Antre PO Kue")
        await floor.budi.press("Antre PO Kue", full, chat=CHANNEL)
        await floor.budi.sees("sold out", "Wait for")
        await close_by_hand_of_two(floor, "PO Kue")
        await floor.advance(A_MINUTE)
        floor.rina.since = 0
        alone = await board(floor.rina, "PO Hijab", "Pesan sekarang")
        assert "PO Kue" not in alone.text
        floor.books.balance()


async def close_by_hand_of_two(floor: Floor, title: str) -> None:
    """Sari closes one of several."""
    await floor.sari.say("/close")
    await floor.sari.press(title)
    await floor.sari.sees(f"Tutup {title}?")
    await floor.sari.press("Ya")
    await floor.sari.sees(title, "sudah tutup")


async def test_a_killed_bot_goes_on_with_the_same_board(tmp_path: Path) -> None:
    """What changed while the bot was down stands on the same message soon after the next start."""
    async with open_street(tmp_path) as street:
        street.rina.since = 0
        first = await street.rina.sees("Slot PO", "Sisa 10", "2 hari lagi", chat=CHANNEL, within=STARTING)
        await until(lambda: _hangs(street, first), 10, "the board is not pinned")
        await street.bot.kill()
        street.clock.advance(86_400)
        await street.bot.start()
        again = await street.rina.sees("Slot PO", "Sisa 10", "1 hari lagi", chat=CHANNEL, within=STARTING)
        assert again.id == first.id
        assert await pinned(street.rina) == [first.id]
