"""Where a person stands, and the screen of that step (architecture, The conversation).

The step and the revision of its buttons are read from the session, written back when a person moves, and shown. Each
function runs in the turn's transaction. What a word leads to is decided elsewhere (`bot.deciding`).
"""

from __future__ import annotations

from bot import late_work, markup, snapshot
from bot.turn import Turn
from conversations import codec
from conversations.flow import FLOW
from conversations.prompt import Prompt
from conversations.prompts import BUYER_HINTS, buyer_prompt
from conversations.review_flow import as_shown
from conversations.said import Back, Other, SentFile, SentVideo, SharedContact, Word
from conversations.seller_flow import SELLER_FLOW
from conversations.seller_prompts import SELLER_HINTS, seller_prompt
from conversations.shop import Shop
from conversations.steps import CompleteAddress, Home, Review
from conversations.table import Go, Stay, Step
from messages.catalog import Message
from messages.catalog.ordering import NotAChoice
from messages.catalog.running import Noted, NotUsefulHere, StartedOver
from storage import people
from storage.people import Session


def where(turn: Turn) -> tuple[Step, int]:
    """The step a person is on and the revision of its buttons; an unreadable old step starts over, politely."""
    session = people.session_of(turn.tx, turn.person.id)
    step = codec.from_text(session.step)
    if step is None:
        if session.step:
            move(turn, Home(), session.revision)
            turn.say(StartedOver())
            return Home(), session.revision + 1
        return Home(), session.revision
    if not turn.may(step.right):
        return Home(), session.revision  # not on the staff any more, or in another role
    return step, session.revision


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


def prompt_of(step: Step, shop: Shop) -> Prompt | None:
    """The screen of a step; None at home."""
    return seller_prompt(step, shop) if type(step) in SELLER_FLOW else buyer_prompt(step, shop)


# --- moving and showing ------------------------------------------------------------------------------------------


def move(turn: Turn, step: Step, revision: int) -> int:
    people.put_session(turn.tx, turn.person.id, Session(revision + 1, codec.to_text(step)), turn.now)
    return revision + 1


def keep_shown(turn: Turn, step: Step, revision: int, shop: Shop) -> int:
    """The same step is shown anew; when its screen promises something else now, the buttons of the old one are old."""
    now_shown = as_shown(step, shop)
    return revision if now_shown == step else move(turn, now_shown, revision)


def go(turn: Turn, before: Step, outcome: Go[Step], revision: int, seen: Shop | None = None) -> None:
    """Move and show. `seen` is the snapshot that was decided on, still true for a buyer where nothing was done."""
    # The same screen with other ticks: a second tap that was on its way is still meant for it.
    # But a second confirm is not meant for a review that says something new.
    is_same_screen = type(outcome.to) is type(before) and not outcome.do and not isinstance(before, Review)
    if outcome.is_quiet and is_same_screen:
        move(turn, outcome.to, revision - 1)
        return
    is_still_true = not outcome.do and not is_sellers(before) and not is_sellers(outcome.to)
    # What sending costs is read for one address: a new one needs a new look.
    is_still_true = is_still_true and not (isinstance(outcome.to, Review) and seen and seen.shipping.way == "zones")
    shop = seen if seen is not None and is_still_true else snapshot.load(turn, outcome.to)
    revision = move(turn, as_shown(outcome.to, shop), revision - is_same_screen)
    prompt = prompt_of(outcome.to, shop)
    _clear_keys(turn, before, shop, prompt)
    if prompt is not None:
        turn.show(prompt, revision, above=outcome.say)
    elif outcome.say:
        first, *rest = outcome.say
        turn.replace_screen(*late_work.parting(turn, before, first))
        for message in rest:
            turn.say(message)


def _clear_keys(turn: Turn, before: Step, shop: Shop, after: Prompt | None) -> None:
    """Keys below the chat go when the step that needed them is over; only a missing phone is asked with such."""
    old = prompt_of(before, shop) if isinstance(before, CompleteAddress) else None
    were_below = old is not None and markup.is_below_chat(old.keyboard)
    are_below = after is not None and markup.is_below_chat(after.keyboard)
    if were_below and not are_below:
        turn.clear_keys(Noted())


def stay(turn: Turn, step: Step, outcome: Stay, revision: int, shop: Shop) -> None:
    prompt = prompt_of(step, shop)
    if prompt is None or not outcome.redraw:
        turn.say(outcome.why)
        return
    turn.show(prompt, keep_shown(turn, step, revision, shop), above=(outcome.why,))


def not_for_this_step(turn: Turn, step: Step, word: Word, shop: Shop, revision: int) -> None:
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
        shown = keep_shown(turn, step, revision, shop)
        turn.show(prompt, shown, above=(hint,) if hint is not None else ())
