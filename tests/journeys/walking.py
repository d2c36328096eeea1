"""Ways through the screens that several journeys share: to a step of the order, to the review, through a proof.

Everybody here reads Indonesian. Out: the message that is on the screen at the end.
"""

from __future__ import annotations

from tests.journeys.floor import ADDRESS, Floor
from tests.people import Message, Person, make_png

NASTAR = "Nastar Wisman"
LATE_STEPS = ("quantity", "wish", "address", "review")
ASKED = {
    "product": "Mau pesan yang mana",
    "variant": "Pilih variannya",
    "quantity": "Mau berapa",
    "wish": "Ada catatan",
    "address": "Dikirim ke mana",
    "review": "Cek dulu",
}


async def walk_to(
    person: Person,
    step: str = "review",
    *,
    product: str = NASTAR,
    variant: str = "",
    quantity: str = "1",
    wish: str = "",
    address: str = ADDRESS,
) -> Message:
    """Begin an order and answer until `step` is asked; returns its screen."""
    answers = {"product": product, "variant": variant, "quantity": quantity, "wish": wish or "Tanpa catatan"}
    answers["address"] = address
    await person.say("/order")
    for name, question in ASKED.items():
        if name == "variant" and not variant:
            continue
        screen = await person.sees(question)
        if name == step:
            return screen
        await person.say(answers[name])
    raise AssertionError(f"there is no step {step}")


async def confirm(person: Person) -> str:
    """Press confirm at the review; the code of the order that was placed."""
    await person.press("Konfirmasi pesanan")
    placed = await person.sees("sudah masuk, Kak", "PO-")
    return code_in(placed)


async def order(person: Person, **answers: str) -> str:
    """A whole order; its code."""
    await walk_to(person, "review", **answers)
    return await confirm(person)


def code_in(message: Message) -> str:
    """The first order code on a screen."""
    return next(word.strip(".,!:") for word in message.text.split() if word.startswith("PO-"))


async def pay(person: Person, code: str, seed: int = 1) -> None:
    """Send a photo as proof and see that it arrived for this order."""
    await person.send_photo(make_png(seed=seed), caption=code)
    await person.sees(code, "sudah kami terima")


async def accept(seller: Person, code: str) -> None:
    """The seller waits for the card and confirms it."""
    await seller.sees("Bukti transfer", code, "Terima")
    await seller.press(f"Terima {code}")
    await seller.sees(code, "diterima oleh")


async def reject(seller: Person, code: str, reason: str) -> None:
    """The seller waits for the card and refuses it."""
    await seller.sees("Bukti transfer", code, "Terima")
    await seller.press(f"Tolak {code}")
    await seller.sees("Kenapa", code)
    await seller.say(reason)
    await seller.sees(code, "ditolak")


async def other_amount(seller: Person, code: str, amount: str) -> None:
    """The seller books what really arrived."""
    await seller.sees("Bukti transfer", code, "Jumlah lain")
    await seller.press(f"Jumlah lain {code}")
    await seller.sees("benar-benar masuk", code)
    await seller.say(amount)
    await seller.sees(code, "diterima oleh")


async def bought(floor: Floor, person: Person, seed: int = 1, **answers: str) -> str:
    """Ordered, paid and confirmed; the order's code."""
    code = await order(person, **answers)
    await pay(person, code, seed)
    await accept(floor.sari, code)
    await person.sees(code, "sudah kami terima", "Terima kasih")
    return code


async def newcomers(floor: Floor, count: int) -> list[Person]:
    """So many buyers whom nobody knows yet."""
    return [
        await floor.world.add_person(880_000 + number, f"Kak{number}", language_code="id") for number in range(count)
    ]


async def close_by_hand(seller: Person, title: str = "PO Gajian") -> None:
    """The seller closes with /close."""
    await seller.say("/close")
    await seller.sees(f"Tutup {title}?", "Ya")
    await seller.press("Ya")
    await seller.sees("sudah tutup", "Ditutup oleh penjual")


def due(floor: Floor, code: str) -> int:
    """What is still to be paid of an order in all, rupiah."""
    row = floor.books.rows("SELECT id, total FROM orders WHERE code = ?", code)[0]
    return int(row["total"]) - floor.books.paid(row["id"])


def claims(floor: Floor) -> list[tuple[str, str]]:
    """(order code, state) of every proof, oldest first."""
    rows = floor.books.rows(
        "SELECT COALESCE(o.code, '') AS code, p.state FROM payments p LEFT JOIN orders o ON o.id = p.order_id "
        "ORDER BY p.created_at"
    )
    return [(row["code"], row["state"]) for row in rows]
