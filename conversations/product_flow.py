"""/products as a table: every step, every word, every transition; `seller_flow` takes it up. Pure."""

from __future__ import annotations

from typing import Final

from conversations import product_editing as editing
from conversations import product_pictures as pictures
from conversations import product_sheet as sheet
from conversations import seller_products as products
from conversations.product_steps import (
    ArchivedList,
    EditPictures,
    EditVariant,
    EditWords,
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
    VariantMore,
    VariantName,
    VariantPrice,
    VariantQuota,
    VariantsList,
    VariantWeight,
)
from conversations.said import Back, Cancel, Picked, SentFile, SentVideo, Typed
from conversations.seller_open import leave
from conversations.table import Table, at, on, table

PRODUCT_FLOW: Final[Table] = table(
    # what there is
    at(
        ProductsList,
        on(Picked, products.pick_listed),
        on(Typed, products.find_listed),
        on(Back, products.list_to_home),
        on(Cancel, leave),
    ),
    at(ArchivedList, on(Picked, products.pick_archived), on(Back, products.archived_to_list), on(Cancel, leave)),
    at(ProductCard, on(Picked, editing.pick_on_card), on(Back, editing.card_to_list), on(Cancel, leave)),
    at(ProductSeen, on(Picked, editing.leave_seen), on(Back, editing.to_card), on(Cancel, leave)),
    at(ProductArchive, on(Picked, editing.decide_archive), on(Back, editing.to_card), on(Cancel, leave)),
    # one product changed
    at(ProductEdit, on(Picked, editing.pick_part), on(Back, editing.to_card), on(Cancel, leave)),
    at(
        EditWords,
        on(Typed, editing.enter_words),
        on(Picked, editing.empty_words),
        on(Back, editing.to_edit),
        on(Cancel, leave),
    ),
    at(
        EditPictures,
        on(SentFile, pictures.add_photo),
        on(SentVideo, pictures.add_video),
        on(Picked, pictures.decide_pictures),
        on(Typed, pictures.want_photo),
        on(Back, editing.to_edit),
        on(Cancel, leave),
    ),
    at(VariantsList, on(Picked, editing.pick_variant), on(Back, editing.to_edit), on(Cancel, leave)),
    at(VariantCard, on(Picked, editing.pick_on_variant), on(Back, editing.variant_to_list), on(Cancel, leave)),
    at(
        EditVariant,
        on(Typed, editing.enter_field),
        on(Picked, editing.clear_field),
        on(Back, editing.to_variant),
        on(Cancel, leave),
    ),
    at(VariantArchive, on(Picked, editing.decide_variant_archive), on(Back, editing.to_variant), on(Cancel, leave)),
    # a new product
    at(ProductName, on(Typed, products.enter_name), on(Back, products.name_to_list), on(Cancel, leave)),
    at(
        ProductPhoto,
        on(SentFile, pictures.send_photo),
        on(SentVideo, pictures.send_video),
        on(Picked, pictures.pick_pictures),
        on(Typed, pictures.want_photo),
        on(Back, pictures.photo_to_name),
        on(Cancel, leave),
    ),
    at(
        ProductDescription,
        on(Typed, products.enter_description),
        on(Picked, products.skip_description),
        on(Back, products.description_to_photo),
        on(Cancel, leave),
    ),
    at(
        ProductDetail,
        on(Typed, products.enter_detail),
        on(Picked, products.skip_detail),
        on(Back, products.detail_back),
        on(Cancel, leave),
    ),
    at(
        VariantName,
        on(Typed, products.enter_variant),
        on(Picked, products.single_variant),
        on(Back, products.variant_back),
        on(Cancel, leave),
    ),
    at(VariantPrice, on(Typed, products.enter_price), on(Back, products.price_to_variant), on(Cancel, leave)),
    at(
        VariantWeight,
        on(Typed, products.enter_weight),
        on(Picked, products.skip_weight),
        on(Back, products.weight_to_price),
        on(Cancel, leave),
    ),
    at(
        VariantQuota,
        on(Typed, products.enter_own_quota),
        on(Picked, products.skip_own_quota),
        on(Back, products.quota_to_weight),
        on(Cancel, leave),
    ),
    at(
        VariantMore,
        on(Picked, products.decide_more),
        on(Typed, products.type_next_variant),
        on(Back, products.more_to_quota),
        on(Cancel, leave),
    ),
    at(ProductPreview, on(Picked, products.decide_save), on(Back, products.preview_to_more), on(Cancel, leave)),
    # a sheet that came back
    at(SheetReview, on(Picked, sheet.decide_sheet), on(Back, sheet.sheet_to_list), on(Cancel, leave)),
)
