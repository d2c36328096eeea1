"""`bukapo catalog`: a sheet into the books, all or nothing, and back.

In: a .xlsx or .csv, photos beside it. Out: products saved in one transaction, or `WrongSheet` with a line for each
wrong cell and nothing changed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot import catalog_books
from bot.catalog_sheet import read_photo, read_sheet, write_catalogue, write_template
from bot.plainly import Refusal
from bot.settings import Settings
from messages.catalogue_words import explain, explain_file
from preorder.catalogue import Catalogue, CatalogueErrors
from preorder.errors import NotASheet
from storage.databases import opened


class WrongSheet(Refusal):
    """The sheet cannot be used; the text says why, a line a cell."""


async def import_file(file: Path, settings: Settings) -> tuple[int, int]:
    """Save what a sheet says; returns how many products and variants.

    Raises `WrongSheet`, `AlreadyRunning`, `Unreachable`.
    """
    try:
        sheet = await asyncio.to_thread(read_sheet, file, file.parent)
        photos = await asyncio.to_thread(_photos, sheet, file.parent)
    except CatalogueErrors as error:
        lines = [explain(cell, settings.locale) for cell in error.cells]
        raise WrongSheet("\n".join(lines)) from None
    except NotASheet as error:
        raise WrongSheet(explain_file(error, settings.locale)) from None
    except OSError as error:
        raise WrongSheet(f"{error.filename} cannot be read: {error.strerror}.") from None
    async with opened(settings.database_url) as database:
        await database.run(lambda tx: catalog_books.apply(tx, sheet, photos))
    return len(sheet.products), sum(len(product.variants) for product in sheet.products)


def _photos(sheet: Catalogue, folder: Path) -> dict[str, bytes]:
    names = {product.photo for product in sheet.products if product.photo}
    return {name: read_photo(folder, name) for name in names}


async def export_file(file: Path, settings: Settings) -> int:
    """Write the catalogue to a sheet, without photos; returns how many products.

    Raises `AlreadyRunning`, `Unreachable`, `WrongSheet` when the file cannot be written.
    """
    async with opened(settings.database_url) as database:
        sheet = await database.read(catalog_books.as_sheet)
    await asyncio.to_thread(_write, file, lambda: write_catalogue(file, sheet))
    return len(sheet.products)


def write_example(file: Path) -> None:
    """A filled example sheet. Raises `WrongSheet` when the file cannot be written."""
    _write(file, lambda: write_template(file))


def _write(file: Path, write: Callable[[], None]) -> None:
    """XlsxWriter wraps the disk's refusal into an error of its own, so the file is tried first."""
    if file.suffix.casefold() != ".xlsx":
        raise WrongSheet(f"{file} should end in .xlsx: that is what is written.")
    try:
        with file.open("ab"):
            pass
        write()
    except OSError as error:
        raise WrongSheet(f"{file} cannot be written: {error.strerror}.") from None
