"""What the shop does by itself: said to sellers about it (product 7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from messages.catalog.base import Message
from preorder.rules import DueKind, Rule
from preorder.values import dataclass


@dataclass(frozen=True)
class PlanMissed(Message):
    """A planned batch never opened: the bot was away from before its opening until after its closing."""

    title: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class PaydayIdea(Message):
    """Payday in so many days, and no batch is planned for it."""

    day: date
    days: int


@dataclass(frozen=True)
class HolidayIdea(Message):
    """A holiday in so many days; `estimated` while its date is not decreed."""

    name_id: str
    name_en: str
    day: date
    days: int
    estimated: bool


@dataclass(frozen=True)
class AgendaLine:
    """Something that comes; `about` is a batch or an order."""

    kind: DueKind
    about: str
    due_at: datetime


@dataclass(frozen=True)
class Agenda(Message):
    """What comes next, page by page."""

    page: int
    lines: tuple[AgendaLine, ...]


@dataclass(frozen=True)
class AgendaOne(Message):
    """One of them; what the books or a buyer rest on cannot be called off."""

    line: AgendaLine
    cancellable: bool


@dataclass(frozen=True)
class AgendaGone(Message):
    pass


@dataclass(frozen=True)
class AgendaCancelled(Message):
    line: AgendaLine


@dataclass(frozen=True)
class RulesShown(Message):
    """What the shop does by itself."""

    rules: tuple[Rule, ...]
    has_channel: bool


@dataclass(frozen=True)
class RuleShown(Message):
    """One rule as it is set. `late`: how late it may still be done, where that is a length of time."""

    rule: Rule
    late: timedelta | None


@dataclass(frozen=True)
class RuleNotRead(Message):
    """What was typed is none of what can be set here."""

    Wanted = Literal["hour", "days", "hour_or_days", "length", "lengths"]
    wanted: Wanted


@dataclass(frozen=True)
class RuleSet(Message):
    pass
