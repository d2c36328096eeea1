"""What the first orders of a batch get: a gift or a discount (product 3, tiers), and how sellers write it.

A tier has places, counted in orders; the tiers of a batch follow each other, the first one first. The numbers are a
snapshot: a place is taken by a conditional update in storage, never from these values.

Read are parts between semicolons, line breaks or commas: `5 pertama: gratis scrunchie; 10 berikutnya: potong 10rb`,
`first 5 free scrunchie, next 10: 10k off`. Pure; never guesses: percent, or a second "first", is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from preorder.errors import NotMoney, NotTiers
from preorder.money import NO_MONEY, Rupiah, parse_rupiah
from preorder.pattern import pattern
from preorder.typed_text import plain, visible
from preorder.values import dataclass

TierKind = Literal["gift", "discount"]
MOST_TIERS: Final = 5
MOST_PLACES: Final = 10_000
LONGEST_GIFT: Final = 60  # characters


@dataclass(frozen=True)
class Tier:
    """`places` orders get the gift, or `discount` rupiah off the order; `taken` of them already have it."""

    places: int
    kind: TierKind
    gift: str = ""
    discount: Rupiah = NO_MONEY
    taken: int = 0

    @property
    def left(self) -> int:
        return max(0, self.places - self.taken)

    def suits(self, goods: Rupiah) -> bool:
        """May an order with goods worth so much have it? A discount never takes all of an order."""
        return self.discount < goods


NOTHING: Final = Tier(0, "gift")


def next_place(tiers: Sequence[Tier], goods: Rupiah) -> int | None:
    """The tier (its place in the sequence) that an order with goods worth so much would be given now."""
    return next((n for n, tier in enumerate(tiers) if tier.left and tier.suits(goods)), None)


_BUYERS: Final = r"(?:\s*(?:orang|org|order(?:an)?s?|pesanan|pembeli|pemesan|buyers?|people|customers?|slot|pcs))?"
_FIRST: Final = r"(?P<first>pertama|awal|tercepat|first)"
_NEXT: Final = r"(?P<next>berikutnya|berikut|selanjutnya|setelahnya|sesudahnya|lagi|kedua|next)"
_WHO: Final = tuple(
    pattern(one)
    for one in (
        rf"(?:untuk\s+|buat\s+|for\s+(?:the\s+)?)?(?P<n>\d{{1,9}}){_BUYERS}\s*(?:yang\s+)?(?:{_FIRST}|{_NEXT})\b\s*[:=,-]*\s*",
        rf"(?:for\s+|untuk\s+)?(?:the\s+)?(?:{_FIRST}|{_NEXT})\s+(?P<n>\d{{1,9}}){_BUYERS}\b\s*[:=,-]*\s*",
    )
)
# A comma parts tiers only where the next one begins: gifts are written with commas too.
_BETWEEN: Final = pattern(
    r"[;\n]+|(?:,|\bdan\b|\blalu\b|\bthen\b|\band\b)\s*(?=(?:untuk\s+|buat\s+)?(?:\d{1,9}\s*(?:\w+\s+)?(?:yang\s+)?"
    r"(?:berikut|selanjut|setelah|sesudah|lagi\b|kedua\b)|(?:the\s+)?next\s+\d))",
    re.IGNORECASE,
)
_GIFT: Final = pattern(
    r"(?:(?:dapat|dapet|dpt|gets?)(?:\s+an?)?\s+)?(?:gratis|free|bonus|hadiah|gift|dapat|dapet|dpt|gets?)\b\s*[:=]?\s*"
    r"(?P<gift>.+)",
    re.IGNORECASE | re.DOTALL,
)
_OFF: Final = pattern(
    r"(?:dapat\s+|dapet\s+|gets?\s+)?(?:potong(?:an)?|pot|diskon|disc(?:ount)?|hemat|kurang|minus|less|-)\s*(?:harga\s*)?[:=]?\s*"
    r"(?P<amount>.+)|(?P<amount2>.+?)\s+off",
)


def parse_tiers(text: str) -> tuple[Tier, ...]:
    """Read the tiers, at least one. Raises NotTiers with the part that could not be read:

    `unreadable`; `percent` (a discount is written in rupiah); `money` (no amount); `order` (a second tier says "first",
    the first one "next"); `places` (none, or more than a shop has buyers); `too_many`; `gift_long`.
    """
    parts = [part.strip(" .,-•*") for part in _BETWEEN.split(visible(text))]
    parts = [re.sub(r"^\d[.)]\s+(?=\d|\w)", "", part) for part in parts if part]
    if not parts:
        raise NotTiers("unreadable", text)
    if len(parts) > MOST_TIERS:
        raise NotTiers("too_many", text, MOST_TIERS)
    return tuple(_tier(part, is_first=number == 0) for number, part in enumerate(parts))


def _tier(part: str, is_first: bool) -> Tier:
    said = plain(part)
    who = next((found for pattern in _WHO if (found := pattern.match(said))), None)
    if who is None:
        raise NotTiers("unreadable", part)
    if bool(who["first"]) is not is_first:
        raise NotTiers("order", part)
    places = int(who["n"])
    if not 1 <= places <= MOST_PLACES:
        raise NotTiers("places", part, MOST_PLACES)
    # The gift keeps its capitals: what follows is as long in the part as in its plain text.
    gets, own = said[who.end() :], " ".join(part.split())[who.end() :]
    off = _OFF.fullmatch(gets)
    if off:
        return Tier(places, "discount", discount=_amount((off["amount"] or off["amount2"]).strip(), part))
    gift = _GIFT.fullmatch(own if len(own) == len(gets) else gets)
    if gift is None or not any(c.isalnum() for c in gift["gift"]):
        raise NotTiers("unreadable", part)
    named = gift["gift"].strip()
    if len(named) > LONGEST_GIFT:
        raise NotTiers("gift_long", part, LONGEST_GIFT)
    return Tier(places, "gift", named)


def _amount(said: str, part: str) -> Rupiah:
    if re.search(r"%|\bpersen\b|\bpercent\b", said):
        raise NotTiers("percent", part)
    try:
        return parse_rupiah(said)
    except NotMoney as wrong:
        raise NotTiers("money", part) from wrong
