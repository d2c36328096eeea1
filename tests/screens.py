"""What is on somebody's screen: messages and buttons as a journey reads them, and a picture to send.

In: messages as the sandbox shows them. Out: values to look at. Pure.
"""

from __future__ import annotations

import random
import re
import struct
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Button:
    """A button under a message. Exactly one of `callback`, `url`, `copy` is not empty."""

    text: str
    callback: str = ""
    url: str = ""
    copy: str = ""


@dataclass(frozen=True)
class Message:
    """A message on somebody's screen. `text` is the caption where there is a picture; `date` is aware, in UTC."""

    id: int
    text: str
    buttons: list[list[Button]]
    photo: bool
    document: str
    date: datetime
    by_bot: bool
    change: int
    edited: bool
    url: str
    raw: Json = field(repr=False)

    def visible(self) -> str:
        """Everything that can be read: text, file name and buttons."""
        labels = [button.text for row in self.buttons for button in row]
        return plain("\n".join([self.text, self.document, *labels]))

    def button(self, label: str) -> Button | None:
        """The button with this label (any case), or else the first one whose label contains it."""
        wanted = plain(label).casefold()
        shown = [button for row in self.buttons for button in row]
        exact = [button for button in shown if plain(button.text).casefold() == wanted]
        near = [button for button in shown if wanted in plain(button.text).casefold()]
        return next(iter(exact + near), None)


def plain(text: str) -> str:
    """Text with ordinary spaces, as a test writes it (money is shown with a space that does not break)."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def buttons(message: Message) -> list[str]:
    """The labels under a message, row by row."""
    return [button.text for row in message.buttons for button in row]


def read_message(raw: Json) -> Message:
    """A message of the control API."""
    rows = raw.get("reply_markup", {}).get("inline_keyboard", [])
    return Message(
        id=raw["message_id"],
        text=str(raw.get("text") or raw.get("caption") or ""),
        buttons=[[_button(button) for button in row] for row in rows],
        photo="photo" in raw,
        document=raw.get("document", {}).get("file_name", ""),
        date=datetime.fromtimestamp(raw["date"], UTC),
        by_bot=raw["sandbox"]["by_bot"],
        change=raw["sandbox"]["change"],
        edited="edit_date" in raw,
        url=raw["sandbox"].get("url", ""),
        raw=raw,
    )


def _button(raw: Json) -> Button:
    return Button(
        raw["text"], raw.get("callback_data", ""), raw.get("url", ""), raw.get("copy_text", {}).get("text", "")
    )


def tail(messages: list[Message], since: int = 0, count: int = 8) -> str:
    """The end of a chat, for a person to read in a failed test; `*` marks what is new."""
    lines = []
    for message in messages[-count:]:
        mark = "*" if message.change > since else " "
        who = "bot" if message.by_bot else "  I"
        kind = "[photo] " if message.photo else f"[{message.document}] " if message.document else ""
        rows = "".join(f"\n        [{'] ['.join(button.text for button in row)}]" for row in message.buttons)
        lines.append(f"  {mark}{who} #{message.id}: {kind}{message.text}{rows}")
    return "\n".join(lines) or "  (nothing)"


def make_png(
    width: int = 240, height: int = 320, colour: tuple[int, int, int] = (245, 245, 245), seed: int = 0
) -> bytes:
    """A small picture: one colour with stripes that depend on `seed`, so that two seeds give two different files."""
    chance = random.Random(seed)
    rows = []
    for _ in range(height):
        shade = chance.choice((0, 0, 0, 24))
        pixel = bytes(max(0, part - shade) for part in colour)
        rows.append(b"\0" + pixel * width)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
