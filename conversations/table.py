"""The machinery of a flow table: places (`Step`), transitions and their outcome, and how they are looked up.

A flow is written as `table(at(Step, on(Word, verb), …), …)`. The type checker holds each verb to its step and word; the
return annotation of a verb (`Go[EnterWish] | Stay`) is the arrow that `diagram` draws. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from conversations.effects import Effect
from conversations.said import Word
from conversations.shop import Shop
from messages.catalog import Message
from preorder.staff import Right
from preorder.values import dataclass


@dataclass(frozen=True)
class Step:
    """Where a person is. Frozen and serialisable; what was entered so far travels in it. A step of the staff names the
    right it needs, its heirs have it too; whoever has lost it is not there any more (product 1)."""

    right: ClassVar[Right] = Right.BUY

    def __init_subclass__(cls, right: Right | None = None) -> None:
        if right is not None:
            cls.right = right


S_co = TypeVar("S_co", bound=Step, covariant=True)
S_contra = TypeVar("S_contra", bound=Step, contravariant=True)
S = TypeVar("S", bound=Step)
W = TypeVar("W", bound=Word)


@dataclass(frozen=True)
class Go(Generic[S_co]):
    """Move to `to`. `do` is committed together with it; `say` is said before the next screen. When it `is_quiet` the
    screen that is up still holds, and nothing is shown."""

    to: S_co
    do: tuple[Effect, ...] = ()
    say: tuple[Message, ...] = ()
    is_quiet: bool = False


@dataclass(frozen=True)
class Stay:
    """Remain, with one sentence why. What was entered stays. `redraw` shows the screen again below the sentence."""

    why: Message
    redraw: bool = True


Outcome = Go[Step] | Stay


class On(Generic[S_contra]):
    """One row's right-hand side: on this word, do this verb."""

    def __init__(self, word: type[Word], verb: Callable[..., Outcome]) -> None:
        self.word = word
        self.verb = verb


@dataclass(frozen=True)
class At:
    step: type[Step]
    rows: dict[type[Word], Callable[..., Outcome]]


Table = dict[type[Step], dict[type[Word], Callable[..., Outcome]]]


def on(word: type[W], verb: Callable[[S, W, Shop], Outcome]) -> On[S]:
    return On(word, verb)


def at(step: type[S], *rows: On[S]) -> At:
    return At(step, {row.word: row.verb for row in rows})


def table(*places: At) -> Table:
    return {place.step: place.rows for place in places}
