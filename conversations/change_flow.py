"""Changing a placed order (product 4: until closing): the same screens as ordering, with the order's answers in them.

In: the order, the batch, what is owed back. Out: where the change begins, and at the review the effect that puts it in
the order's place, or why not. The commit checks all of it again; a refused change leaves the order as it was. Pure.
"""

from __future__ import annotations

from dataclasses import replace

from conversations.effects import ChangeOrder, LineWanted, SaveAddress
from conversations.shop import Shop
from conversations.steps import Changing, Draft, Home, Review
from conversations.table import Go, Stay
from messages.catalog.changing import (
    ChangeSeenAnew,
    DownPaymentMissing,
    NothingChanged,
    OrderNotChangeable,
    ProofWaits,
)
from preorder.batch import Batch
from preorder.changing import Change, change_of
from preorder.order import Line, Order


def begin_change(order: Order, fresh: str) -> Go[Review]:
    """The review, with everything the order has; the buyer changes from there."""
    lines = tuple(LineWanted(line.variant_id, line.quantity, line.wish) for line in order.lines)
    changing = Changing(order.id, order.code, order.paid)
    return Go(Review(Draft(fresh, order.batch_id, lines, order.address, changing)))


def line_of(wanted: LineWanted, batch: Batch) -> Line | None:
    """A line with the batch's names and price; None when its variant is not offered (any more)."""
    offer = batch.offer(wanted.variant_id)
    if offer is None:
        return None
    return Line(offer.variant_id, offer.product, offer.variant, offer.price, wanted.quantity, wanted.wish)


def lines_of(draft: Draft, batch: Batch) -> tuple[Line, ...]:
    """A draft's lines with today's promise of names and prices; a variant no longer offered is left out."""
    return tuple(line for wanted in draft.lines if (line := line_of(wanted, batch)) is not None)


def change_in(draft: Draft, batch: Batch, shop: Shop) -> tuple[Order, Change] | None:
    """The order that a draft changes and what that does to its money; None when it cannot be changed any more."""
    order = shop.order(draft.changing.order_id) if draft.changing is not None else None
    if order is None or order.state not in ("held", "confirmed"):
        return None
    return order, change_of(order, lines_of(draft, batch), batch.down_payment, shop.owed, order.shipping)


def confirm_change(here: Review, changing: Changing, batch: Batch, shop: Shop) -> Go[Home] | Go[Review] | Stay:
    """Quantities and slots are checked by then. Money decides the rest."""
    draft, found = here.draft, change_in(here.draft, batch, shop)
    if found is None or draft.address is None:
        return Go(Home(), say=(OrderNotChangeable(changing.code),))
    order, change = found
    if order.paid != changing.paid:
        # What was said about the money is no longer true: it is shown anew before it counts.
        seen = replace(draft, changing=replace(changing, paid=order.paid))
        return Go(Review(seen), say=(ChangeSeenAnew(order.code),))
    if lines_of(draft, batch) == order.lines and draft.address == order.address:
        return Go(Home(), say=(NothingChanged(order.code),))
    if order.waiting_proofs and change.total != order.total:
        return Stay(ProofWaits(order.code))
    if order.state == "confirmed" and not change.is_covered:
        return Stay(DownPaymentMissing(order.code, change.first_due, change.paid))
    do = ChangeOrder(order.id, draft.lines, draft.address, order.paid)
    return Go(Home(), do=(do, SaveAddress(draft.address)))
