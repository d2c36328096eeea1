"""What is said around orders: greetings, help, the catalogue, batches opening and closing, recaps, odd input."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from messages.catalog.base import Message
from messages.catalog.ordering import BatchRow
from preorder.batch import CloseReason
from preorder.delay import Answers
from preorder.money import Rupiah
from preorder.tiers import Tier
from preorder.values import dataclass
from preorder.wording import Wording

# --- greetings and help ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Welcome(Message):
    """The first thing a buyer reads. `batches` are open now."""

    first_name: str
    batches: tuple[BatchRow, ...]
    next_opening: datetime | None
    own: tuple[Wording, ...] = ()


@dataclass(frozen=True)
class WelcomeSeller(Message):
    """/start for the owner: what to do first, with the commands."""

    first_name: str
    has_products: bool
    has_batch: bool


@dataclass(frozen=True)
class Help(Message):
    """How to order, pay and follow, and the commands that everybody has."""

    commands: tuple[str, ...]


@dataclass(frozen=True)
class HelpSeller(Message):
    """The commands of somebody on the staff: those their role may use."""

    commands: tuple[str, ...]


@dataclass(frozen=True)
class AskLanguage(Message):
    pass


@dataclass(frozen=True)
class LanguageSet(Message):
    pass


@dataclass(frozen=True)
class Unsubscribed(Message):
    pass


@dataclass(frozen=True)
class Subscribed(Message):
    pass


# --- odd input (product 11): one clear sentence what is wrong and what to do ---------------------------------------


@dataclass(frozen=True)
class UnknownCommand(Message):
    pass


@dataclass(frozen=True)
class NotAllowed(Message):
    """A polite refusal: this is for the shop's own people."""


@dataclass(frozen=True)
class OldButton(Message):
    """A toast: this button is old; the current screen follows."""


@dataclass(frozen=True)
class EditedNotRead(Message):
    """An edited message changes nothing; send a new one."""


@dataclass(frozen=True)
class NotUsefulHere(Message):
    """A sticker, a voice message, … where the bot asked for something else; the screen follows below."""

    Kind = Literal["sticker", "voice", "video", "location", "poll", "dice", "file", "contact", "other"]
    kind: Kind


@dataclass(frozen=True)
class NotUnderstoodAtHome(Message):
    """Free text while nothing is being asked: what can be done."""


@dataclass(frozen=True)
class WriteInPrivate(Message):
    """Said in a group: orders are taken in the private chat; a link button follows."""


@dataclass(frozen=True)
class FacelessAdmin(Message):
    """Said to an anonymous admin in a group: the bot cannot see who is asking."""


@dataclass(frozen=True)
class StartedOver(Message):
    """The stored step could not be read after an upgrade: that conversation starts anew, politely."""


@dataclass(frozen=True)
class UnknownLink(Message):
    """A deep link to something that does not exist."""


@dataclass(frozen=True)
class Noted(Message):
    """A short "noted", said when keys below the chat go away."""


# --- catalogue ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NothingOnShow(Message):
    """/catalog while the catalogue has no product."""


# --- batches, to sellers -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BatchOpened(Message):
    """Subscribers get the announcement, and the channel when there is one; not before `announced_at` when the batch
    opened late and in the quiet hours. Not `is_public`: only the interest list hears of it."""

    title: str
    closes_at: datetime
    link: str
    has_channel: bool
    announced_at: datetime | None
    is_public: bool = True


@dataclass(frozen=True)
class QuotaHeld(Message):
    """All slots are taken, some still unpaid; they come back when a hold ends."""

    title: str
    unpaid: int


@dataclass(frozen=True)
class BatchTotalsRow:
    """A batch in figures; money in rupiah."""

    title: str
    orders: int
    held: int
    confirmed: int
    pieces: int
    quota: int
    total: Rupiah
    paid: Rupiah
    awaited: Rupiah
    proofs: int


@dataclass(frozen=True)
class BatchClosed(Message):
    """On closing: the totals at once; quantities follow in `Quantities`."""

    reason: CloseReason
    totals: BatchTotalsRow
    is_short: bool = False  # below its minimum: what to do is asked in the next message


@dataclass(frozen=True)
class QuantityRow:
    product: str
    variant: str
    wish: str
    pieces: int


@dataclass(frozen=True)
class Quantities(Message):
    """product × variant × wish → pieces; `total` equals the batch's pieces."""

    title: str
    rows: tuple[QuantityRow, ...]
    total: int


# --- recap -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RecapBatch:
    totals: BatchTotalsRow
    state: Literal["scheduled", "open", "closed", "producing", "ready", "shipping"]
    closes_at: datetime
    rows: tuple[QuantityRow, ...]
    people_waiting: int = 0
    pieces_waiting: int = 0
    goods: Rupiah = Rupiah(0)  # what was ordered, without shipping: the two that follow are held against it
    minimum_total: Rupiah = Rupiah(0)
    target: Rupiah = Rupiah(0)
    tiers: tuple[Tier, ...] = ()
    answers: Answers | None = None  # to the last delay


@dataclass(frozen=True)
class EveningBefore:
    """What happened after the recap of the day before (`since` UTC), up to midnight: no recap has told it yet."""

    since: datetime
    orders: int
    ordered: Rupiah
    confirmed: Rupiah


@dataclass(frozen=True)
class Recap(Message):
    """The daily recap and /recap: the day's orders and money, then each batch. `is_daily` when it came by itself;
    `evening` is then what the one before could not know. `wanted`: products and how many wait for them to open."""

    day: date
    is_daily: bool
    orders_today: int
    ordered_today: Rupiah
    confirmed_today: Rupiah
    proofs: int
    batches: tuple[RecapBatch, ...]
    evening: EveningBefore | None = None
    wanted: tuple[tuple[str, int], ...] = ()
    untold: int = 0  # orders that wait to be told what sending them costs


@dataclass(frozen=True)
class ExportCaption(Message):
    """Caption of the .xlsx."""

    title: str


@dataclass(frozen=True)
class NothingToExport(Message):
    pass


# --- to subscribers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CloseReminder(Message):
    """To subscribers who have not ordered yet."""

    title: str
    closes_at: datetime
    left: int
    products: tuple[str, ...]
    own: tuple[Wording, ...] = ()
    link: str = ""


# --- when something went wrong -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class SlowDown(Message):
    """Said once to somebody who writes faster than answers can leave; what they send counts, answers wait."""


@dataclass(frozen=True)
class CaughtUp(Message):
    """After `SlowDown`: all was handled; the current screen follows in the same message."""


@dataclass(frozen=True)
class Interrupted(Message):
    """After an outage: what was pressed meanwhile may be lost; the unfinished screen follows in the same message."""


@dataclass(frozen=True)
class StorageFull(Message):
    """To the owner, past the outbox: nothing can be written, probably the disk is full."""


@dataclass(frozen=True)
class StorageWorks(Message):
    """To the owner: writing works again; nothing was lost."""


@dataclass(frozen=True)
class UpdateSetAside(Message):
    """To the owner: something that arrived could not be handled and was set aside; the rest goes on."""

    update_id: int
