"""The shop's own words in /texts: typed, looked at, kept, used in what buyers read, and given back (product 9)."""

from __future__ import annotations

from tests.journeys.floor import Floor, open_batch


async def test_the_shop_words_its_announcement_and_greeting(floor: Floor) -> None:
    """An unknown place is named with those that are known; code stays text; readers of the other language get our
    words; a reset brings ours back."""
    sari, rina, budi = floor.sari, floor.rina, floor.budi
    await budi.start()
    await sari.say("/texts")
    await sari.sees("Pengumuman PO buka: bawaan", "Salam pembuka: bawaan")
    await sari.press("Salam pembuka")
    await sari.sees("Salam pembuka, bahasa Indonesia: bawaan", "{nama}")
    await sari.press("Tulis sendiri")
    await sari.sees("Ketik salam pembuka versi Kakak")
    await sari.say("Hai {nama}, mampir ke {toko}! {harga} {{7*7}}")
    await sari.sees("belum dikenal, Kak:\n{harga}", "Yang bisa:\n{toko} {nama} {po}")
    await sari.say("Hai *{nama}*, mampir ke {toko}!\n{po}\n{{7*7}} %s <b>")
    await sari.sees("Hai Rina, mampir ke Sari Hijab!", "{{7*7}} %s <b>")
    await sari.sees("Pakai kata-kata ini")
    assert floor.books.value("SELECT COUNT(*) FROM wordings") == 0
    await sari.press("Simpan")
    await sari.sees("sekarang memakai kata-kata Kakak", "kata sendiri")
    await rina.start()
    await rina.sees("Hai Rina, mampir ke Sari Hijab!", "Belum ada PO yang buka", "{{7*7}} %s <b>")
    await budi.start()
    await budi.sees("welcome")

    for said, screen in (
        ("kembali", "Salam pembuka: Indonesia pakai kata sendiri"),
        ("1", "Pengumuman PO buka, bahasa Indonesia: bawaan"),
        ("tulis sendiri", "Ketik pengumuman"),
        ("🔥 {judul} 🔥\n{produk}\nTutup {tutup}, cuma {kuota} slot. {tautan}", "Pakai kata-kata ini"),
        ("simpan", "sekarang memakai kata-kata Kakak"),
        ("batal", "tidak jadi"),
    ):
        await sari.say(said)
        await sari.sees(screen)
    await open_batch(floor)
    link = f"https://t.me/bukapo_bot?start=b_{floor.books.value('SELECT id FROM batches')}"
    await rina.sees("🔥 PO Gajian 🔥", "• Nastar Wisman, mulai Rp 110.000", "cuma 10 slot", link, "Pesan sekarang")
    await budi.sees("PO Gajian", "Order now")

    for said, screen in (
        ("/texts", "Pengumuman PO buka: Indonesia pakai"),
        ("2", "Pengingat mau tutup, bahasa Indonesia: bawaan"),
        ("versi inggris", "bahasa Inggris: bawaan"),
        ("kembali", "Kata-kata toko"),
        ("3", "kata sendiri"),
        ("kembali ke bawaan", "kembali ke bawaan"),
    ):
        await sari.say(said)
        await sari.sees(screen)
    await rina.start()
    await rina.sees("selamat datang")
    floor.books.balance()
