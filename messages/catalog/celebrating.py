"""Birthdays and the day of the first order (product 7): what a buyer sets, and the invitations a week before."""

from __future__ import annotations

from datetime import date

from messages.catalog.base import Message
from messages.catalog.ordering import BatchRow
from preorder.values import dataclass
from preorder.wording import Wording


@dataclass(frozen=True)
class BirthdayCard(Message):
    """/birthday. Of `day` only day and month count; `has_news`: they get news at all."""

    day: date | None
    anniversary: bool
    has_news: bool


@dataclass(frozen=True)
class AskBirthday(Message):
    pass


@dataclass(frozen=True)
class BirthdayNotRead(Message):
    """What was typed is no day and month."""


@dataclass(frozen=True)
class BirthdayKept(Message):
    day: date


@dataclass(frozen=True)
class BirthdayLeft(Message):
    """Nothing was changed."""


@dataclass(frozen=True)
class BirthdayForgotten(Message):
    pass


@dataclass(frozen=True)
class AnniversarySet(Message):
    wanted: bool


@dataclass(frozen=True)
class BirthdayNear(Message):
    """The invitation: the birthday is in so many days. `batches` are open now; `own` are the shop's words."""

    first_name: str
    day: date
    days: int
    batches: tuple[BatchRow, ...]
    own: tuple[Wording, ...] = ()


@dataclass(frozen=True)
class AnniversaryNear(Message):
    """The invitation: in so many days it is so many years since the first order."""

    first_name: str
    day: date
    days: int
    years: int
    batches: tuple[BatchRow, ...]
    own: tuple[Wording, ...] = ()
