"""What stays the same while the bot runs: the shop's settings, its words, its owners, the bot's own name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from bot.settings import Settings
from messages.formats import LOCALES, Locale
from messages.render import Words
from preorder.order import PersonId
from preorder.quiet import QuietHours
from preorder.staff import Right, may
from storage import staff
from storage.database import Tx

# A proof is waiting or was just refused: the slots are kept a little longer (facts: statements lag).
GRACE: Final = timedelta(hours=2)


@dataclass
class House:
    """Read by every turn; `username` is the bot's, known once Telegram was asked."""

    settings: Settings
    words: Words
    username: str = ""
    owners: frozenset[PersonId] = field(init=False)
    quiet: QuietHours = field(init=False)

    def __post_init__(self) -> None:
        self.owners = frozenset(PersonId(owner) for owner in self.settings.owner_ids)
        self.quiet = QuietHours(self.settings.quiet_from, self.settings.quiet_to, self.settings.timezone)

    def those_who_may(self, tx: Tx, right: Right) -> list[PersonId]:
        """product 1: everybody on the staff who has this right, the owners too; always in the same order."""
        invited = {member.id for member in staff.members(tx) if may(member.role, right)}
        return sorted(self.owners | invited)

    def time_for(self, messages: int) -> timedelta:
        """How long so many take to be sent at the shop's pace; nothing without one."""
        pace = self.settings.send_pace
        return timedelta(seconds=round(messages / pace)) if pace else timedelta(0)

    def locale_for(self, language: str) -> Locale:
        """The bot's language for a Telegram language code; the shop's own where we do not speak it."""
        bare = language.partition("-")[0].casefold()
        return next((locale for locale in LOCALES if locale == bare), self.settings.locale)

    def deep_link(self, payload: str) -> str:
        """A link that opens the bot and says `/start payload`."""
        return f"https://t.me/{self.username}?start={payload}"


def as_locale(text: str) -> Locale:
    """A stored language as one of ours."""
    return "en" if text == "en" else "id"
