"""Batches, what they offer, and the slots taken (product 3). Slots move by conditional update only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from preorder.batch import Batch, BatchId, BatchState, CloseReason, Decision, Offer, ProductId, Stage, VariantId
from preorder.errors import BatchNotOpen, OverMaximum, SlotsGone
from preorder.money import Rupiah, parse_rule
from preorder.order import Line, PersonId
from preorder.values import dataclass
from storage import planning
from storage.database import Row, Tx
from storage.moments import from_text, to_text

NO_MAXIMUM = 1_000_000_000
_rule = lru_cache(maxsize=64)(parse_rule)  # the few rules of a shop are read with every step of every order


@dataclass(frozen=True)
class Totals:
    """A batch in figures, over the orders that hold slots; money in rupiah."""

    orders: int
    held: int
    confirmed: int
    pieces: int
    total: Rupiah
    paid: Rupiah
    proofs: int


def in_states(tx: Tx, states: Iterable[BatchState], person_id: int = 0) -> tuple[Batch, ...]:
    """Batches in these states, newest first, as this person sees them: `mine` is what they have in each, and slots that
    are kept for them from the line are theirs to use."""
    rows = tx.all("batches_in", states=f",{','.join(states)},", person=person_id)
    return tuple(_seen_by(tx, row, person_id) for row in rows)


def find(tx: Tx, batch_id: BatchId, person_id: int = 0) -> Batch | None:
    """A batch, as this person sees it where one is named."""
    row = tx.one("batch", id=batch_id, person=person_id)
    return None if row is None else _seen_by(tx, row, person_id)


def _seen_by(tx: Tx, row: Row, person_id: int) -> Batch:
    batch = _batch(tx, row)
    if not row["is_promised"]:
        return batch
    kept = tx.all("offers_to", batch=batch.id, person=person_id)
    return batch.freed({VariantId(one["variant_id"]): one["offered"] for one in kept})


def last(tx: Tx) -> Batch | None:
    """The batch planned last."""
    batch_id = tx.value("last_batch")
    return None if batch_id is None else find(tx, BatchId(batch_id))


def stage_of(tx: Tx, batch_id: BatchId) -> str:
    row = tx.one("batch", id=batch_id, person=0)
    return "" if row is None else str(row["stage"])


def _batch(tx: Tx, row: Row) -> Batch:
    offers = tuple(
        Offer(
            variant_id=VariantId(o["variant_id"]),
            product_id=ProductId(o["product_id"]),
            product=o["product"],
            variant=o["variant"],
            price=Rupiah(o["price"]),
            weight=o["weight"],
            quota=o["quota"],
            taken=o["taken"],
        )
        for o in tx.all("offers_of", batch=row["id"])
    )
    return Batch(
        id=BatchId(row["id"]),
        title=row["title"],
        state=row["state"],
        quota=row["quota"],
        taken=row["taken"],
        minimum=row["minimum"],
        maximum=row["maximum"],
        down_payment=_rule(row["dp_rule"]),
        hold=timedelta(minutes=row["hold_minutes"]),
        opens_at=from_text(row["opens_at"]),
        closes_at=from_text(row["closes_at"]),
        production_days=row["production_days"],
        offers=offers,
        mine=row["mine"],
        terms=row["terms"],
        minimum_total=Rupiah(row["minimum_total"]),
        target=Rupiah(row["target"]),
        shipping_days=row["shipping_days"],
        audience=row["audience"],
        decision=row["decision"],
        tiers=planning.tiers_of(tx, row["id"]) if row["has_tiers"] else (),
    )


def move(tx: Tx, batch_id: BatchId, before: Iterable[BatchState], after: BatchState, now: datetime) -> bool:
    """Guarded move; False when the batch was in none of the states."""
    states = f",{','.join(before)},"
    return tx.run("move_batch", id=batch_id, before=states, after=after, now=to_text(now)) == 1


def close(tx: Tx, batch_id: BatchId, reason: CloseReason, now: datetime) -> bool:
    """Close an open batch; False when it was not open."""
    return tx.run("close_batch", id=batch_id, reason=reason, now=to_text(now)) == 1


def ask_decision(tx: Tx, batch_id: BatchId) -> None:
    """A closed batch is below its minimum: it waits for a decision."""
    tx.run("ask_decision", id=batch_id)


def decide(tx: Tx, batch_id: BatchId, decision: Decision, now: datetime, closes_at: datetime | None) -> bool:
    """Decide about a batch that waits for it; extended it is open until `closes_at`. False when it waits no more."""
    states: dict[Decision, BatchState] = {"extended": "open", "cancelled": "cancelled"}
    closing = "" if closes_at is None else to_text(closes_at)
    state = states.get(decision, "closed")
    return tx.run("decide_batch", id=batch_id, decision=decision, state=state, closing=closing, now=to_text(now)) == 1


def move_stage(tx: Tx, batch_id: BatchId, stage: Stage, now: datetime) -> bool:
    """Move a closed batch to a stage; False when it is there already or may not move."""
    state: BatchState = "ready" if stage == "ready" else "producing"
    return tx.run("move_stage", id=batch_id, stage=stage, state=state, now=to_text(now)) == 1


def take_slots(tx: Tx, batch: Batch, person_id: PersonId, lines: Iterable[Line], now: datetime) -> None:
    """Take the slots of an order, all or nothing (the transaction undoes the rest). product 4: no batch past its
    closing moment takes an order, no quota is exceeded at any load.

    Raises `BatchNotOpen`, `SlotsGone`, `OverMaximum`.
    """
    take_pieces(tx, batch, person_id, by_variant(lines), now)


def take_pieces(tx: Tx, batch: Batch, person_id: PersonId, wanted: Mapping[VariantId, int], now: datetime) -> None:
    """The same for pieces by variant, that no order has yet (product 4: kept for the next in line)."""
    pieces = sum(wanted.values())
    if tx.run("take_batch_slots", batch=batch.id, n=pieces, now=to_text(now)) != 1:
        fresh = find(tx, batch.id)
        if fresh is None or not fresh.is_open_at(now):
            raise BatchNotOpen
        raise SlotsGone(fresh.left)
    for variant_id, n in sorted(wanted.items()):
        if tx.run("take_offer_slots", batch=batch.id, variant=variant_id, n=n) != 1:
            fresh = find(tx, batch.id)
            offer = fresh.offer(variant_id) if fresh else None
            # The batch's own slots were taken two lines above, so the variant's quota is what binds.
            raise SlotsGone(max(0, offer.quota - offer.taken) if offer and offer.quota is not None else 0)
    maximum = NO_MAXIMUM if batch.maximum is None else batch.maximum
    if tx.run("take_buyer_slots", batch=batch.id, person=person_id, n=pieces, maximum=maximum) != 1:
        raise OverMaximum(maximum)


def return_slots(tx: Tx, batch_id: BatchId, person_id: PersonId, lines: Iterable[Line]) -> None:
    """Give the slots of an order back."""
    return_pieces(tx, batch_id, person_id, by_variant(lines))


def return_pieces(tx: Tx, batch_id: BatchId, person_id: PersonId, given: Mapping[VariantId, int]) -> None:
    """Give pieces back that `take_pieces` took."""
    pieces = sum(given.values())
    # The batch first, as when they are taken: two that change the same rows in another order wait for each other.
    tx.run("return_batch_slots", batch=batch_id, n=pieces)
    for variant_id, n in sorted(given.items()):
        tx.run("return_offer_slots", batch=batch_id, variant=variant_id, n=n)
    tx.run("return_buyer_slots", batch=batch_id, person=person_id, n=pieces)


def by_variant(lines: Iterable[Line]) -> dict[VariantId, int]:
    """Pieces of each variant."""
    counted: dict[VariantId, int] = {}
    for line in lines:
        counted[line.variant_id] = counted.get(line.variant_id, 0) + line.quantity
    return counted


def pieces_of(tx: Tx, batch_id: BatchId, person_id: PersonId) -> int:
    """Pieces that are counted for a buyer in a batch, those kept from the line too."""
    return int(tx.value("pieces_of", batch=batch_id, person=person_id))


def set_quota(tx: Tx, batch_id: BatchId, variant_id: VariantId | None, quota: int) -> bool:
    """Another quota for a batch, or for a variant that has one of its own; False when more is taken already or the
    batch takes no orders any more."""
    hold_still(tx, batch_id)
    if variant_id is None:
        return tx.run("set_quota", batch=batch_id, quota=quota) == 1
    return tx.run("set_offer_quota", batch=batch_id, variant=variant_id, quota=quota) == 1


def totals(tx: Tx, batch_id: BatchId) -> Totals:
    row = tx.one("batch_totals", batch=batch_id)
    if row is None:  # pragma: no cover - an aggregate always answers
        raise LookupError(batch_id)
    return Totals(
        orders=row["orders"],
        held=row["held"],
        confirmed=row["confirmed"],
        pieces=row["pieces"],
        total=Rupiah(row["total"]),
        paid=Rupiah(row["paid"]),
        proofs=row["proofs"],
    )


def goods(tx: Tx, batch_id: BatchId) -> Rupiah:
    """What the goods of the orders that hold slots come to, discounts off, without shipping; rupiah."""
    return Rupiah(tx.value("batch_goods", batch=batch_id))


def quantities(tx: Tx, batch_id: BatchId) -> list[tuple[str, str, str, int]]:
    """product × variant × wish → pieces: what has to be made."""
    return [(r["product"], r["variant"], r["wish"], r["pieces"]) for r in tx.all("quantities", batch=batch_id)]


def hold_still(tx: Tx, batch_id: BatchId) -> None:
    """Nobody else decides about this batch until the transaction ends; read it and its orders afterwards."""
    tx.value("hold_batch_still", batch=batch_id)


def unconfirmed_slots(tx: Tx, batch_id: BatchId) -> int:
    """Slots that are only held so far."""
    return int(tx.value("unconfirmed_slots", batch=batch_id))


def retake_slots(tx: Tx, batch_id: BatchId, person_id: PersonId, lines: Iterable[Line]) -> None:
    """product 5: late money reopens an order if slots remain, also after closing; the order itself came in time.

    Raises `SlotsGone`.
    """
    lines = tuple(lines)
    pieces = sum(line.quantity for line in lines)
    if tx.run("retake_batch_slots", batch=batch_id, n=pieces) != 1:
        raise SlotsGone(0)
    for line in sorted(lines, key=lambda line: line.variant_id):
        if tx.run("take_offer_slots", batch=batch_id, variant=line.variant_id, n=line.quantity) != 1:
            raise SlotsGone(0)
    tx.run("take_buyer_slots", batch=batch_id, person=person_id, n=pieces, maximum=NO_MAXIMUM)
