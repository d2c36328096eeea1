"""Sheets that somebody sent back and has not confirmed yet: what was read of them, as text of our own making."""

from __future__ import annotations

from datetime import datetime

from preorder.order import PersonId
from storage.database import Tx
from storage.ids import short_id
from storage.moments import to_text


def keep(tx: Tx, person_id: PersonId, content: str, now: datetime) -> str:
    """Keep what a sheet says until it is confirmed or left; returns its id. A person's older one goes."""
    sheet_id = short_id()
    tx.run("drop_sheets_of", person=person_id)
    tx.run("put_sheet", id=sheet_id, person=person_id, content=content, now=to_text(now))
    return sheet_id


def find(tx: Tx, sheet_id: str) -> str | None:
    content: str | None = tx.value("sheet", id=sheet_id)
    return content


def drop(tx: Tx, sheet_id: str) -> bool:
    """It was applied; False when somebody did that before."""
    return tx.run("drop_sheet", id=sheet_id) == 1
