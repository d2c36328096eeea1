"""A buyer's saved addresses: `/addresses` shows them, names them, forgets them (product 4). In a turn.

Every change names the person as well as the address: a forged button reaches nobody else's.
"""

from __future__ import annotations

from bot import conversation
from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard
from conversations.place_flow import begin_label
from messages.catalog import Label
from messages.catalog.shipping import (
    AddressBook,
    AddressDeleted,
    AddressGone,
    AddressKept,
    AskDeleteAddress,
    AskLabelFor,
    LabelSaved,
    NoAddresses,
)
from storage import addresses
from storage.addresses import Saved


def show(turn: Turn) -> None:
    """/addresses: each with a button to name it and one to delete it."""
    found = addresses.of_person(turn.tx, turn.person.id)
    if not found:
        conversation.answer(turn, NoAddresses())
        return
    keyboard: Keyboard = tuple(
        (
            ActionButton(Label("label_address", (str(number),)), "address_label", (saved.id,)),
            ActionButton(Label("delete_address", (str(number),)), "address_delete", (saved.id,)),
        )
        for number, saved in enumerate(found, start=1)
    )
    turn.say(AddressBook(tuple((saved.label, saved.address) for saved in found)), keyboard)


def _own(turn: Turn, address_id: str) -> Saved | None:
    found = next((s for s in addresses.of_person(turn.tx, turn.person.id) if s.id == address_id), None)
    if found is None:
        turn.toast(AddressGone())
    return found


def ask_label(turn: Turn, address_id: str) -> None:
    saved = _own(turn, address_id)
    if saved is not None:
        buttons = (
            ActionButton(Label("label_home"), "address_named", (address_id, "home")),
            ActionButton(Label("label_office"), "address_named", (address_id, "office")),
        )
        own = ActionButton(Label("label_own"), "address_own", (address_id,))
        turn.say(AskLabelFor(saved.address), (buttons, (own,)))


def name(turn: Turn, address_id: str, label: str) -> None:
    """Home or office by button."""
    if label not in ("home", "office"):
        conversation.old_button(turn)
    elif addresses.label(turn.tx, turn.person.id, address_id, label):
        turn.replace_screen(LabelSaved(label))
    else:
        turn.toast(AddressGone())


def name_own(turn: Turn, address_id: str) -> None:
    """A word of their own is typed; an order that is being put together is finished first."""
    if _own(turn, address_id) is None:
        return
    if conversation.is_busy(turn):
        conversation.go_on(turn)
    else:
        conversation.start(turn, begin_label(address_id))


def ask_delete(turn: Turn, address_id: str) -> None:
    saved = _own(turn, address_id)
    if saved is not None:
        sure = ActionButton(Label("delete_address_sure"), "address_gone", (address_id,))
        turn.say(AskDeleteAddress(saved.address), ((sure,), (ActionButton(Label("keep_address"), "address_kept"),)))


def delete(turn: Turn, address_id: str) -> None:
    if addresses.delete(turn.tx, turn.person.id, address_id):
        turn.replace_screen(AddressDeleted())
    else:
        turn.toast(AddressGone())


def keep(turn: Turn) -> None:
    turn.replace_screen(AddressKept())
