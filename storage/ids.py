"""Ids made in Python, so that both databases need nothing of their own.

`short_id` is random and short enough for callback data; `next_number` grows within a process and across restarts.
"""

from __future__ import annotations

import itertools
import secrets
import time
from typing import Final

_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_numbers = itertools.count(time.time_ns())


def short_id() -> str:
    """Ten letters of 31: 49 bits of chance."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


def next_number() -> int:
    """A number above every earlier one of this process, and above those of a process started before it."""
    return next(_numbers)
