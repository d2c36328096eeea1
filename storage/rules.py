"""What the shop does by itself: what sellers have set, and what comes next because of it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from preorder.rules import Defaults, DueKind, Rule, RuleKind, usual
from preorder.values import dataclass
from storage.database import Row, Tx
from storage.moments import from_text


@dataclass(frozen=True)
class AgendaItem:
    """Something that comes; `about` is a batch's title or an order's code, empty for others. `due_at` is UTC."""

    id: str
    kind: DueKind
    due_at: datetime
    about: str
    subject: str


def find(tx: Tx, kind: RuleKind, settings: Defaults) -> Rule:
    """The rule as set, else the usual one."""
    row, before = tx.one("rule", kind=kind), usual(kind, settings)
    if row is None:
        return before
    lengths = tuple(timedelta(minutes=int(part)) for part in row["lengths"].split(",") if part)
    return Rule(kind, bool(row["is_on"]), time.fromisoformat(row["at_hour"]), row["days"], lengths or before.lengths)


def put(tx: Tx, rule: Rule) -> None:
    lengths = ",".join(str(int(length.total_seconds() // 60)) for length in rule.lengths)
    tx.run(
        "put_rule",
        kind=rule.kind,
        is_on=int(rule.is_on),
        at_hour=f"{rule.at:%H:%M}",
        days=rule.days,
        lengths=lengths,
    )


def agenda(tx: Tx, limit: int, skip: int) -> tuple[AgendaItem, ...]:
    """What comes next, soonest first."""
    return tuple(_item(row) for row in tx.all("agenda", n=limit, skip=skip))


def agenda_item(tx: Tx, due_id: str) -> AgendaItem | None:
    row = tx.one("agenda_item", id=due_id)
    return None if row is None else _item(row)


def _item(row: Row) -> AgendaItem:
    return AgendaItem(row["id"], row["kind"], from_text(row["due_at"]), row["about"], row["subject"])
