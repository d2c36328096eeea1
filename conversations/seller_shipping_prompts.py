"""The screens of /shipping (product 4): a step and a snapshot of the shop in, a message with its buttons out. Pure."""

from __future__ import annotations

from typing import Final

from conversations.buttons import Button, Keyboard
from conversations.prompt import WAY_OUT, Prompt, in_rows, one_a_row
from conversations.seller_shipping import (
    FREE,
    MOST_SHOWN,
    NONE,
    WAYS,
    SendingCost,
    SendingFree,
    SendingMenu,
    SendingPickup,
    SendingTold,
    SendingUntold,
    SendingWay,
)
from conversations.shop import Shop
from conversations.table import Step
from messages.catalog import Label, Message, Plain
from messages.catalog.selling_unclear import SellerHint
from messages.catalog.shipping import (
    AskFreeAbove,
    AskPickup,
    AskShippingCost,
    AskShippingWay,
    AskTold,
    AskUntold,
    NothingUntold,
    ShippingHome,
)
from preorder.order import Order, OrderId


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
        case SendingTold():
            return _told_before(shop)
        case SendingCost(order_id=order_id):
            return _cost(order_id, shop)
        case SendingMenu():
            return _menu(shop)
        case _:
            return None


def _menu(shop: Shop) -> Prompt:
    subjects = [Button(Label(f"shipping_{name}"), name) for name in ("way", "sheet", "free", "pickup")]
    untold = ((Button(Label("shipping_untold", (str(shop.untold),)), "untold"),),) if shop.untold else ()
    told = ((Button(Label("shipping_told", (str(shop.told),)), "told"),),) if shop.told else ()
    home = ShippingHome(shop.shipping, shop.zone_count, shop.untold)
    return Prompt(home, (*untold, *told, *in_rows(subjects, 2), *WAY_OUT))


def _untold(shop: Shop) -> Prompt:
    shown = tuple(order for order in shop.orders if order.shipping.kind != "told")[:MOST_SHOWN]
    if not shown:
        return Prompt(NothingUntold(), WAY_OUT)
    return Prompt(AskUntold(shown, max(0, shop.untold - len(shown))), _choices(shown))


def _told_before(shop: Shop) -> Prompt:
    shown = tuple(order for order in shop.orders if order.shipping.kind == "told")[:MOST_SHOWN]
    if not shown:
        return Prompt(NothingUntold(), WAY_OUT)
    return Prompt(AskTold(shown, max(0, shop.told - len(shown))), _choices(shown))


def _choices(shown: tuple[Order, ...]) -> Keyboard:
    buttons = [
        Button(Plain(f"{order.code} · {order.address.recipient}"[:40]), order.id, choice=True) for order in shown
    ]
    return (*one_a_row(buttons), *WAY_OUT)


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
    SendingTold: SellerHint("code"),
    SendingCost: SellerHint("money"),
}
