"""/open from the calendar and back from an arrival, /batches and /holidays, answer by answer (product 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from conversations.effects import MoveHoliday, PauseCourier, PlanBatch
from conversations.opening_steps import (
    BatchCard,
    BatchesList,
    HolidaysList,
    OpenArrival,
    OpenArrivalPlan,
    OpenDayDoubt,
    OpenHoliday,
    OpenHolidayDays,
    OpenHour,
    OpenLaunchWeeks,
    OpenMinimumTotal,
    OpenRepeat,
    OpenTarget,
    OpenTiers,
)
from conversations.said import Picked
from conversations.seller_delay import DelayWhich
from conversations.seller_flow import begin_batches, begin_holidays, begin_open, begin_open_with
from conversations.seller_steps import (
    CancelPlanConfirm,
    CloseConfirm,
    OpenClosing,
    Opening,
    OpenMoment,
    OpenProducts,
    OpenReview,
    OpenTitle,
)
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Step
from messages.catalog.opening import (
    ArrivalPlanned,
    AskWhichDay,
    CourierPauseUnclear,
    DaysTooMany,
    DayTooNear,
    HolidayTooFar,
    NothingToRepeat,
    TargetUnderMinimum,
    TierOverPrice,
)
from messages.catalog.selling import ProductsGone
from messages.catalog.selling_unclear import ChoiceUnclear, SellerLeft
from messages.catalog.selling_work import BatchGone
from preorder.arriving import CourierRest
from preorder.batch import BatchId, ProductId
from preorder.money import Rupiah
from preorder.tiers import Tier
from tests.conversations.seller_chat import BAG, HIJAB, NOW, Seller, batch, shop, worded
from tests.conversations.test_seller_open import local, opening

EID = ("Eid al-Fitr", 2027)
BACKS: tuple[tuple[tuple[str, ...], type[Step]], ...] = (
    (("window",), OpenMoment),
    (("holiday",), OpenMoment),
    (("holiday", "every"), OpenHoliday),
    (("holiday", "Christmas Day|2026"), OpenHoliday),
    (("holiday", "Christmas Day|2026", "14"), OpenMoment),
    (("launch",), OpenMoment),
    (("arrival",), OpenMoment),
)


def draft(seller: Seller) -> Opening:
    step = seller.where()
    assert isinstance(step, Opening)
    return step


def at_moment(*said: str) -> Seller:
    """A seller who was asked when it opens, and then pressed or typed these."""
    seller = opening(until=OpenMoment)
    for each in said:
        values = {button.value for button in seller.screen.buttons}
        seller = seller.press(each) if each in values else seller.say(each)
    return seller


# --- moments from the calendar ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "before"), BACKS)
def test_back_leads_out_of_the_calendar_step_by_step(said: tuple[str, ...], before: type[Step]) -> None:
    """Whoever only looked gets back to where they came from, with everything entered."""
    seller = at_moment(*said)
    entered = draft(seller).draft
    assert type(seller.back().where()) is before
    assert draft(seller).draft == entered


def test_a_month_end_settles_opening_and_closing() -> None:
    """From 30 November, a Monday, to 5 December; a typed hour may have minutes."""
    seller = at_moment("window", "19.30")
    assert (draft(seller).draft.opens_at, draft(seller).draft.closes_at) == (local(30, 19, minute=30), local(5, 21, 12))


def test_days_before_a_holiday_are_counted_from_the_shops_day() -> None:
    """Christmas less 14 days; with Christmas given another day, less 14 from there."""
    assert draft(at_moment("holiday", "natal", "H-14", "8")).draft.opens_at == local(11, 8, 12)
    seller = opening(until=OpenMoment)
    seller.shop = replace(seller.shop, moved={("Christmas Day", 2026): date(2026, 12, 28)})
    assert draft(seller.press("holiday").say("natal", "14 hari", "8")).draft.opens_at == local(14, 8, 12)


def test_more_days_than_are_left_are_refused_with_how_many_are() -> None:
    """On 22 November Christmas is 33 days away: 32 can be opened before it."""
    assert at_moment("holiday", "natal", "40").why == DaysTooMany(40, 32)
    assert at_moment("launch", "25 des", "5").why == DaysTooMany(35, 32)


def test_a_holiday_that_is_over_or_tomorrow_opens_nothing() -> None:
    """One that passed while it was looked at leads back to the list; one that is tomorrow is too near."""
    seller = at_moment("holiday", "natal").at(local(26, 10, 12)).say("14")
    assert type(seller.where()) is OpenHoliday
    late = opening(until=OpenMoment).at(local(24, 10, 12))
    assert late.press("holiday").hear(Picked("Christmas Day|2026")).why == DayTooNear(date(2026, 12, 25))
    assert at_moment("launch", "25 nov").why == DayTooNear(date(2026, 11, 25))


def test_a_day_that_may_be_two_is_asked_about() -> None:
    """On a Tuesday `minggu depan` is the same day next week or Sunday: chosen, or typed anew."""
    tuesday = opening(until=OpenMoment).at(local(24, 10)).press("launch").say("minggu depan")
    assert tuesday.where() == OpenDayDoubt(
        draft(tuesday).draft, False, "launch", (date(2026, 12, 1), date(2026, 12, 6))
    )
    assert tuesday.hear(Picked("7")).why == ChoiceUnclear("7")
    assert type(tuesday.say("2").where()) is OpenLaunchWeeks
    again = opening(until=OpenMoment).at(local(24, 10)).press("arrival").say("minggu depan", "20 jan")
    assert type(again.where()) is OpenArrivalPlan


def test_an_hour_that_passed_while_it_was_looked_at_is_refused() -> None:
    """The day's hour lies in the past by now: nothing is planned there."""
    seller = at_moment("holiday", "natal", "14").at(local(11, 9, 12)).press("8")
    assert type(seller.where()) is OpenHour
    assert seller.why is not None


# --- back from an arrival -----------------------------------------------------------------------------------------


def test_the_arithmetic_is_what_is_planned() -> None:
    """There by 20 January, 3 days on the way, 14 in the making, a week open; minimum total is asked next."""
    seller = at_moment("arrival", "20 jan")
    plan = seller.screen.message
    assert isinstance(plan, ArrivalPlanned)
    assert (plan.sends, plan.closes_at, plan.opens_at) == (
        date(2027, 1, 17),
        local(3, 21, 1, year=2027),
        local(27, 10, 12),
    )
    seller.press("take")
    assert type(seller.where()) is OpenMinimumTotal
    assert (draft(seller).draft.opens_at, draft(seller).draft.closes_at) == (plan.opens_at, plan.closes_at)


@pytest.mark.parametrize(
    ("part", "typed", "closes", "opens"),
    [
        ("production", "7 hari", local(10, 21, 1, year=2027), local(3, 10, 1, year=2027)),
        ("shipping", "5", local(1, 21, 1, year=2027), local(25, 10, 12)),
        ("open", "3", local(3, 21, 1, year=2027), local(31, 10, 12)),
    ],
)
def test_each_length_can_be_another(part: str, typed: str, closes: datetime, opens: datetime) -> None:
    """The arithmetic follows, and back leaves it as it was."""
    seller = at_moment("arrival", "20 jan", part)
    assert type(seller.back().where()) is OpenArrivalPlan
    seller.press(part).say(typed)
    plan = seller.screen.message
    assert isinstance(plan, ArrivalPlanned)
    assert (plan.closes_at, plan.opens_at) == (closes, opens)


def test_a_day_that_cannot_be_kept_is_not_taken() -> None:
    """The way it could be kept is named; the button is not there, and forging it does nothing."""
    seller = at_moment("arrival", "5 des")
    plan = seller.screen.message
    assert isinstance(plan, ArrivalPlanned)
    assert plan.earliest == date(2026, 12, 10)
    assert "take" not in {button.value for button in seller.screen.buttons}
    assert seller.hear(Picked("take")).why == ChoiceUnclear("take")
    assert type(seller.say("20 jan").press("day").where()) is OpenArrival


def test_changing_the_opening_by_arrival_returns_to_the_review() -> None:
    """Opening and closing change together; everything else stays."""
    seller = opening().press("change", "opening", "arrival").say("20 jan").press("take")
    assert type(seller.where()) is OpenReview
    assert draft(seller).draft.closes_at == local(3, 21, 1, year=2027)


# --- extras -------------------------------------------------------------------------------------------------------


def test_a_larger_minimum_total_asks_for_the_target_again() -> None:
    """A target below the minimum cannot reach the review, not even by going back."""
    seller = opening().press("change", "minimum_total").say("9jt")
    assert (type(seller.where()), seller.heard) == (OpenTarget, (TargetUnderMinimum(5_000_000, 9_000_000),))
    assert type(seller.back().where()) is OpenMinimumTotal
    assert type(seller.say("9jt", "12jt").where()) is OpenReview


def test_a_discount_that_became_too_large_is_asked_again_at_the_confirm() -> None:
    """The cheapest product changed at the review: no order may cost nothing."""
    seller = opening().press("change", "tiers").say("5 pertama: potong 60rb")
    cheap = replace(HIJAB, variants=(replace(HIJAB.variants[0], price=Rupiah(50_000)),))
    seller.shop = replace(seller.shop, products=(cheap, BAG))
    seller.press("confirm")
    assert (type(seller.where()), seller.heard, seller.done) == (OpenTiers, (TierOverPrice(60_000, 50_000),), [])


def test_what_the_last_batch_had_is_kept_by_one_press_to_the_end() -> None:
    """Length, days, sums and gifts of the last batch stand first at each question after the opening."""
    gifts = (Tier(5, "gift", "scrunchie", taken=4),)
    last = replace(
        batch("b0", "closed"), minimum_total=Rupiah(2_000_000), target=Rupiah(3_000_000), shipping_days=4, tiers=gifts
    )
    snapshot = replace(shop(), last_batch=last)
    seller = Seller(begin_open(snapshot), snapshot).press(
        "last", "suggested", "40", "2", "none", "40%", "720 menit", "now"
    )
    while type(seller.where()) is not OpenReview:
        seller.press(seller.screen.buttons[0].value)
    kept = draft(seller).draft
    assert (kept.closes_at, kept.production_days, kept.shipping_days) == (local(29, 21), 10, 4)
    assert (kept.minimum_total, kept.target) == (Rupiah(2_000_000), Rupiah(3_000_000))
    assert kept.tiers == (Tier(5, "gift", "scrunchie"),)


# --- an earlier batch, one that is planned ------------------------------------------------------------------------


def earlier() -> Shop:
    """A shop with one batch behind it."""
    done = replace(batch("b0", "done", "PO Lama", (HIJAB, BAG)), target=Rupiah(3_000_000))
    return replace(shop(), last_batch=done, earlier=(done,))


def test_repeating_asks_only_for_dates() -> None:
    """Title and dates are new; back from the dates leads to the choice, and a product that is gone is left out."""
    seller = Seller(begin_open(earlier()), earlier()).press("repeat").say("lama")
    assert type(seller.where()) is OpenMoment
    assert type(seller.back().where()) is OpenRepeat
    seller.press("b0", "now", "0")
    assert type(seller.where()) is OpenReview
    again = draft(seller).draft
    assert (again.products, again.title, again.target) == ((HIJAB.id, BAG.id), "PO November 2026", Rupiah(3_000_000))
    assert type(seller.back().where()) is OpenClosing
    fewer = replace(earlier(), products=(BAG,))
    left = Seller(begin_open(fewer), fewer).press("repeat", "b0")
    assert (draft(left).draft.products, left.heard) == ((BAG.id,), (ProductsGone(),))
    gone = replace(earlier(), products=(replace(BAG, id=ProductId("baru")),))
    assert Seller(begin_open(gone), gone).press("repeat", "b0").heard == (NothingToRepeat(),)


def test_a_planned_batch_is_written_anew_by_one_confirm() -> None:
    """From /batches into the review, where its own id is kept; a draft cannot be made of it any more."""
    snapshot = shop(batch("b2", "scheduled"))
    seller = Seller(begin_batches(snapshot), snapshot).press("b2", "edit")
    assert "draft" not in {button.value for button in seller.screen.buttons}
    assert type(seller.back().where()) is BatchCard
    seller.press("edit", "change", "quota").say("99")
    seller.press("confirm")
    (plan,) = seller.done
    assert isinstance(plan, PlanBatch)
    assert (plan.batch_id, plan.quota, plan.replaces, plan.as_draft) == (BatchId("b2"), 99, "scheduled", False)


def test_a_batch_that_opened_meanwhile_is_not_written_anew() -> None:
    """The confirm sees it: nothing is asked for, and it is said that it has changed."""
    snapshot = shop(batch("b2", "scheduled"))
    seller = Seller(begin_batches(snapshot), snapshot).press("b2", "edit")
    seller.shop = shop(batch("b2", "open"))
    assert (seller.press("confirm").heard, seller.done) == ((BatchGone(),), [])


def test_what_can_be_done_depends_on_the_state() -> None:
    """An open batch is closed, a planned one cancelled, each can be opened once more; a forged press does nothing."""
    snapshot = shop(batch("b1", "open"), batch("b2", "scheduled"), batch("b3", "draft"), batch("b4", "producing"))
    buttons = {
        key: [button.value for button in Seller(begin_batches(snapshot), snapshot).press(key).screen.buttons][:-2]
        for key in ("b1", "b2", "b3", "b4")
    }
    assert buttons == {
        "b1": ["close", "delay", "again"],
        "b2": ["edit", "drop", "again"],
        "b3": ["edit", "drop", "again"],
        "b4": ["delay", "again"],
    }
    at_open = Seller(begin_batches(snapshot), snapshot).press("b1")
    assert at_open.hear(Picked("edit")).why == BatchGone()
    assert type(at_open.press("close").where()) is CloseConfirm
    assert type(Seller(begin_batches(snapshot), snapshot).press("b3", "drop").where()) is CancelPlanConfirm
    assert type(Seller(begin_batches(snapshot), snapshot).press("b4", "again").where()) is OpenMoment
    assert type(Seller(begin_batches(snapshot), snapshot).press("b4", "delay").where()) is DelayWhich
    assert Seller(begin_batches(snapshot), snapshot).back().heard == (SellerLeft(),)
    assert type(Seller(begin_batches(snapshot), snapshot).say("PO b4").back().where()) is BatchesList


def test_open_begins_with_products_that_were_chosen_elsewhere() -> None:
    """The title is asked next, for whom and when is kept; products that are gone are asked for."""
    begun = begin_open_with(shop(), (BAG.id,), "interested", NOW + timedelta(days=1))
    assert isinstance(begun.to, OpenTitle)
    chosen = begun.to.draft
    assert (chosen.products, chosen.audience, chosen.opens_at) == ((BAG.id,), "interested", NOW + timedelta(days=1))
    assert isinstance(begin_open_with(shop(), (ProductId("hilang"),)).to, OpenProducts)
    assert begin_open_with(shop(products=()), (BAG.id,)).to == Home()


# --- /holidays ----------------------------------------------------------------------------------------------------


def holidays() -> Seller:
    return Seller(begin_holidays(shop()), shop())


def test_a_holiday_gets_its_day_and_loses_it_again() -> None:
    """Typed, it is the shop's; the calendar's own day, once decreed, confirms it; one press gives it back."""
    assert holidays().press("Eid al-Fitr|2027").say("11 maret 2027").done == [MoveHoliday(*EID, date(2027, 3, 11))]
    assert holidays().say("lebaran", "10 maret 2027").done == [MoveHoliday(*EID, date(2027, 3, 10))]
    moved = replace(shop(), moved={EID: date(2027, 3, 11)})
    seller = Seller(begin_holidays(moved), moved).say("idul fitri")
    assert "Menurut kalender: Rabu, 10 Maret 2027" in worded(seller.screen.message)
    assert seller.press("calendar").done == [MoveHoliday(*EID, None)]
    assert type(seller.where()) is HolidaysList


def test_a_day_far_from_the_calendars_is_a_slip() -> None:
    """Half a year away is another holiday; a doubtful day is said back."""
    assert holidays().say("lebaran", "11 sep 2027").why == HolidayTooFar(date(2027, 9, 11), date(2027, 3, 10))
    tuesday = holidays().at(local(24, 10)).say("natal", "minggu depan")
    assert tuesday.why == AskWhichDay((date(2026, 12, 1), date(2026, 12, 6)))


def test_the_couriers_rest_is_typed_or_pressed() -> None:
    """As days before and after, or none; one number is asked about."""
    assert holidays().press("courier").say("H-5 H+7").done == [PauseCourier(CourierRest(5, 7))]
    assert holidays().press("courier", "none").done == [PauseCourier(None)]
    assert holidays().press("courier").say("lima").why == CourierPauseUnclear("lima")


def test_a_holiday_named_in_part_is_enough_to_open_before_it() -> None:
    """In either language, the holiday itself and not the leave around it."""
    for name in ("lebaran", "idul fitri", "eid al-fitr"):
        step = at_moment("holiday", name).where()
        assert isinstance(step, OpenHolidayDays)
        assert (step.name, step.year) == EID
