"""What the shop does by itself, as its sellers have set it (product 7). Pure.

A rule is a switch, an hour, days or lengths of time, whichever its kind has; `LATE` is each kind's word for "too late".
What orders and slots rest on (a closing, the end of a hold) is no rule: it always happens.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Final, Literal

from preorder.errors import NotADuration
from preorder.moments import parse_duration
from preorder.values import dataclass

RuleKind = Literal[
    "close_reminder",
    "hold_reminder",
    "waiting_offer",
    "decide_minimum",
    "delay_reminder",
    "channel_post",
    "daily_recap",
    "payday",
    "holiday",
    "birthday",
    "anniversary",
]
RULES: Final[tuple[RuleKind, ...]] = (
    *("close_reminder", "hold_reminder", "waiting_offer", "decide_minimum", "delay_reminder", "channel_post"),
    *("daily_recap", "payday", "holiday", "birthday", "anniversary"),
)
WITH_HOUR: Final[frozenset[RuleKind]] = frozenset(
    {"daily_recap", "channel_post", "payday", "holiday", "delay_reminder", "birthday", "anniversary"}
)
# Days apart (posts, questions), ahead (ideas, invitations) or after (a delay's reminder).
WITH_DAYS: Final[frozenset[RuleKind]] = frozenset(
    {"channel_post", "decide_minimum", "payday", "holiday", "delay_reminder", "birthday", "anniversary"}
)
# Lengths of time: how long before a closing or the end of a hold, how long an offer lasts; how many of them at most.
WITH_LENGTHS: Final[dict[RuleKind, int]] = {"close_reminder": 5, "hold_reminder": 1, "waiting_offer": 1}
# A buyer in line was promised that slots come to them first: how long can be set, whether cannot.
WITHOUT_SWITCH: Final[frozenset[RuleKind]] = frozenset({"waiting_offer"})
DueKind = Literal[
    "open_batch",
    "close_batch",
    "close_reminder",
    "hold_reminder",
    "hold_expiry",
    "daily_recap",
    "forget",
    "catch_up",
    "channel_post",
    "payday_idea",
    "holiday_idea",
    "waiting_offer_ends",
    "decide_minimum",
    "delay_reminder",
    "birthday",
    "anniversary",
]
# What falls due, and the rule by which a seller switches it on and off and says when.
RULE_OF: Final[dict[DueKind, RuleKind]] = {
    "close_reminder": "close_reminder",
    "hold_reminder": "hold_reminder",
    "waiting_offer_ends": "waiting_offer",
    "decide_minimum": "decide_minimum",
    "delay_reminder": "delay_reminder",
    "channel_post": "channel_post",
    "daily_recap": "daily_recap",
    "payday_idea": "payday",
    "holiday_idea": "holiday",
    "birthday": "birthday",
    "anniversary": "anniversary",
}
# What always happens, and why no seller may switch it off.
ALWAYS: Final[dict[DueKind, str]] = {
    "open_batch": "the seller planned it; /batches cancels the plan",
    "close_batch": "no order may come after it; /batches and /close",
    "hold_expiry": "slots rest on it, and the buyer was told when",
    "forget": "what is kept of people is forgotten in time",
    "catch_up": "an answer that is owed after a flood",
}
MOST_DAYS: Final = 60
SHORTEST: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(days=30)
AUTO: Final = "auto"

# product 7: how late each may still be done after an outage; None: as long as what it is about is not over (a hold, an
# undecided batch, a batch whose parcels wait, the days before a birthday).
LATE: Final[dict[RuleKind, timedelta | None]] = {
    "close_reminder": timedelta(hours=2),
    "hold_reminder": None,
    "waiting_offer": None,
    "decide_minimum": None,
    "delay_reminder": None,
    "channel_post": timedelta(hours=6),
    "daily_recap": timedelta(hours=10),
    "payday": timedelta(days=1),
    "holiday": timedelta(days=3),
    "birthday": None,
    "anniversary": None,
}


@dataclass(frozen=True)
class Rule:
    """On or off; at which hour of the shop's day; how many days apart or ahead; lengths, the longest first. A hold's
    reminder without a length comes when a quarter of the time is left, three hours before the end at the earliest."""

    kind: RuleKind
    is_on: bool
    at: time
    days: int
    lengths: tuple[timedelta, ...] = ()


@dataclass(frozen=True)
class Defaults:
    """What the shop's settings say as long as no seller has said anything in the chat."""

    recap_at: time = time(20)
    close_reminders: tuple[timedelta, ...] = (timedelta(days=3), timedelta(days=1), timedelta(hours=3))
    waiting_offer: timedelta = timedelta(hours=2)


def usual(kind: RuleKind, settings: Defaults) -> Rule:
    """What holds as long as nobody has set anything."""
    rule = Rule(kind, is_on=True, at=time(0), days=0)
    match kind:
        case "close_reminder":
            return replace(rule, lengths=settings.close_reminders)
        case "hold_reminder":
            return rule
        case "waiting_offer":
            return replace(rule, lengths=(settings.waiting_offer,))
        case "decide_minimum":
            return replace(rule, days=1)
        case "daily_recap":
            return replace(rule, at=settings.recap_at)
        case "delay_reminder":
            return replace(rule, at=time(10), days=2)
        case "channel_post":
            # Off: a post in public that nobody asked for would surprise.
            return replace(rule, is_on=False, at=time(11), days=2)
        case "payday":
            return replace(rule, at=time(10), days=3)
        case "holiday":
            return replace(rule, at=time(10), days=14)
        case "birthday" | "anniversary":
            return replace(rule, at=time(9), days=7)


def read_lengths(text: str, at_most: int) -> tuple[timedelta, ...]:
    """Lengths as people type them, the longest first, each once: `3 hari, 1 hari, 3 jam`, `3d,3h`, `1 day and 3 hours`.

    Raises NotADuration: `unreadable` (more than `at_most` of them, too), `too_short`, `too_long`.
    """
    for word in (" dan ", " and ", "+", "&", ";", "\n"):
        text = text.replace(word, ",")
    parts = [part.strip() for part in text.split(",") if part.strip()]
    found = {parse_duration(part, SHORTEST, LONGEST) for part in parts}
    if not 1 <= len(found) <= at_most:
        raise NotADuration("unreadable")
    return tuple(sorted(found, reverse=True))
