"""The two maps as a whole: nobody can get lost in them, and their picture is up to date."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from conversations.buttons import CANCEL_BUTTON
from conversations.celebrating_flow import EnterBirthday
from conversations.codec import EVERY_FLOW, from_text, to_text
from conversations.diagram import DOCUMENT, Arrow, areas, arrows, document, targets
from conversations.effects import LineWanted
from conversations.flow import FLOW
from conversations.product_steps import ProductDetail, ProductDraft, VariantDraft
from conversations.prompts import buyer_prompt
from conversations.said import Back, Cancel
from conversations.seller_broadcast import BroadcastDraft, Broadcasting
from conversations.seller_flow import SELLER_FLOW
from conversations.seller_prompts import seller_prompt
from conversations.seller_steps import BatchDraft, Opening
from conversations.shop import TeamMate
from conversations.steps import ChooseBatch, Draft, EnterLabel, Home, Ordering, Review, StandInLine
from conversations.table import Go, Stay, Step, Table
from conversations.wording_flow import OfText
from messages.formats import LOCALES
from preorder.address import Address, AddressDraft
from preorder.audience import Segment
from preorder.batch import BatchId, ProductId, VariantId
from preorder.delay import dates_of
from preorder.money import Rupiah
from preorder.order import PersonId
from preorder.picture import Shot
from preorder.regions import Place
from tests.conversations.seller_chat import NOW, WORDS, batch, order, shop

STEPS = [step for step in EVERY_FLOW if step is not Home]
HOME = Address(recipient="Siti Aminah", phone="+6281234567890", street="Jl. Melati 5, Bandung")
# One value for each name that a step's field has.
WRITTEN: dict[str, Any] = {
    "album": "",
    "amount": Rupiah(55_000),
    "about_postcode": False,
    "address_id": "a1",
    "body": "Halo {nama}",
    "batch_id": BatchId("b1"),
    "about": "launch",
    "cities": ("Kota Bandung",),
    "districts": (Place("Sukajadi", "Kota Bandung", "Jawa Barat"),),
    "piece": "rt_rw",
    "places": (Place("Sukajadi", "Kota Bandung", "Jawa Barat", "", "40162"),),
    "was_asked": False,
    "changing": False,
    "choices": (NOW,),
    "code": "PO-7K3F",
    "due_id": "d1",
    "page": 0,
    "kind": "payday",
    "courier": "JNE",
    "day": NOW.date() + timedelta(days=60),
    "days": (NOW.date() + timedelta(days=60), NOW.date() + timedelta(days=67)),
    "every": False,
    "field": "name",
    "line": 0,
    "member_id": PersonId(7),
    "name": "Christmas Day",
    "open_days": 7,
    "order_id": order("PO-7K3F").id,
    "other": BatchId("b1"),
    "partial": AddressDraft(),
    "part": "production",
    "payment_id": "p1",
    "pictures": (Shot("photo", "foto-hijab"),),
    "product_id": ProductId("hijab"),
    "quantity": 2,
    "reason": "material_late",
    "refund_id": "r1",
    "seen": dates_of(batch("b1", "open")),
    "sheet_id": "s1",
    "shown": "f1",
    "stage": "making",
    "surplus": 0,
    "to": NOW + timedelta(days=40),
    "tracking": "JP1234567890",
    "before": "DP tidak kembali.",
    "text": "DP bisa kembali sampai PO tutup.",
    "version": 2,
    "variant": VariantDraft("Sage", Rupiah(75_000), 200),
    "variant_id": VariantId("hijab-1"),
    "what": "sending",
    "year": 2026,
}
S = TypeVar("S", bound=Step)


def goes_home(at: Step, said: Any, shop: Any) -> Go[Home] | Stay:
    raise NotImplementedError


def goes_anywhere(at: Step, said: Any, shop: Any) -> Go[S] | Go[Home]:
    raise NotImplementedError


def goes_nowhere(at: Step, said: Any, shop: Any) -> datetime:
    return datetime.now(UTC)


def test_the_picture_is_up_to_date() -> None:
    """docs/flow.md shows the arrows that the code has; `python -m conversations.diagram` draws it anew."""
    drawn = Path(__file__).parents[2] / DOCUMENT
    assert drawn.read_text(encoding="utf-8") == document(), "draw it anew: python -m conversations.diagram"


def test_a_verbs_annotation_is_its_arrows() -> None:
    """Unions, bounds and staying are understood; anything else is refused rather than left out of the picture."""
    assert targets(goes_home) == (Home,)
    assert targets(goes_anywhere) == (Step, Home)
    with pytest.raises(TypeError, match="neither Go nor Stay"):
        targets(goes_nowhere)


@pytest.mark.parametrize("table", [FLOW, {**SELLER_FLOW, Home: {}}], ids=["buyer", "seller"])
def test_every_arrow_ends_in_its_own_map(table: Table) -> None:
    """A buyer's answer leads to a buyer's step, a seller's to a seller's."""
    assert [arrow for arrow in arrows(table) if arrow.to not in table] == []


def test_every_step_is_in_one_picture() -> None:
    """The document leaves no step out and draws none twice."""
    drawn = [step for area in areas() for step in area.steps]
    assert sorted(step.__name__ for step in drawn) == sorted(step.__name__ for step in STEPS)


def reached() -> set[type[Step]]:
    """Steps that one gets to by answering alone, from where the commands and links lead."""
    forward = [arrow for arrow in arrows(EVERY_FLOW) if arrow.word is not Back]
    found = {step for area in areas() for step in area.entrances}
    while more := {arrow.to for arrow in forward if arrow.start in found} - found:
        found |= more
    return found


def test_every_step_is_reached_by_answering() -> None:
    """There is no room without a door: commands, links and answers lead everywhere."""
    found = reached()
    assert [step.__name__ for step in STEPS if step not in found] == []


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_every_step_has_a_way_out(step: type[Step]) -> None:
    """Cancel leads home from everywhere, and Back leads somewhere but from the first question."""
    assert targets(EVERY_FLOW[step][Cancel]) == (Home,)
    assert Back in EVERY_FLOW[step] or step is ChooseBatch


def written(step: type[Step]) -> Step:
    """A step as somebody might have got there."""
    if issubclass(step, Broadcasting):
        draft: object = BroadcastDraft("b9", Segment("batch", "b1", "PO b1"), "Halo Kak")
    elif issubclass(step, Ordering):
        draft = Draft("d1", BatchId("b1"), (LineWanted(VariantId("hijab-1"), 2, ""),), HOME)
    elif issubclass(step, Opening):
        draft = BatchDraft(BatchId("b2"), (ProductId("hijab"),), "PO Gajian", 40, closes_at=NOW.replace(year=2027))
    else:
        draft = ProductDraft(ProductId("new"), "Voal", "Adem", variants=(VariantDraft("Sage", Rupiah(75_000), 200),))
    values = {"draft": draft, **WRITTEN}
    if issubclass(step, OfText):
        values |= {"kind": "greeting", "locale": "id"}
    if step is ProductDetail:
        values["field"] = "care"
    return step(**{field.name: values[field.name] for field in fields(step)})


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_every_step_asks_in_both_languages_and_offers_the_way_out(step: type[Step]) -> None:
    """Whoever is somewhere sees what is asked and a Cancel button; a step that was stored comes back the same."""
    here = written(step)
    asked = buyer_prompt(here, world()) if step in FLOW else seller_prompt(here, world())
    assert asked is not None
    assert all(len(WORDS.text(asked.message, locale)) > 10 for locale in LOCALES)
    assert CANCEL_BUTTON in asked.buttons
    assert from_text(to_text(here)) == here


def world() -> Any:
    """A shop in which every step can be."""
    here = shop(batch("b1", "open"), batch("b3", "closed"), orders=(order("PO-7K3F"),))
    return replace(here, team=(TeamMate(PersonId(7), "Dewi", "dewi", "finance"),))


def test_an_order_is_placed_from_the_review_alone() -> None:
    """product 4: only the review's answer, and a place in the waiting list, lead a buyer home with something done."""
    home = {arrow.start for arrow in arrows(FLOW) if arrow.to is Home and arrow.word not in (Back, Cancel)}
    assert home - {EnterLabel, EnterBirthday} == {Review, StandInLine}
    assert Arrow(Review, Cancel, Home) in arrows(FLOW)
