"""What sending costs: found at the commit, told later by the seller (product 4). Inside a turn's transaction."""

from __future__ import annotations

from bot.turn import Turn
from preorder.address import Address
from preorder.batch import Batch
from preorder.order import Line, total_of
from preorder.shipping import Shipping, weigh
from storage import shipping


def now(turn: Turn, batch: Batch, lines: tuple[Line, ...], address: Address) -> Shipping:
    """By the shop's rule as it is in this transaction."""
    weights = {offer.variant_id: offer.weight for offer in batch.offers}
    grams = weigh((weights.get(line.variant_id, 0), line.quantity) for line in lines)
    return shipping.rule(turn.tx, address).shipping(address, grams, total_of(lines))
