"""The shop's terms (product 9): every version stays, because orders name the one that was accepted."""

from __future__ import annotations

from datetime import datetime

from preorder.order import PersonId
from preorder.values import dataclass
from storage.database import Tx
from storage.moments import from_text, to_text


@dataclass(frozen=True)
class Terms:
    version: int
    text: str
    set_at: datetime


def now_valid(tx: Tx) -> Terms | None:
    """The newest version; None while the shop has written none."""
    row = tx.one("terms_now")
    return None if row is None else Terms(row["version"], row["text"], from_text(row["set_at"]))


def write(tx: Tx, text: str, after: int, by: PersonId, now: datetime) -> bool:
    """Write the version after `after` (0: the first); False when somebody else wrote it before."""
    return tx.run("put_terms", version=after + 1, text=text, by=by, now=to_text(now)) == 1
