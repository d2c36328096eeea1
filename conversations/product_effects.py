"""What /products asks to be done. `bot.product_work` carries it out in the transaction.

Each is guarded where it changes a row: what is not on show any more raises `AlreadyDone`.
"""

from __future__ import annotations

from conversations.effects import Effect
from conversations.product_steps import ProductField, VariantField
from preorder.batch import ProductId, VariantId
from preorder.picture import Shot
from preorder.staff import Right
from preorder.values import dataclass


@dataclass(frozen=True)
class CatalogueEffect(Effect, right=Right.SELL):
    """A change of the catalogue."""


@dataclass(frozen=True)
class NewVariant:
    """Price in rupiah, weight in grams, quota None when only the batch's binds."""

    name: str
    price: int
    weight: int = 0
    quota: int | None = None


@dataclass(frozen=True)
class SaveProduct(CatalogueEffect, right=Right.SELL):
    """Add a product to the catalogue."""

    product_id: ProductId
    name: str
    description: str
    variants: tuple[NewVariant, ...]
    materials: str = ""
    sizes: str = ""
    care: str = ""
    pictures: tuple[Shot, ...] = ()


@dataclass(frozen=True)
class ArchiveProduct(CatalogueEffect, right=Right.SELL):
    """Take a product out of the catalogue; batches that offer it go on."""

    product_id: ProductId


@dataclass(frozen=True)
class RestoreProduct(CatalogueEffect, right=Right.SELL):
    """Put an archived product on show again."""

    product_id: ProductId


@dataclass(frozen=True)
class ChangeWords(CatalogueEffect, right=Right.SELL):
    """Name, description or a detail of a product."""

    product_id: ProductId
    field: ProductField
    text: str


@dataclass(frozen=True)
class ChangePictures(CatalogueEffect, right=Right.SELL):
    """These pictures instead of those it had."""

    product_id: ProductId
    pictures: tuple[Shot, ...]


@dataclass(frozen=True)
class MoveProduct(CatalogueEffect, right=Right.SELL):
    """One place up or down among what is on show."""

    product_id: ProductId
    is_up: bool


@dataclass(frozen=True)
class AddVariant(CatalogueEffect, right=Right.SELL):
    """One more variant of a product that is on show."""

    product_id: ProductId
    variant: NewVariant


@dataclass(frozen=True)
class ChangeVariant(CatalogueEffect, right=Right.SELL):
    """One field of a variant: its name is a text, price (rupiah), weight (grams) and quota are numbers or None."""

    product_id: ProductId
    variant_id: VariantId
    field: VariantField
    value: str | int | None


@dataclass(frozen=True)
class MoveVariant(CatalogueEffect, right=Right.SELL):
    """One place up or down among the product's variants."""

    product_id: ProductId
    variant_id: VariantId
    is_up: bool


@dataclass(frozen=True)
class ArchiveVariant(CatalogueEffect, right=Right.SELL):
    """Take a variant off show; the last one of a product stays."""

    product_id: ProductId
    variant_id: VariantId


@dataclass(frozen=True)
class SendSheet(CatalogueEffect, right=Right.SELL):
    """Send the catalogue as a sheet that can be changed and sent back."""


@dataclass(frozen=True)
class ApplySheet(CatalogueEffect, right=Right.SELL):
    """Apply a sheet that was sent, all or nothing. Raises `AlreadyDone` when it would not change what was `shown`."""

    sheet_id: str
    shown: str
