"""Moments as text that sorts: UTC, microseconds, one form. In: aware datetimes. Out: aware datetimes in UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """`2026-11-25T03:00:00.000000Z`; refuses a naive datetime, whose zone nobody knows."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def from_text(text: str) -> datetime:
    return datetime.fromisoformat(text)
