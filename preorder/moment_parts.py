"""The parts of a typed moment: which day is named, and which hour. Used by `moments`.

In: plain text (lower case, one line) and today's date at the shop. Out: a `Day` or an `Hour` and the text without it.
Never: decides whether the moment is in the future, and never reads a clock.

Days are written day first (`5/12` is 5 December). `depan` means the week after this one, weeks beginning on Monday.
`jumat malam` is Friday evening; `malam jumat` is, as everybody in Indonesia means it, the evening before Friday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from preorder.errors import NotAMoment

_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "senin sen monday mon",
            "selasa sel tuesday tue tues",
            "rabu rab wednesday wed",
            "kamis kam thursday thu thurs",
            "jumat jum'at jumaat jum friday fri",
            "sabtu sab saturday sat",
            "minggu ahad min sunday sun",
        )
    )
    for name in names.split()
}
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb pebruari february",
            "maret mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt ags aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov nopember nop",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}


def _either(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_YEAR: Final = r"(?P<year>\d{4})"  # two digits after a month's name would be an hour as often as a year
_MONTH: Final = rf"(?P<month>{_either(_MONTHS)})\b\.?"
_WRITTEN_DATES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\s*([-/.])\s*(?P<m>\d{1,2})\s*\2\s*(?P<year>\d{4}|\d{2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\s*[-/]\s*(?P<m>\d{1,2})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]*{_MONTH}(?:[\s,'-]+{_YEAR})?(?![.:]?\d)",
        rf"\b{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![.:]?\d)(?:\s*,?\s*{_YEAR})?",
        r"\b(?:tanggal|tgl)\.?\s*(?P<day>\d{1,2})(?![.:/-]?\d)",
    )
)
_NUMBER_WORDS: Final = {"se": 1, "satu": 1, "one": 1, "a": 1, "dua": 2, "two": 2, "tiga": 3, "three": 3}
_IN_DAYS: Final = re.compile(
    r"\b(?:(?P<n>\d{1,4}|satu|dua|tiga)\s*(?P<unit>hari|minggu|pekan)\s*(?:lagi|kemudian|ke depan)"
    r"|(?P<se>se)(?P<unit2>hari|minggu|pekan)\s*lagi"
    r"|in\s+(?P<n2>\d{1,4}|a|one|two|three)\s*(?P<unit3>days?|weeks?))\b"
)
_NAMED_DAYS: Final = (
    (re.compile(r"\b(?:lusa|day after tomorrow)\b"), 2),
    (re.compile(r"\b(?:besok|besuk|bsk|bsok|esok|tomorrow|tmrw?)\b"), 1),
    (re.compile(r"\b(?:hari ini|today|nanti(?= (?:pagi|siang|sore|malam))|(?:(?<=pagi )|(?<=siang )|(?<=sore )|"
                r"(?<=malam ))(?:ini|nanti))\b"), 0),
)  # fmt: skip
_WEEKDAY: Final = re.compile(
    rf"(?P<eve>\bmalam\s+)?\b(?P<hari>hari\s+)?(?P<next>next\s+)?(?P<this>this\s+|on\s+)?(?P<name>{_either(_WEEKDAYS)})\b"
    r"(?P<depan>\s+(?:depan|dpn))?(?P<ini>\s+ini)?"
)
_OF_NEXT_WEEK: Final = re.compile(
    rf"\b(?:hari\s+)?(?P<name>{_either(_WEEKDAYS)})\s+(?:next week|(?:minggu|pekan)\s+depan)\b"
)
_NEXT_WEEK: Final = re.compile(r"\b(?:next week|pekan depan)\b")

_FAR: Final = 60  # days; a date without a year that is further back means next year's
_MOST_YEARS: Final = 5
_MOST_DAYS: Final = 3_660


@dataclass(frozen=True)
class Day:
    """A day that was named. `days` are the dates it may mean, the first meant first; more than one is doubtful.
    `repeats` is set for weekdays: the same day a week on is meant when the hour has passed. `evening`: `malam jumat`
    already says which part of the day."""

    days: tuple[date, ...]
    repeats: bool = False
    evening: bool = False


Period: TypeAlias = Literal["morning", "noon", "afternoon", "evening"]


def take_day(said: str, today: date) -> tuple[Day | None, str]:
    """Find the day and cut it out. Raises NotAMoment `impossible` for 31 February, or a Wednesday that is a Friday."""
    of_next_week = _OF_NEXT_WEEK.search(said)
    if of_next_week:
        ahead = 7 - today.weekday() + _WEEKDAYS[of_next_week["name"]]
        return Day((today + timedelta(days=ahead),)), _without(said, of_next_week)
    named, found = _named_day(said, today)
    weekday = _WEEKDAY.search(_without(said, found) if found else said)
    if named is None or found is None:
        return (_weekday(weekday, today), _without(said, weekday)) if weekday else (None, said)
    if weekday is None:
        return Day((named,)), _without(said, found)
    # `Rabu, 25 November 2026`: the weekday says the same once more, or something is wrong.
    evening = bool(weekday["eve"])
    if _WEEKDAYS[weekday["name"]] != (named.weekday() + evening) % 7:
        raise NotAMoment("impossible")
    return Day((named,), evening=evening), _without(_without(said, found), weekday)


def _named_day(said: str, today: date) -> tuple[date | None, re.Match[str] | None]:
    """Find a day that is named otherwise than by its weekday, and where it stands."""
    for pattern in _WRITTEN_DATES:
        found = pattern.search(said)
        if found:
            return _written(found, today), found
    found = _IN_DAYS.search(said)
    if found:
        return today + _days_on(found), found
    for named, days in _NAMED_DAYS:
        found = named.search(said)
        if found:
            return today + timedelta(days=days), found
    found = _NEXT_WEEK.search(said)
    return (today + timedelta(days=7), found) if found else (None, None)


def _without(said: str, found: re.Match[str]) -> str:
    return f"{said[: found.start()]} {said[found.end() :]}"


def _written(found: re.Match[str], today: date) -> date:
    parts = found.groupdict()
    day, year = int(parts["day"]), parts.get("year")
    month = _MONTHS[parts["month"]] if parts.get("month") else int(parts.get("m") or 0)
    if not month:
        return _day_of_month(day, today)
    if year:
        return _date(int(year) if len(year) == 4 else 2000 + int(year), month, day, today)
    try:
        this_year = date(today.year, month, day)
    except ValueError:
        # Only 29 February exists in one year and not in another.
        return _date(today.year + 1, month, day, today)
    if (today - this_year).days > _FAR:
        return _date(today.year + 1, month, day, today)
    return this_year


def _day_of_month(day: int, today: date) -> date:
    """`tanggal 25` is the next 25th, today counted."""
    if not 1 <= day <= 31:
        raise NotAMoment("impossible")
    months = [divmod(today.year * 12 + today.month - 1 + n, 12) for n in range(3)]
    for year, month in months:
        try:
            meant = date(year, month + 1, day)
        except ValueError:
            continue
        if meant >= today:
            return meant
    raise NotAMoment("impossible")


def _date(year: int, month: int, day: int, today: date) -> date:
    if not year <= today.year + _MOST_YEARS:
        raise NotAMoment("impossible")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotAMoment("impossible") from error


def _days_on(found: re.Match[str]) -> timedelta:
    number = found["n"] or found["n2"] or found["se"]
    count = int(number) if number.isdecimal() else _NUMBER_WORDS[number]
    unit = found["unit"] or found["unit2"] or found["unit3"]
    days = count * (7 if unit.startswith(("minggu", "pekan", "week")) else 1)
    if days > _MOST_DAYS:
        raise NotAMoment("impossible")
    return timedelta(days=days)


def _weekday(found: re.Match[str], today: date) -> Day:
    number = _WEEKDAYS[found["name"]]
    evening = bool(found["eve"])
    ahead = (number - today.weekday()) % 7
    if not (found["next"] or found["depan"]):
        if evening:
            ahead = (ahead - 1) % 7
        return Day((today + timedelta(days=ahead),), repeats=True, evening=evening)
    in_next_week = today + timedelta(days=7 - today.weekday() + number - evening)
    if found["name"] == "minggu" and not found["hari"] and not evening:
        # `minggu depan` is next week as often as it is next Sunday.
        return Day((today + timedelta(days=7), in_next_week))
    return Day((in_next_week,), evening=evening)


_PERIODS: Final[dict[Period, str]] = {
    "morning": r"pagi|morning",
    "noon": r"siang|noon",
    "afternoon": r"sore|petang|afternoon",
    "evening": r"malam|malem|mlm|evening|night|tonight",
}
PERIOD_HOURS: Final[dict[Period, int]] = {"morning": 8, "noon": 12, "afternoon": 16, "evening": 19}
"""What a part of the day means when no hour is said (product 3: `jumat malam`)."""

_PERIOD: Final = re.compile(
    r"\b(?:in the |at )?(?:" + "|".join(f"(?P<{name}>{spelled})" for name, spelled in _PERIODS.items()) + r")\b"
)
_HALF: Final = re.compile(r"\b(?:jam|pukul|pkl?)?\.?\s*(?:setengah|stgh)\s+(?P<hour>\d{1,2})(?![.:]?\d)")
_CLOCK: Final = re.compile(
    r"(?:\b(?P<word>jam|pukul|pkl?|at|@)\.?\s*)?(?<![\d.:/-])(?P<hour>\d{1,2})"
    r"(?:\s?[.:](?P<minute>\d{2})(?:[.:](?P<second>00))?)?(?:\s*(?P<half>am|pm|a\.m\.|p\.m\.)(?!\w))?(?![\d/-]|[.:]\d)"
)


@dataclass(frozen=True)
class Hour:
    """An hour that was named, in minutes after midnight (1440 is the end of the day). `readings`: more than one when
    it is doubtful on which side of midnight it lies."""

    readings: tuple[int, ...]


def take_hour(said: str, evening: bool) -> tuple[Hour | None, str]:
    """Find the hour and cut it out. Raises NotAMoment `impossible` for 25.00, 20.75, `jam 20 pagi`."""
    period, said = _take_period(said)
    if evening:
        period = "evening"
    half = _HALF.search(said)
    if half:
        hour = int(half["hour"])
        if not 1 <= hour <= 12:
            raise NotAMoment("impossible")
        return _hour(hour - 1 if hour > 1 else 12, 30, period), _without(said, half)
    clock = next((c for c in _CLOCK.finditer(said) if c["word"] or c["minute"] or c["half"] or period), None)
    if clock is None:
        return (Hour((PERIOD_HOURS[period] * 60,)) if period else None), said
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    if clock["half"]:
        if not 1 <= hour <= 12 or minute > 59:
            raise NotAMoment("impossible")
        return Hour(((hour % 12 + (12 if clock["half"][0] == "p" else 0)) * 60 + minute,)), _without(said, clock)
    return _hour(hour, minute, period), _without(said, clock)


def _take_period(said: str) -> tuple[Period | None, str]:
    found = _PERIOD.search(said)
    if not found:
        return None, said
    return next(name for name in _PERIODS if found[name]), _without(said, found)


def _hour(hour: int, minute: int, period: Period | None) -> Hour:
    """Put an hour into its part of the day: `8 malam` is 20.00, `1 siang` is 13.00; without one it is of 24."""
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise NotAMoment("impossible")
    at = hour * 60 + minute
    if period is None:
        return Hour((at,))
    if period == "evening" and (hour % 12 <= 4 and hour <= 12):
        # `besok jam 12 malam`, `jam 1 malam`: the night before that day, or the one after it?
        return Hour((24 * 60 + (hour % 12) * 60 + minute, (hour % 12) * 60 + minute))
    fits = {"morning": (0, 11), "noon": (10, 15), "afternoon": (14, 19), "evening": (17, 24)}[period]
    for candidate in (hour, hour + 12):
        if fits[0] <= candidate <= fits[1]:
            return Hour((candidate * 60 + minute,))
    raise NotAMoment("impossible")
