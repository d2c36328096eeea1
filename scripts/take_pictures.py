"""Take the README's pictures: play a PO at the demo's chat page and photograph what buyer and seller see.

In: nothing; it starts `bukapo demo` in a folder of its own and a Chromium without a window. Out: docs/pictures/*.png.
Run it from the checkout after a message or the page has changed: `.venv/bin/python -m scripts.take_pictures`.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.demo_page import BUDI, RINA, SARI, Visitor, open_browser, running_demo

FOLDER: Final = Path("docs/pictures")
LARGEST: Final = 150 * 1024  # bytes: a README with pictures still opens at once on a phone
PHONE: Final = (390, 844)
DESK: Final = (1180, 760)
ADDRESS: Final = (
    "Nama: Rina Wulandari\nNo HP: 0812-3456-7890\nAlamat: Jl. Melati No. 5 RT 02/RW 03, Sukajadi, Bandung 40162"
)


async def take(visitor: Visitor, name: str) -> None:
    """Photograph the page once its pictures are there and no toast covers it."""
    await visitor.page.get_by_test_id("toast").first.wait_for(state="detached")
    await visitor.page.wait_for_function("[...document.images].every((image) => image.complete)")
    path = FOLDER / f"{name}.png"
    await visitor.page.screenshot(path=path)
    size = path.stat().st_size
    sys.stdout.write(f"{path}  {size // 1024} KB\n")
    if size > LARGEST:
        raise SystemExit(f"{path} is larger than {LARGEST // 1024} KB")


async def play() -> None:
    """The way of one order, with a picture at each station."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with running_demo(Path(folder)) as demo, open_browser() as browser:
            visitor = await Visitor.arrive(browser, demo.address, PHONE)
            for person, name in ((RINA, "Rina"), (BUDI, "Budi"), (SARI, "Sari")):
                await visitor.become(person)
                await visitor.start()
                await visitor.sees(name)
            await _open(visitor)
            await _order(visitor)
            await _pay(visitor)
            desk = await Visitor.arrive(browser, demo.address, DESK)
            await desk.become(SARI)
            await desk.sees("Rekap")
            await take(desk, "page")
            await _delay(visitor)


async def _open(visitor: Visitor) -> None:
    await visitor.answer(
        ("Buka PO", ">Buka PO"),
        ("Produk mana yang dibuka", ">Pashmina"),
        ("✅ Pashmina", ">Nastar"),
        ("✅ Nastar", ">Selesai"),
        ("Apa judul", "PO Gajian"),
        ("Berapa slot", "30"),
        ("Paling sedikit", ">1"),
        ("Paling banyak", ">Tanpa batas"),
        ("Pembeli bayar berapa dulu", ">DP 50%"),
        ("di-keep berapa lama", ">24 jam"),
        ("Kapan PO dibuka", ">Sekarang"),
        ("Kapan ditutup", "3 hari lagi 21.00"),
        ("Berapa hari pembuatannya", ">14 hari"),
        ("di jalan", ">3 hari"),
        ("minimal total", ">Lewati"),
        ("target penjualan", ">Lewati"),
        ("pemesan pertama", "5 pertama: gratis pouch; 10 berikutnya: potong 10rb"),
    )
    await visitor.sees("Sudah pas")
    await take(visitor, "open")
    await visitor.press("Konfirmasi")
    await visitor.sees("t.me/bukapo_bot")
    await visitor.look_at_channel(RINA)
    await visitor.sees("Slot PO", "Pesan sekarang")
    await take(visitor, "channel")


async def _order(visitor: Visitor) -> None:
    await visitor.press("Pesan sekarang")
    await visitor.answer(("Mau pesan yang mana", ">Pashmina"))
    await visitor.sees("Pilih variannya")
    await take(visitor, "order")
    await visitor.answer(
        ("Pilih variannya", ">Sage"),
        ("Mau berapa", ">2"),
        ("Ada catatan", "Bordir nama Aisyah"),
        ("Dikirim ke mana", ADDRESS),
    )
    await visitor.sees("Cek dulu")
    await take(visitor, "review")
    await visitor.press("Konfirmasi pesanan")
    await visitor.sees("Salin jumlah")
    await take(visitor, "payment")


async def _pay(visitor: Visitor) -> None:
    await visitor.send_sample_proof()
    await visitor.sees("sudah kami terima")
    await visitor.become(SARI)
    await visitor.sees("Bukti transfer", "Terima PO-")
    await take(visitor, "proof")
    await visitor.press("Terima PO-")
    await visitor.sees("diterima oleh")
    await visitor.say("/recap")
    await visitor.sees("Rekap", "Bordir nama Aisyah")
    await take(visitor, "recap")


async def _delay(visitor: Visitor) -> None:
    await visitor.say("/delay")
    await visitor.answer(
        ("yang mana yang mundur", ">PO tutup"),
        ("Mundur sampai kapan", ">+3 hari"),
        ("Kenapa mundur", ">Bahan telat"),
        ("Mundurkan jadwal", ">Ya"),
    )
    await visitor.sees("Pembelinya sedang ditanya")
    await visitor.become(RINA)
    await visitor.sees("Mau bagaimana")
    await take(visitor, "delay")


if __name__ == "__main__":
    asyncio.run(play())
