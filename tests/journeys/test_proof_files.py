"""Proofs that come as files: those who judge get the picture, and nothing of what the camera wrote (issue 3)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.outside import Outside
from bot.photo_file import undress
from bot.rounds import Engine
from tests.camera import SECRETS, claiming, photographed
from tests.journeys.floor import Floor, open_batch, open_floor
from tests.journeys.test_proofs import two_unpaid
from tests.journeys.walking import accept, bought, claims, newcomers, order
from tests.people import Message, Person, make_png, until

HEIC = b"\x00\x00\x00\x18ftypheic" + b"".join(SECRETS)


async def card_of(floor: Floor, code: str) -> tuple[Message, bytes]:
    """The seller's card, and what her phone loads with it."""
    card = await floor.sari.sees("Bukti transfer", code, "Terima")
    return card, await floor.sari.fetch(card)


async def test_a_picture_file_is_judged_without_what_the_camera_wrote(floor: Floor) -> None:
    """Place and owner are gone for who judges, at once and in /proofs; the picture is the same to the byte, and a
    second buyer who sends the same file is still found out."""
    await open_batch(floor)
    code = await order(floor.rina)
    await floor.rina.send_document(photographed(), "IMG_2041.JPG", "image/jpeg")
    answer = await floor.rina.sees(f"Bukti untuk {code} sudah kami terima")
    assert "foto, bukan file" not in answer.text
    card, content = await card_of(floor, code)
    assert content == undress(photographed())
    assert card.document.endswith(".jpg")
    dewi = (await newcomers(floor, 1))[0]
    theirs = await order(dewi)
    await dewi.send_document(photographed(), "IMG_2041.JPG", "image/jpeg")
    again = await floor.sari.sees("Bukti transfer", theirs, "File yang sama pernah dikirim", code)
    assert await floor.sari.fetch(again) == content
    await floor.sari.say("/proofs")
    for number, one in enumerate((code, theirs), start=1):
        shown = await floor.sari.sees(f"({number} dari 2)", one)
        assert await floor.sari.fetch(shown) == content
    await accept(floor.sari, code)
    # Telegram has the copies: the books need not.
    assert floor.books.rows("SELECT id FROM media WHERE content IS NOT NULL") == []
    floor.books.balance()


class Dressing(App):
    """A bot that takes nothing out of a picture."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        beat = partial(self.pulse.beat, "engine")
        outside = Outside(self.api, undress=lambda content: content)
        self.engine = Engine(self.database, self.house, self.clock.now, self._committed, beat=beat, outside=outside)
        self.receiver = self._receiver()


async def test_without_undressing_the_seller_would_learn_where_the_buyer_lives(tmp_path: Path) -> None:
    """The control: the same file through a bot that leaves pictures as they are."""
    async with open_floor(tmp_path, bot=Dressing) as floor:
        await open_batch(floor)
        code = await order(floor.rina)
        await floor.rina.send_document(photographed(), "IMG_2041.JPG", "image/jpeg")
        _, content = await card_of(floor, code)
        assert all(secret in content for secret in SECRETS)


@pytest.mark.parametrize("how", ["button", "bare code"])
async def test_a_picture_file_waits_undressed_for_its_order(floor: Floor, how: str) -> None:
    """With two unpaid orders it is asked which; pressed or typed, the card then comes with the bare picture."""
    _, second = await two_unpaid(floor)
    await floor.rina.send_document(photographed(), "bukti.jpeg", "image/jpeg")
    await floor.rina.sees("pesanan yang mana")
    if how == "button":
        await floor.rina.press(second)
    else:
        await floor.rina.say(second.removeprefix("PO-"))
    await floor.rina.sees(f"Bukti untuk {second}")
    _, content = await card_of(floor, second)
    assert content == undress(photographed())
    assert claims(floor) == [(second, "claimed")]


@pytest.mark.parametrize("what", ["gone", "HEIC", "bomb", "damaged", "no PDF"])
async def test_a_file_that_cannot_be_undressed_is_shown_to_nobody_and_the_proof_counts(floor: Floor, what: str) -> None:
    """It is kept at once, the buyer is asked for a photo in the same message, the seller can judge by her account."""
    files = {
        "gone": (photographed(), "bukti.jpg"),
        "HEIC": (HEIC, "IMG_2041.HEIC"),
        "bomb": (claiming(50_000, 50_000, 2_000_000), "bukti.png"),
        "damaged": (photographed()[:-900], "bukti.jpg"),
        "no PDF": (HEIC, "bukti.pdf"),
    }
    await open_batch(floor)
    code = await order(floor.rina)
    if what == "gone":
        await floor.world.fault("500", method="getfile")
    await floor.rina.send_document(*files[what])
    await floor.rina.sees(f"Bukti untuk {code} sudah kami terima", "Kirim sekali lagi sebagai foto, bukan file")
    card = await floor.sari.sees("Bukti transfer", code, "Filenya tidak bisa dibuka", "Terima")
    assert (card.document, card.photo) == ("", False)
    assert claims(floor) == [(code, "claimed")]
    await accept(floor.sari, code)
    judged = [message for message in await floor.sari.messages() if message.id == card.id]
    assert "diterima oleh" in judged[0].text
    assert judged[0].buttons == []
    assert not any(message.document for message in await floor.sari.messages())
    floor.books.balance()


async def test_a_file_that_telegram_gives_at_the_second_try_is_shown(floor: Floor) -> None:
    """A stumble of the network costs half a second and no proof."""
    await open_batch(floor)
    code = await order(floor.rina)
    await floor.world.fault("502", method="getfile", times=1)
    await floor.rina.send_document(make_png(seed=4), "bukti.png", "image/png")
    await floor.rina.sees(f"Bukti untuk {code} sudah kami terima")
    card, content = await card_of(floor, code)
    assert content == make_png(seed=4)
    assert card.document.endswith(".png")


async def test_files_wait_as_long_as_telegram_says(floor: Floor) -> None:
    """After a 429 nobody's file is asked for before the time is over; then a buyer's proof is shown, and the seller's
    sheet is read at its first try."""
    await open_batch(floor)
    code = await order(floor.rina)
    await floor.world.fault("429", method="getfile", retry_after=2, times=1)
    await floor.rina.send_document(photographed(), "bukti.jpg", "image/jpeg")
    await until(partial(told_to_wait, floor), 10, "nobody is told to wait")
    csv = "kode;produk;varian;harga;berat\nnastar;Nastar Wisman;Toples 500 g;120000;200\n"
    await floor.sari.send_document(csv.encode(), "katalog.csv", "text/csv")
    await floor.sari.sees("Rp 110.000 → Rp 120.000")
    _, content = await card_of(floor, code)
    assert content == undress(photographed())
    told, *later = await floor.world.calls("getFile")
    assert [call["status"] for call in (told, *later)] == [429, 200, 200]
    assert all(call["at"] >= told["at"] + told["took"] + 2 for call in later)
    assert floor.books.value("SELECT MAX(attempts) FROM inbox") == 0


async def told_to_wait(floor: Floor) -> bool:
    """Has a file been refused with a 429?"""
    return [call["status"] for call in await floor.world.calls("getFile")] == [429]


async def send_back(floor: Floor) -> tuple[Person, str]:
    """A paid order is cancelled: Sari stands at the question for the picture of the refund."""
    await open_batch(floor)
    rina, sari = floor.rina, floor.sari
    code = await bought(floor, rina)
    await rina.say("/orders")
    await rina.press(f"Batalkan {code}")
    await rina.press(f"Ya, batalkan {code}")
    await rina.sees(code, "sudah dibatalkan")
    await sari.say("/refunds")
    await sari.press(f"Sudah dikembalikan {code}")
    await sari.sees("Kirim foto bukti transfernya", "Tanpa foto", "Batal")
    return sari, code


async def test_a_picture_of_a_refund_is_wanted_as_a_photo(floor: Floor) -> None:
    """Sent as a file it would tell the buyer where the seller was: one sentence, the question stays, and the photo
    settles it."""
    sari, code = await send_back(floor)
    before = len(await floor.rina.messages())
    await sari.send_document(photographed(), "IMG_2041.JPG", "image/jpeg")
    await sari.sees("Kirim sebagai foto ya, Kak, bukan sebagai file")
    assert len(await floor.rina.messages()) == before
    assert [row["state"] for row in floor.books.rows("SELECT state FROM refunds")] == ["owed"]
    await sari.send_photo(make_png(seed=2))
    got = await floor.rina.sees(code, "sudah dikembalikan penjual")
    assert got.photo
    assert [row["state"] for row in floor.books.rows("SELECT state FROM refunds")] == ["paid"]
    floor.books.balance()
