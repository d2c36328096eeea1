"""/terms for a seller: writing the next version of the shop's terms, seen as buyers read it first (product 9).

Steps, verbs and screens. Pure.
"""

from __future__ import annotations

from typing import Final

from conversations.buttons import Button
from conversations.effects import WriteTerms
from conversations.prompt import WAY_OUT, Prompt
from conversations.said import Back, Picked, Typed
from conversations.seller_reading import read_text
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog import Label, Message
from messages.catalog.selling_unclear import ChoiceUnclear, SellerHint
from messages.catalog.terms import AskTerms, TermsPreviewed, TermsWritten
from preorder.staff import Right
from preorder.values import dataclass

LONGEST: Final = 3_000  # characters: a message holds 4,096 with everything around it
SAVE: Final = "save"


@dataclass(frozen=True)
class EnterTerms(Step, right=Right.SELL):
    """What shall the terms be? `version` and `text` are those that are valid now."""

    version: int
    text: str


@dataclass(frozen=True)
class ConfirmTerms(Step, right=Right.SELL):
    """The next version on the screen; `before` is the text it takes the place of."""

    version: int
    before: str
    text: str


def begin_terms(version: int, text: str) -> Go[EnterTerms]:
    """The button under /terms."""
    return Go(EnterTerms(version, text))


def enter_terms(at: EnterTerms, said: Typed, _shop: Shop) -> Go[ConfirmTerms] | Stay:
    text = read_text(said.text, LONGEST, one_line=False)
    return text if isinstance(text, Stay) else Go(ConfirmTerms(at.version, at.text, text))


def decide_terms(at: ConfirmTerms, said: Picked, _shop: Shop) -> Go[Home] | Stay:
    if said.value != SAVE:
        return Stay(ChoiceUnclear(said.value))
    return Go(Home(), do=(WriteTerms(at.text, at.version),), say=(TermsWritten(at.version + 1),))


def retype_terms(at: ConfirmTerms, said: Typed, shop: Shop) -> Go[ConfirmTerms] | Stay:
    """Another text while the first is on the screen."""
    return enter_terms(EnterTerms(at.version, at.before), said, shop)


def back_to_terms(at: ConfirmTerms, _: Back, _shop: Shop) -> Go[EnterTerms]:
    return Go(EnterTerms(at.version, at.before))


def terms_prompt(step: Step) -> Prompt | None:
    """The screen of one of the two steps; None for another's."""
    match step:
        case EnterTerms():
            return Prompt(AskTerms(step.text, LONGEST), WAY_OUT, numbers_are_answers=True)
        case ConfirmTerms():
            save = Button(Label("save"), SAVE)
            message = TermsPreviewed(step.version + 1, step.text)
            return Prompt(message, ((save,), *WAY_OUT), numbers_are_answers=True)
        case _:
            return None


TERMS_HINTS: Final[dict[type[Step], Message]] = {EnterTerms: SellerHint("text"), ConfirmTerms: SellerHint("button")}
