"""Who comes after the closing: what they wanted, as buttons to want it again or order it where it is open (product 4).

In a turn. In: the step that came too late, or the batch. Out: the kind sentence and its buttons. It places no order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.shelf_buttons import batch_with, order_button
from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard
from conversations.steps import ChooseVariant, EnterQuantity, EnterWish, Ordering, SoldOut, StandInLine
from conversations.table import Step
from messages.catalog import Label, Message
from messages.catalog.ordering import BatchHasClosed
from messages.catalog.products import InterestDropped, InterestNoted
from messages.catalog.running import OldButton
from preorder.batch import Batch, BatchId, ProductId
from storage import batches, catalogue, interests

MOST_BUTTONS: Final = 4
WAY_ON: Final = (ActionButton(Label("catalog"), "catalog"), ActionButton(Label("my_orders"), "orders"))


def parting(turn: Turn, step: Step, message: Message) -> tuple[Message, Keyboard]:
    """What is said last of a conversation, with its buttons; only a batch that has closed has some."""
    if not isinstance(message, BatchHasClosed) or not isinstance(step, Ordering):
        return message, ()
    batch = batches.find(turn.tx, step.draft.batch_id)
    return (message, (WAY_ON,)) if batch is None else closed(turn, batch, _wanted(step, batch))


def closed(turn: Turn, batch: Batch, wanted: Iterable[ProductId] = ()) -> tuple[BatchHasClosed, Keyboard]:
    """Sorry, it has closed; with buttons for what was wanted, or for what there was."""
    products = batch.products()
    places = [products.index(one) for one in dict.fromkeys(wanted)] or [*range(len(products))]
    shown = sum(1 << place for place in places[:MOST_BUTTONS])
    rows, can_want = _rows(turn, batch, shown)
    return BatchHasClosed(batch.title, can_want), (*rows, WAY_ON)


def _wanted(step: Ordering, batch: Batch) -> list[ProductId]:
    """The products of an order in the making, also of the line that is being asked about."""
    variants = [line.variant_id for line in step.draft.lines]
    match step:
        case EnterQuantity(variant_id=variant_id) | EnterWish(variant_id=variant_id):
            variants.append(variant_id)
        case SoldOut(variant_id=variant_id) | StandInLine(variant_id=variant_id):
            variants.append(variant_id)
        case _:
            pass
    offers = (batch.offer(variant_id) for variant_id in variants)
    products = [offer.product_id for offer in offers if offer is not None]
    chosen = [step.product_id] if isinstance(step, ChooseVariant) else []
    return [*products, *(one for one in chosen if one in batch.products())]


def _rows(turn: Turn, batch: Batch, shown: int) -> tuple[Keyboard, bool]:
    """A button for each of the batch's products whose bit is set in `shown`; can any of them be wanted?"""
    on_show = {product.id: product.name for product in catalogue.products(turn.tx)}
    open_now = [b for b in batches.in_states(turn.tx, ("open",), turn.person.id) if b.is_open_at(turn.now)]
    wanted = interests.of_person(turn.tx, turn.person.id)
    rows: list[tuple[ActionButton, ...]] = []
    can_want = False
    for place, product_id in enumerate(batch.products()):
        if not shown >> place & 1 or product_id not in on_show:
            continue
        name, elsewhere = on_show[product_id], batch_with(product_id, open_now)
        if elsewhere is not None:
            rows.append((order_button(product_id, name, elsewhere),))
            continue
        can_want = True
        key, action = ("unwant_product", "unwant_late") if product_id in wanted else ("want_product", "want_late")
        rows.append((ActionButton(Label(key, (name,)), action, (batch.id, str(place), f"{shown:x}")),))
    return tuple(rows), can_want


# --- pressed -----------------------------------------------------------------------------------------------------


def want(turn: Turn, batch_id: str, place: str, shown: str) -> None:
    """They want it when it opens again, and hear of it first."""
    _turn_button(turn, batch_id, place, shown, is_wanted=True)


def unwant(turn: Turn, batch_id: str, place: str, shown: str) -> None:
    """They changed their mind."""
    _turn_button(turn, batch_id, place, shown, is_wanted=False)


def _turn_button(turn: Turn, batch_id: str, place: str, shown: str, *, is_wanted: bool) -> None:
    """The button becomes its opposite; those beside it stay as they are."""
    batch = batches.find(turn.tx, BatchId(batch_id))
    products = batch.products() if batch is not None else ()
    at, bits = _number(place, 10), _number(shown, 16)
    on_show = {product.id: product.name for product in catalogue.products(turn.tx)}
    if batch is None or at is None or bits is None or at >= len(products) or products[at] not in on_show:
        turn.toast(OldButton())
        return
    name = on_show[products[at]]
    if is_wanted:
        interests.add(turn.tx, products[at], turn.person.id, turn.now)
    else:
        interests.drop(turn.tx, products[at], turn.person.id)
    rows, _ = _rows(turn, batch, bits)
    turn.change_keys((*rows, WAY_ON))
    turn.toast(InterestNoted(name) if is_wanted else InterestDropped(name))


def _number(text: str, base: int) -> int | None:
    """A number that a button of ours can carry; None for a forged one."""
    try:
        return int(text, base) if text.isascii() and text.isalnum() and len(text) < 20 else None
    except ValueError:
        return None
