"""The tables as pictures: each verb's return annotation is an arrow, drawn as Mermaid for `docs/flow.md`.

In: `FLOW` and `SELLER_FLOW`. Out: the document's text; `python -m conversations.diagram` writes it. The arrows are what
the type checker holds the verbs to, so the picture cannot promise what the code does not do. No verb is called.
"""

from __future__ import annotations

import inspect
import sys
import typing
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import NoneType
from typing import Final, TypeVar

from conversations import lines_flow, place_flow, seller_flow, seller_minimum
from conversations.celebrating_flow import EnterBirthday, begin_birthday
from conversations.change_flow import begin_change
from conversations.flow import FLOW
from conversations.opening_steps import BatchCard, BatchesList, CourierPause, HolidayDay, HolidaysList
from conversations.product_steps import AddingProduct, ArchivedList, OfProduct, ProductsList, SheetReview
from conversations.said import Back, Cancel, Picked, SentFile, SentVideo, SharedContact, Typed, Word
from conversations.seller_board import BoardMenu
from conversations.seller_broadcast import Broadcasting, begin_broadcast
from conversations.seller_delay import DelayChoose, Delaying
from conversations.seller_flow import SELLER_FLOW
from conversations.seller_minimum import DecidingBatch
from conversations.seller_refunds import SettlingRefund, begin_settling
from conversations.seller_schedule import Scheduling, begin_schedule
from conversations.seller_shipping import SendingMenu
from conversations.seller_steps import JudgingProof, Opening
from conversations.seller_suggest import begin_again
from conversations.seller_terms import ConfirmTerms, EnterTerms, begin_terms
from conversations.steps import ChooseBatch, EnterLabel, Home, ReplaceDraft
from conversations.table import Go, Stay, Step, Table
from conversations.team_steps import Team
from conversations.waiting_flow import begin_offered
from conversations.wording_flow import OfText, TextsList
from preorder.values import dataclass

DOCUMENT: Final = Path("docs/flow.md")
# How a word stands beside an arrow; Back and Cancel are drawn apart, or they would cover everything.
WORDS: Final[dict[type[Word], str]] = {
    Picked: "press",
    Typed: "type",
    SentFile: "photo",
    SentVideo: "video",
    SharedContact: "contact",
}
SIDEWAYS: Final[tuple[type[Word], ...]] = (Back, Cancel)


@dataclass(frozen=True)
class Arrow:
    """From a step, on a word, to a step. `to` may be the step itself."""

    start: type[Step]
    word: type[Word]
    to: type[Step]


@dataclass(frozen=True)
class Area:
    """One picture: its steps, and where one comes in."""

    title: str
    about: str
    steps: tuple[type[Step], ...]
    entrances: tuple[type[Step], ...]


def targets(verb: object) -> tuple[type[Step], ...]:
    """The steps a verb may lead to, in the order of its annotation; `Stay` leads nowhere.

    Raises TypeError when the annotation is no union of `Go[…]` and `Stay`.
    """
    annotation = typing.get_type_hints(verb)["return"]
    return tuple(dict.fromkeys(_targets(annotation, verb)))


def _targets(annotation: object, verb: object) -> Iterator[type[Step]]:
    if annotation in (Stay, NoneType):
        return
    if typing.get_origin(annotation) is Go:
        (to,) = typing.get_args(annotation)
        step = to.__bound__ if isinstance(to, TypeVar) else to
        if not (inspect.isclass(step) and issubclass(step, Step)):
            raise TypeError(f"{verb} goes to {to}, which is no step")
        yield step
        return
    parts = typing.get_args(annotation)
    if not parts:
        raise TypeError(f"{verb} returns {annotation}, which is neither Go nor Stay")
    for part in parts:
        yield from _targets(part, verb)


def arrows(table: Table) -> tuple[Arrow, ...]:
    """Every arrow of a table, in its order."""
    return tuple(
        Arrow(step, word, to) for step, rows in table.items() for word, verb in rows.items() for to in targets(verb)
    )


def _named(name: str) -> tuple[type[Step], ...]:
    return tuple(step for step in SELLER_FLOW if step.__name__.startswith(name))


def areas() -> tuple[Area, ...]:
    """The pictures of the document, the buyer's first. Every step of both tables but home stands in one of them."""
    selling = tuple(SELLER_FLOW)
    catalogue = tuple(s for s in selling if issubclass(s, ProductsList | ArchivedList | OfProduct))
    adding = tuple(s for s in selling if issubclass(s, AddingProduct))
    buying = tuple(step for step in FLOW if step not in (Home, EnterLabel, EnterBirthday))
    return (
        Area(
            "A buyer orders",
            "`/order`, a deep link, or a button. With several open batches one is chosen first; another batch's link\n"
            "while an order is unfinished asks which one goes on.",
            buying,
            (
                ChooseBatch,
                ReplaceDraft,
                *_entrances(lines_flow.begin, lines_flow.begin_with, begin_change, begin_offered),
            ),
        ),
        Area("`/addresses`: a saved address gets a name", "", (EnterLabel,), _entrances(place_flow.begin_label)),
        Area("`/birthday`: a buyer tells their birthday", "", (EnterBirthday,), _entrances(begin_birthday)),
        Area(
            "`/open`: a batch is put together",
            "An answer changed from the review returns there.",
            tuple(step for step in selling if issubclass(step, Opening)),
            _entrances(seller_flow.begin_open, seller_flow.begin_open_with, begin_again),
        ),
        Area(
            "`/batches`: what is planned, open and at work",
            "From here a batch is changed, cancelled, closed or opened once more.",
            (BatchesList, BatchCard),
            _entrances(seller_flow.begin_batches),
        ),
        Area(
            "`/holidays`: holidays on the shop's own days, and the courier's rest",
            "",
            (HolidaysList, HolidayDay, CourierPause),
            _entrances(seller_flow.begin_holidays),
        ),
        Area("`/products`: the catalogue", "", catalogue, _entrances(seller_flow.begin_products)),
        Area(
            "`/products`: a new product, or a new variant of a known one",
            "",
            adding,
            _entrances(seller_flow.begin_products),
        ),
        Area("`/products`: a sheet", "A catalogue sheet, sent at any time.", (SheetReview,), (SheetReview,)),
        Area(
            "`/close`: a batch is closed, or one that has not opened is cancelled",
            "",
            (*_named("Close"), *_named("CancelPlan")),
            _entrances(seller_flow.begin_close),
        ),
        Area(
            "`/delay`: a batch's dates move later",
            "Each of its buyers then chooses: wait, or cancel with a refund.",
            tuple(step for step in selling if issubclass(step, DelayChoose | Delaying)),
            _entrances(seller_flow.begin_delay),
        ),
        Area(
            "`/texts`: the shop's own words",
            "",
            tuple(step for step in selling if issubclass(step, TextsList | OfText)),
            (TextsList,),
        ),
        Area("`/stage`: making", "", _named("Stage"), _entrances(seller_flow.begin_stage)),
        Area("`/ship`: sending", "", _named("Ship"), _entrances(seller_flow.begin_ship)),
        Area(
            "`/team`: who works here",
            "Owners only.",
            tuple(step for step in selling if issubclass(step, Team)),
            _entrances(seller_flow.begin_team),
        ),
        Area(
            "A proof that is not simply confirmed",
            "The buttons beside the proof.",
            tuple(step for step in selling if issubclass(step, JudgingProof)),
            _entrances(seller_flow.begin_reject, seller_flow.begin_other_amount),
        ),
        Area(
            "`/shipping`: what sending costs",
            "",
            tuple(step for step in selling if issubclass(step, SendingMenu)),
            _entrances(seller_flow.begin_shipping),
        ),
        Area(
            "A batch that closed below its minimum",
            "The buttons of the question that is asked then, and again each day.",
            tuple(step for step in selling if issubclass(step, DecidingBatch)),
            _entrances(seller_minimum.begin_longer, seller_minimum.begin_cancel),
        ),
        Area("`/quota`: another quota", "", _named("Quota"), _entrances(seller_flow.begin_quota)),
        Area(
            "`/schedule`: what comes, and what the shop does by itself",
            "",
            tuple(step for step in selling if issubclass(step, Scheduling)),
            _entrances(begin_schedule),
        ),
        Area("`/board`: the board in the channel", "", (BoardMenu,), _entrances(seller_flow.begin_board)),
        Area(
            "`/broadcast`: words of one's own to many",
            "",
            tuple(step for step in selling if issubclass(step, Broadcasting)),
            _entrances(begin_broadcast),
        ),
        Area(
            "`/terms`: the shop's terms",
            "The button under them.",
            (EnterTerms, ConfirmTerms),
            _entrances(begin_terms),
        ),
        Area(
            "`/refunds`: money was sent back",
            "The button beside the refund.",
            (SettlingRefund,),
            _entrances(begin_settling),
        ),
    )


def _entrances(*begins: object) -> tuple[type[Step], ...]:
    return tuple(dict.fromkeys(to for begin in begins for to in targets(begin) if to is not Home))


def draw(area: Area, table: Table) -> str:
    """One Mermaid picture: ways forward as arrows with their words, ways back dotted."""
    here = set(area.steps)
    drawn = [arrow for arrow in arrows(table) if arrow.start in here and arrow.to is not arrow.start]
    lines = ["flowchart TD", "    start((start))"]
    lines += [f"    {step.__name__}[{_spaced(step)}]" for step in area.steps]
    lines += ["    Home((home))"]
    lines += [f"    start --> {to.__name__}" for to in area.entrances]
    lines += [
        f"    {start.__name__} -->|{words}| {to.__name__}"
        for start, to, words in _joined(arrow for arrow in drawn if arrow.word not in SIDEWAYS)
    ]
    backs = dict.fromkeys((arrow.start, arrow.to) for arrow in drawn if arrow.word is Back)
    lines += [f"    {start.__name__} -.-> {to.__name__}" for start, to in backs]
    return "\n".join(lines)


def _joined(found: Iterable[Arrow]) -> list[tuple[type[Step], type[Step], str]]:
    """Arrows between the same two steps become one, with their words beside each other."""
    words: dict[tuple[type[Step], type[Step]], list[str]] = {}
    for arrow in found:
        words.setdefault((arrow.start, arrow.to), []).append(WORDS.get(arrow.word, arrow.word.__name__))
    return [(start, to, ", ".join(dict.fromkeys(said))) for (start, to), said in words.items()]


def _spaced(step: type[Step]) -> str:
    letters = "".join(f" {c.lower()}" if c.isupper() else c for c in step.__name__)
    return letters.strip()


def document() -> str:
    """The whole of `docs/flow.md`."""
    parts = [
        "# Who can be where\n\n"
        "Drawn by `python -m conversations.diagram` from the tables in `conversations/flow.py` and\n"
        "`conversations/seller_flow.py`; a test fails when it is stale. Do not edit it by hand.\n\n"
        "A solid arrow is an answer, with how it is given; a dotted one is *back*. *Cancel* leads home from\n"
        "every step. An answer that cannot be used keeps a person where they are and says why; so does one that was\n"
        "overtaken, for example by the last slot going to somebody else.\n"
    ]
    for area in areas():
        about = f"{area.about}\n\n" if area.about else ""
        table = FLOW if area.steps[0] in FLOW else SELLER_FLOW
        parts.append(f"## {area.title}\n\n{about}```mermaid\n{draw(area, table)}\n```\n")
    return "\n".join(parts)


def main() -> None:
    """Write the document, from the checkout's folder."""
    DOCUMENT.write_text(document(), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT} is drawn.\n")


if __name__ == "__main__":
    main()
