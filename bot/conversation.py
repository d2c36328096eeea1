"""Bring a person's word to the step they are on: decide, do, move, show (architecture, The conversation).

The decision is pure; here the snapshot is read, the effects are done in the same transaction, and when an effect finds
that something has changed (a slot gone, a batch closed) it is undone and the verb decides again on a fresh snapshot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Final

from bot import effects, markup, minimum_work, proof_work, refund_work, snapshot
from bot.places import regions_of
from bot.turn import Turn
from conversations import codec
from conversations.buttons import BACK, CANCEL, Keyboard, plain_label, typed_value
from conversations.flow import FLOW
from conversations.prompt import Prompt
from conversations.prompts import BUYER_HINTS, buyer_prompt
from conversations.review_flow import as_shown
from conversations.said import Back, Cancel, Other, Picked, SentFile, SentVideo, SharedContact, Typed, Word
from conversations.seller_flow import SELLER_FLOW
from conversations.seller_flow import begin_other_amount as other_amount
from conversations.seller_flow import begin_reject as rejection
from conversations.seller_minimum import DecidingBatch
from conversations.seller_prompts import SELLER_HINTS, seller_prompt
from conversations.seller_refunds import SettlingRefund
from conversations.seller_steps import JudgingProof
from conversations.shop import Shop
from conversations.steps import READS_PLACES, CompleteAddress, Home, Ordering, Review
from conversations.table import Go, Outcome, Stay, Step
from messages.catalog import Message
from messages.catalog.changing import ChangeTooLate, OrderNotChangeable
from messages.catalog.ordering import (
    BatchHasClosed,
    GoOn,
    NotAChoice,
    NothingToLeave,
    PricesChanged,
    QuantityOverMaximum,
    QuantityOverSlots,
)
from messages.catalog.paying import PaidSinceProof
from messages.catalog.running import NotAllowed as NotAllowedSaid
from messages.catalog.running import Noted, NotUsefulHere, OldButton, StartedOver
from messages.catalog.selling_work import BatchGone
from messages.catalog.team import NotYourPart
from preorder.errors import (
    AlreadyDone,
    BatchNotOpen,
    Lost,
    NotAllowed,
    OrderMoved,
    OverMaximum,
    PriceChanged,
    SlotsGone,
    TierGone,
)
from storage import batches, people
from storage.people import Session

TRIES: Final = 3
BACK_WORDS: Final = frozenset({"kembali", "back", "balik", "sebelumnya"})
CANCEL_WORDS: Final = frozenset({"batal", "cancel", "keluar", "exit", "batalkan"})


def where(turn: Turn) -> tuple[Step, int]:
    """The step a person is on and the revision of its buttons; an unreadable old step starts over, politely."""
    session = people.session_of(turn.tx, turn.person.id)
    step = codec.from_text(session.step)
    if step is None:
        if session.step:
            _move(turn, Home(), session.revision)
            turn.say(StartedOver())
            return Home(), session.revision + 1
        return Home(), session.revision
    if not turn.may(step.right):
        return Home(), session.revision  # not on the staff any more, or in another role
    return step, session.revision


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
    _go(turn, step, Go(Home(), say=(refusal(turn),)), revision)


def refusal(turn: Turn) -> Message:
    """To whom may not do this, in the words for who they are."""
    return NotAllowedSaid() if turn.role is None else NotYourPart(turn.role)


def prompt_of(step: Step, shop: Shop) -> Prompt | None:
    """The screen of a step; None at home."""
    return seller_prompt(step, shop) if type(step) in SELLER_FLOW else buyer_prompt(step, shop)


def is_busy(turn: Turn) -> bool:
    """Is this person being asked something?"""
    return not isinstance(where(turn)[0], Home)


def is_sellers(step: Step) -> bool:
    """Does this step belong to the seller's conversations?"""
    return type(step) in SELLER_FLOW


def wants(step: Step, word: type[Word]) -> bool:
    """Does this step have a use for such a word?"""
    table = SELLER_FLOW if type(step) in SELLER_FLOW else FLOW
    return word in table[type(step)]


# --- words -------------------------------------------------------------------------------------------------------


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


def is_choice(turn: Turn, typed: Typed) -> bool:
    """Was a button of the current screen typed, or a way out of it?"""
    step, _ = where(turn)
    if isinstance(step, Home):
        return False
    return not isinstance(_meant(turn, typed, prompt_of(step, snapshot.load(turn, step))), Typed)


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
    outcome = _decide(turn, step, word, shop)
    if outcome is None:
        _not_for_this_step(turn, step, word, shop, revision)
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
            _go(turn, step, outcome, revision, shop)
            return
        except NotAllowed:
            turn.unsay(said_before)
            # Noted here: what the effect itself wrote is undone.
            _refuse(turn, step, revision)
            return
        except Lost as lost:
            turn.unsay(said_before)
            shop = snapshot.load(turn, step)
            again = _decide(turn, step, word, shop)
            outcome = again if again is not None and again != outcome else _lost(turn, lost, step)
    if isinstance(outcome, Stay):
        _stay(turn, step, outcome, revision, shop)
    else:
        _go(turn, step, replace(outcome, do=()), revision)


def _decide(turn: Turn, step: Step, word: Word, shop: Shop) -> Outcome | None:
    """The verb's outcome; None when the step does not know the word. product 4: whatever a buyer had on the screen, a
    batch that has closed takes no order."""
    if isinstance(step, Ordering) and not isinstance(word, Cancel) and shop.open_batch(step.draft.batch_id) is None:
        batch = batches.find(turn.tx, step.draft.batch_id)
        title = batch.title if batch is not None else ""
        if step.draft.changing is not None:
            return Go(Home(), say=(ChangeTooLate(step.draft.changing.code, title),))
        return Go(Home(), say=(BatchHasClosed(title),))
    table = SELLER_FLOW if type(step) in SELLER_FLOW else FLOW
    verb = table[type(step)].get(type(word))
    return None if verb is None else verb(step, word, shop)


def _lost(turn: Turn, lost: Lost, step: Step) -> Outcome:
    """What to say when the commit refused and the verb still sees no reason."""
    match lost:
        case BatchNotOpen():
            return Go(Home(), say=(BatchHasClosed(""),))
        case SlotsGone(left=left):
            return Stay(QuantityOverSlots(left))
        case OverMaximum(maximum=maximum):
            return Stay(QuantityOverMaximum(0, maximum))
        case OrderMoved() if isinstance(step, Ordering) and step.draft.changing is not None:
            return Go(Home(), say=(OrderNotChangeable(step.draft.changing.code),))
        case PriceChanged() | TierGone():
            return Stay(PricesChanged())
        case AlreadyDone():
            return Go(Home(), say=(_was_done(turn, step),))
        case _:
            return Stay(NotAChoice())


def _was_done(turn: Turn, step: Step) -> Message:
    """Somebody was first: with a proof it is said who and how."""
    if isinstance(step, DecidingBatch):
        return minimum_work.decided(turn, step.batch_id)
    if isinstance(step, SettlingRefund):
        return refund_work.gone(turn, step.refund_id)
    judged = proof_work.judged_before(turn, step.payment_id) if isinstance(step, JudgingProof) else None
    return judged or BatchGone()


# --- moving and showing ------------------------------------------------------------------------------------------


def _move(turn: Turn, step: Step, revision: int) -> int:
    people.put_session(turn.tx, turn.person.id, Session(revision + 1, codec.to_text(step)), turn.now)
    return revision + 1


def _keep_shown(turn: Turn, step: Step, revision: int, shop: Shop) -> int:
    """The same step is shown anew; when its screen promises something else now, the buttons of the old one are old."""
    now_shown = as_shown(step, shop)
    return revision if now_shown == step else _move(turn, now_shown, revision)


def _go(turn: Turn, before: Step, outcome: Go[Step], revision: int, seen: Shop | None = None) -> None:
    """Move and show. `seen` is the snapshot that was decided on, still true for a buyer where nothing was done."""
    # The same screen with other ticks: a second tap that was on its way is still meant for it.
    # But a second confirm is not meant for a review that says something new.
    is_same_screen = type(outcome.to) is type(before) and not outcome.do and not isinstance(before, Review)
    if outcome.is_quiet and is_same_screen:
        _move(turn, outcome.to, revision - 1)
        return
    is_still_true = not outcome.do and not is_sellers(before) and not is_sellers(outcome.to)
    # What sending costs is read for one address: a new one needs a new look.
    is_still_true = is_still_true and not (isinstance(outcome.to, Review) and seen and seen.shipping.way == "zones")
    shop = seen if seen is not None and is_still_true else snapshot.load(turn, outcome.to)
    revision = _move(turn, as_shown(outcome.to, shop), revision - is_same_screen)
    prompt = prompt_of(outcome.to, shop)
    _clear_keys(turn, before, shop, prompt)
    if prompt is not None:
        turn.show(prompt, revision, above=outcome.say)
    elif outcome.say:
        first, *rest = outcome.say
        turn.replace_screen(first)
        for message in rest:
            turn.say(message)


def _clear_keys(turn: Turn, before: Step, shop: Shop, after: Prompt | None) -> None:
    """Keys below the chat go when the step that needed them is over; only a missing phone is asked with such."""
    old = prompt_of(before, shop) if isinstance(before, CompleteAddress) else None
    were_below = old is not None and markup.is_below_chat(old.keyboard)
    are_below = after is not None and markup.is_below_chat(after.keyboard)
    if were_below and not are_below:
        turn.clear_keys(Noted())


def _stay(turn: Turn, step: Step, outcome: Stay, revision: int, shop: Shop) -> None:
    prompt = prompt_of(step, shop)
    if prompt is None or not outcome.redraw:
        turn.say(outcome.why)
        return
    turn.show(prompt, _keep_shown(turn, step, revision, shop), above=(outcome.why,))


def _not_for_this_step(turn: Turn, step: Step, word: Word, shop: Shop, revision: int) -> None:
    """product 11: one clear sentence, and the screen again; nothing entered is lost."""
    hint: Message | None
    match word:
        case Other(kind=kind):
            useful = {"album": "other", "empty": "other"}
            hint = NotUsefulHere(useful.get(kind, kind))  # type: ignore[arg-type]  # the two that differ are replaced
        case SentVideo():
            hint = NotUsefulHere("video")
        case SentFile():
            hint = NotUsefulHere("file")
        case SharedContact():
            hint = NotUsefulHere("contact")
        case Back():
            hint = None
        case _:
            hint = {**BUYER_HINTS, **SELLER_HINTS}.get(type(step), NotAChoice())
    prompt = prompt_of(step, shop)
    if prompt is None:
        turn.say(hint or NotAChoice())
    else:
        shown = _keep_shown(turn, step, revision, shop)
        turn.show(prompt, shown, above=(hint,) if hint is not None else ())


def show_again(turn: Turn, *say: Message) -> bool:
    """The current screen as a new message; False at home."""
    step, revision = where(turn)
    if isinstance(step, Home):
        return False
    shop = snapshot.load(turn, step)
    prompt = prompt_of(step, shop)
    if prompt is None:
        # The batch of a half-finished order is closed, or the batch of a seller's screen is gone.
        _go(turn, step, _decide(turn, step, Back(), snapshot.load(turn, step)) or Go(Home()), revision)  # type: ignore[arg-type]
        return True
    turn.show(prompt, _keep_shown(turn, step, revision, shop), above=say, in_place=False)
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
    _go(turn, step, outcome, revision)
    turn.press = in_place


def cancel(turn: Turn) -> None:
    """/cancel leaves whatever is being asked."""
    if not hear(turn, Cancel()):
        turn.say(NothingToLeave())


def go_on(turn: Turn, also: Sequence[Message] = ()) -> bool:
    """Show the unfinished screen again, with a word that we go on; False when there is none."""
    return show_again(turn, *also, GoOn())


def press_confirm(turn: Turn, payment_id: str) -> None:
    """The expected amount arrived. When money was confirmed since the proof came, it may be a second picture of the
    same transfer: then one press books nothing, and what arrived is asked."""
    found = proof_work.judgeable(turn, payment_id)
    if found is None:
        return
    payment, order = found
    if proof_work.paid_since(turn, payment):
        start(turn, replace(other_amount(payment.id, order.code), say=(PaidSinceProof(order.code, order.paid),)))
    else:
        proof_work.press_confirm(turn, payment_id)


def begin_reject(turn: Turn, payment_id: str) -> None:
    found = proof_work.judgeable(turn, payment_id)
    if found is not None:
        payment, order = found
        start(turn, rejection(payment.id, order.code))


def begin_other_amount(turn: Turn, payment_id: str) -> None:
    found = proof_work.judgeable(turn, payment_id)
    if found is not None:
        payment, order = found
        start(turn, other_amount(payment.id, order.code))
