"""What the shop does by itself: what sellers have set, and what comes next because of it."""

from __future__ import annotations

from datetime import datetime, time

from preorder.rules import Rule, RuleKind, usual
from preorder.values import dataclass
from storage.database import Row, Tx
from storage.moments import from_text
from storage.schedule import DueKind


@dataclass(frozen=True)
class AgendaItem:
    """Something that comes; `about` is a batch's title or an order's code, empty for others. `due_at` is UTC."""

    id: str
    kind: DueKind
    due_at: datetime
    about: str


def find(tx: Tx, kind: RuleKind, recap_at: time) -> Rule:
    """The rule as set, else the usual one."""
    row = tx.one("rule", kind=kind)
    if row is None:
        return usual(kind, recap_at)
    return Rule(kind, bool(row["is_on"]), time.fromisoformat(row["at_hour"]), row["days"])


def put(tx: Tx, rule: Rule) -> None:
    tx.run("put_rule", kind=rule.kind, is_on=int(rule.is_on), at_hour=f"{rule.at:%H:%M}", days=rule.days)


def agenda(tx: Tx, limit: int, skip: int) -> tuple[AgendaItem, ...]:
    """What comes next, soonest first."""
    return tuple(_item(row) for row in tx.all("agenda", n=limit, skip=skip))


def agenda_item(tx: Tx, due_id: str) -> AgendaItem | None:
    row = tx.one("agenda_item", id=due_id)
    return None if row is None else _item(row)


def _item(row: Row) -> AgendaItem:
    return AgendaItem(row["id"], row["kind"], from_text(row["due_at"]), row["about"])
