"""The second half of the buyer's map (product 4): the review, changing one answer, the confirm that counts. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversations.address_flow import to_address
from conversations.change_flow import confirm_change, to_be_saved
from conversations.effects import PlaceOrder
from conversations.lines_flow import allowance
from conversations.said import Back, Picked
from conversations.shop import Shop
from conversations.steps import (
    ChangeAddress,
    ChangeLine,
    ChooseAddress,
    ChooseChange,
    ChooseProduct,
    ChooseVariant,
    EnterAddress,
    EnterQuantity,
    EnterWish,
    Home,
    Review,
)
from conversations.table import Go, Stay, Step
from conversations.worth import place_of, shipping_of, total
from messages.catalog.changing import LastLineOfOrder
from messages.catalog.ordering import (
    BatchHasClosed,
    LastLine,
    NotAChoice,
    PricesChanged,
    QuantityOverMaximum,
    QuantityOverSlots,
    SlotsWentMeanwhile,
    TierTaken,
    TooManyLines,
    UnderMinimum,
)
from messages.catalog.terms import TermsChanged
from preorder.order import MAX_LINES

CONFIRM: Final = "confirm."
"""Begins the confirm button's value; the total follows that stood above it."""


def pick_in_review(
    here: Review, said: Picked, shop: Shop
) -> Go[Home] | Go[ChooseProduct] | Go[ChooseChange] | Go[Review] | Stay:
    if said.value.startswith(CONFIRM):
        return confirm(here, said.value.removeprefix(CONFIRM), shop)
    match said.value:
        case "add":
            if len(here.draft.lines) >= MAX_LINES:
                return Stay(TooManyLines(MAX_LINES))
            return Go(ChooseProduct(here.draft))
        case "change":
            return Go(ChooseChange(here.draft))
        case _:
            return Stay(NotAChoice())


def confirm(here: Review, seen: str, shop: Shop) -> Go[Home] | Go[Review] | Stay:
    """product 4: places the order and holds its slots in one step. The commit checks all of this again.

    `seen` is the total (rupiah) that stood on the screen: when it is another by now, it is shown before it counts.
    """
    batch, draft = shop.open_batch(here.draft.batch_id), here.draft
    if batch is None or draft.address is None:
        return Stay(BatchHasClosed(""))
    pieces = sum(line.quantity for line in draft.lines)
    allowed = allowance(batch, replace(draft, lines=()), None)
    if allowed is not None and pieces > allowed:
        return Stay(QuantityOverMaximum(allowed, batch.maximum or 0))
    if pieces + batch.mine < batch.minimum:
        return Stay(UnderMinimum(batch.minimum, pieces))
    for offer in batch.offers:
        wanted = sum(line.quantity for line in draft.lines if line.variant_id == offer.variant_id)
        if wanted > batch.left_of(offer):
            return Stay(SlotsWentMeanwhile(offer.product, offer.variant, batch.left_of(offer)))
    if pieces > batch.left:
        return Stay(QuantityOverSlots(batch.left))
    if draft.changing is not None:
        return confirm_change(here, draft.changing, seen, batch, shop)
    if draft.terms != batch.terms:
        return Go(Review(replace(draft, terms=batch.terms)), say=(TermsChanged(batch.terms),))
    if draft.promised is not None and place_of(draft, batch) != draft.promised:
        gone = batch.tiers[draft.promised]  # what a batch promises stays as it was when it opened
        return Go(Review(draft), say=(TierTaken(gone.gift, gone.discount),))
    if seen != str(total(draft, batch, shop.shipping)):
        return Stay(PricesChanged())
    shipping = shipping_of(draft, batch, shop.shipping)
    place = PlaceOrder(
        draft.id, draft.batch_id, draft.lines, draft.address, shipping, draft.terms, promised=draft.promised
    )
    return Go(Home(), do=(place, *to_be_saved(draft.address)))


def as_shown(step: Step, shop: Shop) -> Step:
    """The step with what its screen promises: a review that shows a gift or a discount is held to it at the confirm."""
    batch = shop.open_batch(step.draft.batch_id) if isinstance(step, Review) else None
    if not isinstance(step, Review) or batch is None or step.draft.changing is not None:
        return step
    tier = place_of(step.draft, batch)
    return step if tier == step.draft.promised else Review(replace(step.draft, promised=tier))


def back_to_address(here: Review, _: Back, shop: Shop) -> Go[ChooseAddress] | Go[EnterAddress]:
    return to_address(here.draft, shop)


def pick_change(here: ChooseChange, said: Picked, _shop: Shop) -> Go[ChangeAddress] | Go[ChangeLine] | Stay:
    if said.value == "address":
        return Go(ChangeAddress(here.draft))
    if said.value.isdecimal() and int(said.value) < len(here.draft.lines):
        return Go(ChangeLine(here.draft, int(said.value)))
    return Stay(NotAChoice())


def pick_line_change(
    here: ChangeLine, said: Picked, shop: Shop
) -> Go[ChooseVariant] | Go[EnterQuantity] | Go[EnterWish] | Go[Review] | Go[ChooseProduct] | Stay:
    batch = shop.open_batch(here.draft.batch_id)
    line = here.draft.lines[here.line]
    offer = batch.offer(line.variant_id) if batch else None
    match said.value:
        case "product":
            return Go(ChooseProduct(here.draft, here.line))
        case "variant" if offer is not None:
            return Go(ChooseVariant(here.draft, offer.product_id, here.line))
        case "quantity":
            return Go(EnterQuantity(here.draft, line.variant_id, here.line))
        case "wish":
            return Go(EnterWish(here.draft, line.variant_id, line.quantity, here.line))
        case "remove":
            if len(here.draft.lines) == 1:
                changing = here.draft.changing
                return Stay(LastLine() if changing is None else LastLineOfOrder(changing.code))
            kept = tuple(other for i, other in enumerate(here.draft.lines) if i != here.line)
            return Go(Review(replace(here.draft, lines=kept)))
        case _:
            return Stay(NotAChoice())


def back_to_review(here: ChooseChange, _: Back, _shop: Shop) -> Go[Review]:
    return Go(Review(here.draft))


def back_to_changes(here: ChangeLine, _: Back, _shop: Shop) -> Go[ChooseChange]:
    return Go(ChooseChange(here.draft))
