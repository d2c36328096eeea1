"""/birthday: a buyer types day and month of birth, and sees them back (product 7): step, verbs, screen. Pure."""

from __future__ import annotations

from conversations.effects import Effect
from conversations.prompt import WAY_OUT, Prompt
from conversations.said import Back, Cancel, Typed
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog.celebrating import AskBirthday, BirthdayKept, BirthdayLeft, BirthdayNotRead
from preorder.celebrating import read_day, shown
from preorder.errors import NotAMoment
from preorder.staff import Right
from preorder.values import dataclass


@dataclass(frozen=True)
class KeepBirthday(Effect, right=Right.BUY):
    """Remember somebody's own birthday: a day and month (`05-14`)."""

    day: str


@dataclass(frozen=True)
class EnterBirthday(Step):
    """On which day and month?"""


def begin_birthday() -> Go[EnterBirthday]:
    """The button under /birthday."""
    return Go(EnterBirthday())


def enter_birthday(_at: EnterBirthday, said: Typed, _shop: Shop) -> Go[Home] | Stay:
    try:
        day = read_day(said.text)
    except NotAMoment:
        return Stay(BirthdayNotRead(), redraw=False)
    return Go(Home(), do=(KeepBirthday(day),), say=(BirthdayKept(shown(day)),))


def leave_birthday(_at: EnterBirthday, _: Back, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(BirthdayLeft(),))


def cancel_birthday(_at: EnterBirthday, _: Cancel, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(BirthdayLeft(),))


def birthday_prompt() -> Prompt:
    return Prompt(AskBirthday(), WAY_OUT, numbers_are_answers=True)
