"""/shipping: how the shop sends (product 4): way, zone table, free above, pick-up, and costs that are told later.

Steps and verbs of one conversation; its screens stand in `seller_shipping_prompts`. The zone table itself comes as a
sheet at any time (`bot/zone_sheet.py`). Pure; the commit checks again what can have changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversations.effects import CorrectShipping, SaveShippingRule, SendZoneSheet, TellShipping
from conversations.said import Back, Cancel, Picked, Typed
from conversations.seller_reading import quoted, read_rupiah
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step, Table, at, on, table
from messages.catalog.ordering import NotAChoice
from messages.catalog.selling_work import OrderUnknown
from messages.catalog.shipping import (
    NothingUntold,
    NoZonesYet,
    PickupUnclear,
    ShippingCostTooLarge,
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
class SendingTold(SendingMenu):
    """Orders that were told their cost and are not sent: which one was wrong?"""


@dataclass(frozen=True)
class SendingCost(SendingMenu):
    """What sending this order costs, or should have cost."""

    order_id: OrderId


def begin_shipping(_shop: Shop) -> Go[SendingMenu]:
    """/shipping."""
    return Go(SendingMenu())


def pick_subject(
    _at: SendingMenu, said: Picked, shop: Shop
) -> (
    Go[SendingWay] | Go[SendingPickup] | Go[SendingFree] | Go[SendingUntold] | Go[SendingTold] | Go[SendingMenu] | Stay
):
    match said.value:
        case "way":
            return Go(SendingWay())
        case "pickup":
            return Go(SendingPickup())
        case "free":
            return Go(SendingFree())
        case "untold" if shop.untold:
            return Go(SendingUntold())
        case "told" if shop.told:
            return Go(SendingTold())
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


def pick_order(_at: SendingUntold | SendingTold, said: Picked, shop: Shop) -> Go[SendingCost] | Stay:
    order = next((order for order in shop.orders if order.id == said.value), None)
    return Stay(NotAChoice()) if order is None else Go(SendingCost(order.id))


def type_order(
    _at: SendingUntold | SendingTold, said: Typed, shop: Shop
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
    say = (ShippingTold(order.code, cost),)
    before = order.shipping.cost
    if order.shipping.kind == "told":
        return Go(SendingMenu(), do=() if cost == before else (CorrectShipping(order.id, cost, before),), say=say)
    do = (TellShipping(order.id, cost),)
    if shop.untold > 1:
        return Go(SendingUntold(), do=do, say=say)
    return Go(SendingMenu(), do=do, say=say)


def to_menu(_at: SendingMenu, _said: Back, _shop: Shop) -> Go[SendingMenu]:
    return Go(SendingMenu())


def to_orders(at: SendingCost, _said: Back, shop: Shop) -> Go[SendingUntold] | Go[SendingTold]:
    is_told = any(order.id == at.order_id and order.shipping.kind == "told" for order in shop.orders)
    return Go(SendingTold()) if is_told else Go(SendingUntold())


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
    at(SendingUntold, on(Typed, type_order), on(Picked, pick_order), on(Back, to_menu), on(Cancel, cancel_shipping)),
    at(SendingTold, on(Typed, type_order), on(Picked, pick_order), on(Back, to_menu), on(Cancel, cancel_shipping)),
    at(SendingCost, on(Typed, type_cost), on(Picked, pick_cost), on(Back, to_orders), on(Cancel, cancel_shipping)),
)
