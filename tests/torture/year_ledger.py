"""What people saw in a year, message by message, and what is wrong with it.

In: the screens of a town, looked at again and again. Out: counts by kind, and faults: the same thing said twice to the
same person, something said unasked at a quiet hour, somebody left out. It reads screens, not the books.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sandbox.world import Chat, Message
from tests.torture.crowd import Town, text_of

WIB: Final = ZoneInfo("Asia/Jakarta")
KEPT: Final = 300  # messages of a chat that stay on the screen; nobody scrolls further
NIGHT: Final = (21, 7)

# What comes unasked: a kind, words that are only in it, and what the words in brackets name.
KINDS: Final = (
    ("announcement", re.compile(r"📣 (.+) dibuka di ")),
    ("close reminder", re.compile(r"⏰ (.+) segera tutup")),
    ("hold reminder", re.compile(r"⏳ Pesanan (PO-\w+) menunggu pembayaran")),
    ("hold over", re.compile(r"Waktu bayar (PO-\w+) di ")),
    ("daily recap", re.compile(r"Rekap harian\n(.+)")),
    ("birthday", re.compile(r"ulang tahun Kakak, (.+)\. Mau sesuatu")),
    ("opened", re.compile(r"📣 (.+) sudah buka, tutup")),
    ("closed", re.compile(r"🔒 (.+) sudah tutup")),
    ("production recap", re.compile(r"Rekap produksi\n(.+)")),
    ("place gained", re.compile(r"Kabar baik, Kak! Ada tempat yang kosong, jadi pesanan (PO-\w+) ")),
    ("slots offered", re.compile(r"Ada slot untuk Kakak!\n+(?:.+\n)(.+)")),
    ("offer over", re.compile(r"Waktunya sudah lewat, Kak, jadi slot (.+) kami tawarkan")),
    ("line over", re.compile(r"(.+) sudah tutup, Kak, dan slot .+ belum ada yang kembali")),
    ("full", re.compile(r"🎉 Semua slot (.+) sudah terisi")),
    ("board", re.compile(r"📌 Slot PO (.+)")),
)
# product 7: answers and order updates know no quiet hours; neither does what happens to a seller's own batch, nor the
# board, which rings nowhere. It is said once: all year long the same message is edited.
ANY_HOUR: Final = frozenset(
    {*("hold reminder", "hold over", "place gained", "slots offered", "offer over", "line over"), "opened", "closed"}
    | {"production recap", "full", "board"}
)
# These may rightly come again about the same subject: a slot can come back twice, a batch fill up twice.
MAY_RECUR: Final = frozenset({"slots offered", "offer over", "full"})


@dataclass(frozen=True)
class Seen:
    """A message that came unasked. `at` is in the shop's zone, `subject` what it is about."""

    person: int
    kind: str
    subject: str
    at: datetime


class Ledger:
    """Everything that was seen so far."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._change = 0
        self._read: dict[int, int] = {}
        self.seen: Counter[tuple[int, str, str]] = Counter()
        self.kinds: Counter[str] = Counter()
        self.faults: list[str] = []

    def read(self, *, unasked: bool = False) -> list[Seen]:
        """What is new on all screens. Where nobody has done anything (`unasked`) all of it is judged by its hour."""
        fresh = [
            seen
            for chat in list(self._town.box.world.chats.values())
            if chat.change > self._change
            for seen in self._read_chat(chat, unasked)
        ]
        self._change = self._town.box.world.change
        for seen in fresh:
            self._judge(seen)
        return fresh

    def _read_chat(self, chat: Chat, unasked: bool) -> Iterable[Seen]:
        last = self._read.get(chat.id, 0)
        for message in chat.messages.values():
            if message.by_bot and message.id > last and "pinned_message" not in message.body:
                seen = self._seen(chat, message, unasked)
                self.kinds["an answer" if seen is None else seen.kind] += 1
                if seen is not None:
                    yield seen
        self._read[chat.id] = max(chat.messages, default=last)
        for number in list(chat.messages)[:-KEPT]:
            if number not in chat.pinned:
                del chat.messages[number]

    def _seen(self, chat: Chat, message: Message, unasked: bool) -> Seen | None:
        text = text_of(message)
        at = datetime.fromtimestamp(message.body["date"], UTC).astimezone(WIB)
        for kind, words in KINDS:
            found = words.search(text)
            if found is not None:
                return Seen(chat.id, kind, found[1], at)
        return Seen(chat.id, "of its own", text.splitlines()[0], at) if unasked else None

    def _judge(self, seen: Seen) -> None:
        subject = seen.subject
        if seen.kind in ("close reminder", "of its own"):
            subject = f"{subject}, {seen.at:%d/%m %H}"  # one for each moment, each moment once
        self.seen[seen.person, seen.kind, subject] += 1
        if self.seen[seen.person, seen.kind, subject] > 1 and seen.kind not in MAY_RECUR:
            self.faults.append(f"{seen.person} reads twice: {seen.kind} {subject}")
        if is_night(seen.at) and seen.kind not in ANY_HOUR and not self.was_chosen(seen):
            self.faults.append(f"{seen.kind} of {seen.subject} at {seen.at:%d/%m %H.%M}")
        if seen.kind == "daily recap" and seen.at.hour != 20:
            self.faults.append(f"the recap of {seen.subject} came at {seen.at:%H.%M}")

    def was_chosen(self, seen: Seen) -> bool:
        """An announcement goes at the hour that the seller chose for the opening."""
        if seen.kind != "announcement":
            return False
        opens_at = self._town.books.value("SELECT MAX(opens_at) FROM batches WHERE title = ?", seen.subject)
        return 0 <= (seen.at - datetime.fromisoformat(opens_at)).total_seconds() < 900

    def expect(self, fresh: Iterable[Seen], kind: str, subject: str, readers: Iterable[int]) -> None:
        """Exactly these people have just read this."""
        got = {seen.person for seen in fresh if (seen.kind, seen.subject) == (kind, subject) and seen.person > 0}
        wanted = set(readers)
        if wanted - got:
            self.faults.append(f"{len(wanted - got)} of {len(wanted)} miss the {kind} of {subject}")
        if got - wanted:
            self.faults.append(f"{len(got - wanted)} read the {kind} of {subject} who should not")


def is_night(at: datetime) -> bool:
    """Are these the quiet hours, as a shop has them that changes nothing?"""
    return at.hour >= NIGHT[0] or at.hour < NIGHT[1]
