"""The shop's rule for the shipping cost, its zones, and costs that are told later (product 4)."""

from __future__ import annotations

from collections.abc import Iterable

from preorder.address import Address
from preorder.money import Rupiah
from preorder.order import OrderId
from preorder.shipping import NO_RULE, ShippingRule, Zone
from storage.database import Tx


def rule(tx: Tx, address: Address | None = None) -> ShippingRule:
    """The rule, with the zones that concern this address and no others."""
    row = tx.one("shipping_rule")
    if row is None:
        return NO_RULE
    found: tuple[Zone, ...] = ()
    if row["way"] == "zones" and address is not None and address.province:
        rows = tx.all("zones_for", province=address.province, city=address.city)
        found = tuple(Zone(r["province"], r["city"], Rupiah(r["price"])) for r in rows)
    return ShippingRule(row["way"], row["pickup"], Rupiah(row["free_above"]), found)


def keep_rule(tx: Tx, new: ShippingRule) -> None:
    """Write the rule down; its zones are kept by `replace_zones`."""
    tx.run("put_shipping_rule", way=new.way, pickup=new.pickup, free_above=new.free_above)


def zones(tx: Tx) -> tuple[Zone, ...]:
    """Every zone, in the order of the seller's sheet."""
    return tuple(Zone(row["province"], row["city"], Rupiah(row["price"])) for row in tx.all("zones"))


def count_zones(tx: Tx) -> int:
    return int(tx.value("count_zones"))


def replace_zones(tx: Tx, new: Iterable[Zone]) -> None:
    """These zones and no others; all or nothing, as everything in a transaction."""
    tx.run("forget_zones")
    for position, zone in enumerate(new):
        tx.run("put_zone", province=zone.province, city=zone.city, price=zone.price, position=position)


def untold(tx: Tx, limit: int) -> list[OrderId]:
    """Orders that wait to be told what sending them costs, oldest first."""
    return [OrderId(row["id"]) for row in tx.all("orders_without_shipping", n=limit)]


def count_untold(tx: Tx) -> int:
    return int(tx.value("count_orders_without_shipping"))


def told(tx: Tx, limit: int) -> list[OrderId]:
    """Orders that were told what sending them costs and have not been sent, newest first."""
    return [OrderId(row["id"]) for row in tx.all("orders_with_told_shipping", n=limit)]


def count_told(tx: Tx) -> int:
    return int(tx.value("count_orders_with_told_shipping"))


def tell(tx: Tx, order_id: OrderId, cost: Rupiah) -> bool:
    """Guarded: add the cost to the order's total; False when it was told before or the order is over."""
    return tx.run("tell_shipping", id=order_id, cost=cost) == 1


def correct(tx: Tx, order_id: OrderId, cost: Rupiah, before: Rupiah) -> bool:
    """Guarded: put another cost in the place of the told one; False when it is not `before` any more, or is sent."""
    return tx.run("correct_shipping", id=order_id, cost=cost, before=before) == 1
