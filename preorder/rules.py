"""What the shop does by itself, as its sellers have set it (product 7). Pure."""

from __future__ import annotations

from datetime import time
from typing import Final, Literal

from preorder.values import dataclass

RuleKind = Literal["close_reminder", "daily_recap", "channel_post", "payday", "holiday"]
RULES: Final[tuple[RuleKind, ...]] = ("close_reminder", "daily_recap", "channel_post", "payday", "holiday")
# A reminder of closing has its moments in the settings, counted back from each closing.
WITH_HOUR: Final[frozenset[RuleKind]] = frozenset({"daily_recap", "channel_post", "payday", "holiday"})
WITH_DAYS: Final[frozenset[RuleKind]] = frozenset({"channel_post", "payday", "holiday"})
MOST_DAYS: Final = 60


@dataclass(frozen=True)
class Rule:
    """On or off; at which hour of the shop's day; how many days apart (channel posts) or ahead (payday, holiday)."""

    kind: RuleKind
    is_on: bool
    at: time
    days: int


def usual(kind: RuleKind, recap_at: time) -> Rule:
    """What holds as long as nobody has set anything."""
    match kind:
        case "close_reminder":
            return Rule(kind, is_on=True, at=time(0), days=0)
        case "daily_recap":
            return Rule(kind, is_on=True, at=recap_at, days=0)
        case "channel_post":
            # Off: a post in public that nobody asked for would surprise.
            return Rule(kind, is_on=False, at=time(11), days=2)
        case "payday":
            return Rule(kind, is_on=True, at=time(10), days=3)
        case "holiday":
            return Rule(kind, is_on=True, at=time(10), days=14)
