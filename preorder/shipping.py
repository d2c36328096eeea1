"""What the courier takes (product 4): rupiah a kilogram by zone, the couriers' rounding, free above an amount, pick-up.

In: the shop's rule, where the parcel goes, its grams, the worth of the goods in rupiah. Out: a `Shipping` with its cost
and how it came about. Never: guesses a price; a place that no zone covers is told later by the seller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from preorder.address import Address
from preorder.money import Rupiah
from preorder.values import dataclass

Kind = Literal["outside", "zone", "free", "pickup", "later", "told"]
Way = Literal["outside", "zones", "later"]

NOTHING: Final = Rupiah(0)
KILOGRAM: Final = 1_000  # grams
TOLERANCE: Final = 300  # grams: couriers count up to 1.3 kg as 1 and up to 2.3 as 2
CUBIC_CM_A_KILOGRAM: Final = 6_000  # by road and air freight; what is large and light counts by its volume
MOST: Final = Rupiah(10_000_000)  # a parcel that costs more is a slip of the finger


_BOX: Final = re.compile(r"(\d{1,3})\s*[x×*]\s*(\d{1,3})\s*[x×*]\s*(\d{1,3})(?:\s*cm\b)?", re.IGNORECASE)


@dataclass(frozen=True)
class Shipping:
    """`outside`: settled outside the bot, as shops do that set no rule. `later`: the seller still has to tell the cost;
    `told`: they did. `cost` is in rupiah and part of the order's total; 0 while it is not known."""

    kind: Kind
    cost: Rupiah = NOTHING

    @property
    def is_open(self) -> bool:
        """Does the seller still have to say what it costs?"""
        return self.kind == "later"


OUTSIDE: Final = Shipping("outside")
LATER: Final = Shipping("later")
FREE: Final = Shipping("free")
PICKUP: Final = Shipping("pickup")


@dataclass(frozen=True)
class Zone:
    """`price` rupiah a kilogram to a city; to a whole province when `city` is empty; to everywhere else when both are.
    Names are the official ones (`Kota Depok`, `Jawa Barat`)."""

    province: str
    city: str
    price: Rupiah


@dataclass(frozen=True)
class ShippingRule:
    """How a shop sends. `pickup` is where buyers may fetch their order, empty when they may not; goods worth
    `free_above` or more travel free, 0 when none do. `zones` holds at least those that concern the parcel."""

    way: Way = "outside"
    pickup: str = ""
    free_above: Rupiah = NOTHING
    zones: tuple[Zone, ...] = ()

    def price_to(self, address: Address) -> Rupiah | None:
        """Rupiah a kilogram: the city's price before the province's before everywhere else's; None where none is."""
        prices = {(zone.province, zone.city): zone.price for zone in self.zones}
        places = ((address.province, address.city), (address.province, ""), ("", ""))
        # A place that is not known has no price: not even "everywhere else" says what it would be.
        known = places if address.province else ()
        return next((prices[place] for place in known if place in prices), None)

    def shipping(self, address: Address, grams: int, goods: Rupiah) -> Shipping:
        """What sending costs: `grams` of goods worth `goods` rupiah."""
        if address.is_pickup:
            return PICKUP
        if self.way == "outside":
            return OUTSIDE
        if self.free_above and goods >= self.free_above:
            return FREE
        price = self.price_to(address) if self.way == "zones" else None
        return LATER if price is None else Shipping("zone", Rupiah(price * charged_kilograms(grams)))


NO_RULE: Final = ShippingRule()


def shipping_again(before: Shipping, was: Address, now: Address, by_rule: Shipping) -> Shipping:
    """What sending costs when a placed order is changed (product 4): by today's rule, but what the seller told for a
    district stays told, and an order that was settled outside the bot stays so."""
    is_same_place = (was.district, was.city, was.is_pickup) == (now.district, now.city, now.is_pickup)
    if before.kind == "outside" and not now.is_pickup:
        return before
    return before if before.kind == "told" and is_same_place else by_rule


def charged_kilograms(grams: int) -> int:
    """Kilograms as couriers count them (facts, Trade): 1,300 g is 1, 1,301 g is 2; never less than 1."""
    return max(1, -(-(grams - TOLERANCE) // KILOGRAM))


def volumetric_grams(length: int, width: int, height: int) -> int:
    """Grams that a box of these centimetres counts as, rounded up (facts, Trade: cm³/6000 is kilograms)."""
    return -(-length * width * height * KILOGRAM // CUBIC_CM_A_KILOGRAM)


def take_box(text: str) -> tuple[str, int]:
    """Take the size of a box out of a weight as sellers type it: `250 g 30x20x10` is (`250 g`, 1000). 0 without one."""
    found = _BOX.search(text)
    if not found:
        return text, 0
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,;/")
    return rest, volumetric_grams(int(found[1]), int(found[2]), int(found[3]))


def weigh(pieces: Iterable[tuple[int, int]]) -> int:
    """Grams of (grams a piece, pieces)."""
    return sum(grams * count for grams, count in pieces)
