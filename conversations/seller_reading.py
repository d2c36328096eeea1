"""Typed answers of a seller: text in, the value or a `Stay` that says what was wrong with it out (product 11).

One place for the sentences, so that every step refuses the same mistake in the same words. Never guesses.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from conversations.shop import Shop
from conversations.table import Stay
from messages.catalog import Message
from messages.catalog.selling_unclear import (
    DurationUnclear,
    MomentUnclear,
    MoneyUnclear,
    NumberUnclear,
    RuleUnclear,
    TextUnclear,
    TrackingUnclear,
)
from preorder.calendar import next_payday
from preorder.counting import parse_count
from preorder.errors import NotACount, NotADuration, NotAMoment, NotMoney
from preorder.moments import parse_duration, parse_moment
from preorder.money import DownPayment, Rupiah, parse_rule, parse_rupiah
from preorder.pattern import pattern
from preorder.shipping import take_box
from preorder.values import dataclass

PRODUCT: Final = "p."  # before a product's id on a button: a shop's own code may be any word, "done" and "add" too
LONGEST_QUOTE: Final = 60  # characters of a wrong answer that are said back
FURTHEST: Final = timedelta(days=366)  # a batch planned beyond a year is a slip of the finger
SHORTEST_HOLD: Final = timedelta(hours=1)
LONGEST_HOLD: Final = timedelta(days=14)
HEAVIEST: Final = 50_000  # grams; couriers take no heavier parcel

_HOUR: Final = pattern(r"(?:(?:jam|pukul|at)\s*)?(\d{1,2})(?:[.:](\d{2}))?(?:\s*wib|\s*wita|\s*wit)?", re.IGNORECASE)
_WEIGHT: Final = pattern(r"(\d{1,6})(?:[.,](\d{1,3}))?\s*(kg|kilo|kilogram|g|gr|gram)?\.?", re.IGNORECASE)
_DAYS: Final = pattern(r"\s*(?:hari(?:\s+kerja)?|days?)\s*$", re.IGNORECASE)
_TRACKING: Final = pattern(r"[A-Z0-9-]{5,40}", re.ASCII)


def quoted(text: str) -> str:
    """What was typed, short enough to be said back."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def read_count(text: str, at_least: int, at_most: int) -> int | Stay:
    try:
        return parse_count(text, at_least, at_most)
    except NotACount as wrong:
        return Stay(NumberUnclear(quoted(text), wrong.reason, wrong.bound or 0))


def read_count_of_days(text: str, at_least: int, at_most: int) -> int | Stay:
    """Whole days, with or without the word: `14`, `14 hari`, `14 days`."""
    days = read_count(_DAYS.sub("", text), at_least, at_most)
    if isinstance(days, Stay) and isinstance(days.why, NumberUnclear):
        return Stay(replace(days.why, typed=quoted(text)))
    return days


def read_rupiah(text: str) -> Rupiah | Stay:
    try:
        return parse_rupiah(text)
    except NotMoney as wrong:
        return Stay(MoneyUnclear(quoted(text), wrong.reason, wrong.choices))


def read_weight(text: str) -> int | Stay:
    """Whole grams of one piece: `250`, `250 g`, `0,3 kg`. A bare fraction has no meaning in grams. With the size of its
    box (`250 g 30x20x10`, centimetres) it is what couriers count, the greater of both."""
    text, box = take_box(text)
    if box:
        own = read_weight(text) if text.strip() else 0
        if isinstance(own, Stay):
            return own
        heavier = max(own, box)
        return heavier if heavier <= HEAVIEST else Stay(NumberUnclear(quoted(text), "too_large", HEAVIEST))
    said = _WEIGHT.fullmatch(text.strip())
    if said is None:
        return Stay(NumberUnclear(quoted(text), "not_a_number"))
    if (said[3] or "").lower().startswith("k"):
        grams = int(said[1]) * 1000 + int((said[2] or "").ljust(3, "0"))
    elif said[2]:
        # 1.250 g is how a thousand is written; 1.5 g is not a weight a courier asks for.
        if len(said[2]) != 3:
            return Stay(NumberUnclear(quoted(text), "not_whole"))
        grams = int(said[1] + said[2])
    else:
        grams = int(said[1])
    if grams < 1:
        return Stay(NumberUnclear(quoted(text), "too_small", 1))
    return grams if grams <= HEAVIEST else Stay(NumberUnclear(quoted(text), "too_large", HEAVIEST))


def read_rule(text: str) -> DownPayment | Stay:
    try:
        return parse_rule(text)
    except NotMoney as wrong:
        return Stay(RuleUnclear(quoted(text), wrong.reason))


def read_hold(text: str) -> timedelta | Stay:
    try:
        return parse_duration(text, SHORTEST_HOLD, LONGEST_HOLD)
    except NotADuration as wrong:
        return Stay(DurationUnclear(quoted(text), wrong.reason, wrong.bound))


def read_text(text: str, most: int, one_line: bool = True) -> str | Stay:
    """A name on one line, or a text with its line breaks; emoji and punctuation alone are none."""
    tidy = " ".join(text.split()) if one_line else text.strip()
    if not any(c.isalnum() for c in tidy):
        return Stay(TextUnclear(quoted(tidy), "empty"))
    if len(tidy) > most:
        return Stay(TextUnclear(quoted(tidy), "too_long", len(tidy), most))
    return tidy


@dataclass(frozen=True)
class Doubt:
    """The moments (UTC) of which one may be meant, and a word before they are offered."""

    choices: tuple[datetime, ...]
    why: tuple[Message, ...] = ()


def read_moment(text: str, shop: Shop, hours: tuple[int, ...]) -> datetime | Doubt | Stay:
    """A moment in the coming year (UTC), or those that may be meant; of one that has passed the next one is offered.

    A day without an hour takes the one hour of `hours`; of several hours each is a choice.
    """
    try:
        moment = parse_moment(text, shop.now, shop.zone, hours[0] if len(hours) == 1 else None)
    except NotAMoment as wrong:
        if wrong.reason == "doubtful" and not wrong.choices:
            return _at_each_hour(text, shop, hours)
        near = tuple(choice for choice in wrong.choices if choice <= shop.now + FURTHEST)
        if wrong.reason == "doubtful":
            return Doubt(near) if near else Stay(MomentUnclear(quoted(text), "too_far"))
        refusal = MomentUnclear(quoted(text), wrong.reason, wrong.moment)
        return Doubt(near, (refusal,)) if near else Stay(refusal)
    if moment > shop.now + FURTHEST:
        return Stay(MomentUnclear(quoted(text), "too_far", moment))
    return moment


def _at_each_hour(text: str, shop: Shop, hours: tuple[int, ...]) -> Doubt | Stay:
    """A day without an hour at each of these; where all of them have passed, the next such day."""
    ahead: set[datetime] = set()
    instead: set[datetime] = set()
    for hour in hours:
        try:
            ahead.add(parse_moment(text, shop.now, shop.zone, hour))
        except NotAMoment as wrong:
            instead.update(wrong.choices)
    near = tuple(sorted(moment for moment in ahead or instead if moment <= shop.now + FURTHEST))
    if near:
        return Doubt(near, () if ahead else (MomentUnclear(quoted(text), "past"),))
    return Stay(MomentUnclear(quoted(text), "too_far" if ahead else "past"))


def read_day(text: str, shop: Shop) -> date | tuple[date, ...] | Stay:
    """A day of the coming year on the shop's calendar, or those that may be meant."""
    moment = read_moment(text, shop, (23,))
    if isinstance(moment, Stay):
        return moment
    if isinstance(moment, Doubt):
        days = tuple(dict.fromkeys(choice.astimezone(shop.zone).date() for choice in moment.choices))
        return days if len(days) > 1 or moment.why else days[0]
    return moment.astimezone(shop.zone).date()


def read_hour(text: str) -> time | Stay:
    """An hour of the shop's day: `8`, `jam 10`, `19.30`."""
    hour = _HOUR.fullmatch(text.strip())
    if hour is None or int(hour[1]) > 23 or int(hour[2] or 0) > 59:
        return Stay(MomentUnclear(quoted(text), "hour"))
    return time(int(hour[1]), int(hour[2] or 0))


def read_payday(text: str, shop: Shop) -> datetime | Stay:
    """The next payday (UTC) at a typed hour of the shop's day."""
    hour = read_hour(text)
    return hour if isinstance(hour, Stay) else payday_at(hour.hour, shop, hour.minute)


def payday_at(hour: int, shop: Shop, minutes: int = 0) -> datetime:
    """The next payday (UTC) at an hour of the shop's day, strictly in the future."""
    late = timedelta(minutes=minutes)
    return next_payday(shop.now - late, hour, shop.zone, shop.joint_leave, shop.moved) + late


def read_tracking(text: str) -> str | Stay:
    """A tracking number, capitals, without the spaces people put into it: 5 to 40 letters, digits and hyphens."""
    tidy = "".join(text.split()).upper()
    return tidy if _TRACKING.fullmatch(tidy) else Stay(TrackingUnclear(quoted(text)))
