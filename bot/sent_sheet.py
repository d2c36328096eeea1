"""A sheet that somebody sent in the chat: fetched from Telegram and read outside the transaction (decision 0012).

In: the file's id and name. Out: its cells, or why it cannot be read. What the sheet is about is found out by whoever
asked, from its header.
"""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from typing import Final

from bot import trouble
from bot.catalog_sheet import LARGEST, Rows, read_rows
from bot.outside import Outside, Question
from conversations.said import SentFile
from preorder.catalogue import CatalogueErrors
from preorder.errors import NotASheet
from preorder.values import dataclass

SUFFIXES: Final = frozenset({".xlsx", ".csv", ".tsv"})


@dataclass(frozen=True)
class SentSheet(Question[Rows | NotASheet | CatalogueErrors]):
    """What stands in a sheet; `CatalogueErrors` names merged cells."""

    file_id: str
    name: str

    async def find(self, outside: Outside) -> Rows | NotASheet | CatalogueErrors:
        try:
            content = await outside.file(self.file_id, LARGEST)
        except trouble.BadRequest:
            return NotASheet("unreadable")  # Telegram does not have it any more, or gives no file of this size
        return await asyncio.to_thread(self._read, content)

    def _read(self, content: bytes) -> Rows | NotASheet | CatalogueErrors:
        try:
            return read_rows(content, self.name)
        except (NotASheet, CatalogueErrors) as why:
            return why


def is_sheet(file: SentFile) -> bool:
    """Does this call itself a sheet?"""
    return file.kind == "document" and PurePath(file.name).suffix.casefold() in SUFFIXES
