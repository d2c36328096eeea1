"""What a sheet is before it is written: pages of cells. Knows no library."""

from __future__ import annotations

from datetime import datetime

from preorder.values import dataclass

Cell = str | int | datetime | None


@dataclass(frozen=True)
class Page:
    """One sheet of the file: heading, columns (title, width) and rows; rupiah are whole numbers."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
