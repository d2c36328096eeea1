"""The catalogue in the chat: added, shown with its pictures, changed part by part, wanted before it opens."""

from __future__ import annotations

from tests.journeys.floor import Floor, open_batch
from tests.journeys.walking import order
from tests.people import Message, Person, make_png


async def walk(seller: Person, *steps: tuple[str, str]) -> Message:
    """Say one thing after the other, each when the screen before it is there; returns the last screen."""
    for said, screen in steps:
        await seller.say(said)
        shown = await seller.sees(screen)
    return shown


async def album_of(person: Person, photos: int, name: str = "a1") -> None:
    """Photos sent together, as a phone does."""
    for number in range(photos):
        await person.send_photo(make_png(seed=number), album=name)


async def add_gamis(floor: Floor, photos: int = 3) -> None:
    """A product with an album, all its details and two variants."""
    sari = floor.sari
    await walk(sari, ("/products", "Katalog"), ("Tambah produk", "Apa nama produknya"), ("Gamis Aisyah", "Kirim foto"))
    await album_of(sari, photos)
    await floor.settled()
    await walk(
        sari,
        ("Selesai", "Ceritakan sedikit"),
        ("Adem dan jatuh.", "dari bahan apa"),
        ("Ceruty premium", "Apa saja ukurannya"),
        ("S sampai XL", "Bagaimana merawatnya"),
        ("Cuci dengan tangan", "nama varian pertama"),
        ("Sage", "Berapa harga"),
        ("150rb", "Berapa berat"),
        ("400", "Paling banyak berapa pcs"),
        ("12", "Ada varian lain"),
        ("Dusty", "Berapa harga"),
        ("1jt500", "Berapa berat"),
        ("lewati", "Paling banyak berapa pcs"),
        ("tanpa batas", "Ada varian lain"),
        ("selesai", "Begini tampilan untuk pembeli"),
        ("simpan", "masuk katalog"),
    )


async def pictures(person: Person) -> list[list[Message]]:
    """The albums (and single pictures) that the bot has shown since one's own last action, in order."""
    shown = [one for one in await person.messages() if one.by_bot and one.photo and one.change > person.since]
    albums: dict[str, list[Message]] = {}
    for one in shown:
        albums.setdefault(one.raw.get("media_group_id", str(one.id)), []).append(one)
    return list(albums.values())


async def test_a_product_with_an_album_is_added_and_shown(floor: Floor) -> None:
    """Ten photos at once are one answer, the eleventh is told; buyers see the cover, and the album at one press."""
    sari, rina = floor.sari, floor.rina
    await walk(sari, ("/products", "Katalog"), ("Tambah produk", "Apa nama produknya"), ("Gamis Aisyah", "Kirim foto"))
    before = len(await sari.messages())
    await album_of(sari, 11)
    await floor.settled()
    said = [one for one in (await sari.messages())[before:] if one.by_bot]
    assert len(said) == 1, "an album is answered once"
    await walk(sari, ("Selesai", "1 foto terakhir tidak ikut"), ("lewati", "dari bahan apa"))
    await walk(sari, ("Ceruty", "Apa saja ukurannya"), ("Lewati semua", "nama varian pertama"))
    await walk(sari, ("satu varian saja", "Berapa harga"), ("1,5jt", "Berapa berat"), ("lewati", "Paling banyak"))
    await walk(sari, ("tanpa batas", "Ada varian lain"))
    await sari.say("selesai")
    await sari.sees("Bahan: Ceruty", "Rp 1.500.000", "Begini tampilan untuk pembeli")
    assert [len(album) for album in await pictures(sari)] == [10]
    await walk(sari, ("simpan", "masuk katalog"))

    await rina.say("/catalog")
    card = await rina.sees("Gamis Aisyah", "Bahan: Ceruty", "Mau Gamis Aisyah", "Lihat 10 foto Gamis Aisyah")
    assert card.photo
    await rina.press("Lihat 10 foto")
    await rina.sees("Gamis Aisyah", "Rp 1.500.000", "Mau Gamis Aisyah")
    assert [len(album) for album in await pictures(rina)] == [10]
    floor.books.balance()


async def test_a_video_stands_for_the_photos(floor: Floor) -> None:
    """One video takes the place of photos, a photo the place of the video; buyers see the video above the card."""
    sari, rina = floor.sari, floor.rina
    await walk(sari, ("/products", "Katalog"), ("2", "Nastar Wisman"), ("Ubah", "Apa yang mau diubah"))
    await walk(sari, ("Foto", "Kirim foto"))
    await sari.send_photo(make_png(seed=1))
    await sari.sees("1 foto")
    await sari.send("video", b"moving pictures")
    await sari.sees("foto yang tadi diganti video", "Videonya masuk")
    await walk(sari, ("Selesai", "Foto sudah diganti"))
    await rina.say("/catalog")
    await rina.sees("Nastar Wisman", "Rp 110.000")
    await floor.settled()
    assert [one.raw["caption"].split("\n")[0] for one in await rina.messages() if "video" in one.raw] == [
        "Nastar Wisman"
    ]
    await sari.send("video", b"not here")
    await sari.sees("Video belum bisa saya baca")


async def test_every_part_of_a_product_is_changed_and_a_running_batch_keeps_its_own(floor: Floor) -> None:
    """Names, texts, prices, weights, quotas, order and archive change at once in the catalogue; what a batch offers,
    what was ordered and what it costs stays as it was."""
    sari, rina = floor.sari, floor.rina
    await add_gamis(floor)
    await open_batch(floor, products=("Gamis Aisyah", "Nastar Wisman"))
    await walk(sari, ("/products", "Katalog"), ("gamis", "Sedang dijual di PO Gajian"), ("Ubah", "Apa yang mau diubah"))
    for part, question, answer, shown in (
        ("Nama", "Apa nama barunya", "Gamis Aisyah Premium", "Nama sudah diganti"),
        ("Deskripsi", "Tulis deskripsi", "Lebih adem lagi.", "Deskripsi sudah diganti"),
        ("Bahan", "dari bahan apa", "Ceruty armani", "Bahan sudah diganti"),
        ("Ukuran", "ukuran Gamis", "All size", "Ukuran sudah diganti"),
        ("Perawatan", "merawat Gamis", "Kosongkan", "Perawatan sudah diganti"),
    ):
        await walk(sari, (part, question), (answer, shown))
    await walk(sari, ("Varian dan harga", "Pilih varian"), ("Sage", "Kuota sendiri: 12"))
    for part, question, answer, shown in (
        ("Harga", "Berapa harga", "175k", "Harga sudah diganti"),
        ("Berat", "Berapa gram", "0,5 kg", "Berat sudah diganti"),
        ("Kuota", "Paling banyak", "tanpa batas", "Kuota sudah diganti"),
        ("Nama", "Apa nama baru", "Hijau Sage", "Nama varian sudah diganti"),
    ):
        await walk(sari, (part, question), (answer, shown))
    await walk(sari, ("Turun", "Hijau Sage"), ("Turun", "Sudah paling bawah"), ("kembali", "1. Dusty"))
    await walk(sari, ("Varian lain", "nama varian baru"), ("Hitam", "Berapa harga"), ("160000", "Berapa berat"))
    await walk(sari, ("lewati", "Paling banyak"), ("5", "Hitam sudah ditambahkan"))
    await walk(sari, ("Dusty", "Rp 1.500.000"), ("Arsipkan", "Arsipkan varian Dusty"), ("ya", "Dusty sudah diarsipkan"))
    await walk(sari, ("kembali", "Apa yang mau"), ("kembali", "urutan 3 dari 3"), ("Naik", "urutan 2 dari 3"))
    await sari.press("Lihat seperti pembeli")
    await sari.sees("Gamis Aisyah Premium", "Ceruty armani", "Hijau Sage, Rp 175.000", "Hitam, Rp 160.000")
    await walk(sari, ("kembali", "urutan 2 dari 3"), ("kembali", "2. Gamis Aisyah Premium"))
    await walk(sari, ("Nastar", "Nastar Wisman"), ("Arsipkan", "PO yang sudah berjalan tetap jalan"))
    await walk(sari, ("ya", "sudah diarsipkan"), ("batal", "tidak jadi"))

    # The batch goes on as it was opened.
    await order(rina, product="Nastar Wisman")
    await order(rina, product="Gamis Aisyah", variant="Sage")
    prices = floor.books.rows("SELECT product, variant, price FROM lines ORDER BY product")
    assert [tuple(row) for row in prices] == [
        ("Gamis Aisyah", "Sage", 150_000),
        ("Nastar Wisman", "Toples 500 g", 110_000),
    ]
    await walk(sari, ("/products", "Di arsip: 1 produk"), ("Arsip (1)", "Nastar Wisman"), ("1", "tampil lagi"))
    await rina.say("/catalog")
    await rina.sees("Nastar Wisman", "PO buka sampai")
    floor.books.balance()


async def test_two_sellers_at_one_product_do_not_undo_each_other(floor: Floor) -> None:
    """What is archived by one while another changes it says so; nothing comes back by itself."""
    sari = floor.sari
    await walk(sari, ("/products", "Katalog"), ("2", "Nastar Wisman"), ("Ubah", "Apa yang mau"), ("Bahan", "bahan apa"))
    await floor.app.database.run(lambda tx: tx.run("archive_product", id="nastar"))
    await sari.say("Mentega")
    await sari.sees("sudah tidak ada di katalog")
    assert floor.books.value("SELECT archived FROM products WHERE id = 'nastar'") == 1


# --- interest ----------------------------------------------------------------------------------------------------


async def test_who_wants_a_product_hears_first_when_it_opens(floor: Floor) -> None:
    """ "I want this" is counted once, taken back at a press, shown to the seller, and answered before everybody else's
    announcement; who then orders waits no longer."""
    sari, rina, budi = floor.sari, floor.rina, floor.budi
    for person in (budi, rina):
        await person.start()
    await rina.say("/catalog")
    await rina.sees("Nastar Wisman", "Mau Nastar Wisman")
    await rina.press("Mau Nastar Wisman")
    assert "duluan" in await rina.toast()
    await rina.sees("Nastar Wisman", "Batal mau Nastar Wisman")
    await rina.press("Batal mau Nastar Wisman")
    assert "dihapus" in await rina.toast()
    await rina.say("mau nastar wisman")
    await rina.sees("dikabari duluan")
    await rina.say("mau nastar wisman")
    await rina.sees("dikabari duluan")
    await walk(sari, ("/products", "Nastar Wisman, mulai Rp 110.000 · 🙋 1"), ("Nastar", "1 orang menunggu PO-nya"))
    await sari.say("/recap")
    await sari.sees("Peminat: Nastar Wisman 1")
    await open_batch(floor)
    await rina.sees("PO Gajian", "Pesan sekarang")
    await budi.sees("PO Gajian", "Order now")
    await floor.settled()
    sent = floor.books.rows("SELECT chat_id FROM outbox WHERE key LIKE 'b:open-%' ORDER BY id")
    assert [row[0] for row in sent] == [rina.id, budi.id], "who waited hears first, and once"
    await order(rina)
    assert floor.books.value("SELECT COUNT(*) FROM interests") == 0
    floor.books.balance()


async def test_a_batch_is_opened_for_the_interest_list_alone(floor: Floor) -> None:
    """One press in /products begins /open with the product chosen; the list hears of it, the others and the channel do
    not. In the preview the seller may announce it to everybody instead."""
    sari, rina, budi = floor.sari, floor.rina, floor.budi
    for person in (budi, rina):
        await person.start()
    await rina.say("/catalog")
    await rina.press("Mau Nastar Wisman")
    await rina.say("/stop")  # she wants no news any more, and so not this either
    await rina.sees("hentikan")
    assert floor.books.value("SELECT COUNT(*) FROM interests") == 0
    await rina.say("/catalog")
    await rina.sees("🙋 Mau Nastar Wisman")
    await rina.press("🙋 Mau Nastar Wisman")
    await floor.settled()
    await sari.say("/products")
    await sari.press("Buka PO untuk 1 peminat")
    screen = await sari.sees("judul")
    for answer in ("PO Peminat", "10", "1", "Tanpa batas", "50%", "24 jam", "Sekarang", "3 hari lagi 21.00", "7"):
        await sari.say(answer)
        screen = await sari.sees_other_than(screen)
    while not screen.button("Konfirmasi"):
        await sari.say("lewati")
        screen = await sari.sees_other_than(screen)
    await sari.sees("Diumumkan ke: daftar minat saja", "Umumkan ke semua pelanggan")
    await sari.press("Umumkan ke semua pelanggan")
    await sari.sees("Diumumkan ke: pelanggan dan channel")
    await sari.press("Umumkan ke 1 peminat saja")
    await sari.sees("Diumumkan ke: daftar minat saja")
    await sari.press("Konfirmasi")
    await sari.sees("PO Peminat", "ke daftar minat")
    await rina.sees("PO Peminat", "Pesan sekarang")
    await floor.settled()
    assert [row[0] for row in floor.books.rows("SELECT chat_id FROM outbox WHERE key LIKE 'b:open-%'")] == [rina.id]
    assert floor.books.value("SELECT COUNT(*) FROM outbox WHERE key LIKE 'channel:open:%'") == 0
    floor.books.balance()
