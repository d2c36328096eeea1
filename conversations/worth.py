"""What an order in the making is worth today (product 4): lines, gift, discount, shipping cost, total. Pure, rupiah."""

from __future__ import annotations

from conversations.effects import LineWanted
from conversations.steps import Draft
from preorder.batch import Batch
from preorder.money import Rupiah
from preorder.order import Line, total_of
from preorder.shipping import OUTSIDE, Shipping, ShippingRule, weigh
from preorder.tiers import NOTHING, Tier, next_place


def lines_of(draft: Draft, batch: Batch) -> tuple[Line, ...]:
    """A draft's lines with today's promise of names and prices; a variant no longer offered is left out."""
    return tuple(line for wanted in draft.lines if (line := line_of(wanted, batch)) is not None)


def line_of(wanted: LineWanted, batch: Batch) -> Line | None:
    """One of them."""
    offer = batch.offer(wanted.variant_id)
    if offer is None:
        return None
    return Line(offer.variant_id, offer.product, offer.variant, offer.price, wanted.quantity, wanted.wish)


def shipping_of(draft: Draft, batch: Batch, rule: ShippingRule) -> Shipping:
    """What sending it to its address costs."""
    if draft.address is None:
        return OUTSIDE
    weights = {offer.variant_id: offer.weight for offer in batch.offers}
    grams = weigh((weights.get(line.variant_id, 0), line.quantity) for line in draft.lines)
    return rule.shipping(draft.address, grams, total_of(lines_of(draft, batch)))


def place_of(draft: Draft, batch: Batch) -> int | None:
    """Which tier's place it would be given now, as one of the batch's first orders."""
    return next_place(batch.tiers, total_of(lines_of(draft, batch)))


def tier_of(draft: Draft, batch: Batch) -> Tier:
    """What that brings; nothing without a place."""
    place = place_of(draft, batch)
    return NOTHING if place is None else batch.tiers[place]


def total(draft: Draft, batch: Batch, rule: ShippingRule) -> Rupiah:
    """Goods and shipping together, less what it gets as one of the first orders."""
    goods, discount = total_of(lines_of(draft, batch)), tier_of(draft, batch).discount
    return Rupiah(goods - discount + shipping_of(draft, batch, rule).cost)
