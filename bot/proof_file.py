"""A proof that came as a file: looked at before anybody on the staff gets it (architecture, Safety; decision 0022).

A picture sent as a file keeps what the camera wrote, the place among it; Telegram takes that out of photos only. So the
file is fetched outside the transaction and the judges get a copy without it. A PDF goes on as it is. What cannot be
fetched or is neither is shown to nobody, and never holds the proof itself back.
"""

from __future__ import annotations

import asyncio
from typing import Final, Literal

from bot import trouble
from bot.logs import get_logger, where
from bot.outside import Outside, Question
from bot.photo_file import WrongPhoto
from bot.turn import Turn
from preorder.values import dataclass
from storage import payments

log = get_logger(__name__)

LARGEST: Final = 20 * 1024 * 1024  # bytes; what a bot may download (Bot API, getFile)
WITHIN_SECONDS: Final = 15.0  # the buyer waits for an answer meanwhile
PAUSES: Final = (0.5, 2.0)  # seconds before it is tried again
_PDF: Final = b"%PDF-"

Seen = bytes | Literal["harmless", "not shown"]


@dataclass(frozen=True)
class SentProof(Question[Seen]):
    """The bare picture, or whether the file may go on as it is. An answer always, and soon: the proof waits for it."""

    file_id: str

    async def find(self, outside: Outside) -> Seen:
        try:
            async with asyncio.timeout(WITHIN_SECONDS):
                content = await self._fetch(outside)
                return await asyncio.to_thread(_look, outside, content)
        except Exception as error:
            # Whatever it is: a proof that is kept without its file is better than one that is lost or late.
            log.warning("a proof's file is not shown", where=where(error))
            return "not shown"

    async def _fetch(self, outside: Outside) -> bytes:
        for pause in PAUSES:
            try:
                return await outside.file(self.file_id, LARGEST)
            except trouble.BadRequest:
                raise
            except trouble.NetworkError:
                await asyncio.sleep(pause)
        return await outside.file(self.file_id, LARGEST)


def _look(outside: Outside, content: bytes) -> Seen:
    if content.startswith(_PDF):
        return "harmless"
    try:
        return outside.undress(content)
    except WrongPhoto:
        return "not shown"


def to_show(turn: Turn, kind: str, file_id: str) -> str:
    """What those who judge are shown: the file itself, our own copy of it, or nothing (empty). Raises `Asked`."""
    if kind == "photo":
        return file_id
    seen = turn.ask(SentProof(file_id))
    if isinstance(seen, bytes):
        return payments.keep_copy(turn.tx, seen)
    return file_id if seen == "harmless" else ""
