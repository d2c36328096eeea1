"""The part of a typed moment that names a day. Used by `moments`, with the hours of `moment_hours`.

In: plain text (lower case, one line) and today's date at the shop. Out: a `Day` and the text without it.
Never: decides whether the moment is in the future, and never reads a clock.

Days are written day first (`5/12` is 5 December). `depan` means the week after this one, weeks beginning on Monday.
`jumat malam` is Friday evening; `malam jumat` is, as everybody in Indonesia means it, the evening before Friday.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from preorder.errors import NotAMoment
from preorder.pattern import pattern
from preorder.values import dataclass

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
    pattern(one)
    for one in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\s*([-/.])\s*(?P<m>\d{1,2})\s*\2\s*(?P<year>\d{4}|\d{2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\s*[-/]\s*(?P<m>\d{1,2})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]*{_MONTH}(?:[\s,'-]+{_YEAR})?(?![.:]?\d)",
        rf"\b{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![.:]?\d)(?:\s*,?\s*{_YEAR})?",
        r"\b(?:tanggal|tgl)\.?\s*(?P<day>\d{1,2})(?![.:/-]?\d)",
    )
)
_NUMBER_WORDS: Final = {"se": 1, "satu": 1, "one": 1, "a": 1, "dua": 2, "two": 2, "tiga": 3, "three": 3}
_IN_DAYS: Final = pattern(
    r"\b(?:(?P<n>\d{1,4}|satu|dua|tiga)\s*(?P<unit>hari|minggu|pekan)\s*(?:lagi|kemudian|ke depan)"
    r"|(?P<se>se)(?P<unit2>hari|minggu|pekan)\s*lagi"
    r"|in\s+(?P<n2>\d{1,4}|a|one|two|three)\s*(?P<unit3>days?|weeks?))\b"
)
_NAMED_DAYS: Final = (
    (pattern(r"\b(?:lusa|lsa|day after tomorrow)\b"), 2),
    (pattern(r"\b(?:besok|besuk|bsk|bsok|esok|tomorrow|tmrw?)\b"), 1),
    (pattern(r"\b(?:hari ini|hr ini|today|(?:nanti|nti|ntar|entar)(?= (?:pagi|siang|sore|mal[ae]m|mlm))|"
                r"(?:(?<=pagi )|(?<=siang )|(?<=sore )|(?<=malam )|(?<=malem )|(?<=mlm ))(?:ini|nanti))\b"), 0),
)  # fmt: skip
_WEEKEND: Final = pattern(r"\b(?:akhir pekan|(?:this |the )?weekend)(?:\s+ini)?\b")
_OF_MONTH: Final = pattern(
    r"\b(?:(?P<last>akhir bulan|end of (?:the )?month)|(?P<first>awal bulan(?: depan)?|start of next month)"
    r"|(?:tanggal|tgl)\.?\s*(?P<day>\d{1,2})\s+(?:bulan|bln)\s+(?:depan|dpn)"
    r"|(?:bulan|bln)\s+(?:depan|dpn)\s+(?:tanggal|tgl)\.?\s*(?P<day2>\d{1,2}))(?![.:/-]?\d)"
)
_WEEKDAY: Final = pattern(
    rf"(?P<eve>\bmalam\s+)?\b(?P<hari>hari\s+)?(?P<next>next\s+)?(?P<this>this\s+|on\s+)?(?P<name>{_either(_WEEKDAYS)})\b"
    r"(?P<depan>\s+(?:depan|dpn))?(?P<ini>\s+ini)?"
)
_OF_NEXT_WEEK: Final = pattern(
    rf"\b(?:(?:hari\s+)?(?P<name>{_either(_WEEKDAYS)})\s+(?:next week|(?:minggu|pekan)\s+(?:depan|dpn))"
    rf"|(?:next week|(?:minggu|pekan)\s+(?:depan|dpn))\s+(?:on\s+|hari\s+)?(?P<name2>{_either(_WEEKDAYS)}))\b"
)
_NEXT_WEEK: Final = pattern(r"\b(?:next week|pekan depan)\b")

_FAR: Final = 60  # days; a date without a year that is further back means next year's
_MOST_YEARS: Final = 5
_MOST_DAYS: Final = 3_660


@dataclass(frozen=True)
class Day:
    """A day that was named. `days` are the dates it may mean, the first meant first; more than one is doubtful.
    `repeats` is set for weekdays: the same day a week on is meant when the hour has passed. `evening`: `malam jumat`
    already says which part of the day. `later` is what may be meant instead when the day has passed, if anything."""

    days: tuple[date, ...]
    repeats: bool = False
    evening: bool = False
    later: date | None = None


def take_day(said: str, today: date) -> tuple[Day | None, str]:
    """Find the day and cut it out. Raises NotAMoment `impossible` for 31 February, or a Wednesday that is a Friday."""
    of_next_week = _OF_NEXT_WEEK.search(said)
    if of_next_week:
        ahead = 7 - today.weekday() + _WEEKDAYS[of_next_week["name"] or of_next_week["name2"]]
        return Day((today + timedelta(days=ahead),)), without(said, of_next_week)
    named, found = _named_day(said, today)
    weekday = _WEEKDAY.search(without(said, found) if found else said)
    if named is None or found is None:
        return (_weekday(weekday, today), without(said, weekday)) if weekday else (None, said)
    if weekday is None:
        return named, without(said, found)
    # `Rabu, 25 November 2026`: the weekday says the same once more, or something is wrong.
    evening = bool(weekday["eve"])
    if _WEEKDAYS[weekday["name"]] != (named.days[0].weekday() + evening) % 7:
        raise NotAMoment("impossible")
    return replace(named, evening=evening), without(without(said, found), weekday)


def _named_day(said: str, today: date) -> tuple[Day | None, re.Match[str] | None]:
    """Find a day that is named otherwise than by its weekday, and where it stands."""
    found = _OF_MONTH.search(said)
    if found:
        return _of_month(found, today), found
    for form in _WRITTEN_DATES:
        found = form.search(said)
        if found:
            return _written(found, today), found
    found = _IN_DAYS.search(said)
    if found:
        return Day((today + _days_on(found),)), found
    for named, days in _NAMED_DAYS:
        found = named.search(said)
        if found:
            return Day((today + timedelta(days=days),), later=today + timedelta(days=days + 1)), found
    found = _WEEKEND.search(said)
    if found:
        return Day((today + timedelta(days=(5 - today.weekday()) % 7),), repeats=True), found
    found = _NEXT_WEEK.search(said)
    return (Day((today + timedelta(days=7),)), found) if found else (None, None)


def _of_month(found: re.Match[str], today: date) -> Day:
    """`akhir bulan` is the month's last day, `awal bulan` the first of the next."""
    first = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    if found["last"]:
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return Day((first - timedelta(days=1),), later=after - timedelta(days=1))
    if found["first"]:
        return Day((first,))
    try:
        return Day((first.replace(day=int(found["day"] or found["day2"])),))
    except ValueError as error:
        raise NotAMoment("impossible") from error


def without(said: str, found: re.Match[str]) -> str:
    """The text with what was found cut out."""
    return f"{said[: found.start()]} {said[found.end() :]}"


def _written(found: re.Match[str], today: date) -> Day:
    parts = found.groupdict()
    day, year = int(parts["day"]), parts.get("year")
    month = _MONTHS[parts["month"]] if parts.get("month") else int(parts.get("m") or 0)
    if not month:
        return _day_of_month(day, today)
    if year:
        return Day((_date(int(year) if len(year) == 4 else 2000 + int(year), month, day, today),))
    try:
        this_year = date(today.year, month, day)
    except ValueError:
        # Only 29 February exists in one year and not in another.
        return Day((_date(today.year + 1, month, day, today),))
    try:
        next_year = this_year.replace(year=today.year + 1)
    except ValueError:
        return Day((this_year,))
    return Day((next_year,)) if (today - this_year).days > _FAR else Day((this_year,), later=next_year)


def _day_of_month(day: int, today: date) -> Day:
    """`tanggal 25` is the next 25th, today counted."""
    if not 1 <= day <= 31:
        raise NotAMoment("impossible")
    months = [divmod(today.year * 12 + today.month - 1 + n, 12) for n in range(4)]
    found = []
    for year, month in months:
        try:
            meant = date(year, month + 1, day)
        except ValueError:
            continue
        if meant >= today:
            found.append(meant)
    return Day(tuple(found[:1]), later=found[1])


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
