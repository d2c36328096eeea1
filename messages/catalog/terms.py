"""The shop's terms, and what is kept about a person (product 9)."""

from __future__ import annotations

from datetime import datetime

from messages.catalog.base import Message
from preorder.values import dataclass

# --- terms -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShopTerms(Message):
    """/terms: the text as the seller wrote it, up to 3,000 characters."""

    version: int
    text: str
    since: datetime


@dataclass(frozen=True)
class NoTerms(Message):
    """/terms while the shop has written none."""


@dataclass(frozen=True)
class TermsChanged(Message):
    """The terms are others than when the order was begun: read again, then confirm; the review follows."""

    version: int


@dataclass(frozen=True)
class AskTerms(Message):
    """To the seller: the next version; `text` is what is valid now, '' for none."""

    text: str
    longest: int


@dataclass(frozen=True)
class TermsPreviewed(Message):
    """As buyers will read it."""

    version: int
    text: str


@dataclass(frozen=True)
class TermsWritten(Message):
    version: int


# --- privacy -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Privacy(Message):
    """/privacy: what is kept, for how long, for whom, and how to have it deleted."""

    days: int


@dataclass(frozen=True)
class AskErase(Message):
    """Asked once before the person's data is deleted."""


@dataclass(frozen=True)
class Erased(Message):
    """Deleted; `running` are codes of orders that keep name and address until they are over."""

    running: tuple[str, ...]


@dataclass(frozen=True)
class NotErased(Message):
    pass
