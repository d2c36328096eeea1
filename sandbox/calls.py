"""A log of the bot's requests, for tests and for the curious: what was asked, when, and how it ended.

In: one entry a request. Out: the newest entries, bounded. It keeps neither texts nor the token.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

KEPT = 50_000


@dataclass(frozen=True)
class Logged:
    """One request. `at` is monotonic seconds on arrival, `wall` Unix seconds of the sandbox's clock, `took` seconds."""

    n: int
    at: float
    wall: float
    method: str
    chat_id: int | None
    status: int
    error: str
    took: float


class Calls:
    """The log; the oldest entries go when it is full."""

    def __init__(self) -> None:
        self.count = 0
        self._kept: deque[Logged] = deque(maxlen=KEPT)

    def add(
        self, at: float, wall: float, method: str, chat_id: int | None, status: int, error: str, took: float
    ) -> None:
        """Write one request down."""
        self.count += 1
        self._kept.append(Logged(self.count, at, wall, method, chat_id, status, error, took))

    def after(self, n: int) -> list[dict[str, Any]]:
        """The entries with a number above `n`, oldest first."""
        return [dict(vars(one)) for one in self._kept if one.n > n]

    def clear(self) -> None:
        """Forget the entries; the numbers go on."""
        self._kept.clear()
