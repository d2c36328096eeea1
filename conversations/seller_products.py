"""/products: the catalogue in the chat, and one product added step by step (product 2).

In: the step, what was said, the snapshot. Out: the next step, or a sentence why not. The product exists only after the
preview was confirmed; archiving is asked once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversations.effects import ArchiveProduct, NewVariant, SaveProduct
from conversations.said import Back, Picked, SentFile, Typed
from conversations.seller_reading import PRODUCT, quoted, read_rupiah, read_text, read_weight
from conversations.seller_steps import (
    ProductArchive,
    ProductCard,
    ProductDescription,
    ProductDraft,
    ProductName,
    ProductPhoto,
    ProductPreview,
    ProductsList,
    VariantDraft,
    VariantMore,
    VariantName,
    VariantPrice,
    VariantWeight,
)
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay
from messages.catalog.selling_unclear import ChoiceUnclear, SellerLeft
from messages.catalog.selling_work import (
    PhotoUnusable,
    ProductArchived,
    ProductGone,
    ProductSaved,
    VariantExists,
    VariantsFull,
)
from preorder.batch import ProductId

LONGEST_NAME: Final = 60
LONGEST_DESCRIPTION: Final = 800
LONGEST_VARIANT: Final = 40
MOST_VARIANTS: Final = 30
ONLY_VARIANT: Final = "Standar"  # the name buyers see when a product comes in one kind

ADD: Final = "add"
SKIP: Final = "skip"
SINGLE: Final = "single"
DONE: Final = "done"
SAVE: Final = "save"
ARCHIVE: Final = "archive"
YES: Final = "yes"


# --- the list ---------------------------------------------------------------------------------------------------


def begin_products(shop: Shop) -> Go[ProductsList] | Go[ProductName]:
    """/products. An empty catalogue begins with its first product."""
    return Go(ProductsList()) if shop.products else Go(ProductName(ProductDraft(ProductId(shop.fresh))))


def pick_listed(_at: ProductsList, said: Picked, shop: Shop) -> Go[ProductName] | Go[ProductCard] | Stay:
    if said.value == ADD:
        return Go(ProductName(ProductDraft(ProductId(shop.fresh))))
    product = shop.product(ProductId(said.value.removeprefix(PRODUCT)))
    return Go(ProductCard(product.id)) if product else Stay(ProductGone())


def find_listed(_at: ProductsList, said: Typed, shop: Shop) -> Go[ProductCard] | Stay:
    """Part of a name is enough when only one product has it."""
    wanted = said.text.casefold().strip()
    found = [p for p in shop.products if wanted and wanted in p.name.casefold()]
    return Go(ProductCard(found[0].id)) if len(found) == 1 else Stay(ChoiceUnclear(quoted(said.text)))


def list_to_home(_at: ProductsList, _said: Back, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(SellerLeft(),))


def pick_on_card(at: ProductCard, said: Picked, shop: Shop) -> Go[ProductArchive] | Go[ProductsList] | Stay:
    if shop.product(at.product_id) is None:
        return Go(ProductsList(), say=(ProductGone(),))
    return Go(ProductArchive(at.product_id)) if said.value == ARCHIVE else Stay(ChoiceUnclear(quoted(said.value)))


def card_to_list(_at: ProductCard, _said: Back, _shop: Shop) -> Go[ProductsList]:
    return Go(ProductsList())


def decide_archive(at: ProductArchive, said: Picked, shop: Shop) -> Go[ProductCard] | Go[ProductsList]:
    product = shop.product(at.product_id)
    if product is None:
        return Go(ProductsList(), say=(ProductGone(),))
    if said.value != YES:
        return Go(ProductCard(at.product_id))
    return Go(ProductsList(), do=(ArchiveProduct(product.id),), say=(ProductArchived(product.name),))


def archive_to_card(at: ProductArchive, _said: Back, _shop: Shop) -> Go[ProductCard]:
    return Go(ProductCard(at.product_id))


# --- a new product ----------------------------------------------------------------------------------------------


def enter_name(at: ProductName, said: Typed, _shop: Shop) -> Go[ProductPhoto] | Stay:
    name = read_text(said.text, LONGEST_NAME)
    return name if isinstance(name, Stay) else Go(ProductPhoto(replace(at.draft, name=name)))


def name_to_list(_at: ProductName, _said: Back, shop: Shop) -> Go[ProductsList] | Go[Home]:
    return Go(ProductsList()) if shop.products else Go(Home(), say=(SellerLeft(),))


def send_photo(at: ProductPhoto, said: SentFile, _shop: Shop) -> Go[ProductDescription] | Stay:
    # A file sent as a document has no small sizes and cannot be shown above a text.
    if said.kind != "photo":
        return Stay(PhotoUnusable("document"))
    return Go(ProductDescription(replace(at.draft, photo=said.file_id)))


def skip_photo(at: ProductPhoto, _said: Picked, _shop: Shop) -> Go[ProductDescription]:
    return Go(ProductDescription(replace(at.draft, photo="")))


def want_photo(_at: ProductPhoto, _said: Typed, _shop: Shop) -> Stay:
    return Stay(PhotoUnusable("typed"))


def photo_to_name(at: ProductPhoto, _said: Back, _shop: Shop) -> Go[ProductName]:
    return Go(ProductName(at.draft))


def enter_description(at: ProductDescription, said: Typed, _shop: Shop) -> Go[VariantName] | Go[VariantMore] | Stay:
    text = read_text(said.text, LONGEST_DESCRIPTION, one_line=False)
    return text if isinstance(text, Stay) else _to_variants(replace(at.draft, description=text))


def skip_description(at: ProductDescription, _said: Picked, _shop: Shop) -> Go[VariantName] | Go[VariantMore]:
    return _to_variants(replace(at.draft, description=""))


def _to_variants(draft: ProductDraft) -> Go[VariantName] | Go[VariantMore]:
    """Who came back from the variants to mend a text keeps them."""
    return Go(VariantMore(draft)) if draft.variants else Go(VariantName(draft))


def description_to_photo(at: ProductDescription, _said: Back, _shop: Shop) -> Go[ProductPhoto]:
    return Go(ProductPhoto(at.draft))


# --- its variants -----------------------------------------------------------------------------------------------


def enter_variant(at: VariantName, said: Typed, _shop: Shop) -> Go[VariantPrice] | Stay:
    name = read_text(said.text, LONGEST_VARIANT)
    if isinstance(name, Stay):
        return name
    if name.casefold() in {v.name.casefold() for v in at.draft.variants}:
        return Stay(VariantExists(name))
    return Go(VariantPrice(at.draft, VariantDraft(name)))


def single_variant(at: VariantName, said: Picked, shop: Shop) -> Go[VariantPrice] | Stay:
    if said.value != SINGLE or at.draft.variants:
        return Stay(ChoiceUnclear(quoted(said.value)))
    return enter_variant(at, Typed(ONLY_VARIANT), shop)


def variant_to_description(at: VariantName, _said: Back, _shop: Shop) -> Go[ProductDescription] | Go[VariantMore]:
    return Go(VariantMore(at.draft)) if at.draft.variants else Go(ProductDescription(at.draft))


def enter_price(at: VariantPrice, said: Typed, _shop: Shop) -> Go[VariantWeight] | Stay:
    price = read_rupiah(said.text)
    return price if isinstance(price, Stay) else Go(VariantWeight(at.draft, replace(at.variant, price=price)))


def price_to_variant(at: VariantPrice, _said: Back, _shop: Shop) -> Go[VariantName]:
    return Go(VariantName(at.draft))


def enter_weight(at: VariantWeight, said: Typed, _shop: Shop) -> Go[VariantMore] | Stay:
    weight = read_weight(said.text)
    return weight if isinstance(weight, Stay) else _with_variant(at, weight)


def skip_weight(at: VariantWeight, _said: Picked, _shop: Shop) -> Go[VariantMore]:
    return _with_variant(at, 0)


def _with_variant(at: VariantWeight, weight: int) -> Go[VariantMore]:
    variants = (*at.draft.variants, replace(at.variant, weight=weight))
    return Go(VariantMore(replace(at.draft, variants=variants)))


def weight_to_price(at: VariantWeight, _said: Back, _shop: Shop) -> Go[VariantPrice]:
    return Go(VariantPrice(at.draft, at.variant))


def decide_more(at: VariantMore, said: Picked, _shop: Shop) -> Go[VariantName] | Go[ProductPreview] | Stay:
    if said.value == DONE:
        return Go(ProductPreview(at.draft))
    if said.value != ADD:
        return Stay(ChoiceUnclear(quoted(said.value)))
    if len(at.draft.variants) >= MOST_VARIANTS:
        return Stay(VariantsFull(MOST_VARIANTS))
    return Go(VariantName(at.draft))


def type_next_variant(at: VariantMore, said: Typed, shop: Shop) -> Go[VariantPrice] | Stay:
    """Who types the next variant's name without pressing first is understood."""
    if len(at.draft.variants) >= MOST_VARIANTS:
        return Stay(VariantsFull(MOST_VARIANTS))
    return enter_variant(VariantName(at.draft), said, shop)


def more_to_weight(at: VariantMore, _said: Back, _shop: Shop) -> Go[VariantWeight]:
    """Back takes the last variant off the draft, so that its weight, price and name can be entered again."""
    return Go(VariantWeight(replace(at.draft, variants=at.draft.variants[:-1]), at.draft.variants[-1]))


def decide_save(at: ProductPreview, said: Picked, _shop: Shop) -> Go[Home] | Stay:
    if said.value != SAVE:
        return Stay(ChoiceUnclear(quoted(said.value)))
    draft = at.draft
    variants = tuple(NewVariant(v.name, v.price, v.weight) for v in draft.variants)
    save = SaveProduct(draft.id, draft.name, draft.description, draft.photo, variants)
    return Go(Home(), do=(save,), say=(ProductSaved(draft.name),))


def preview_to_more(at: ProductPreview, _said: Back, _shop: Shop) -> Go[VariantMore]:
    return Go(VariantMore(at.draft))
