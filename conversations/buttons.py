"""Buttons of a screen, and how a press or a typed answer finds its button.

Callback data is `s:<revision>:<value>` for a button that answers the current screen (it dies with the screen), and
`a:<action>:<argument>…` for one that stands on its own (a catalogue card, a proof). Telegram allows 64 bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from messages.catalog import Label, Text
from preorder.values import dataclass

MAX_CALLBACK_BYTES: Final = 64
BACK: Final = "back"
CANCEL: Final = "cancel"


@dataclass(frozen=True)
class Button:
    """An answer to the current screen. `choice` numbers it for typing (1, 2, …) where the screen lists choices."""

    label: Text
    value: str
    choice: bool = False


@dataclass(frozen=True)
class ActionButton:
    """A button that works without a screen: `action` is a key of the bot's table of actions. `choice` numbers it for
    typing where a message lists choices."""

    label: Text
    action: str
    args: tuple[str, ...] = ()
    choice: bool = False


@dataclass(frozen=True)
class LinkButton:
    label: Text
    url: str


@dataclass(frozen=True)
class CopyButton:
    """Copies `text` on the buyer's phone (an account number, a tracking number)."""

    label: Text
    text: str


@dataclass(frozen=True)
class ContactButton:
    """Shows the phone's own "share my number" key below the chat."""

    label: Text


AnyButton = Button | ActionButton | LinkButton | CopyButton | ContactButton
Keyboard = tuple[tuple[AnyButton, ...], ...]

BACK_BUTTON: Final = Button(Label("back"), BACK)
CANCEL_BUTTON: Final = Button(Label("cancel"), CANCEL)


def screen_data(revision: int, value: str) -> str:
    """Callback data of a button that answers the screen of this session revision."""
    return _checked(f"s:{revision}:{value}")


def action_data(action: str, args: Sequence[str]) -> str:
    return _checked(":".join(("a", action, *args)))


def _checked(data: str) -> str:
    if len(data.encode()) > MAX_CALLBACK_BYTES:
        raise ValueError(f"callback data of {len(data.encode())} bytes")
    return data


_DECORATION = re.compile(r"[^\w\s%+./'&-]+")


def plain_label(text: str) -> str:
    """A label as people would type it: without emoji and punctuation (`2.`, `Ya!`), in lower case."""
    return " ".join(_DECORATION.sub(" ", text).casefold().split()).rstrip(". ")


def typed_value(text: str, buttons: Sequence[Button], labels: Sequence[Sequence[str]], by_number: bool) -> str | None:
    """The value of the button whose label (in any language of `labels`, parallel to `buttons`) was typed, or whose
    number among the choices was typed; None when no button is meant."""
    wanted = plain_label(text)
    if not wanted:
        return None
    for button, names in zip(buttons, labels, strict=True):
        if wanted in {plain_label(name) for name in names}:
            return button.value
    if by_number and wanted.isdecimal() and len(wanted) <= 3:
        choices = [button for button in buttons if button.choice]
        number = int(wanted)
        if 1 <= number <= len(choices):
            return choices[number - 1].value
    return None
