"""/products: the catalogue in the chat, and one product added step by step (product 2). `product_editing` changes one.

In: the step, what was said, the snapshot. Out: the next step, or a sentence why not. A new product exists only after
the preview was confirmed; a new variant of a known product when its last answer is given.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversations.product_editing import (
    ADD,
    LARGEST_QUOTA,
    LONGEST_DESCRIPTION,
    LONGEST_DETAIL,
    LONGEST_NAME,
    LONGEST_VARIANT,
    MOST_VARIANTS,
    NO_LIMIT,
)
from conversations.product_effects import AddVariant, NewVariant, RestoreProduct, SaveProduct, SendSheet
from conversations.product_pictures import DONE, SKIP
from conversations.product_steps import (
    DETAILS,
    ArchivedList,
    ProductCard,
    ProductDescription,
    ProductDetail,
    ProductDraft,
    ProductName,
    ProductPhoto,
    ProductPreview,
    ProductsList,
    VariantDraft,
    VariantMore,
    VariantName,
    VariantPrice,
    VariantQuota,
    VariantsList,
    VariantWeight,
)
from conversations.said import Back, Picked, Typed
from conversations.seller_open import begin_open_with
from conversations.seller_reading import PRODUCT, quoted, read_count, read_rupiah, read_text, read_weight
from conversations.seller_steps import OpenProducts, OpenTitle
from conversations.shop import Shop, ShopProduct
from conversations.steps import Home
from conversations.table import Go, Stay
from messages.catalog.product_making import ProductSaved, VariantExists, VariantsFull
from messages.catalog.products import ProductGone, ProductRestored, VariantAdded
from messages.catalog.selling_unclear import ChoiceUnclear, SellerLeft
from preorder.batch import ProductId

ONLY_VARIANT: Final = "Standar"  # the name buyers see when a product comes in one kind

SINGLE: Final = "single"
SAVE: Final = "save"
SHEET: Final = "sheet"
ARCHIVED: Final = "archived"
SKIP_ALL: Final = "skip_all"


# --- the list ---------------------------------------------------------------------------------------------------


def begin_products(shop: Shop) -> Go[ProductsList] | Go[ProductName]:
    """/products. An empty catalogue begins with its first product."""
    if shop.products or shop.archived:
        return Go(ProductsList())
    return Go(ProductName(ProductDraft(ProductId(shop.fresh))))


def wanted_products(shop: Shop) -> tuple[ShopProduct, ...]:
    """What people wait for: products with an interest list that no open batch offers."""
    offered = {product_id for batch in shop.open_batches for product_id in batch.products()}
    return tuple(p for p in shop.products if p.interested and p.id not in offered)


def pick_listed(
    _at: ProductsList, said: Picked, shop: Shop
) -> (
    Go[ProductName]
    | Go[ProductCard]
    | Go[ArchivedList]
    | Go[ProductsList]
    | Go[OpenProducts]
    | Go[OpenTitle]
    | Go[Home]
    | Stay
):
    match said.value:
        case "add":
            return Go(ProductName(ProductDraft(ProductId(shop.fresh))))
        case "sheet":
            return Go(ProductsList(), do=(SendSheet(),))
        case "archived" if shop.archived:
            return Go(ArchivedList())
        case "open" if wanted_products(shop):
            return begin_open_with(shop, tuple(p.id for p in wanted_products(shop)), "interested")
    product = shop.product(ProductId(said.value.removeprefix(PRODUCT)))
    return Go(ProductCard(product.id)) if product else Stay(ProductGone())


def find_listed(_at: ProductsList, said: Typed, shop: Shop) -> Go[ProductCard] | Stay:
    """Part of a name is enough when only one product has it."""
    wanted = said.text.casefold().strip()
    found = [p for p in shop.products if wanted and wanted in p.name.casefold()]
    return Go(ProductCard(found[0].id)) if len(found) == 1 else Stay(ChoiceUnclear(quoted(said.text)))


def list_to_home(_at: ProductsList, _said: Back, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(SellerLeft(),))


def pick_archived(_at: ArchivedList, said: Picked, shop: Shop) -> Go[ProductCard] | Stay:
    """What is picked is on show again."""
    wanted = ProductId(said.value.removeprefix(PRODUCT))
    product = next((p for p in shop.archived if p.id == wanted), None)
    if product is None:
        return Stay(ChoiceUnclear(quoted(said.value)))
    return Go(ProductCard(product.id), do=(RestoreProduct(product.id),), say=(ProductRestored(product.name),))


def archived_to_list(_at: ArchivedList, _said: Back, _shop: Shop) -> Go[ProductsList]:
    return Go(ProductsList())


# --- a new product ----------------------------------------------------------------------------------------------


def enter_name(at: ProductName, said: Typed, _shop: Shop) -> Go[ProductPhoto] | Stay:
    name = read_text(said.text, LONGEST_NAME)
    return name if isinstance(name, Stay) else Go(ProductPhoto(replace(at.draft, name=name)))


def name_to_list(_at: ProductName, _said: Back, shop: Shop) -> Go[ProductsList] | Go[Home]:
    return Go(ProductsList()) if shop.products or shop.archived else Go(Home(), say=(SellerLeft(),))


def enter_description(at: ProductDescription, said: Typed, _shop: Shop) -> Go[ProductDetail] | Stay:
    text = read_text(said.text, LONGEST_DESCRIPTION, one_line=False)
    return text if isinstance(text, Stay) else Go(ProductDetail(replace(at.draft, description=text)))


def skip_description(at: ProductDescription, _said: Picked, _shop: Shop) -> Go[ProductDetail]:
    return Go(ProductDetail(replace(at.draft, description="")))


def description_to_photo(at: ProductDescription, _said: Back, _shop: Shop) -> Go[ProductPhoto]:
    return Go(ProductPhoto(at.draft))


def enter_detail(
    at: ProductDetail, said: Typed, _shop: Shop
) -> Go[ProductDetail] | Go[VariantName] | Go[VariantMore] | Stay:
    text = read_text(said.text, LONGEST_DETAIL, one_line=False)
    return text if isinstance(text, Stay) else _after_detail(at, _with_detail(at, text))


def skip_detail(
    at: ProductDetail, said: Picked, _shop: Shop
) -> Go[ProductDetail] | Go[VariantName] | Go[VariantMore] | Stay:
    if said.value == SKIP_ALL:
        return _to_variants(at.draft)
    if said.value != SKIP:
        return Stay(ChoiceUnclear(quoted(said.value)))
    return _after_detail(at, _with_detail(at, ""))


def _with_detail(at: ProductDetail, text: str) -> ProductDraft:
    match at.field:
        case "materials":
            return replace(at.draft, materials=text)
        case "sizes":
            return replace(at.draft, sizes=text)
        case "care":
            return replace(at.draft, care=text)


def _after_detail(at: ProductDetail, draft: ProductDraft) -> Go[ProductDetail] | Go[VariantName] | Go[VariantMore]:
    following = DETAILS[DETAILS.index(at.field) + 1 :]
    return Go(ProductDetail(draft, following[0])) if following else _to_variants(draft)


def _to_variants(draft: ProductDraft) -> Go[VariantName] | Go[VariantMore]:
    """Who came back from the variants to mend a text keeps them."""
    return Go(VariantMore(draft)) if draft.variants else Go(VariantName(draft))


def detail_back(at: ProductDetail, _said: Back, _shop: Shop) -> Go[ProductDetail] | Go[ProductDescription]:
    before = DETAILS[: DETAILS.index(at.field)]
    return Go(ProductDetail(at.draft, before[-1])) if before else Go(ProductDescription(at.draft))


# --- its variants -----------------------------------------------------------------------------------------------


def enter_variant(at: VariantName, said: Typed, shop: Shop) -> Go[VariantPrice] | Stay:
    name = read_text(said.text, LONGEST_VARIANT)
    if isinstance(name, Stay):
        return name
    known = shop.product(at.draft.id) if at.draft.is_known else None
    taken = {v.name.casefold() for v in at.draft.variants} | {
        v.name.casefold() for v in (known.variants if known else ())
    }
    if name.casefold() in taken:
        return Stay(VariantExists(name))
    return Go(VariantPrice(at.draft, VariantDraft(name)))


def single_variant(at: VariantName, said: Picked, shop: Shop) -> Go[VariantPrice] | Stay:
    if said.value != SINGLE or at.draft.variants or at.draft.is_known:
        return Stay(ChoiceUnclear(quoted(said.value)))
    return enter_variant(at, Typed(ONLY_VARIANT), shop)


def variant_back(at: VariantName, _said: Back, _shop: Shop) -> Go[ProductDetail] | Go[VariantMore] | Go[VariantsList]:
    if at.draft.is_known:
        return Go(VariantsList(at.draft.id))
    return Go(VariantMore(at.draft)) if at.draft.variants else Go(ProductDetail(at.draft, DETAILS[-1]))


def enter_price(at: VariantPrice, said: Typed, _shop: Shop) -> Go[VariantWeight] | Stay:
    price = read_rupiah(said.text)
    return price if isinstance(price, Stay) else Go(VariantWeight(at.draft, replace(at.variant, price=price)))


def price_to_variant(at: VariantPrice, _said: Back, _shop: Shop) -> Go[VariantName]:
    return Go(VariantName(at.draft))


def enter_weight(at: VariantWeight, said: Typed, _shop: Shop) -> Go[VariantQuota] | Stay:
    weight = read_weight(said.text)
    return weight if isinstance(weight, Stay) else Go(VariantQuota(at.draft, replace(at.variant, weight=weight)))


def skip_weight(at: VariantWeight, _said: Picked, _shop: Shop) -> Go[VariantQuota]:
    return Go(VariantQuota(at.draft, replace(at.variant, weight=0)))


def weight_to_price(at: VariantWeight, _said: Back, _shop: Shop) -> Go[VariantPrice]:
    return Go(VariantPrice(at.draft, at.variant))


def enter_own_quota(at: VariantQuota, said: Typed, shop: Shop) -> Go[VariantMore] | Go[VariantsList] | Stay:
    quota = read_count(said.text, 1, LARGEST_QUOTA)
    return quota if isinstance(quota, Stay) else _with_variant(at, quota, shop)


def skip_own_quota(at: VariantQuota, said: Picked, shop: Shop) -> Go[VariantMore] | Go[VariantsList] | Stay:
    if said.value != NO_LIMIT:
        return Stay(ChoiceUnclear(quoted(said.value)))
    return _with_variant(at, None, shop)


def _with_variant(at: VariantQuota, quota: int | None, shop: Shop) -> Go[VariantMore] | Go[VariantsList]:
    variant = replace(at.variant, quota=quota)
    if not at.draft.is_known:
        return Go(VariantMore(replace(at.draft, variants=(*at.draft.variants, variant))))
    if shop.product(at.draft.id) is None:
        return Go(VariantsList(at.draft.id), say=(ProductGone(),))
    new = NewVariant(variant.name, variant.price, variant.weight, variant.quota)
    return Go(VariantsList(at.draft.id), do=(AddVariant(at.draft.id, new),), say=(VariantAdded(variant.name),))


def quota_to_weight(at: VariantQuota, _said: Back, _shop: Shop) -> Go[VariantWeight]:
    return Go(VariantWeight(at.draft, at.variant))


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


def more_to_quota(at: VariantMore, _said: Back, _shop: Shop) -> Go[VariantQuota]:
    """Back takes the last variant off the draft, so that its quota, weight, price and name can be entered again."""
    return Go(VariantQuota(replace(at.draft, variants=at.draft.variants[:-1]), at.draft.variants[-1]))


def decide_save(at: ProductPreview, said: Picked, _shop: Shop) -> Go[Home] | Stay:
    if said.value != SAVE:
        return Stay(ChoiceUnclear(quoted(said.value)))
    draft = at.draft
    save = SaveProduct(
        draft.id,
        draft.name,
        draft.description,
        tuple(NewVariant(v.name, v.price, v.weight, v.quota) for v in draft.variants),
        draft.materials,
        draft.sizes,
        draft.care,
        draft.pictures,
    )
    return Go(Home(), do=(save,), say=(ProductSaved(draft.name),))


def preview_to_more(at: ProductPreview, _said: Back, _shop: Shop) -> Go[VariantMore]:
    return Go(VariantMore(at.draft))
