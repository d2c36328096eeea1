"""Sold out (product 4): other variants first, then the line for slots that come back, with a quantity. Pure."""

from __future__ import annotations

from typing import Final

from conversations.buttons import Button
from conversations.effects import JoinLine
from conversations.lines_flow import back_to_products, left_for
from conversations.prompt import WAY_OUT, Prompt, in_rows
from conversations.said import Back, Picked, Typed
from conversations.shop import Shop
from conversations.steps import (
    ChangeLine,
    ChooseBatch,
    ChooseProduct,
    ChooseVariant,
    Draft,
    EnterQuantity,
    EnterWish,
    Home,
    Review,
    SoldOut,
    StandInLine,
)
from conversations.table import Go, Stay, Step
from messages.catalog import Label, Message, Plain
from messages.catalog.ordering import (
    BatchHasClosed,
    NotAChoice,
    QuantityNotANumber,
    QuantityNotWhole,
    QuantityOverMaximum,
    QuantityTooSmall,
)
from messages.catalog.waiting import AskSoldOut, AskWaiting, SlotsAreBack, WaitingTooMany
from preorder.batch import Batch, Offer, VariantId
from preorder.counting import parse_count
from preorder.errors import NotACount

QUEUE: Final = "queue"  # a variant's id has ten letters


def others_left(batch: Batch, here: SoldOut) -> tuple[tuple[Offer, int], ...]:
    """Variants of the same product that still have slots for this draft."""
    sold = batch.offer(here.variant_id)
    if sold is None:
        return ()
    found = ((o, left_for(batch, here.draft, o.variant_id, None)) for o in batch.variants_of(sold.product_id))
    return tuple((offer, left) for offer, left in found if left)


def pick_when_sold_out(here: SoldOut, said: Picked, shop: Shop) -> Go[EnterQuantity] | Go[StandInLine] | Stay:
    batch = shop.open_batch(here.draft.batch_id)
    if batch is None:
        return Stay(BatchHasClosed(""))
    if said.value != QUEUE:
        left = {offer.variant_id for offer, _ in others_left(batch, here)}
        variant_id = VariantId(said.value)
        return Go(EnterQuantity(here.draft, variant_id)) if variant_id in left else Stay(NotAChoice())
    if left_for(batch, here.draft, here.variant_id, None):
        return Go(EnterQuantity(here.draft, here.variant_id), say=(SlotsAreBack(),))
    if bounds(batch)[1] < 1:
        return Stay(QuantityOverMaximum(0, batch.maximum or 0))
    return Go(StandInLine(here.draft, here.variant_id))


def bounds(batch: Batch) -> tuple[int, int]:
    """The least and the most pieces it makes sense for this buyer to wait for."""
    most = batch.quota if batch.maximum is None else min(batch.quota, batch.maximum - batch.mine)
    return max(1, batch.minimum - batch.mine), most


def type_waiting(here: StandInLine, said: Typed, shop: Shop) -> Go[Home] | Go[ChooseProduct] | Stay:
    batch = shop.open_batch(here.draft.batch_id)
    if batch is None:
        return Stay(BatchHasClosed(""))
    least, most = bounds(batch)
    try:
        wanted = parse_count(said.text)
    except NotACount as error:
        match error.reason:
            case "not_a_number":
                return Stay(QuantityNotANumber())
            case "not_whole":
                return Stay(QuantityNotWhole())
            case "too_small":
                return Stay(QuantityTooSmall(least))
            case "too_large":
                return Stay(WaitingTooMany(most))
    if wanted < least:
        return Stay(QuantityTooSmall(least))
    if wanted > most:
        return Stay(WaitingTooMany(most))
    do = (JoinLine(batch.id, here.variant_id, wanted),)
    # What is in the basket already goes on.
    return Go(ChooseProduct(here.draft), do=do) if here.draft.lines else Go(Home(), do=do)


def pick_waiting(here: StandInLine, said: Picked, shop: Shop) -> Go[Home] | Go[ChooseProduct] | Stay:
    return type_waiting(here, Typed(said.value), shop)


def back_to_sold_out(here: StandInLine, _: Back, _shop: Shop) -> Go[SoldOut]:
    return Go(SoldOut(here.draft, here.variant_id))


def back_from_sold_out(
    here: SoldOut, _: Back, shop: Shop
) -> Go[ChooseVariant] | Go[ChooseProduct] | Go[ChangeLine] | Go[ChooseBatch] | Go[Review] | Go[Home]:
    batch = shop.open_batch(here.draft.batch_id)
    offer = batch.offer(here.variant_id) if batch else None
    if batch is None or offer is None:
        return Go(ChooseProduct(here.draft))
    if len(batch.variants_of(offer.product_id)) > 1:
        return Go(ChooseVariant(here.draft, offer.product_id))
    return back_to_products(ChooseVariant(here.draft, offer.product_id), Back(), shop)


def begin_offered(draft: Draft, variant_id: VariantId, offered: int) -> Go[EnterWish]:
    """What was kept for the buyer becomes a line: the quantity is known, the wish comes next."""
    return Go(EnterWish(draft, variant_id, offered))


# --- screens -----------------------------------------------------------------------------------------------------

MOST_BUTTONS: Final = 6


def waiting_prompt(step: Step, batch: Batch) -> Prompt | None:
    """The screen of one of the two steps; None for another's."""
    match step:
        case SoldOut():
            return _sold_out(step, batch)
        case StandInLine():
            return _stand_in_line(step, batch)
        case _:
            return None


def _sold_out(step: SoldOut, batch: Batch) -> Prompt:
    offer = batch.offer(step.variant_id)
    if offer is None:
        return Prompt(NotAChoice(), WAY_OUT)
    others = others_left(batch, step)
    choices = [Button(Plain(other.variant), other.variant_id, choice=True) for other, _ in others]
    queue = Button(Label("join_line", (offer.variant,)), QUEUE)
    return Prompt(AskSoldOut(offer.product, offer.variant, others), (*in_rows(choices, 2), (queue,), *WAY_OUT))


def _stand_in_line(step: StandInLine, batch: Batch) -> Prompt:
    offer = batch.offer(step.variant_id)
    if offer is None:
        return Prompt(NotAChoice(), WAY_OUT)
    least, most = bounds(batch)
    numbers = [Button(Plain(str(n)), str(n)) for n in range(least, min(most, least + MOST_BUTTONS - 1) + 1)]
    message = AskWaiting(offer.product, offer.variant, least, most)
    return Prompt(message, (*in_rows(numbers, 3), *WAY_OUT), numbers_are_answers=True)


WAITING_HINTS: Final[dict[type[Step], Message]] = {StandInLine: QuantityNotANumber()}
