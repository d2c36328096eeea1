"""Ids made in Python, so that both databases need nothing of their own.

`short_id` is random and short enough for callback data; `next_number` grows within a process and across restarts.
"""

from __future__ import annotations

import itertools
import os
import secrets
import time
from typing import Final

_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_numbers = itertools.count(time.time_ns())


def _begin_again() -> None:
    # A forked process must not count on where its parent stands.
    global _numbers
    _numbers = itertools.count(time.time_ns())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_again)


def short_id() -> str:
    """Ten letters of 31: 49 bits of chance."""
    return by_chance(_LETTERS, 10)


def by_chance(letters: str, count: int) -> str:
    """So many of these letters, each as likely; one draw for all, because each asks the system for its chance."""
    number = secrets.randbelow(len(letters) ** count)
    drawn = []
    for _ in range(count):
        number, which = divmod(number, len(letters))
        drawn.append(letters[which])
    return "".join(drawn)


def next_number() -> int:
    """A number above every earlier one of this process, and above those of a process started before it."""
    return next(_numbers)
