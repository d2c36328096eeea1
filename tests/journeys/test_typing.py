"""Everything works by typing: labels without their emoji in any case, numbers, and the words people use (product 1)."""

from __future__ import annotations

from typing import Final

import pytest

from tests.journeys.floor import ADDRESS, Floor, open_batch, order_one
from tests.people import Person, make_png

# How words are read never reaches a database; what is stored in the end other journeys store on both.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

OPENING: Final = (
    ("buka po", "Produk mana yang dibuka"),
    ("2", "✅ Nastar Wisman"),
    ("pashmina", "✅ Pashmina Ceruty"),
    ("SELESAI", "Apa judul PO-nya"),
    ("kembali", "✅ Nastar Wisman"),
    ("selesai", "Apa judul PO-nya"),
    ("PO Lebaran", "Berapa slot semuanya"),
    ("50", "Paling sedikit berapa"),
    ("satu", "Paling banyak berapa"),
    ("balik", "Paling sedikit berapa"),
    ("1", "Paling banyak berapa"),
    ("tanpa batas", "Pembeli bayar berapa dulu"),
    ("nominal per pcs", "DP berapa rupiah per pcs"),
    ("25rb", "di-keep berapa lama"),
    ("24 jam", "Kapan PO dibuka"),
    ("sekarang", "Kapan ditutup"),
    ("+3 hari", "Berapa hari pembuatannya"),
    ("14 hari", "berapa hari paket di jalan"),
    ("lewati", "minimal total pesanan"),
    ("lewati", "target penjualan"),
    ("lewati", "hadiah untuk pemesan pertama"),
    ("lewati", "Sudah pas, Kak"),
    ("ubah", "Mau ubah yang mana"),
    ("kuota", "Berapa slot semuanya"),
    ("60", "Sudah pas, Kak"),
    ("konfirmasi", "PO Lebaran sudah buka"),
)
IN_ENGLISH: Final = (
    ("/open", "Which products are on sale"),
    ("1", "✅ Pashmina Ceruty"),
    ("done", "What is the title"),
    ("Payday", "How many slots in all"),
    ("20", "At least how many"),
    ("one", "At most how many"),
    ("no limit", "What do buyers pay first"),
    ("full payment", "How long is an unpaid order held"),
    ("back", "What do buyers pay first"),
    ("dp 50%", "How long is an unpaid order held"),
    ("24 hours", "When does it open"),
    ("now", "When does it close"),
    ("in 3 days 9pm", "How many days does making take"),
    ("7", "does a parcel usually travel"),
    ("2 days", "From which total"),
    ("skip", "sales target"),
    ("skip", "something for the first orders"),
    ("first 5: free pouch", "Is it right"),
)


async def talk(person: Person, *lines: tuple[str, str]) -> None:
    """Type each line and wait for what it brings."""
    for said, shown in lines:
        await person.say(said)
        await person.sees(shown)


async def code_of(person: Person) -> str:
    """The order code on the newest screen."""
    return next(word.strip(".,!:") for word in (await person.last()).text.split() if word.startswith("PO-"))


async def test_a_whole_order_is_typed(floor: Floor) -> None:
    """From the first word to the cancelled second order a buyer presses nothing, and the books hold what was typed."""
    rina = floor.rina
    await open_batch(floor)
    await talk(
        rina,
        ("Pesan sekarang", "Mau pesan yang mana"),
        ("2", "Nastar Wisman Toples 500 g"),
        ("Kembali", "Mau pesan yang mana"),
        ("PASHMINA ceruty", "Pilih variannya"),
        ("back", "Mau pesan yang mana"),
        ("1", "Pilih variannya"),
        ("sage", "Pashmina Ceruty Sage"),
        ("dua pcs ya kak", "Ada catatan"),
        ("Tanpa catatan.", "Dikirim ke mana"),
        (ADDRESS, "Cek dulu"),
        ("tambah item", "Di keranjang"),
        ("nastar wisman", "Nastar Wisman Toples 500 g"),
        ("٣", "Ada catatan"),
        ("Kartu: selamat lebaran", "Nastar Wisman Toples 500 g"),
        ("ubah", "Apa yang mau diubah, Kak"),
        ("1", "Hapus item"),
        ("Jumlah", "Mau berapa"),
        ("1", "1 × Rp 75.000"),
        ("konfirmasi PESANAN", "sudah masuk, Kak"),
    )
    lines = floor.books.rows("SELECT variant, quantity, wish FROM lines ORDER BY position")
    assert [tuple(line) for line in lines] == [("Sage", 1, ""), ("Toples 500 g", 3, "Kartu: selamat lebaran")]
    code = await code_of(rina)
    await talk(
        rina,
        ("pesanan saya", f"Cara bayar {code}"),
        (f"cara bayar {code.lower()}", "Transfer ke"),
        (f"BATALKAN {code}", f"Yakin batalkan {code}"),
        ("tidak jadi", "tetap berjalan"),
        (f"batalkan {code}", f"Yakin batalkan {code}"),
        (f"ya, batalkan {code}", "sudah dibatalkan"),
    )
    assert floor.books.value("SELECT state FROM orders") == "cancelled"
    floor.books.balance()


async def test_batal_leaves_from_every_screen(floor: Floor) -> None:
    """Typed at any screen of an order, "batal" leaves it, and nothing is ordered."""
    await open_batch(floor)
    way = (("pesan", "Mau pesan yang mana"), ("1", "Pilih variannya"), ("1", "Mau berapa"), ("1", "Ada catatan"))
    ending = (("tanpa catatan", "Dikirim ke mana"), (ADDRESS, "Cek dulu"), ("ubah", "Apa yang mau diubah, Kak"))
    steps = (*way, *ending)
    for count in range(1, len(steps) + 1):
        await talk(floor.rina, *steps[:count], ("Batal!" if count % 2 else "cancel", "Oke Kak, dibatalkan"))
    await talk(floor.rina, ("batal", "Tidak ada yang sedang berjalan"))
    assert floor.books.value("SELECT COUNT(*) FROM orders") == 0


async def test_a_whole_opening_is_typed(floor: Floor) -> None:
    """The seller opens, changes an answer, and closes a batch without pressing anything."""
    await floor.sari.start()
    await floor.sari.sees("Buka PO")
    await talk(floor.sari, *OPENING)
    (batch,) = floor.books.rows("SELECT title, quota, minimum, maximum, dp_rule, hold_minutes, state FROM batches")
    assert tuple(batch)[:4] == ("PO Lebaran", 60, 1, None)
    assert (batch["hold_minutes"], batch["state"]) == (24 * 60, "open")
    await talk(floor.sari, ("tutup po", "Tutup PO Lebaran?"), ("ya", "sudah ditutup"))
    assert floor.books.value("SELECT state FROM batches") == "closed"


async def test_both_sides_can_be_typed_in_english(floor: Floor) -> None:
    """After choosing English the seller opens, and Budi orders, with English words alone; Indonesian ones work too."""
    sari, budi = floor.sari, floor.budi
    await talk(sari, ("/language", "Which language"), ("English", "we speak English now"), *IN_ENGLISH)
    await talk(sari, ("confirm", "is open until"))
    await talk(
        budi,
        ("Order now", "Which one would you like"),
        ("2", "How many would you like"),
        ("Back", "Which one would you like"),
        ("SAGE", "How many would you like"),
        ("two", "Any wish"),
        ("no wish", "Where should we send"),
        (ADDRESS, "Please check your order"),
        ("change", "What would you like to change"),
        ("kembali", "Please check your order"),
        ("confirm order", "PO-"),
    )
    assert floor.books.value("SELECT SUM(quantity) FROM lines") == 2
    code = await code_of(budi)
    await budi.send_photo(make_png(seed=4))
    await budi.sees(code)
    await sari.sees(f"Confirm {code}")
    await talk(sari, (f"confirm {code}", f"{code}: Rp 75.000"))
    await budi.sees(code, "Rp 75.000")
    await talk(budi, ("my orders", code))
    floor.books.balance()


async def test_proofs_are_judged_by_typing(floor: Floor) -> None:
    """Confirming, refusing and another amount are typed with the order's code, also in the middle of /open, which goes
    on as if nothing had been said."""
    sari, rina = floor.sari, floor.rina
    await open_batch(floor)
    code = await order_one(rina)
    await rina.send_photo(make_png(seed=1))
    await sari.sees(f"Terima {code}")
    await talk(sari, (f"tolak {code}", "Kenapa"), ("2", "ditolak dan pembeli dikabari"))
    await rina.sees(code, "fotonya belum terbaca jelas")
    await rina.send_photo(make_png(seed=2))
    await sari.sees(f"Terima {code}")
    await talk(sari, (f"Jumlah lain {code}", "Berapa yang benar-benar masuk"), ("20rb", "Rp 20.000 dicatat"))
    await rina.sees(code, "Rp 20.000", "Masih kurang Rp 35.000")
    await talk(sari, ("/open", "Produk mana yang dibuka"), ("1", "✅"), ("selesai", "Apa judul PO-nya"))
    await rina.send_photo(make_png(seed=3))
    await sari.sees(f"Terima {code}")
    await sari.say(f"terima {code.lower()}")
    await rina.sees(code, "Slot Kakak aman")
    await floor.settled()
    assert floor.books.value("SELECT state FROM orders") == "confirmed"
    await talk(sari, ("Akhir Bulan", "Berapa slot semuanya"), ("batal", "tidak jadi"))
    floor.books.balance()


async def test_the_language_changes_in_the_middle_of_an_order(floor: Floor) -> None:
    """/language switches by typing and by button; the order stays where it was, in the other language."""
    rina, budi = floor.rina, floor.budi
    await open_batch(floor)
    await talk(rina, ("/order", "Mau pesan yang mana"), ("1", "Pilih variannya"), ("2", "Mau berapa"))
    await talk(rina, ("3", "Ada catatan"), ("/language", "Mau pakai bahasa apa"), ("english", "Any wish"))
    await talk(rina, ("no wish", "Where should we send"))
    await talk(rina, ("/language", "Which language"))
    await rina.press("Bahasa Indonesia")
    await rina.sees("Dikirim ke mana")
    assert "bahasa Indonesia" in await rina.toast()
    await talk(rina, (ADDRESS, "Cek dulu"), ("konfirmasi pesanan", "sudah masuk, Kak"))
    await talk(budi, ("/start", "Budi"), ("language", "Which language"), ("Bahasa Indonesia", "bahasa Indonesia"))
    await talk(budi, ("katalog", "Katalog Sari Hijab"))
    assert floor.books.value("SELECT SUM(quantity) FROM lines") == 3
    # Telegram says Budi's app is English; what he chose stays.
    assert floor.books.value("SELECT locale FROM people WHERE id = ?", budi.id) == "id"
