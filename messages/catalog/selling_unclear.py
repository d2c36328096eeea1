"""What the bot says to a seller whose answer cannot be used, and what a screen waits for.

`typed` carries what was wrong, unescaped (the templates escape). Worded in `messages/<language>/selling.j2`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from messages.catalog.base import Message
from preorder.values import dataclass


@dataclass(frozen=True)
class SellerLeft(Message):
    """The seller left a conversation; nothing was changed."""


@dataclass(frozen=True)
class NumberUnclear(Message):
    typed: str
    reason: Literal["not_a_number", "not_whole", "too_small", "too_large"]
    bound: int = 0


@dataclass(frozen=True)
class MoneyUnclear(Message):
    typed: str
    reason: Literal["unreadable", "not_positive", "not_whole", "too_large", "doubtful"]
    choices: tuple[int, ...] = ()


@dataclass(frozen=True)
class RuleUnclear(Message):
    """A down payment that could not be read; same reasons as an amount."""

    typed: str
    reason: Literal["unreadable", "not_positive", "not_whole", "too_large", "doubtful"]


@dataclass(frozen=True)
class RuleOverPrice(Message):
    """The fixed down payment is more than the cheapest piece costs."""

    amount: int
    cheapest: int


@dataclass(frozen=True)
class MomentUnclear(Message):
    typed: str
    reason: Literal["unreadable", "past", "impossible", "too_far", "hour"]
    moment: datetime | None = None


@dataclass(frozen=True)
class DurationUnclear(Message):
    typed: str
    reason: Literal["unreadable", "too_short", "too_long"]
    bound: timedelta | None = None


@dataclass(frozen=True)
class TextUnclear(Message):
    """A name, title or reason that is too long or holds no letter or digit; `length` and `most` count characters."""

    typed: str
    reason: Literal["empty", "too_long"]
    length: int = 0
    most: int = 0


@dataclass(frozen=True)
class TrackingUnclear(Message):
    """Not 5 to 40 letters, digits and hyphens."""

    typed: str


@dataclass(frozen=True)
class ChoiceUnclear(Message):
    """What was typed or pressed is none of the choices on the screen."""

    typed: str


@dataclass(frozen=True)
class SellerHint(Message):
    """One short sentence: what this screen waits for."""

    wants: Literal[
        "number", "money", "text", "moment", "day", "hour", "duration", "rule", "photo", "tracking", "code", "button"
    ]
