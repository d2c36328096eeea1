"""The hours in which nobody is written to unasked (product 7).

In: moments in UTC. Out: whether they are quiet, and when people wake. Answers, order updates and the end of a hold know
no quiet hours: whoever calls decides what waits. Pure: looks at no clock.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from preorder.values import dataclass


@dataclass(frozen=True)
class QuietHours:
    """From `start` (counted) to `end` (not counted) in the shop's zone, over midnight where `end` is the earlier one.
    The same hour twice is no quiet at all."""

    start: time
    end: time
    zone: ZoneInfo

    def is_quiet(self, moment: datetime) -> bool:
        """Is this a moment to leave people alone?"""
        at = moment.astimezone(self.zone).time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def wake(self, moment: datetime) -> datetime:
        """The first moment from then on (UTC) at which people may be written to: then, when it is not quiet."""
        if not self.is_quiet(moment):
            return moment
        here = moment.astimezone(self.zone)
        day = here.date() if here.time() < self.end else here.date() + timedelta(days=1)
        return datetime.combine(day, self.end, self.zone).astimezone(UTC)
