"""The part of a typed moment that names an hour. Used by `moments`, with the days of `moment_days`.

In: plain text (lower case, one line). Out: an `Hour` and the text without it. Never: says which day is meant, and never
chooses between two halves of the day that are as likely.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from preorder.errors import NotAMoment
from preorder.moment_days import without
from preorder.pattern import pattern
from preorder.typed_text import words
from preorder.values import dataclass

Period: TypeAlias = Literal["morning", "noon", "afternoon", "evening"]
_PERIODS: Final[dict[Period, str]] = {
    "morning": r"pagi|morning",
    "noon": r"siang|noon",
    "afternoon": r"sore|petang|afternoon",
    "evening": r"malam|malem|mlm|evening|night|tonight",
}
PERIOD_HOURS: Final[dict[Period, int]] = {"morning": 8, "noon": 12, "afternoon": 16, "evening": 19}
"""What a part of the day means when no hour is said (product 3: `jumat malam`)."""

_PERIOD: Final = pattern(
    r"\b(?:in the |at )?(?:" + "|".join(f"(?P<{name}>{spelled})" for name, spelled in _PERIODS.items()) + r")\b"
)
_MIDNIGHT: Final = pattern(r"\b(?:(?:jam|pukul|at)\s+)?(?:tengah mal[ae]m|midnight)\b")
_HOURS_SPELLED: Final = {
    name: number
    for number, name in enumerate(
        words("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas duabelas"), start=1
    )
} | {"dua belas": 12}
_SPELLED_HOUR: Final = pattern(
    rf"\b(?P<word>jam|pukul|setengah|stgh)\s+(?P<hour>dua belas|{'|'.join(_HOURS_SPELLED)})\b"
)
_HALF: Final = pattern(r"\b(?:jam|pukul|pkl?)?\.?\s*(?:setengah|stgh)\s+(?P<hour>\d{1,2})(?![.:]?\d)")
_CLOCK: Final = pattern(
    r"(?:\b(?P<word>jam|pukul|pkl?|at|@)\.?\s*)?(?<![\d.:/-])(?P<hour>\d{1,2})"
    r"(?:\s?[.:](?P<minute>\d{2})(?:[.:](?P<second>00))?)?(?:\s*(?P<half>am|pm|a\.m\.|p\.m\.)(?!\w))?(?![\d/-]|[.:]\d)"
)


@dataclass(frozen=True)
class Hour:
    """An hour that was named, in minutes after midnight (1440 is the end of the day). `readings`: more than one when
    it is doubtful on which side of noon or midnight it lies."""

    readings: tuple[int, ...]


def take_hour(said: str, evening: bool) -> tuple[Hour | None, str]:
    """Find the hour and cut it out. Raises NotAMoment `impossible` for 25.00, 20.75, `jam 20 pagi`."""
    period, said = (None, said) if _MIDNIGHT.search(said) else _take_period(said)
    if evening:
        period = "evening"
    said = _SPELLED_HOUR.sub(lambda spelled: f"{spelled['word']} {_HOURS_SPELLED[spelled['hour']]}", said)
    half = _HALF.search(said)
    if half:
        hour = int(half["hour"])
        if not 1 <= hour <= 12:
            raise NotAMoment("impossible")
        return _hour(hour - 1 if hour > 1 else 12, 30, period), without(said, half)
    midnight = _MIDNIGHT.search(said)
    if midnight:
        return Hour((0, 24 * 60)), without(said, midnight)
    clock = next((c for c in _CLOCK.finditer(said) if c["word"] or c["minute"] or c["half"] or period), None)
    if clock is None:
        return (Hour((PERIOD_HOURS[period] * 60,)) if period else None), said
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    if clock["half"]:
        if not 1 <= hour <= 12 or minute > 59:
            raise NotAMoment("impossible")
        return Hour(((hour % 12 + (12 if clock["half"][0] == "p" else 0)) * 60 + minute,)), without(said, clock)
    if period is None and not clock["minute"] and clock["hour"][0] != "0" and 1 <= hour <= 12:
        # `jam 8` is written for the morning as often as for the evening; 08 and 8.00 are of the 24-hour clock.
        return Hour((hour * 60, (hour + 12) * 60)), without(said, clock)
    return _hour(hour, minute, period), without(said, clock)


def _take_period(said: str) -> tuple[Period | None, str]:
    found = _PERIOD.search(said)
    if not found:
        return None, said
    return next(name for name in _PERIODS if found[name]), without(said, found)


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
