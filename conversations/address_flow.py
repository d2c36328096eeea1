"""The address part of the buyer's map (product 4): a saved one, or name, phone and street in one message.

What is missing or doubtful is asked for, one piece at a time; nothing is guessed, nothing typed is lost.
"""

from __future__ import annotations

from dataclasses import replace

from conversations.said import Back, Picked, SharedContact, Typed
from conversations.shop import Shop
from conversations.steps import (
    ChooseAddress,
    ChooseProduct,
    CompleteAddress,
    Draft,
    EnterAddress,
    EnterWish,
    Review,
)
from conversations.table import Go, Stay
from messages.catalog.ordering import AddressUnclear, NameUnclear, NotAChoice, PhoneUnclear, StreetUnclear
from messages.catalog.running import NotUsefulHere
from preorder.address import STREET_LONGEST, AddressDraft, check_recipient, check_street, read_address
from preorder.errors import NotAnAddress, NotAPhone
from preorder.phone import parse_phone


def to_address(draft: Draft, shop: Shop) -> Go[ChooseAddress] | Go[EnterAddress]:
    """Saved addresses first, when there are any."""
    return Go(ChooseAddress(draft)) if shop.addresses else Go(EnterAddress(draft))


def choose_address(here: ChooseAddress, said: Picked, shop: Shop) -> Go[Review] | Go[EnterAddress] | Stay:
    if said.value == "new":
        return Go(EnterAddress(here.draft))
    chosen = next((saved for saved in shop.addresses if saved.id == said.value), None)
    if chosen is None:
        return Stay(NotAChoice())
    return Go(Review(replace(here.draft, address=chosen.address)))


def enter_address(
    here: ChooseAddress | EnterAddress, said: Typed, _shop: Shop
) -> Go[Review] | Go[CompleteAddress] | Stay:
    partial = read_address(said.text)
    if partial.recipient is None and partial.phone is None and partial.street is None:
        return Stay(AddressUnclear())
    return _completed(here.draft, partial)


def share_phone(here: EnterAddress, said: SharedContact, shop: Shop) -> Go[Review] | Go[CompleteAddress] | Stay:
    return share_missing_phone(CompleteAddress(here.draft, AddressDraft()), said, shop)


def share_missing_phone(
    here: CompleteAddress, said: SharedContact, _shop: Shop
) -> Go[Review] | Go[CompleteAddress] | Stay:
    if here.partial.phone is not None:
        # The number that was typed stays: it may be somebody else who receives the parcel.
        return Stay(NotUsefulHere("contact"))
    number = said.phone if said.phone.startswith(("+", "0")) else "+" + said.phone
    try:
        phone = parse_phone(number)
    except NotAPhone as error:
        return Stay(PhoneUnclear(error.reason == "several"))
    return _completed(here.draft, replace(here.partial, phone=phone))


def complete_address(here: CompleteAddress, said: Typed, _shop: Shop) -> Go[Review] | Go[CompleteAddress] | Stay:
    """Whatever is asked for next: phone, name or street."""
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
    return _completed(here.draft, partial)


def _completed(draft: Draft, partial: AddressDraft) -> Go[Review] | Go[CompleteAddress]:
    address = partial.complete()
    if address is None:
        return Go(CompleteAddress(draft, partial))
    return Go(Review(replace(draft, address=address)))


def back_from_address(
    here: ChooseAddress | EnterAddress | CompleteAddress, _: Back, shop: Shop
) -> Go[Review] | Go[ChooseAddress] | Go[EnterAddress] | Go[EnterWish] | Go[ChooseProduct]:
    if isinstance(here, CompleteAddress):
        return Go(EnterAddress(here.draft))
    if isinstance(here, EnterAddress) and shop.addresses:
        return Go(ChooseAddress(here.draft))
    if here.draft.address is not None:
        return Go(Review(here.draft))
    if here.draft.lines:
        last = here.draft.lines[-1]
        return Go(EnterWish(replace(here.draft, lines=here.draft.lines[:-1]), last.variant_id, last.quantity))
    return Go(ChooseProduct(here.draft))
