"""Which district an address means (product 4): read from the names and the postcode in it, never guessed silently.

In: the street part of an address as people write it, and the table of regions. Out: a `Reading`: the street without the
regions, RT/RW, and either the one place that the text states twice over (a district or village by name, and a city, a
province or a postcode that agrees), or the places it could mean, to be asked. Never: one of several.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final, Literal

from preorder.place_text import Mention, Text
from preorder.regions import Place, Regions, spell
from preorder.values import dataclass

MOST_CHOICES: Final = 8
_MARGIN: Final = 0.6  # what is this close to the best is as likely
Doubt = Literal["", "which", "city", "postcode", "nothing"]


@dataclass(frozen=True)
class Reading:
    """`doubt` says what has to be asked; empty when `place` is sure.

    `which`: one of `choices`. `postcode`: it belongs elsewhere than the names, one of `choices`. `city`: the district
    is missing, `cities` (codes) are what was named. `nothing`: no region was found.
    """

    street: str
    rt_rw: str = ""
    place: Place | None = None
    doubt: Doubt = ""
    choices: tuple[Place, ...] = ()
    cities: tuple[str, ...] = ()
    postcode: str = ""  # as it was written


@dataclass(frozen=True)
class _Candidate:
    """A district with the mentions that speak for it, by level."""

    code: str
    found: dict[int, Mention]
    village: str
    has_postcode: bool

    @property
    def score(self) -> float:
        named = sum(mention.weight - (0.25 if level == 3 else 0) for level, mention in self.found.items() if level)
        return named + (1.0 if 0 in self.found else 0.0) + (2.5 if self.has_postcode else 0.0)

    @property
    def is_stated(self) -> bool:
        """Two things say so, and one of them is nearer than the city."""
        near = (2 in self.found) + (3 in self.found) + self.has_postcode
        return near >= 1 and near + (1 in self.found) + (0 in self.found) >= 2


def read_place(text: str, regions: Regions) -> Reading:
    """Read the street part of an address. Raises nothing."""
    reading = _Reader(Text(text, regions), regions).reading()
    if reading.doubt not in ("nothing", "city"):
        return reading
    # A line without commas and numbers hides its regions behind the street's name.
    bold = _Reader(Text(text, regions, street_too=True), regions)
    again = bold.reading()
    if again.doubt in ("nothing", "city"):
        return reading
    if again.place is not None and not bold.is_by_postcode:
        return Reading(again.street, again.rt_rw, None, "which", (again.place,), (), again.postcode)
    return again


def read_answer(text: str, regions: Regions, cities: Iterable[str] = ()) -> tuple[Place, ...]:
    """Every place that somebody can mean who was asked for district and city, the likeliest first.

    `cities` (codes) narrow it down; a name that is nearly right counts, because it is shown before it is used.
    """
    within = tuple(cities)
    names = {regions.names[code] for code in within}
    asked = f"{text}, {', '.join(names)}" if len(names) == 1 else text
    reading = _Reader(Text(asked, regions, street_too=True), regions).reading()
    found = (reading.place,) if reading.place else reading.choices
    fitting = tuple(place for place in found if not names or place.city in names)
    if fitting:
        return fitting
    if within:
        pool = {spell(regions.names[code]): code for city in within for code in regions.districts_of(city)}
    else:
        pool = {key: codes[0] for key, codes in regions.districts.items() if len(codes) == 1}
    said = spell(re.sub(r"^\s*kec(?:amatan)?\b\.?", "", re.split(r"[,\n]", text)[0], flags=re.IGNORECASE))
    return tuple(regions.place(pool[key]) for key in get_close_matches(said, pool, n=4, cutoff=0.78))


def street_alone(street: str, place: Place) -> str:
    """The street without the chosen place's names at its end; where nothing else was written, all of it."""
    names = (place.village, place.district, place.city, place.city.partition(" ")[2], place.province)
    known = {spell(name) for name in names if name}
    pieces = street.split(",")
    while len(pieces) > 1 and spell(re.sub(r"(?i)^\s*(?:kel|kec|desa|kota|kab)\b\.?", "", pieces[-1])) in known:
        pieces.pop()
    return ",".join(pieces).strip()


class _Reader:
    """Weighs what a text mentions."""

    def __init__(self, text: Text, regions: Regions) -> None:
        self._text = text
        self._regions = regions
        self._by_postcode = regions.with_postcode(text.postcode)
        self._mentions = text.mentions()
        self._cities = tuple(dict.fromkeys(c for m in self._mentions if m.level == 1 for c in m.codes))
        self.is_by_postcode = False

    def reading(self) -> Reading:
        candidates = [self._candidate(code) for code in self._codes()]
        best = max((c.score for c in candidates), default=0.0)
        top = [c for c in candidates if c.score >= best - _MARGIN]
        near = [c for c in top if c.has_postcode or 2 in c.found or 3 in c.found]
        if len(near) == 1 and near[0].is_stated and self._agrees(near[0]):
            return self._checked(near[0])
        # `…, Depok` is the city whose district is missing, not one of the districts that are called so.
        is_a_choice = any(c.is_stated for c in near) or not self._cities
        if near and len(near) <= MOST_CHOICES and is_a_choice:
            near.sort(key=lambda c: -c.score)
            return self._doubtful("which", [self._place(c) for c in near], near)
        if self._cities:
            provinces = {code for m in self._mentions if m.level == 0 for code in m.codes}
            within = tuple(c for c in self._cities if c[:2] in provinces) or self._cities
            return Reading(
                self._text.without(m for m in self._mentions if m.level in (0, 1)),
                self._text.rt_rw,
                doubt="city",
                cities=within,
                postcode=self._text.postcode,
            )
        return Reading(self._text.without(()), self._text.rt_rw, doubt="nothing", postcode=self._text.postcode)

    def _codes(self) -> list[str]:
        """Every district that something speaks for."""
        named = [code for m in self._mentions if m.level == 2 for code in m.codes]
        codes = dict.fromkeys((*named, *self._by_postcode))
        villages = {m.key for m in self._mentions if m.level == 3}
        for city in self._cities:
            having = {code for key in villages for code in self._regions.with_village(key, city)}
            codes.update(dict.fromkeys(code for code in self._regions.districts_of(city) if code in having))
        if not codes and not self._cities:
            # Nothing but a village's name: it is asked which one, so that a piece of its own is enough.
            provinces = {code for m in self._mentions if m.level == 0 for code in m.codes}
            for mention in self._mentions:
                if mention.level == 3 and (mention.kind or self._text.is_piece(mention)):
                    found = self._regions.with_village(mention.key)
                    codes.update(dict.fromkeys(c for c in found if not provinces or c[:2] in provinces))
        return list(codes)

    def _candidate(self, code: str) -> _Candidate:
        one, other = self._found(code, (2, 3, 1, 0)), self._found(code, (3, 2, 1, 0))
        first, second = (self._weighed(code, found) for found in (one, other))
        return first if first.score >= second.score else second

    def _weighed(self, code: str, found: dict[int, Mention]) -> _Candidate:
        village = ""
        if 3 in found:
            keys = self._regions.village_keys(code)
            village = self._regions.villages_in(code)[keys.index(found[3].key)].name
        return _Candidate(code, found, village, code in self._by_postcode)

    def _found(self, code: str, order: tuple[int, ...]) -> dict[int, Mention]:
        """The best mention of each level that is about this district, none of them from the same words."""
        found: dict[int, Mention] = {}
        keys = self._regions.village_keys(code)
        own = {0: code[:2], 1: code[:5], 2: code}
        for level in order:
            fitting = [
                m
                for m in self._mentions
                if m.level == level
                and (m.key in keys if level == 3 else own[level] in m.codes)
                and not any(m.overlaps(other) for other in found.values())
            ]
            if fitting:
                # Regions stand at the end, the larger the later; a labelled one is meant.
                found[level] = max(fitting, key=lambda m: (m.weight, m.last - m.first, m.last))
        return found

    def _agrees(self, candidate: _Candidate) -> bool:
        """No city is named, or its own; a city's name that is its province's as well contradicts nothing."""
        if 1 in candidate.found:
            return True
        used = list(candidate.found.values())
        return all(m.level != 1 or any(m.overlaps(other) for other in used) for m in self._mentions)

    def _checked(self, candidate: _Candidate) -> Reading:
        """The place by its names; held against the postcode that stands beside them."""
        postcode = self._text.postcode
        if postcode and not candidate.has_postcode:
            near = {own[:3] for own in self._regions.postcodes_of(candidate.code)}
            if self._by_postcode or postcode[:3] not in near:
                others = [self._regions.place(code, postcode=postcode) for code in self._by_postcode[:3]]
                return self._doubtful("postcode", [self._place(candidate, written=False), *others], [candidate])
        self.is_by_postcode = candidate.has_postcode
        street = self._text.without(candidate.found.values())
        return Reading(street, self._text.rt_rw, self._place(candidate), postcode=postcode)

    def _place(self, candidate: _Candidate, written: bool = True) -> Place:
        postcode = self._text.postcode if written and (candidate.has_postcode or not self._by_postcode) else ""
        return self._regions.place(candidate.code, candidate.village, postcode)

    def _doubtful(self, doubt: Doubt, places: list[Place], candidates: list[_Candidate]) -> Reading:
        # Only what every one of them is called by leaves the street.
        spoken = [set(c.found.values()) for c in candidates]
        common = set.intersection(*spoken) if spoken else set()
        street = self._text.without(common)
        return Reading(
            street, self._text.rt_rw, None, doubt, tuple(dict.fromkeys(places)), postcode=self._text.postcode
        )
