"""A message in the shop's own words: what stands in each place, in the reader's language (product 9).

In: a message that can be worded by the shop, a language. Out: plain values by place. Nothing of it is markup: it is
escaped when it is filled in (`preorder.wording`).
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from messages import formats
from messages.catalog import Message
from messages.catalog.celebrating import AnniversaryNear, BirthdayNear
from messages.catalog.ordering import BatchRow
from messages.catalog.running import CloseReminder, Welcome
from messages.catalog.selling import Announcement
from messages.formats import Locale
from preorder.wording import Wording, WordingKind, fill

MOST_LINES = 20  # products that are listed; the others are counted


def own_words(message: Message, locale: Locale, zone: ZoneInfo, shop_name: str) -> str | None:
    """Telegram HTML in the shop's own words; None when it has none for this message and language."""
    match message:
        case Announcement(own=own):
            return _filled("announcement", own, locale, {"toko": shop_name, **_announcement(message, locale, zone)})
        case CloseReminder(own=own):
            return _filled("reminder", own, locale, {"toko": shop_name, **_reminder(message, locale, zone)})
        case Welcome(own=own):
            return _filled("greeting", own, locale, {"toko": shop_name, **_greeting(message, locale, zone)})
        case BirthdayNear(own=own):
            return _filled("birthday", own, locale, {"toko": shop_name, **_invitation(message, locale, zone)})
        case AnniversaryNear(own=own, years=years):
            values = {"toko": shop_name, "tahun": str(years), **_invitation(message, locale, zone)}
            return _filled("anniversary", own, locale, values)
        case _:
            return None


def _filled(kind: WordingKind, own: tuple[Wording, ...], locale: Locale, values: dict[str, str]) -> str | None:
    body = next((one.body for one in own if one.locale == locale), None)
    return None if body is None else fill(kind, body, values)


def _announcement(message: Announcement, locale: Locale, zone: ZoneInfo) -> dict[str, str]:
    start = "mulai" if locale == "id" else "from"
    lines = [f"• {line.name}, {start} {formats.rupiah(line.price)}" for line in message.lines]
    return {
        "judul": message.title,
        "produk": _listed(lines, locale),
        "kuota": formats.count(message.quota),
        "bayar": formats.rule(message.rule, locale),
        "tutup": formats.moment(message.closes_at, locale, zone),
        "produksi": str(message.production_days),
        "tautan": message.link,
    }


def _reminder(message: CloseReminder, locale: Locale, zone: ZoneInfo) -> dict[str, str]:
    return {
        "judul": message.title,
        "produk": _listed([f"• {name}" for name in message.products], locale),
        "sisa": formats.count(message.left),
        "tutup": formats.moment(message.closes_at, locale, zone),
        "tautan": message.link,
    }


def _greeting(message: Welcome, locale: Locale, zone: ZoneInfo) -> dict[str, str]:
    return {"nama": message.first_name, "po": _open(message.batches, locale, zone)}


def _invitation(message: BirthdayNear | AnniversaryNear, locale: Locale, zone: ZoneInfo) -> dict[str, str]:
    day, is_open = formats.day(message.day, locale), _open(message.batches, locale, zone)
    return {"nama": message.first_name, "tanggal": day, "hari": str(message.days), "po": is_open}


def _open(batches: tuple[BatchRow, ...], locale: Locale, zone: ZoneInfo) -> str:
    until, none = ("sampai", "Belum ada PO yang buka.") if locale == "id" else ("until", "No pre-order is open yet.")
    lines = [f"• {b.title}, {until} {formats.moment(b.closes_at, locale, zone)}" for b in batches]
    return _listed(lines, locale) if lines else none


def _listed(lines: list[str], locale: Locale) -> str:
    more = len(lines) - MOST_LINES
    if more <= 0:
        return "\n".join(lines)
    rest = f"• dan {more} lagi" if locale == "id" else f"• and {more} more"
    return "\n".join([*lines[:MOST_LINES], rest])
