"""The shop's own words for what the bot says, with named places to be filled (product 9). Pure.

In: what a seller typed, and values by name. Out: Telegram HTML. Only `{name}` of a known name is a place; everything
else (`{{7*7}}`, `{0.__class__}`, `%s`, `<b>`) stays the text it is. `*bold*` and `_italic_` are read as in other chats.
Nothing a seller types is ever run.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final, Literal

from preorder.values import dataclass

WordingKind = Literal["announcement", "reminder", "greeting", "birthday", "anniversary"]
WordingLocale = Literal["id", "en"]
KINDS: Final[tuple[WordingKind, ...]] = ("announcement", "reminder", "greeting", "birthday", "anniversary")
LONGEST: Final = 2_000
"""Characters of a text as it is typed; filled it must fit a message (4,096)."""

PLACES: Final[dict[WordingKind, tuple[tuple[str, str], ...]]] = {
    "announcement": (
        ("toko", "shop"),
        ("judul", "title"),
        ("produk", "products"),
        ("kuota", "quota"),
        ("bayar", "payment"),
        ("tutup", "closes"),
        ("produksi", "production"),
        ("tautan", "link"),
    ),
    "reminder": (
        ("toko", "shop"),
        ("judul", "title"),
        ("produk", "products"),
        ("sisa", "left"),
        ("tutup", "closes"),
        ("tautan", "link"),
    ),
    "greeting": (("toko", "shop"), ("nama", "name"), ("po", "open")),
    "birthday": (("toko", "shop"), ("nama", "name"), ("tanggal", "date"), ("hari", "days"), ("po", "open")),
    "anniversary": (
        *(("toko", "shop"), ("nama", "name"), ("tanggal", "date"), ("hari", "days")),
        *(("tahun", "years"), ("po", "open")),
    ),
}
"""The places of each text: its Indonesian name, and the English one that English texts may use as well."""

_PLACE: Final = re.compile(r"\{([A-Za-z_]{1,40})\}")
_BOLD: Final = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_ITALIC: Final = re.compile(r"(?<![\w_])_(?=\S)((?:[^_\n<]|<b>[^<\n]*</b>)+?)(?<=\S)_(?![\w_])")


@dataclass(frozen=True)
class Wording:
    """One text in one language."""

    kind: WordingKind
    locale: WordingLocale
    body: str


def names(kind: WordingKind, locale: WordingLocale) -> tuple[str, ...]:
    """What places are called in this language, in the order they are shown."""
    return tuple(english if locale == "en" else indonesian for indonesian, english in PLACES[kind])


def unknown_places(kind: WordingKind, locale: WordingLocale, body: str) -> tuple[str, ...]:
    """Places that this text cannot have, each once; in English texts the Indonesian names are understood too."""
    known = {*names(kind, "id"), *names(kind, locale)}
    return tuple(dict.fromkeys(name for name in _PLACE.findall(body) if name.casefold() not in known))


_LONGEST_VALUES: Final = {"produk": 1_900, "po": 1_600, "judul": 80, "tautan": 70, "bayar": 40, "tutup": 45, "nama": 64}


def longest(kind: WordingKind, body: str) -> int:
    """Characters that this text can come to when it is filled with the longest values there can be."""
    aliases = {alias: indonesian for indonesian, english in PLACES[kind] for alias in (indonesian, english)}
    filled = sum(
        _LONGEST_VALUES.get(aliases[name.casefold()], 30) - len(name) - 2
        for name in _PLACE.findall(body)
        if name.casefold() in aliases
    )
    return len(body) + filled


def fill(kind: WordingKind, body: str, values: Mapping[str, str]) -> str:
    """Telegram HTML. `values` are plain texts by Indonesian name; they are escaped, never read as markup or places."""
    aliases = {alias: indonesian for indonesian, english in PLACES[kind] for alias in (indonesian, english)}

    def value(place: re.Match[str]) -> str:
        name = aliases.get(place[1].casefold())
        return place[0] if name is None or name not in values else html.escape(values[name], quote=False)

    marked = _ITALIC.sub(r"<i>\1</i>", _BOLD.sub(r"<b>\1</b>", html.escape(body, quote=False)))
    return _PLACE.sub(value, marked)
