"""Ids made in Python, so that both databases need nothing of their own.

`short_id` is random and short enough for callback data; `next_number` grows with time, so that what several workers
say in one chat has the order in which they said it.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from typing import Final

_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
# A process's own remainder: two processes in the same microsecond take different numbers.
_STEP: Final = 1024
_lock = threading.Lock()
_last = secrets.randbelow(_STEP)


def _begin_again() -> None:
    # A forked process must not count on where its parent stands.
    global _lock, _last
    _lock, _last = threading.Lock(), secrets.randbelow(_STEP)


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
    """A number above every earlier one of this process, and above those that others took before this moment."""
    global _last
    with _lock:
        now = time.time_ns() // 1000 * _STEP + _last % _STEP
        _last = max(_last + _STEP, now)
        return _last
