"""Batches being planned: written, written anew before they open, and what their first orders get (product 3).

What the shop knows for its plans is here too: holidays that it has given another day.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from preorder.batch import Batch, BatchId
from preorder.money import Rupiah, rule_text
from preorder.order import PersonId
from preorder.tiers import Tier
from storage.database import Tx
from storage.moments import to_text


def tiers_of(tx: Tx, batch_id: BatchId) -> tuple[Tier, ...]:
    """What the first orders get, the first tier first; its place in the tuple is its `position`."""
    return tuple(
        Tier(row["places"], row["kind"], row["gift"], Rupiah(row["discount"]), row["taken"])
        for row in tx.all("tiers_of", batch=batch_id)
    )


def plan(tx: Tx, batch: Batch, by: PersonId, now: datetime) -> bool:
    """Write a new batch with its offers and tiers; False when this batch was planned before."""
    if not tx.run("put_batch", **_columns(batch, now), by=by):
        return False
    _put_offers_and_tiers(tx, batch)
    return True


def replan(tx: Tx, batch: Batch, before: Literal["draft", "scheduled"], now: datetime) -> bool:
    """Write a batch that has not opened anew; False when it is not in the state `before` any more: it has opened, was
    cancelled, or somebody else planned the draft."""
    if tx.run("replan_batch", **_columns(batch, now), before=before) != 1:
        return False
    tx.run("forget_offers", batch=batch.id)
    tx.run("forget_tiers", batch=batch.id)
    _put_offers_and_tiers(tx, batch)
    return True


def _columns(batch: Batch, now: datetime) -> dict[str, object]:
    return {
        "id": batch.id,
        "title": batch.title,
        "state": batch.state,
        "quota": batch.quota,
        "minimum": batch.minimum,
        "maximum": batch.maximum,
        "dp_rule": rule_text(batch.down_payment),
        "hold_minutes": int(batch.hold.total_seconds() // 60),
        "opens_at": to_text(batch.opens_at),
        "closes_at": to_text(batch.closes_at),
        "production_days": batch.production_days,
        "minimum_total": batch.minimum_total,
        "target": batch.target,
        "shipping_days": batch.shipping_days,
        "audience": batch.audience,
        "now": to_text(now),
    }


def _put_offers_and_tiers(tx: Tx, batch: Batch) -> None:
    for position, offer in enumerate(batch.offers):
        tx.run(
            "put_offer",
            batch=batch.id,
            variant=offer.variant_id,
            product_id=offer.product_id,
            product=offer.product,
            variant_name=offer.variant,
            price=offer.price,
            weight=offer.weight,
            quota=offer.quota,
            position=position,
        )
    for position, tier in enumerate(batch.tiers):
        tx.run(
            "put_tier",
            batch=batch.id,
            position=position,
            places=tier.places,
            kind=tier.kind,
            gift=tier.gift,
            discount=tier.discount,
        )


# --- holidays ----------------------------------------------------------------------------------------------------


def moved_holidays(tx: Tx) -> dict[tuple[str, int], date]:
    """The days that the shop has given to holidays, by the holiday's name and year in the calendar."""
    return {(row["name"], row["year"]): date.fromisoformat(row["day"]) for row in tx.all("moved_holidays")}


def move_holiday(tx: Tx, name: str, year: int, day: date, by: PersonId, now: datetime) -> None:
    tx.run("move_holiday", name=name, year=year, day=day.isoformat(), by=by, now=to_text(now))


def unmove_holiday(tx: Tx, name: str, year: int) -> bool:
    """False when the calendar's day was in force already."""
    return tx.run("unmove_holiday", name=name, year=year) == 1


def earlier_batches(tx: Tx, most: int) -> list[BatchId]:
    """The batches planned last, the newest first; drafts are none."""
    return [BatchId(row["id"]) for row in tx.all("earlier_batches", n=most)]
