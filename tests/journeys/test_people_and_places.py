"""Who may do what and where: roles and menus, blocked and nameless people, groups, links, and hostile names."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.commands import COMMANDS
from preorder.staff import Right
from tests.journeys.floor import PRODUCTS, Floor, open_batch, open_floor, order_one
from tests.people import Message, Person, make_png, until

HOSTILE: Final = '<a href="x">&"\'{{7*7}}'
# Stars are taken out of an address: people paste it from chats where they make a word bold.
NAME: Final = HOSTILE.replace("*", "+") + " Dewi"
STREET: Final = f"Jl. {NAME} No. 1, Sukajadi, Bandung 40162"
# From the table itself: a new command is in these journeys from its first day.
LISTED: Final = [name for name, command in COMMANDS.items() if command.listed]
EVERYBODYS: Final = [name for name in LISTED if COMMANDS[name].right is Right.BUY]
SELLERS: Final = [name for name in LISTED if name not in EVERYBODYS]


async def said_to(floor: Floor, chat: int) -> list[str]:
    """What the bot tried to send to a chat, method by method, oldest first."""
    return [call["method"] for call in await floor.world.calls() if call["chat_id"] == chat]


def reachable(floor: Floor, person: Person) -> bool:
    """Does the bot think that it may write to this person?"""
    return bool(floor.books.value("SELECT reachable FROM people WHERE id = ?", person.id))


async def open_linked(floor: Floor, title: str, *products: str) -> str:
    """Open a batch; the payload of the deep link that the seller is given."""
    await open_batch(floor, title=title, products=products)
    shown = await floor.sari.sees(title, "sudah buka", "?start=b_")
    return shown.text.split("?start=")[1].split()[0]


# --- people ------------------------------------------------------------------------------------------------------


async def test_who_blocks_the_bot_is_left_alone_until_they_write(floor: Floor) -> None:
    """After a block nothing is sent, after a refusal (403) nothing more; whoever writes again hears of the next PO."""
    sari, rina, budi = floor.sari, floor.rina, floor.budi
    for person in (rina, budi):
        await person.start()
    await floor.settled()
    await rina.block()
    await floor.settled()
    # Budi's block was never heard of: the first refusal tells.
    await floor.world.fault("403", chat=budi.id)
    before = {person.id: len(await said_to(floor, person.id)) for person in (rina, budi)}
    await open_batch(floor)
    await floor.settled()
    assert len(await said_to(floor, rina.id)) == before[rina.id]
    assert len(await said_to(floor, budi.id)) == before[budi.id] + 1
    assert not reachable(floor, rina)
    assert not reachable(floor, budi)
    await open_batch(floor, title="PO Kedua")
    await floor.settled()
    assert len(await said_to(floor, budi.id)) == before[budi.id] + 1

    await floor.world.delete("faults")
    await rina.say("/order")
    await rina.sees("Mau ikut PO yang mana")
    assert reachable(floor, rina)
    await open_batch(floor, title="PO Ketiga")
    await sari.sees("PO Ketiga", "sudah buka")
    await rina.sees("PO Ketiga", "Pesan sekarang")
    await floor.settled()
    assert len(await said_to(floor, budi.id)) == before[budi.id] + 1


async def test_everybodys_menu_shows_what_they_may_use_in_their_language(floor: Floor) -> None:
    """Buyers see the buyers' commands, once started the owner also the seller's, in the app's language."""
    await floor.sari.start()

    async def are_set() -> bool:
        return await floor.sari.commands() == SELLERS + EVERYBODYS and bool(await floor.budi.commands())

    await until(are_set, 10.0, "the owner's menu does not come")
    await floor.settled()
    assert await floor.rina.commands() == EVERYBODYS
    assert await floor.budi.commands() == EVERYBODYS
    worded = {
        person.id: {one["command"]: one["description"] for one in await floor.world.get("commands", person=person.id)}
        for person in (floor.rina, floor.budi)
    }
    assert worded[floor.rina.id]["orders"] == "Pesanan saya"
    assert worded[floor.budi.id]["orders"] == "My orders"


async def test_help_names_everything_that_somebody_may_use(floor: Floor) -> None:
    """A buyer's names every command of theirs and none of the seller's; the seller's leads by a button to quota and
    terms, and who has nothing to cancel is shown to it."""
    rina, sari = floor.rina, floor.sari
    await rina.say("/help")
    shown = (await rina.sees("Cara ikut PO")).visible().split()
    assert {f"/{name}" for name in EVERYBODYS if name != "help"} <= set(shown)
    assert not {f"/{name}" for name in SELLERS}.intersection(shown)
    await floor.budi.say("/help")
    await floor.budi.sees("How to join", "/addresses My addresses", "/privacy My data", "/terms The shop's terms")
    await sari.say("/help")
    shown = (await sari.sees("Perintah untuk Kakak")).visible().split()
    assert {f"/{name}" for name in (*SELLERS, "terms")} <= set(shown)
    await sari.press("Syarat")
    await sari.sees("belum menulis syarat", "Ubah syarat")
    await sari.say("/help")
    await sari.sees("Perintah untuk Kakak")
    await sari.press("Kuota")
    await sari.sees("Tidak ada PO yang buka atau dijadwalkan")
    await sari.say("/cancel")
    await sari.sees("Tidak ada yang sedang berjalan", "/help")
    assert "/orders" not in (await sari.last()).visible()


async def test_a_buyer_is_refused_the_sellers_commands_politely(floor: Floor) -> None:
    """Every command of the seller's gets one friendly sentence and a line in the audit log, and the order goes on."""
    rina = floor.rina
    await open_batch(floor)
    await rina.say("/order")
    await rina.sees("Mau pesan yang mana")
    for name in SELLERS:
        await rina.say(f"/{name}")
        await rina.sees("khusus pengelola toko")
    await floor.settled()
    audit = floor.books.rows("SELECT action, allowed FROM audit WHERE person_id = ? ORDER BY at", rina.id)
    assert [tuple(row) for row in audit] == [(f"/{name}", 0) for name in SELLERS]
    await rina.say("2")
    await rina.sees("Mau berapa")


async def test_a_buyer_without_a_username_orders_like_anybody(floor: Floor) -> None:
    """A first name is enough: the seller's card shows it, without an empty handle."""
    await open_batch(floor)
    dewi = await floor.world.add_person(7005, "Dewi", language_code="id")
    code = await order_one(dewi)
    await dewi.send_photo(make_png(seed=5))
    card = await floor.sari.sees(code, "Bukti transfer", "Dewi")
    assert "@" not in card.text
    assert "()" not in card.text
    await floor.sari.press(f"Terima {code}")
    await dewi.sees(code, "Slot Kakak aman")
    floor.books.balance()


async def test_the_owner_buys_in_their_own_shop(floor: Floor) -> None:
    """The owner orders, sends a proof, judges it and follows the order, as buyer and as seller in one chat."""
    sari = floor.sari
    await open_batch(floor)
    await sari.sees("sudah buka")
    code = await order_one(sari)
    await sari.send_photo(make_png(seed=6))
    await sari.sees(f"Bukti untuk {code} sudah kami terima")
    await sari.sees("Bukti transfer", code, "Sari")
    await sari.press(f"Terima {code}")
    await sari.sees(code, "Slot Kakak aman")
    await sari.say("/orders")
    await sari.sees(code, "Terkonfirmasi")
    await sari.say("/recap")
    await sari.sees("Rekap", "Rp 55.000")
    floor.books.balance()


# --- places ------------------------------------------------------------------------------------------------------


async def group(floor: Floor, **more: object) -> int:
    """A group of buyers and the owner, who administers it."""
    members = [floor.rina.id, floor.budi.id, floor.sari.id]
    return await floor.world.add_chat("supergroup", "Pembeli Sari", members=members, admins=[floor.sari.id], **more)


async def test_in_a_group_people_are_asked_to_write_in_private(floor: Floor) -> None:
    """A command in a group is answered with the way to the private chat, where a greeting waits; buyers' and sellers'
    alike, an anonymous admin's too. Nobody becomes a subscriber by it."""
    chat = await group(floor)
    for person, command in ((floor.rina, "/order"), (floor.budi, "/open"), (floor.sari, "/close@bukapo_bot")):
        await person.say(command, chat=chat)
        await person.sees("supaya alamat" if person is not floor.budi else "private chat", chat=chat)
    await floor.sari.say("/recap", chat=chat, anonymous=True)
    await floor.sari.sees("admin anonim", "Buka chat pribadi", chat=chat)
    assert floor.books.value("SELECT COUNT(*) FROM people") == 0
    assert floor.books.value("SELECT COUNT(*) FROM sessions") == 0
    await floor.rina.press("Buka chat pribadi", chat=chat)
    await floor.rina.sees("selamat datang")
    await floor.settled()
    assert not [one for one in await floor.rina.messages() if "tidak berlaku" in one.text]


async def test_talk_in_a_group_and_posts_in_a_channel_are_left_alone(floor: Floor) -> None:
    """Even as administrator, where it hears everything, the bot is silent but for its own commands; a press there is
    told to who pressed."""
    chat = await group(floor, bot="administrator")
    for text in ("Kak, masih buka?", "2", "batal", "/rules", "/order@another_bot", "a" * 3000):
        await floor.rina.say(text, chat=chat)
    await floor.sari.say("selamat pagi", chat=chat, anonymous=True)
    await floor.sari.say("/rules", chat=chat, anonymous=True)
    await floor.rina.send("sticker", b"abc", chat=chat)
    await floor.sari.say("/open", chat=-1001234567890)
    await floor.settled()
    assert not [one for one in await floor.rina.messages(chat) if one.by_bot]
    assert await said_to(floor, -1001234567890) == []
    await floor.rina.say("/help", chat=chat)
    shown = await floor.rina.sees("chat pribadi", chat=chat)
    for data in ("a:proof_ok:x", "s:1:confirm", "nothing"):
        await floor.rina.forge(shown, data, chat=chat)
        assert "chat pribadi" in await floor.rina.toast()
    await floor.settled()
    assert len([one for one in await floor.rina.messages(chat) if one.by_bot]) == 1


# --- links -------------------------------------------------------------------------------------------------------


async def test_a_link_begins_the_order_in_its_batch(floor: Floor) -> None:
    """Opened twice it goes on; opened for another batch in the middle of an order it asks which one goes on."""
    rina = floor.rina
    first = await open_linked(floor, "PO Satu", "Pashmina Ceruty")
    second = await open_linked(floor, "PO Dua", "Nastar Wisman")
    await rina.start(first)
    await rina.sees("Pilih variannya")
    await rina.say("sage")
    await rina.sees("Mau berapa")
    await rina.start(first)
    await rina.sees("Kita lanjutkan yang tadi", "Mau berapa")
    for answer, screen in (("2", "Ada catatan"), ("tanpa catatan", "Dikirim ke mana")):
        await rina.say(answer)
        await rina.sees(screen)
    await rina.start(second)
    await rina.sees("PO Satu", "Sage × 2", "PO Dua", "Mulai baru")
    await rina.say("Lanjutkan yang tadi")
    await rina.sees("PO Satu", "Pashmina Ceruty Sage × 2")
    await rina.start(second)
    await rina.sees("PO Satu", "PO Dua", "Mulai baru")
    await rina.press("Mulai baru")
    await rina.sees("Nastar Wisman", "Mau berapa")


async def test_a_link_that_leads_nowhere_is_answered_once(floor: Floor) -> None:
    """Unknown, garbled, not yet open or closed: one sentence says so, and an order that was begun goes on."""
    sari, rina = floor.sari, floor.rina
    await open_batch(floor, title="PO Besok", opening="besok 10.00", closing="5 hari lagi 21.00")
    await sari.sees("PO Besok", "dijadwalkan buka")
    coming = floor.books.value("SELECT id FROM batches")
    quick = await open_linked(floor, "PO Cepat", "Nastar Wisman")
    await open_linked(floor, "PO Lama", "Nastar Wisman")
    await rina.start(quick)
    await rina.sees("Mau berapa")
    await sari.say("/close")
    await sari.sees("Tutup PO yang mana", "PO Lama")
    await sari.press("PO Lama")
    await sari.sees("Tutup PO Lama?")
    await sari.press("Ya")
    await sari.sees("sudah ditutup")
    closed = floor.books.value("SELECT id FROM batches WHERE title = 'PO Lama'")
    links = {
        "b_tidakada": "tidak berlaku",
        "b_": "tidak berlaku",
        "apa-ini_7": "tidak berlaku",
        f"b_{coming}": "Belum ada PO yang buka",
        f"b_{closed}": "PO Lama sudah ditutup",
        "x" * 64: "tidak berlaku",
    }
    for payload, sentence in links.items():
        await rina.start(payload)
        await rina.sees(sentence, "Mau berapa")
        await floor.settled()
        assert len(await new(rina)) == 1, payload
        await floor.budi.start(payload)
        await floor.settled()
        assert len(await new(floor.budi)) == 1, payload
    await rina.say("1")
    await rina.sees("Ada catatan")


async def new(person: Person) -> list[Message]:
    """What the bot said since one's own last action."""
    return [one for one in await person.messages() if one.by_bot and one.change > person.since]


# --- hostile texts -----------------------------------------------------------------------------------------------


async def test_hostile_texts_are_shown_as_they_were_written(tmp_path: Path) -> None:
    """A name, wish, address and product that look like code are read literally by buyer and seller, on every screen,
    under buttons too."""
    products = ((HOSTILE[:6], f"Tas {HOSTILE}", ((f"Merah {HOSTILE}", 90_000),)), PRODUCTS[1])
    async with open_floor(tmp_path, products) as floor:
        buyer = await floor.world.add_person(7100, HOSTILE, language_code="id")
        await buyer.start()
        await buyer.sees(HOSTILE)
        await open_batch(floor, title=f"PO {HOSTILE}", products=(f"Tas {HOSTILE}",))
        await buyer.sees(f"PO {HOSTILE}", f"Tas {HOSTILE}")
        await buyer.say("/catalog")
        await buyer.press(f"Pesan Tas {HOSTILE}")
        await buyer.sees("Mau berapa", f"Tas {HOSTILE} Merah {HOSTILE}")
        for answer, screen in (
            ("1", "Ada catatan"),
            (HOSTILE, "Dikirim ke mana"),
            (f"Nama: {NAME}\nNo HP: 081234567890\nAlamat: {STREET}", "Cek dulu"),
        ):
            await buyer.say(answer)
            await buyer.sees(screen)
        await buyer.sees(f"Catatan: {HOSTILE}", f"Jl. {NAME} No. 1", "Sukajadi", NAME)
        await buyer.say("konfirmasi pesanan")
        placed = await buyer.sees("sudah masuk, Kak", HOSTILE)
        code = next(word for word in placed.text.split() if word.startswith("PO-"))
        await buyer.send_photo(make_png(seed=8))
        await floor.sari.sees("Bukti transfer", code, f"({HOSTILE})", f"Tas {HOSTILE}")
        await floor.sari.press(f"Terima {code}")
        await floor.sari.sees("diterima oleh Sari", HOSTILE)
        await buyer.say("/orders")
        await buyer.sees(code, f"Catatan: {HOSTILE}")
        for command in ("/recap", "/close"):
            await floor.sari.say(command)
            await floor.sari.sees(HOSTILE)
        await floor.sari.say("ya")
        await floor.sari.sees("Rekap produksi", f"Merah {HOSTILE}, {HOSTILE}")
        for said, shown in (("/stage", "tahap apa"), ("siap kirim", "Pindahkan"), ("ya", "sekarang di tahap")):
            await floor.sari.say(said)
            await floor.sari.sees(f"PO {HOSTILE}", shown)
        await buyer.sees(f"PO {HOSTILE}", "siap kirim")
        await floor.sari.say("/ship")
        await floor.sari.sees(code, NAME)
        await floor.advance(timedelta(days=1))
        assert floor.books.value("SELECT COUNT(*) FROM outbox WHERE state = 'failed'") == 0
        assert floor.books.value("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0
        floor.books.balance()
