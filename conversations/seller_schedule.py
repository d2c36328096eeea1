"""/schedule: what comes next, calling one off, and what the shop does by itself (product 7).

Steps, verbs and screens. In: the step, what was said, the snapshot. Out: the next step, with the effect where
something is set or called off. What the books or a promise to a buyer rest on cannot be called off here: the screen
says why. Pure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from typing import Final

from conversations.buttons import Button
from conversations.effects import CancelDue, SetRule
from conversations.prompt import WAY_OUT, Prompt, in_rows, one_a_row
from conversations.said import Back, Picked, Typed
from conversations.seller_reading import quoted
from conversations.shop import Coming, Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog import Label, Message, Plain
from messages.catalog.scheduling import (
    Agenda,
    AgendaCancelled,
    AgendaGone,
    AgendaLine,
    AgendaOne,
    RuleNotRead,
    RuleSet,
    RuleShown,
    RulesShown,
)
from messages.catalog.selling_unclear import ChoiceUnclear, SellerHint, SellerLeft
from preorder.errors import NotADuration
from preorder.rules import (
    AUTO,
    LATE,
    MOST_DAYS,
    RULES,
    WITH_DAYS,
    WITH_HOUR,
    WITH_LENGTHS,
    WITHOUT_SWITCH,
    Rule,
    RuleKind,
    read_lengths,
)
from preorder.staff import Right
from preorder.typed_text import plain
from preorder.values import dataclass

A_PAGE: Final = 8
SETTINGS: Final = "settings"
NEXT: Final = "next"
BEFORE: Final = "before"
SWITCH: Final = "switch"
CALL_OFF: Final = "call_off"
SET: Final = "set"
HOURS: Final = (7, 9, 11, 16, 19, 20)
DAYS: Final = (1, 2, 3, 5, 7, 14, 21, 30)
# What is offered beside typing: labels and what they say.
LENGTHS: Final[dict[RuleKind, tuple[tuple[str, str], ...]]] = {
    "close_reminder": (("lengths_3d_1d_3h", "3d,1d,3h"), ("lengths_1d_3h", "1d,3h"), ("lengths_3h", "3h")),
    "hold_reminder": (
        ("lengths_auto", AUTO),
        *(("lengths_1h", "1h"), ("lengths_3h", "3h"), ("lengths_6h", "6h")),
    ),
    "waiting_offer": (
        *(("lengths_1h", "1h"), ("lengths_2h", "2h"), ("lengths_6h", "6h")),
        ("lengths_1d", "1d"),
    ),
}
_HOUR: Final = re.compile(r"(?:jam |pukul |at )?([01]?\d|2[0-3])[.:]([0-5]\d)")
_DAYS: Final = re.compile(r"(\d{1,3})(?: hari| days?)?")


@dataclass(frozen=True)
class Scheduling(Step, right=Right.SELL):
    """Every step of /schedule."""


@dataclass(frozen=True)
class ScheduleList(Scheduling):
    page: int = 0


@dataclass(frozen=True)
class ScheduleOne(Scheduling):
    due_id: str


@dataclass(frozen=True)
class RulesList(Scheduling):
    pass


@dataclass(frozen=True)
class RuleEdit(Scheduling):
    kind: RuleKind


def begin_schedule(_shop: Shop) -> Go[ScheduleList]:
    """/schedule."""
    return Go(ScheduleList())


# --- what comes --------------------------------------------------------------------------------------------------


def pick_coming(
    at: ScheduleList, said: Picked, shop: Shop
) -> Go[ScheduleList] | Go[ScheduleOne] | Go[RulesList] | Stay:
    match said.value:
        case "settings":
            return Go(RulesList())
        case "next":
            return Go(ScheduleList(at.page + 1))
        case "before":
            return Go(ScheduleList(max(0, at.page - 1)))
        case due_id if any(coming.id == due_id for coming in shop.coming):
            return Go(ScheduleOne(due_id))
        case other:
            return Stay(ChoiceUnclear(quoted(other)))


def list_to_home(_at: ScheduleList, _said: Back, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(SellerLeft(),))


def decide_coming(at: ScheduleOne, said: Picked, shop: Shop) -> Go[ScheduleList] | Go[RuleEdit] | Stay:
    coming = next((one for one in shop.coming if one.id == at.due_id), None)
    if coming is None:
        return Go(ScheduleList(), say=(AgendaGone(),))
    if said.value == SET and coming.rule is not None:
        return Go(RuleEdit(coming.rule))
    if said.value != CALL_OFF or not coming.cancellable:
        return Stay(ChoiceUnclear(quoted(said.value)))
    return Go(ScheduleList(), do=(CancelDue(at.due_id),), say=(AgendaCancelled(_line(coming)),))


def one_to_list(_at: ScheduleOne, _said: Back, _shop: Shop) -> Go[ScheduleList]:
    return Go(ScheduleList())


# --- what is done by itself --------------------------------------------------------------------------------------


def pick_rule(_at: RulesList, said: Picked, _shop: Shop) -> Go[RuleEdit] | Stay:
    kind = next((one for one in RULES if one == said.value), None)
    return Go(RuleEdit(kind)) if kind else Stay(ChoiceUnclear(quoted(said.value)))


def rules_to_list(_at: RulesList, _said: Back, _shop: Shop) -> Go[ScheduleList]:
    return Go(ScheduleList())


def pick_setting(at: RuleEdit, said: Picked, shop: Shop) -> Go[RuleEdit] | Stay:
    rule = shop.rule(at.kind)
    if said.value == SWITCH and at.kind not in WITHOUT_SWITCH:
        return _set(replace(rule, is_on=not rule.is_on))
    if said.value == AUTO and at.kind == "hold_reminder":
        return _set(replace(rule, lengths=()))
    return type_setting(at, Typed(said.value), shop)


def type_setting(at: RuleEdit, said: Typed, shop: Shop) -> Go[RuleEdit] | Stay:
    """An hour (`09.00`), a number of days (`3`, `3 hari`), or lengths (`3 hari, 1 hari, 3 jam`)."""
    rule, text = shop.rule(at.kind), plain(said.text)
    if at.kind in WITH_LENGTHS:
        return _lengths(rule, said.text)
    hour, days = _HOUR.fullmatch(text), _DAYS.fullmatch(text)
    if hour and hour[0].isascii() and at.kind in WITH_HOUR:
        return _set(replace(rule, at=time(int(hour[1]), int(hour[2]))))
    if days and days[0].isascii() and at.kind in WITH_DAYS and 1 <= int(days[1]) <= MOST_DAYS:
        return _set(replace(rule, days=int(days[1])))
    return Stay(_wanted(at.kind))


def _lengths(rule: Rule, text: str) -> Go[RuleEdit] | Stay:
    try:
        return _set(replace(rule, lengths=read_lengths(text, WITH_LENGTHS[rule.kind])))
    except NotADuration:
        return Stay(_wanted(rule.kind))


def _wanted(kind: RuleKind) -> RuleNotRead:
    """What can be typed here."""
    if kind in WITH_LENGTHS:
        return RuleNotRead("lengths" if WITH_LENGTHS[kind] > 1 else "length")
    if kind in WITH_HOUR:
        return RuleNotRead("hour_or_days" if kind in WITH_DAYS else "hour")
    return RuleNotRead("days")


def _set(rule: Rule) -> Go[RuleEdit]:
    return Go(RuleEdit(rule.kind), do=(SetRule(rule),), say=(RuleSet(),))


def edit_to_rules(_at: RuleEdit, _said: Back, _shop: Shop) -> Go[RulesList]:
    return Go(RulesList())


# --- screens -----------------------------------------------------------------------------------------------------


def schedule_prompt(step: Scheduling, shop: Shop) -> Prompt | None:
    match step:
        case ScheduleList():
            return _list(step, shop)
        case ScheduleOne():
            return _one(next((one for one in shop.coming if one.id == step.due_id), None))
        case RulesList():
            kinds = [Button(Label(f"rule_{kind}"), kind, choice=True) for kind in RULES]
            rules = tuple(shop.rule(kind) for kind in RULES)
            return Prompt(RulesShown(rules, shop.has_channel), (*one_a_row(kinds), *WAY_OUT))
        case RuleEdit():
            return _edit(shop.rule(step.kind))
        case _:
            return None


def _line(coming: Coming) -> AgendaLine:
    return AgendaLine(coming.kind, coming.about, coming.due_at)


def _list(step: ScheduleList, shop: Shop) -> Prompt:
    shown = shop.coming[:A_PAGE]
    start = step.page * A_PAGE
    numbers = [Button(Plain(str(start + i)), one.id, choice=True) for i, one in enumerate(shown, start=1)]
    turning = [Button(Label("page_before"), BEFORE)] if step.page else []
    turning += [Button(Label("page_next"), NEXT)] if len(shop.coming) > A_PAGE else []
    settings = Button(Label("rules"), SETTINGS)
    rows = (*in_rows(numbers, 4), *in_rows(turning, 2), (settings,))
    return Prompt(Agenda(start, tuple(_line(one) for one in shown)), (*rows, *WAY_OUT))


def _one(coming: Coming | None) -> Prompt:
    if coming is None:
        return Prompt(AgendaGone(), WAY_OUT)
    off = ((Button(Label("call_off"), CALL_OFF),),) if coming.cancellable else ()
    rule = ((Button(Label("set_rule"), SET),),) if coming.rule is not None else ()
    return Prompt(AgendaOne(_line(coming), coming.cancellable), (*off, *rule, *WAY_OUT))


def _edit(rule: Rule) -> Prompt:
    kind = rule.kind
    switch = () if kind in WITHOUT_SWITCH else ((Button(Label("rule_off" if rule.is_on else "rule_on"), SWITCH),),)
    hours = [Button(Plain(f"{hour:02}.00"), f"{hour:02}.00") for hour in HOURS] if kind in WITH_HOUR else []
    days = [Button(Label("days", (n,)), str(n)) for n in DAYS] if kind in WITH_DAYS else []
    lengths = [Button(Label(label), value) for label, value in LENGTHS.get(kind, ())]
    rows = (*switch, *in_rows(hours, 3), *in_rows(days, 4), *in_rows(lengths, 2))
    return Prompt(RuleShown(rule, LATE[kind]), (*rows, *WAY_OUT), numbers_are_answers=True)


SCHEDULE_HINTS: Final[dict[type[Step], Message]] = {
    ScheduleList: SellerHint("button"),
    ScheduleOne: SellerHint("button"),
    RulesList: SellerHint("button"),
    RuleEdit: SellerHint("button"),
}
