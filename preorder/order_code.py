"""The code of an order: `PO-` and letters that nobody confuses on the phone (product 4). One form for all who read it.

No 0 and O, no 1, I and L. Four letters name 810,000 orders; a shop that used them up goes on with five. In: what people
write. Out: codes as they stand in the books.
"""

from __future__ import annotations

import re
from typing import Final

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SHORTEST: Final = 4
LONGEST: Final = 5
TRIES: Final = 12  # with every second code used, all of them are met once in 4,096 orders
_BARE: Final = f"[{LETTERS}]{{{SHORTEST},{LONGEST}}}"
_IN_TEXT: Final = re.compile(rf"\bPO-?({_BARE})\b", re.IGNORECASE)
_FIRST: Final = re.compile(rf"\s*(?:PO[- ]?)?({_BARE})\b\s*[:=,]?(?:\s+(.*\S))?\s*", re.IGNORECASE | re.DOTALL)


def length_at(attempt: int) -> int:
    """How many letters to draw when so many codes were drawn and found in use: more when the short ones run out."""
    return SHORTEST if attempt < TRIES else LONGEST


def code_of(letters: str) -> str:
    """As it is written down: `7k3f` is `PO-7K3F`, `po 7k3f` too."""
    return f"PO-{letters.strip().upper().removeprefix('PO').lstrip('- ')}"


def codes_in(text: str) -> tuple[str, ...]:
    """Every code that a text names by its `PO`, in order."""
    return tuple(code_of(bare) for bare in _IN_TEXT.findall(text))


def code_first(text: str) -> tuple[str, str] | None:
    """The code that a text begins with, `PO` or not, and what comes behind it: `7k3f 18rb`."""
    found = _FIRST.fullmatch(text)
    return (code_of(found[1]), found[2] or "") if found else None
