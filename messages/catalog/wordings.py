"""What is said to a seller in /texts: the shop's own words for announcement, reminder and greeting (product 9).

Names and bodies are unescaped (the templates escape). Worded in `messages/<language>/wordings.j2`.
"""

from __future__ import annotations

from messages.catalog.base import Message
from preorder.values import dataclass
from preorder.wording import WordingKind, WordingLocale


@dataclass(frozen=True)
class WordingLine:
    """One text: in which languages the shop has words of its own."""

    kind: WordingKind
    in_indonesian: bool
    in_english: bool


@dataclass(frozen=True)
class TextsListed(Message):
    lines: tuple[WordingLine, ...]


@dataclass(frozen=True)
class TextShown(Message):
    """One text in one language. `body` is the shop's own, empty when it is ours; `places` are what it may name."""

    kind: WordingKind
    locale: WordingLocale
    body: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class AskText(Message):
    kind: WordingKind
    locale: WordingLocale
    places: tuple[str, ...]


@dataclass(frozen=True)
class TextPreviewed(Message):
    """Below the text as its readers would get it. `is_long`: more than a photo's caption holds (1,024)."""

    kind: WordingKind
    is_long: bool


@dataclass(frozen=True)
class PlacesUnknown(Message):
    """Places that this text cannot have, and those it can."""

    unknown: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class TextTooLong(Message):
    """Filled, a message would be `length` characters; `most` is what Telegram takes."""

    length: int
    most: int


@dataclass(frozen=True)
class TextKept(Message):
    kind: WordingKind


@dataclass(frozen=True)
class TextReset(Message):
    kind: WordingKind
