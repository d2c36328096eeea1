"""The sandbox's clock: real time plus an offset that people may move, so that a week passes at one press.

In: the computer's clock, `advance`, `set`. Out: aware UTC datetimes. Everything the sandbox dates, expires or paces
reads this clock; only the length of a long poll is real time. It never sleeps by itself.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sandbox.bell import Bell


class Clock:
    """Time that can be moved. `version` grows with each move, so that a reader can wait for the next one."""

    def __init__(self) -> None:
        self.offset = timedelta(0)
        self.version = 0
        self._moved = Bell()

    def now(self) -> datetime:
        """The sandbox's moment, aware, in UTC."""
        return datetime.now(UTC) + self.offset

    def seconds(self) -> float:
        """The same moment in Unix seconds, with fractions."""
        return self.now().timestamp()

    def unix(self) -> int:
        """The same moment as Telegram dates things: whole Unix seconds."""
        return int(self.seconds())

    def advance(self, seconds: float) -> None:
        """Move the clock by `seconds`; negative moves it back."""
        self._turn(self.offset + timedelta(seconds=seconds))

    def set(self, moment: datetime) -> None:
        """Put the clock at an aware `moment`. Raises ValueError for one without a time zone."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs a time zone, for instance 2026-11-25T10:00:00+07:00")
        self._turn(moment.astimezone(UTC) - datetime.now(UTC))

    def _turn(self, offset: timedelta) -> None:
        self.offset = offset
        self.version += 1
        self._moved.ring()

    async def moved(self, after: int, within: float) -> int:
        """Wait at most `within` real seconds until the version is above `after`; return the version."""
        if self.version <= after:
            await self._moved.heard(within)
        return self.version

    async def wait_until(self, moment: float) -> None:
        """Return when this clock (not the real one) has reached `moment`, in Unix seconds."""
        while (left := moment - self.seconds()) > 0:
            await self._moved.heard(left)
