"""The moment at which a test's clock begins: a Monday morning, always the same one.

A test that begins at the computer's own moment says something else in the evening, before a payday or at the end of a
year. To try those on purpose: `TESTS_BEGIN="2026-12-31 23:50" make test`, in the shop's time.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sandbox.clock import Clock

BEGINS: Final = (
    datetime.fromisoformat(os.environ.get("TESTS_BEGIN", "2026-11-16 10:00"))
    .replace(tzinfo=ZoneInfo("Asia/Jakarta"))
    .astimezone(UTC)
)


def beginning(moment: datetime = BEGINS) -> Clock:
    """A clock that stands at an aware moment and goes on from it."""
    clock = Clock()
    clock.set(moment)
    return clock
