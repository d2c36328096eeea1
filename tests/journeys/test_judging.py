"""Proofs judged: amounts as they arrived, each transfer booked once, by one seller (product 5)."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sandbox.scenes import SARI
from tests.journeys.floor import Floor, open_batch, open_floor
from tests.journeys.walking import accept, bought, claims, close_by_hand, due, newcomers, order, other_amount, pay
from tests.people import make_png

SECOND_SELLER = 7801


# --- amounts -----------------------------------------------------------------------------------------------------


async def test_the_balance_is_paid_later_by_a_second_proof(floor: Floor) -> None:
    """After closing, the rest: the card expects just that, and with it the order is paid in full."""
    await open_batch(floor)
    code = await bought(floor, floor.rina, quantity="2")
    assert due(floor, code) == 110_000
    await close_by_hand(floor.sari)
    await floor.rina.say("/orders")
    await floor.rina.sees(code, "Sisa Rp 110.000")
    await pay(floor.rina, code, seed=2)
    await floor.sari.sees("Bukti transfer", code, "Seharusnya Rp 110.000", "sudah masuk Rp 110.000")
    await accept(floor.sari, code)
    await floor.rina.sees(code, "lunas")
    assert due(floor, code) == 0
    floor.books.balance()
    await floor.rina.send_photo(make_png(seed=3))
    await floor.rina.sees("tidak ada pesanan Kakak yang perlu dibayar")


async def test_too_much_is_booked_as_it_arrived(floor: Floor) -> None:
    """More than the whole: paid in full, and the buyer reads how much is over."""
    await open_batch(floor)
    code = await order(floor.rina)
    await pay(floor.rina, code)
    await other_amount(floor.sari, code, "150rb")
    await floor.rina.sees(code, "Rp 150.000", "lunas", "lebih Rp 40.000")
    assert due(floor, code) == -40_000
    floor.books.balance()


async def test_three_instalments_add_up(floor: Floor) -> None:
    """Any number of payments of any size: what is due is always the total less what was confirmed."""
    await open_batch(floor)
    code = await order(floor.rina)
    for seed, (amount, rest) in enumerate((("30rb", 80_000), ("25rb", 55_000), ("55rb", 0))):
        await pay(floor.rina, code, seed)
        await other_amount(floor.sari, code, amount)
        assert due(floor, code) == rest
        floor.books.balance()
    await floor.rina.sees("lunas")


async def test_two_pictures_of_one_transfer_are_not_booked_twice(floor: Floor) -> None:
    """Both wait; after the first is confirmed the second asks the seller what arrived instead of booking it again."""
    await open_batch(floor)
    code = await order(floor.rina)
    for seed in (1, 2):
        await pay(floor.rina, code, seed)
    await floor.settled()
    cards = [message for message in await floor.sari.messages() if message.button(f"Terima {code}")]
    assert len(cards) == 2
    await floor.sari.press(f"Terima {code}", cards[0])
    await floor.sari.sees(code, "diterima oleh Sari")
    await floor.sari.press(f"Terima {code}", cards[1])
    await floor.sari.sees(code, "Rp 55.000", "sudah diterima", "benar-benar masuk")
    assert due(floor, code) == 55_000
    await floor.sari.press(f"Tolak {code}", cards[1])
    await floor.sari.sees("Kenapa", code)
    await floor.sari.say("Foto yang sama, Kak")
    await floor.rina.sees(code, "Foto yang sama, Kak")
    assert sorted(claims(floor)) == [(code, "confirmed"), (code, "rejected")]
    floor.books.balance()


# --- triage and judging ------------------------------------------------------------------------------------------


async def test_the_same_file_for_another_order_is_flagged(floor: Floor) -> None:
    """The seller's card says for which order the same picture was sent before."""
    await open_batch(floor)
    dewi = (await newcomers(floor, 1))[0]
    first = await bought(floor, floor.rina, seed=7)
    second = await order(dewi)
    await pay(dewi, second, seed=7)
    await floor.sari.sees("Bukti transfer", second, "File yang sama pernah dikirim untuk", first)


async def test_two_sellers_confirm_at_once_and_one_wins(tmp_path: Path) -> None:
    """The money is booked once; the other seller reads who was first, and both cards lose their buttons."""
    async with open_floor(tmp_path, OWNER_IDS=f"{SARI},{SECOND_SELLER}") as floor:
        dian = await floor.world.add_person(SECOND_SELLER, "Dian", language_code="id")
        await dian.start()
        await open_batch(floor)
        code = await order(floor.rina)
        await pay(floor.rina, code)
        sellers = (floor.sari, dian)
        cards = [await seller.sees("Bukti transfer", code, "Terima") for seller in sellers]
        await asyncio.gather(*(s.press(f"Terima {code}", card) for s, card in zip(sellers, cards, strict=True)))
        toasts = [await seller.toast() for seller in sellers]
        winner = 0 if floor.books.value("SELECT judged_by FROM payments") == SARI else 1
        assert "Rp" in toasts[winner]
        assert toasts[1 - winner] == f"Bukti ini sudah diterima oleh {('Sari', 'Dian')[winner]}."
        for seller, card in zip(sellers, cards, strict=True):
            settled = await seller.sees(code, f"diterima oleh {('Sari', 'Dian')[winner]}")
            assert settled.id == card.id
            assert not settled.buttons
        assert due(floor, code) == 55_000
        told = [message for message in await floor.rina.messages() if "Slot Kakak aman" in message.text]
        assert len(told) == 1
        floor.books.balance()


async def test_confirmed_by_one_seller_a_proof_is_not_refused_by_the_other(tmp_path: Path) -> None:
    """Who was still typing a reason, or an amount, learns that it was judged meanwhile; nothing changes."""
    async with open_floor(tmp_path, OWNER_IDS=f"{SARI},{SECOND_SELLER}") as floor:
        dian = await floor.world.add_person(SECOND_SELLER, "Dian", language_code="id")
        await dian.start()
        await open_batch(floor)
        code = await order(floor.rina)
        await pay(floor.rina, code)
        await dian.sees("Bukti transfer", code)
        await dian.press(f"Tolak {code}")
        await dian.sees("Kenapa", code)
        await accept(floor.sari, code)
        await dian.say("Uang belum masuk")
        await dian.sees("sudah diterima oleh Sari")
        assert claims(floor) == [(code, "confirmed")]
        floor.books.balance()


async def test_a_forged_button_judges_nothing(floor: Floor) -> None:
    """A buyer who presses a seller's button is refused politely, and the audit log has the line."""
    await open_batch(floor)
    code = await order(floor.rina)
    await pay(floor.rina, code)
    card = await floor.sari.sees("Bukti transfer", code)
    confirm = card.button(f"Terima {code}")
    assert confirm is not None
    screen = await floor.rina.last()
    for data in (confirm.callback, confirm.callback.replace("proof_ok", "proof_other")):
        await floor.rina.forge(screen, data)
        assert "khusus pengelola" in await floor.rina.toast()
    assert claims(floor) == [(code, "claimed")]
    audit = floor.books.rows("SELECT action FROM audit WHERE person_id = ? AND allowed = 0", floor.rina.id)
    assert [row["action"] for row in audit] == ["proof_ok", "proof_other"]
    floor.books.balance()


async def test_somebody_elses_order_cannot_be_touched(floor: Floor) -> None:
    """Forged, the buttons of another buyer's order show nothing, cancel nothing and take no proof for it."""
    await open_batch(floor)
    dewi = (await newcomers(floor, 1))[0]
    await order(floor.rina)
    await order(dewi)
    await floor.settled()
    order_id = floor.books.value("SELECT id FROM orders WHERE person_id = ?", floor.rina.id)
    screen = await dewi.last()
    for action in ("pay", "cancel_order", "cancel_sure", "keep_order"):
        await dewi.forge(screen, f"a:{action}:{order_id}")
        assert "tidak ada di daftar Kakak" in await dewi.toast()
    await pay(dewi, "", seed=1)
    payment_id = floor.books.value("SELECT id FROM payments")
    await dewi.forge(screen, f"a:proof_for:{payment_id}:{order_id}")
    assert "tidak ada di daftar Kakak" in await dewi.toast()
    states = {row["state"] for row in floor.books.rows("SELECT state FROM orders")}
    assert states == {"held"}
    floor.books.balance()


async def test_proofs_wait_in_a_queue(floor: Floor) -> None:
    """/proofs shows what waits, oldest first and counted; judged ones are gone from it."""
    await open_batch(floor, quota="20")
    buyers = await newcomers(floor, 3)
    codes = [await order(person) for person in buyers]
    for number, (person, code) in enumerate(zip(buyers, codes, strict=True)):
        await pay(person, code, seed=number)
    await floor.sari.say("/proofs")
    for number, code in enumerate(codes, start=1):
        await floor.sari.sees(f"({number} dari 3)", code)
    for code in codes:
        await floor.sari.press(f"Terima {code}")
        await floor.sari.sees(code, "diterima oleh")
    await floor.sari.say("/proofs")
    await floor.sari.sees("Tidak ada bukti yang menunggu")
    floor.books.balance()
