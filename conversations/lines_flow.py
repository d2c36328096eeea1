"""The first half of the buyer's map (product 4): batch, product, variant, quantity, wish; and what is left for a draft.

Each verb gets where the person is, what they said and a snapshot of the shop, and returns where they go. Pure.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversations.address_flow import to_address
from conversations.effects import LineWanted
from conversations.said import Back, Cancel, Picked, Typed
from conversations.shop import Shop
from conversations.steps import (
    ChangeLine,
    ChooseAddress,
    ChooseBatch,
    ChooseProduct,
    ChooseVariant,
    Draft,
    EnterAddress,
    EnterQuantity,
    EnterWish,
    Home,
    Ordering,
    ReplaceDraft,
    Review,
    SoldOut,
)
from conversations.table import Go, Stay, Step
from messages.catalog.changing import ChangeLeft
from messages.catalog.ordering import (
    BatchHasClosed,
    NotAChoice,
    OrderLeft,
    ProductSoldOut,
    QuantityNotANumber,
    QuantityNotWhole,
    QuantityOverMaximum,
    QuantityOverSlots,
    QuantityTooSmall,
    TooManyLines,
    VariantSoldOut,
    WishTooLong,
)
from preorder.batch import Batch, BatchId, ProductId, VariantId
from preorder.counting import parse_count
from preorder.errors import NotACount
from preorder.order import MAX_LINES, MAX_WISH

NO_WISH: Final = "none"
ENOUGH: Final = "enough"
# A shop's product code may be "back" or "enough": the prefix keeps it apart from the screen's own buttons.
PRODUCT: Final = "p."


# --- entering ----------------------------------------------------------------------------------------------------


def begin(shop: Shop, batch_id: BatchId) -> Go[ChooseProduct] | Go[ChooseVariant] | Go[EnterQuantity] | Go[SoldOut]:
    """Start a new order in an open batch; where there is only one thing to choose, it is chosen."""
    return _to_products(new_draft(shop, batch_id), shop.open_batch(batch_id))


Entered = Go[ChooseProduct] | Go[ChooseVariant] | Go[EnterQuantity] | Go[SoldOut] | Stay


def new_draft(shop: Shop, batch_id: BatchId) -> Draft:
    batch = shop.open_batch(batch_id)
    return Draft(id=shop.fresh, batch_id=batch_id, terms=batch.terms if batch is not None else 0)


def draft_in(step: Step, batch_id: BatchId) -> Draft | None:
    """The unfinished order of a step, when it is in this batch."""
    return step.draft if isinstance(step, Ordering) and step.draft.batch_id == batch_id else None


def begin_with(
    shop: Shop, draft: Draft, product_id: ProductId
) -> Go[ChooseVariant] | Go[EnterQuantity] | Go[SoldOut] | Stay:
    """Go on with a draft at a product (a catalogue card's button)."""
    batch = shop.open_batch(draft.batch_id)
    if batch is None:
        return Stay(BatchHasClosed(""))
    return _enter_product(batch, ChooseProduct(draft), product_id)


def _to_products(
    draft: Draft, batch: Batch | None
) -> Go[ChooseProduct] | Go[ChooseVariant] | Go[EnterQuantity] | Go[SoldOut]:
    if batch is not None and len(batch.products()) == 1 and not draft.lines:
        entered = _enter_product(batch, ChooseProduct(draft), batch.products()[0])
        if isinstance(entered, Go):
            return entered
    return Go(ChooseProduct(draft))


def pick_batch(
    _: ChooseBatch, said: Picked, shop: Shop
) -> Go[ChooseProduct] | Go[ChooseVariant] | Go[EnterQuantity] | Go[SoldOut] | Stay:
    batch = shop.open_batch(BatchId(said.value))
    if batch is None:
        return Stay(BatchHasClosed(""))
    return begin(shop, batch.id)


def replace_draft(
    here: ReplaceDraft, said: Picked, shop: Shop
) -> Go[Review] | Go[ChooseProduct] | Go[ChooseVariant] | Go[EnterQuantity] | Go[SoldOut] | Stay:
    if said.value == "keep":
        return back_to_draft(here, Back(), shop)
    batch = shop.open_batch(here.other)
    if said.value != "replace":
        return Stay(NotAChoice())
    if batch is None:
        return Stay(BatchHasClosed(""))
    fresh = replace(new_draft(shop, here.other), address=here.draft.address)
    if here.product_id is None:
        return _to_products(fresh, batch)
    return _enter_product(batch, ChooseProduct(fresh), here.product_id)


def back_to_draft(here: ReplaceDraft, _: Back, _shop: Shop) -> Go[Review] | Go[ChooseProduct]:
    if here.draft.lines and here.draft.address is not None:
        return Go(Review(here.draft))
    return Go(ChooseProduct(here.draft))


# --- product, variant, quantity, wish ----------------------------------------------------------------------------


def pick_product(
    here: ChooseProduct, said: Picked, shop: Shop
) -> Go[ChooseVariant] | Go[EnterQuantity] | Go[SoldOut] | Go[Review] | Go[ChooseAddress] | Go[EnterAddress] | Stay:
    batch = shop.open_batch(here.draft.batch_id)
    if said.value == ENOUGH and here.draft.lines:
        return _after_lines(here.draft, shop)
    product_id = ProductId(said.value.removeprefix(PRODUCT))
    if batch is None or product_id not in batch.products():
        return Stay(NotAChoice())
    return _enter_product(batch, here, product_id)


def _enter_product(
    batch: Batch, here: ChooseProduct, product_id: ProductId
) -> Go[ChooseVariant] | Go[EnterQuantity] | Go[SoldOut] | Stay:
    offers = batch.variants_of(product_id)
    if not offers:
        return Stay(NotAChoice())
    if here.line is not None and all(batch.left_of(offer) == 0 for offer in offers):
        return Stay(ProductSoldOut(offers[0].product))
    if here.line is None and len(here.draft.lines) >= MAX_LINES:
        return Stay(TooManyLines(MAX_LINES))
    if len(offers) == 1:
        if not batch.left_of(offers[0]):
            return Go(SoldOut(here.draft, offers[0].variant_id))
        return Go(EnterQuantity(here.draft, offers[0].variant_id, here.line))
    return Go(ChooseVariant(here.draft, product_id, here.line))


def leave_products(
    here: ChooseProduct, _: Back, shop: Shop
) -> Go[Review] | Go[ChooseBatch] | Go[ChangeLine] | Go[Home]:
    if here.line is not None:
        return Go(ChangeLine(here.draft, here.line))
    if here.draft.lines and here.draft.address is not None:
        return Go(Review(here.draft))
    if len(shop.open_batches) > 1 and not here.draft.lines:
        return Go(ChooseBatch())
    return Go(Home(), say=(OrderLeft(),))


def pick_variant(here: ChooseVariant, said: Picked, shop: Shop) -> Go[EnterQuantity] | Go[SoldOut] | Go[Review] | Stay:
    batch = shop.open_batch(here.draft.batch_id)
    offer = batch.offer(VariantId(said.value)) if batch else None
    if batch is None or offer is None or offer.product_id != here.product_id:
        return Stay(NotAChoice())
    if here.line is not None:
        # The place in the order stays, so do its quantity and wish when the slots allow it.
        line = here.draft.lines[here.line]
        if line.quantity <= left_for(batch, here.draft, offer.variant_id, here.line):
            return Go(Review(with_line(here.draft, here.line, replace(line, variant_id=offer.variant_id))))
    if here.line is None and batch.left_of(offer) == 0:
        return Go(SoldOut(here.draft, offer.variant_id))
    if left_for(batch, here.draft, offer.variant_id, here.line) == 0:
        return Stay(VariantSoldOut(offer.product, offer.variant))
    return Go(EnterQuantity(here.draft, offer.variant_id, here.line))


def back_to_products(
    here: ChooseVariant, _: Back, shop: Shop
) -> Go[ChooseProduct] | Go[ChangeLine] | Go[ChooseBatch] | Go[Review] | Go[Home]:
    batch = shop.open_batch(here.draft.batch_id)
    if batch is not None and len(batch.products()) == 1:
        return leave_products(ChooseProduct(here.draft, here.line), Back(), shop)
    return Go(ChooseProduct(here.draft, here.line))


def type_quantity(here: EnterQuantity, said: Typed, shop: Shop) -> Go[EnterWish] | Go[Review] | Stay:
    batch = shop.open_batch(here.draft.batch_id)
    if batch is None:
        return Stay(BatchHasClosed(""))
    try:
        quantity = parse_count(said.text)
    except NotACount as error:
        match error.reason:
            case "not_a_number":
                return Stay(QuantityNotANumber())
            case "not_whole":
                return Stay(QuantityNotWhole())
            case "too_small":
                return Stay(QuantityTooSmall(1))
            case "too_large":
                return Stay(QuantityOverSlots(left_for(batch, here.draft, here.variant_id, here.line)))
    allowed = allowance(batch, here.draft, here.line)
    if allowed is not None and quantity > allowed:
        return Stay(QuantityOverMaximum(allowed, batch.maximum or 0))
    left = left_for(batch, here.draft, here.variant_id, here.line)
    if quantity > left:
        return Stay(QuantityOverSlots(left))
    if here.line is not None:
        line = here.draft.lines[here.line]
        changed = replace(line, variant_id=here.variant_id, quantity=quantity)
        return Go(Review(with_line(here.draft, here.line, changed)))
    return Go(EnterWish(here.draft, here.variant_id, quantity))


def pick_quantity(here: EnterQuantity, said: Picked, shop: Shop) -> Go[EnterWish] | Go[Review] | Stay:
    return type_quantity(here, Typed(said.value), shop)


def back_to_variants(
    here: EnterQuantity, _: Back, shop: Shop
) -> Go[ChooseVariant] | Go[ChooseProduct] | Go[ChangeLine] | Go[ChooseBatch] | Go[Review] | Go[Home]:
    batch = shop.open_batch(here.draft.batch_id)
    offer = batch.offer(here.variant_id) if batch else None
    if here.line is not None:
        return Go(ChangeLine(here.draft, here.line))
    if batch is None or offer is None:
        return Go(ChooseProduct(here.draft))
    if len(batch.variants_of(offer.product_id)) > 1:
        return Go(ChooseVariant(here.draft, offer.product_id))
    return back_to_products(ChooseVariant(here.draft, offer.product_id), Back(), shop)


def type_wish(here: EnterWish, said: Typed, shop: Shop) -> Go[Review] | Go[ChooseAddress] | Go[EnterAddress] | Stay:
    wish = " ".join(said.text.split())
    if len(wish) > MAX_WISH:
        return Stay(WishTooLong(MAX_WISH, len(wish)))
    return _with_wish(here, wish, shop)


def pick_wish(here: EnterWish, said: Picked, shop: Shop) -> Go[Review] | Go[ChooseAddress] | Go[EnterAddress] | Stay:
    if said.value != NO_WISH:
        return Stay(NotAChoice())
    return _with_wish(here, "", shop)


def _with_wish(here: EnterWish, wish: str, shop: Shop) -> Go[Review] | Go[ChooseAddress] | Go[EnterAddress]:
    line = LineWanted(here.variant_id, here.quantity, wish)
    if here.line is not None:
        return Go(Review(with_line(here.draft, here.line, line)))
    return _after_lines(replace(here.draft, lines=_merged(here.draft.lines, line)), shop)


def back_to_quantity(here: EnterWish, _: Back, _shop: Shop) -> Go[EnterQuantity] | Go[ChangeLine]:
    if here.line is not None:
        return Go(ChangeLine(here.draft, here.line))
    return Go(EnterQuantity(here.draft, here.variant_id))


def _after_lines(draft: Draft, shop: Shop) -> Go[Review] | Go[ChooseAddress] | Go[EnterAddress]:
    if draft.address is not None:
        return Go(Review(draft))
    return to_address(draft, shop)


# --- counting what is left for this draft ------------------------------------------------------------------------


def allowance(batch: Batch, draft: Draft, line: int | None) -> int | None:
    """Pieces this buyer may still put into a line: the maximum a buyer less what they have and draft elsewhere."""
    if batch.maximum is None:
        return None
    drafted = sum(wanted.quantity for i, wanted in enumerate(draft.lines) if i != line)
    return max(0, batch.maximum - batch.mine - drafted)


def left_for(batch: Batch, draft: Draft, variant_id: VariantId, line: int | None) -> int:
    """Slots left for a line, beside the draft's other lines."""
    others = [wanted for i, wanted in enumerate(draft.lines) if i != line]
    offer = batch.offer(variant_id)
    if offer is None:
        return 0
    same = sum(wanted.quantity for wanted in others if wanted.variant_id == variant_id)
    left = batch.left - sum(wanted.quantity for wanted in others)
    if offer.quota is not None:
        left = min(left, offer.quota - offer.taken - same)
    return max(0, left)


def with_line(draft: Draft, index: int, line: LineWanted) -> Draft:
    return replace(draft, lines=tuple(line if i == index else old for i, old in enumerate(draft.lines)))


def _merged(lines: tuple[LineWanted, ...], new: LineWanted) -> tuple[LineWanted, ...]:
    """The same variant with the same wish again is one line with more pieces."""
    for i, line in enumerate(lines):
        if line.variant_id == new.variant_id and line.wish == new.wish:
            return (*lines[:i], replace(line, quantity=line.quantity + new.quantity), *lines[i + 1 :])
    return (*lines, new)


def leave(here: Step, _: Cancel, _shop: Shop) -> Go[Home]:
    if isinstance(here, Ordering) and here.draft.changing is not None:
        return Go(Home(), say=(ChangeLeft(here.draft.changing.code),))
    return Go(Home(), say=(OrderLeft(),))
