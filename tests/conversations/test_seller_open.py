"""/open: a batch put together answer by answer, with a way back at every one, and asked once (product 3)."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from conversations.announcing import announcement, batch_of
from conversations.effects import PlanBatch
from conversations.opening_steps import OpenMinimumTotal, OpenShippingDays, OpenTarget, OpenTiers
from conversations.said import Picked
from conversations.seller_flow import begin_open
from conversations.seller_open_review import CHANGEABLE
from conversations.seller_steps import (
    BatchDraft,
    OpenChange,
    OpenClosing,
    OpenClosingDoubt,
    OpenDownPayment,
    OpenFixedPayment,
    OpenHold,
    Opening,
    OpenMaximum,
    OpenMinimum,
    OpenMoment,
    OpenMomentDoubt,
    OpenPaydayHour,
    OpenProductionDays,
    OpenProducts,
    OpenQuota,
    OpenReview,
    OpenTitle,
)
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Step
from messages.catalog.opening import TargetUnderMinimum, TierOverPrice, TiersUnclear
from messages.catalog.selling import (
    BatchPlanned,
    CatalogueEmpty,
    ClosingTooEarly,
    LimitsCross,
    MomentPassed,
    ProductsGone,
    ProductsWanted,
)
from messages.catalog.selling_unclear import (
    ChoiceUnclear,
    DurationUnclear,
    MomentUnclear,
    MoneyUnclear,
    NumberUnclear,
    RuleOverPrice,
    RuleUnclear,
    SellerLeft,
    TextUnclear,
)
from preorder.batch import BatchId, ProductId
from preorder.money import Fixed, Full, Percent, Rupiah
from preorder.tiers import Tier
from tests.conversations.seller_chat import BAG, HIJAB, ZONE, Seller, batch, shop, worded

ANSWERS = (
    (OpenProducts, ("1", "2", "selesai")),
    (OpenTitle, ("PO Akhir Tahun",)),
    (OpenQuota, ("50",)),
    (OpenMinimum, ("1",)),
    (OpenMaximum, ("5",)),
    (OpenDownPayment, ("DP 50%",)),
    (OpenHold, ("24 jam",)),
    (OpenMoment, ("besok jam 20",)),
    (OpenClosing, ("+7 hari",)),
    (OpenProductionDays, ("14 hari",)),
    (OpenShippingDays, ("3 hari",)),
    (OpenMinimumTotal, ("2jt",)),
    (OpenTarget, ("5jt",)),
    (OpenTiers, ("5 pertama: gratis scrunchie; 10 berikutnya: potong 10rb",)),
)
TIERS = (Tier(5, "gift", "scrunchie"), Tier(10, "discount", discount=Rupiah(10_000)))


def local(day: int, hour: int, month: int = 11, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def opening(snapshot: Shop | None = None, until: type[Step] = OpenReview) -> Seller:
    """A seller who has answered everything before `until`."""
    snapshot = snapshot or shop()
    seller = Seller(begin_open(snapshot), snapshot)
    for place, texts in ANSWERS:
        if place is until:
            break
        assert type(seller.where()) is place
        seller.say(*texts)
    assert type(seller.where()) is until
    return seller


def _draft(seller: Seller) -> BatchDraft:
    step = seller.where()
    assert isinstance(step, Opening)
    return step.draft


def test_a_batch_is_planned_with_every_answer_and_one_confirm() -> None:
    """What was answered is what is planned, nothing before the confirm and exactly one batch after it."""
    seller = opening()
    assert seller.done == []
    seller.say("konfirmasi")
    assert seller.done == [
        PlanBatch(
            batch_id=BatchId("fresh1"),
            title="PO Akhir Tahun",
            products=(HIJAB.id, BAG.id),
            quota=50,
            minimum=1,
            maximum=5,
            down_payment=Percent(50),
            hold=timedelta(hours=24),
            opens_at=local(23, 20),
            closes_at=local(30, 21),
            production_days=14,
            shipping_days=3,
            minimum_total=Rupiah(2_000_000),
            target=Rupiah(5_000_000),
            tiers=TIERS,
        )
    ]
    assert seller.where() == Home()
    assert seller.heard == (BatchPlanned("PO Akhir Tahun", local(23, 20), local(30, 21)),)


def test_the_buttons_alone_open_a_batch_now() -> None:
    """A seller who only presses gets a batch that opens at once."""
    snapshot = shop()
    seller = Seller(begin_open(snapshot), snapshot)
    seller.press("p.tas", "done", "suggested", "100", "1", "none", "full", "1440 menit", "now", "0", "7")
    seller.press("skip", "skip", "skip", "skip", "confirm")
    (plan,) = seller.done
    assert isinstance(plan, PlanBatch)
    assert (plan.title, plan.opens_at, plan.maximum, plan.down_payment) == ("PO November 2026", None, None, Full())
    assert plan.closes_at == local(25, 21)


def test_an_empty_catalogue_sends_the_seller_to_products() -> None:
    """Without a product there is nothing to open, and the way to one is named."""
    assert begin_open(shop(products=())).say == (CatalogueEmpty(),)


def test_products_are_switched_on_and_off() -> None:
    """Pressing a product twice leaves it out; its tick shows which are in."""
    seller = opening(until=OpenProducts).press("p.hijab", "p.tas", "p.hijab")
    assert seller.where() == OpenProducts(replace(_draft(seller), products=(BAG.id,)))
    assert [line.chosen for line in seller.screen.message.lines] == [False, True, False]  # type: ignore[attr-defined]


def test_part_of_a_products_name_is_enough() -> None:
    """A typed name that only one product has switches that product on."""
    assert _draft(opening(until=OpenProducts).say("nastar")).products == (ProductId("done"),)


def test_the_last_batch_gives_the_first_button_of_each_question() -> None:
    """Who opens the same PO again presses the first button everywhere."""
    snapshot = replace(shop(), last_batch=batch("b0", "closed", "PO November 2026"))
    seller = Seller(begin_open(snapshot), snapshot)
    firsts = []
    while not isinstance(seller.where(), OpenMoment):
        firsts.append(seller.screen.buttons[0].value)
        seller.press("6" if isinstance(seller.where(), OpenMaximum) else firsts[-1])
    assert firsts == ["last", "suggested", "40", "2", "none", "40%", "720 menit"]
    assert _draft(seller).products == (HIJAB.id,)
    assert _draft(seller).title == "PO November 2026 #2"


def test_a_title_counts_on_from_the_known_ones() -> None:
    """The suggestion is a number higher than any batch of this month the shop knows."""
    snapshot = shop(batch("b1", "open", "PO November 2026"), batch("b2", "closed", "PO November 2026 #4"))
    seller = Seller(begin_open(snapshot), snapshot).press("p.tas", "done", "suggested")
    assert _draft(seller).title == "PO November 2026 #5"


def test_a_fixed_down_payment_is_asked_for_or_typed_at_once() -> None:
    """`25rb` is understood on the rules' screen and on its own."""
    direct = opening(until=OpenDownPayment).say("25rb")
    asked = opening(until=OpenDownPayment).press("fixed")
    assert type(asked.where()) is OpenFixedPayment
    asked.say("25rb")
    assert _draft(direct).down_payment == _draft(asked).down_payment == Fixed(Rupiah(25_000))
    assert type(direct.where()) is type(asked.where()) is OpenHold


def test_the_next_payday_is_shown_in_full_before_it_is_taken() -> None:
    """25 November 2026 is a Wednesday: the hours on the buttons stand for that day and the next screen repeats it."""
    seller = opening(until=OpenMoment).press("payday")
    assert "Rabu, 25 November 2026 10.00 WIB" in worded(seller.screen.message)
    seller.press("10")
    assert _draft(seller).opens_at == local(25, 10)
    assert "Rabu, 25 November 2026 10.00 WIB" in worded(seller.screen.message)


def test_a_typed_payday_hour_may_have_minutes() -> None:
    """`19.30` on payday is half past seven, also when payday's seven o'clock has just passed."""
    seller = opening(until=OpenMoment).press("payday").at(local(25, 19, minute=15)).say("19.30")
    assert _draft(seller).opens_at == local(25, 19, minute=30)


def test_a_doubtful_opening_is_asked_about() -> None:
    """A day without an hour is offered at the usual hours, by button and number."""
    seller = opening(until=OpenMoment).say("25 des")
    assert seller.where() == OpenMomentDoubt(
        _draft(seller), False, (local(25, 8, 12), local(25, 10, 12), local(25, 19, 12))
    )
    assert _draft(seller.say("2")).opens_at == local(25, 10, 12)


def test_a_moment_that_has_passed_is_refused_and_the_next_one_offered() -> None:
    """Friday's date in the past: said so, and next year's offered, not taken."""
    seller = opening(until=OpenMoment).say("20 nov 10.00")
    assert seller.heard == (MomentUnclear("20 nov 10.00", "past", local(20, 10)),)
    assert seller.where() == OpenMomentDoubt(_draft(seller), False, (local(20, 10, year=2027),))


def test_an_hour_that_may_be_either_half_of_the_day_is_asked_about() -> None:
    """`jam 8` tomorrow is morning or evening, and one press says which."""
    seller = opening(until=OpenMoment).say("besok jam 8")
    assert seller.where() == OpenMomentDoubt(_draft(seller), False, (local(23, 8), local(23, 20)))
    assert _draft(seller.say("2")).opens_at == local(23, 20)


def test_an_answer_to_a_doubt_may_be_typed_anew() -> None:
    """Instead of choosing, the seller can write the moment in full."""
    assert _draft(opening(until=OpenMoment).say("25 des", "26 des 09.00")).opens_at == local(26, 9, 12)


def test_a_typed_now_opens_at_once() -> None:
    """The word means the same as the button, also to a batch that was planned for later."""
    seller = opening().press("change", "opening").say("saat ini")
    assert type(seller.where()) is OpenReview
    assert _draft(seller).opens_at is None


def test_a_closing_day_without_an_hour_is_that_evening() -> None:
    """Closing days end at nine in the evening unless an hour is typed."""
    assert _draft(opening(until=OpenClosing).say("28 nov")).closes_at == local(28, 21)


def test_a_doubtful_closing_is_asked_about() -> None:
    """An hour that may be today's or tomorrow's is a choice, and the choice is kept."""
    seller = opening(until=OpenMoment).press("now").at(local(22, 10)).say("08.00")
    assert type(seller.where()) is OpenClosingDoubt
    assert _draft(seller.say("1")).closes_at == local(23, 8)
    assert type(seller.where()) is OpenProductionDays


def test_the_review_shows_the_announcement_itself() -> None:
    """What the seller confirms is what the buyers get: the very message, with its picture, as one of its own."""
    seller = opening()
    before = seller.screen.before
    assert before is not None
    assert (before.photo, before.keyboard) == ("foto-hijab", ())
    draft = _draft(seller)
    assert before.message == announcement(batch_of(draft, seller.shop), link=f"{seller.shop.link}b_{draft.id}")
    shown = worded(before.message)
    assert "Toko Aisyah" in shown
    assert "5 pesanan pertama: gratis scrunchie" in shown
    assert "10 pesanan berikutnya: potongan Rp 10.000" in shown
    assert "PO jalan kalau pesanan mencapai Rp 2.000.000" in shown
    assert "Rp 5.000.000" not in shown, "the target is the seller's own"
    assert "Senin, 23 November 2026 20.00 WIB" in worded(seller.screen.message)
    assert "Target: Rp 5.000.000" in worded(seller.screen.message)


BACKS: tuple[tuple[type[Step], type[Step]], ...] = tuple(
    (place, before) for (before, _), (place, _) in pairwise(ANSWERS)
)


@pytest.mark.parametrize(("place", "before"), [*BACKS, (OpenReview, OpenTiers)])
def test_back_asks_the_question_before_and_keeps_the_answers(place: type[Step], before: type[Step]) -> None:
    """From every question there is a way to the one before, with everything entered so far."""
    seller = opening(until=place)
    entered = _draft(seller)
    seller.back()
    assert type(seller.where()) is before
    assert _draft(seller) == entered


@pytest.mark.parametrize(
    ("until", "texts", "before"),
    [
        (OpenDownPayment, ("nominal per pcs",), OpenDownPayment),
        (OpenMoment, ("25 des",), OpenMoment),
        (OpenMoment, ("gajian berikutnya",), OpenMoment),
        (OpenReview, ("ubah",), OpenReview),
    ],
)
def test_back_from_a_side_question_returns_to_its_question(
    until: type[Step], texts: tuple[str, ...], before: type[Step]
) -> None:
    """A doubt, an hour, a fixed amount, the list of changes: back leads where they came from."""
    seller = opening(until=until).say(*texts)
    assert type(seller.where()) is not before
    assert type(seller.back().where()) is before


def test_back_from_a_doubtful_closing_returns_to_closing() -> None:
    """The choice of closings can be left for the question itself."""
    seller = opening(until=OpenMoment).press("now").say("08.00")
    assert type(seller.back().where()) is OpenClosing


def test_back_from_the_first_question_and_cancel_anywhere_change_nothing() -> None:
    """Leaving plans nothing and says so."""
    assert opening(until=OpenProducts).back().heard == (SellerLeft(),)
    for place, _ in ANSWERS:
        left = opening(until=place).cancel()
        assert (left.where(), left.heard, left.done) == (Home(), (SellerLeft(),), [])


@pytest.mark.parametrize(
    ("change", "texts", "field", "value"),
    [
        ("products", ("2", "selesai"), "products", (HIJAB.id,)),
        ("title", ("PO Lebaran",), "title", "PO Lebaran"),
        ("quota", ("80",), "quota", 80),
        ("minimum", ("2",), "minimum", 2),
        ("maximum", ("tanpa batas",), "maximum", None),
        ("down_payment", ("lunas",), "down_payment", Full()),
        ("hold", ("2 hari",), "hold", timedelta(days=2)),
        ("opening", ("jumat 10.00",), "opens_at", local(27, 10)),
        ("closing", ("5 des 20.00",), "closes_at", local(5, 20, 12)),
        ("production", ("21",), "production_days", 21),
        ("shipping", ("lewati",), "shipping_days", 0),
        ("minimum_total", ("1,5jt",), "minimum_total", Rupiah(1_500_000)),
        ("target", ("lewati",), "target", Rupiah(0)),
        ("tiers", ("3 pertama: potong 5rb",), "tiers", (Tier(3, "discount", discount=Rupiah(5_000)),)),
    ],
)
def test_each_answer_can_be_changed_at_the_review(
    change: str, texts: tuple[str, ...], field: str, value: object
) -> None:
    """One answer is asked again, the review follows, every other answer is as it was."""
    seller = opening()
    before = _draft(seller)
    seller.press("change", change).say(*texts)
    assert type(seller.where()) is OpenReview
    after = _draft(seller)
    changed = {
        f.name: getattr(after, f.name) for f in fields(after) if getattr(after, f.name) != getattr(before, f.name)
    }
    assert changed == {field: value}


@pytest.mark.parametrize(
    "change",
    CHANGEABLE,
)
def test_back_from_a_change_returns_to_the_review(change: str) -> None:
    """Who only looked at an answer leaves it as it was."""
    seller = opening()
    before = _draft(seller)
    seller.press("change", change).back()
    assert seller.where() == OpenReview(before)


def test_a_smaller_quota_asks_for_the_minimum_again() -> None:
    """A minimum above the quota cannot reach the review, not even by going back."""
    seller = opening().press("change", "minimum").say("5").press("change", "quota").say("3")
    assert (type(seller.where()), seller.heard) == (OpenMinimum, (LimitsCross("minimum"),))
    assert type(seller.back().where()) is OpenQuota
    seller.say("3", "2")
    assert type(seller.where()) is OpenReview
    assert (_draft(seller).quota, _draft(seller).minimum) == (3, 2)


def test_a_larger_minimum_asks_for_the_maximum_again() -> None:
    """A maximum below the minimum cannot reach the review, not even by going back."""
    seller = opening().press("change", "minimum").say("8")
    assert (type(seller.where()), seller.heard) == (OpenMaximum, (LimitsCross("maximum"),))
    assert type(seller.back().where()) is OpenMinimum
    seller.say("8", "10")
    assert type(seller.where()) is OpenReview


def test_a_later_opening_asks_for_the_closing_again() -> None:
    """A closing before the opening cannot reach the review, not even by going back."""
    seller = opening().press("change", "opening").say("20 des 10.00")
    assert (type(seller.where()), seller.heard) == (OpenClosing, (LimitsCross("closing"),))
    assert type(seller.back().where()) is OpenMoment
    seller.say("20 des 10.00", "+3 hari")
    assert type(seller.where()) is OpenReview
    assert _draft(seller).closes_at == local(23, 21, 12)


def test_an_opening_that_passed_at_the_review_is_asked_again() -> None:
    """Who confirms too late picks a new opening instead of planning the past."""
    seller = opening().at(local(24, 10)).press("confirm")
    assert (type(seller.where()), seller.heard, seller.done) == (
        OpenMoment,
        (MomentPassed("opening", local(23, 20)),),
        [],
    )
    assert type(seller.press("now").where()) is OpenReview


def test_a_closing_that_passed_at_the_review_is_asked_again() -> None:
    """The same for a batch that opens at once and whose closing has gone by."""
    seller = opening().press("change", "opening", "now").at(local(1, 10, 12)).press("confirm")
    assert (type(seller.where()), seller.heard, seller.done) == (
        OpenClosing,
        (MomentPassed("closing", local(30, 21)),),
        [],
    )


def test_a_product_archived_meanwhile_is_not_planned() -> None:
    """The products are asked again when one of them left the catalogue."""
    seller = opening()
    seller.shop = replace(seller.shop, products=(BAG,))
    seller.press("confirm")
    assert (type(seller.where()), seller.heard, seller.done) == (OpenProducts, (ProductsGone(),), [])
    assert _draft(seller.say("selesai")).products == (BAG.id,)


@pytest.mark.parametrize(
    ("until", "text", "why"),
    [
        (OpenProducts, "sepatu", ChoiceUnclear("sepatu")),
        (OpenTitle, "🎉🎉", TextUnclear("🎉🎉", "empty")),
        (OpenTitle, "x" * 81, TextUnclear("x" * 59 + "…", "too_long", 81, 80)),
        (OpenQuota, "banyak", NumberUnclear("banyak", "not_a_number")),
        (OpenQuota, "0", NumberUnclear("0", "too_small", 1)),
        (OpenQuota, "-1", NumberUnclear("-1", "too_small", 1)),
        (OpenQuota, "2.5", NumberUnclear("2.5", "not_whole")),
        (OpenQuota, "1000000", NumberUnclear("1000000", "too_large", 100_000)),
        (OpenMinimum, "51", NumberUnclear("51", "too_large", 50)),
        (OpenMaximum, "0", NumberUnclear("0", "too_small", 1)),
        (OpenDownPayment, "sedikit", RuleUnclear("sedikit", "unreadable")),
        (OpenDownPayment, "50", RuleUnclear("50", "doubtful")),
        (OpenDownPayment, "120%", RuleUnclear("120%", "too_large")),
        (OpenDownPayment, "0%", RuleUnclear("0%", "not_positive")),
        (OpenDownPayment, "250rb", RuleOverPrice(250_000, 75_000)),
        (OpenHold, "24", DurationUnclear("24", "unreadable")),
        (OpenHold, "5 menit", DurationUnclear("5 menit", "too_short", timedelta(hours=1))),
        (OpenHold, "30 hari", DurationUnclear("30 hari", "too_long", timedelta(days=14))),
        (OpenMoment, "kapan-kapan", MomentUnclear("kapan-kapan", "unreadable")),
        (OpenMoment, "20 nov 2025 10.00", MomentUnclear("20 nov 2025 10.00", "past", local(20, 10, year=2025))),
        (OpenMoment, "31 feb 10.00", MomentUnclear("31 feb 10.00", "impossible")),
        (OpenClosing, "nanti ya", MomentUnclear("nanti ya", "unreadable")),
        (OpenClosing, "hari ini 21.00", ClosingTooEarly(local(22, 21), local(23, 20))),
        (OpenProductionDays, "0 hari", NumberUnclear("0 hari", "too_small", 1)),
        (OpenProductionDays, "400", NumberUnclear("400", "too_large", 365)),
        (OpenShippingDays, "99 hari", NumberUnclear("99 hari", "too_large", 60)),
        (OpenMinimumTotal, "banyak", MoneyUnclear("banyak", "unreadable")),
        (OpenTarget, "1jt", TargetUnderMinimum(1_000_000, 2_000_000)),
        (OpenTiers, "5 pertama: potong 10%", TiersUnclear("5 pertama: potong 10%", "percent")),
        (OpenTiers, "5 pertama: potong 75rb", TierOverPrice(75_000, 75_000)),
    ],
)
def test_an_answer_that_cannot_be_used_is_explained_and_nothing_is_lost(
    until: type[Step], text: str, why: object
) -> None:
    """The seller stays where they are, with one sentence that carries what was wrong (product 11)."""
    seller = opening(until=until)
    before = seller.where()
    seller.say(text)
    assert seller.why == why
    assert seller.where() == before


def test_done_without_a_product_is_refused() -> None:
    """The done button is not there before a product is chosen, and typing it says what is missing."""
    seller = opening(until=OpenProducts)
    assert "done" not in {button.value for button in seller.screen.buttons}
    assert seller.press("p.tas", "p.tas").hear(Picked("done")).why == ProductsWanted()


def test_a_year_typed_wrong_is_refused() -> None:
    """A batch is planned within a year."""
    seller = opening(until=OpenMoment).say("25 des 2028 10.00")
    assert isinstance(seller.why, MomentUnclear)
    assert seller.why.reason == "too_far"


def test_an_unreadable_payday_hour_is_explained() -> None:
    """Hours are 0 to 23."""
    assert opening(until=OpenMoment).press("payday").say("jam 25").why == MomentUnclear("jam 25", "hour")


def test_a_choice_that_passed_while_it_was_looked_at_is_refused() -> None:
    """A doubtful opening chosen too late is not planned in the past."""
    seller = opening(until=OpenMoment).say("25 des").at(local(26, 10, 12)).press("0")
    assert seller.why == MomentUnclear("", "past", local(25, 8, 12))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (OpenProducts, "p.sepatu"),
        (OpenClosing, "9"),
        (OpenReview, "apa"),
        (OpenChange, "apa"),
    ],
)
def test_a_forged_button_is_no_choice(place: type[Step], value: str) -> None:
    """A value that is not on the screen changes nothing."""
    seller = opening(until=OpenReview).press("change") if place is OpenChange else opening(until=place)
    assert seller.hear(Picked(value)).why == ChoiceUnclear(value)


def test_the_last_batchs_products_may_all_be_gone() -> None:
    """`same as last time` with nothing left of it is explained."""
    assert opening(until=OpenProducts).hear(Picked("last")).why == ProductsGone()


def test_payday_before_christmas_skips_the_holidays() -> None:
    """In December 2026 the 25th and the joint leave before it are no working days: payday is the 23rd."""
    seller = opening(until=OpenMoment).at(local(1, 10, 12)).press("payday", "8")
    assert type(seller.where()) is OpenClosing
    assert _draft(seller).opens_at == local(23, 8, 12)


def test_payday_hours_are_only_offered_in_the_future() -> None:
    """At noon on payday the morning's button stands for the next month's payday."""
    seller = opening(until=OpenMoment).at(local(25, 12)).press("payday")
    assert type(seller.where()) is OpenPaydayHour
    assert seller.screen.message.choices == (  # type: ignore[attr-defined]
        local(23, 8, 12),
        local(23, 10, 12),
        local(25, 19),
    )
