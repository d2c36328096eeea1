"""Whatever arrives, the answer is one clear sentence, and nothing entered before is lost (product 11)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import pytest

from tests.journeys.floor import ADDRESS, Floor, open_batch, order_one
from tests.journeys.oddities import (
    CONTACT,
    FILES,
    NO_ADDRESS,
    NO_CHOICE,
    NO_NAME,
    NO_PHONE,
    NO_QUANTITY,
    NO_STREET,
    NO_WISH,
    UNREADABLE,
    Odd,
    answered,
    fresh,
    sent,
    typed,
)
from tests.people import Person, make_png

BUYER: Final = UNREADABLE | FILES
STREET: Final = "Jl. Melati No. 5 RT 02/RW 03, Sukajadi, Bandung 40162"
PARTS: Final = ("Jl. Melati No. 5", "RT 02/RW 03", "Sukajadi", "Kota Bandung", "40162")


@dataclass(frozen=True)
class Stop:
    """A screen on the way: what it says, what is typed to go on, what is no answer here."""

    screen: str
    answer: str
    odd: dict[str, Odd] = field(default_factory=dict)


PRODUCT = Stop("Mau pesan yang mana", "Pashmina Ceruty", NO_CHOICE | BUYER | CONTACT)
VARIANT = Stop("Pilih variannya", "Sage", NO_CHOICE | BUYER | CONTACT)
QUANTITY = Stop("Mau berapa", "2", NO_QUANTITY | BUYER | CONTACT)
WISH = Stop("Ada catatan", "Bordir nama Aisyah", NO_WISH | BUYER | CONTACT)
TO_ADDRESS = (PRODUCT, VARIANT, QUANTITY, WISH)
ASKED_ADDRESS = Stop("Dikirim ke mana", f"Alamat: {STREET}", NO_ADDRESS | BUYER)
RECIPIENT = Stop("Atas nama siapa", "Rina Wulandari", NO_NAME | BUYER)
PHONE = Stop("Nomor HP yang bisa dihubungi", "0812-3456-7890", NO_PHONE | BUYER)
REVIEW = Stop("Cek dulu", "Ubah", NO_CHOICE | BUYER | CONTACT)
CHANGES = Stop("Apa yang mau diubah, Kak", "1", NO_CHOICE | BUYER | CONTACT)
ASKED_STREET = Stop("Alamat lengkapnya di mana", STREET, NO_STREET | BUYER | CONTACT)

TO_REVIEW = (*TO_ADDRESS, ASKED_ADDRESS, RECIPIENT, PHONE)
LINE = Stop("Hapus item", "kembali", NO_CHOICE | BUYER | CONTACT)
PATHS: Final[dict[str, tuple[Sequence[Stop], Stop]]] = {
    "product": ((), PRODUCT),
    "variant": (TO_ADDRESS[:1], VARIANT),
    "quantity": (TO_ADDRESS[:2], QUANTITY),
    "wish": (TO_ADDRESS[:3], WISH),
    "address": (TO_ADDRESS, ASKED_ADDRESS),
    "recipient": (TO_REVIEW[:5], RECIPIENT),
    "phone": (TO_REVIEW[:6], PHONE),
    "street": ((*TO_ADDRESS, Stop("Dikirim ke mana", "Nama: Rina Wulandari\nNo HP: 0812-3456-7890")), ASKED_STREET),
    "review": (TO_REVIEW, REVIEW),
    "change": ((*TO_REVIEW, REVIEW), CHANGES),
    "change a line": ((*TO_REVIEW, REVIEW, CHANGES), LINE),
}
# From any of these screens, what is typed to the end.
GO_ON: Final = {
    **{stop.screen: stop.answer for stop in (*TO_REVIEW, ASKED_STREET)},
    "Hapus item": "kembali",
    "Apa yang mau diubah, Kak": "kembali",
    "Cek dulu": "Konfirmasi pesanan",
}


async def walk(person: Person, stops: Sequence[Stop]) -> None:
    """Type one's way along the screens."""
    for stop in stops:
        await person.sees(stop.screen)
        await person.say(stop.answer)


async def finish(floor: Floor, person: Person) -> None:
    """Go on from whatever screen is there, until the order is placed."""
    while True:
        await floor.settled()
        shown = (await person.last()).visible()
        if "sudah masuk, Kak" in shown:
            return
        answer = next(answer for screen, answer in GO_ON.items() if screen.casefold() in shown.casefold())
        before = await person.last()
        await person.say(answer)
        await person.sees_other_than(before)


def step_of(floor: Floor, person: Person) -> str:
    """The half-finished work of a person, as it is kept."""
    return str(floor.books.value("SELECT step FROM sessions WHERE person_id = ?", person.id))


@pytest.mark.parametrize("place", PATHS)
async def test_nothing_that_a_buyer_sends_loses_the_order(floor: Floor, place: str) -> None:
    """At each screen every odd thing gets one sentence and the screen again, and the order is finished as begun."""
    before, here = PATHS[place]
    await open_batch(floor)
    await floor.rina.say("/order")
    await walk(floor.rina, before)
    await floor.rina.sees(here.screen)
    draft = step_of(floor, floor.rina)
    for name, odd in here.odd.items():
        await answered(floor, floor.rina, name, odd, here.screen)
        assert step_of(floor, floor.rina) == draft, name
    await finish(floor, floor.rina)
    (order,) = floor.books.rows("SELECT recipient, phone, street, rt_rw, district, city, postcode FROM orders")
    assert tuple(order) == ("Rina Wulandari", "+6281234567890", *PARTS)
    (line,) = floor.books.rows("SELECT variant, quantity, wish FROM lines")
    assert tuple(line) == ("Sage", 2, "Bordir nama Aisyah")
    assert floor.books.value("SELECT COUNT(*) FROM payments") == 0
    floor.books.balance()


async def test_a_saved_address_is_picked_whatever_came_before(floor: Floor) -> None:
    """Among saved addresses an odd thing gets one answer and the list again."""
    rina = floor.rina
    await open_batch(floor)
    await order_one(rina)
    await rina.say("/order")
    await walk(rina, TO_ADDRESS)
    screen = "Rina Wulandari, 0812-3456-7890"
    await rina.sees(screen)
    # There is an order to pay now, so that a file is its proof and not odd.
    for name, odd in (NO_ADDRESS | UNREADABLE | CONTACT).items():
        await answered(floor, rina, name, odd, screen)
    await rina.say("1")
    await rina.sees("Cek dulu", "Bordir nama Aisyah")
    await rina.say("konfirmasi pesanan")
    await rina.sees("sudah masuk, Kak")
    assert floor.books.value("SELECT COUNT(*) FROM orders") == 2
    floor.books.balance()


async def test_a_proof_is_taken_in_the_middle_of_another_order(floor: Floor) -> None:
    """An album, a PDF and a photo are kept as proofs of the unpaid order, each kind answered once, and the next order
    goes on."""
    rina = floor.rina
    await open_batch(floor)
    code = await order_one(rina)
    await rina.say("/order")
    await walk(rina, TO_ADDRESS[:2])
    await rina.sees(QUANTITY.screen)
    taken = f"Bukti untuk {code} sudah kami terima"
    odd = {
        "album": Odd(FILES["album"].do, taken),
        "pdf": sent("document", taken, filename="bukti.pdf"),
        "photo": Odd(lambda person: person.send_photo(make_png(seed=9)), taken),
    }
    for name, one in odd.items():
        await answered(floor, rina, name, one, QUANTITY.screen)
    assert floor.books.value("SELECT COUNT(*) FROM payments WHERE state = 'claimed'") == 5
    await rina.say("2")
    await rina.sees(WISH.screen)
    floor.books.balance()


async def test_at_home_everything_is_answered_once(floor: Floor) -> None:
    """Where nothing is being asked, an odd thing still gets one answer and leaves nothing behind."""
    await floor.rina.start()
    await floor.rina.sees("selamat datang")
    at_home = {text: typed(text, "Saya belum paham, Kak") for text in ("0", "-1", "1e9", "🎉", "<b>x</b> &", "{{7*7}}")}
    at_home["5,000 characters"] = typed("a" * 5000, "Saya belum paham, Kak", parts=2)
    for name, odd in (at_home | UNREADABLE | FILES | CONTACT).items():
        await answered(floor, floor.rina, name, odd, odd.says)
    assert floor.books.value("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0


# --- buttons that no screen shows --------------------------------------------------------------------------------

OLD: Final = "Tombol ini sudah lama"
FORGED: Final = (
    *("s", "s:", "s:1", "s:-1:x", "s:x:1", "s:²:1", f"s:{'9' * 30}:1", "s:0:1", "a", "a:", "a:nothing", "a:pay"),
    *("a:pay:x:y", "a:order_product:x", "a:language:tlh", "b:1:2", ":::", "x" * 64, "x" * 5000, "🙈" * 16),
    *("' OR 1=1 --", "s:1:" + "9" * 5000, "a:order_in:" + "y" * 500, "\u0000", "<b>"),
)
REFUSED: Final = ("a:proof_ok:x", "a:proof_no:x", "a:proof_other:x", "a:seller:open", "a:seller:nothing")
FOREIGN: Final = ("a:pay:x", "a:cancel_order:x", "a:cancel_sure:x", "a:keep_order:x", "a:proof_for:x:y")


async def test_a_forged_button_does_nothing(floor: Floor) -> None:
    """Button data of every shape is answered over the chat, changes nothing, and leaves the order where it was."""
    rina = floor.rina
    await open_batch(floor)
    await rina.say("/order")
    await walk(rina, TO_ADDRESS[:2])
    screen = await rina.sees(QUANTITY.screen)
    draft = step_of(floor, rina)
    for data in (*FORGED, *REFUSED, *FOREIGN):
        await rina.forge(screen, data)
        toast = await rina.toast()
        await floor.settled()
        wanted = OLD if data in FORGED else "khusus pengelola toko" if data in REFUSED else "tidak ada di daftar"
        assert wanted in toast, f"{data[:40]!r}: {toast}"
        assert step_of(floor, rina) == draft, data
        again = [one for one in await fresh(rina) if QUANTITY.screen in one.text]
        assert len(again) == (data not in FOREIGN), data
    revision = floor.books.value("SELECT revision FROM sessions WHERE person_id = ?", rina.id)
    for value in ("", "nothing", "back:back", "-1", "0", "1e9", "<b>"):
        await rina.forge(screen, f"s:{revision}:{value}")
        await rina.toast()
        await floor.settled()
        assert step_of(floor, rina) == draft, value
    for count in ("SELECT COUNT(*) FROM orders", "SELECT COUNT(*) FROM payments", "SELECT COUNT(*) FROM addresses"):
        assert floor.books.value(count) == 0
    await rina.say("2")
    await rina.sees(WISH.screen)


async def test_two_phones_pressing_at_once_is_one_press(floor: Floor) -> None:
    """Of two answers to one screen the first counts; the other phone is told, and one order comes of it."""
    rina = floor.rina
    await open_batch(floor)
    await rina.say("/order")
    await walk(rina, TO_ADDRESS[:2])
    screen = await rina.sees(QUANTITY.screen)
    await asyncio.gather(rina.press("1", screen), rina.press("2", screen))
    await rina.sees(WISH.screen)
    await rina.press("Tanpa catatan")
    await rina.sees("Dikirim ke mana")
    await rina.say(ADDRESS)
    review = await rina.sees("Cek dulu")
    assert any(f"{n} × Rp 75.000" in review.visible() for n in (1, 2))
    confirm = review.button("Konfirmasi pesanan")
    assert confirm is not None
    await asyncio.gather(*(rina.forge(review, confirm.callback) for _ in range(3)))
    await rina.sees("sudah masuk, Kak")
    await floor.settled()
    placed = [one for one in await rina.messages() if one.by_bot and "sudah masuk, Kak" in one.text]
    assert len(placed) == 1
    assert floor.books.value("SELECT COUNT(*) FROM orders") == 1
    assert floor.books.value("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0
    floor.books.balance()


# --- sellers -----------------------------------------------------------------------------------------------------

AT_THE_COUNTER: Final = (
    UNREADABLE
    | CONTACT
    | {
        "pdf": sent("document", "File ini tidak bisa dipakai di sini", filename="bukti.pdf"),
        "photo": Odd(lambda person: person.send_photo(make_png(seed=3)), "File ini tidak bisa dipakai di sini"),
    }
)
OPENING: Final = (
    Stop("Produk mana yang dibuka", "Nastar", {"dua": typed("dua", "tidak ada di pilihan")}),
    Stop("✅ Nastar", "Selesai", {"0": typed("0", "tidak ada di pilihan")}),
    Stop("Apa judul PO-nya", "PO <Gajian> & Co", {"long": typed("a" * 5000, "Paling panjang", 2)}),
    Stop(
        "Berapa slot semuanya",
        "50",
        {
            "0": typed("0", "terlalu sedikit"),
            "-1": typed("-1", "terlalu sedikit"),
            "1e9": typed("1e9", "belum terbaca sebagai angka"),
            "billion": typed("1000000000", "terlalu banyak"),
            "html": typed("<b>5</b>", "belum terbaca sebagai angka"),
            "emoji": typed("🎉", "belum terbaca sebagai angka"),
            "long": typed("a" * 5000, "belum terbaca sebagai angka", 2),
        },
    ),
    Stop("Paling sedikit berapa", "1", {"51": typed("51", "terlalu banyak")}),
    Stop("Paling banyak berapa", "Tanpa batas", {"0": typed("0", "terlalu sedikit")}),
    Stop("Pembeli bayar berapa dulu", "50%", {"150%": typed("150%", "terlalu besar"), "50": typed("50", "persen")}),
    Stop("di-keep berapa lama", "24 jam", {"long": typed("9 tahun", "belum terbaca")}),
    Stop(
        "Kapan PO dibuka",
        "Sekarang",
        {"past": typed("1 jan 2020 10.00", "sudah lewat"), "word": typed("entah", "belum terbaca sebagai waktu")},
    ),
    Stop("Kapan ditutup", "3 hari lagi 21.00", {"past": typed("kemarin", "")}),
    Stop("Berapa hari pembuatannya", "7", {"-1": typed("-1", "terlalu sedikit")}),
    Stop("di jalan", "3", {"99 days": typed("99", "terlalu banyak")}),
    Stop("minimal total", "1jt", {"word": typed("banyak", "belum terbaca")}),
    Stop("target penjualan", "lewati", {"below the minimum": typed("500rb", "lebih kecil dari minimal")}),
    Stop("pemesan pertama", "5 pertama: gratis bros", {"percent": typed("5 pertama: potong 10%", "persen")}),
    Stop("Sudah pas, Kak", "Konfirmasi", {"word": typed("mungkin", "Tekan salah satu tombol")}),
)


async def test_nothing_that_a_seller_sends_loses_the_opening(floor: Floor) -> None:
    """At each question of /open odd things get one sentence and the question again, and the batch opens as entered."""
    sari = floor.sari
    await sari.say("/open")
    for place, stop in enumerate(OPENING):
        await sari.sees(stop.screen)
        draft = step_of(floor, sari)
        # The things that no question can use are the same everywhere: each is tried at some.
        unreadable = dict(list(AT_THE_COUNTER.items())[place % 3 :: 3])
        for name, odd in (stop.odd | unreadable).items():
            await answered(floor, sari, name, odd, stop.screen)
            assert step_of(floor, sari) == draft, name
        await sari.say(stop.answer)
    await sari.sees("PO <Gajian> & Co", "dibuka sampai")
    (batch,) = floor.books.rows("SELECT title, state, quota FROM batches")
    assert tuple(batch) == ("PO <Gajian> & Co", "open", 50)
