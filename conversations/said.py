"""What a person can say, once it is known to be an answer to the screen they are on.

`bot.inbound` turns an update into one of these; the flow tables say which of them a step understands. A typed button
label or number has already become `Picked`, a typed "kembali" has become `Back`.
"""

from __future__ import annotations

from typing import Literal

from preorder.values import dataclass

FileKind = Literal["photo", "document"]
OtherKind = Literal["sticker", "voice", "video", "location", "poll", "dice", "album", "empty", "other"]


@dataclass(frozen=True)
class Word:
    """Anything a person can say to a step."""


@dataclass(frozen=True)
class Typed(Word):
    text: str


@dataclass(frozen=True)
class Picked(Word):
    """A button of the current screen, by its value."""

    value: str


@dataclass(frozen=True)
class Back(Word):
    pass


@dataclass(frozen=True)
class Cancel(Word):
    pass


@dataclass(frozen=True)
class SentFile(Word):
    """A photo or document; ids are Telegram's, `size` in bytes."""

    kind: FileKind
    file_id: str
    unique_id: str
    size: int
    name: str = ""
    caption: str = ""
    album: str = ""  # what Telegram calls the photos that were sent together


@dataclass(frozen=True)
class SentVideo(Word):
    """A video; only a product's pictures have a use for one."""

    file_id: str
    size: int


@dataclass(frozen=True)
class SharedContact(Word):
    phone: str
    name: str


@dataclass(frozen=True)
class Other(Word):
    """A sticker, a voice message, …: nothing that a step could use."""

    kind: OtherKind
