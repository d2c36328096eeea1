"""The whole main job at the chat page, in a real browser, against the demo as `make demo` starts it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from storage.sqlite import lock_file
from tests.demo_page import BUDI, RINA, SARI, Demo, Visitor, open_browser, running_demo

# one browser at a time: two would take the whole of a small computer
pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

ADDRESS = "Nama: Rina Wulandari\nNo HP: 0812-3456-7890\nAlamat: Jl. Melati No. 5 RT 02/RW 03, Sukajadi, Bandung 40162"


async def open_a_batch(visitor: Visitor) -> None:
    """As Sari: /open, from the greeting's button to the announcement."""
    await visitor.become(SARI)
    await visitor.start()
    await visitor.answer(
        ("Buka PO", ">Buka PO"),
        ("Produk mana yang dibuka", ">Nastar"),
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
        ("Sudah pas", ">Konfirmasi"),
    )
    await visitor.sees("PO Gajian", "t.me/bukapo_bot?start=b_")


async def order_by_the_channel(visitor: Visitor) -> None:
    """As Rina: the announcement's deep link, two jars with a wish, the address pasted as one block."""
    await visitor.look_at_channel(RINA)
    await visitor.sees("PO Gajian", "Nastar", "Pesan sekarang")
    await visitor.press("Pesan sekarang")
    await expect(visitor.page.get_by_test_id(f"person-{RINA}")).to_have_attribute("aria-current", "true")
    await visitor.answer(
        ("Pilih variannya", ">Toples 500 g"),
        ("Mau berapa", ">2"),
        ("Ada catatan", "Kartu ucapan untuk Aisyah"),
        ("Dikirim ke mana", ADDRESS),
    )
    await visitor.sees("Cek dulu", "Kartu ucapan untuk Aisyah", "Jl. Melati", "Rp 240.000", "Konfirmasi pesanan")
    await visitor.press("Konfirmasi pesanan")
    await visitor.sees("Rp 120.000", "BCA", "1234567890", "Salin jumlah")


async def pay_and_be_confirmed(visitor: Visitor) -> None:
    """As Rina: the sample proof. As Sari: the card that comes by itself, and one press."""
    await visitor.send_sample_proof()
    await visitor.sees("Bukti untuk", "sudah kami terima")
    await visitor.become(SARI)
    card = await visitor.sees("Bukti transfer", "Rina", "Rp 120.000", "Terima PO-")
    await expect(card.locator("img")).to_be_visible()
    await visitor.press("Terima PO-")
    await visitor.sees("Rp 120.000", "diterima oleh", "Sari")
    await visitor.become(RINA)
    await visitor.sees("Rp 120.000", "Slot Kakak aman")


async def no_process_is_left(demo: Demo) -> None:
    """The page answers nobody, and nobody holds the books."""
    with pytest.raises(OSError, match=r"(?i)connect|refused"):
        await asyncio.open_connection(urlsplit(demo.address).hostname, urlsplit(demo.address).port)
    with lock_file(demo.database):
        pass


@pytest.mark.timeout(120)
async def test_a_whole_po_is_played_at_the_page(tmp_path: Path) -> None:
    """Open, order from the channel, pay, confirm, close; a second window follows by itself, nothing sticks out of a
    phone, each reads their language, and Ctrl-C stops everything."""
    async with running_demo(tmp_path) as demo, open_browser() as browser:
        visitor = await Visitor.arrive(browser, demo.address)
        watcher = await Visitor.arrive(browser, demo.address, (1280, 800))
        await watcher.look_at_channel(BUDI)
        await visitor.become(BUDI)
        await visitor.start()
        await visitor.sees("Hello Budi", "No pre-order is open")
        await open_a_batch(visitor)
        assert await visitor.overflow() == []
        await watcher.sees("PO Gajian", "Pesan sekarang")
        await order_by_the_channel(visitor)
        assert await visitor.overflow() == []
        await watcher.become(SARI)
        await pay_and_be_confirmed(visitor)
        await watcher.sees("Rp 120.000", "diterima oleh", "Sari")
        assert await visitor.overflow() == []
        await visitor.become(BUDI)
        await visitor.sees("PO Gajian", "is open", "First come, first served", "Order now")
        await visitor.become(SARI)
        await visitor.say("/close")
        await visitor.sees("Tutup PO Gajian?", "Terjual: 2 dari 30", "Ya")
        await visitor.press("Ya")
        await visitor.sees("Rekap", "Kartu ucapan untuk Aisyah", "Jumlah: 2 pcs")
        assert await visitor.overflow() == []
        await visitor.become(BUDI)
        await visitor.press("Order now")
        await visitor.sees("closed")
        assert await visitor.page.evaluate("document.documentElement.scrollWidth") == 390
        assert visitor.wrong + watcher.wrong == []
        code, said, complained = await demo.stop()
        assert code == 0
        assert "Everything has stopped." in said
        assert complained == ""
        await no_process_is_left(demo)
