"""Numbers of pieces as people type them (product 4, 11).

In: `3`, `3 pcs`, `x3`, `tiga`, `٣`, `selusin`. Out: a whole number inside the bounds. Never: rounds, guesses, or takes
a number out of the middle of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from preorder.errors import NotACount
from preorder.typed_text import plain, words

_LONGEST: Final = 60  # characters; what is longer is a message, not a number
_DIGITS: Final = 12

_INDONESIAN: Final = words(
    "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas duabelas tigabelas empatbelas limabelas "
    "enambelas tujuhbelas delapanbelas sembilanbelas duapuluh"
)
_ENGLISH: Final = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
WORDS: Final[dict[str, int]] = {word: n for language in (_INDONESIAN, _ENGLISH) for n, word in enumerate(language)} | {
    "kosong": 0,
    "sebiji": 1,
    "sebuah": 1,
    "selusin": 12,
}
"""Number words up to twenty, written together (`duabelas`)."""

_POLITE: Final = frozenset(
    words(
        "mau pesan pesen order beli ambil kak ka kakak min gan sis bang ya yaa aja saja dong deh please pls "
        "sebanyak jumlah qty i want to buy"
    )
)
_PIECE: Final = r"(?:pcs?|pieces?|pce|biji|buah|bh|item|items|potong|pak|pack|box|dus|toples|set|pasang|lembar|x)"
_UNIT: Final = re.compile(rf"(?:\b|(?<=\d))\s*{_PIECE}\.?$")
_TIMES: Final = re.compile(r"^[x×*]\s*(?=\d)")
_DOZEN: Final = re.compile(r"(?:\b|(?<=\d))\s*(?:lusin|dozen)$")
_WHOLE: Final = re.compile(r"\d+|\d{1,3}(?:[.,]\d{3})+")
_BROKEN: Final = re.compile(r"\d+[.,]\d+|\d+\s*/\s*\d+")


def parse_count(text: str, at_least: int = 1, at_most: int = 1_000_000) -> int:
    """Read a whole number between `at_least` and `at_most`, both allowed.

    Raises NotACount: `not_a_number`, `not_whole`, or `too_small` / `too_large` carrying the bound.
    """
    said = plain(text)
    if said.isdecimal() and len(said) > _DIGITS:
        raise NotACount("too_large", at_most)
    if len(said) > _LONGEST:
        raise NotACount("not_a_number")
    count = _signed(" ".join(w for w in said.strip("!. ").split() if w.strip(",.!") not in _POLITE))
    if count < at_least:
        raise NotACount("too_small", at_least)
    if count > at_most:
        raise NotACount("too_large", at_most)
    return count


def _signed(said: str) -> int:
    if said.startswith("-") and said[1:].strip()[:1].isdecimal():
        return -_unsigned(said[1:].strip())
    return _unsigned(said.removeprefix("+").strip())


def _unsigned(said: str) -> int:
    dozens = _DOZEN.search(said)
    number = said[: dozens.start()] if dozens else _UNIT.sub("", said)
    return _number(_TIMES.sub("", number.strip())) * (12 if dozens else 1)


def _number(said: str) -> int:
    word = said.replace(" ", "")
    if word in WORDS:
        return WORDS[word]
    if _WHOLE.fullmatch(said):
        digits = re.sub(r"\D", "", said)
        return int(digits) if len(digits) <= _DIGITS else 10**_DIGITS
    if _BROKEN.fullmatch(said) or _has_fraction(said):
        raise NotACount("not_whole")
    raise NotACount("not_a_number")


def _has_fraction(said: str) -> bool:
    """Say whether it is a number with a fraction sign (`½`, `2½`)."""
    signs = [c for c in said if unicodedata.category(c) == "No"]
    return bool(signs) and all(c.isdecimal() or c in signs for c in said) and unicodedata.numeric(signs[-1]) % 1 > 0
