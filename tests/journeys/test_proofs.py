"""Proofs: taken in any state and matched to the order they answer (product 4)."""

from __future__ import annotations

import pytest

from tests.journeys.floor import Floor, open_batch
from tests.journeys.walking import accept, claims, code_in, due, newcomers, order, pay, walk_to
from tests.people import make_png

PDF = b"%PDF-1.4 bukti"


async def two_unpaid(floor: Floor) -> tuple[str, str]:
    """Rina has two unpaid orders."""
    await open_batch(floor)
    return await order(floor.rina), await order(floor.rina, quantity="2", address="1")


# --- which order -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["button", "number", "code", "bare code"])
async def test_with_two_unpaid_orders_the_buyer_says_which(floor: Floor, how: str) -> None:
    """The picture is kept at once; pressed, by number or by code, the second order gets it and the seller the card."""
    first, second = await two_unpaid(floor)
    await floor.rina.send_photo(make_png(seed=1))
    await floor.rina.sees("pesanan yang mana", first, second, "Rp 55.000", "Rp 110.000")
    assert not [message for message in await floor.sari.messages() if "Bukti transfer" in message.text]
    if how == "button":
        await floor.rina.press(second)
    else:
        await floor.rina.say({"number": "2", "code": second.lower(), "bare code": second.removeprefix("PO-")}[how])
    await floor.rina.sees(f"Bukti untuk {second}")
    await floor.sari.sees("Bukti transfer", second, "Rp 110.000")
    assert claims(floor) == [(second, "claimed")]
    await accept(floor.sari, second)
    assert due(floor, first) == 110_000
    floor.books.balance()


async def test_a_caption_names_the_order(floor: Floor) -> None:
    """A code in the caption, in any case and with words around it, is enough."""
    first, _ = await two_unpaid(floor)
    await floor.rina.send_photo(make_png(seed=1), caption=f"ini kak untuk {first.lower()} ya")
    await floor.rina.sees(f"Bukti untuk {first}")
    assert claims(floor) == [(first, "claimed")]


async def test_a_reply_names_the_order(floor: Floor) -> None:
    """A proof sent as a reply to what the bot said of an order is for that order."""
    await open_batch(floor)
    first = await order(floor.rina)
    said = await floor.rina.last()
    await order(floor.rina, quantity="2", address="1")
    await floor.rina.send_photo(make_png(seed=1), reply_to=said.id)
    await floor.rina.sees(f"Bukti untuk {first}")
    assert claims(floor) == [(first, "claimed")]


async def test_a_code_of_somebody_else_names_nothing(floor: Floor) -> None:
    """A proof with another buyer's code goes to one's own unpaid order."""
    await open_batch(floor)
    dewi = (await newcomers(floor, 1))[0]
    theirs = await order(dewi)
    mine = await order(floor.rina)
    await floor.rina.send_photo(make_png(seed=1), caption=theirs)
    await floor.rina.sees(f"Bukti untuk {mine}")
    assert claims(floor) == [(mine, "claimed")]


async def test_a_proof_without_any_order_is_answered(floor: Floor) -> None:
    """Nothing is due: one sentence, and nothing for the seller to judge."""
    await floor.rina.send_photo(make_png(seed=1))
    await floor.rina.sees("tidak ada pesanan Kakak yang perlu dibayar")
    assert claims(floor) == []


# --- what a proof can be -----------------------------------------------------------------------------------------


async def test_a_pdf_is_a_proof(floor: Floor) -> None:
    """The bank's PDF arrives at the seller as the document it is."""
    await open_batch(floor)
    code = await order(floor.rina)
    await floor.rina.send_document(PDF, "Bukti.PDF", "application/pdf")
    await floor.rina.sees(f"Bukti untuk {code}")
    card = await floor.sari.sees("Bukti transfer", code, "Terima")
    assert card.document == "Bukti.PDF"
    await accept(floor.sari, code)
    floor.books.balance()


async def test_an_album_is_answered_once(floor: Floor) -> None:
    """Two pictures sent together: both reach the seller, the buyer is answered once."""
    await open_batch(floor)
    code = await order(floor.rina)
    for seed in (1, 2):
        await floor.rina.send_photo(make_png(seed=seed), album="album-1")
    await floor.settled()
    answers = [message for message in await floor.rina.messages() if f"Bukti untuk {code}" in message.text]
    cards = [message for message in await floor.sari.messages() if "Bukti transfer" in message.text and message.photo]
    assert (len(answers), len(cards)) == (1, 2)
    await accept(floor.sari, code)
    assert due(floor, code) == 55_000
    floor.books.balance()


@pytest.mark.parametrize(
    ("kind", "content", "more", "answer"),
    [
        ("document", b"MZ", {"filename": "bukti.exe"}, "sebagai foto atau PDF"),
        ("document", b"video", {"filename": "bukti.mp4", "mime": "video/mp4"}, "sebagai foto atau PDF"),
        ("video", b"video", {}, "kirim foto kalau itu bukti transfer"),
        ("document", b"", {"filename": "bukti.pdf"}, "Filenya kosong"),
        ("document", PDF, {"filename": "bukti.pdf", "size": 25 * 1024 * 1024}, "paling besar 20 MB"),
    ],
)
async def test_what_is_no_proof_is_refused_in_one_sentence(
    floor: Floor, kind: str, content: bytes, more: dict[str, object], answer: str
) -> None:
    """Programs, videos, empty and huge files: one message, no claim, and a photo afterwards is taken."""
    await open_batch(floor)
    code = await order(floor.rina)
    before = len(await floor.rina.messages())
    await floor.rina.send(kind, content, **more)
    await floor.rina.sees(answer)
    await floor.settled()
    assert len(await floor.rina.messages()) == before + 2
    assert claims(floor) == []
    await pay(floor.rina, code)


# --- in the middle of something else -----------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["product", "quantity", "wish", "address", "review"])
async def test_a_proof_in_the_middle_of_the_next_order(floor: Floor, step: str) -> None:
    """It is taken, and the same question is asked again; the draft goes on where it was."""
    await open_batch(floor)
    code = await order(floor.rina)
    screen = await walk_to(floor.rina, step)
    await floor.rina.send_photo(make_png(seed=1))
    await floor.rina.sees(f"Bukti untuk {code}")
    again = await floor.rina.sees(screen.text)
    assert again.id > screen.id
    await floor.sari.sees("Bukti transfer", code)
    answers = {"product": "Nastar Wisman", "quantity": "1", "wish": "Tanpa catatan", "address": "1"}
    for name in list(answers)[list(answers).index(step) if step in answers else len(answers) :]:
        before = await floor.rina.last()
        await floor.rina.say(answers[name])
        await floor.rina.sees_other_than(before)
    await floor.rina.sees("Cek dulu")
    await floor.rina.press("Konfirmasi pesanan")
    assert code_in(await floor.rina.sees("sudah masuk, Kak")) != code
    floor.books.balance()


async def test_a_seller_who_is_opening_a_batch_still_gets_and_sends_proofs(floor: Floor) -> None:
    """A card in the middle of /open is judged by button; a seller's own proof, as a buyer, is taken there too."""
    await open_batch(floor, title="PO Satu")
    await floor.sari.sees("PO Satu", "sudah buka")
    theirs, own = await order(floor.rina), await order(floor.sari)
    await floor.sari.say("/open")
    await floor.sari.sees("Buka PO baru")
    await floor.sari.press("Pashmina Ceruty")
    await floor.sari.sees("✅ Pashmina")
    await floor.sari.press("Selesai")
    await floor.sari.sees("Apa judul PO-nya")
    await pay(floor.rina, theirs)
    await floor.sari.sees("Bukti transfer", theirs)
    await floor.sari.press(f"Terima {theirs}")
    await floor.sari.sees(theirs, "diterima oleh")
    await floor.sari.send_photo(make_png(seed=9))
    await floor.sari.sees(f"Bukti untuk {own}")
    await floor.sari.sees("Apa judul PO-nya")
    await floor.sari.say("PO Dua")
    await floor.sari.sees("Berapa slot")
    assert sorted(claims(floor)) == sorted([(theirs, "confirmed"), (own, "claimed")])
    floor.books.balance()
