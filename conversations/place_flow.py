"""Where an address is (product 4): the place it states, one of several, or asked; and changing one part of it. Pure.

Doubtful places are asked with choices, never guessed silently; whoever knows better than the table may keep what they
wrote.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from conversations.effects import LabelAddress
from conversations.said import Back, Cancel, Picked, Typed
from conversations.shop import Shop
from conversations.steps import (
    ChangeAddress,
    ChooseAddress,
    ChooseChange,
    ChoosePlace,
    CompleteAddress,
    Draft,
    EnterAddress,
    EnterLabel,
    EnterPart,
    EnterPlace,
    Home,
    Review,
)
from conversations.table import Go, Stay
from messages.catalog.ordering import NameUnclear, NotAChoice, PhoneUnclear, StreetUnclear
from messages.catalog.shipping import AddressPartUnclear, LabelKept, LabelSaved, LabelTooLong, PlaceUnknown
from preorder.address import ADDRESS_PARTS, STREET_LONGEST, Address, AddressDraft, check_recipient, check_street
from preorder.errors import NotAnAddress, NotAPhone
from preorder.phone import parse_phone
from preorder.place import Reading, read_answer, read_place, street_alone
from preorder.place_text import read_rt_rw
from preorder.regions import Place, Regions, spell
from preorder.typed_text import visible

AS_IT_IS: Final = "as_is"
NONE_OF_THESE: Final = "none"
PLACE: Final = "place"
OTHER: Final = "other"
MOST_DISTRICTS: Final = 18  # on buttons; of more the name is typed
LABEL_LONGEST: Final = 20
RT_RW_LONGEST: Final = 20

Settled = Go[Review] | Go[CompleteAddress] | Go[ChoosePlace] | Go[EnterPlace]


def settled(draft: Draft, partial: AddressDraft, shop: Shop) -> Settled:
    """On to the review when the place is sure or nobody can look it up, else to the question."""
    address = partial.complete()
    if address is None:
        return Go(CompleteAddress(draft, partial))
    if address.is_pickup or shop.regions is None:
        return _to_review(draft, address)
    reading = read_place(address.street, shop.regions)
    if reading.place is not None:
        return _to_review(draft, _placed(partial, reading, reading.place))
    if reading.choices:
        return Go(ChoosePlace(draft, partial, reading.choices, reading.doubt == "postcode"))
    return Go(_ask_place(draft, partial, reading, shop.regions))


def _ask_place(draft: Draft, partial: AddressDraft, reading: Reading, regions: Regions) -> EnterPlace:
    districts = [code for city in reading.cities for code in regions.districts_of(city)]
    shown = tuple(regions.place(code) for code in districts) if len(districts) <= MOST_DISTRICTS else ()
    return EnterPlace(draft, partial, tuple(regions.names[city] for city in reading.cities), shown)


def _to_review(draft: Draft, address: Address) -> Go[Review]:
    return Go(Review(replace(draft, address=address)))


def _placed(partial: AddressDraft, reading: Reading, place: Place) -> Address:
    """The address in parts. Where nothing but regions was written, they stay in the street: a parcel needs a line."""
    return Address(
        recipient=partial.recipient or "",
        phone=partial.phone or "",
        street=reading.street or partial.street or "",
        rt_rw=reading.rt_rw or partial.rt_rw,
        village=place.village,
        district=place.district,
        city=place.city,
        province=place.province,
        postcode=place.postcode,
    )


# --- which place -------------------------------------------------------------------------------------------------


def choose_place(here: ChoosePlace, said: Picked, shop: Shop) -> Go[Review] | Go[EnterPlace] | Stay:
    if said.value == NONE_OF_THESE:
        return Go(EnterPlace(here.draft, here.partial))
    if said.value.isdecimal() and int(said.value) < len(here.places):
        return _chosen(here, here.places[int(said.value)], shop)
    return Stay(NotAChoice())


def pick_place(here: EnterPlace, said: Picked, shop: Shop) -> Go[Review] | Stay:
    if said.value == AS_IT_IS:
        address, before = here.partial.complete(), here.draft.address
        if before is not None and address is not None and before.street == address.street:
            return Go(Review(here.draft))  # nothing was to be changed after all
        return Stay(NotAChoice()) if address is None else _to_review(here.draft, address)
    if said.value.isdecimal() and int(said.value) < len(here.districts):
        return _chosen(here, here.districts[int(said.value)], shop)
    return Stay(NotAChoice())


def _chosen(here: ChoosePlace | EnterPlace, place: Place, shop: Shop) -> Go[Review]:
    street = here.partial.street or ""
    reading = read_place(street, shop.regions) if shop.regions is not None else Reading(street)
    reading = replace(reading, street=street_alone(reading.street, place))
    # Its own postcode is a part of the choice; one that was written and belongs elsewhere is not.
    return _to_review(here.draft, _placed(here.partial, reading, place))


def type_place(
    here: ChoosePlace | EnterPlace, said: Typed, shop: Shop
) -> Go[Review] | Go[ChoosePlace] | Go[EnterPlace] | Stay:
    """District and city in words. What is only nearly the name of one is shown before it is used."""
    if shop.regions is None:
        return Stay(PlaceUnknown())
    cities = here.cities if isinstance(here, EnterPlace) else ()
    codes = [code for code, name in shop.regions.names.items() if name in cities]
    places = read_answer(said.text, shop.regions, codes)
    if len(places) == 1 and spell(places[0].district) in spell(said.text):
        return _chosen(here, places[0], shop)
    if places:
        return Go(ChoosePlace(here.draft, here.partial, places))
    if isinstance(here, EnterPlace) and here.was_asked:
        return Stay(PlaceUnknown())
    return Go(EnterPlace(here.draft, here.partial, was_asked=True), say=(PlaceUnknown(),))


# --- one part anew -----------------------------------------------------------------------------------------------


def pick_part(
    here: ChangeAddress, said: Picked, shop: Shop
) -> Go[EnterPart] | Go[EnterPlace] | Go[ChooseAddress] | Go[EnterAddress] | Stay:
    address = here.draft.address
    part = next((part for part in ADDRESS_PARTS if part == said.value), None)
    if part is not None:
        return Go(EnterPart(here.draft, part))
    if said.value == PLACE and address is not None:
        partial = AddressDraft(
            recipient=address.recipient, phone=address.phone, street=address.street, rt_rw=address.rt_rw
        )
        return Go(EnterPlace(here.draft, partial))
    if said.value == OTHER:
        return Go(ChooseAddress(here.draft)) if shop.addresses else Go(EnterAddress(here.draft))
    return Stay(NotAChoice())


def enter_part(here: EnterPart, said: Typed, shop: Shop) -> Go[Review] | Stay:
    address = here.draft.address
    if address is None:
        return Stay(NotAChoice())
    text = " ".join(visible(said.text).split())
    try:
        match here.piece:
            case "recipient":
                changed = replace(address, recipient=check_recipient(said.text))
            case "phone":
                changed = replace(address, phone=parse_phone(said.text))
            case "street":
                changed = replace(address, street=check_street(said.text))
            case "rt_rw":
                changed = replace(address, rt_rw=_rt_rw(text))
            case "village":
                changed = replace(address, village=_village(text, address, shop.regions))
            case "postcode":
                changed = replace(address, postcode=_postcode(text, address, shop.regions))
    except NotAPhone as error:
        return Stay(PhoneUnclear(error.reason == "several"))
    except NotAnAddress as error:
        return Stay(NameUnclear() if error.part == "recipient" else StreetUnclear(STREET_LONGEST))
    except _Unclear:
        return Stay(AddressPartUnclear(here.piece))
    return _to_review(here.draft, changed)


class _Unclear(Exception):
    """A part that cannot be used."""


def _rt_rw(text: str) -> str:
    found = read_rt_rw(text) if len(text) <= RT_RW_LONGEST else ""
    if not found:
        raise _Unclear
    return found


def _village(text: str, address: Address, regions: Regions | None) -> str:
    """Spelled as the district spells it, when it has such a one; else as it was written."""
    if not 2 <= len(text) <= 40 or not any(c.isalpha() for c in text):
        raise _Unclear
    if regions is not None:
        for code in regions.districts.get(spell(address.district), ()):
            for village in regions.villages_in(code):
                if spell(village.name) == spell(text):
                    return village.name
    return text


def _postcode(text: str, address: Address, regions: Regions | None) -> str:
    """Five digits, of the address's own neighbourhood where that is known."""
    if not re.fullmatch(r"[1-9]\d{4}", text):
        raise _Unclear
    codes = regions.districts.get(spell(address.district), ()) if regions is not None else ()
    near = {
        own[:3]
        for code in codes
        if regions is not None and regions.names[code[:5]] == address.city
        for own in regions.postcodes_of(code)
    }
    if near and text[:3] not in near:
        raise _Unclear
    return text


def part_to_review(here: ChangeAddress | EnterPart, _: Back, _shop: Shop) -> Go[ChooseChange] | Go[ChangeAddress]:
    return Go(ChangeAddress(here.draft)) if isinstance(here, EnterPart) else Go(ChooseChange(here.draft))


# --- labels ------------------------------------------------------------------------------------------------------


def begin_label(address_id: str) -> Go[EnterLabel]:
    """A buyer wants a word of their own for a saved address."""
    return Go(EnterLabel(address_id))


def enter_label(here: EnterLabel, said: Typed, _shop: Shop) -> Go[Home] | Stay:
    label = " ".join(visible(said.text).split())
    if not label or len(label) > LABEL_LONGEST:
        return Stay(LabelTooLong(LABEL_LONGEST))
    return Go(Home(), do=(LabelAddress(here.address_id, label),), say=(LabelSaved(label),))


def leave_label(_here: EnterLabel, _: Back, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(LabelKept(),))


def cancel_label(_here: EnterLabel, _: Cancel, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(LabelKept(),))
