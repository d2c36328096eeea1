"""The shop's terms and a buyer's own data (product 9)."""

from __future__ import annotations

from tests.journeys.floor import Floor, open_batch
from tests.journeys.walking import NASTAR, confirm, newcomers, order, walk_to

FIRST = "DP kembali sampai PO tutup.\nDibuat 14 hari. <b>Tanpa</b> video unboxing tidak ada komplain."
SECOND = "DP tidak kembali sesudah 24 jam."


async def write_terms(floor: Floor, text: str, version: int) -> None:
    """Sari writes the next version."""
    await floor.sari.say("/terms")
    await floor.sari.sees("syarat")
    await floor.sari.press("Ubah syarat")
    await floor.sari.sees("Kirim syarat yang baru")
    await floor.sari.say(text)
    await floor.sari.sees("Begini dibaca pembeli", text, f"Versi {version}")
    await floor.sari.press("Simpan")
    await floor.sari.sees(f"versi {version} berlaku mulai sekarang")


async def test_terms_are_accepted_with_version_and_moment(floor: Floor) -> None:
    """Linked at the review, written into the order; changed between review and confirm, they are shown again first."""
    rina = floor.rina
    await rina.say("/terms")
    await rina.sees("belum menulis syarat")
    assert not (await rina.last()).button("Ubah syarat")
    await open_batch(floor)
    await order(rina)
    assert floor.books.value("SELECT terms_version FROM orders") == 0
    await write_terms(floor, FIRST, 1)
    await walk_to(rina, "review", address="1")
    await rina.sees("Cek dulu", "setuju dengan syarat toko (versi 1)", "/terms")
    await rina.say("/terms")
    await rina.sees("Syarat Sari Hijab", FIRST, "Versi 1")
    await rina.sees("Cek dulu")
    await write_terms(floor, SECOND, 2)
    await rina.press("Konfirmasi pesanan")
    await rina.sees("baru saja diperbarui (versi 2)", "Cek dulu", "(versi 2)")
    assert floor.books.value("SELECT COUNT(*) FROM orders") == 1
    code = await confirm(rina)
    row = floor.books.rows("SELECT terms_version, terms_at, placed_at FROM orders WHERE code = ?", code)[0]
    assert (row["terms_version"], row["terms_at"]) == (2, row["placed_at"])
    floor.books.balance()


async def test_a_buyer_has_their_data_deleted(floor: Floor) -> None:
    """Asked once; what names them is gone, an order that still runs keeps its address, and the books stay equal."""
    await open_batch(floor, quota="3", products=(NASTAR, "Pashmina Ceruty"))
    rina, dewi = floor.rina, (await newcomers(floor, 1))[0]
    over = await order(rina, quantity="1", wish="Nama: Aisyah")
    await rina.say("/orders")
    await rina.sees(over, "Batalkan")
    await rina.press(f"Batalkan {over}")
    await rina.sees("Yakin")
    await rina.press(f"Ya, batalkan {over}")
    await rina.sees("sudah dibatalkan")
    running = await order(rina, quantity="1", address="1")
    await order(dewi, quantity="2")
    await walk_to(dewi, "product")
    await rina.say("/order")
    await rina.sees(NASTAR)
    await rina.press(NASTAR)
    await rina.sees("sudah habis")
    await rina.press("Antre")
    await rina.sees("Mau berapa")
    await rina.press("1")
    await rina.sees("sudah masuk antrean")

    await rina.say("/privacy")
    await rina.sees("Data Kakak di Sari Hijab", "30 hari", "Hapus data saya")
    await rina.press("Hapus data saya")
    await rina.sees("Hapus data Kakak?")
    await rina.press("Tidak jadi hapus")
    await rina.sees("tidak ada yang dihapus")
    await rina.say("hapus data saya")
    await rina.sees("Hapus data Kakak?")
    await rina.say("ya, hapus data saya")
    await rina.sees("sudah dihapus", running)
    await floor.settled()

    person = floor.books.rows("SELECT first_name, username, subscribed FROM people WHERE id = ?", rina.id)[0]
    assert tuple(person) == ("", "", 0)
    assert floor.books.value("SELECT COUNT(*) FROM addresses WHERE person_id = ?", rina.id) == 0
    assert floor.books.value("SELECT COUNT(*) FROM waiting WHERE person_id = ? AND state = 'waiting'", rina.id) == 0
    kept = floor.books.rows("SELECT code, recipient FROM orders WHERE person_id = ?", rina.id)
    assert {row["code"]: bool(row["recipient"]) for row in kept} == {over: False, running: True}
    assert floor.books.value("SELECT COUNT(*) FROM lines WHERE wish LIKE '%Aisyah%'") == 0
    assert floor.books.value("SELECT COUNT(*) FROM inbox WHERE chat_id = ? AND raw LIKE '%Aisyah%'", rina.id) == 0
    assert floor.books.value("SELECT COUNT(*) FROM outbox WHERE chat_id = ? AND params LIKE '%Aisyah%'", rina.id) == 0
    floor.books.balance()
