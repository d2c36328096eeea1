"""What a message and a label are."""

from __future__ import annotations

from preorder.values import dataclass


@dataclass(frozen=True)
class Message:
    """Something the bot can say; each subclass has a template of its name in every language."""


@dataclass(frozen=True)
class Label:
    """A worded button text: `name` is a key of labels.toml, `args` fill its {0}, {1}, …"""

    name: str
    args: tuple[str | int, ...] = ()


@dataclass(frozen=True)
class Plain:
    """A button text that comes from the shop itself (a product's name) and is the same in every language."""

    text: str


Text = Label | Plain
