"""The catalogue in the books as a sheet, and a sheet into the books: the same for the chat and the command line.

Runs in a transaction. Batches that run keep their own copy of what they offer and go on unharmed.
"""

from __future__ import annotations

from collections.abc import Mapping

from preorder.batch import ProductId
from preorder.catalogue import Catalogue, CatalogueProduct, CatalogueVariant
from preorder.catalogue_change import merged, new_order
from storage import catalogue
from storage.database import Tx


def as_sheet(tx: Tx) -> Catalogue:
    """What is on show, numbered in the shop's order, and behind it what was archived. Photos are not in a sheet."""
    on_show = catalogue.products(tx)
    return Catalogue(
        (
            *(_as_row(product, place) for place, product in enumerate(on_show, start=1)),
            *(_as_row(product, None) for product in catalogue.products(tx, archived=True)),
        )
    )


def _as_row(product: catalogue.Product, place: int | None) -> CatalogueProduct:
    return CatalogueProduct(
        id=product.id,
        name=product.name,
        description=product.description,
        photo=None,
        variants=tuple(CatalogueVariant(v.name, v.price, v.weight, v.quota) for v in product.variants),
        materials=product.materials,
        sizes=product.sizes,
        care=product.care,
        order=place,
        archived=product.archived,
    )


def apply(tx: Tx, sheet: Catalogue, photos: Mapping[str, bytes]) -> None:
    """Make the catalogue what the sheet says, all of it (the transaction undoes the rest). A photo of `photos` becomes
    the product's first; without one the pictures stay."""
    now = as_sheet(tx)
    known = {product.id for product in now.products}
    order = new_order(sheet, now)
    for product in merged(sheet, now):
        if product.archived and product.id not in known:
            continue
        _save(tx, product)
        if product.photo and product.photo in photos:
            _put_cover(tx, ProductId(product.id), photos[product.photo])
        known.add(product.id)
    catalogue.arrange(tx, (ProductId(product_id) for product_id in order if product_id in known))


def _save(tx: Tx, product: CatalogueProduct) -> None:
    product_id = ProductId(product.id)
    catalogue.save(
        tx,
        product_id,
        product.name,
        product.description,
        "",
        tuple(catalogue.new_variant(v.name, v.price, v.weight, v.quota) for v in product.variants),
        materials=product.materials,
        sizes=product.sizes,
        care=product.care,
    )
    if product.archived:
        catalogue.archive(tx, product_id)


def _put_cover(tx: Tx, product_id: ProductId, photo: bytes) -> None:
    media = catalogue.keep_picture(tx, photo)
    others = [shot.ref for shot in catalogue.pictures_of(tx, product_id) if shot.kind == "photo"][1:]
    catalogue.put_pictures(tx, product_id, (media, *others))
