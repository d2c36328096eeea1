"""Moments and lengths of time as sellers type them (product 3): `besok jam 20`, `25 des 10.00`, `jumat malam`, `6 jam`.

In: text, the moment it is read (UTC), the shop's time zone. Out: a moment in UTC, or a timedelta. Never: a moment in
the past, and never a guess: what may mean two moments is refused as doubtful, with both.

A day without an hour takes `default_hour`; pagi, siang, sore, malam alone are 08, 12, 16, 19 o'clock; `20`, `08` and
`8.30` are of the 24-hour clock, `jam 8` alone may be either half of the day. What the words for days mean is said in
`moment_days`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from preorder.errors import NotADuration, NotAMoment
from preorder.moment_days import Day, take_day
from preorder.moment_hours import Hour, take_hour
from preorder.pattern import pattern
from preorder.typed_text import plain, words

_LONGEST: Final = 80  # characters

_ZONES: Final = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
_ZONE: Final = pattern(r"\b(wib|wita|wit)\b")
_FROM_NOW: Final = pattern(
    r"(?:(?:in|dalam)\s+(?P<a>[\w.,]+(?:\s+[a-z]+)?)|(?P<b>[\w.,]+(?:\s+[a-z]+){0,2}?)\s+(?:lagi|kemudian|from now))"
)
_NOW: Final = frozenset({"sekarang", "now", "langsung", "saat ini"})
_SMALL_WORDS: Final = frozenset(
    words("di pada hari tanggal tgl at on the of ya kak nanti mulai sampai dan jam pukul , . - this")
)


def parse_moment(text: str, now: datetime, zone: ZoneInfo, default_hour: int | None = None) -> datetime:
    """Read a moment; `now` and what is returned are UTC, `default_hour` is an hour of the day in `zone`.

    `sekarang` is `now`. Raises NotAMoment: `unreadable`; `impossible` (31 February, 25.00); `past`, with the moment and
    in `choices` the next one that may be meant (the same date next year, the same hour tomorrow), if any; `doubtful`,
    with the moments it may mean, or none when a day came without an hour.
    """
    said = plain(text)
    if len(said) > _LONGEST or not said:
        raise NotAMoment("unreadable")
    if said in _NOW:
        return now
    soon = _from_now(said, now)
    if soon:
        return soon
    said, zone = _take_zone(said, zone)
    day, rest = take_day(said, now.astimezone(zone).date())
    hour, rest = take_hour(rest, evening=bool(day and day.evening))
    if (day is None and hour is None) or any(word.strip(",.-") not in _SMALL_WORDS for word in _left(rest)):
        raise NotAMoment("unreadable")
    if day is None:
        assert hour is not None  # noqa: S101 - one of the two is there; this tells the type checker
        return _today_only(hour, now, zone)
    if hour is None:
        if default_hour is None:
            raise NotAMoment("doubtful")
        hour = Hour((default_hour * 60,))
    return _chosen(day, hour, now, zone)


def _left(rest: str) -> list[str]:
    return [word for word in rest.split() if word.strip(",.-")]


def _take_zone(said: str, zone: ZoneInfo) -> tuple[str, ZoneInfo]:
    found = _ZONE.search(said)
    return (_ZONE.sub(" ", said), ZoneInfo(_ZONES[found[1]])) if found else (said, zone)


def _from_now(said: str, now: datetime) -> datetime | None:
    """Read `2 jam lagi`, `in 90 minutes`. Days are left to the calendar: `3 hari lagi` has no hour of its own."""
    found = _FROM_NOW.fullmatch(said)
    if not found:
        return None
    try:
        ahead, finest = _length(found["a"] or found["b"])
    except NotADuration:
        return None
    if finest >= timedelta(days=1):
        return None
    if not timedelta(minutes=1) <= ahead <= timedelta(days=366):
        raise NotAMoment("impossible")
    return (now + ahead).replace(second=0, microsecond=0)


def _today_only(hour: Hour, now: datetime, zone: ZoneInfo) -> datetime:
    """An hour alone is today's; when that has passed, tomorrow's is offered and not assumed."""
    today = now.astimezone(zone).date()
    if len(hour.readings) == 1 and (only := _at(today, hour.readings[0], zone)) > now:
        return only
    ahead = {_at(today + timedelta(days=_at(today, at, zone) <= now), at, zone) for at in hour.readings}
    raise NotAMoment("doubtful", tuple(sorted(ahead)))


def _chosen(day: Day, hour: Hour, now: datetime, zone: ZoneInfo) -> datetime:
    moments = [_at(d, at, zone) for d in day.days for at in hour.readings]
    if day.repeats:
        moments = [m if m > now else _a_week_on(m, zone) for m in moments]
    ahead = sorted({moment for moment in moments if moment > now})
    if not ahead:
        later = [_at(day.later, at, zone) for at in hour.readings] if day.later else []
        raise NotAMoment("past", tuple(moment for moment in later if moment > now), moments[0])
    if len(ahead) > 1:
        raise NotAMoment("doubtful", tuple(ahead))
    return ahead[0]


def _a_week_on(moment: datetime, zone: ZoneInfo) -> datetime:
    """The same hour on the wall a week later, whatever the zone's summer time does."""
    here = moment.astimezone(zone)
    return _at(here.date() + timedelta(days=7), here.hour * 60 + here.minute, zone)


def _at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, minutes = divmod(minutes, 24 * 60)
    return datetime.combine(day + timedelta(days=days), time(*divmod(minutes, 60)), zone).astimezone(UTC)


_LENGTHS: Final = {
    **dict.fromkeys(words("menit mnt minute minutes min mins m"), timedelta(minutes=1)),
    **dict.fromkeys(words("jam j hour hours hr hrs h"), timedelta(hours=1)),
    **dict.fromkeys(words("hari day days d"), timedelta(days=1)),
    **dict.fromkeys(words("minggu pekan week weeks"), timedelta(days=7)),
}
_NUMBERS: Final = {
    **{word: n * 60 for n, word in enumerate(words("satu dua tiga empat lima enam tujuh delapan sembilan"), start=1)},
    **{word: n * 60 for n, word in enumerate(words("one two three four five six seven eight nine"), start=1)},
    **dict.fromkeys(("sepuluh", "ten"), 600),
    **dict.fromkeys(("se", "a", "an"), 60),
    **dict.fromkeys(("setengah", "half", "half an"), 30),
}  # in sixtieths, so that a half needs no fraction
_LENGTH: Final = pattern(
    r"(?P<number>\d{1,6}(?:[.,]\d{1,2})?|"
    + "|".join(sorted(_NUMBERS, key=len, reverse=True))
    + r")\s*(?P<unit>"
    + "|".join(sorted(map(re.escape, _LENGTHS), key=len, reverse=True))
    + r")(?![a-z])\s*"
)


def parse_duration(
    text: str, at_least: timedelta = timedelta(minutes=1), at_most: timedelta = timedelta(days=90)
) -> timedelta:
    """Read a length of time: `6 jam`, `2 hari`, `90 menit`, `1 hari 12 jam`, `setengah jam`, `1 day`.

    Raises NotADuration: `unreadable` (a number without a unit too), `too_short`, `too_long` with the bound.
    """
    said = plain(text)
    if len(said) > _LONGEST:
        raise NotADuration("unreadable")
    length, _ = _length(said)
    if length < at_least:
        raise NotADuration("too_short", at_least)
    if length > at_most:
        raise NotADuration("too_long", at_most)
    return length


def _length(said: str) -> tuple[timedelta, timedelta]:
    """Return the length and the finest unit in it."""
    total, finest, at = timedelta(0), timedelta.max, 0
    while at < len(said):
        found = _LENGTH.match(said, at)
        if not found:
            raise NotADuration("unreadable")
        unit = _LENGTHS[found["unit"]]
        if unit >= finest:
            raise NotADuration("unreadable")
        total, finest, at = total + _times(found["number"], unit), unit, found.end()
    if not at:
        raise NotADuration("unreadable")
    return total, finest


def _times(number: str, unit: timedelta) -> timedelta:
    if number in _NUMBERS:
        return unit * _NUMBERS[number] / 60
    whole, _, fraction = number.replace(",", ".").partition(".")
    if not whole.isdecimal():
        raise NotADuration("unreadable")
    hundredths = int(fraction.ljust(2, "0"))
    return unit * int(whole) + unit * hundredths / 100
