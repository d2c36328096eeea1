"""The snapshot of the shop that a transition and a prompt may look at. Read in the transaction, frozen, pure.

Buyers' screens get open batches and saved addresses; sellers' screens also get catalogue, batches at work and orders.
The commit checks again whatever can have changed since.
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from messages.catalog.board import SlotBoard
from preorder.address import Address
from preorder.arriving import CourierRest
from preorder.batch import Batch, BatchId, ProductId, VariantId
from preorder.board import Board
from preorder.calendar import Moved
from preorder.catalogue_change import Difference
from preorder.delay import Answers
from preorder.money import Rupiah
from preorder.order import Order, OrderId, PersonId
from preorder.picture import Shot, cover
from preorder.regions import Regions
from preorder.rules import Defaults, DueKind, Rule, RuleKind, usual
from preorder.shipping import NO_RULE, ShippingRule
from preorder.staff import StaffRole
from preorder.values import dataclass
from preorder.wording import Wording, WordingKind, WordingLocale


@dataclass(frozen=True)
class SavedAddress:
    id: str
    address: Address
    label: str = ""


@dataclass(frozen=True)
class ShopVariant:
    """A variant of the catalogue; price in rupiah, weight in grams, quota its own default or None."""

    id: VariantId
    name: str
    price: Rupiah
    weight: int
    quota: int | None


@dataclass(frozen=True)
class ShopProduct:
    """A product of the catalogue; `interested` people want it before it opens."""

    id: ProductId
    name: str
    description: str
    variants: tuple[ShopVariant, ...]
    materials: str = ""
    sizes: str = ""
    care: str = ""
    pictures: tuple[Shot, ...] = ()
    interested: int = 0

    @property
    def photo(self) -> str:
        """Its cover, or empty."""
        return cover(self.pictures)

    def variant(self, variant_id: VariantId) -> ShopVariant | None:
        return next((v for v in self.variants if v.id == variant_id), None)


@dataclass(frozen=True)
class TeamMate:
    """Somebody on the staff; `name` is theirs, or their number at Telegram."""

    id: PersonId
    name: str
    username: str
    role: StaffRole


@dataclass(frozen=True)
class OpenInvitation:
    """A link that nobody has used yet."""

    id: str
    role: StaffRole
    expires_at: datetime


@dataclass(frozen=True)
class BoardSeen:
    """The board: what is set and known of it, and what it says now."""

    board: Board
    says: SlotBoard


@dataclass(frozen=True)
class Shop:
    """What is known when a person's word is decided. `fresh` is a random id nobody has used yet."""

    now: datetime
    zone: ZoneInfo
    person_id: PersonId
    fresh: str
    open_batches: tuple[Batch, ...] = ()
    addresses: tuple[SavedAddress, ...] = ()
    shipping: ShippingRule = NO_RULE  # with the zones that concern the draft's address
    regions: Regions | None = None  # only where an address is read; without it places are not looked up
    # the seller's side of the counter; empty for buyers
    zone_count: int = 0  # lines in the zone table
    untold: int = 0  # orders that wait to be told what sending them costs
    told: int = 0  # orders that were told and are not sent: it can be corrected
    products: tuple[ShopProduct, ...] = ()
    archived: tuple[ShopProduct, ...] = ()
    sheet_change: Difference | None = None  # what the sheet that the step is about would change
    batches: tuple[Batch, ...] = ()  # every batch that is not done or cancelled, newest first
    last_batch: Batch | None = None  # for defaults
    orders: tuple[Order, ...] = ()  # of the batch the step is about, still to be shipped; a buyer's: being changed
    owed: Rupiah = Rupiah(0)  # to go back from the order that is being changed, not sent yet
    earlier: tuple[Batch, ...] = ()  # planned before, also done ones, where one is opened once more
    wordings: tuple[Wording, ...] = ()  # the shop's own words
    link: str = ""  # what a deep link begins with
    joint_leave: bool = True
    moved: Moved = field(default_factory=dict)  # holidays that the shop has given another day
    courier_rest: CourierRest | None = CourierRest()
    has_channel: bool = False
    coming: tuple[Coming, ...] = ()  # what falls due next, of /schedule's page and one more, or the one looked at
    board: BoardSeen | None = None  # where /board looks at it
    rules: tuple[Rule, ...] = ()  # what the shop does by itself, at the steps that show it
    audience: Audience | None = None  # of the broadcast that is being reviewed
    batch_totals: tuple[BatchTotals, ...] = field(default=())  # parallel to `batches`
    delays: tuple[BatchDelay, ...] = ()  # that count, at the steps that show them
    in_line: tuple[tuple[BatchId, int, int], ...] = ()  # people and pieces on a batch's waiting list

    # for the owner at /team
    team: tuple[TeamMate, ...] = ()
    invitations: tuple[OpenInvitation, ...] = ()

    def open_batch(self, batch_id: BatchId) -> Batch | None:
        """The batch, if it takes orders now."""
        return next((b for b in self.open_batches if b.id == batch_id and b.is_open_at(self.now)), None)

    def batch(self, batch_id: BatchId) -> Batch | None:
        return next((b for b in self.batches if b.id == batch_id), None)

    def wordings_of(self, kind: WordingKind) -> tuple[Wording, ...]:
        return tuple(one for one in self.wordings if one.kind == kind)

    def wording(self, kind: WordingKind, locale: WordingLocale) -> str:
        """The shop's own words in a language; empty when it has none."""
        return next((one.body for one in self.wordings_of(kind) if one.locale == locale), "")

    def product(self, product_id: ProductId) -> ShopProduct | None:
        return next((p for p in self.products if p.id == product_id), None)

    def order(self, order_id: OrderId) -> Order | None:
        return next((o for o in self.orders if o.id == order_id), None)

    def mate(self, member_id: PersonId) -> TeamMate | None:
        return next((mate for mate in self.team if mate.id == member_id), None)

    def line_of(self, batch_id: BatchId) -> tuple[int, int]:
        """People on a batch's waiting list, and the pieces they wait for."""
        return next(((people, pieces) for of, people, pieces in self.in_line if of == batch_id), (0, 0))

    def delay_of(self, batch_id: BatchId) -> BatchDelay | None:
        return next((delay for delay in self.delays if delay.batch_id == batch_id), None)

    def rule(self, kind: RuleKind) -> Rule:
        """What is set for this kind, else the usual."""
        return next((r for r in self.rules if r.kind == kind), usual(kind, Defaults()))

    def totals(self, batch_id: BatchId) -> BatchTotals | None:
        return next((t for t in self.batch_totals if t.batch_id == batch_id), None)


@dataclass(frozen=True)
class BatchDelay:
    """The delay of a batch that counts (`made_at` UTC), and how its buyers have answered so far."""

    batch_id: BatchId
    made_at: datetime
    reason: str
    answers: Answers


@dataclass(frozen=True)
class Coming:
    """Something that falls due (UTC); `about` is a batch's title or an order's code, or empty; `rule` is what it comes
    from, where a seller sets it."""

    id: str
    kind: DueKind
    about: str
    due_at: datetime
    cancellable: bool
    rule: RuleKind | None = None


@dataclass(frozen=True)
class Audience:
    """Whom a broadcast reaches: `left_out` are in the segment and want no news or cannot be reached. It `lasts` so long
    at the shop's pace and begins at `starts_at` (UTC) when these are quiet hours."""

    count: int
    left_out: int
    lasts: timedelta
    starts_at: datetime | None


@dataclass(frozen=True)
class BatchTotals:
    """A batch in figures: orders that hold slots, pieces, money in rupiah."""

    batch_id: BatchId
    orders: int
    held: int
    confirmed: int
    pieces: int
    total: Rupiah
    paid: Rupiah
    proofs: int
