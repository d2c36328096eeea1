"""The zone table as a sheet: sent, taken back all or nothing, by chat or from the command line (product 4).

In: a sheet's rows. Out: the table in the books and what changed, or a sentence for each wrong cell and nothing changed.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from bot.catalog_command import WrongSheet
from bot.catalog_sheet import LARGEST, Rows, read_rows
from bot.places import regions_of
from bot.sent_sheet import SentSheet
from bot.settings import Settings
from bot.sheet_pages import Page
from bot.turn import Turn
from conversations.said import SentFile
from conversations.table import Stay
from messages.catalog.shipping import ZonesSaved, ZonesSheet, ZonesWrong
from messages.catalogue_words import explain, explain_file
from messages.zone_words import explain_zone
from preorder.catalogue import CatalogueErrors
from preorder.errors import NotASheet
from preorder.regions import Regions
from preorder.shipping import Zone
from preorder.zones import COLUMNS, ZoneErrors, is_zones, read_zones, rows_of
from storage import region_table, shipping
from storage.database import Tx
from storage.databases import opened

MOST_LINES: Final = 30


def take(turn: Turn, file: SentFile) -> Stay | None:
    """A sheet that was sent: what came of it; None when it is no zone table."""
    rows = turn.ask(SentSheet(file.file_id, file.name))
    if isinstance(rows, NotASheet | CatalogueErrors) or not rows or not is_zones(rows[0]):
        return None
    try:
        zones = read_zones(rows[0], rows[1:], regions_of(turn))
    except ZoneErrors as wrong:
        lines = tuple(explain_zone(cell, turn.locale) for cell in wrong.cells[:MOST_LINES])
        return Stay(ZonesWrong(lines, len(wrong.cells) - len(lines)))
    return Stay(_saved(turn.tx, zones))


def _saved(tx: Tx, zones: tuple[Zone, ...]) -> ZonesSaved:
    """Put these in the place of the table."""
    before = {(zone.province, zone.city): zone.price for zone in shipping.zones(tx)}
    after = {(zone.province, zone.city): zone.price for zone in zones}
    shipping.replace_zones(tx, zones)
    return ZonesSaved(
        added=len(after.keys() - before.keys()),
        changed=sum(before[key] != price for key, price in after.items() if key in before),
        removed=len(before.keys() - after.keys()),
        zones=len(zones),
    )


def send(turn: Turn) -> None:
    """The table, or an example while there is none; made when it leaves."""
    turn.send_sheet({"zones": True}, ZonesSheet(is_example=not shipping.count_zones(turn.tx)))


def write(file: Path, zones: tuple[Zone, ...]) -> None:
    """Write a .xlsx with these zones. Raises `WrongSheet`."""
    from bot.sheets import write as write_pages

    if file.suffix.casefold() != ".xlsx":
        raise WrongSheet(f"{file} should end in .xlsx: that is what is written.")
    content = write_pages([Page("Ongkir", tuple(zip(COLUMNS, (26, 30, 16), strict=True)), rows_of(zones))])
    try:
        file.write_bytes(content)
    except OSError as error:
        raise WrongSheet(f"{file} cannot be written: {error.strerror}.") from None


# --- from the command line ---------------------------------------------------------------------------------------


async def import_file(file: Path, settings: Settings) -> ZonesSaved:
    """Save what a sheet says. Raises `WrongSheet` with a line for each wrong cell, `AlreadyRunning`, `Unreachable`."""
    try:
        rows = await asyncio.to_thread(_rows, file)
        zones = await asyncio.to_thread(_zones, rows, region_table.load())
    except ZoneErrors as wrong:
        raise WrongSheet("\n".join(explain_zone(cell, settings.locale) for cell in wrong.cells)) from None
    except CatalogueErrors as merged:
        raise WrongSheet("\n".join(explain(cell, settings.locale) for cell in merged.cells)) from None
    except NotASheet as why:
        raise WrongSheet(explain_file(why, settings.locale)) from None
    except OSError as error:
        raise WrongSheet(f"{error.filename} cannot be read: {error.strerror}.") from None
    async with opened(settings.database_url) as database:
        return await database.run(lambda tx: _saved(tx, zones))


def _rows(file: Path) -> Rows:
    if file.stat().st_size > LARGEST:
        raise NotASheet("too_large", LARGEST)
    return read_rows(file.read_bytes(), file.name)


def _zones(rows: Rows, regions: Regions) -> tuple[Zone, ...]:
    return read_zones(rows[0] if rows else (), rows[1:], regions)


async def export_file(file: Path, settings: Settings) -> int:
    """Write the shop's table; returns its lines. Raises `AlreadyRunning`, `Unreachable`, `WrongSheet`."""
    async with opened(settings.database_url) as database:
        zones = await database.read(shipping.zones)
    await asyncio.to_thread(write, file, zones)
    return len(zones)
