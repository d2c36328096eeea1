"""The shop as a step may see it: read in the turn's transaction, handed to the conversation as one frozen value."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot import board_work, planning_work, sheet_work
from bot.outside import Outside, Question
from bot.rule_plans import CANCELLABLE, defaults
from bot.turn import Turn
from conversations.opening_steps import (
    ArrivalPlanning,
    BatchCard,
    HolidayDay,
    HolidaysList,
    OpenArrival,
    OpenDayDoubt,
    OpenHoliday,
    OpenHolidayDays,
    OpenRepeat,
    OpenWindowHour,
)
from conversations.product_steps import ArchivedList, ProductName, ProductsList, SheetReview
from conversations.seller_board import BoardMenu
from conversations.seller_broadcast import BroadcastReview
from conversations.seller_delay import Delaying, DelayReview
from conversations.seller_flow import SELLER_FLOW
from conversations.seller_schedule import A_PAGE, RuleEdit, RulesList, ScheduleList, ScheduleOne
from conversations.seller_shipping import SendingMenu
from conversations.seller_steps import OpenMoment, OpenPaydayHour, ShipOrderPick, Shipping, StageConfirm
from conversations.shop import (
    Audience,
    BatchDelay,
    BatchTotals,
    Coming,
    OpenInvitation,
    SavedAddress,
    Shop,
    ShopProduct,
    ShopVariant,
    TeamMate,
)
from conversations.steps import Ordering
from conversations.table import Step
from conversations.team_steps import Team
from preorder import calendar
from preorder.batch import Batch, ProductId
from preorder.money import Rupiah
from preorder.order import Order, OrderId
from preorder.rules import RULE_OF, RULES, Rule
from preorder.shipping import NO_RULE
from preorder.values import dataclass
from storage import (
    addresses,
    batches,
    broadcasts,
    catalogue,
    delays,
    interests,
    orders,
    planning,
    refunds,
    rules,
    shipping,
    staff,
    waiting,
    wordings,
)
from storage.ids import short_id

MOST_EARLIER: Final = 8
MOST_UNTOLD: Final = 50
# Steps whose answers or screens look at holidays.
NEEDS_CALENDAR: Final = (
    *(OpenMoment, OpenPaydayHour, OpenWindowHour, OpenHoliday, OpenHolidayDays),
    *(OpenArrival, OpenDayDoubt, ArrivalPlanning, HolidaysList, HolidayDay),
)


def load(turn: Turn, step: Step | None = None, *, at_the_counter: bool = False) -> Shop:
    """The snapshot for a buyer, or (`at_the_counter`, or at a seller's step) for a seller."""
    tx, settings = turn.tx, turn.house.settings
    shop = Shop(
        now=turn.now,
        zone=settings.timezone,
        person_id=turn.person.id,
        fresh=short_id(),
        joint_leave=settings.joint_leave,
        has_channel=settings.channel_id is not None,
    )
    if (at_the_counter or type(step) in SELLER_FLOW) and turn.is_staff:
        return _for_seller(turn, shop, step)
    open_now = tuple(b for b in batches.in_states(tx, ("open",), turn.person.id) if b.is_open_at(turn.now))
    step_draft = step.draft if isinstance(step, Ordering) else None
    if step_draft is not None and step_draft.changing is not None:
        shop, open_now = _changing(turn, shop, open_now, step_draft.changing.order_id)
    saved = tuple(SavedAddress(a.id, a.address, a.label) for a in addresses.of_person(tx, turn.person.id))
    draft = step.draft if isinstance(step, Ordering) else None
    rule = shipping.rule(tx, draft.address) if draft is not None else NO_RULE
    return replace(shop, open_batches=open_now, addresses=saved, shipping=rule)


def _changing(turn: Turn, shop: Shop, open_now: tuple[Batch, ...], order_id: OrderId) -> tuple[Shop, tuple[Batch, ...]]:
    """An order that is being changed: its own slots are free for it."""
    order = orders.find(turn.tx, order_id)
    if order is None or order.person_id != turn.person.id or not order.takes_slots:
        return shop, open_now
    owed = sum(one.amount for one in refunds.of_order(turn.tx, order.id) if one.state == "owed")
    freed = tuple(b.freed(order.quantities) if b.id == order.batch_id else b for b in open_now)
    return replace(shop, orders=(order,), owed=Rupiah(owed)), freed


def _for_seller(turn: Turn, shop: Shop, step: Step | None) -> Shop:
    tx = turn.tx
    if isinstance(step, Team):
        return replace(shop, team=_team(turn), invitations=_invitations(turn))
    if isinstance(step, SendingMenu):
        return _sending(turn, shop)
    if isinstance(step, NEEDS_CALENDAR):
        _learn_calendar(turn)
    at_work = batches.in_states(tx, ("draft", "scheduled", "open", "closed", "producing", "ready", "shipping"))
    interested = interests.counts(tx)
    return replace(
        shop,
        open_batches=tuple(batch for batch in at_work if batch.is_open_at(turn.now)),
        products=tuple(_product(product, interested) for product in catalogue.products(tx)),
        archived=_archived(turn, step),
        wordings=wordings.every(tx),
        link=turn.house.deep_link(""),
        sheet_change=sheet_work.change_of(tx, step.sheet_id) if isinstance(step, SheetReview) else None,
        batches=at_work,
        last_batch=batches.last(tx),
        earlier=_earlier(turn) if isinstance(step, OpenRepeat) else (),
        moved=planning.moved_holidays(tx),
        courier_rest=planning_work.courier_rest(turn),
        orders=_orders_about(turn, step),
        audience=_audience(turn, step),
        coming=_coming(turn, step),
        board=board_work.seen(turn) if isinstance(step, BoardMenu) else None,
        rules=_rules(turn) if isinstance(step, RulesList | RuleEdit) else (),
        batch_totals=tuple(_totals(turn, batch) for batch in at_work),
        delays=_delays(turn, step, at_work),
        in_line=tuple((batch.id, *waiting.length(tx, batch.id)) for batch in at_work if batch.state == "open"),
    )


def _sending(turn: Turn, shop: Shop) -> Shop:
    tx = turn.tx
    about = (*shipping.untold(tx, MOST_UNTOLD), *shipping.told(tx, MOST_UNTOLD))
    return replace(
        shop,
        shipping=shipping.rule(tx),
        zone_count=shipping.count_zones(tx),
        untold=shipping.count_untold(tx),
        told=shipping.count_told(tx),
        orders=tuple(orders.get(tx, order_id) for order_id in about),
    )


def _team(turn: Turn) -> tuple[TeamMate, ...]:
    return tuple(
        TeamMate(one.id, one.first_name or f"ID {one.id}", one.username, one.role) for one in staff.members(turn.tx)
    )


def _invitations(turn: Turn) -> tuple[OpenInvitation, ...]:
    found = staff.invitations(turn.tx, turn.now)
    return tuple(OpenInvitation(one.id, one.role, one.expires_at) for one in found)


def _learn_calendar(turn: Turn) -> None:
    """The calendar is large: it is loaded outside of the transaction when a step first needs it."""
    year = turn.now.year
    years = (year - 1, year, year + 1, year + 2)
    if not calendar.is_learnt(years):
        turn.ask(CalendarOf(years))


@dataclass(frozen=True)
class CalendarOf(Question[None]):
    """The holidays of these years."""

    years: tuple[int, ...]

    async def find(self, _outside: Outside) -> None:
        await asyncio.to_thread(calendar.learn, self.years)


def _earlier(turn: Turn) -> tuple[Batch, ...]:
    found = (batches.find(turn.tx, batch_id) for batch_id in planning.earlier_batches(turn.tx, MOST_EARLIER))
    return tuple(batch for batch in found if batch is not None)


def _coming(turn: Turn, step: Step | None) -> tuple[Coming, ...]:
    """What falls due next, as far as /schedule shows it."""
    match step:
        case ScheduleList(page=page):
            found = rules.agenda(turn.tx, A_PAGE + 1, page * A_PAGE)
        case ScheduleOne(due_id=due_id):
            one = rules.agenda_item(turn.tx, due_id)
            if one is not None and one.kind in ("payday_idea", "holiday_idea"):
                _learn_calendar(turn)  # called off, the next one is planned
            found = () if one is None else (one,)
        case _:
            return ()
    return tuple(
        Coming(one.id, one.kind, one.about, one.due_at, one.kind in CANCELLABLE, RULE_OF.get(one.kind)) for one in found
    )


def _rules(turn: Turn) -> tuple[Rule, ...]:
    # Setting a payday's or a holiday's idea plans it anew: the calendar has to be there.
    _learn_calendar(turn)
    return tuple(rules.find(turn.tx, kind, defaults(turn.house)) for kind in RULES)


def _audience(turn: Turn, step: Step | None) -> Audience | None:
    """Whom the broadcast reaches that is being reviewed."""
    if not isinstance(step, BroadcastReview):
        return None
    everybody, reached = broadcasts.sizes(turn.tx, step.draft.segment, turn.person.id)
    wakes = turn.house.quiet.wake(turn.now)
    return Audience(reached, everybody - reached, turn.house.time_for(reached), wakes if wakes > turn.now else None)


def _orders_about(turn: Turn, step: Step | None) -> tuple[Order, ...]:
    """The orders of the batch that the step is about: to be shipped, or to be told of a stage."""
    match step:
        case ShipOrderPick(batch_id=batch_id) | Shipping(batch_id=batch_id) | StageConfirm(batch_id=batch_id):
            return tuple(orders.of_batch(turn.tx, batch_id, ("confirmed",)))
        case DelayReview(batch_id=batch_id):
            return tuple(orders.of_batch(turn.tx, batch_id, ("held", "confirmed")))
        case _:
            return ()


def _delays(turn: Turn, step: Step | None, at_work: tuple[Batch, ...]) -> tuple[BatchDelay, ...]:
    """The last delay of each batch, and its answers, where a screen shows them."""
    if not isinstance(step, Delaying | BatchCard):
        return ()
    found = (delays.of_batch(turn.tx, batch.id) for batch in at_work if batch.id == step.batch_id)
    return tuple(
        BatchDelay(delay.batch_id, delay.made_at, delay.reason, delays.answers(turn.tx, delay))
        for delay in found
        if delay is not None
    )


def _product(product: catalogue.Product, interested: Mapping[ProductId, int]) -> ShopProduct:
    return ShopProduct(
        product.id,
        product.name,
        product.description,
        tuple(ShopVariant(v.id, v.name, v.price, v.weight, v.quota) for v in product.variants),
        product.materials,
        product.sizes,
        product.care,
        product.pictures,
        interested.get(product.id, 0),
    )


def _archived(turn: Turn, step: Step | None) -> tuple[ShopProduct, ...]:
    """What was archived, where somebody looks at the catalogue (or enters it: no step yet)."""
    if step is not None and not isinstance(step, ProductsList | ArchivedList | ProductName):
        return ()
    return tuple(_product(product, {}) for product in catalogue.products(turn.tx, archived=True))


def _totals(turn: Turn, batch: Batch) -> BatchTotals:
    t = batches.totals(turn.tx, batch.id)
    return BatchTotals(batch.id, t.orders, t.held, t.confirmed, t.pieces, t.total, t.paid, t.proofs)
