"""Figures for sellers (product 8): totals, quantities, the daily recap, the export. Read in the turn's transaction.

Every figure of a batch comes from the same named statements, so that message and sheet are equal.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from bot.turn import Turn
from messages.catalog.running import (
    BatchTotalsRow,
    EveningBefore,
    ExportCaption,
    NothingToExport,
    Quantities,
    QuantityRow,
    Recap,
    RecapBatch,
)
from messages.catalog.team import NothingToProduce
from preorder.batch import Batch, BatchState
from preorder.delay import Answers
from preorder.money import Rupiah
from preorder.staff import Right
from storage import batches, catalogue, delays, interests, payments, recaps, shipping, waiting

MADE: Final[tuple[BatchState, ...]] = ("open", "closed", "producing")
RECAPPED: Final[tuple[BatchState, ...]] = ("scheduled", "open", "closed", "producing", "ready", "shipping")


def totals_row(turn: Turn, batch: Batch) -> BatchTotalsRow:
    t = batches.totals(turn.tx, batch.id)
    return BatchTotalsRow(
        title=batch.title,
        orders=t.orders,
        held=t.held,
        confirmed=t.confirmed,
        pieces=t.pieces,
        quota=batch.quota,
        total=t.total,
        paid=t.paid,
        awaited=Rupiah(t.total - t.paid),
        proofs=t.proofs,
    )


def quantities(turn: Turn, batch: Batch) -> Quantities:
    """product × variant × wish → pieces."""
    rows = _rows(turn, batch)
    return Quantities(batch.title, rows, sum(row.pieces for row in rows))


def _rows(turn: Turn, batch: Batch) -> tuple[QuantityRow, ...]:
    return tuple(QuantityRow(*row) for row in batches.quantities(turn.tx, batch.id))


def recap(turn: Turn, day: date | None = None) -> Recap:
    """A day of the shop (`day` for the daily one, else today so far) and every batch at work."""
    zone = turn.house.settings.timezone
    of = day or turn.now.astimezone(zone).date()
    since = datetime.combine(of, time(0), zone)
    figures = recaps.of_day(turn.tx, since, since + timedelta(days=1))
    at_work = batches.in_states(turn.tx, RECAPPED)
    return Recap(
        day=of,
        is_daily=day is not None,
        orders_today=figures.orders,
        ordered_today=figures.ordered,
        confirmed_today=figures.confirmed,
        proofs=payments.count_waiting(turn.tx),
        batches=tuple(
            RecapBatch(
                totals_row(turn, batch),
                _state(batch),
                batch.closes_at,
                _rows(turn, batch),
                *waiting.length(turn.tx, batch.id),
                batches.goods(turn.tx, batch.id),
                batch.minimum_total,
                batch.target,
                batch.tiers,
                _answers(turn, batch),
            )
            for batch in reversed(at_work)
        ),
        evening=None if day is None else _evening_before(turn, day),
        wanted=_wanted(turn),
        untold=shipping.count_untold(turn.tx),
    )


def _answers(turn: Turn, batch: Batch) -> Answers | None:
    """What buyers said to the batch's last delay; None when nobody was asked."""
    delay = delays.of_batch(turn.tx, batch.id)
    answers = delays.answers(turn.tx, delay) if delay is not None else None
    return answers if answers is not None and answers.orders else None


def _wanted(turn: Turn) -> tuple[tuple[str, int], ...]:
    """Products that no open batch offers, and how many people wait for each; the most wanted first."""
    counts = interests.counts(turn.tx)
    if not counts:
        return ()
    offered = {product for batch in batches.in_states(turn.tx, ("open",)) for product in batch.products()}
    found = [(p.name, counts[p.id]) for p in catalogue.products(turn.tx) if p.id in counts and p.id not in offered]
    return tuple(sorted(found, key=lambda one: -one[1]))


def _evening_before(turn: Turn, day: date) -> EveningBefore | None:
    """Orders placed late in the evening belong to a day whose recap was sent before: they are told with the next."""
    settings = turn.house.settings
    since = datetime.combine(day - timedelta(days=1), settings.recap_at, settings.timezone)
    figures = recaps.of_day(turn.tx, since, datetime.combine(day, time(0), settings.timezone))
    if not figures.orders and not figures.confirmed:
        return None
    return EveningBefore(since, figures.orders, figures.ordered, figures.confirmed)


RecapState = Literal["scheduled", "open", "closed", "producing", "ready", "shipping"]
_STATES: Final[dict[BatchState, RecapState]] = {
    "scheduled": "scheduled",
    "open": "open",
    "closed": "closed",
    "producing": "producing",
    "ready": "ready",
    "shipping": "shipping",
}


def _state(batch: Batch) -> RecapState:
    return _STATES[batch.state]


def show(turn: Turn) -> None:
    """/recap: to those who sell with all figures; to makers what is to be made."""
    if turn.may(Right.SELL):
        turn.say(recap(turn))
        return
    being_made = [quantities(turn, batch) for batch in reversed(batches.in_states(turn.tx, MADE))]
    for one in being_made:
        if one.rows:
            turn.say(one)
    if not any(one.rows for one in being_made):
        turn.say(NothingToProduce())


def send_daily(turn: Turn, day: str) -> None:
    """The recap that comes by itself at the shop's hour, once a day. After an outage it may come past midnight: it is
    still about its own `day` (ISO), and then about all of it."""
    turn.tell_sellers(recap(turn, date.fromisoformat(day)), key=f"recap:{day}")


def export(turn: Turn) -> None:
    """/export: the orders of the batches at work as a sheet, made when it leaves."""
    at_work = [batch for batch in batches.in_states(turn.tx, RECAPPED) if batch.taken or batch.state != "scheduled"]
    if not at_work:
        turn.say(NothingToExport())
        return
    title = at_work[0].title if len(at_work) == 1 else ""
    turn.send_sheet({"batches": [batch.id for batch in at_work]}, ExportCaption(title or turn.house.settings.shop_name))
