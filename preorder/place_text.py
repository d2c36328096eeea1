"""The words of an address and the regions they mention, for `preorder/place.py`.

In: one line of an address, the table of regions. Out: RT/RW, postcode, `Mention`s, and the line without some of them.
Never: decides which mention is meant. What stands behind `Jl.` or `dekat` names no region.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from preorder.pattern import pattern
from preorder.place_words import END_OF_STREET, KINDS, LANDMARK, PROVINCES, RT_RW, SHORT, STREET_WORD, Kind
from preorder.regions import Regions, spell
from preorder.values import dataclass

_LONGEST_NAME: Final = 5  # words
_WORD: Final = pattern(r"[^\W_]+(?:['’][^\W_]+)*")
_POSTCODE: Final = pattern(r"(?<![\d.,-])(?<!no )(?<!no\.)(?<!no\. )([1-9]\d{4})(?![\d-])", re.IGNORECASE)
_POSTCODE_LABEL: Final = pattern(
    r"(?:kode ?pos|kodpos|kdpos|pos|post(?:al)? ?code|zip(?: ?code)?)?[\s.:]*$", re.IGNORECASE
)
_CUT: Final = "\x00"  # stands where something was taken out; nobody types it
_AROUND_CUT: Final = pattern(r"[\s,;.\-–/]*\x00[\s,;.\-–/\x00]*")
_EDGES: Final = " ,;.-–/:"
_LEVEL_OF: Final[dict[Kind, int]] = {"province": 0, "kota": 1, "kabupaten": 1, "district": 2, "village": 3}


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str  # lower case, written out: `jkt` is jakarta
    in_street: bool


@dataclass(frozen=True)
class Mention:
    """Words `first` to `last` name regions of a level (0 province, 1 city, 2 district, 3 village), `kind` when the text
    says so (`Kec. …`). `codes` are those regions; of a village only its spelled name is known, as `key`."""

    first: int
    last: int
    level: int
    key: str
    codes: tuple[str, ...] = ()
    kind: Kind | None = None

    @property
    def weight(self) -> float:
        return 3.0 if self.kind else 2.0

    def overlaps(self, other: Mention) -> bool:
        return self.first <= other.last and other.first <= self.last


class Text:
    """One address. With `street_too` the street's name is searched for regions as well."""

    def __init__(self, text: str, regions: Regions, street_too: bool = False) -> None:
        self._regions = regions
        self._line = " ".join(text.split())
        self._cut: list[tuple[int, int]] = []
        self.rt_rw = self._take_rt_rw()
        self.postcode = self._take_postcode()
        self._words = list(self._all_words(street_too))

    def _take_rt_rw(self) -> str:
        found = RT_RW.search(self._line)
        if not found:
            return ""
        self._cut.append(found.span())
        return _rt_rw(found)

    def _take_postcode(self) -> str:
        every = list(_POSTCODE.finditer(self._line))
        if not every:
            return ""
        label = _POSTCODE_LABEL.search(self._line[: every[-1].start()])
        self._cut.append((label.start() if label else every[-1].start(), every[-1].end()))
        return every[-1][1]

    def _all_words(self, street_too: bool) -> Iterator[_Word]:
        in_street, before = False, 0
        for found in _WORD.finditer(self._line):
            word = found[0].casefold()
            between, before = self._line[before : found.start()], found.end()
            if any(mark in between for mark in ",;()") or END_OF_STREET.fullmatch(word):
                in_street = False
            if any(start < found.end() and found.start() < end for start, end in self._cut):
                in_street = False
                continue
            if STREET_WORD.fullmatch(word) or LANDMARK.fullmatch(word):
                in_street = True
            for part in SHORT.get(word, word).split():
                yield _Word(found.start(), found.end(), part, in_street and not street_too)

    def mentions(self) -> tuple[Mention, ...]:
        """Every name of a region that is no part of a longer name of one."""
        every = [m for first in range(len(self._words)) for m in self._from(first)]
        upper = [m for m in every if m.level < 3]
        return tuple(m for m in every if not any(_is_inside(m, other) for other in upper))

    def _from(self, first: int) -> Iterator[Mention]:
        for last in range(first, min(first + _LONGEST_NAME, len(self._words))):
            if self._words[last].in_street:
                return
            if first < last and "," in self._line[self._words[last - 1].end : self._words[last].start]:
                return
            yield from self._named(first, last)

    def _named(self, first: int, last: int) -> Iterator[Mention]:
        key = spell("".join(word.text for word in self._words[first : last + 1]))
        kind = KINDS.get(self._words[first - 1].text) if first else None
        upper = (self._regions.provinces, self._regions.cities, self._regions.districts)
        for level, names in enumerate(upper):
            codes = names.get(key, ())
            if level == 0 and key in PROVINCES:
                codes = (PROVINCES[key],)
            if level == 1 and kind in ("kota", "kabupaten"):
                codes = tuple(code for code in codes if (code[3] == "7") == (kind == "kota"))
            if codes and (kind is None or _LEVEL_OF[kind] == level):
                yield Mention(first, last, level, key, codes, kind)
        if len(key) > 2 and (kind is None or kind == "village"):
            yield Mention(first, last, 3, key, (), kind)

    def is_piece(self, mention: Mention) -> bool:
        """Does it stand alone between commas?"""
        start, end = self._words[mention.first].start, self._words[mention.last].end
        return self._line[:start].rstrip()[-1:] in ("", ",") and self._line[end:].lstrip()[:1] in ("", ",")

    def without(self, mentions: Iterable[Mention]) -> str:
        """The line without these, RT/RW and the postcode; what only separated them goes along."""
        spans = list(self._cut)
        for mention in mentions:
            first = mention.first
            while first and self._words[first - 1].text in KINDS and (mention.kind or first == mention.first):
                first -= 1
            spans.append((self._words[first].start, self._words[mention.last].end))
        line = self._line
        for start, end in sorted(set(spans), reverse=True):
            line = f"{line[:start]}{_CUT}{line[end:]}"
        tidy = _AROUND_CUT.sub(", ", line).strip(_EDGES)
        return re.sub(r"(?i),?\s*\bindonesia$", "", tidy).strip(_EDGES)


def read_rt_rw(text: str) -> str:
    """`RT 02/RW 03` from `2/3`, `rt 2`, `RT/RW 002/003`; empty when it is none."""
    found = RT_RW.search(text) or RT_RW.search("RT " + "/".join(re.findall(r"\d{1,3}", text)))
    return _rt_rw(found) if found else ""


def _rt_rw(found: re.Match[str]) -> str:
    numbers = (("RT", found["rt"] or found["rt2"]), ("RW", found["rw"] or found["rw2"]))
    return "/".join(f"{name} {number.lstrip('0').zfill(2)}" for name, number in numbers if number)


def _is_inside(mention: Mention, other: Mention) -> bool:
    shorter = mention.last - mention.first < other.last - other.first
    return shorter and other.first <= mention.first and mention.last <= other.last
