"""The board in the channel or group, and what sellers read about it (product 3).

Fields: moments in UTC, names unescaped (the templates escape). Worded in `messages/<language>/board.j2`.
"""

from __future__ import annotations

from datetime import datetime

from messages.catalog.base import Message
from preorder.board import Trouble
from preorder.values import dataclass


@dataclass(frozen=True)
class BoardVariant:
    """A variant and the slots left of its own quota; None where only the batch's binds."""

    name: str
    left: int | None


@dataclass(frozen=True)
class BoardProduct:
    """A product and those of its variants that find room."""

    name: str
    variants: tuple[BoardVariant, ...]
    more: int = 0


@dataclass(frozen=True)
class BoardBatch:
    """An open batch. `days` and `hours` are what is left, rounded down, both 0 in the last hour; `progress` is percent
    of the target, None where it is not shown."""

    title: str
    closes_at: datetime
    days: int
    hours: int
    left: int
    quota: int
    products: tuple[BoardProduct, ...]
    more: int = 0
    progress: int | None = None


@dataclass(frozen=True)
class SlotBoard(Message):
    """The board. Nothing open: `closed` is the batch that closed last, `next_opening` when it goes on, if known."""

    batches: tuple[BoardBatch, ...]
    more: int = 0
    closed: str = ""
    next_opening: datetime | None = None


@dataclass(frozen=True)
class BoardRetired(Message):
    """A board that is not kept any more says so; `has_moved`: it hangs further below."""

    has_moved: bool


@dataclass(frozen=True)
class BoardShown(Message):
    """/board: whether it is on, where it hangs, what it says."""

    board: SlotBoard
    is_on: bool
    hangs: bool
    shows_target: bool
    trouble: Trouble


@dataclass(frozen=True)
class BoardNeedsChannel(Message):
    """There is no channel or group to put it up in."""


@dataclass(frozen=True)
class BoardSwitched(Message):
    is_on: bool


@dataclass(frozen=True)
class BoardTargetSwitched(Message):
    shows_target: bool


@dataclass(frozen=True)
class BoardRenewed(Message):
    """It is put up anew in a moment."""


@dataclass(frozen=True)
class BoardWasDeleted(Message):
    """Somebody deleted it in the channel; it comes again."""


@dataclass(frozen=True)
class BoardNotPinned(Message):
    """We may not pin there: it goes on without."""


@dataclass(frozen=True)
class BoardNotPosted(Message):
    """We may not write there."""
