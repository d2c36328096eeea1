"""What is said about places, saved addresses and the shipping cost (product 4), to buyers and to sellers."""

from __future__ import annotations

from messages.catalog.base import Message
from preorder.address import Address, AddressPart
from preorder.money import Rupiah
from preorder.order import Order
from preorder.regions import Place
from preorder.shipping import ShippingRule, Way
from preorder.values import dataclass

# --- where it is, to the buyer -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class AskWhichPlace(Message):
    """The address can mean several places. `about_postcode`: its postcode belongs to another than its names."""

    street: str
    places: tuple[Place, ...]
    about_postcode: bool


@dataclass(frozen=True)
class AskPlace(Message):
    """The district is missing; `cities` are what was named. `can_pick`: the districts are on buttons."""

    street: str
    cities: tuple[str, ...]
    can_pick: bool


@dataclass(frozen=True)
class PlaceUnknown(Message):
    """No district of that name."""


@dataclass(frozen=True)
class AskAddressChange(Message):
    address: Address


@dataclass(frozen=True)
class AskAddressPart(Message):
    """`current` is what stands there now, empty for nothing."""

    part: AddressPart
    current: str


@dataclass(frozen=True)
class AddressPartUnclear(Message):
    part: AddressPart


# --- saved addresses ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AddressBook(Message):
    """Each address with its label: `home`, `office`, the buyer's own word, or empty."""

    addresses: tuple[tuple[str, Address], ...]


@dataclass(frozen=True)
class NoAddresses(Message):
    pass


@dataclass(frozen=True)
class AskLabelFor(Message):
    address: Address


@dataclass(frozen=True)
class AskLabel(Message):
    """The buyer's own word for an address."""


@dataclass(frozen=True)
class LabelTooLong(Message):
    longest: int


@dataclass(frozen=True)
class LabelSaved(Message):
    label: str


@dataclass(frozen=True)
class LabelKept(Message):
    pass


@dataclass(frozen=True)
class AskDeleteAddress(Message):
    address: Address


@dataclass(frozen=True)
class AddressDeleted(Message):
    pass


@dataclass(frozen=True)
class AddressKept(Message):
    pass


@dataclass(frozen=True)
class AddressGone(Message):
    """It is not this person's, or not there any more."""


# --- the shipping cost, to the buyer -----------------------------------------------------------------------------


@dataclass(frozen=True)
class ShippingNews(Message):
    """The seller has said what sending costs. `order` stands as it is afterwards."""

    order: Order


@dataclass(frozen=True)
class ShippingCorrected(Message):
    """The seller has told another cost than `before`. `back`: what was paid too much for it and is sent back."""

    order: Order
    before: Rupiah
    back: Rupiah


# --- the seller's /shipping --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShippingHome(Message):
    """How the shop sends now; `zones` lines in the table, `untold` orders that wait for their cost."""

    rule: ShippingRule
    zones: int
    untold: int


@dataclass(frozen=True)
class AskShippingWay(Message):
    way: Way
    zones: int


@dataclass(frozen=True)
class AskPickup(Message):
    current: str


@dataclass(frozen=True)
class PickupUnclear(Message):
    longest: int


@dataclass(frozen=True)
class AskFreeAbove(Message):
    current: Rupiah


@dataclass(frozen=True)
class AskUntold(Message):
    """Orders that wait for their shipping cost, oldest first; `more` of them are not shown."""

    orders: tuple[Order, ...]
    more: int


@dataclass(frozen=True)
class AskTold(Message):
    """Orders whose told cost can still be corrected, newest first; `more` of them are not shown."""

    orders: tuple[Order, ...]
    more: int


@dataclass(frozen=True)
class AskShippingCost(Message):
    """With what was told before, where it is to be corrected."""

    order: Order


@dataclass(frozen=True)
class ShippingCostTooLarge(Message):
    most: Rupiah


@dataclass(frozen=True)
class ShippingTold(Message):
    code: str
    cost: Rupiah


@dataclass(frozen=True)
class NothingUntold(Message):
    pass


@dataclass(frozen=True)
class ShippingLeft(Message):
    pass


@dataclass(frozen=True)
class NoZonesYet(Message):
    """Prices by zone were chosen and the table is empty."""


@dataclass(frozen=True)
class ZonesSheet(Message):
    """Said with the table as a sheet; `is_example`: the shop has none of its own yet."""

    is_example: bool


@dataclass(frozen=True)
class ZonesSaved(Message):
    added: int
    changed: int
    removed: int
    zones: int


@dataclass(frozen=True)
class ZonesWrong(Message):
    """Nothing was changed; a line for each wrong cell, `more` of them are not shown."""

    cells: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class SheetUnusable(Message):
    """The file is no sheet that can be read; `why` says so."""

    why: str
