"""The table of Indonesia's regions: provinces, cities (kota, kabupaten), districts (kecamatan), villages, postcodes.

In: the text of `storage/regions.csv` (see `scripts/draw_regions.py`). Out: a `Regions` to look names and postcodes up
in, however people spell them. A district is known by its code (`32.76.06`); the first 5 letters are its city's code,
the first 2 its province's. Never: reads a file, decides what an address means (`preorder/place.py` does).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import Final

from preorder.values import dataclass

_HEADING: Final = re.compile(r"^=([\d.]+);(.*)$", re.MULTILINE)
_POSTCODE: Final = re.compile(r";(\d{5})$", re.MULTILINE)
_KIND: Final = re.compile(r"^(?:Kab\.|Kota) ")
_UNSPELLED: Final = str.maketrans("", "", " '’`\"-.,/()")
# What people spell one way and the ministry another; the same is done to both.
_SPELLINGS: Final = (("kebun", "kebon"), ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sy", "s"), ("kh", "k"))
_DOUBLE: Final = tuple((letter * 2, letter) for letter in "bdglmnprst")


def spell(text: str) -> str:
    """A name as it is looked up: no spaces, no double letters, one spelling. Keeps lines, digits and `;`."""
    key = text.lower().translate(_UNSPELLED)
    for pair in (*_SPELLINGS, *_DOUBLE):
        key = key.replace(*pair)
    return key


@dataclass(frozen=True)
class Place:
    """A district with its city and province by their official names, and the village where it is known. `postcode` is
    empty where it is not known."""

    district: str
    city: str
    province: str
    village: str = ""
    postcode: str = ""

    @property
    def short(self) -> str:
        """`Kemiri Muka, Beji, Kota Depok`."""
        return ", ".join(filter(None, (self.village, self.district, self.city)))


@dataclass(frozen=True)
class Village:
    name: str
    postcode: str


class Regions:
    """The whole table, 91,599 regions. Takes 0.3 s to make and 7 MB to keep."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._keys = spell(table)
        self.names: dict[str, str] = {}
        self.provinces: dict[str, tuple[str, ...]] = {}
        self.cities: dict[str, tuple[str, ...]] = {}
        self.districts: dict[str, tuple[str, ...]] = {}
        found: tuple[defaultdict[str, list[str]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
        starts: list[int] = []
        key_starts: list[int] = []
        # Line by line the same in both: only the lengths differ.
        for heading, spelled in zip(_HEADING.finditer(table), _HEADING.finditer(self._keys), strict=True):
            code = heading[1]
            self.names[code] = heading[2]
            level = code.count(".")
            # Kota Bogor and Kab. Bogor are both called Bogor.
            found[level][spell(_KIND.sub("", heading[2])) if level == 1 else spelled[2]].append(code)
            if level == 2:
                starts.append(heading.start())
                key_starts.append(spelled.start())
        self.provinces, self.cities, self.districts = ({k: tuple(v) for k, v in one.items()} for one in found)
        self._codes = [code for code in self.names if code.count(".") == 2]
        within: defaultdict[str, list[str]] = defaultdict(list)
        for code in self._codes:
            within[code[:5]].append(code)
            within[code[:2]].append(code)
        self._within = {outer: tuple(codes) for outer, codes in within.items()}
        self._bounds = dict(zip(self._codes, zip(starts, [*starts[1:], len(table)], strict=True), strict=True))
        of_postcode: defaultdict[str, list[str]] = defaultdict(list)
        for code, (start, end) in self._bounds.items():
            for postcode in set(_POSTCODE.findall(table, start, end)):
                of_postcode[postcode].append(code)
        self._of_postcode = {postcode: tuple(codes) for postcode, codes in of_postcode.items()}
        self._key_starts = key_starts
        self._key_bounds = dict(
            zip(self._codes, zip(key_starts, [*key_starts[1:], len(self._keys)], strict=True), strict=True)
        )

    def villages_in(self, district: str) -> tuple[Village, ...]:
        """The villages of a district, in the table's order."""
        start, end = self._bounds[district]
        lines = self._table[start:end].splitlines()[1:]
        return tuple(Village(*line.split(";")) for line in lines if line and line[0] != "=")

    def village_keys(self, district: str) -> list[str]:
        """The same, spelled."""
        start, end = self._key_bounds[district]
        lines = self._keys[start:end].splitlines()[1:]
        return [line.partition(";")[0] for line in lines if line and line[0] != "="]

    def districts_of(self, city: str) -> tuple[str, ...]:
        """The districts of a city, or (2 letters) of a province."""
        return self._within.get(city, ())

    def with_village(self, key: str, city: str = "") -> tuple[str, ...]:
        """The districts that have a village of this (spelled) name, of one city or of all."""
        if not city:
            return self._districts_at(f"\n{key};", 0, len(self._keys))
        own = self.districts_of(city)
        # A city's districts stand one after the other.
        return self._districts_at(f"\n{key};", self._key_bounds[own[0]][0], self._key_bounds[own[-1]][1]) if own else ()

    def with_postcode(self, postcode: str) -> tuple[str, ...]:
        """The districts in which this postcode is used."""
        return self._of_postcode.get(postcode, ())

    def _districts_at(self, needle: str, start: int, end: int) -> tuple[str, ...]:
        found: dict[str, None] = {}
        at = self._keys.find(needle, start, end)
        while at >= 0:
            found[self._codes[bisect_right(self._key_starts, at) - 1]] = None
            at = self._keys.find(needle, at + 1, end)
        return tuple(found)

    def postcodes_of(self, district: str) -> frozenset[str]:
        return frozenset(village.postcode for village in self.villages_in(district) if village.postcode)

    def place(self, district: str, village: str = "", postcode: str = "") -> Place:
        """The place by its names; a district with a single postcode has that one."""
        if not postcode:
            own = {v.postcode for v in self.villages_in(district) if not village or v.name == village}
            postcode = own.pop() if len(own) == 1 else ""
        return Place(self.names[district], self.names[district[:5]], self.names[district[:2]], village, postcode)
