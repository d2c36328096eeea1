"""The short code of a product that has none yet: the same name always gets the same code.

In: a product's name. Out: 1 to 12 of a–z, 0–9 and the hyphen. Never: depends on other products, or on their order, so
that a sheet sent twice changes nothing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from preorder.typed_text import plain

LONGEST: Final = 12
_HASH: Final = 4
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are mistaken for one another


def code_of(name: str) -> str:
    """Return the code for a name: the name itself when it fits, else its beginning and a short hash."""
    said = plain(name)
    letters = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    if 1 <= len(slug) <= LONGEST and slug.replace("-", " ") == said:
        return slug
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()[:8], "big")
    tail = ""
    while len(tail) < _HASH:
        number, place = divmod(number, len(_ALPHABET))
        tail += _ALPHABET[place]
    head = slug[: LONGEST - _HASH - 1].strip("-")
    return f"{head}-{tail}" if head else f"p-{tail}"
