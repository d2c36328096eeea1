"""Moments as text that sorts: UTC, microseconds, one form. In: aware datetimes. Out: aware datetimes in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

_FORM: Final = "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ"
# A turn writes its own moment into nearly every row: the text of the last moment is kept.
_last: tuple[datetime, str] = (datetime.fromtimestamp(0, UTC), "1970-01-01T00:00:00.000000Z")


def to_text(moment: datetime) -> str:
    """`2026-11-25T03:00:00.000000Z`; refuses a naive datetime, whose zone nobody knows."""
    global _last
    kept, text = _last
    if kept is moment:
        return text
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    at = moment.astimezone(UTC)
    # Half of what `isoformat` takes, which asks the zone for its distance.
    text = _FORM % (at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond)
    _last = moment, text
    return text


def from_text(text: str) -> datetime:
    return datetime.fromisoformat(text)
