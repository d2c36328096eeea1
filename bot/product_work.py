"""What happens to the catalogue in the chat: added, changed, moved, archived, and sheets (product 2). In a turn.

Every change is guarded: what is not on show any more raises `AlreadyDone`, and the screen is shown as it is now.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from bot import sheet_work
from bot.turn import Turn
from conversations.product_effects import (
    AddVariant,
    ApplySheet,
    ArchiveProduct,
    ArchiveVariant,
    CatalogueEffect,
    ChangePictures,
    ChangeVariant,
    ChangeWords,
    MoveProduct,
    MoveVariant,
    NewVariant,
    RestoreProduct,
    SaveProduct,
    SendSheet,
)
from conversations.product_steps import ProductField
from preorder.batch import ProductId, VariantId
from preorder.errors import AlreadyDone
from preorder.money import Rupiah
from preorder.picture import Shot
from storage import catalogue
from storage.catalogue import Product, Variant
from storage.database import Tx

Id = TypeVar("Id", bound=str)


def perform(turn: Turn, effect: CatalogueEffect) -> None:
    """Do one change. Raises `AlreadyDone` when what it is about is gone."""
    tx = turn.tx
    match effect:
        case SaveProduct():
            _save(tx, effect)
        case ArchiveProduct(product_id=product_id):
            _must(catalogue.archive(tx, product_id))
        case RestoreProduct(product_id=product_id):
            _must(catalogue.restore(tx, product_id))
        case ChangeWords(product_id=product_id, field=field, text=text):
            _must(catalogue.change_words(tx, _reworded(_product(tx, product_id), field, text)))
        case ChangePictures(product_id=product_id, pictures=pictures):
            catalogue.put_pictures(tx, _product(tx, product_id).id, _kept(tx, pictures))
        case MoveProduct(product_id=product_id, is_up=is_up):
            ids = [product.id for product in catalogue.products(tx)]
            catalogue.arrange(tx, _swapped(ids, product_id, is_up))
        case AddVariant(product_id=product_id, variant=variant):
            _add_variant(tx, _product(tx, product_id), variant)
        case ChangeVariant():
            _change_variant(tx, effect)
        case MoveVariant(product_id=product_id, variant_id=variant_id, is_up=is_up):
            variants = [variant.id for variant in _product(tx, product_id).variants]
            catalogue.arrange_variants(tx, _swapped(variants, variant_id, is_up))
        case ArchiveVariant(variant_id=variant_id):
            _must(catalogue.archive_variant(tx, variant_id))
        case SendSheet():
            sheet_work.send(turn)
        case ApplySheet(sheet_id=sheet_id, shown=shown):
            sheet_work.apply(turn, sheet_id, shown)
        case _:
            raise TypeError(f"no one carries out {type(effect).__name__}")


def _must(was_there: bool) -> None:
    if not was_there:
        raise AlreadyDone


def _product(tx: Tx, product_id: ProductId) -> Product:
    found = next((product for product in catalogue.products(tx) if product.id == product_id), None)
    if found is None:
        raise AlreadyDone
    return found


def _reworded(product: Product, field: ProductField, text: str) -> Product:
    match field:
        case "name":
            return replace(product, name=text)
        case "description":
            return replace(product, description=text)
        case "materials":
            return replace(product, materials=text)
        case "sizes":
            return replace(product, sizes=text)
        case "care":
            return replace(product, care=text)


def _variant(product: Product, variant_id: VariantId) -> Variant:
    found = next((variant for variant in product.variants if variant.id == variant_id), None)
    if found is None:
        raise AlreadyDone
    return found


def _kept(tx: Tx, pictures: tuple[Shot, ...]) -> list[str]:
    """Media ids; a picture that came through the chat is kept by Telegram's name for it."""
    return [
        shot.ref if catalogue.picture(tx, shot.ref) else catalogue.keep_file(tx, shot.ref, shot.kind)
        for shot in pictures
    ]


def _new(variant: NewVariant) -> Variant:
    return catalogue.new_variant(variant.name, Rupiah(variant.price), variant.weight, variant.quota)


def _save(tx: Tx, effect: SaveProduct) -> None:
    catalogue.save(
        tx,
        effect.product_id,
        effect.name,
        effect.description,
        "",
        tuple(_new(variant) for variant in effect.variants),
        materials=effect.materials,
        sizes=effect.sizes,
        care=effect.care,
    )
    catalogue.put_pictures(tx, effect.product_id, _kept(tx, effect.pictures))


def _add_variant(tx: Tx, product: Product, variant: NewVariant) -> None:
    if variant.name.casefold() in {known.name.casefold() for known in product.variants}:
        raise AlreadyDone
    catalogue.add_variant(tx, product, _new(variant))


def _change_variant(tx: Tx, effect: ChangeVariant) -> None:
    product = _product(tx, effect.product_id)
    variant = _variant(product, effect.variant_id)
    match effect.field, effect.value:
        case "name", str(name):
            if name.casefold() in {v.name.casefold() for v in product.variants if v.id != variant.id}:
                raise AlreadyDone
            variant = replace(variant, name=name)
        case "price", int(price):
            variant = replace(variant, price=Rupiah(price))
        case "weight", int(weight):
            variant = replace(variant, weight=weight)
        case "quota", (int() | None) as quota:
            variant = replace(variant, quota=quota)
        case _:
            raise TypeError(f"a variant has no {effect.field} of this kind")
    _must(catalogue.change_variant(tx, variant))


def _swapped(ids: list[Id], wanted: Id, is_up: bool) -> list[Id]:
    """The order with one id a place further up or down."""
    here = ids.index(wanted) if wanted in ids else -1
    there = here - 1 if is_up else here + 1
    if here < 0 or not 0 <= there < len(ids):
        raise AlreadyDone
    ids[here], ids[there] = ids[there], ids[here]
    return ids
