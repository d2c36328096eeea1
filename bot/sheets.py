"""The seller's export: one .xlsx with orders, lines, payments and production (product 8), made when it is sent.

In: ids of batches. Out: a file name and its bytes. The rows are read in one read transaction, the sheet is written in a
thread. A cell never gets a formula from anybody: XlsxWriter is told that every text is text.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot import broadcast_sheet, catalog_books
from bot.catalog_template import write_catalogue, write_template
from bot.sheet_pages import Page
from messages.formats import Locale
from preorder.batch import Batch, BatchId
from preorder.order import Order
from preorder.phone import show_phone
from preorder.zones import COLUMNS, rows_of
from storage import batches, orders, payments, shipping
from storage.database import Database, Tx

MIME: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Sheets:
    """Makes the files that the sender asks for."""

    def __init__(self, database: Database, zone: ZoneInfo, locale: Locale) -> None:
        self._database = database
        self._zone = zone
        self._locale = locale

    async def __call__(self, what: Mapping[str, object]) -> tuple[str, bytes]:
        """`{"batches": [ids]}` → (`pesanan-20261125.xlsx`, bytes); `{"catalogue": True}` → (`katalog.xlsx`, bytes);
        `{"zones": True}` → (`ongkir.xlsx`, bytes); `{"broadcast": id}` → what became of each of its messages."""
        if what.get("zones"):
            zones = await self._database.read(shipping.zones)
            columns = tuple(zip(COLUMNS, (26, 30, 16), strict=True))
            return "ongkir.xlsx", await asyncio.to_thread(write, [Page("Ongkir", columns, rows_of(zones))])
        if what.get("catalogue"):
            return await self._catalogue()
        if isinstance(broadcast := what.get("broadcast"), str):
            receipts, name = await self._database.read(
                lambda tx: broadcast_sheet.read_pages(tx, broadcast, self._zone, self._locale)
            )
            return name, await asyncio.to_thread(write, receipts)
        wanted = what.get("batches")
        ids = [BatchId(str(i)) for i in wanted] if isinstance(wanted, list) else []
        pages, title = await self._database.read(lambda tx: read_pages(tx, ids, self._zone, self._locale))
        return title, await asyncio.to_thread(write, pages)

    async def _catalogue(self) -> tuple[str, bytes]:
        """The catalogue to be changed and sent back, or a filled example."""
        sheet = await self._database.read(catalog_books.as_sheet)
        target = io.BytesIO()
        if sheet.products:
            await asyncio.to_thread(write_catalogue, target, sheet)
        else:
            await asyncio.to_thread(write_template, target)
        return "katalog.xlsx" if self._locale == "id" else "catalogue.xlsx", target.getvalue()


WORDS: Final[dict[Locale, dict[str, str]]] = {
    "id": {
        "orders": "Pesanan", "lines": "Item", "payments": "Pembayaran", "production": "Produksi", "packing": "Kirim",
        "file": "pesanan", "code": "Kode", "batch": "PO", "placed": "Dipesan", "state": "Status", "name": "Nama",
        "phone": "No HP", "address": "Alamat", "pieces": "Pcs", "shipping": "Ongkir", "total": "Total",
        "dp": "DP", "paid": "Dibayar",
        "due": "Sisa", "courier": "Ekspedisi", "tracking": "Resi", "product": "Produk", "variant": "Varian",
        "wish": "Catatan", "price": "Harga", "quantity": "Jumlah", "amount": "Nominal", "sent": "Dikirim pembeli",
        "judged": "Dicek", "reason": "Alasan", "items": "Isi", "discount": "Potongan", "gift": "Hadiah",
        "held": "menunggu DP", "confirmed": "terkonfirmasi", "shipped": "dikirim", "expired": "hangus",
        "cancelled": "dibatalkan", "claimed": "menunggu dicek", "rejected": "ditolak",
    },
    "en": {
        "orders": "Orders", "lines": "Lines", "payments": "Payments", "production": "Production", "packing": "Packing",
        "file": "orders", "code": "Code", "batch": "PO", "placed": "Placed", "state": "State", "name": "Name",
        "phone": "Phone", "address": "Address", "pieces": "Pieces", "shipping": "Shipping",
        "total": "Total", "dp": "DP", "paid": "Paid",
        "due": "Due", "courier": "Courier", "tracking": "Tracking", "product": "Product", "variant": "Variant",
        "wish": "Wish", "price": "Price", "quantity": "Quantity", "amount": "Amount", "sent": "Sent by buyer",
        "judged": "Judged", "reason": "Reason", "items": "Contents", "discount": "Discount", "gift": "Gift",
        "held": "awaiting DP", "confirmed": "confirmed", "shipped": "shipped", "expired": "expired",
        "cancelled": "cancelled", "claimed": "waiting", "rejected": "rejected",
    },
}  # fmt: skip


def read_pages(tx: Tx, ids: Sequence[BatchId], zone: ZoneInfo, locale: Locale) -> tuple[tuple[Page, ...], str]:
    """The pages and the file's name, from what the books say now."""
    words = WORDS[locale]
    found = [batch for batch in (batches.find(tx, batch_id) for batch_id in ids) if batch is not None]
    every = [
        order
        for batch in found
        for order in orders.of_batch(tx, batch.id, ("held", "confirmed", "shipped", "expired", "cancelled"))
    ]
    latest = max((order.placed_at for order in every), default=None)
    day = f"-{latest.astimezone(zone):%Y%m%d}" if latest else ""
    pages = (
        _orders(every, words, zone),
        _lines(every, words),
        _payments(tx, every, words, zone),
        _production(tx, found, words),
        _packing(every, words),
    )
    return pages, f"{words['file']}{day}.xlsx"


def _columns(words: Mapping[str, str], *wanted: tuple[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((words[name], width) for name, width in wanted)


def _orders(every: Sequence[Order], words: Mapping[str, str], zone: ZoneInfo) -> Page:
    columns = _columns(
        words,
        ("code", 10), ("batch", 26), ("placed", 17), ("state", 15), ("name", 22), ("phone", 17), ("address", 50),
        ("pieces", 7), ("gift", 18), ("discount", 12), ("shipping", 12),
        ("total", 13), ("dp", 13), ("paid", 13), ("due", 13), ("courier", 12), ("tracking", 20),
    )  # fmt: skip
    rows = tuple(
        (
            o.code, o.batch, _local(o.placed_at, zone), words[o.state], o.address.recipient,
            show_phone(o.address.phone), o.address.whole, o.pieces, o.gift, o.discount or None, o.shipping.cost,
            o.total, o.first_due, o.paid, o.due, o.courier, o.tracking,
        )
        for o in every
    )  # fmt: skip
    return Page(words["orders"], columns, rows)


def _lines(every: Sequence[Order], words: Mapping[str, str]) -> Page:
    columns = _columns(
        words,
        ("code", 10), ("state", 15), ("product", 26), ("variant", 18), ("wish", 34), ("price", 12), ("quantity", 8),
        ("total", 13),
    )  # fmt: skip
    rows = tuple(
        (o.code, words[o.state], line.product, line.variant, line.wish, line.price, line.quantity, line.total)
        for o in every
        for line in o.lines
    )
    return Page(words["lines"], columns, rows)


def _payments(tx: Tx, every: Sequence[Order], words: Mapping[str, str], zone: ZoneInfo) -> Page:
    columns = _columns(
        words, ("code", 10), ("name", 22), ("state", 15), ("amount", 13), ("sent", 17), ("judged", 17), ("reason", 34)
    )
    rows = tuple(
        (
            order.code,
            order.address.recipient,
            words[p.state],
            p.amount or None,
            _local(p.created_at, zone),
            _local(p.judged_at, zone) if p.judged_at else None,
            p.reason,
        )
        for order in every
        for p in payments.of_order(tx, order.id)
    )
    return Page(words["payments"], columns, rows)


def _production(tx: Tx, found: Sequence[Batch], words: Mapping[str, str]) -> Page:
    columns = _columns(words, ("batch", 26), ("product", 26), ("variant", 18), ("wish", 34), ("quantity", 8))
    rows = tuple((batch.title, *row) for batch in found for row in batches.quantities(tx, batch.id))
    return Page(words["production"], columns, rows)


def _packing(every: Sequence[Order], words: Mapping[str, str]) -> Page:
    columns = _columns(
        words, ("code", 10), ("name", 22), ("phone", 17), ("address", 50), ("items", 60), ("due", 13), ("tracking", 20)
    )
    rows = tuple(
        (
            o.code,
            o.address.recipient,
            show_phone(o.address.phone),
            o.address.whole,
            _contents(o),
            o.due,
            o.tracking,
        )
        for o in every
        if o.state in ("confirmed", "shipped")
    )
    return Page(words["packing"], columns, rows)


def _contents(order: Order) -> str:
    """What goes into the parcel, the gift too."""
    items = [_item(line.product, line.variant, line.quantity, line.wish) for line in order.lines]
    return "; ".join([*items, f"🎁 {order.gift}"] if order.gift else items)


def _item(product: str, variant: str, quantity: int, wish: str) -> str:
    return f"{product} {variant} × {quantity}" + (f" ({wish})" if wish else "")


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    # A sheet knows no zones: what it shows is the shop's own time.
    return moment.astimezone(zone).replace(tzinfo=None)


def write(pages: Sequence[Page]) -> bytes:
    """The pages as .xlsx. Loaded when the first export is asked for."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        head = book.add_format({"bold": True, "bg_color": "#F3E8FF", "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        whole = book.add_format({"num_format": "#,##0", "valign": "top"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top"})
        for page in pages:
            sheet = book.add_worksheet(page.name)
            sheet.freeze_panes(1, 0)
            for column, (title, width) in enumerate(page.columns):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, title, head)
            for number, row in enumerate(page.rows, start=1):
                for column, cell in enumerate(row):
                    match cell:
                        case str():
                            sheet.write_string(number, column, cell, wrapped)
                        case int():
                            sheet.write_number(number, column, cell, whole)
                        case datetime():
                            sheet.write_datetime(number, column, cell, moment)
            if page.rows:
                sheet.autofilter(0, 0, len(page.rows), len(page.columns) - 1)
    return target.getvalue()
