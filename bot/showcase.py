"""/catalog: what the shop makes, with pictures, prices and slots, and who wants what before it opens (product 2).

In a turn. The list shows each product with its cover; a product with several pictures shows them all at one press, as
an album and then its card.
"""

from __future__ import annotations

from typing import Final

from bot import conversation, snapshot
from bot.shelf_buttons import batch_with, order_button
from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard
from messages.catalog import Label
from messages.catalog.products import CatalogueCard, CatalogueHead, InterestDropped, InterestNoted, MoreProducts
from messages.catalog.running import NothingOnShow
from preorder.batch import Batch, ProductId
from preorder.picture import Shot
from storage import catalogue, interests
from storage.catalogue import Product

MOST_CARDS: Final = 8  # messages at once; a phone gets about one a second


def show(turn: Turn, start: str = "0") -> None:
    """/catalog: each product with photo, description, prices, slots left and closing time."""
    products = catalogue.products(turn.tx)
    first = int(start) if start.isdecimal() and len(start) < 6 else 0
    shown = products[first : first + MOST_CARDS]
    if not shown:
        turn.say(NothingOnShow())
        return
    if not first:
        turn.say(CatalogueHead(len(products)))
    open_batches = snapshot.load(turn).open_batches
    wanted = interests.of_person(turn.tx, turn.person.id)
    for product in shown:
        batch = batch_with(product.id, open_batches)
        turn.say(
            _card(product, batch, product.id in wanted),
            _buttons(product, batch, product.id in wanted, with_album=len(product.pictures) > 1),
            pictures=_cover(product),
        )
    left = len(products) - first - len(shown)
    if left > 0:
        more = ActionButton(Label("more_products"), "catalog_from", (str(first + MOST_CARDS),))
        turn.say(MoreProducts(left), ((more,),))


def show_pictures(turn: Turn, product_id: str) -> None:
    """All pictures of a product as an album, and its card with the buttons below."""
    product = _product(turn, product_id)
    if product is None:
        conversation.old_button(turn)
        return
    batch = batch_with(product.id, snapshot.load(turn).open_batches)
    is_wanted = product.id in interests.of_person(turn.tx, turn.person.id)
    card = _card(product, batch, is_wanted)
    turn.say(card, _buttons(product, batch, is_wanted, with_album=False), pictures=product.pictures)


def want(turn: Turn, product_id: str) -> None:
    """ "I want this": the person hears of it first when it opens. Wanting it twice is wanting it once."""
    product = _product(turn, product_id)
    if product is None:
        conversation.old_button(turn)
        return
    interests.add(turn.tx, product.id, turn.person.id, turn.now)
    _turn_button(turn, product, is_wanted=True)
    turn.toast(InterestNoted(product.name))


def unwant(turn: Turn, product_id: str) -> None:
    """They changed their mind."""
    product = _product(turn, product_id)
    if product is None:
        conversation.old_button(turn)
        return
    interests.drop(turn.tx, product.id, turn.person.id)
    _turn_button(turn, product, is_wanted=False)
    turn.toast(InterestDropped(product.name))


def _turn_button(turn: Turn, product: Product, *, is_wanted: bool) -> None:
    """The button that was pressed becomes its opposite."""
    batch = batch_with(product.id, snapshot.load(turn).open_batches)
    is_text = turn.press is not None and turn.press.is_text  # in the list pictures stand above; below an album none
    turn.change_keys(_buttons(product, batch, is_wanted, with_album=len(product.pictures) > 1 and not is_text))


def _product(turn: Turn, product_id: str) -> Product | None:
    return next((one for one in catalogue.products(turn.tx) if one.id == ProductId(product_id)), None)


def _cover(product: Product) -> tuple[Shot, ...]:
    return product.pictures[:1]


def _card(product: Product, batch: Batch | None, is_wanted: bool) -> CatalogueCard:
    offers = tuple((o, batch.left_of(o)) for o in batch.variants_of(product.id)) if batch is not None else ()
    return CatalogueCard(
        product.name,
        product.description,
        product.materials,
        product.sizes,
        product.care,
        offers,
        tuple((v.name, v.price) for v in product.variants),
        batch.closes_at if batch is not None else None,
        is_wanted and batch is None,
    )


def _buttons(product: Product, batch: Batch | None, is_wanted: bool, *, with_album: bool) -> Keyboard:
    rows: list[tuple[ActionButton, ...]] = []
    if batch is None:
        name, action = ("unwant_product", "unwant") if is_wanted else ("want_product", "want")
        rows.append((ActionButton(Label(name, (product.name,)), action, (product.id,)),))
    else:
        rows.append((order_button(product.id, product.name, batch),))
    if with_album:
        label = Label("see_pictures", (len(product.pictures), product.name))
        rows.append((ActionButton(label, "pictures", (product.id,)),))
    return tuple(rows)
