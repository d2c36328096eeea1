"""Step → screen for the address part of an order (product 4): saved ones, missing pieces, doubtful places, changes.

Pure: the same step and snapshot give the same screen. None for a step that is no part of the address.
"""

from __future__ import annotations

from conversations.address_flow import NEW, PICKUP
from conversations.buttons import Button, ContactButton, Keyboard
from conversations.place_flow import AS_IT_IS, NONE_OF_THESE, OTHER, PLACE
from conversations.prompt import WAY_OUT, Prompt, in_rows, one_a_row
from conversations.shop import SavedAddress, Shop
from conversations.steps import (
    ChangeAddress,
    ChooseAddress,
    ChoosePlace,
    CompleteAddress,
    EnterAddress,
    EnterLabel,
    EnterPart,
    EnterPlace,
)
from conversations.table import Step
from messages.catalog import Label, Message, Plain, Text
from messages.catalog.ordering import AskAddress, AskPhone, AskRecipient, AskSavedAddress, AskStreet, NotAChoice
from messages.catalog.shipping import AskAddressChange, AskAddressPart, AskLabel, AskPlace, AskWhichPlace
from preorder.address import ADDRESS_PARTS
from preorder.regions import Place


def address_prompt(step: Step, shop: Shop) -> Prompt | None:
    """The screen of a step about an address."""
    match step:
        case ChooseAddress():
            return _saved_addresses(shop)
        case EnterAddress():
            return Prompt(AskAddress(), (*_pickup(shop), *WAY_OUT), numbers_are_answers=True)
        case CompleteAddress():
            return _missing_part(step)
        case ChoosePlace():
            return _places(step)
        case EnterPlace():
            return _districts(step)
        case ChangeAddress():
            return _parts(step)
        case EnterPart():
            return _part(step)
        case EnterLabel():
            return Prompt(AskLabel(), WAY_OUT, numbers_are_answers=True)
        case _:
            return None


def address_label(label: str, recipient: str, street: str) -> Text:
    """How a saved address is called on a button."""
    what = f"{recipient}, {street}"
    if label in ("home", "office"):
        return Label(f"address_{label}", (what[:30],))
    return Plain((f"{label}: {what}" if label else what)[:40])


def _saved_addresses(shop: Shop) -> Prompt:
    choices = [Button(_called(saved), saved.id, choice=True) for saved in shop.addresses]
    message = AskSavedAddress(tuple((saved.label, saved.address) for saved in shop.addresses))
    return Prompt(message, (*one_a_row([*choices, Button(Label("new_address"), NEW)]), *_pickup(shop), *WAY_OUT))


def _called(saved: SavedAddress) -> Text:
    return address_label(saved.label, saved.address.recipient, saved.address.street)


def _pickup(shop: Shop) -> Keyboard:
    return ((Button(Label("pick_up"), PICKUP),),) if shop.shipping.pickup else ()


def _missing_part(step: CompleteAddress) -> Prompt:
    partial = step.partial
    message: Message
    match next(iter(partial.missing), "street"):
        case "phone":
            message = AskPhone(partial.recipient, partial.street)
            return Prompt(message, ((ContactButton(Label("share_phone")),), *WAY_OUT), numbers_are_answers=True)
        case "recipient":
            message = AskRecipient(partial.phone, partial.street)
        case _:
            message = AskStreet(partial.recipient, partial.phone)
    return Prompt(message, WAY_OUT, numbers_are_answers=True)


def _places(step: ChoosePlace) -> Prompt:
    choices = [Button(Plain(_named(place)), str(i), choice=True) for i, place in enumerate(step.places)]
    none = Button(Label("none_of_these"), NONE_OF_THESE)
    message = AskWhichPlace(step.partial.street or "", step.places, step.about_postcode)
    return Prompt(message, (*one_a_row([*choices, none]), *WAY_OUT))


def _named(place: Place) -> str:
    return f"{place.short} {place.postcode}".strip()[:60]


def _districts(step: EnterPlace) -> Prompt:
    choices = [Button(Plain(place.district), str(i)) for i, place in enumerate(step.districts)]
    keep = Button(Label("keep_as_it_is"), AS_IT_IS)
    message = AskPlace(step.partial.street or "", step.cities, bool(choices))
    return Prompt(message, (*in_rows(choices, 2), (keep,), *WAY_OUT), numbers_are_answers=True)


def _parts(step: ChangeAddress) -> Prompt:
    address = step.draft.address
    if address is None:
        return Prompt(NotAChoice(), WAY_OUT)
    if address.is_pickup:
        choices = [Button(Label(f"part_{part}"), part) for part in ("recipient", "phone")]
    else:
        wanted = ADDRESS_PARTS if address.is_placed else ADDRESS_PARTS[:3]
        choices = [Button(Label(f"part_{part}"), part) for part in wanted]
        choices.append(Button(Label("part_place"), PLACE))
    other = Button(Label("other_address"), OTHER)
    return Prompt(AskAddressChange(address), (*in_rows(choices, 2), (other,), *WAY_OUT))


def _part(step: EnterPart) -> Prompt:
    address = step.draft.address
    if address is None:
        return Prompt(NotAChoice(), WAY_OUT)
    return Prompt(AskAddressPart(step.piece, getattr(address, step.piece)), WAY_OUT, numbers_are_answers=True)
