"""Where a seller can be in /products (product 2): the list, a product and its parts, a product in the making, a sheet.

Frozen and serialisable, like all steps. What was entered of a new product travels in `ProductDraft`.
"""

from __future__ import annotations

from typing import Final, Literal

from conversations.table import Step
from preorder.batch import ProductId, VariantId
from preorder.money import Rupiah
from preorder.picture import Shot
from preorder.staff import Right
from preorder.values import dataclass

Detail = Literal["materials", "sizes", "care"]
ProductField = Literal["name", "description", "materials", "sizes", "care"]
VariantField = Literal["name", "price", "weight", "quota"]
DETAILS: Final[tuple[Detail, ...]] = ("materials", "sizes", "care")
PRODUCT_FIELDS: Final[tuple[ProductField, ...]] = ("name", "description", "materials", "sizes", "care")
VARIANT_FIELDS: Final[tuple[VariantField, ...]] = ("name", "price", "weight", "quota")


@dataclass(frozen=True)
class VariantDraft:
    """Price in rupiah, weight in grams (0 when it was skipped), quota None when only the batch's binds."""

    name: str
    price: Rupiah = Rupiah(0)
    weight: int = 0
    quota: int | None = None


@dataclass(frozen=True)
class ProductDraft:
    """A product being put together; a variant joins when it is complete. With `is_known` it is in the catalogue already
    and gets one more variant."""

    id: ProductId
    name: str = ""
    description: str = ""
    materials: str = ""
    sizes: str = ""
    care: str = ""
    pictures: tuple[Shot, ...] = ()
    variants: tuple[VariantDraft, ...] = ()
    is_known: bool = False


# --- what there is ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ProductsList(Step, right=Right.SELL):
    pass


@dataclass(frozen=True)
class ArchivedList(Step, right=Right.SELL):
    """What was archived: one of them comes back."""


@dataclass(frozen=True)
class OfProduct(Step, right=Right.SELL):
    """Every step about one product of the catalogue."""

    product_id: ProductId


@dataclass(frozen=True)
class ProductCard(OfProduct):
    pass


@dataclass(frozen=True)
class ProductSeen(OfProduct):
    """The product as buyers see it, album and all."""


@dataclass(frozen=True)
class ProductArchive(OfProduct):
    pass


@dataclass(frozen=True)
class ProductEdit(OfProduct):
    """Which part is to be changed?"""


@dataclass(frozen=True)
class EditWords(OfProduct):
    field: ProductField


@dataclass(frozen=True)
class EditPictures(OfProduct):
    """`album` is the one whose photos are coming in, `surplus` how many of them found no place."""

    pictures: tuple[Shot, ...]
    album: str = ""
    surplus: int = 0


@dataclass(frozen=True)
class VariantsList(OfProduct):
    pass


@dataclass(frozen=True)
class OfVariant(OfProduct):
    """Every step about one variant."""

    variant_id: VariantId


@dataclass(frozen=True)
class VariantCard(OfVariant):
    pass


@dataclass(frozen=True)
class EditVariant(OfVariant):
    field: VariantField


@dataclass(frozen=True)
class VariantArchive(OfVariant):
    pass


# --- a product in the making ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AddingProduct(Step, right=Right.SELL):
    """Every step that has a product in the making."""

    draft: ProductDraft


@dataclass(frozen=True)
class ProductName(AddingProduct):
    pass


@dataclass(frozen=True)
class ProductPhoto(AddingProduct):
    """`album` and `surplus` as in `EditPictures`."""

    album: str = ""
    surplus: int = 0


@dataclass(frozen=True)
class ProductDescription(AddingProduct):
    pass


@dataclass(frozen=True)
class ProductDetail(AddingProduct):
    """Materials, sizes, care: one after the other, each may be skipped."""

    field: Detail = "materials"


@dataclass(frozen=True)
class VariantName(AddingProduct):
    pass


@dataclass(frozen=True)
class AddingVariant(AddingProduct):
    """Every step that has a variant in the making."""

    variant: VariantDraft


@dataclass(frozen=True)
class VariantPrice(AddingVariant):
    pass


@dataclass(frozen=True)
class VariantWeight(AddingVariant):
    pass


@dataclass(frozen=True)
class VariantQuota(AddingVariant):
    pass


@dataclass(frozen=True)
class VariantMore(AddingProduct):
    """Another variant, or done?"""


@dataclass(frozen=True)
class ProductPreview(AddingProduct):
    pass


# --- a sheet ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SheetReview(Step, right=Right.SELL):
    """What a sheet would change. `shown` stands for the difference that is on the screen."""

    sheet_id: str
    shown: str
