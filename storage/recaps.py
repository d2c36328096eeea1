"""Figures of a day, read with one statement each (product 8)."""

from __future__ import annotations

from datetime import datetime

from preorder.money import Rupiah
from preorder.values import dataclass
from storage.database import Tx
from storage.moments import to_text


@dataclass(frozen=True)
class DayFigures:
    """Orders placed and their worth, money confirmed; rupiah."""

    orders: int
    ordered: Rupiah
    confirmed: Rupiah


def of_day(tx: Tx, since: datetime, until: datetime) -> DayFigures:
    """What happened from `since` up to, not including, `until`."""
    bounds = {"since": to_text(since), "until": to_text(until)}
    row = tx.one("orders_between", **bounds)
    if row is None:  # pragma: no cover - an aggregate always answers
        raise LookupError
    return DayFigures(row["orders"], Rupiah(row["total"]), Rupiah(tx.value("confirmed_between", **bounds)))
