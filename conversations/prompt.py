"""What a screen is: one message and its buttons."""

from __future__ import annotations

from collections.abc import Sequence

from conversations.buttons import BACK_BUTTON, CANCEL_BUTTON, Button, ContactButton, Keyboard
from messages.catalog import Message
from preorder.picture import Shot
from preorder.values import dataclass


@dataclass(frozen=True)
class Prompt:
    """One screen. `photo` is a media id shown above the text; `pictures` are shown before it, several as an album.
    `numbers_are_answers` is True where a typed number is an answer of its own (a quantity) and must not be taken for a
    button's number. `before` is a message of its own that is sent first, with standing buttons at most (an announcement
    as its readers will get it)."""

    message: Message
    keyboard: Keyboard = ()
    photo: str = ""
    pictures: tuple[Shot, ...] = ()
    numbers_are_answers: bool = False
    before: Prompt | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(b for row in self.keyboard for b in row if isinstance(b, Button))


def one_a_row(buttons: Sequence[Button]) -> Keyboard:
    return tuple((button,) for button in buttons)


def in_rows(buttons: Sequence[Button | ContactButton], width: int) -> Keyboard:
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))


WAY_OUT: Keyboard = ((BACK_BUTTON, CANCEL_BUTTON),)
ONLY_OUT: Keyboard = ((CANCEL_BUTTON,),)
