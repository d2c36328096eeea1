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
from conversations.worth import lines_of, shipping_of
from messages.catalog.changing import (
    ChangeSeenAnew,
    DiscountTooLarge,
    DownPaymentMissing,
    NothingChanged,
    OrderNotChangeable,
    ProofWaits,
)
from messages.catalog.ordering import PricesChanged
from preorder.address import Address
from preorder.batch import Batch
from preorder.changing import Change, change_of
from preorder.order import Order
from preorder.shipping import Shipping, shipping_again


def begin_change(order: Order, fresh: str) -> Go[Review]:
    """The review, with everything the order has; the buyer changes from there."""
    lines = tuple(LineWanted(line.variant_id, line.quantity, line.wish) for line in order.lines)
    changing = Changing(order.id, order.code, order.paid)
    return Go(Review(Draft(fresh, order.batch_id, lines, order.address, changing)))


def change_in(draft: Draft, batch: Batch, shop: Shop) -> tuple[Order, Change, Shipping] | None:
    """The order that a draft changes, what that does to its money and what sending it costs then; None when it cannot
    be changed any more."""
    order = shop.order(draft.changing.order_id) if draft.changing is not None else None
    if order is None or order.state not in ("held", "confirmed"):
        return None
    shipping = order.shipping
    if draft.address is not None:
        shipping = shipping_again(shipping, order.address, draft.address, shipping_of(draft, batch, shop.shipping))
    return order, change_of(order, lines_of(draft, batch), batch.down_payment, shop.owed, shipping), shipping


def to_be_saved(address: Address) -> tuple[SaveAddress, ...]:
    """An address is kept for the next time; to pick up at the shop is none."""
    return () if address.is_pickup else (SaveAddress(address),)


def confirm_change(
    here: Review, changing: Changing, shown: str, batch: Batch, shop: Shop
) -> Go[Home] | Go[Review] | Stay:
    """Quantities and slots are checked by then. Money decides the rest; `shown` is the total of the screen."""
    draft, found = here.draft, change_in(here.draft, batch, shop)
    if found is None or draft.address is None:
        return Go(Home(), say=(OrderNotChangeable(changing.code),))
    order, change, shipping = found
    if not change.leaves_goods:
        return Stay(DiscountTooLarge(order.code, order.discount))
    if shown != str(change.total):
        return Stay(PricesChanged())
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
    do = ChangeOrder(order.id, draft.lines, draft.address, order.paid, shipping)
    return Go(Home(), do=(do, *to_be_saved(draft.address)))
