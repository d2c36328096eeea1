"""Orders of several lines: adding, changing, going back, leaving, saved addresses, two batches (product 4)."""

from __future__ import annotations

import pytest

from tests.journeys.floor import Floor, open_batch
from tests.journeys.walking import ASKED, NASTAR, confirm, order, walk_to
from tests.people import Message, Person

PASHMINA = "Pashmina Ceruty"


async def answer(person: Person, *steps: tuple[str, str]) -> Message:
    """Say each word and wait for what is asked next; returns the last screen."""
    screen = await person.last()
    for word, expected in steps:
        await person.say(word)
        screen = await person.sees(expected)
    return screen


async def two_lines(floor: Floor) -> Message:
    """Rina is at the review of 2 jars and a bordered Sage pashmina."""
    await open_batch(floor)
    await walk_to(floor.rina, "review", quantity="2")
    return await answer(
        floor.rina,
        ("Tambah item", "Di keranjang"),
        (PASHMINA, "Pilih variannya"),
        ("Sage", "Mau berapa"),
        ("1", "Ada catatan"),
        ("Bordir nama Aisyah", "Cek dulu"),
    )


def lines(floor: Floor) -> list[tuple[str, str, int, str]]:
    """The lines of the only order: product, variant, pieces, wish."""
    rows = floor.books.rows("SELECT product, variant, quantity, wish FROM lines ORDER BY position")
    return [(row["product"], row["variant"], row["quantity"], row["wish"]) for row in rows]


async def test_two_products_are_one_order(floor: Floor) -> None:
    """The review adds them up, and the order, the recap and the books have both lines with their wish."""
    review = await two_lines(floor)
    for part in ("2 × Rp 110.000 = Rp 220.000", "1 × Rp 75.000", "Bordir nama Aisyah", "Total Rp 295.000"):
        assert part in review.visible()
    await confirm(floor.rina)
    await floor.rina.sees("Nastar Wisman Toples 500 g × 2", "Pashmina Ceruty Sage × 1", "Bayar DP Rp 147.500")
    assert lines(floor) == [(NASTAR, "Toples 500 g", 2, ""), (PASHMINA, "Sage", 1, "Bordir nama Aisyah")]
    floor.books.balance()
    await floor.sari.say("/recap")
    await floor.sari.sees("2 × Toples 500 g", "1 × Sage, Bordir nama Aisyah", "3 dari 10")


async def test_the_same_variant_with_the_same_wish_is_one_line(floor: Floor) -> None:
    """Added again it is more pieces of that line; with another wish it is a line of its own."""
    await open_batch(floor)
    await walk_to(floor.rina, "review", quantity="2")
    again = (("Tambah item", "Di keranjang"), (NASTAR, "Mau berapa"), ("1", "Ada catatan"))
    review = await answer(floor.rina, *again, ("Tanpa catatan", "Cek dulu"))
    assert "3 × Rp 110.000 = Rp 330.000" in review.visible()
    await answer(floor.rina, *again, ("Kurang manis", "Kurang manis"))
    await floor.rina.sees("Cek dulu")
    await confirm(floor.rina)
    assert [(pieces, wish) for _, _, pieces, wish in lines(floor)] == [(3, ""), (1, "Kurang manis")]
    floor.books.balance()


CHANGES = {
    "product": (
        (
            ("Pashmina Ceruty Sage × 1", "Apa yang mau diubah?"),
            ("Produk", "yang mana"),
            (NASTAR, "Mau berapa"),
            ("3", "Cek dulu"),
        ),
        [(NASTAR, "Toples 500 g", 2, ""), (NASTAR, "Toples 500 g", 3, "Bordir nama Aisyah")],
    ),
    "variant": (
        (("Pashmina Ceruty Sage × 1", "Apa yang mau diubah?"), ("Varian", "Pilih variannya"), ("Hitam", "Cek dulu")),
        [(NASTAR, "Toples 500 g", 2, ""), (PASHMINA, "Hitam", 1, "Bordir nama Aisyah")],
    ),
    "quantity": (
        (("1", "Apa yang mau diubah?"), ("Jumlah", "Mau berapa"), ("5", "Cek dulu")),
        [(NASTAR, "Toples 500 g", 5, ""), (PASHMINA, "Sage", 1, "Bordir nama Aisyah")],
    ),
    "wish": (
        (
            ("2", "Apa yang mau diubah?"),
            ("Catatan", "Catatan sekarang: Bordir nama Aisyah"),
            ("Bordir nama Zahra", "Cek dulu"),
        ),
        [(NASTAR, "Toples 500 g", 2, ""), (PASHMINA, "Sage", 1, "Bordir nama Zahra")],
    ),
    "no wish": (
        (("2", "Apa yang mau diubah?"), ("Catatan", "Catatan sekarang"), ("Tanpa catatan", "Cek dulu")),
        [(NASTAR, "Toples 500 g", 2, ""), (PASHMINA, "Sage", 1, "")],
    ),
    "removed": (
        (("1", "Apa yang mau diubah?"), ("Hapus item", "Cek dulu")),
        [(PASHMINA, "Sage", 1, "Bordir nama Aisyah")],
    ),
}


@pytest.mark.parametrize("what", list(CHANGES))
async def test_each_answer_can_be_changed_at_the_review(floor: Floor, what: str) -> None:
    """One answer is changed, everything else stays, and the order is what the review shows."""
    steps, expected = CHANGES[what]
    await two_lines(floor)
    await answer(floor.rina, ("Ubah", "Apa yang mau diubah, Kak?"), *steps)
    await confirm(floor.rina)
    assert lines(floor) == expected
    floor.books.balance()


async def test_the_address_can_be_changed_at_the_review(floor: Floor) -> None:
    """The new address is on the review and on the order; the lines stay."""
    await two_lines(floor)
    review = await answer(
        floor.rina,
        ("Ubah", "Apa yang mau diubah, Kak?"),
        ("Alamat", "Bagian mana yang mau diubah"),
        ("Nama: Ibu Tini\nHP: 0813-1111-2222\nAlamat: Jl. Kenanga 9, Coblong, Bandung 40132", "Cek dulu"),
    )
    assert "Ibu Tini, 0813-1111-2222" in review.visible()
    await confirm(floor.rina)
    assert floor.books.value("SELECT recipient || street || district FROM orders") == "Ibu TiniJl. Kenanga 9Coblong"
    assert len(lines(floor)) == 2


async def test_the_only_line_is_not_removed(floor: Floor) -> None:
    """The buyer is told to cancel instead, and the line stays."""
    await open_batch(floor)
    await walk_to(floor.rina, "review")
    await answer(
        floor.rina,
        ("Ubah", "Apa yang mau diubah, Kak?"),
        ("1", "Apa yang mau diubah?"),
        ("Hapus item", "satu-satunya item"),
        ("Kembali", "Apa yang mau diubah, Kak?"),
        ("Kembali", "Cek dulu"),
    )
    await confirm(floor.rina)
    assert len(lines(floor)) == 1


async def test_back_leads_through_every_step(floor: Floor) -> None:
    """From the review back to the first question and out, one screen at a time, by word or by button."""
    await open_batch(floor)
    await walk_to(floor.rina, "address", product=PASHMINA, variant="Sage")
    for expected in ("wish", "quantity", "variant", "product"):
        await floor.rina.press("Kembali")
        await floor.rina.sees(ASKED[expected])
    await floor.rina.say("kembali")
    await floor.rina.sees("dibatalkan")
    await walk_to(floor.rina, "review", product=PASHMINA, variant="Sage", quantity="3", wish="Merah")
    await answer(floor.rina, ("Kembali", "Dikirim ke mana"), ("Kembali", "Cek dulu"))
    await confirm(floor.rina)
    assert lines(floor) == [(PASHMINA, "Sage", 3, "Merah")]


@pytest.mark.parametrize("step", list(ASKED))
@pytest.mark.parametrize("word", ["Batal", "/cancel"])
async def test_cancel_leaves_at_every_step(floor: Floor, step: str, word: str) -> None:
    """The order in the making is gone, nothing is held, and the next /order begins anew."""
    await open_batch(floor)
    await walk_to(floor.rina, step, product=PASHMINA, variant="Sage")
    await floor.rina.say(word)
    await floor.rina.sees("dibatalkan")
    await floor.rina.say("/order")
    await floor.rina.sees(ASKED["product"])
    assert floor.books.value("SELECT COUNT(*) FROM orders") == 0
    floor.books.balance()


async def test_a_saved_address_is_offered_next_time(floor: Floor) -> None:
    """After the first order the address is a button and a number; a new one can be written and is saved beside it."""
    await open_batch(floor)
    await order(floor.rina)
    screen = await walk_to(floor.rina, "address")
    assert screen.button("Rina Wulandari, Jl. Melati")
    assert "0812-3456-7890" in screen.visible()
    await answer(floor.rina, ("1", "Cek dulu"))
    await confirm(floor.rina)
    await walk_to(floor.rina, "address")
    await answer(
        floor.rina,
        ("Alamat baru", "dalam satu pesan"),
        ("Nama: Ibu Tini\nHP: 0813-1111-2222\nAlamat: Jl. Kenanga 9, Coblong, Bandung 40132", "Ibu Tini"),
    )
    await confirm(floor.rina)
    screen = await walk_to(floor.rina, "address")
    assert screen.button("Ibu Tini")
    assert screen.button("Rina Wulandari")
    streets = [row["street"] for row in floor.books.rows("SELECT street FROM orders ORDER BY placed_at")]
    assert streets[0] == streets[1] != streets[2]


async def test_missing_parts_of_an_address_are_asked_one_at_a_time(floor: Floor) -> None:
    """Only a name and street: the phone is asked, may be shared by button, and nothing typed before is lost."""
    await open_batch(floor)
    await walk_to(floor.rina, "address")
    await answer(floor.rina, ("Nama: Rina\nAlamat: Jl. Melati No. 5, Sukajadi, Bandung 40162", "Nomor HP"))
    await floor.rina.send("contact", phone="6281234567890")
    review = await floor.rina.sees("Cek dulu", "0812-3456-7890")
    assert "Jl. Melati No. 5" in review.visible()


# --- two batches -------------------------------------------------------------------------------------------------


async def two_batches(floor: Floor) -> dict[str, str]:
    """PO Hijab and PO Kue are open; their ids by title."""
    await open_batch(floor, title="PO Hijab", products=(PASHMINA,))
    await floor.sari.sees("PO Hijab", "sudah buka")
    await open_batch(floor, title="PO Kue", products=(NASTAR,))
    await floor.sari.sees("PO Kue", "sudah buka")
    return {row["title"]: row["id"] for row in floor.books.rows("SELECT id, title FROM batches")}


@pytest.mark.parametrize("word", ["PO Kue", "po kue", "1"])
async def test_of_two_open_batches_the_buyer_chooses(floor: Floor, word: str) -> None:
    """/order asks which PO; by name in any case or by number, the order is in that batch."""
    ids = await two_batches(floor)
    await floor.rina.say("/order")
    await floor.rina.sees("PO yang mana", "1. PO Kue", "2. PO Hijab")
    await answer(floor.rina, (word, "Mau berapa"), ("1", "Ada catatan"), ("Tanpa catatan", "Dikirim ke mana"))
    await answer(floor.rina, ("Rina W\n081234567890\nJl. Melati 5, Sukajadi, Bandung 40162", "Cek dulu"))
    await confirm(floor.rina)
    assert floor.books.value("SELECT batch_id FROM orders") == ids["PO Kue"]
    floor.books.balance()


async def test_another_batch_with_an_unfinished_order_asks_first(floor: Floor) -> None:
    """Kept, the draft goes on untouched; replaced, a new one begins in the other batch with the same address."""
    ids = await two_batches(floor)
    await floor.rina.start(f"b_{ids['PO Hijab']}")
    await floor.rina.sees("Pilih variannya")
    await answer(floor.rina, ("Sage", "Mau berapa"), ("2", "Ada catatan"), ("Merah", "Dikirim ke mana"))
    await answer(floor.rina, ("Rina W\n081234567890\nJl. Melati 5, Sukajadi, Bandung 40162", "Cek dulu"))
    await floor.rina.start(f"b_{ids['PO Kue']}")
    await floor.rina.sees("belum selesai di PO Hijab", "Pashmina Ceruty Sage × 2", "mulai baru di PO Kue")
    await floor.rina.press("Lanjutkan yang tadi")
    await floor.rina.sees("Cek dulu", "Sage", "Merah")
    await floor.rina.start(f"b_{ids['PO Kue']}")
    await floor.rina.sees("belum selesai di PO Hijab")
    await floor.rina.press("Mulai baru")
    await floor.rina.sees("Mau berapa", NASTAR)
    await answer(floor.rina, ("1", "Ada catatan"), ("Tanpa catatan", "Cek dulu"))
    await confirm(floor.rina)
    assert lines(floor) == [(NASTAR, "Toples 500 g", 1, "")]
    floor.books.balance()


async def test_the_same_link_again_goes_on_with_the_order(floor: Floor) -> None:
    """The announcement's button, pressed in the middle of an order in that batch, loses nothing."""
    await open_batch(floor)
    await floor.sari.sees("sudah buka")
    batch_id = floor.books.value("SELECT id FROM batches")
    await walk_to(floor.rina, "wish", quantity="4")
    await floor.rina.start(f"b_{batch_id}")
    await floor.rina.sees("Kita lanjutkan yang tadi", "× 4", "Ada catatan")
