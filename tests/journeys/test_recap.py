"""Recaps and the export, held against the raw rows of the books: counted anew, in another way than the bot does."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from tests.journeys.floor import ADDRESS, Books, Floor, Place, open_batch, open_floor, order_one
from tests.journeys.process import STARTING, Street, open_street
from tests.people import Message, Person, make_png
from tests.screens import plain

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=WIB)


@dataclass(frozen=True)
class Figures:
    """Everything a recap says about a day and one batch; rupiah."""

    orders_today: int
    ordered_today: int
    confirmed_today: int
    proofs: int
    orders: int
    confirmed: int
    held: int
    pieces: int
    quota: int
    paid: int
    awaited: int
    rows: frozenset[tuple[str, str, str, int]]


def _number(text: str) -> int:
    return int(text.replace(".", ""))


def read_recap(message: Message) -> Figures:
    """The figures as a person reads them off the screen."""
    text = plain(message.text)

    def find(pattern: str, *, otherwise: str = "0") -> list[int]:
        found = re.search(pattern, text)
        return [_number(group or otherwise) for group in found.groups()] if found else [_number(otherwise)] * 3

    today = find(r"Hari ini: ([\d.]+) pesanan, Rp ([\d.]+)")
    orders = find(r"Pesanan: ([\d.]+)(?: \((\d+) sudah bayar, (\d+) masih di-keep\))?")
    slots = find(r"(?:Slot|Terjual): ([\d.]+) dari ([\d.]+)")
    left = re.search(r"sisa ([\d.]+)", text)
    if left:
        assert _number(left[1]) == slots[1] - slots[0]
    rows, product = set(), ""
    for line in text.splitlines():
        if made := re.fullmatch(r"([\d.]+) × (.+?)(?:, (.+))?", line):
            rows.add((product, made[2], made[3] or "", _number(made[1])))
        elif head := re.fullmatch(r"(.+), ([\d.]+) pcs", line):
            product = head[1]
    for head in re.finditer(r"(?m)^(.+), ([\d.]+) pcs$", text):
        assert _number(head[2]) == sum(row[3] for row in rows if row[0] == head[1]), "a product's sum is wrong"
    return Figures(
        orders_today=today[0],
        ordered_today=today[1],
        confirmed_today=find(r"Uang masuk: Rp ([\d.]+)")[0],
        proofs=find(r"([\d.]+) bukti menunggu")[0],
        orders=orders[0],
        confirmed=orders[1],
        held=orders[2],
        pieces=slots[0],
        quota=slots[1],
        paid=find(r"\nMasuk: Rp ([\d.]+)")[0],
        awaited=find(r"Ditunggu: Rp ([\d.]+)")[0],
        rows=frozenset(rows),
    )


def _day(text: str) -> date:
    return datetime.fromisoformat(text).astimezone(WIB).date()


def count_books(books: Books, day: date) -> Figures:
    """The same from raw rows."""
    orders = books.rows("SELECT * FROM orders")
    lines = books.rows("SELECT * FROM lines")
    payments = books.rows("SELECT * FROM payments")
    money = [p for p in payments if p["state"] == "confirmed"]
    alive = {o["id"]: o for o in orders if o["state"] in ("held", "confirmed", "shipped")}
    of_alive = [line for line in lines if line["order_id"] in alive]
    made: Counter[tuple[str, str, str]] = Counter()
    for line in of_alive:
        made[line["product"], line["variant"], line["wish"]] += line["quantity"]
    total = sum(line["price"] * line["quantity"] for line in of_alive)
    paid = sum(p["amount"] for p in money if p["order_id"] in alive)
    placed = [o for o in orders if _day(o["placed_at"]) == day]
    worth = {o["id"]: sum(x["price"] * x["quantity"] for x in lines if x["order_id"] == o["id"]) for o in placed}
    held = sum(o["state"] == "held" for o in alive.values())
    return Figures(
        orders_today=len(placed),
        ordered_today=sum(worth.values()),
        confirmed_today=sum(p["amount"] for p in money if _day(p["judged_at"]) == day),
        proofs=sum(p["state"] == "claimed" for p in payments),
        orders=len(alive),
        confirmed=len(alive) - held,
        held=held,
        pieces=sum(line["quantity"] for line in of_alive),
        quota=books.value("SELECT quota FROM batches"),
        paid=paid,
        awaited=total - paid,
        rows=frozenset((*key, pieces) for key, pieces in made.items()),
    )


async def order(person: Person, product: str, variant: str, quantity: int, wish: str = "", address: str = "") -> str:
    """One line, as the screens lead; returns the code."""
    await person.say("/order")
    await person.sees("Mau pesan yang mana", product)
    await person.press(product)
    if variant:
        await person.sees("Pilih variannya", variant)
        await person.press(variant)
    await person.sees("Mau berapa")
    await person.say(str(quantity))
    await person.sees("Tanpa catatan")
    await person.say(wish or "Tanpa catatan")
    await person.sees("Dikirim ke mana")
    await person.say(address or ADDRESS)
    await person.sees("Cek dulu")
    await person.press("Konfirmasi pesanan")
    placed = await person.sees("PO-", "1234567890")
    found = re.search(r"PO-\w{4}", placed.text)
    assert found
    return found[0]


async def prove(person: Person, code: str, seed: int) -> None:
    """A picture of the transfer, for the order that it is for when the bot asks."""
    await person.send_photo(make_png(seed=seed))
    if "yang mana" in (await person.sees(code, "bukti")).text:
        await person.press(code)
        await person.sees(f"Bukti untuk {code}")


async def pay(place: Place, person: Person, code: str, seed: int, amount: str = "") -> None:
    """A proof, and Sari's verdict: the amount that was asked, or another."""
    await prove(person, code, seed)
    await place.sari.sees(code, "Terima")
    if amount:
        await place.sari.press(f"Jumlah lain {code}")
        await place.sari.sees(code, "Batal")
        await place.sari.say(amount)
        await place.sari.sees(code, "dicatat")
    else:
        await place.sari.press(f"Terima {code}")
    await person.sees(code, "sudah kami terima", "Terima kasih")


async def asked_recap(place: Place) -> Figures:
    await place.sari.say("/recap")
    return read_recap(await place.sari.sees("📊", "Rekap", "Uang masuk"))


async def daily_recaps(place: Place) -> list[Message]:
    return [m for m in await place.sari.messages() if m.by_bot and "Rekap harian" in m.text]


async def newest_daily(place: Place, said: str) -> Figures:
    """The daily recap of the day that is said on it; there is one."""
    found = [message for message in await daily_recaps(place) if message.text.splitlines()[1] == said]
    assert len(found) == 1, f"{len(found)} recaps of {said}"
    return read_recap(found[0])


async def come(place: Place) -> None:
    for person in (place.sari, place.rina, place.budi):
        await person.start()
        await person.sees("/help", within=STARTING)


async def test_five_days_of_recaps_equal_the_books(floor: Floor) -> None:
    """Orders, part payments, a refusal, a cancellation and expiries: every figure of every day equals the raw rows."""
    sari, rina = floor.sari, floor.rina
    await floor.at(MONDAY)
    await come(floor)
    dewi = await floor.world.add_person(7003, "Dewi", language_code="id")
    await dewi.start()
    await dewi.sees("/help")
    await open_batch(floor, quota="30", closing="27 nov 21.00")
    await sari.sees("t.me/bukapo_bot?start=b_")

    async def end_of(day: int, said: str) -> None:
        assert await asked_recap(floor) == count_books(floor.books, date(2026, 11, day))
        await floor.at(datetime(2026, 11, day, 20, 0, 1, tzinfo=WIB))
        assert await newest_daily(floor, said) == count_books(floor.books, date(2026, 11, day))
        floor.books.balance()

    def morning(days: int) -> datetime:
        # Later each day: what was held yesterday has expired before anybody looks, and not while they do.
        return MONDAY + timedelta(days=days, minutes=10 * days)

    first = await order(rina, "Pashmina Ceruty", "Sage", 2, "Bordir nama Aisyah")
    await pay(floor, rina, first, 1)
    await order(dewi, "Nastar Wisman", "", 3)  # never paid
    await end_of(23, "Senin, 23 November 2026")

    await floor.at(morning(1))
    second = await order(dewi, "Pashmina Ceruty", "Sage", 1, "Bordir nama Aisyah")
    await prove(dewi, second, 2)  # it waits over the recap
    await end_of(24, "Selasa, 24 November 2026")

    await floor.at(morning(2))
    third = await order(rina, "Pashmina Ceruty", "Hitam", 4, "tanpa bordir, kado")
    await pay(floor, rina, third, 3, amount="100rb")
    await end_of(25, "Rabu, 25 November 2026")

    await floor.at(morning(3))
    gone = await order(dewi, "Nastar Wisman", "", 1)
    await dewi.say("/orders")
    await dewi.sees(gone)
    await dewi.press(f"Batalkan {gone}")
    await dewi.sees(gone, "Ya, batalkan")
    await dewi.press(f"Ya, batalkan {gone}")
    await dewi.sees(gone, "dibatalkan")
    await end_of(26, "Kamis, 26 November 2026")

    await floor.at(morning(4))
    await end_of(27, "Jumat, 27 November 2026")
    await floor.at(datetime(2026, 11, 27, 21, 0, 1, tzinfo=WIB))
    await sari.sees("PO Gajian", "sudah tutup")
    assert await asked_recap(floor) == count_books(floor.books, date(2026, 11, 27))
    produced = read_recap([m for m in await sari.messages() if "Rekap produksi" in m.text][-1]).rows
    assert produced == count_books(floor.books, date(2026, 11, 27)).rows
    assert len(await daily_recaps(floor)) == 5


# --- once a day, whatever happens ---------------------------------------------------------------------------------


async def restart(street: Street, moment: datetime) -> None:
    """Down until a moment, then back and at rest."""
    await street.settled()
    await street.bot.kill()
    street.clock.set(moment)
    await street.bot.start()
    await street.rina.say("/help")  # answered: the bot is back
    await street.rina.sees("Cara ikut PO", within=STARTING)
    await street.settled()


async def test_the_daily_recap_comes_once_and_is_about_its_own_day(tmp_path: Path) -> None:
    """Restarts send it no second time; late but useful it comes, past midnight too, and counts the day it is about."""
    async with open_street(tmp_path, begins=MONDAY, CLOSE_REMINDERS="") as street:
        await come(street)
        await order(street.rina, "Pashmina Ceruty", "Sage", 2)
        await restart(street, MONDAY.replace(hour=20, minute=0, second=5))
        assert len(await daily_recaps(street)) == 1
        await restart(street, MONDAY.replace(hour=20, minute=30))
        assert len(await daily_recaps(street)) == 1

        tuesday = MONDAY + timedelta(days=1)
        street.clock.set(tuesday)
        await order(street.rina, "Pashmina Ceruty", "Hitam", 1)
        await restart(street, tuesday.replace(hour=0) + timedelta(days=1, hours=5))
        late = await newest_daily(street, "Selasa, 24 November 2026")
        assert late == count_books(street.books, date(2026, 11, 24))
        assert late.orders_today == 1


async def test_a_recap_that_is_too_late_is_left_out(tmp_path: Path) -> None:
    """More than ten hours late nobody needs it: the next one is that of the new day."""
    async with open_street(tmp_path, batch=False) as street:
        street.clock.set(MONDAY)
        await come(street)
        await restart(street, MONDAY.replace(hour=6, minute=1) + timedelta(days=1))
        assert await daily_recaps(street) == []
        await street.at(MONDAY.replace(hour=20, second=5) + timedelta(days=1))
        (only,) = await daily_recaps(street)
        assert "Selasa, 24 November 2026" in only.text


async def test_the_recap_keeps_the_shops_hour_and_zone(tmp_path: Path) -> None:
    """A shop in Makassar that wants it at 07.30 gets it at 07.30 WITA."""
    async with open_floor(tmp_path, RECAP_AT="07:30", TIMEZONE="Asia/Makassar") as floor:
        wita = ZoneInfo("Asia/Makassar")
        await floor.at(datetime(2026, 11, 23, 12, tzinfo=wita))
        await floor.sari.start()
        await floor.sari.sees("/help")
        await floor.at(datetime(2026, 11, 24, 7, 29, 40, tzinfo=wita))
        assert await daily_recaps(floor) == []
        await floor.at(datetime(2026, 11, 24, 7, 30, 1, tzinfo=wita))
        assert "Selasa, 24 November 2026" in (await daily_recaps(floor))[0].text


# --- the export ---------------------------------------------------------------------------------------------------

LINK = '=HYPERLINK("http://x","y")'
FORMULAS = (
    (LINK, f"Nama: {LINK}\nNo HP: 0812-3456-7890\nAlamat: {LINK} Jl. Melati No. 5, Bandung 40162"),
    ("+1", "Nama: +1 Rina\nNo HP: 0812-3456-7890\nAlamat: +1 Jl. Melati No. 5, Sukajadi, Bandung 40162"),
    ("@x", "Nama: @SUM(A1)\nNo HP: 0812-3456-7890\nAlamat: @x Jl. Melati No. 5, Sukajadi, Bandung 40162"),
)


async def test_the_export_equals_the_books_and_holds_no_formula(floor: Floor) -> None:
    """Each sheet's sums equal the raw rows; a wish, name or address that looks like a formula stays what was typed."""
    await floor.at(MONDAY)
    await come(floor)
    await open_batch(floor, quota="30")
    await floor.sari.sees("t.me/bukapo_bot?start=b_")
    for seed, (wish, address) in enumerate(FORMULAS, start=1):
        code = await order(floor.rina, "Pashmina Ceruty", "Sage", seed, wish, address)
        await pay(floor, floor.rina, code, seed)
    await order(floor.rina, "Nastar Wisman", "", 1)
    await floor.sari.say("/export")
    sheet = await floor.sari.sees("xlsx")
    book = load_workbook(io.BytesIO(await floor.sari.fetch(sheet)))
    assert book.sheetnames == ["Pesanan", "Item", "Pembayaran", "Produksi", "Kirim"]
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink is not None]
    texts = [str(cell.value) for cell in cells]
    for wish, _ in FORMULAS:
        assert wish in texts
    for recipient in (LINK, "+1 Rina", "@SUM(A1)"):
        assert texts.count(recipient) >= 1, f"the name {recipient} is missing"
    assert any(text.startswith(f"{LINK} Jl. Melati") for text in texts)

    pages = {page.title: _records(page) for page in book}
    books, figures = floor.books, count_books(floor.books, MONDAY.date())
    assert len(pages["Pesanan"]) == figures.orders == 4
    assert sum(row["Total"] for row in pages["Pesanan"]) == books.value("SELECT SUM(total) FROM orders")
    assert sum(row["DP"] for row in pages["Pesanan"]) == books.value("SELECT SUM(first_due) FROM orders")
    assert sum(row["Dibayar"] for row in pages["Pesanan"]) == figures.paid
    assert sum(row["Sisa"] for row in pages["Pesanan"]) == figures.awaited
    assert sum(row["Pcs"] for row in pages["Pesanan"]) == figures.pieces
    assert sum(row["Harga"] * row["Jumlah"] for row in pages["Item"]) == figures.paid + figures.awaited
    assert sum(row["Nominal"] or 0 for row in pages["Pembayaran"]) == figures.paid
    made = {(r["Produk"], r["Varian"], r["Catatan"] or "", r["Jumlah"]) for r in pages["Produksi"]}
    assert made == figures.rows
    assert len(pages["Kirim"]) == figures.confirmed
    assert {row["Kode"] for row in pages["Pesanan"]} == {row["code"] for row in books.rows("SELECT code FROM orders")}
    assert all(row["Dipesan"].date() == MONDAY.date() for row in pages["Pesanan"])


def _records(page: Any) -> list[dict[str, Any]]:
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


async def test_there_is_nothing_to_export_before_a_batch(floor: Floor) -> None:
    """An empty shop gets a sentence, not an empty file."""
    await floor.sari.say("/export")
    await floor.sari.sees("Belum ada pesanan")
    await floor.sari.say("/recap")
    await floor.sari.sees("Tidak ada PO yang berjalan", "0 pesanan")


async def test_an_order_after_the_recap_is_told_with_the_next_one(floor: Floor) -> None:
    """What is ordered between the recap hour and midnight belongs to no later day: the next recap names it."""
    for person in (floor.sari, floor.rina):
        await person.start()
    await floor.at(MONDAY.replace(hour=20, second=5))
    await open_batch(floor)
    await floor.at(MONDAY.replace(hour=21))
    await order_one(floor.rina)
    await floor.at(MONDAY.replace(hour=20, second=5) + timedelta(days=1))
    await floor.sari.sees("Rekap harian", "Hari ini: 0 pesanan", "Tadi malam sejak 20.00 WIB: 1 pesanan, Rp 110.000")
