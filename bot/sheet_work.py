"""The catalogue as a sheet in the chat: sent, taken back, compared, applied all or nothing (product 2). In a turn.

A sheet may come at any time and is known by its header. What it says waits in the books until it is confirmed; the
difference is always worked out against the catalogue as it is, also at the very last moment.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from pydantic import TypeAdapter

from bot import catalog_books
from bot.catalog_sheet import LARGEST
from bot.sent_sheet import SentSheet
from bot.turn import Turn
from conversations.product_steps import SheetReview
from conversations.said import SentFile
from conversations.table import Go, Stay
from messages.catalog.products import SheetCaption, SheetRefused, SheetSame, SheetWrong
from messages.catalogue_words import explain, explain_file
from preorder.catalogue import Catalogue, CatalogueErrors, read_catalogue
from preorder.catalogue_change import Difference, difference
from preorder.catalogue_columns import is_catalogue
from preorder.errors import AlreadyDone, NotASheet
from storage import catalogue, sheets_sent
from storage.database import Tx

MOST_LINES: Final = 30  # wrong cells said at once; what a message can hold


def take(turn: Turn, file: SentFile) -> Go[SheetReview] | Stay | None:
    """A sheet that was sent: where it leads, or why it cannot be used; None when it is about something else."""
    if file.size > LARGEST:
        return Stay(SheetRefused(explain_file(NotASheet("too_large", LARGEST), turn.locale)))
    rows = turn.ask(SentSheet(file.file_id, file.name))
    if isinstance(rows, NotASheet):
        return Stay(SheetRefused(explain_file(rows, turn.locale)))
    if isinstance(rows, CatalogueErrors):
        return _wrong(turn, rows)
    if not rows or not is_catalogue(rows[0]):
        return None
    try:
        sheet = read_catalogue(rows[0], rows[1:])
    except CatalogueErrors as wrong:
        return _wrong(turn, wrong)
    change = difference(sheet, catalog_books.as_sheet(turn.tx))
    if change.is_empty:
        return Stay(SheetSame())
    sheet_id = sheets_sent.keep(turn.tx, turn.person.id, _adapter().dump_json(sheet).decode(), turn.now)
    return Go(SheetReview(sheet_id, change.fingerprint))


def _wrong(turn: Turn, errors: CatalogueErrors) -> Stay:
    lines = tuple(explain(cell, turn.locale) for cell in errors.cells[:MOST_LINES])
    return Stay(SheetWrong(lines, len(errors.cells) - len(lines)))


def change_of(tx: Tx, sheet_id: str) -> Difference | None:
    """What a kept sheet would change now; None when it is not kept any more."""
    sheet = _kept(tx, sheet_id)
    return None if sheet is None else difference(sheet, catalog_books.as_sheet(tx))


def apply(turn: Turn, sheet_id: str, shown: str) -> None:
    """Apply a sheet. Raises `AlreadyDone` when it was applied, or would not change what was shown any more."""
    sheet = _kept(turn.tx, sheet_id)
    change = change_of(turn.tx, sheet_id)
    if sheet is None or change is None or change.fingerprint != shown or not sheets_sent.drop(turn.tx, sheet_id):
        raise AlreadyDone
    catalog_books.apply(turn.tx, sheet, {})


def send(turn: Turn) -> None:
    """The catalogue as a sheet, made when it leaves; an example while there is nothing in it."""
    count = len(catalogue.products(turn.tx)) + len(catalogue.products(turn.tx, archived=True))
    turn.send_sheet({"catalogue": True}, SheetCaption(count))


def _kept(tx: Tx, sheet_id: str) -> Catalogue | None:
    content = sheets_sent.find(tx, sheet_id)
    return None if content is None else _adapter().validate_json(content)


@cache
def _adapter() -> TypeAdapter[Catalogue]:
    # Built when the first sheet comes: it is rare, and a start should not pay for it.
    return TypeAdapter(Catalogue)
