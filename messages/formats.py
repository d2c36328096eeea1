"""How values read: rupiah, dates, lengths of time, phones (product 9). In: values in UTC and whole rupiah. Out: text.

Babel knows the names of days and months; the rest is the shop's way of writing: `Rp 150.000`,
`Rabu, 25 November 2026 10.00 WIB`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from preorder.audience import Segment, SegmentKind
from preorder.money import DownPayment, Fixed, Full, Percent
from preorder.phone import show_phone

Locale = Literal["id", "en"]
LOCALES: Final[tuple[Locale, ...]] = ("id", "en")
_BABEL: Final[dict[Locale, str]] = {"id": "id_ID", "en": "en_GB"}
_ZONE_NAMES: Final = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


def rupiah(amount: int) -> str:
    """`Rp 150.000`, in both languages: it is how the amount stands on every receipt."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp {count(abs(amount))}"


def count(number: int) -> str:
    """`12.345`."""
    return f"{number:,}".replace(",", ".")


def moment(at: datetime, locale: Locale, zone: ZoneInfo) -> str:
    """`Rabu, 25 November 2026 10.00 WIB`."""
    local = at.astimezone(zone)
    return f"{day(local.date(), locale)} {local:%H.%M} {zone_name(zone, local)}"


def clock(at: datetime, zone: ZoneInfo) -> str:
    """`10.00 WIB`."""
    local = at.astimezone(zone)
    return f"{local:%H.%M} {zone_name(zone, local)}"


def day(of: date, locale: Locale) -> str:
    """`Rabu, 25 November 2026`."""
    return _day(of, _BABEL[locale])


def day_of_year(of: date, locale: Locale) -> str:
    """`14 Mei`: a birthday, whatever the year."""
    return _day(of, _BABEL[locale], "d MMMM")


@lru_cache(maxsize=512)
def _day(of: date, babel_locale: str, form: str = "EEEE, d MMMM y") -> str:
    # Babel is slow to load and the bot answers its first message before it needs a date.
    from babel.dates import format_date

    return str(format_date(of, form, locale=babel_locale))


def zone_name(zone: ZoneInfo, local: datetime) -> str:
    return _ZONE_NAMES.get(zone.key, local.tzname() or zone.key)


def duration(length: timedelta, locale: Locale) -> str:
    """`24 jam`, `2 hari`, `1 jam 30 menit`."""
    minutes = max(0, round(length.total_seconds() / 60))
    words = {"id": ("hari", "jam", "menit"), "en": ("day", "hour", "minute")}[locale]
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    if days == 1 and not rest:
        days, hours = 0, 24  # people say "24 jam" for a hold
    parts = [
        f"{n} {word}{'s' if locale == 'en' and n != 1 else ''}"
        for n, word in zip((days, hours, left), words, strict=True)
        if n
    ]
    return " ".join(parts) or f"0 {words[2]}{'s' if locale == 'en' else ''}"


def segment(of: Segment, locale: Locale) -> str:
    """Whom a broadcast is for: `Pembeli PO November`, `Semua`."""
    return _SEGMENTS[locale][of.kind].format(of.name)


_SEGMENTS: Final[dict[Locale, dict[SegmentKind, str]]] = {
    "id": {
        "everyone": "Semua",
        "batch": "Pembeli {}",
        "unpaid": "Belum bayar",
        "past": "Pernah beli",
        "never": "Belum pernah beli",
        "interest": "Peminat {}",
        "waiting": "Daftar tunggu {}",
        "city": "Kota {}",
    },
    "en": {
        "everyone": "Everybody",
        "batch": "Buyers of {}",
        "unpaid": "Not paid",
        "past": "Bought before",
        "never": "Never bought",
        "interest": "Want {}",
        "waiting": "Waiting list of {}",
        "city": "City {}",
    },
}


def rule(down_payment: DownPayment, locale: Locale) -> str:
    """The down payment as buyers read it: `DP 50%`, `DP Rp 25.000 per pcs`, `bayar penuh`."""
    match down_payment:
        case Percent(percent=percent):
            return f"DP {percent}%"
        case Fixed(amount_a_piece=amount):
            return f"DP {rupiah(amount)} {'per pcs' if locale == 'id' else 'a piece'}"
        case Full():
            return "bayar penuh di awal" if locale == "id" else "full payment up front"


def phone(number: str) -> str:
    """`0812-3456-7890`."""
    return show_phone(number)
