"""Step → screen for /products. Pure.

A step whose product or variant is gone still has a screen: it says so and shows the way out.
"""

from __future__ import annotations

from typing import Final

from conversations.buttons import AnyButton, Button, Keyboard
from conversations.product_editing import (
    ADD,
    ARCHIVE,
    DOWN,
    EDIT,
    EMPTY,
    NO_LIMIT,
    OPEN,
    PICTURES,
    SEEN,
    UP,
    VARIANT,
    VARIANTS,
    YES,
)
from conversations.product_pictures import DONE, REMOVE, SKIP
from conversations.product_sheet import APPLY, reviewed
from conversations.product_steps import (
    PRODUCT_FIELDS,
    VARIANT_FIELDS,
    AddingProduct,
    ArchivedList,
    EditPictures,
    EditVariant,
    EditWords,
    OfProduct,
    OfVariant,
    ProductArchive,
    ProductCard,
    ProductDescription,
    ProductDetail,
    ProductEdit,
    ProductName,
    ProductPhoto,
    ProductPreview,
    ProductSeen,
    ProductsList,
    SheetReview,
    VariantArchive,
    VariantCard,
    VariantDraft,
    VariantMore,
    VariantName,
    VariantPrice,
    VariantQuota,
    VariantsList,
    VariantWeight,
)
from conversations.prompt import WAY_OUT, Prompt, in_rows, one_a_row
from conversations.seller_products import ARCHIVED, SAVE, SHEET, SINGLE, SKIP_ALL, wanted_products
from conversations.seller_reading import PRODUCT
from conversations.shop import Shop, ShopProduct, ShopVariant
from conversations.table import Step
from messages.catalog import Label, Message, Plain
from messages.catalog.product_making import (
    AskDetail,
    AskPictures,
    AskProductDescription,
    AskProductName,
    AskVariantMore,
    AskVariantName,
    AskVariantPrice,
    AskVariantQuota,
    AskVariantWeight,
)
from messages.catalog.products import (
    ArchivedListed,
    AskArchive,
    AskPart,
    AskVariantArchive,
    AskVariantField,
    AskWords,
    CatalogueLine,
    ProductAsSeen,
    ProductGone,
    ProductPreviewed,
    ProductShown,
    ProductsListed,
    SheetGone,
    VariantLine,
    VariantShown,
    VariantsListed,
)
from messages.catalog.selling_unclear import SellerHint
from preorder.picture import MOST_PHOTOS, Shot

MOST_LISTED: Final = 40  # products on one screen; the others are found by typing their name
YES_NO: Final[tuple[AnyButton, ...]] = (Button(Label("yes"), YES), Button(Label("no"), "no"))


def products_prompt(step: Step, shop: Shop) -> Prompt | None:
    match step:
        case ProductsList():
            return _list(shop)
        case ArchivedList():
            return _archived(shop)
        case SheetReview():
            return _sheet(shop)
        case OfProduct():
            product = shop.product(step.product_id)
            return _gone() if product is None else _of_product(step, product, shop)
        case AddingProduct():
            return _adding(step)
        case _:
            return None


def _gone() -> Prompt:
    return Prompt(ProductGone(), WAY_OUT)


def _typed(message: Message, *buttons: Button) -> Prompt:
    """A question that is answered by typing; a typed number is the answer, not a button's."""
    rows: Keyboard = (buttons,) if buttons else ()
    return Prompt(message, (*rows, *WAY_OUT), numbers_are_answers=True)


# --- lists ------------------------------------------------------------------------------------------------------


def _list(shop: Shop) -> Prompt:
    shown = shop.products[:MOST_LISTED]
    lines = tuple(CatalogueLine(p.name, min((v.price for v in p.variants), default=0), p.interested) for p in shown)
    buttons = [Button(Plain(p.name), f"{PRODUCT}{p.id}", choice=True) for p in shown]
    waiting = sum(p.interested for p in wanted_products(shop))
    more = [Button(Label("add_product"), ADD), Button(Label("product_sheet"), SHEET)]
    if waiting:
        more.insert(0, Button(Label("open_for_interested", (waiting,)), OPEN))
    if shop.archived:
        more.append(Button(Label("product_archived", (len(shop.archived),)), ARCHIVED))
    message = ProductsListed(lines, len(shop.products) - len(shown), len(shop.archived))
    return Prompt(message, (*one_a_row([*buttons, *more]), *WAY_OUT))


def _archived(shop: Shop) -> Prompt:
    shown = shop.archived[:MOST_LISTED]
    buttons = [Button(Plain(p.name), f"{PRODUCT}{p.id}", choice=True) for p in shown]
    message = ArchivedListed(tuple(p.name for p in shown), len(shop.archived) - len(shown))
    return Prompt(message, (*one_a_row(buttons), *WAY_OUT))


def _sheet(shop: Shop) -> Prompt:
    change = shop.sheet_change
    if change is None:
        return Prompt(SheetGone(), WAY_OUT)
    return Prompt(reviewed(change), ((Button(Label("sheet_apply"), APPLY),), *WAY_OUT))


# --- one product ------------------------------------------------------------------------------------------------


def _of_product(step: OfProduct, product: ShopProduct, shop: Shop) -> Prompt | None:
    match step:
        case ProductCard():
            return _card(product, shop)
        case ProductSeen():
            return Prompt(_as_seen(product), WAY_OUT, pictures=product.pictures)
        case ProductArchive():
            return Prompt(AskArchive(product.name, product.interested), (YES_NO, *WAY_OUT))
        case ProductEdit():
            parts = [Button(Label(f"product_{field}"), field, choice=True) for field in PRODUCT_FIELDS]
            pictures = Button(Label("product_pictures"), PICTURES, choice=True)
            variants = Button(Label("product_variants"), VARIANTS, choice=True)
            return Prompt(AskPart(product.name), (*in_rows([*parts, pictures], 2), (variants,), *WAY_OUT))
        case EditWords():
            empty = () if step.field == "name" else (Button(Label("make_empty"), EMPTY),)
            return _typed(AskWords(product.name, step.field, getattr(product, step.field)), *empty)
        case EditPictures():
            return _pictures(product.name, step.pictures, step.album, is_new=False)
        case VariantsList():
            lines = tuple(_variant_line(v) for v in product.variants)
            buttons = [Button(Plain(v.name), f"{VARIANT}{v.id}", choice=True) for v in product.variants]
            keys = (*in_rows(buttons, 2), (Button(Label("add_variant"), ADD),), *WAY_OUT)
            return Prompt(VariantsListed(product.name, lines), keys)
        case OfVariant():
            variant = product.variant(step.variant_id)
            return _gone() if variant is None else _of_variant(step, product, variant)
        case _:
            return None


def _card(product: ShopProduct, shop: Shop) -> Prompt:
    photos = sum(shot.kind == "photo" for shot in product.pictures)
    message = ProductShown(
        product.name,
        product.description,
        product.materials,
        product.sizes,
        product.care,
        photos,
        len(product.pictures) > photos,
        tuple(_variant_line(v) for v in product.variants),
        shop.products.index(product) + 1,
        len(shop.products),
        product.interested,
        tuple(b.title for b in shop.open_batches if product.id in b.products()),
    )
    wanted = (Button(Label("open_for_interested", (product.interested,)), OPEN),) if product.interested else ()
    keys: Keyboard = (
        *((wanted,) if wanted else ()),
        (Button(Label("product_edit"), EDIT), Button(Label("product_seen"), SEEN)),
        (Button(Label("move_up"), UP), Button(Label("move_down"), DOWN)),
        (Button(Label("archive_product"), ARCHIVE),),
    )
    return Prompt(message, (*keys, *WAY_OUT))


def _as_seen(product: ShopProduct) -> ProductAsSeen:
    prices = tuple((v.name, v.price) for v in product.variants)
    words = (product.name, product.description, product.materials, product.sizes, product.care)
    return ProductAsSeen(*words, offers=(), prices=prices, closes_at=None)


def _variant_line(variant: ShopVariant | VariantDraft) -> VariantLine:
    return VariantLine(variant.name, variant.price, variant.weight, variant.quota)


def _of_variant(step: OfVariant, product: ShopProduct, variant: ShopVariant) -> Prompt | None:
    line = _variant_line(variant)
    match step:
        case VariantCard():
            fields = [Button(Label(f"variant_{field}"), field, choice=True) for field in VARIANT_FIELDS]
            move = (Button(Label("move_up"), UP), Button(Label("move_down"), DOWN))
            keys = (*in_rows(fields, 2), move, (Button(Label("archive_product"), ARCHIVE),), *WAY_OUT)
            return Prompt(VariantShown(product.name, line), keys)
        case EditVariant():
            none = (Button(Label("no_limit"), NO_LIMIT),) if step.field == "quota" else ()
            return _typed(AskVariantField(line, step.field), *none)
        case VariantArchive():
            return Prompt(AskVariantArchive(product.name, variant.name), (YES_NO, *WAY_OUT))
        case _:
            return None


def _pictures(name: str, pictures: tuple[Shot, ...], album: str, *, is_new: bool) -> Prompt:
    photos = sum(shot.kind == "photo" for shot in pictures)
    message = AskPictures(name, photos, len(pictures) > photos, bool(album), MOST_PHOTOS)
    done = Button(Label("done"), DONE) if pictures or not is_new else Button(Label("skip"), SKIP)
    remove = ((Button(Label("remove_pictures"), REMOVE),),) if pictures else ()
    return Prompt(message, ((done,), *remove, *WAY_OUT), numbers_are_answers=True)


# --- a product in the making ------------------------------------------------------------------------------------


def _adding(step: AddingProduct) -> Prompt | None:
    draft = step.draft
    match step:
        case ProductName():
            return _typed(AskProductName())
        case ProductPhoto():
            return _pictures(draft.name, draft.pictures, step.album, is_new=True)
        case ProductDescription():
            return _typed(AskProductDescription(draft.name), Button(Label("skip"), SKIP))
        case ProductDetail():
            skips = (Button(Label("skip"), SKIP), Button(Label("skip_all"), SKIP_ALL))
            return _typed(AskDetail(draft.name, step.field), *skips)
        case VariantName():
            single = () if draft.variants or draft.is_known else (Button(Label("single_variant"), SINGLE),)
            number = 0 if draft.is_known else len(draft.variants) + 1
            return _typed(AskVariantName(draft.name, number), *single)
        case VariantPrice():
            return _typed(AskVariantPrice(draft.name, step.variant.name))
        case VariantWeight():
            return _typed(AskVariantWeight(step.variant.name), Button(Label("skip"), SKIP))
        case VariantQuota():
            return _typed(AskVariantQuota(step.variant.name), Button(Label("no_limit"), NO_LIMIT))
        case VariantMore():
            more = (Button(Label("add_variant"), ADD), Button(Label("done"), DONE))
            lines = tuple(_variant_line(v) for v in draft.variants)
            return Prompt(AskVariantMore(draft.name, lines), (more, *WAY_OUT), numbers_are_answers=True)
        case ProductPreview():
            words = (draft.name, draft.description, draft.materials, draft.sizes, draft.care)
            prices = tuple((v.name, v.price) for v in draft.variants)
            message = ProductPreviewed(*words, offers=(), prices=prices, closes_at=None)
            return Prompt(message, ((Button(Label("save"), SAVE),), *WAY_OUT), pictures=draft.pictures)
        case _:
            return None


PRODUCT_HINTS: Final[dict[type[Step], Message]] = {
    ProductsList: SellerHint("button"),
    ArchivedList: SellerHint("button"),
    ProductCard: SellerHint("button"),
    ProductSeen: SellerHint("button"),
    ProductArchive: SellerHint("button"),
    ProductEdit: SellerHint("button"),
    EditWords: SellerHint("text"),
    EditPictures: SellerHint("photo"),
    VariantsList: SellerHint("button"),
    VariantCard: SellerHint("button"),
    EditVariant: SellerHint("text"),
    VariantArchive: SellerHint("button"),
    ProductName: SellerHint("text"),
    ProductPhoto: SellerHint("photo"),
    ProductDescription: SellerHint("text"),
    ProductDetail: SellerHint("text"),
    VariantName: SellerHint("text"),
    VariantPrice: SellerHint("money"),
    VariantWeight: SellerHint("number"),
    VariantQuota: SellerHint("number"),
    VariantMore: SellerHint("button"),
    ProductPreview: SellerHint("button"),
    SheetReview: SellerHint("button"),
}
