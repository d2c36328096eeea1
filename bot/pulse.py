"""Signs of life: each loop of the bot beats when it goes round, and whoever asks learns which has not for too long.

In: `beat(part)`. Out: `silent()`, the parts that should have beaten since. A part that never began is not missed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

# Seconds without a beat after which a part counts as stuck. A poll takes 105 at most, and after troubles it waits 15.
PATIENCE: Final = {"receive": 150.0, "engine": 15.0, "deliver": 15.0, "clock": 30.0}


class Pulse:
    """`seconds` is monotonic."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._last: dict[str, float] = {}

    def beat(self, part: str) -> None:
        self._last[part] = self._seconds()

    def rest(self, part: str) -> None:
        """It has stopped and is not missed until it beats again."""
        self._last.pop(part, None)

    def since(self, part: str) -> float:
        """Seconds since the last beat; 0 for a part that never began."""
        return self._seconds() - self._last.get(part, self._seconds())

    def silent(self) -> list[str]:
        """Parts that seem to be stuck."""
        return [part for part in self._last if self.since(part) > PATIENCE[part]]
