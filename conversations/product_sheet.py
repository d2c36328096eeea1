"""A catalogue sheet that came back: its difference on the screen, one confirm, all or nothing (product 2). Pure.

In: the step, what was said, the snapshot with the difference as it is now. What is applied is what was shown: when the
catalogue changed meanwhile, the difference is shown anew instead.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversations.product_effects import ApplySheet
from conversations.product_steps import ProductsList, SheetReview
from conversations.said import Back, Picked
from conversations.seller_reading import quoted
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay
from messages.catalog.products import SheetApplied, SheetGone, SheetMovedOn, SheetReviewed, SheetSame
from messages.catalog.selling_unclear import ChoiceUnclear
from preorder.catalogue_change import Difference, ProductNews

APPLY: Final = "apply"
MOST_CHANGES: Final = 25  # products on the screen; what a message can hold


def decide_sheet(at: SheetReview, said: Picked, shop: Shop) -> Go[Home] | Go[SheetReview] | Go[ProductsList] | Stay:
    change = shop.sheet_change
    if change is None:
        return Go(ProductsList(), say=(SheetGone(),))
    if said.value != APPLY:
        return Stay(ChoiceUnclear(quoted(said.value)))
    if change.is_empty:
        return Go(Home(), say=(SheetSame(),))
    if change.fingerprint != at.shown:
        return Go(replace(at, shown=change.fingerprint), say=(SheetMovedOn(),))
    counts = (
        _count(change, "added"),
        _count(change, "changed"),
        _count(change, "archived"),
        _count(change, "restored"),
    )
    return Go(Home(), do=(ApplySheet(at.sheet_id, at.shown),), say=(SheetApplied(*counts),))


def sheet_to_list(_at: SheetReview, _said: Back, _shop: Shop) -> Go[ProductsList]:
    return Go(ProductsList())


def reviewed(change: Difference) -> SheetReviewed:
    """The difference as a message."""
    return SheetReviewed(
        change.products[:MOST_CHANGES],
        max(0, len(change.products) - MOST_CHANGES),
        _count(change, "added"),
        _count(change, "changed"),
        _count(change, "archived"),
        _count(change, "restored"),
        change.order,
        change.same,
        change.beside,
    )


def _count(change: Difference, news: ProductNews) -> int:
    return sum(product.news == news for product in change.products)
