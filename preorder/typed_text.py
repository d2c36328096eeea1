"""What people type, made plain before anything is read from it.

In: text from a chat or a cell. Out: the same text with ASCII digits, ordinary spaces and no invisible characters.
Never: changes the meaning of a digit. NFKC alone would turn `2²` into 22 and `½` into `1/2`, so only characters that
are decimal digits (Arabic, Devanagari, full width …) become digits here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Variation selector and keycap: what is left of a keycap emoji without them is the digit that was meant.
_KEYCAP: Final = re.compile("[\ufe0e\ufe0f\u20e3]")
_DASHES: Final = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SPACES: Final = re.compile(r"\s+")


def visible(text: str) -> str:
    """Return `text` without control and formatting characters, line breaks kept, digits in ASCII, case kept."""
    return "".join(_plain_character(c) for c in _DASHES.sub("-", _KEYCAP.sub("", text)))


def plain(text: str) -> str:
    """Return `text` on one line, visible, in lower case, with single spaces: ready to be matched."""
    return _SPACES.sub(" ", visible(text)).strip().casefold()


def words(text: str, between: str | None = None) -> tuple[str, ...]:
    """Split a list of words written as one string: tables of words stay readable."""
    return tuple(text.split(between))


def has_letters(text: str, at_least: int = 1) -> bool:
    """Say whether `text` holds that many letters; emoji and punctuation are none."""
    return sum(c.isalpha() for c in text) >= at_least


def _plain_character(c: str) -> str:
    if c in "\n\t ":
        return c
    digit = unicodedata.decimal(c, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(c)
    if category == "No":
        return c
    if category[0] == "Z" or c in "\r\v\f":
        return "\n" if category in ("Zl", "Zp") else " "
    if category in ("Cc", "Cf", "Cs", "Co"):
        return ""
    return unicodedata.normalize("NFKC", c) if category[0] in "LPS" else c
