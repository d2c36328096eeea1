"""/texts: the shop words its own announcement, reminder and greeting (product 9): steps, verbs and their table. Pure.

In: the step, what was said, the snapshot with the shop's words. Out: the next step, or a sentence why a text cannot be
used. Nothing is kept before its preview was confirmed; our own words come back at one press.
"""

from __future__ import annotations

from typing import Final

from conversations.effects import Effect
from conversations.said import Back, Picked, Typed
from conversations.seller_reading import quoted
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog.selling_unclear import ChoiceUnclear, SellerLeft, TextUnclear
from messages.catalog.wordings import PlacesUnknown, TextKept, TextReset, TextTooLong
from preorder.staff import Right
from preorder.typed_text import visible
from preorder.values import dataclass
from preorder.wording import KINDS, LONGEST, Wording, WordingKind, WordingLocale, longest, names, unknown_places

WRITE: Final = "write"
RESET: Final = "reset"
OTHER: Final = "other"
SAVE: Final = "save"
LONGEST_MESSAGE: Final = 4096  # Telegram, code points after parsing


@dataclass(frozen=True)
class WriteWording(Effect, right=Right.SELL):
    """The shop's own words from now on."""

    wording: Wording


@dataclass(frozen=True)
class ResetWording(Effect, right=Right.SELL):
    """Our words again."""

    kind: WordingKind
    locale: WordingLocale


@dataclass(frozen=True)
class TextsList(Step, right=Right.SELL):
    pass


@dataclass(frozen=True)
class OfText(Step, right=Right.SELL):
    """Every step about one text in one language."""

    kind: WordingKind
    locale: WordingLocale


@dataclass(frozen=True)
class TextCard(OfText):
    pass


@dataclass(frozen=True)
class EnterText(OfText):
    pass


@dataclass(frozen=True)
class TextPreview(OfText):
    body: str


def begin_texts(_shop: Shop) -> Go[TextsList]:
    """/texts."""
    return Go(TextsList())


def pick_text(_at: TextsList, said: Picked, _shop: Shop) -> Go[TextCard] | Stay:
    kind = next((kind for kind in KINDS if kind == said.value), None)
    return Go(TextCard(kind, "id")) if kind else Stay(ChoiceUnclear(quoted(said.value)))


def texts_to_home(_at: TextsList, _said: Back, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(SellerLeft(),))


def pick_on_text(at: TextCard, said: Picked, shop: Shop) -> Go[EnterText] | Go[TextCard] | Stay:
    match said.value:
        case "write":
            return Go(EnterText(at.kind, at.locale))
        case "other":
            return Go(TextCard(at.kind, "en" if at.locale == "id" else "id"))
        case "reset" if shop.wording(at.kind, at.locale):
            return Go(TextCard(at.kind, at.locale), do=(ResetWording(at.kind, at.locale),), say=(TextReset(at.kind),))
        case _:
            return Stay(ChoiceUnclear(quoted(said.value)))


def text_to_list(_at: TextCard, _said: Back, _shop: Shop) -> Go[TextsList]:
    return Go(TextsList())


def enter_text(at: EnterText, said: Typed, _shop: Shop) -> Go[TextPreview] | Stay:
    body = visible(said.text).strip()
    if not any(c.isalnum() for c in body):
        return Stay(TextUnclear(quoted(body), "empty"))
    if len(body) > LONGEST:
        return Stay(TextUnclear(quoted(body), "too_long", len(body), LONGEST))
    if unknown := unknown_places(at.kind, at.locale, body):
        return Stay(PlacesUnknown(unknown, names(at.kind, at.locale)))
    length = longest(at.kind, body)
    if length > LONGEST_MESSAGE:
        return Stay(TextTooLong(length, LONGEST_MESSAGE))
    return Go(TextPreview(at.kind, at.locale, body))


def to_text(at: OfText, _said: Back, _shop: Shop) -> Go[TextCard]:
    return Go(TextCard(at.kind, at.locale))


def decide_text(at: TextPreview, said: Picked, _shop: Shop) -> Go[TextCard] | Stay:
    if said.value != SAVE:
        return Stay(ChoiceUnclear(quoted(said.value)))
    write = WriteWording(Wording(at.kind, at.locale, at.body))
    return Go(TextCard(at.kind, at.locale), do=(write,), say=(TextKept(at.kind),))


def preview_to_entry(at: TextPreview, _said: Back, _shop: Shop) -> Go[EnterText]:
    return Go(EnterText(at.kind, at.locale))
