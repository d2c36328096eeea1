"""Bring a person's word to the step they are on: decide, do, move, show (architecture, The conversation).

The decision is pure; here the snapshot is read, the effects are done in the same transaction, and when an effect finds
that something has changed (a slot gone, a batch closed) it is undone and the verb decides again on a fresh snapshot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Final

from bot import effects, snapshot
from bot.deciding import decide, refused
from bot.places import regions_of
from bot.screens import go, is_busy, is_sellers, keep_shown, not_for_this_step, prompt_of, stay, wants, where
from bot.turn import Turn
from conversations import codec
from conversations.buttons import BACK, CANCEL, Keyboard, plain_label, typed_value
from conversations.prompt import Prompt
from conversations.said import Back, Cancel, Picked, SharedContact, Typed, Word
from conversations.shop import Shop
from conversations.steps import READS_PLACES, Home
from conversations.table import Go, Outcome, Stay, Step
from messages.catalog import Message
from messages.catalog.ordering import GoOn, NothingToLeave
from messages.catalog.running import NotAllowed as NotAllowedSaid
from messages.catalog.running import OldButton
from messages.catalog.team import NotYourPart
from preorder.errors import Lost, NotAllowed
from storage import people

__all__ = [
    "answer",
    "cancel",
    "enter",
    "go_on",
    "hear",
    "is_busy",
    "is_choice",
    "is_sellers",
    "old_button",
    "press",
    "refusal",
    "show_again",
    "start",
    "wants",
    "where",
]

TRIES: Final = 3
BACK_WORDS: Final = frozenset({"kembali", "back", "balik", "sebelumnya"})
CANCEL_WORDS: Final = frozenset({"batal", "cancel", "keluar", "exit", "batalkan"})


def hear(turn: Turn, word: Word) -> bool:
    """Bring a word to the current step; False at home, where no step waits for one."""
    step, revision = where(turn)
    if isinstance(step, Home):
        return _is_withdrawn(turn)
    shop = snapshot.load(turn, step)
    if isinstance(word, Typed):
        word = _meant(turn, word, prompt_of(step, shop))
    if isinstance(word, Typed | SharedContact) and isinstance(step, READS_PLACES):
        shop = replace(shop, regions=regions_of(turn))
    _answer(turn, step, word, shop, revision)
    return True


def press(turn: Turn, revision: int, value: str) -> None:
    """A button of a screen."""
    step, current = where(turn)
    if isinstance(step, Home) and _is_withdrawn(turn):
        return
    if revision != current or isinstance(step, Home):
        old_button(turn)
        return
    shop = snapshot.load(turn, step)
    _answer(turn, step, _as_word(value), shop, current)


def old_button(turn: Turn) -> None:
    """product 1: a stale button, or one that was never there, says so and shows the current screen."""
    turn.toast(OldButton())
    show_again(turn)


def is_choice(turn: Turn, typed: Typed) -> bool:
    """Was a button of the current screen typed, or a way out of it?"""
    step, _ = where(turn)
    if isinstance(step, Home):
        return False
    return not isinstance(_meant(turn, typed, prompt_of(step, snapshot.load(turn, step))), Typed)


def _as_word(value: str) -> Word:
    return Back() if value == BACK else Cancel() if value == CANCEL else Picked(value)


def _meant(turn: Turn, said: Typed, prompt: Prompt | None) -> Word:
    """product 1: typing a button's label or its number does what pressing it does."""
    if prompt is not None:
        labels = [turn.house.words.label_in_all(button.label) for button in prompt.buttons]
        value = typed_value(said.text, prompt.buttons, labels, by_number=not prompt.numbers_are_answers)
        if value is not None:
            return _as_word(value)
    bare = plain_label(said.text)
    if bare in BACK_WORDS:
        return Back()
    return Cancel() if bare in CANCEL_WORDS else said


def _answer(turn: Turn, step: Step, word: Word, shop: Shop, revision: int) -> None:
    outcome = decide(turn, step, word, shop)
    if outcome is None:
        not_for_this_step(turn, step, word, shop, revision)
        return
    for _ in range(TRIES):
        if isinstance(outcome, Stay):
            break
        try:
            # Most steps only move on: they need nothing that could be undone.
            with turn.tx.attempt() if outcome.do else nullcontext():
                said_before = turn.said
                turn.demand(outcome.to.right)
                for effect in outcome.do:
                    effects.perform(turn, effect)
            go(turn, step, outcome, revision, shop)
            return
        except NotAllowed:
            turn.unsay(said_before)
            # Noted here: what the effect itself wrote is undone.
            _refuse(turn, step, revision)
            return
        except Lost as lost:
            turn.unsay(said_before)
            shop = snapshot.load(turn, step)
            again = decide(turn, step, word, shop)
            outcome = again if again is not None and again != outcome else refused(turn, lost, step)
    if isinstance(outcome, Stay):
        stay(turn, step, outcome, revision, shop)
    else:
        go(turn, step, replace(outcome, do=()), revision)


def _is_withdrawn(turn: Turn) -> bool:
    """product 1: whoever lost the right to the screen they are on is told so, once, and stands at home; what they said
    does nothing."""
    session = people.session_of(turn.tx, turn.person.id)
    step = codec.from_text(session.step)
    if step is None or turn.may(step.right):
        return False
    _refuse(turn, step, session.revision)
    return True


def _refuse(turn: Turn, step: Step, revision: int) -> None:
    """A polite refusal, a line in the audit log, and nothing of what was asked."""
    people.note_action(turn.tx, turn.person.id, type(step).__name__, "", allowed=False, now=turn.now)
    go(turn, step, Go(Home(), say=(refusal(turn),)), revision)


def refusal(turn: Turn) -> Message:
    """To whom may not do this, in the words for who they are."""
    return NotAllowedSaid() if turn.role is None else NotYourPart(turn.role)


def show_again(turn: Turn, *say: Message) -> bool:
    """The current screen as a new message; False at home."""
    step, revision = where(turn)
    if isinstance(step, Home):
        return False
    shop = snapshot.load(turn, step)
    prompt = prompt_of(step, shop)
    if prompt is None:
        # The batch of a half-finished order is closed, or the batch of a seller's screen is gone.
        go(turn, step, decide(turn, step, Back(), snapshot.load(turn, step)) or Go(Home()), revision)  # type: ignore[arg-type]
        return True
    turn.show(prompt, keep_shown(turn, step, revision, shop), above=say, in_place=False)
    return True


def answer(turn: Turn, message: Message, keyboard: Keyboard = ()) -> None:
    """One sentence; together with the current screen where there is one, else with this keyboard."""
    if not show_again(turn, message):
        turn.say(message, keyboard)


# --- entering ----------------------------------------------------------------------------------------------------


def enter(turn: Turn, begin: Callable[[Shop], Outcome]) -> None:
    """A seller's command begins its conversation."""
    start(turn, begin(snapshot.load(turn, at_the_counter=True)))


def start(turn: Turn, outcome: Outcome) -> None:
    """Begin a conversation where a verb says, in a new message. Raises `NotAllowed` when it is not for this person."""
    step, revision = where(turn)
    if isinstance(outcome, Stay):
        turn.say(outcome.why)
        return
    turn.demand(outcome.to.right)
    in_place, turn.press = turn.press, None
    go(turn, step, outcome, revision)
    turn.press = in_place


def cancel(turn: Turn) -> None:
    """/cancel leaves whatever is being asked."""
    if not hear(turn, Cancel()):
        turn.say(NothingToLeave(turn.is_staff))


def go_on(turn: Turn, also: Sequence[Message] = ()) -> bool:
    """Show the unfinished screen again, with a word that we go on; False when there is none."""
    return show_again(turn, *also, GoOn())
