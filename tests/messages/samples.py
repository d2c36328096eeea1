"""Samples of every message, made from the type hints of its fields.

In: a message class, a source of chance, the text that stands for whatever people type. Out: a message as the bot could
send it. Every Literal value, both answers of a bool, both sides of an Optional and lists of 0, 1 and 3 come up. Values
that must fit each other (an order's sums, a percentage) are made by hand.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import random
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Final, Literal, NewType, TypeVar, Union

from messages import catalog
from messages.catalog import Message
from messages.catalog.running import Help, HelpSeller
from messages.catalog.selling_unclear import DurationUnclear
from messages.catalog.selling_work import BatchLine
from preorder.address import Address
from preorder.batch import BatchId, VariantId
from preorder.money import Fixed, Full, Percent, Rupiah
from preorder.order import Line, Order, OrderId, OrderState, PersonId

NOW: Final = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
NUMBERS: Final = (0, 1, 2, 5, 47, 150_000)
SIZES: Final = (1, 0, 3)
WORD: Final = "Sari"

# What a field never holds although its type would allow it.
NARROWED: Final[dict[tuple[type, str], Any]] = {
    # Drafts are not stored, and what is over is not offered for work.
    (BatchLine, "state"): Literal["scheduled", "open", "closed", "producing", "ready", "shipping"],
    # A length that is too short or too long always names its bound.
    (DurationUnclear, "bound"): timedelta,
    # A command is one of ours and has its label.
    (Help, "commands"): tuple[Literal["order", "addresses", "privacy"], ...],
    (HelpSeller, "commands"): tuple[Literal["open", "proofs", "ship"], ...],
}

# Texts that may be empty: nothing was said, or somebody is not known by name.
MAY_BE_EMPTY: Final = {"buyer", "by", "current", "description", "first_name", "reason", "used_for", "username", "wish"}

_AnyMessage = TypeVar("_AnyMessage", bound=Message)


def message_classes() -> list[type[Message]]:
    """Every message of the catalogue, by name."""
    for module in pkgutil.iter_modules(catalog.__path__, f"{catalog.__name__}."):
        importlib.import_module(module.name)
    return sorted(set(_below(Message)), key=lambda kind: (kind.__name__, kind.__module__))


def _below(kind: type[Message]) -> Iterator[type[Message]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith(f"{catalog.__name__}."):
            yield child
        yield from _below(child)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


class Sampler:
    """Makes values of any type that a message's field may have. `word` stands for what people type."""

    def __init__(self, chance: random.Random, word: str = WORD) -> None:
        self.chance = chance
        self.word = word
        self._made: dict[Any, Callable[[], Any]] = {
            str: lambda: self.word,
            int: lambda: self.chance.choice(NUMBERS),
            bool: lambda: self.chance.random() < 0.5,
            datetime: lambda: NOW + timedelta(hours=self.chance.randrange(-48, 480)),
            date: lambda: NOW.date() + timedelta(days=self.chance.randrange(60)),
            time: lambda: time(self.chance.randrange(24), 30),
            timedelta: lambda: timedelta(minutes=self.chance.choice((30, 90, 1440, 4320))),
            Order: self.order,
            Percent: lambda: Percent(self.chance.choice((10, 50, 100))),
            Fixed: lambda: Fixed(Rupiah(25_000)),
            Full: Full,
        }

    def message(self, kind: type[_AnyMessage]) -> _AnyMessage:
        """A message of this class."""
        made: _AnyMessage = self._dataclass(kind)
        return made

    def value(self, hint: Any) -> Any:
        """A value of a type hint. Raises TypeError for a hint that no message has used so far."""
        if hint in self._made:
            return self._made[hint]()
        if isinstance(hint, NewType):
            return self.value(hint.__supertype__)
        origin, args = typing.get_origin(hint), typing.get_args(hint)
        if origin is Literal:
            return self.chance.choice(args)
        if origin in (Union, types.UnionType):
            return self.value(self.chance.choice(args))
        if origin is tuple:
            inside = args[:1] * self.chance.choice(SIZES) if args[1:] == (...,) else args
            return tuple(self.value(each) for each in inside)
        if hint is type(None):
            return None
        if inspect.isclass(hint) and is_dataclass(hint):
            return self._dataclass(hint)
        raise TypeError(f"no sample for {hint!r}")

    def _dataclass(self, kind: Any) -> Any:
        hints = _hints(kind)
        chosen = {field.name: self.value(NARROWED.get((kind, field.name), hints[field.name])) for field in fields(kind)}
        return kind(**chosen)

    def order(self) -> Order:
        """An order whose sums fit each other, in any state."""
        pick = self.chance.choice
        state: OrderState = pick(typing.get_args(OrderState))
        lines = tuple(self.line() for _ in range(pick((1, 3))))
        total = sum(line.total for line in lines)
        first = pick((total, total // 2))
        paid = {
            "held": (0, first // 3),
            "confirmed": (first, total, total + 500),
            "shipped": (first, total),
            "expired": (0, first // 3),
            "cancelled": (0, first // 3),
        }[state]
        sent = state == "shipped"
        return Order(
            id=OrderId("o1"),
            code="PO-7K3F",
            batch_id=BatchId("b1"),
            batch=self.word,
            person_id=PersonId(7),
            state=state,
            total=Rupiah(total),
            first_due=Rupiah(first),
            paid=Rupiah(pick(paid)),
            hold_until=NOW + timedelta(hours=24),
            placed_at=NOW,
            address=Address(recipient=self.word, phone="+6281234567890", street=self.word),
            lines=lines,
            waiting_proofs=pick((0, 1)),
            courier=self.word if sent else "",
            tracking=self.word if sent else "",
        )

    def line(self) -> Line:
        """A line with or without a wish."""
        wish = self.chance.choice(("", self.word))
        quantity = self.chance.choice((1, 2, 12))
        return Line(VariantId("v1"), self.word, self.word, Rupiah(75_000), quantity, wish)
