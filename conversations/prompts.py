"""Step → screen for the buyer (product 4). Pure: the same step and snapshot give the same screen.

Choices are numbered in the text, so that a buyer can type the number; every screen has a way back and a way out.
"""

from __future__ import annotations

from typing import Final

from conversations.address_prompts import address_prompt
from conversations.buttons import BACK_BUTTON, CANCEL_BUTTON, Button
from conversations.celebrating_flow import EnterBirthday, birthday_prompt
from conversations.change_flow import change_in
from conversations.lines_flow import ENOUGH, NO_WISH, PRODUCT, allowance, left_for
from conversations.prompt import ONLY_OUT, WAY_OUT, Prompt, in_rows, one_a_row
from conversations.review_flow import CONFIRM
from conversations.shop import Shop
from conversations.steps import (
    ChangeLine,
    ChooseBatch,
    ChooseChange,
    ChooseProduct,
    ChooseVariant,
    CompleteAddress,
    Draft,
    EnterLabel,
    EnterQuantity,
    EnterWish,
    ReplaceDraft,
    Review,
)
from conversations.table import Step
from conversations.waiting_flow import WAITING_HINTS, waiting_prompt
from conversations.worth import line_of, lines_of, shipping_of, tier_of, total
from messages.catalog import Label, Message, Plain
from messages.catalog.celebrating import BirthdayNotRead
from messages.catalog.changing import ChangeOf
from messages.catalog.ordering import (
    AskAddress,
    AskBatch,
    AskChange,
    AskLineChange,
    AskProduct,
    AskQuantity,
    AskReplace,
    AskVariant,
    AskWish,
    BatchRow,
    NotAChoice,
    PhoneUnclear,
    ProductRow,
    QuantityNotANumber,
    ReviewOrder,
)
from preorder.batch import Batch
from preorder.order import first_due

MOST_QUANTITY_BUTTONS: Final = 6


def buyer_prompt(step: Step, shop: Shop) -> Prompt | None:
    """The screen of a buyer's step; None for a step that has none (home, a seller's, a batch that is not open)."""
    if isinstance(step, ChooseBatch):
        return _batches(shop)
    if isinstance(step, EnterLabel):
        return address_prompt(step, shop)
    if isinstance(step, EnterBirthday):
        return birthday_prompt()
    draft = getattr(step, "draft", None)
    batch = shop.open_batch(draft.batch_id) if isinstance(draft, Draft) else None
    if batch is None:
        return None
    match step:
        case ChooseProduct():
            return _products(step, batch)
        case ChooseVariant():
            return _variants(step, batch)
        case EnterQuantity():
            return _quantity(step, batch)
        case EnterWish():
            return _wish(step, batch)
        case Review():
            return _review(step, batch, shop)
        case ChooseChange():
            return _changes(step, batch)
        case ChangeLine():
            return _line_change(step, batch)
        case ReplaceDraft():
            return _replace(step, batch, shop)
        case _:
            return waiting_prompt(step, batch) or address_prompt(step, shop)


def _batches(shop: Shop) -> Prompt:
    batches = [batch for batch in shop.open_batches if batch.is_open_at(shop.now)]
    rows = tuple(BatchRow(batch.title, batch.closes_at, batch.left) for batch in batches)
    choices = [Button(Plain(batch.title), batch.id, choice=True) for batch in batches]
    return Prompt(AskBatch(rows), (*one_a_row(choices), *ONLY_OUT))


def _products(step: ChooseProduct, batch: Batch) -> Prompt:
    rows: list[ProductRow] = []
    choices: list[Button] = []
    for product_id in batch.products():
        offers = batch.variants_of(product_id)
        left = min(batch.left, sum(batch.left_of(offer) for offer in offers))
        rows.append(ProductRow(offers[0].product, min(offer.price for offer in offers), left))
        choices.append(Button(Plain(offers[0].product), PRODUCT + product_id, choice=True))
    keyboard = list(one_a_row(choices))
    if step.draft.lines and step.line is None:
        keyboard.append((Button(Label("enough"), ENOUGH),))
    lines = lines_of(step.draft, batch)
    return Prompt(AskProduct(batch.title, batch.closes_at, tuple(rows), lines), (*keyboard, *WAY_OUT))


def _variants(step: ChooseVariant, batch: Batch) -> Prompt:
    offers = batch.variants_of(step.product_id)
    choices = [Button(Plain(offer.variant), offer.variant_id, choice=True) for offer in offers]
    with_left = tuple((offer, batch.left_of(offer)) for offer in offers)
    message = AskVariant(batch.product_name(step.product_id), "", with_left)
    return Prompt(message, (*in_rows(choices, 2), *WAY_OUT))


def _quantity(step: EnterQuantity, batch: Batch) -> Prompt:
    offer = batch.offer(step.variant_id)
    if offer is None:
        return Prompt(NotAChoice(), WAY_OUT)
    left = left_for(batch, step.draft, step.variant_id, step.line)
    allowed = allowance(batch, step.draft, step.line)
    most = left if allowed is None else min(left, allowed)
    numbers = [Button(Plain(str(n)), str(n)) for n in range(1, min(most, MOST_QUANTITY_BUTTONS) + 1)]
    message = AskQuantity(offer.product, offer.variant, offer.price, left, most, batch.minimum)
    return Prompt(message, (*in_rows(numbers, 3), *WAY_OUT), numbers_are_answers=True)


def _wish(step: EnterWish, batch: Batch) -> Prompt:
    offer = batch.offer(step.variant_id)
    if offer is None:
        return Prompt(NotAChoice(), WAY_OUT)
    current = step.draft.lines[step.line].wish if step.line is not None else ""
    message = AskWish(offer.product, offer.variant, step.quantity, current)
    return Prompt(message, ((Button(Label("no_wish"), NO_WISH),), *WAY_OUT), numbers_are_answers=True)


def _review(step: Review, batch: Batch, shop: Shop) -> Prompt:
    lines = lines_of(step.draft, batch)
    address = step.draft.address
    if address is None:
        return Prompt(AskAddress(), WAY_OUT)
    found = change_in(step.draft, batch, shop)
    changing = None
    shipping = shipping_of(step.draft, batch, shop.shipping)
    gets = tier_of(step.draft, batch)
    gift, discount = gets.gift, gets.discount
    worth = total(step.draft, batch, shop.shipping)
    first = first_due(batch.down_payment, lines, shipping, discount)
    if found is not None:
        order, change, shipping = found
        worth, first = change.total, change.first_due
        gift, discount = order.gift, order.discount
        changing = ChangeOf(order.code, order.total, change.paid, change.back)
    message = ReviewOrder(
        batch,
        lines,
        worth,
        first,
        address,
        batch.down_payment,
        shipping,
        shop.shipping.pickup,
        changing,
        gift,
        discount,
    )
    keyboard = (
        (Button(Label("save_change" if changing else "confirm_order"), f"{CONFIRM}{worth}"),),
        (Button(Label("add_line"), "add"), Button(Label("change"), "change")),
        (BACK_BUTTON, CANCEL_BUTTON),
    )
    return Prompt(message, keyboard)


def _changes(step: ChooseChange, batch: Batch) -> Prompt:
    lines = lines_of(step.draft, batch)
    choices = [
        Button(Plain(f"{line.product} {line.variant} × {line.quantity}"), str(i), choice=True)
        for i, line in enumerate(lines)
    ]
    address = Button(Label("change_address"), "address", choice=True)
    return Prompt(AskChange(lines, step.draft.address), (*one_a_row([*choices, address]), *WAY_OUT))


def _line_change(step: ChangeLine, batch: Batch) -> Prompt:
    line = line_of(step.draft.lines[step.line], batch)
    if line is None:
        return Prompt(NotAChoice(), WAY_OUT)
    choices = [
        Button(Label("change_product"), "product"),
        Button(Label("change_variant"), "variant"),
        Button(Label("change_quantity"), "quantity"),
        Button(Label("change_wish"), "wish"),
        Button(Label("remove_line"), "remove"),
    ]
    offer = batch.offer(line.variant_id)
    if offer is not None and len(batch.variants_of(offer.product_id)) == 1:
        choices.pop(1)
    return Prompt(AskLineChange(line), (*in_rows(choices, 2), *WAY_OUT))


def _replace(step: ReplaceDraft, batch: Batch, shop: Shop) -> Prompt:
    other = shop.open_batch(step.other)
    message = AskReplace(batch.title, other.title if other else "", lines_of(step.draft, batch))
    choices = (Button(Label("keep_draft"), "keep"), Button(Label("replace_draft"), "replace"))
    return Prompt(message, (*one_a_row(choices), *WAY_OUT))


# What to say when a step got something it has no use for (a sticker, a voice message).
BUYER_HINTS: Final[dict[type[Step], Message]] = {
    EnterQuantity: QuantityNotANumber(),
    **WAITING_HINTS,
    CompleteAddress: PhoneUnclear(several=False),
    EnterBirthday: BirthdayNotRead(),
}
