"""/shipping: how the shop sends (product 4): way, zone table, free above, pick-up, and costs that are told later.

Steps, verbs and screens of one conversation. The zone table itself comes as a sheet at any time (`bot/zone_sheet.py`).
Pure; the commit checks again what can have changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversations.buttons import Button
from conversations.effects import SaveShippingRule, SendZoneSheet, TellShipping
from conversations.prompt import WAY_OUT, Prompt, in_rows, one_a_row
from conversations.said import Back, Cancel, Picked, Typed
from conversations.seller_reading import quoted, read_rupiah
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step, Table, at, on, table
from messages.catalog import Label, Message, Plain
from messages.catalog.ordering import NotAChoice
from messages.catalog.selling_unclear import SellerHint
from messages.catalog.selling_work import OrderUnknown
from messages.catalog.shipping import (
    AskFreeAbove,
    AskPickup,
    AskShippingCost,
    AskShippingWay,
    AskUntold,
    NothingUntold,
    NoZonesYet,
    PickupUnclear,
    ShippingCostTooLarge,
    ShippingHome,
    ShippingLeft,
    ShippingTold,
)
from preorder.money import Rupiah
from preorder.order import Order, OrderId
from preorder.order_code import code_first
from preorder.shipping import MOST, Way
from preorder.staff import Right
from preorder.typed_text import plain, visible
from preorder.values import dataclass

WAYS: Final[tuple[Way, ...]] = ("zones", "later", "outside")
NONE: Final = "none"
FREE: Final = "free"
PICKUP_LONGEST: Final = 120
MOST_SHOWN: Final = 8
_FREE_WORDS: Final = frozenset({"gratis", "free", "0", "rp 0", "rp0"})


@dataclass(frozen=True)
class SendingMenu(Step, right=Right.SELL):
    """How the shop sends now, and what can be changed."""


@dataclass(frozen=True)
class SendingWay(SendingMenu):
    """By zone, told later, or outside the bot?"""


@dataclass(frozen=True)
class SendingPickup(SendingMenu):
    """Where buyers may fetch their orders."""


@dataclass(frozen=True)
class SendingFree(SendingMenu):
    """From which amount on sending is free."""


@dataclass(frozen=True)
class SendingUntold(SendingMenu):
    """Orders that wait for their cost: which one?"""


@dataclass(frozen=True)
class SendingCost(SendingMenu):
    """What sending this order costs."""

    order_id: OrderId


def begin_shipping(_shop: Shop) -> Go[SendingMenu]:
    """/shipping."""
    return Go(SendingMenu())


def pick_subject(
    _at: SendingMenu, said: Picked, shop: Shop
) -> Go[SendingWay] | Go[SendingPickup] | Go[SendingFree] | Go[SendingUntold] | Go[SendingMenu] | Stay:
    match said.value:
        case "way":
            return Go(SendingWay())
        case "pickup":
            return Go(SendingPickup())
        case "free":
            return Go(SendingFree())
        case "untold" if shop.untold:
            return Go(SendingUntold())
        case "sheet":
            return Go(SendingMenu(), do=(SendZoneSheet(),))
        case _:
            return Stay(NotAChoice())


def pick_way(_at: SendingWay, said: Picked, shop: Shop) -> Go[SendingMenu] | Stay:
    way = next((way for way in WAYS if way == said.value), None)
    if way is None:
        return Stay(NotAChoice())
    say = (NoZonesYet(),) if way == "zones" and not shop.zone_count else ()
    return Go(SendingMenu(), do=(SaveShippingRule(replace(shop.shipping, way=way)),), say=say)


def type_pickup(_at: SendingPickup, said: Typed, shop: Shop) -> Go[SendingMenu] | Stay:
    place = " ".join(visible(said.text).split())
    if not 5 <= len(place) <= PICKUP_LONGEST:
        return Stay(PickupUnclear(PICKUP_LONGEST))
    return Go(SendingMenu(), do=(SaveShippingRule(replace(shop.shipping, pickup=place)),))


def no_pickup(_at: SendingPickup, said: Picked, shop: Shop) -> Go[SendingMenu] | Stay:
    if said.value != NONE:
        return Stay(NotAChoice())
    return Go(SendingMenu(), do=(SaveShippingRule(replace(shop.shipping, pickup="")),))


def type_free(_at: SendingFree, said: Typed, shop: Shop) -> Go[SendingMenu] | Stay:
    amount = read_rupiah(said.text)
    if isinstance(amount, Stay):
        return amount
    return Go(SendingMenu(), do=(SaveShippingRule(replace(shop.shipping, free_above=amount)),))


def no_free(_at: SendingFree, said: Picked, shop: Shop) -> Go[SendingMenu] | Stay:
    if said.value != NONE:
        return Stay(NotAChoice())
    return Go(SendingMenu(), do=(SaveShippingRule(replace(shop.shipping, free_above=Rupiah(0))),))


# --- costs that are told later -----------------------------------------------------------------------------------


def pick_untold(_at: SendingUntold, said: Picked, shop: Shop) -> Go[SendingCost] | Stay:
    order = next((order for order in shop.orders if order.id == said.value), None)
    return Stay(NotAChoice()) if order is None else Go(SendingCost(order.id))


def type_untold(
    _at: SendingUntold, said: Typed, shop: Shop
) -> Go[SendingUntold] | Go[SendingCost] | Go[SendingMenu] | Stay:
    """`PO-7K3F 18rb` at once, or only the code."""
    code, cost = code_first(said.text) or (quoted(said.text), "")
    order = next((order for order in shop.orders if order.code == code), None)
    if order is None:
        return Stay(OrderUnknown(code))
    return _told(order, cost, shop) if cost else Go(SendingCost(order.id))


def type_cost(at: SendingCost, said: Typed, shop: Shop) -> Go[SendingUntold] | Go[SendingMenu] | Stay:
    order = next((order for order in shop.orders if order.id == at.order_id), None)
    return Go(SendingMenu(), say=(NothingUntold(),)) if order is None else _told(order, said.text, shop)


def pick_cost(at: SendingCost, said: Picked, shop: Shop) -> Go[SendingUntold] | Go[SendingMenu] | Stay:
    order = next((order for order in shop.orders if order.id == at.order_id), None)
    if order is None:
        return Go(SendingMenu(), say=(NothingUntold(),))
    return _told(order, "0", shop) if said.value == FREE else Stay(NotAChoice())


def _told(order: Order, text: str, shop: Shop) -> Go[SendingUntold] | Go[SendingMenu] | Stay:
    cost = Rupiah(0) if plain(text) in _FREE_WORDS else read_rupiah(text)
    if isinstance(cost, Stay):
        return cost
    if cost > MOST:
        return Stay(ShippingCostTooLarge(MOST))
    do, say = (TellShipping(order.id, cost),), (ShippingTold(order.code, cost),)
    if shop.untold > 1:
        return Go(SendingUntold(), do=do, say=say)
    return Go(SendingMenu(), do=do, say=say)


def to_menu(_at: SendingMenu, _said: Back, _shop: Shop) -> Go[SendingMenu]:
    return Go(SendingMenu())


def to_untold(_at: SendingCost, _said: Back, _shop: Shop) -> Go[SendingUntold]:
    return Go(SendingUntold())


def leave_menu(_at: SendingMenu, _said: Back, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(ShippingLeft(),))


def cancel_shipping(_at: SendingMenu, _said: Cancel, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(ShippingLeft(),))


SHIPPING_FLOW: Final[Table] = table(
    at(SendingMenu, on(Picked, pick_subject), on(Back, leave_menu), on(Cancel, cancel_shipping)),
    at(SendingWay, on(Picked, pick_way), on(Back, to_menu), on(Cancel, cancel_shipping)),
    at(
        SendingPickup,
        on(Typed, type_pickup),
        on(Picked, no_pickup),
        on(Back, to_menu),
        on(Cancel, cancel_shipping),
    ),
    at(SendingFree, on(Typed, type_free), on(Picked, no_free), on(Back, to_menu), on(Cancel, cancel_shipping)),
    at(
        SendingUntold,
        on(Typed, type_untold),
        on(Picked, pick_untold),
        on(Back, to_menu),
        on(Cancel, cancel_shipping),
    ),
    at(SendingCost, on(Typed, type_cost), on(Picked, pick_cost), on(Back, to_untold), on(Cancel, cancel_shipping)),
)


# --- screens -----------------------------------------------------------------------------------------------------


def shipping_prompt(step: Step, shop: Shop) -> Prompt | None:
    """The screen of a step of this conversation."""
    rule = shop.shipping
    match step:
        case SendingWay():
            ways = [Button(Label(f"way_{way}"), way, choice=True) for way in WAYS]
            return Prompt(AskShippingWay(rule.way, shop.zone_count), (*one_a_row(ways), *WAY_OUT))
        case SendingPickup():
            none = Button(Label("no_pickup"), NONE)
            return Prompt(AskPickup(rule.pickup), ((none,), *WAY_OUT), numbers_are_answers=True)
        case SendingFree():
            none = Button(Label("no_free_shipping"), NONE)
            return Prompt(AskFreeAbove(rule.free_above), ((none,), *WAY_OUT), numbers_are_answers=True)
        case SendingUntold():
            return _untold(shop)
        case SendingCost(order_id=order_id):
            return _cost(order_id, shop)
        case SendingMenu():
            return _menu(shop)
        case _:
            return None


def _menu(shop: Shop) -> Prompt:
    subjects = [Button(Label(f"shipping_{name}"), name) for name in ("way", "sheet", "free", "pickup")]
    untold = ((Button(Label("shipping_untold", (str(shop.untold),)), "untold"),),) if shop.untold else ()
    return Prompt(ShippingHome(shop.shipping, shop.zone_count, shop.untold), (*untold, *in_rows(subjects, 2), *WAY_OUT))


def _untold(shop: Shop) -> Prompt:
    shown = shop.orders[:MOST_SHOWN]
    if not shown:
        return Prompt(NothingUntold(), WAY_OUT)
    choices = [
        Button(Plain(f"{order.code} · {order.address.recipient}"[:40]), order.id, choice=True) for order in shown
    ]
    return Prompt(AskUntold(shown, max(0, shop.untold - len(shown))), (*one_a_row(choices), *WAY_OUT))


def _cost(order_id: OrderId, shop: Shop) -> Prompt:
    order = next((order for order in shop.orders if order.id == order_id), None)
    if order is None:
        return Prompt(NothingUntold(), WAY_OUT)
    free = Button(Label("free_for_this"), FREE)
    return Prompt(AskShippingCost(order), ((free,), *WAY_OUT), numbers_are_answers=True)


SENDING_HINTS: Final[dict[type[Step], Message]] = {
    SendingMenu: SellerHint("button"),
    SendingWay: SellerHint("button"),
    SendingPickup: SellerHint("text"),
    SendingFree: SellerHint("money"),
    SendingUntold: SellerHint("code"),
    SendingCost: SellerHint("money"),
}
