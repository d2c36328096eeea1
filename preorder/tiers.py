"""What the first orders of a batch get: a gift or a discount (product 3, tiers). Values; pure.

A tier has places, counted in orders; the tiers of a batch follow each other, the first one first. The numbers are a
snapshot: a place is taken by a conditional update in storage, never from these values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from preorder.money import NO_MONEY, Rupiah

TierKind = Literal["gift", "discount"]


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
