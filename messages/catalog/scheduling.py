"""What the shop does by itself: said to sellers about it (product 7)."""

from __future__ import annotations

from datetime import datetime

from messages.catalog.base import Message
from preorder.values import dataclass


@dataclass(frozen=True)
class PlanMissed(Message):
    """A planned batch never opened: the bot was away from before its opening until after its closing."""

    title: str
    opens_at: datetime
    closes_at: datetime
