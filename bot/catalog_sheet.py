"""The catalogue as a file: read from .xlsx or .csv, written as .xlsx, and the filled template (product 2).

In: a path. Out: a `Catalogue`, or a sheet on disk. Never: computes a formula, decodes a picture, trusts a size it has
not checked. The libraries for sheets are large and rarely needed, so they are loaded on first use.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from bot.catalog_template import write_catalogue, write_template
from bot.photo_file import LARGEST as LARGEST_PHOTO
from bot.photo_file import WrongPhoto, undress
from preorder.catalogue import Catalogue, CatalogueErrors, CellError, read_catalogue
from preorder.catalogue_cells import CellProblem, Formula, SheetCell
from preorder.errors import NotASheet
from preorder.values import dataclass

__all__ = ["LARGEST", "LARGEST_UNPACKED", "read_photo", "read_rows", "read_sheet", "write_catalogue", "write_template"]
Rows = Sequence[Sequence[SheetCell]]

LARGEST: Final = 5 * 1024 * 1024
"""Bytes of a file that is read at all."""
LARGEST_UNPACKED: Final = 40 * 1024 * 1024
"""Bytes an .xlsx may unpack to, pictures counted: a bomb is refused before anything is unpacked."""
LARGEST_XML: Final = 12 * 1024 * 1024
"""Bytes of it that are not pictures and have to be parsed: a thread is busy with a megabyte for about a second."""
MOST_ROWS: Final = 20_000
"""Number of the last row that may hold something."""


@dataclass(frozen=True)
class Bounds:
    """How much of a sheet is read: `xml` bytes to be parsed, and the number of the last row that holds something."""

    xml: int = LARGEST_XML
    rows: int = MOST_ROWS


_BOUNDS: Final = Bounds()
_MOST_PARTS: Final = 2_000
_MOST_COLUMNS: Final = 64
_LAST_ROW: Final = 1_048_576  # spreadsheets count no further; a file may, and 40 bytes would come to a billion rows
_XLSX: Final = b"PK\x03\x04"
_CSV_NAMES: Final = frozenset({".csv", ".tsv", ".txt"})
_BYTE_ORDER_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')


def read_sheet(path: Path, photos: Path | None = None) -> Catalogue:
    """Read the first sheet of an .xlsx (or the one called Katalog), or a .csv; at most 5 MB.

    With `photos`, every picture named must be a file under that folder, and fit to be shown. Raises
    NotASheet (`too_large`, `wrong_kind`, `unreadable`, `too_many_rows`), CatalogueErrors with all wrong cells, OSError.
    """
    if path.stat().st_size > LARGEST:
        raise NotASheet("too_large", LARGEST)
    rows = read_rows(path.read_bytes(), path.name)
    header: Sequence[SheetCell] = rows[0] if rows else ()
    if photos is None:
        return read_catalogue(header, rows[1:])
    return read_catalogue(header, rows[1:], photo_problem=lambda name: _photo_problem(photos, name))


def read_rows(content: bytes, name: str, bounds: Bounds = _BOUNDS) -> Rows:
    """The cells of a file, header first, whatever the sheet is about. Slow for a large one: 0.3 s, in a thread.

    Raises NotASheet (`too_large`, `wrong_kind`, `unreadable`, `too_many_rows`), CatalogueErrors naming merged cells.
    """
    if len(content) > LARGEST:
        raise NotASheet("too_large", LARGEST)
    if content.startswith(_XLSX):
        return _xlsx_rows(content, bounds)
    if Path(name).suffix.casefold() in _CSV_NAMES:
        return _csv_rows(content, bounds)
    raise NotASheet("wrong_kind")


def _photo_problem(folder: Path, name: str) -> CellProblem | None:
    try:
        read_photo(folder, name)
    except FileNotFoundError:
        return CellProblem("photo_missing")
    except WrongPhoto as wrong:
        return CellProblem(wrong.fault, wrong.bound)
    return None


def read_photo(folder: Path, name: str) -> bytes:
    """A picture under this folder, undressed. Raises FileNotFoundError (also for one outside), WrongPhoto."""
    found = (folder / name).resolve()
    if not (found.is_file() and found.is_relative_to(folder.resolve())):
        raise FileNotFoundError(name)
    if found.stat().st_size > LARGEST_PHOTO:
        raise WrongPhoto("photo_too_large", LARGEST_PHOTO // (1024 * 1024))
    return undress(found.read_bytes())


def _xlsx_rows(content: bytes, bounds: Bounds) -> list[Sequence[SheetCell]]:
    _refuse_bombs(content, bounds.xml)
    from openpyxl import load_workbook  # 0.25 s, and only an import needs it

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        named = [sheet for sheet in sheets if sheet.title.strip().casefold() in ("katalog", "catalogue", "catalog")]
        sheet = (named or sheets)[0]
        _refuse_merged(content, sheet._worksheet_path)  # type: ignore[attr-defined]  # read-only sheets tell it nowhere else
        return _bounded(_read_cells(sheet.iter_rows(max_col=_MOST_COLUMNS)), bounds.rows)
    except (CatalogueErrors, NotASheet):
        raise
    except Exception as error:
        # openpyxl answers a damaged file with whatever broke first: KeyError, ValueError, a parse error, BadZipFile.
        raise NotASheet("unreadable") from error


def _read_cells(rows: Iterable[tuple[Any, ...]]) -> Iterator[Sequence[SheetCell]]:
    blank: object = None
    for row in rows:
        # A missing row comes as one and the same tuple of empty cells: a million of them are looked at once.
        if row is blank:
            yield ()
            continue
        cells = tuple(_cell(cell.value, str(cell.data_type)) for cell in row)
        if any(cell is not None for cell in cells):
            yield cells
        else:
            blank = row
            yield ()


def _bounded(rows: Iterable[Sequence[SheetCell]], most: int) -> list[Sequence[SheetCell]]:
    """The rows without the empty ones at the end, of which some programs write a million. Raises NotASheet."""
    found: list[Sequence[SheetCell]] = []
    empty = 0
    for number, row in enumerate(rows, start=1):
        if number > (most if row else _LAST_ROW):
            raise NotASheet("too_many_rows", most)
        if row:
            found += [*[()] * empty, row]
            empty = 0
        else:
            empty += 1
    return found


def _refuse_bombs(content: bytes, most_xml: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise NotASheet("unreadable") from error
    # The zip reader never unpacks more than the size declared here, so a lie only cuts the part off.
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise NotASheet("too_large", LARGEST_UNPACKED)
    if sum(part.file_size for part in parts if not part.filename.startswith("xl/media/")) > most_xml:
        raise NotASheet("too_large", most_xml)
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise NotASheet("wrong_kind")


def _refuse_merged(content: bytes, part: str) -> None:
    """Name each merged range: only its first cell has a value, so the others would read as empty (product 11)."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        ranges = [found.decode() for found in _MERGED.findall(packed.read(part))]
    if ranges:
        raise CatalogueErrors(
            tuple(
                CellError(int(re.sub(r"\D", "", first)), re.sub(r"\d", "", first), f"{first}:{last}", "merged")
                for first, _, last in (found.partition(":") for found in ranges)
            )
        )


def _cell(value: object, kind: str) -> SheetCell:
    """Turn a cell's value into what the rules read; `kind` is the sheet's own type letter."""
    if value is None:
        return None
    if kind in ("f", "e"):  # a formula, or the error it came to
        return Formula(str(getattr(value, "text", value)))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)


def _csv_rows(content: bytes, bounds: Bounds) -> list[Sequence[SheetCell]]:
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"\"?sep=(.)\"?\s*", first)
    if told:  # a line by which spreadsheets tell the separator; they do not show it, so it does not count as a row
        text = rest
    try:
        separator = told[1] if told else max(",;\t", key=lambda mark: len(_first_record(text, mark)))
        records = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return _bounded(_read_records(records), bounds.rows)
    except csv.Error as error:
        raise NotASheet("unreadable") from error


def _read_records(records: Iterable[list[str]]) -> Iterator[Sequence[SheetCell]]:
    for record in records:
        yield tuple(Formula(cell) if cell.lstrip().startswith("=") else cell for cell in record[:_MOST_COLUMNS])


def _first_record(text: str, separator: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])


def _decoded(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise NotASheet("unreadable") from error
    if b"\x00" in content:
        raise NotASheet("wrong_kind")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Older spreadsheets on Windows save so; every byte has a meaning there but five.
        return content.decode("cp1252", errors="replace")
