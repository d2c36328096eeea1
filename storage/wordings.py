"""The shop's own wordings: announcement, reminder, greeting, a text a language (product 9)."""

from __future__ import annotations

from datetime import datetime

from preorder.order import PersonId
from preorder.wording import Wording, WordingKind
from storage.database import Tx
from storage.moments import to_text


def of(tx: Tx, kind: WordingKind) -> tuple[Wording, ...]:
    """The shop's own words for this, in the languages it has them."""
    return tuple(Wording(row["kind"], row["locale"], row["body"]) for row in tx.all("wordings_of", kind=kind))


def every(tx: Tx) -> tuple[Wording, ...]:
    """All of the shop's own words."""
    return tuple(Wording(row["kind"], row["locale"], row["body"]) for row in tx.all("wordings"))


def write(tx: Tx, wording: Wording, by: PersonId, now: datetime) -> None:
    """These words from now on."""
    tx.run("put_wording", kind=wording.kind, locale=wording.locale, body=wording.body, by=by, now=to_text(now))


def reset(tx: Tx, kind: WordingKind, locale: str) -> bool:
    """Our words again; False when the shop had none of its own."""
    return tx.run("drop_wording", kind=kind, locale=locale) == 1
