"""Keyboards and texts in the Bot API's form. In: our buttons and rendered HTML. Out: plain values for JSON."""

from __future__ import annotations

import html
import re
from typing import Any, Final

from conversations.buttons import (
    ActionButton,
    AnyButton,
    Button,
    ContactButton,
    CopyButton,
    Keyboard,
    LinkButton,
    action_data,
    screen_data,
)
from messages.formats import Locale
from messages.render import Words

MAX_TEXT: Final = 4096  # code points after parsing (Telegram)
MAX_CAPTION: Final = 1024
_TAG: Final = re.compile(r"<[^>]+>")


def markup(keyboard: Keyboard, words: Words, locale: Locale, revision: int) -> dict[str, Any] | None:
    """`reply_markup`, or None without buttons. A keyboard with a contact key stands below the chat."""
    if not keyboard:
        return None
    if is_below_chat(keyboard):
        rows = [[_key(button, words, locale) for button in row] for row in keyboard]
        return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}
    return {"inline_keyboard": [[_inline(button, words, locale, revision) for button in row] for row in keyboard]}


def is_below_chat(keyboard: Keyboard) -> bool:
    return any(isinstance(button, ContactButton) for row in keyboard for button in row)


def _key(button: AnyButton, words: Words, locale: Locale) -> dict[str, Any]:
    text = words.label(button.label, locale)
    return {"text": text, "request_contact": True} if isinstance(button, ContactButton) else {"text": text}


def _inline(button: AnyButton, words: Words, locale: Locale, revision: int) -> dict[str, Any]:
    text = words.label(button.label, locale)
    match button:
        case Button(value=value):
            return {"text": text, "callback_data": screen_data(revision, value)}
        case ActionButton(action=action, args=args):
            return {"text": text, "callback_data": action_data(action, args)}
        case LinkButton(url=url):
            return {"text": text, "url": url}
        case CopyButton(text=copied):
            return {"text": text, "copy_text": {"text": copied[:256]}}
        case ContactButton():
            raise ValueError("a contact key cannot stand under a message")


def visible_length(text: str) -> int:
    """How long Telegram finds an HTML text: code points after parsing."""
    return len(html.unescape(_TAG.sub("", text)))


def pages(text: str, limit: int = MAX_TEXT) -> list[str]:
    """Split at line ends so that each part fits; our templates close every tag on its line."""
    if visible_length(text) <= limit:
        return [text]
    parts: list[str] = []
    current: list[str] = []
    length = 0
    for line in text.split("\n"):
        size = visible_length(line) + 1
        if current and length + size > limit:
            parts.append("\n".join(current))
            current, length = [], 0
        current.append(line)
        length += size
    parts.append("\n".join(current))
    return [part for part in parts if part.strip()]
