"""A seller's own broadcast: whom, what, how many; and how far it is (product 7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from messages.catalog.base import Message
from preorder.audience import Segment
from preorder.values import dataclass


@dataclass(frozen=True)
class AskAudience(Message):
    pass


@dataclass(frozen=True)
class AskWhichAudience(Message):
    """Buyers of which batch, who wants which product, who queues in which batch? `none`: there is nothing to choose."""

    kind: Literal["batch", "interest", "waiting"]
    none: bool


@dataclass(frozen=True)
class AskCity(Message):
    pass


@dataclass(frozen=True)
class AskBroadcastWords(Message):
    segment: Segment


@dataclass(frozen=True)
class OwnWords(Message):
    """The broadcast itself, as the seller wrote it; empty under a photo without words."""

    words: str


@dataclass(frozen=True)
class BroadcastReviewed(Message):
    """The message stands above. `left_out` are in the segment and want no news or have blocked the bot; `lasts` at the
    shop's pace; not before `starts_at` when the quiet hours have begun."""

    segment: Segment
    count: int
    left_out: int
    lasts: timedelta
    starts_at: datetime | None


@dataclass(frozen=True)
class WordsTooLong(Message):
    """`most` characters fit (Telegram: 1024 under a photo, 4096 without)."""

    length: int
    most: int
    with_photo: bool


@dataclass(frozen=True)
class WordsWanted(Message):
    """Neither a text nor a photo came."""


@dataclass(frozen=True)
class NobodyThere(Message):
    """The segment is empty, or nobody in it can be written to."""


@dataclass(frozen=True)
class BroadcastBegun(Message):
    count: int
    starts_at: datetime | None


@dataclass(frozen=True)
class BroadcastProgress(Message):
    """How far it is; `starts_at` when it waits for the end of the quiet hours, `left` at the shop's pace."""

    segment: Segment
    done: int
    expected: int
    is_paused: bool
    left: timedelta
    starts_at: datetime | None


@dataclass(frozen=True)
class BroadcastResult(Message):
    """It is over. `unsure`: the connection broke, nobody knows; `unsent`: it was stopped before."""

    segment: Segment
    was_stopped: bool
    sent: int
    blocked: int
    failed: int
    unsure: int
    unsent: int


@dataclass(frozen=True)
class BroadcastMoved(Message):
    """A toast: somebody pressed first."""


@dataclass(frozen=True)
class ReceiptsCaption(Message):
    """The sheet with what became of each message."""

    segment: Segment
