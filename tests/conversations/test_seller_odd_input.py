"""Whatever a seller types at whatever question, there is an answer, and it fits a message (product 11)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from conversations.product_steps import VARIANT_FIELDS
from conversations.said import Typed
from conversations.seller_broadcast import begin_broadcast
from conversations.seller_delay import begin_delay
from conversations.seller_flow import (
    SELLER_FLOW,
    begin_batches,
    begin_holidays,
    begin_open,
    begin_other_amount,
    begin_quota,
    begin_reject,
    begin_ship,
)
from conversations.seller_minimum import begin_longer
from conversations.seller_schedule import begin_schedule
from conversations.seller_shipping import begin_shipping
from conversations.seller_steps import OpenDownPayment, OpenMoment
from conversations.seller_terms import begin_terms
from conversations.shop import Shop
from conversations.steps import Home
from conversations.wording_flow import begin_texts
from preorder.batch import BatchId
from preorder.money import Rupiah
from preorder.shipping import Shipping
from tests.conversations.seller_chat import Seller, batch, order, shop, worded
from tests.conversations.test_seller_open import ANSWERS as OPENING
from tests.conversations.test_seller_open import opening
from tests.conversations.test_seller_products import ANSWERS as ADDING
from tests.conversations.test_seller_products import adding, listing

LONGEST_MESSAGE = 4096  # characters after parsing (Telegram)

ODD = {
    "nothing to see": "\u200b\u2060",
    "five thousand characters": "a" * 5000,
    "five thousand digits": "9" * 5000,
    "arabic digits": "٥٠",
    "full width digits": "５０",
    "scientific": "1e9",
    "minus one": "-1",
    "a word": "dua",
    "a fraction": "½",
    "emoji": "🎉😀",
    "markup": "<b>halo</b> & <script>",
    "a template": "{{ 7 * 7 }} {% raw %}",
    "lines": "satu\n\n\ndua\ttiga",
    "right to left": "\u202e50\u202c",
    "superscript": "2²",
    "a command": "/open",
}


SENDING = (("pickup",), ("free",), ("untold",), ("untold", order("PO-7K3F").id), ("told",))


def sending() -> Shop:
    """A shop with an order that waits to be told its shipping cost, and one that was told it."""
    told = replace(order("PO-22AA"), shipping=Shipping("told", Rupiah(18_000)))
    return replace(shop(orders=(order("PO-7K3F"), told)), untold=1, told=1)


def short() -> Shop:
    """A shop whose batch closed below its minimum."""
    return shop(replace(batch("b1", "closed"), decision="asked"))


def late() -> Shop:
    """A shop whose batch will not make its dates."""
    return shop(batch("b1", "open"), orders=(order("PO-7K3F"),))


def everywhere() -> list[Seller]:
    """A seller at each question that can be answered by typing."""
    parcels = shop(batch("b1", "ready"), orders=(order("PO-7K3F"),))
    sellers = [
        *(opening(until=place) for place, _ in OPENING),
        opening(until=OpenDownPayment).press("fixed"),
        opening(until=OpenMoment).press("payday"),
        opening(until=OpenMoment).say("25 des"),
        opening(until=OpenMoment).press("now").say("08.00"),
        *_from_the_calendar(),
        *(adding(until=place) for place, _ in ADDING),
        listing(),
        Seller(begin_texts(shop()), shop()).say("1").press("write"),
        listing().say("1", "ubah", "bahan"),
        listing().say("1", "ubah").press("pictures"),
        *(listing().say("1", "ubah").press("variants").say("1").press(field) for field in VARIANT_FIELDS),
        *(Seller(begin_ship(parcels), parcels).say(*said) for said in ((), ("1",), ("1", "JNE"))),
        Seller(begin_reject("pay1", "PO-7K3F"), shop()),
        Seller(begin_other_amount("pay1", "PO-7K3F"), shop()),
        *(Seller(begin_longer(BatchId("b1"), short()), short()).say(*said) for said in ((), ("jam 8",))),
        *(Seller(begin_delay(late()), late()).press("sending").say(*said) for said in ((), ("+3 hari",))),
        Seller(begin_delay(late()), late()).press("closing").say("jam 8"),
        Seller(begin_quota(shop(batch("b1", "open"))), shop(batch("b1", "open"))),
        Seller(begin_broadcast(shop()), shop()).press("everyone"),
        Seller(begin_schedule(shop()), shop()).press("settings").press("daily_recap"),
        Seller(begin_broadcast(shop()), shop()).press("city"),
        Seller(begin_terms(1, "DP kembali."), shop()),
        *(Seller(begin_shipping(shop()), sending()).press(*values) for values in SENDING),
        Seller(begin_terms(0, ""), shop()).say("DP bisa kembali sampai PO tutup."),
    ]
    typed = {step for step, rows in SELLER_FLOW.items() if Typed in rows}
    assert {type(seller.step) for seller in sellers} == typed
    return sellers


def _from_the_calendar() -> list[Seller]:
    """A seller at each of the questions about days, at /batches and at /holidays."""
    again = replace(shop(), last_batch=batch("b0", "closed"), earlier=(batch("b0", "closed"),))
    planned = shop(batch("b2", "scheduled"))
    asked = [
        ("window",),
        ("holiday",),
        ("holiday", "Christmas Day|2026"),
        ("holiday", "Christmas Day|2026", "14"),
        ("launch",),
        ("arrival",),
    ]
    return [
        *(opening(until=OpenMoment).press(*values) for values in asked),
        opening(until=OpenMoment).press("launch").say("25 des"),
        opening(until=OpenMoment).press("launch").say("20 nov"),
        opening(until=OpenMoment).press("arrival").say("25 jan"),
        opening(until=OpenMoment).press("arrival").say("25 jan").press("production"),
        Seller(begin_open(again), again).press("repeat"),
        Seller(begin_batches(planned), planned),
        Seller(begin_holidays(planned), planned),
        Seller(begin_holidays(planned), planned).press("Christmas Day|2026"),
        Seller(begin_holidays(planned), planned).press("courier"),
    ]


@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
def test_every_question_answers_whatever_is_typed(text: str) -> None:
    """Nothing raises, nothing is lost: the seller stays with a sentence or goes to a screen that can be shown."""
    for seller in everywhere():
        before = type(seller.step).__name__
        seller.hear(Typed(text))
        answer = seller.why or (None if isinstance(seller.step, Home) else seller.screen.message)
        if answer is not None:
            shown = re.sub(r"<[^>]+>", "", worded(answer))
            assert 0 < len(shown) <= LONGEST_MESSAGE, before
