"""/broadcast: whom, what, a look at it, and one confirm (product 7).

Steps, verbs and screens. In: the step, what was said, the snapshot. Out: the next step, at the end with the effect.
What was entered travels in the draft; changing one answer keeps the other. Pure.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from conversations.buttons import ActionButton, Button, Keyboard
from conversations.effects import StartBroadcast
from conversations.prompt import WAY_OUT, Prompt, in_rows, one_a_row
from conversations.said import Back, Picked, SentFile, Typed
from conversations.seller_reading import quoted
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog import Label, Message, Plain
from messages.catalog.broadcasting import (
    AskAudience,
    AskBroadcastWords,
    AskCity,
    AskWhichAudience,
    BroadcastBegun,
    BroadcastReviewed,
    NobodyThere,
    OwnWords,
    WordsTooLong,
    WordsWanted,
)
from messages.catalog.selling_unclear import ChoiceUnclear, SellerHint, SellerLeft
from preorder.audience import SEGMENTS, WITH_SUBJECT, Segment, SegmentKind
from preorder.staff import Right
from preorder.values import dataclass

SEND: Final = "send"
AUDIENCE: Final = "audience"
WORDS: Final = "words"
LONGEST_TEXT: Final = 4096  # Telegram's limits, in characters
LONGEST_CAPTION: Final = 1024
LONGEST_CITY: Final = 40
STOP_NEWS: Final[Keyboard] = ((ActionButton(Label("unsubscribe"), "unsubscribe"),),)


@dataclass(frozen=True)
class BroadcastDraft:
    """A broadcast being put together. `id` makes starting it twice harmless; `photo` is a Telegram file_id or empty."""

    id: str
    segment: Segment = Segment("everyone")
    words: str = ""
    photo: str = ""

    @property
    def is_written(self) -> bool:
        return bool(self.words or self.photo)


@dataclass(frozen=True)
class Broadcasting(Step, right=Right.SELL):
    """Every step of /broadcast. `changing` is True when one answer is changed from the review."""

    draft: BroadcastDraft
    changing: bool = False


@dataclass(frozen=True)
class BroadcastAudience(Broadcasting):
    pass


@dataclass(frozen=True)
class BroadcastWhich(Broadcasting):
    """Which batch or product? The draft's segment says of what kind."""


@dataclass(frozen=True)
class BroadcastCity(Broadcasting):
    pass


@dataclass(frozen=True)
class BroadcastWords(Broadcasting):
    pass


@dataclass(frozen=True)
class BroadcastReview(Broadcasting):
    """The message as it will be read, how many it is for, and one confirm."""


def begin_broadcast(shop: Shop) -> Go[BroadcastAudience]:
    """/broadcast."""
    return Go(BroadcastAudience(BroadcastDraft(shop.fresh)))


# --- whom --------------------------------------------------------------------------------------------------------


def pick_audience(
    at: BroadcastAudience, said: Picked, _shop: Shop
) -> Go[BroadcastWhich] | Go[BroadcastCity] | Go[BroadcastWords] | Go[BroadcastReview] | Stay:
    kind = next((one for one in SEGMENTS if one == said.value), None)
    if kind is None:
        return Stay(ChoiceUnclear(quoted(said.value)))
    draft = replace(at.draft, segment=Segment(kind))
    if kind == "city":
        return Go(BroadcastCity(draft, at.changing))
    return Go(BroadcastWhich(draft, at.changing)) if kind in WITH_SUBJECT else _after_audience(draft, at.changing)


def _after_audience(draft: BroadcastDraft, changing: bool) -> Go[BroadcastWords] | Go[BroadcastReview]:
    return Go(BroadcastReview(draft)) if changing else Go(BroadcastWords(draft))


def audience_to_home(at: BroadcastAudience, _said: Back, _shop: Shop) -> Go[Home] | Go[BroadcastReview]:
    return Go(BroadcastReview(at.draft)) if at.changing else Go(Home(), say=(SellerLeft(),))


def subjects(kind: SegmentKind, shop: Shop) -> tuple[tuple[str, str], ...]:
    """(id, name) of what can be chosen."""
    if kind == "interest":
        return tuple((product.id, product.name) for product in shop.products)
    return tuple((batch.id, batch.title) for batch in shop.batches if batch.state != "scheduled")


def pick_which(at: BroadcastWhich, said: Picked, shop: Shop) -> Go[BroadcastWords] | Go[BroadcastReview] | Stay:
    kind = at.draft.segment.kind
    name = dict(subjects(kind, shop)).get(said.value)
    if name is None:
        return Stay(ChoiceUnclear(quoted(said.value)))
    return _after_audience(replace(at.draft, segment=Segment(kind, said.value, name)), at.changing)


def type_city(at: BroadcastCity, said: Typed, _shop: Shop) -> Go[BroadcastWords] | Go[BroadcastReview] | Stay:
    name = " ".join(said.text.split())
    if not name or len(name) > LONGEST_CITY:
        return Stay(AskCity(), redraw=False)
    return _after_audience(replace(at.draft, segment=Segment("city", name.casefold(), name)), at.changing)


def to_audience(at: Broadcasting, _said: Back, _shop: Shop) -> Go[BroadcastAudience]:
    return Go(BroadcastAudience(at.draft, at.changing))


# --- what --------------------------------------------------------------------------------------------------------


def type_words(at: BroadcastWords, said: Typed, _shop: Shop) -> Go[BroadcastReview] | Stay:
    return _written(at.draft, said.text.strip(), "")


def send_photo(at: BroadcastWords, said: SentFile, _shop: Shop) -> Go[BroadcastReview] | Stay:
    if said.kind != "photo":
        return Stay(WordsWanted())
    return _written(at.draft, said.caption.strip(), said.file_id)


def keep_words(at: BroadcastWords, said: Picked, _shop: Shop) -> Go[BroadcastReview] | Stay:
    """What was written before stays."""
    is_kept = said.value == WORDS and at.draft.is_written
    return Go(BroadcastReview(at.draft)) if is_kept else Stay(WordsWanted())


def _written(draft: BroadcastDraft, words: str, photo: str) -> Go[BroadcastReview] | Stay:
    most = LONGEST_CAPTION if photo else LONGEST_TEXT
    if len(words) > most:
        return Stay(WordsTooLong(len(words), most, bool(photo)))
    if not words and not photo:
        return Stay(WordsWanted())
    return Go(BroadcastReview(replace(draft, words=words, photo=photo)))


def words_to_audience(at: BroadcastWords, _said: Back, _shop: Shop) -> Go[BroadcastAudience] | Go[BroadcastReview]:
    return Go(BroadcastReview(at.draft)) if at.changing else Go(BroadcastAudience(at.draft))


# --- and off -----------------------------------------------------------------------------------------------------


def decide_broadcast(
    at: BroadcastReview, said: Picked, shop: Shop
) -> Go[Home] | Go[BroadcastAudience] | Go[BroadcastWords] | Stay:
    draft, audience = at.draft, shop.audience
    match said.value:
        case "audience":
            return Go(BroadcastAudience(draft, changing=True))
        case "words":
            return Go(BroadcastWords(draft, changing=True))
        case "send" if audience is not None and audience.count:
            start = StartBroadcast(draft.id, draft.segment, draft.words, draft.photo)
            return Go(Home(), do=(start,), say=(BroadcastBegun(audience.count, audience.starts_at),))
        case "send":
            return Stay(NobodyThere(), redraw=False)
        case _:
            return Stay(ChoiceUnclear(quoted(said.value)), redraw=False)


def review_to_words(at: BroadcastReview, _said: Back, _shop: Shop) -> Go[BroadcastWords]:
    return Go(BroadcastWords(at.draft))


# --- screens -----------------------------------------------------------------------------------------------------


def broadcast_prompt(step: Step, shop: Shop) -> Prompt | None:
    """The screen of a step of /broadcast; None for another's."""
    match step:
        case BroadcastAudience():
            kinds = [Button(Label(f"segment_{kind}"), kind, choice=True) for kind in SEGMENTS]
            return Prompt(AskAudience(), (*in_rows(kinds, 2), *WAY_OUT))
        case BroadcastWhich():
            return _which(step.draft.segment.kind, shop)
        case BroadcastCity():
            return Prompt(AskCity(), WAY_OUT, numbers_are_answers=True)
        case BroadcastWords():
            kept: Keyboard = ((Button(Label("keep_words"), WORDS),),) if step.draft.is_written else ()
            return Prompt(AskBroadcastWords(step.draft.segment), (*kept, *WAY_OUT), numbers_are_answers=True)
        case BroadcastReview():
            return _review(step.draft, shop)
        case _:
            return None


def _which(kind: SegmentKind, shop: Shop) -> Prompt:
    buttons = [Button(Plain(name), key, choice=True) for key, name in subjects(kind, shop)]
    asked: Literal["batch", "interest", "waiting"] = "batch"
    if kind == "interest" or kind == "waiting":
        asked = kind
    return Prompt(AskWhichAudience(asked, not buttons), (*one_a_row(buttons), *WAY_OUT))


def _review(draft: BroadcastDraft, shop: Shop) -> Prompt:
    before = Prompt(OwnWords(draft.words), STOP_NEWS, draft.photo)
    audience = shop.audience
    message: Message = NobodyThere()
    buttons = [Button(Label("change_audience"), AUDIENCE), Button(Label("change_words"), WORDS)]
    if audience is not None and audience.count:
        message = BroadcastReviewed(
            draft.segment, audience.count, audience.left_out, audience.lasts, audience.starts_at
        )
        buttons.insert(0, Button(Label("send_broadcast"), SEND))
    return Prompt(message, (*one_a_row(buttons), *WAY_OUT), before=before)


BROADCAST_HINTS: Final[dict[type[Step], Message]] = {
    BroadcastAudience: SellerHint("button"),
    BroadcastWhich: SellerHint("button"),
    BroadcastCity: SellerHint("text"),
    BroadcastWords: WordsWanted(),
    BroadcastReview: SellerHint("button"),
}
