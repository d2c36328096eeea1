"""The sheet with what became of each message of a seller's broadcast; those that did not arrive stand first."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from bot.sheet_pages import Page
from messages.formats import Locale
from storage import broadcasts
from storage.broadcasts import Fate
from storage.database import Tx

# More than this a phone does not open, and the file is made in memory.
MOST_ROWS: Final = 20_000

_COLUMNS: Final[dict[Locale, tuple[tuple[str, int], ...]]] = {
    "id": (("ID Telegram", 16), ("Nama", 24), ("Username", 20), ("Hasil", 18), ("Waktu", 17), ("Keterangan", 44)),
    "en": (("Telegram id", 16), ("Name", 24), ("Username", 20), ("Result", 18), ("Time", 17), ("Why", 44)),
}
_FATES: Final[dict[Locale, dict[Fate, str]]] = {
    "id": {
        "sent": "terkirim",
        "blocked": "memblokir bot",
        "failed": "gagal",
        "unsure": "tidak pasti",
        "unsent": "tidak dikirim",
        "waiting": "menunggu",
    },
    "en": {
        "sent": "sent",
        "blocked": "blocked the bot",
        "failed": "failed",
        "unsure": "unsure",
        "unsent": "not sent",
        "waiting": "waiting",
    },
}
_NAMES: Final[dict[Locale, str]] = {"id": "Siaran", "en": "Broadcast"}


def read_pages(tx: Tx, broadcast_id: str, zone: ZoneInfo, locale: Locale) -> tuple[tuple[Page, ...], str]:
    """The one page and the file's name, from what the books say now."""
    words = _FATES[locale]
    rows = tuple(
        (
            str(receipt.person_id),
            receipt.first_name,
            f"@{receipt.username}" if receipt.username else "",
            words[receipt.fate],
            # A sheet knows no zones: what it shows is the shop's own time.
            receipt.at.astimezone(zone).replace(tzinfo=None) if receipt.at else None,
            receipt.error if receipt.fate != "sent" else "",
        )
        for receipt in broadcasts.receipts(tx, broadcast_id, MOST_ROWS)
    )
    name = _NAMES[locale]
    return (Page(name, _COLUMNS[locale], rows),), f"{name.casefold()}-{broadcast_id}.xlsx"
