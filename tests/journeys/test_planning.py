"""A seller plans: an earlier PO once more, one that is changed before it opens, from the calendar, from an arrival."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.journeys.floor import ADDRESS, Floor, open_batch, order_one
from tests.journeys.test_payday import announced
from tests.journeys.walking import accept, close_by_hand, pay
from tests.people import Person

WIB = ZoneInfo("Asia/Jakarta")
TODAY = datetime(2026, 12, 1, 9, tzinfo=WIB)  # a Tuesday
TO_MOMENT = (
    ("/open", "Produk mana yang dibuka"),
    ("Nastar Wisman", "✅ Nastar"),
    ("selesai", "Apa judul"),
    ("PO Rapi", "Berapa slot"),
    ("20", "Paling sedikit"),
    ("1", "Paling banyak"),
    ("tanpa batas", "bayar berapa dulu"),
    ("dp 50%", "di-keep"),
    ("24 jam", "Kapan PO dibuka"),
)
EXTRAS = (
    ("lewati", "minimal total"),
    ("lewati", "target penjualan"),
    ("lewati", "pemesan pertama"),
    ("lewati", "Sudah pas"),
)


async def talk(person: Person, *lines: tuple[str, str]) -> None:
    """Type each line and wait for what it brings."""
    for said, shown in lines:
        await person.say(said)
        await person.sees(shown)


def planned(floor: Floor, title: str = "PO Rapi") -> dict[str, Any]:
    """A batch in the books, moments on the shop's wall."""
    row = floor.books.rows("SELECT * FROM batches WHERE title = ?", title)[0]
    wall = {
        name: f"{datetime.fromisoformat(row[name]).astimezone(WIB):%d/%m/%Y %H.%M}"
        for name in ("opens_at", "closes_at")
    }
    return {**dict(zip(row.keys(), row, strict=True)), **wall}


async def test_an_earlier_po_is_opened_once_more_with_new_dates_only(floor: Floor) -> None:
    """Everything but title and dates stays, gifts included; buyers read the announcement that the seller saw."""
    await floor.at(TODAY)
    await floor.rina.start()
    await floor.rina.sees("/help")
    gifts = "5 pertama: gratis scrunchie; 10 berikutnya: potong 10rb"
    await open_batch(floor, quota="12", extras=("4", "1jt", "3jt", gifts))
    await floor.rina.sees("📣", "5 pesanan pertama: gratis scrunchie", "potongan Rp 10.000")
    await close_by_hand(floor.sari)
    await talk(
        floor.sari,
        ("/open", "Produk mana yang dibuka"),
        ("Ulangi PO sebelumnya", "Ulangi PO yang mana"),
        ("1", "Kapan PO dibuka"),
        ("10 des 09.00", "Dibuka: Kamis, 10 Desember 2026 09.00 WIB"),
        ("20 des", "Ditutup: Minggu, 20 Desember 2026 21.00 WIB"),
    )
    preview = await floor.sari.sees("📣", "12 slot", "5 pesanan pertama: gratis scrunchie", "sekitar 4 hari di jalan")
    await talk(floor.sari, ("konfirmasi", "dijadwalkan buka Kamis, 10 Desember 2026 09.00 WIB"))
    await floor.at(datetime(2026, 12, 10, 9, tzinfo=WIB))
    (post,) = await announced(floor.rina, "PO Desember 2026")
    assert post.text == preview.text
    again = planned(floor, "PO Desember 2026")
    assert (again["quota"], again["minimum_total"], again["target"], again["state"]) == (
        12,
        1_000_000,
        3_000_000,
        "open",
    )
    tiers = floor.books.rows(
        "SELECT places, kind, gift, discount FROM tiers WHERE batch_id = ? ORDER BY position", again["id"]
    )
    assert [tuple(tier) for tier in tiers] == [(5, "gift", "scrunchie", 0), (10, "discount", "", 10_000)]
    floor.books.balance()


async def test_a_planned_po_is_changed_before_it_opens(floor: Floor) -> None:
    """/batches: another quota and opening; the old moment opens nothing, the new one opens what was changed. A second
    change is refused once it is open."""
    await floor.at(TODAY)
    await floor.rina.start()
    await floor.rina.sees("/help")
    await open_batch(floor, opening="besok 10.00", closing="10 des 21.00")
    await talk(
        floor.sari,
        ("/batches", "🗓 terjadwal buka Rabu, 2 Desember 2026 10.00 WIB"),
        ("1", "Kuota: 10 slot"),
        ("ubah", "sudah terjadwal"),
        ("ubah", "Mau ubah yang mana"),
        ("kuota", "Berapa slot"),
        ("25", "Sudah pas"),
        ("ubah", "Mau ubah yang mana"),
        ("waktu buka", "Kapan PO dibuka"),
        ("3 des 19.30", "Dibuka: Kamis, 3 Desember 2026 19.30 WIB"),
        ("simpan perubahan", "Rencana PO Gajian diubah: buka Kamis, 3 Desember 2026 19.30 WIB"),
    )
    await floor.at(datetime(2026, 12, 2, 10, 1, tzinfo=WIB))
    assert planned(floor, "PO Gajian")["state"] == "scheduled"
    await talk(floor.sari, ("/batches", "PO Kakak"), ("PO Gajian", "Kuota: 25 slot"), ("ubah", "Sudah pas"))
    await floor.at(datetime(2026, 12, 3, 19, 30, tzinfo=WIB))
    (post,) = await announced(floor.rina)
    assert "Kuota 25 slot" in post.text
    await talk(floor.sari, ("simpan perubahan", "Keadaan PO ini sudah berubah"))
    await order_one(floor.rina)
    batch = planned(floor, "PO Gajian")
    assert (batch["state"], batch["quota"], batch["taken"], batch["opens_at"]) == ("open", 25, 1, "03/12/2026 19.30")
    floor.books.balance()


async def test_a_draft_is_kept_and_opened_later(floor: Floor) -> None:
    """Kept at the review, a draft opens nothing by itself; from /batches it goes on where it was left."""
    await floor.at(TODAY)
    await talk(
        floor.sari,
        *TO_MOMENT,
        ("sekarang", "Kapan ditutup"),
        ("10 des 21.00", "hari pembuatannya"),
        ("7", "di jalan"),
        *EXTRAS,
        ("simpan draf", "disimpan sebagai draf"),
    )
    await floor.settled()
    assert planned(floor)["state"] == "draft"
    assert floor.books.value("SELECT COUNT(*) FROM due WHERE kind IN ('open_batch', 'close_batch')") == 0
    await talk(
        floor.sari,
        ("/batches", "📝 draf"),
        ("1", "Draf"),
        ("lanjutkan draf", "Sudah pas"),
        ("konfirmasi", "Waktu buka"),
        ("sekarang", "Sudah pas"),
        ("konfirmasi", "t.me/bukapo_bot?start=b_"),
    )
    assert planned(floor)["state"] == "open"


async def test_before_a_holiday_that_the_shop_gave_its_decreed_day(floor: Floor) -> None:
    """Idul Fitri is estimated until /holidays says the day; 14 days before it is counted from that day."""
    await floor.at(TODAY)
    await talk(
        floor.sari,
        ("/holidays", "Idul Fitri: Rabu, 10 Maret 2027 (perkiraan)"),
        ("lebaran", "Ketik tanggal yang benar"),
        ("11 maret 2027", "dicatat Kamis, 11 Maret 2027"),
        *TO_MOMENT,
        ("menjelang hari raya", "Hari Raya Idul Fitri: Kamis, 11 Maret 2027 ✏️"),
        ("Hari Raya Idul Fitri", "PO dibuka berapa hari sebelumnya"),
        ("200", "Paling banyak 99 hari"),
        ("H-14", "Kamis, 25 Februari 2027 10.00 WIB"),
        ("10", "Dibuka: Kamis, 25 Februari 2027 10.00 WIB"),
    )
    await talk(floor.sari, ("+7 hari", "hari pembuatannya"), ("7", "di jalan"), *EXTRAS, ("konfirmasi", "dijadwalkan"))
    assert planned(floor)["opens_at"] == "25/02/2027 10.00"
    await talk(floor.sari, ("/holidays", "Kamis, 11 Maret 2027 ✏️"), ("lebaran", "Menurut kalender: Rabu, 10 Maret"))
    await talk(floor.sari, ("ikut kalender", "dicatat Rabu, 10 Maret 2027"), ("batal", "tidak jadi"))


async def test_worked_back_from_the_day_on_which_parcels_arrive(floor: Floor) -> None:
    """There for Lebaran, over the courier's rest, with one length changed; the arithmetic is on the screen. A day that
    cannot be kept is said to be so, with the earliest that can."""
    await floor.at(TODAY)
    await talk(
        floor.sari,
        *TO_MOMENT,
        ("hitung mundur", "Paket harus sampai paling lambat"),
        ("15 des", "Waktu tutupnya sudah lewat"),
    )
    await floor.sari.sees("tidak terkejar", "paling cepat sampai Sabtu, 19 Desember 2026")
    await floor.sari.say("10 maret")
    await floor.sari.sees(
        "Sampai paling lambat Sabtu, 6 Maret 2027",
        "kurir libur Minggu, 7 Maret 2027 sampai Sabtu, 13 Maret 2027",
        "3 hari di jalan: dikirim paling lambat Rabu, 3 Maret 2027",
        "14 hari dibuat: tutup Rabu, 17 Februari 2027 21.00 WIB",
        "7 hari buka: buka Rabu, 10 Februari 2027 10.00 WIB",
    )
    await talk(
        floor.sari,
        ("lama produksi", "Berapa hari pembuatannya"),
        ("21", "21 hari dibuat: tutup Rabu, 10 Februari 2027 21.00 WIB"),
        ("pakai jadwal ini", "minimal total"),
        *EXTRAS[1:],
        ("konfirmasi", "dijadwalkan buka Rabu, 3 Februari 2027 10.00 WIB"),
    )
    batch = planned(floor)
    assert (batch["opens_at"], batch["closes_at"]) == ("03/02/2027 10.00", "10/02/2027 21.00")
    assert (batch["production_days"], batch["shipping_days"]) == (21, 3)


async def test_a_month_end_window_and_weeks_before_a_launch(floor: Floor) -> None:
    """From the last working day to the 5th in one press; two weeks before the day a product is launched."""
    await floor.at(TODAY)
    await talk(
        floor.sari,
        *TO_MOMENT,
        ("akhir bulan–tgl 5", "Kamis, 31 Desember 2026 10.00 WIB"),
        ("10", "Ditutup: Selasa, 5 Januari 2027 21.00 WIB"),
        ("kembali", "Kapan ditutup"),
        ("kembali", "Kapan PO dibuka"),
        ("sebelum rilis", "Tanggal berapa produknya rilis"),
        ("minggu depan", "Maksudnya hari yang mana"),
        ("batal", "tidak jadi"),
        *TO_MOMENT,
        ("sebelum rilis", "Tanggal berapa produknya rilis"),
        ("30 jan", "Rilis Sabtu, 30 Januari 2027"),
        ("2 minggu", "Sabtu, 16 Januari 2027 19.00 WIB"),
        ("19", "Dibuka: Sabtu, 16 Januari 2027 19.00 WIB"),
    )


async def test_a_doubtful_hour_and_a_date_that_has_passed_are_asked_about(floor: Floor) -> None:
    """`jam 8` is one of two, a passed date is refused with the next one, and what is chosen is shown in full."""
    await floor.at(TODAY)
    await talk(
        floor.sari,
        *TO_MOMENT,
        ("besok jam 8", "2. Rabu, 2 Desember 2026 20.00 WIB"),
        ("kembali", "Kapan PO dibuka"),
        ("25 nov 10.00", "Rabu, 25 November 2026 10.00 WIB sudah lewat"),
    )
    await floor.sari.sees("Maksudnya yang mana", "1. Kamis, 25 November 2027 10.00 WIB")
    await talk(
        floor.sari,
        ("kembali", "Kapan PO dibuka"),
        ("lusa jam 9", "Maksudnya yang mana"),
        ("1", "Dibuka: Kamis, 3 Desember 2026 09.00 WIB"),
        ("jumat jam 9", "Maksudnya yang mana"),
        ("2", "Ditutup: Jumat, 4 Desember 2026 21.00 WIB"),
    )


async def test_two_open_batches_keep_apart(floor: Floor) -> None:
    """A buyer chooses the PO; each has its own slots, price list, recap, closing and stages."""
    await open_batch(floor, title="PO Hijab", quota="5", products=("Pashmina Ceruty",))
    await open_batch(floor, title="PO Kue", quota="3", products=("Nastar Wisman",))
    rina = floor.rina
    await talk(
        rina,
        ("/order", "PO Hijab"),
        ("PO Kue", "Mau berapa"),
        ("kembali", "PO Hijab"),
        ("PO Hijab", "Pilih variannya"),
        ("Sage", "Mau berapa"),
        ("2", "Ada catatan"),
        ("tanpa catatan", "Dikirim ke mana"),
        (ADDRESS, "Cek dulu"),
        ("konfirmasi pesanan", "PO-"),
    )
    code = next(word.strip(".,!:") for word in (await rina.last()).text.split() if word.startswith("PO-"))
    await pay(rina, code)
    await accept(floor.sari, code)
    await talk(floor.sari, ("/batches", "2 dari 5 slot"), ("PO Kue", "Slot: 0 dari 3"), ("batal", "tidak jadi"))
    await talk(
        floor.sari,
        ("/close", "Tutup PO yang mana"),
        ("PO Hijab", "Tutup PO Hijab?"),
        ("ya", "PO Hijab sudah tutup"),
        ("/stage", "PO Hijab"),
        ("batal", "tidak jadi"),
        ("/recap", "PO Kue"),
    )
    await talk(rina, ("/order", "Mau berapa"))
    rows = floor.books.rows("SELECT title, state, taken FROM batches")
    states = {row["title"]: (row["state"], row["taken"]) for row in rows}
    assert states == {"PO Hijab": ("closed", 2), "PO Kue": ("open", 0)}
    floor.books.balance()


async def test_a_product_in_two_open_batches_is_ordered_where_slots_are_left(floor: Floor) -> None:
    """The catalogue's button leads into the batch that still has some, not into the one that is sold out."""
    await open_batch(floor, title="PO Besar", quota="5", products=("Nastar Wisman",))
    await open_batch(floor, title="PO Kecil", quota="1", products=("Nastar Wisman",), closing="2 hari lagi 21.00")
    await talk(floor.rina, ("/order", "PO Kecil"))
    await talk(
        floor.rina,
        ("PO Kecil", "Mau berapa"),
        ("1", "Ada catatan"),
        ("tanpa catatan", "Dikirim ke mana"),
        (ADDRESS, "Cek dulu"),
        ("konfirmasi pesanan", "PO-"),
    )
    await floor.budi.say("/catalog")
    await floor.budi.sees("Nastar Wisman", "5")
    await floor.budi.press("Order")
    await floor.budi.sees("How many")
    await floor.budi.say("2")
    await floor.budi.sees("No wish")
    floor.books.balance()
