"""A batch: one round of pre-orders from opening to done (product 3). Values and questions about them; pure.

A batch offers variants at a price; quota and slots taken are whole pieces. The numbers here are a snapshot: whoever
changes them does so with a conditional update in storage, never from these values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Literal, NewType

from preorder.money import NO_MONEY, DownPayment, Rupiah
from preorder.tiers import Tier
from preorder.values import dataclass

BatchId = NewType("BatchId", str)
ProductId = NewType("ProductId", str)
VariantId = NewType("VariantId", str)

BatchState = Literal["draft", "scheduled", "open", "closed", "producing", "ready", "shipping", "done", "cancelled"]
CloseReason = Literal["seller", "time", "sold"]
# Closed below its minimum it waits for a seller's word ('asked'), then has it; '' where none is needed.
Decision = Literal["", "asked", "extended", "goes_on", "cancelled"]
# Whom the announcement goes to: all subscribers, or the interest list only.
Audience = Literal["everyone", "interested"]

# product 3: what may follow what. Stages of making live inside `producing`.
NEXT_STATES: Final[dict[BatchState, frozenset[BatchState]]] = {
    "draft": frozenset({"scheduled", "open", "cancelled"}),
    "scheduled": frozenset({"open", "cancelled"}),
    "open": frozenset({"closed", "cancelled"}),
    "closed": frozenset({"producing", "ready", "shipping", "done", "cancelled"}),
    "producing": frozenset({"producing", "ready", "shipping", "done", "cancelled"}),
    "ready": frozenset({"producing", "ready", "shipping", "done"}),
    "shipping": frozenset({"shipping", "done"}),
    "done": frozenset(),
    "cancelled": frozenset(),
}

Stage = Literal["materials", "making", "finishing", "packing", "ready"]
STAGES: Final[tuple[Stage, ...]] = ("materials", "making", "finishing", "packing", "ready")


@dataclass(frozen=True)
class Offer:
    """One variant on sale in a batch. `price` in rupiah a piece, `weight` in grams, `quota` None when only the
    batch's own quota binds."""

    variant_id: VariantId
    product_id: ProductId
    product: str
    variant: str
    price: Rupiah
    weight: int
    quota: int | None
    taken: int


@dataclass(frozen=True)
class Batch:
    """A batch as it stood when the transaction looked. Moments are UTC; `mine` is how many pieces the person who
    asks already holds or has confirmed in it. `minimum_total` (below it the batch may not go ahead) and `target` are
    rupiah, 0 when there is none; `shipping_days` is how long a parcel travels."""

    id: BatchId
    title: str
    state: BatchState
    quota: int
    taken: int
    minimum: int
    maximum: int | None
    down_payment: DownPayment
    hold: timedelta
    opens_at: datetime
    closes_at: datetime
    production_days: int
    offers: tuple[Offer, ...]
    mine: int = 0
    terms: int = 0  # the version of the shop's terms under which it is ordered now, 0 for none
    minimum_total: Rupiah = NO_MONEY
    target: Rupiah = NO_MONEY
    shipping_days: int = 0
    audience: Audience = "everyone"
    tiers: tuple[Tier, ...] = ()
    decision: Decision = ""

    def is_open_at(self, now: datetime) -> bool:
        """product 3: a batch past its closing moment is closed even when nobody has written that down yet."""
        return self.state == "open" and now < self.closes_at

    @property
    def is_undecided(self) -> bool:
        """product 3: closed below its minimum, and nobody has decided what becomes of it."""
        return self.state == "closed" and self.decision == "asked"

    def freed(self, pieces: Mapping[VariantId, int]) -> Batch:
        """The batch as it looks to the person who asks when these pieces, taken for them, are theirs to use."""
        offers = tuple(replace(o, taken=o.taken - pieces.get(o.variant_id, 0)) for o in self.offers)
        n = sum(pieces.values())
        return replace(self, taken=self.taken - n, mine=self.mine - n, offers=offers)

    @property
    def left(self) -> int:
        return max(0, self.quota - self.taken)

    def left_of(self, offer: Offer) -> int:
        """Slots left for one variant: the smaller of its own and the batch's."""
        if offer.quota is None:
            return self.left
        return max(0, min(self.left, offer.quota - offer.taken))

    def offer(self, variant_id: VariantId) -> Offer | None:
        return next((o for o in self.offers if o.variant_id == variant_id), None)

    def products(self) -> tuple[ProductId, ...]:
        """Products on offer, each once, in the shop's order."""
        return tuple(dict.fromkeys(o.product_id for o in self.offers))

    def variants_of(self, product_id: ProductId) -> tuple[Offer, ...]:
        return tuple(o for o in self.offers if o.product_id == product_id)

    def product_name(self, product_id: ProductId) -> str:
        return next((o.product for o in self.offers if o.product_id == product_id), "")

    @property
    def cheapest(self) -> Rupiah:
        return min((o.price for o in self.offers), default=Rupiah(0))
