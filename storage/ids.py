"""Ids made in Python, so that both databases need nothing of their own.

`short_id` is random and short enough for callback data; `next_number` grows with time, so that what several workers
say in one chat has the order in which they said it.
"""

from __future__ import annotations

import os
import secrets
import struct
import threading
import time
from functools import cache
from typing import Final

_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
# A process's own remainder: two processes in the same microsecond take different numbers.
_STEP: Final = 1024
_IN_ADVANCE: Final = 64
_lock = threading.Lock()
_drawn: list[int] = []
_last = secrets.randbelow(_STEP)


def _begin_again() -> None:
    # A forked process must not count on where its parent stands.
    global _lock, _last
    _lock, _last = threading.Lock(), secrets.randbelow(_STEP)
    _drawn.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_again)


def short_id() -> str:
    """Ten letters of 31: 49 bits of chance."""
    return by_chance(_LETTERS, 10)


def by_chance(letters: str, count: int) -> str:
    """So many of these letters, each as likely (to one in ten thousand, with ten letters)."""
    number = _draw()
    pairs = _pairs(letters)
    drawn = []
    for _ in range(count // 2):
        number, which = divmod(number, len(pairs))
        drawn.append(pairs[which])
    if count % 2:
        drawn.append(letters[number % len(letters)])
    return "".join(drawn)


def _draw() -> int:
    """64 bits of the system's chance, asked for in advance: each question costs as much as writing a row."""
    while True:
        try:
            return _drawn.pop()
        except IndexError:
            _drawn.extend(struct.unpack(f"={_IN_ADVANCE}Q", os.urandom(8 * _IN_ADVANCE)))


@cache
def _pairs(letters: str) -> tuple[str, ...]:
    return tuple(first + second for first in letters for second in letters)


def next_number() -> int:
    """A number above every earlier one of this process, and above those that others took before this moment."""
    global _last
    with _lock:
        now = time.time_ns() // 1000 * _STEP + _last % _STEP
        _last = max(_last + _STEP, now)
        return _last
