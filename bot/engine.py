"""One update, one transaction: take it from the inbox, hear it, answer it, move the person, queue what is said.

Everything here runs inside `database.run` on the database's thread: no await, no network. An error leaves no trace but
a counted failure; after five the update is set aside, the owner is told, and those behind it go on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot import commands, conversation, flood, front, proof_work, sent_sheet, sheet_work, zone_sheet
from bot.house import House
from bot.inbound import Command, Edited, Heard, Press, Reachable, Unheard, hear
from bot.logs import get_logger, where
from bot.outside import Question
from bot.turn import Turn
from conversations.buttons import MAX_CALLBACK_BYTES, LinkButton, plain_label
from conversations.said import Other, SentFile, SentVideo, SharedContact, Typed, Word
from messages.catalog import Label, Message
from messages.catalog.running import (
    EditedNotRead,
    FacelessAdmin,
    NotUnderstoodAtHome,
    NotUsefulHere,
    UnknownCommand,
    UpdateSetAside,
    WriteInPrivate,
)
from preorder import errors
from preorder.order import PersonId
from preorder.staff import Right
from storage import inbox, people
from storage.database import Tx
from storage.people import Person

log = get_logger(__name__)


def handle(
    tx: Tx, house: House, update_id: int, now: datetime, answers: Mapping[Question[object], object] | None = None
) -> bool:
    """Handle one update of the inbox; False when it was handled before. Raises `Asked` for an answer it needs."""
    raw = inbox.take(tx, update_id)
    if raw is None:
        return False
    heard = hear(raw)
    if isinstance(heard, Unheard):
        if heard.faceless is not None:
            nobody = Person(PersonId(0), "", "", house.settings.locale, subscribed=False, reachable=False)
            turn = Turn(tx, house, now, f"u{update_id}", nobody, heard.chat_id)
            flood.hush(turn, is_private=False)
            _in_group(turn, heard.faceless, FacelessAdmin())
        return True
    press = heard.what if isinstance(heard.what, Press) else None
    turn = Turn(tx, house, now, f"u{update_id}", _who(tx, house, heard, now), heard.chat_id, press)
    turn.answers = answers or {}
    flood.hush(turn, heard.is_private)
    if heard.is_private:
        _in_private(turn, heard, update_id)
    else:
        _in_group(turn, heard.what, WriteInPrivate())
    turn.finish()
    return True


def _who(tx: Tx, house: House, heard: Heard, now: datetime) -> Person:
    """Somebody who only wrote in a group has not started the bot: they cannot be written to and are not remembered."""
    sender = heard.sender
    locale = house.locale_for(sender.language)
    if heard.is_private:
        return people.meet(tx, sender.id, sender.first_name, sender.username, locale, now)
    known = people.find(tx, sender.id)
    return known or Person(sender.id, sender.first_name, sender.username, locale, subscribed=False, reachable=False)


def set_aside(tx: Tx, house: House, update_id: int, now: datetime) -> bool:
    """Count a failure; True when the update is set aside now and the owners are told."""
    if not inbox.failed(tx, update_id):
        return False
    nobody = Person(PersonId(0), "", "", house.settings.locale, subscribed=False, reachable=False)
    turn = Turn(tx, house, now, f"x{update_id}", nobody, 0)
    try:
        with tx.attempt():
            turn.tell_sellers(UpdateSetAside(update_id), key=f"aside:{update_id}", right=Right.TEAM)
    except Exception as error:
        # Whatever is wrong with the telling must not keep what is behind the update waiting.
        log.error("the owner cannot be told of an update that was set aside", where=where(error))
    return True


# --- where it was said -------------------------------------------------------------------------------------------


def _in_group(turn: Turn, what: object, answer: Message) -> None:
    """product 11: a group where a private chat was meant. Talk between members, and commands that are another bot's,
    are none of our business; a press is answered to who pressed, not to everybody."""
    match what:
        case Command(name=name, to=to) if name in commands.COMMANDS and to in ("", turn.house.username.casefold()):
            turn.say(answer, ((LinkButton(Label("open_private"), turn.house.deep_link(front.HELLO)),),))
        case Press():
            turn.toast(answer)


def _in_private(turn: Turn, heard: Heard, update_id: int) -> None:
    match heard.what:
        case Command(name=name, argument=argument):
            _command(turn, name, argument)
        case Press(data=data):
            _press(turn, data)
        case Edited():
            conversation.answer(turn, EditedNotRead())
        case Reachable(is_reachable=False):
            people.mark_unreachable(turn.tx, turn.person.id)
        case Reachable():
            pass
        case SentFile() as file:
            _file(turn, file, heard, update_id)
        case Typed() as typed:
            _typed(turn, typed)
        case SharedContact() | SentVideo() | Other() as word:
            if not conversation.hear(turn, word):
                turn.say(NotUsefulHere(_kind(word)))


def _kind(word: Word) -> NotUsefulHere.Kind:
    match word:
        case SharedContact():
            return "contact"
        case SentVideo():
            return "video"
        case Other(kind="sticker" | "voice" | "video" | "location" | "poll" | "dice" as kind):
            return kind
        case _:
            return "other"


# --- what was said -----------------------------------------------------------------------------------------------


def _command(turn: Turn, name: str, argument: str) -> None:
    command = commands.COMMANDS.get(name)
    if command is None:
        conversation.answer(turn, UnknownCommand())
    elif not turn.may(command.right):
        _refuse(turn, f"/{name}")
    else:
        command.do(turn, argument)


def _refuse(turn: Turn, what: str) -> None:
    """product 1: a polite refusal, and a line in the audit log."""
    people.note_action(turn.tx, turn.person.id, what, "", allowed=False, now=turn.now)
    turn.toast(conversation.refusal(turn))
    conversation.show_again(turn)


def _press(turn: Turn, data: str) -> None:
    kind, _, rest = data.partition(":")
    revision, _, value = rest.partition(":")
    is_ours = len(data.encode()) <= MAX_CALLBACK_BYTES
    if is_ours and kind == "s" and revision.isdecimal() and len(revision) < 19:
        conversation.press(turn, int(revision), value)
    elif not is_ours or kind != "a" or not _act(turn, rest):
        conversation.old_button(turn)


def _act(turn: Turn, data: str) -> bool:
    """Do what a standing button says; False when there is no such button (any more)."""
    name, *arguments = data.split(":")
    action = commands.ACTIONS.get(name)
    if action is None or len(arguments) != action.arguments:
        return False
    if not turn.may(action.right):
        _refuse(turn, name)
        return True
    said = turn.said
    try:
        with turn.tx.attempt():
            action.do(turn, *arguments)
    except errors.NotAllowed:
        turn.unsay(said)
        _refuse(turn, name)
    except errors.Lost:
        # Another process was first; looked at again, the button says so itself.
        turn.unsay(said)
        action.do(turn, *arguments)
    return True


def _file(turn: Turn, file: SentFile, heard: Heard, update_id: int) -> None:
    """product 4: a proof is taken at any time, in any state, unless the screen asked for a picture. At the counter a
    file is one only when the seller has an order of their own to pay."""
    if sent_sheet.is_sheet(file) and _is_taken_as_sheet(turn, file):
        return
    step, _ = conversation.where(turn)
    at_the_counter = conversation.is_sellers(step) and not proof_work.owes(turn)
    if at_the_counter or conversation.wants(step, SentFile):
        conversation.hear(turn, file)
    elif proof_work.receive(turn, file, heard.about, update_id, heard.album):
        conversation.show_again(turn)


def _is_taken_as_sheet(turn: Turn, file: SentFile) -> bool:
    """A sheet is known by its header, whenever it comes, from those who may change what it is about."""
    outcome = (sheet_work.take(turn, file) or zone_sheet.take(turn, file)) if turn.may(Right.SELL) else None
    if outcome is not None:
        conversation.start(turn, outcome)
    return outcome is not None


def _typed(turn: Turn, typed: Typed) -> None:
    spoken = plain_label(typed.text)
    action = people.offered_action(turn.tx, turn.person.id, spoken) if spoken else None
    if action is not None and _means_a_button(turn, typed, spoken) and _act(turn, action.removeprefix("a:")):
        return
    if proof_work.names_order(spoken) and proof_work.assign_by_code(turn, typed.text):
        return
    if conversation.hear(turn, typed):
        return
    if action is not None and _act(turn, action.removeprefix("a:")):
        return
    if proof_work.assign_by_code(turn, typed.text):
        return
    if spoken in commands.SPOKEN:
        _command(turn, commands.SPOKEN[spoken], "")
        return
    turn.say(NotUnderstoodAtHome())


def _means_a_button(turn: Turn, typed: Typed, spoken: str) -> bool:
    """product 1: what was typed is the label of a standing button. While something is being asked it is meant when it
    is about one order ("Terima PO-7K3F") or was shown beside the screen, and is no button of the screen itself."""
    if spoken.isdecimal() or conversation.is_choice(turn, typed):
        return False
    return proof_work.names_order(spoken) or people.is_beside_screen(turn.tx, turn.person.id, spoken)
