"""The address part of the buyer's map (product 4): a saved one, or name, phone and street in one message, or pick-up.

What is missing is asked for, one piece at a time. `place_flow` goes on with where it is; nothing typed is lost.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversations.place_flow import Settled, settled
from conversations.said import Back, Picked, SharedContact, Typed
from conversations.shop import Shop
from conversations.steps import (
    ChangeAddress,
    ChooseAddress,
    ChoosePlace,
    ChooseProduct,
    CompleteAddress,
    Draft,
    EnterAddress,
    EnterPlace,
    EnterWish,
    Review,
)
from conversations.table import Go, Stay
from messages.catalog.ordering import AddressUnclear, NameUnclear, NotAChoice, PhoneUnclear, StreetUnclear
from messages.catalog.running import NotUsefulHere
from preorder.address import STREET_LONGEST, AddressDraft, check_recipient, check_street, read_address
from preorder.errors import NotAnAddress, NotAPhone
from preorder.phone import parse_phone

PICKUP: Final = "pickup"
NEW: Final = "new"


def to_address(draft: Draft, shop: Shop) -> Go[ChooseAddress] | Go[EnterAddress]:
    """Saved addresses first, when there are any."""
    return Go(ChooseAddress(draft)) if shop.addresses else Go(EnterAddress(draft))


def choose_address(
    here: ChooseAddress, said: Picked, shop: Shop
) -> Go[Review] | Go[EnterAddress] | Go[CompleteAddress] | Go[ChoosePlace] | Go[EnterPlace] | Stay:
    if said.value == NEW:
        return Go(EnterAddress(here.draft))
    if said.value == PICKUP and shop.shipping.pickup:
        return pick_up(here.draft, shop)
    chosen = next((saved for saved in shop.addresses if saved.id == said.value), None)
    if chosen is None:
        return Stay(NotAChoice())
    return Go(Review(replace(here.draft, address=chosen.address)))


def pick_in_address(
    here: EnterAddress, said: Picked, shop: Shop
) -> Go[Review] | Go[CompleteAddress] | Go[ChoosePlace] | Go[EnterPlace] | Stay:
    if said.value == PICKUP and shop.shipping.pickup:
        return pick_up(here.draft, shop)
    return Stay(NotAChoice())


def pick_up(draft: Draft, shop: Shop) -> Settled:
    """Fetched at the shop: name and number are enough, and those used last are taken."""
    last = shop.addresses[0].address if shop.addresses else None
    partial = AddressDraft(
        recipient=last.recipient if last else None, phone=last.phone if last else None, is_pickup=True
    )
    return completed(draft, partial, shop)


def enter_address(
    here: ChooseAddress | EnterAddress | ChangeAddress, said: Typed, shop: Shop
) -> Go[Review] | Go[CompleteAddress] | Go[ChoosePlace] | Go[EnterPlace] | Stay:
    partial = read_address(said.text)
    if partial.recipient is None and partial.phone is None and partial.street is None:
        return Stay(AddressUnclear())
    return completed(here.draft, partial, shop)


def share_phone(
    here: EnterAddress, said: SharedContact, shop: Shop
) -> Go[Review] | Go[CompleteAddress] | Go[ChoosePlace] | Go[EnterPlace] | Stay:
    return share_missing_phone(CompleteAddress(here.draft, AddressDraft()), said, shop)


def share_missing_phone(
    here: CompleteAddress, said: SharedContact, shop: Shop
) -> Go[Review] | Go[CompleteAddress] | Go[ChoosePlace] | Go[EnterPlace] | Stay:
    if here.partial.phone is not None:
        # The number that was typed stays: it may be somebody else who receives the parcel.
        return Stay(NotUsefulHere("contact"))
    number = said.phone if said.phone.startswith(("+", "0")) else "+" + said.phone
    try:
        phone = parse_phone(number)
    except NotAPhone as error:
        return Stay(PhoneUnclear(error.reason == "several"))
    return completed(here.draft, replace(here.partial, phone=phone), shop)


def complete_address(
    here: CompleteAddress, said: Typed, shop: Shop
) -> Go[Review] | Go[CompleteAddress] | Go[ChoosePlace] | Go[EnterPlace] | Stay:
    """Whatever is asked for next: name, phone or street."""
    try:
        match next(iter(here.partial.missing), None):
            case "phone":
                partial = replace(here.partial, phone=parse_phone(said.text))
            case "recipient":
                partial = replace(here.partial, recipient=check_recipient(said.text))
            case "street":
                partial = replace(here.partial, street=check_street(said.text))
            case None:
                partial = here.partial
    except NotAPhone as error:
        return Stay(PhoneUnclear(error.reason == "several"))
    except NotAnAddress as error:
        return Stay(NameUnclear() if error.part == "recipient" else StreetUnclear(STREET_LONGEST))
    return completed(here.draft, partial, shop)


def completed(draft: Draft, partial: AddressDraft, shop: Shop) -> Settled:
    """On to what is still missing, then to where it is."""
    return Go(CompleteAddress(draft, partial)) if partial.missing else settled(draft, partial, shop)


def back_from_place(here: EnterPlace, _: Back, _shop: Shop) -> Go[ChangeAddress] | Go[EnterAddress]:
    address = here.draft.address
    is_a_change = address is not None and address.street == here.partial.street
    return Go(ChangeAddress(here.draft)) if is_a_change else Go(EnterAddress(here.draft))


def back_from_address(
    here: ChooseAddress | EnterAddress | CompleteAddress | ChoosePlace, _: Back, shop: Shop
) -> Go[Review] | Go[ChooseAddress] | Go[EnterAddress] | Go[EnterWish] | Go[ChooseProduct]:
    if isinstance(here, CompleteAddress | ChoosePlace):
        return Go(EnterAddress(here.draft))
    if isinstance(here, EnterAddress) and shop.addresses:
        return Go(ChooseAddress(here.draft))
    if here.draft.address is not None:
        return Go(Review(here.draft))
    if here.draft.lines:
        last = here.draft.lines[-1]
        return Go(EnterWish(replace(here.draft, lines=here.draft.lines[:-1]), last.variant_id, last.quantity))
    return Go(ChooseProduct(here.draft))
