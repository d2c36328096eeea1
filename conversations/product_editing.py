"""/products: one product of the catalogue, changed part by part (product 2). Batches that run keep what they promised.

In: the step, what was said, the snapshot. Out: the next step with one effect, or a sentence why not. Every answer is
saved when it is given; archiving is asked once. A product that is gone meanwhile leads back to the list.
"""

from __future__ import annotations

from typing import Final

from conversations.product_effects import (
    ArchiveProduct,
    ArchiveVariant,
    ChangeVariant,
    ChangeWords,
    MoveProduct,
    MoveVariant,
)
from conversations.product_steps import (
    PRODUCT_FIELDS,
    VARIANT_FIELDS,
    EditPictures,
    EditVariant,
    EditWords,
    OfProduct,
    OfVariant,
    ProductArchive,
    ProductCard,
    ProductDraft,
    ProductEdit,
    ProductField,
    ProductSeen,
    ProductsList,
    VariantArchive,
    VariantCard,
    VariantName,
    VariantsList,
)
from conversations.said import Back, Picked, Typed
from conversations.seller_open import begin_open_with
from conversations.seller_reading import quoted, read_count, read_rupiah, read_text, read_weight
from conversations.seller_steps import OpenProducts, OpenTitle
from conversations.shop import Shop, ShopProduct
from conversations.steps import Home
from conversations.table import Go, Stay
from messages.catalog.product_making import VariantExists, VariantsFull
from messages.catalog.products import (
    LastVariant,
    NoPlaceThere,
    ProductArchived,
    ProductChanged,
    ProductGone,
    VariantArchived,
    VariantChanged,
)
from messages.catalog.selling_unclear import ChoiceUnclear
from preorder.batch import VariantId

LONGEST_NAME: Final = 60
LONGEST_DESCRIPTION: Final = 800
LONGEST_DETAIL: Final = 200
LONGEST_VARIANT: Final = 40
MOST_VARIANTS: Final = 50
LARGEST_QUOTA: Final = 100_000

ADD: Final = "add"
ARCHIVE: Final = "archive"
EDIT: Final = "edit"
SEEN: Final = "seen"
UP: Final = "up"
DOWN: Final = "down"
OPEN: Final = "open"
PICTURES: Final = "pictures"
VARIANTS: Final = "variants"
EMPTY: Final = "empty"
NO_LIMIT: Final = "none"
YES: Final = "yes"
VARIANT: Final = "v."  # before a variant's id on a button

LONGEST: Final[dict[ProductField, int]] = {
    "name": LONGEST_NAME,
    "description": LONGEST_DESCRIPTION,
    "materials": LONGEST_DETAIL,
    "sizes": LONGEST_DETAIL,
    "care": LONGEST_DETAIL,
}


# --- the product's card -----------------------------------------------------------------------------------------


def pick_on_card(
    at: ProductCard, said: Picked, shop: Shop
) -> (
    Go[ProductCard]
    | Go[ProductEdit]
    | Go[ProductSeen]
    | Go[ProductArchive]
    | Go[ProductsList]
    | Go[OpenProducts]
    | Go[OpenTitle]
    | Go[Home]
    | Stay
):
    product = shop.product(at.product_id)
    if product is None:
        return Go(ProductsList(), say=(ProductGone(),))
    match said.value:
        case "edit":
            return Go(ProductEdit(product.id))
        case "seen":
            return Go(ProductSeen(product.id))
        case "archive":
            return Go(ProductArchive(product.id))
        case "open" if product.interested:
            return begin_open_with(shop, (product.id,), "interested")
        case "up" | "down":
            return _move(product, said.value == UP, shop)
        case _:
            return Stay(ChoiceUnclear(quoted(said.value)))


def _move(product: ShopProduct, is_up: bool, shop: Shop) -> Go[ProductCard] | Stay:
    place = shop.products.index(product)
    if place == (0 if is_up else len(shop.products) - 1):
        return Stay(NoPlaceThere(is_up))
    return Go(ProductCard(product.id), do=(MoveProduct(product.id, is_up),))


def card_to_list(_at: ProductCard, _said: Back, _shop: Shop) -> Go[ProductsList]:
    return Go(ProductsList())


def to_card(at: OfProduct, _said: Back, _shop: Shop) -> Go[ProductCard]:
    return Go(ProductCard(at.product_id))


def leave_seen(at: ProductSeen, _said: Picked, _shop: Shop) -> Go[ProductCard]:
    return Go(ProductCard(at.product_id))


def decide_archive(at: ProductArchive, said: Picked, shop: Shop) -> Go[ProductCard] | Go[ProductsList]:
    product = shop.product(at.product_id)
    if product is None:
        return Go(ProductsList(), say=(ProductGone(),))
    if said.value != YES:
        return Go(ProductCard(at.product_id))
    return Go(ProductsList(), do=(ArchiveProduct(product.id),), say=(ProductArchived(product.name),))


# --- its words --------------------------------------------------------------------------------------------------


def pick_part(
    at: ProductEdit, said: Picked, shop: Shop
) -> Go[EditWords] | Go[EditPictures] | Go[VariantsList] | Go[ProductsList] | Stay:
    product = shop.product(at.product_id)
    if product is None:
        return Go(ProductsList(), say=(ProductGone(),))
    if said.value == PICTURES:
        return Go(EditPictures(product.id, product.pictures))
    if said.value == VARIANTS:
        return Go(VariantsList(product.id))
    field = next((f for f in PRODUCT_FIELDS if f == said.value), None)
    return Go(EditWords(product.id, field)) if field else Stay(ChoiceUnclear(quoted(said.value)))


def enter_words(at: EditWords, said: Typed, shop: Shop) -> Go[ProductEdit] | Go[ProductsList] | Stay:
    text = read_text(said.text, LONGEST[at.field], one_line=at.field == "name")
    return text if isinstance(text, Stay) else _reworded(at, text, shop)


def empty_words(at: EditWords, said: Picked, shop: Shop) -> Go[ProductEdit] | Go[ProductsList] | Stay:
    if said.value != EMPTY or at.field == "name":
        return Stay(ChoiceUnclear(quoted(said.value)))
    return _reworded(at, "", shop)


def _reworded(at: EditWords, text: str, shop: Shop) -> Go[ProductEdit] | Go[ProductsList]:
    product = shop.product(at.product_id)
    if product is None:
        return Go(ProductsList(), say=(ProductGone(),))
    change = ChangeWords(product.id, at.field, text)
    return Go(ProductEdit(product.id), do=(change,), say=(ProductChanged(at.field),))


def to_edit(at: OfProduct, _said: Back, _shop: Shop) -> Go[ProductEdit]:
    return Go(ProductEdit(at.product_id))


# --- its variants -----------------------------------------------------------------------------------------------


def pick_variant(at: VariantsList, said: Picked, shop: Shop) -> Go[VariantCard] | Go[VariantName] | Stay:
    product = shop.product(at.product_id)
    if product is None:
        return Stay(ProductGone())
    if said.value == ADD:
        if len(product.variants) >= MOST_VARIANTS:
            return Stay(VariantsFull(MOST_VARIANTS))
        return Go(VariantName(ProductDraft(product.id, product.name, is_known=True)))
    variant = product.variant(VariantId(said.value.removeprefix(VARIANT)))
    return Go(VariantCard(product.id, variant.id)) if variant else Stay(ChoiceUnclear(quoted(said.value)))


def pick_on_variant(
    at: VariantCard, said: Picked, shop: Shop
) -> Go[VariantCard] | Go[EditVariant] | Go[VariantArchive] | Go[VariantsList] | Stay:
    product = shop.product(at.product_id)
    variant = product.variant(at.variant_id) if product else None
    if product is None or variant is None:
        return Go(VariantsList(at.product_id), say=(ProductGone(),))
    match said.value:
        case "archive" if len(product.variants) == 1:
            return Stay(LastVariant())
        case "archive":
            return Go(VariantArchive(product.id, variant.id))
        case "up" | "down":
            is_up = said.value == UP
            if product.variants.index(variant) == (0 if is_up else len(product.variants) - 1):
                return Stay(NoPlaceThere(is_up))
            return Go(VariantCard(product.id, variant.id), do=(MoveVariant(product.id, variant.id, is_up),))
        case _:
            field = next((f for f in VARIANT_FIELDS if f == said.value), None)
            if field is None:
                return Stay(ChoiceUnclear(quoted(said.value)))
            return Go(EditVariant(product.id, variant.id, field))


def variant_to_list(at: OfVariant, _said: Back, _shop: Shop) -> Go[VariantsList]:
    return Go(VariantsList(at.product_id))


def to_variant(at: OfVariant, _said: Back, _shop: Shop) -> Go[VariantCard]:
    return Go(VariantCard(at.product_id, at.variant_id))


def enter_field(at: EditVariant, said: Typed, shop: Shop) -> Go[VariantCard] | Go[VariantsList] | Stay:
    """A name, a price, a weight or a quota, read as when the variant was added."""
    product = shop.product(at.product_id)
    variant = product.variant(at.variant_id) if product else None
    if product is None or variant is None:
        return Go(VariantsList(at.product_id), say=(ProductGone(),))
    value: str | int | Stay
    match at.field:
        case "name":
            value = read_text(said.text, LONGEST_VARIANT)
            others = {v.name.casefold() for v in product.variants if v.id != variant.id}
            if isinstance(value, str) and value.casefold() in others:
                return Stay(VariantExists(value))
        case "price":
            value = read_rupiah(said.text)
        case "weight":
            value = read_weight(said.text)
        case "quota":
            value = read_count(said.text, 1, LARGEST_QUOTA)
    return value if isinstance(value, Stay) else _changed(at, value)


def clear_field(at: EditVariant, said: Picked, _shop: Shop) -> Go[VariantCard] | Stay:
    """Only a quota can be taken away."""
    if said.value != NO_LIMIT or at.field != "quota":
        return Stay(ChoiceUnclear(quoted(said.value)))
    return _changed(at, None)


def _changed(at: EditVariant, value: str | int | None) -> Go[VariantCard]:
    change = ChangeVariant(at.product_id, at.variant_id, at.field, value)
    return Go(VariantCard(at.product_id, at.variant_id), do=(change,), say=(VariantChanged(at.field),))


def decide_variant_archive(at: VariantArchive, said: Picked, shop: Shop) -> Go[VariantCard] | Go[VariantsList]:
    product = shop.product(at.product_id)
    variant = product.variant(at.variant_id) if product else None
    if variant is None:
        return Go(VariantsList(at.product_id), say=(ProductGone(),))
    if said.value != YES:
        return Go(VariantCard(at.product_id, at.variant_id))
    archive = ArchiveVariant(at.product_id, variant.id)
    return Go(VariantsList(at.product_id), do=(archive,), say=(VariantArchived(variant.name),))
