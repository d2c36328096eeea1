"""The shop's terms, and a person's own data (product 9). Inside a turn's transaction."""

from __future__ import annotations

from bot import due_work, waiting_work
from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard
from conversations.effects import WriteTerms
from messages.catalog import Label
from messages.catalog.terms import AskErase, Erased, NotErased, NoTerms, Privacy, ShopTerms
from preorder.errors import AlreadyDone
from preorder.staff import Right
from storage import erasing, terms


def show_terms(turn: Turn) -> None:
    """/terms: as they stand; whoever sells may write the next version."""
    found = terms.now_valid(turn.tx)
    edit: Keyboard = ((ActionButton(Label("edit_terms"), "edit_terms"),),) if turn.may(Right.SELL) else ()
    turn.say(NoTerms() if found is None else ShopTerms(found.version, found.text, found.set_at), edit)


def write(turn: Turn, effect: WriteTerms) -> None:
    """The next version is valid from now on. Raises `AlreadyDone` when another seller wrote one meanwhile."""
    if not terms.write(turn.tx, effect.text, effect.after, turn.person.id, turn.now):
        raise AlreadyDone


def show_privacy(turn: Turn) -> None:
    """/privacy: what is kept, and the button to have it deleted."""
    birthday = (ActionButton(Label("birthday"), "birthday"),)
    turn.say(Privacy(due_work.KEPT.days), (birthday, (ActionButton(Label("erase_me"), "erase"),)))


def ask_erase(turn: Turn) -> None:
    sure = ActionButton(Label("erase_sure"), "erase_sure")
    turn.say(AskErase(), ((sure,), (ActionButton(Label("erase_not"), "erase_not"),)))


def keep(turn: Turn) -> None:
    turn.replace_screen(NotErased())


def erase(turn: Turn) -> None:
    """Delete the person's data; slots kept for them go to the next in line."""
    waiting_work.give_back_all(turn)
    running = erasing.erase(turn.tx, turn.person.id, turn.now)
    turn.person = turn.reader(turn.person.id)
    turn.replace_screen(Erased(tuple(running)))
