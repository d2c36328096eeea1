"""What the bot says while a seller opens a batch, and the announcement that subscribers and channel read (product 3).

Fields: rupiah as int, moments in UTC, durations as timedelta, names unescaped (the templates escape). Worded in
`messages/<language>/selling.j2`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from messages.catalog.base import Message
from preorder.money import DownPayment
from preorder.tiers import Tier
from preorder.values import dataclass
from preorder.wording import Wording


@dataclass(frozen=True)
class ProductLine:
    """A product in a list; `price` is its cheapest, rupiah."""

    name: str
    price: int
    chosen: bool = False


@dataclass(frozen=True)
class CatalogueEmpty(Message):
    """A batch cannot be opened: there is no product yet."""


@dataclass(frozen=True)
class AskOpenProducts(Message):
    lines: tuple[ProductLine, ...]
    more: int = 0


@dataclass(frozen=True)
class ProductsWanted(Message):
    """Done was pressed and no product is chosen."""


@dataclass(frozen=True)
class AskOpenTitle(Message):
    suggestion: str


@dataclass(frozen=True)
class AskOpenQuota(Message):
    pass


@dataclass(frozen=True)
class AskOpenMinimum(Message):
    quota: int


@dataclass(frozen=True)
class LimitsCross(Message):
    """A changed answer no longer fits another one, which is therefore asked again."""

    field: Literal["minimum", "maximum", "closing"]


@dataclass(frozen=True)
class AskOpenMaximum(Message):
    minimum: int


@dataclass(frozen=True)
class AskDownPayment(Message):
    pass


@dataclass(frozen=True)
class AskFixedPayment(Message):
    cheapest: int


@dataclass(frozen=True)
class AskHold(Message):
    pass


@dataclass(frozen=True)
class AskOpenMoment(Message):
    pass


@dataclass(frozen=True)
class AskWhichMoment(Message):
    choices: tuple[datetime, ...]


@dataclass(frozen=True)
class AskPaydayHour(Message):
    """`choices` are the payday openings that the buttons stand for."""

    choices: tuple[datetime, ...]


@dataclass(frozen=True)
class AskClosing(Message):
    """`opens_at` None: at once."""

    opens_at: datetime | None
    choices: tuple[datetime, ...]


@dataclass(frozen=True)
class ClosingTooEarly(Message):
    closes_at: datetime
    opens_at: datetime


@dataclass(frozen=True)
class AskProductionDays(Message):
    pass


@dataclass(frozen=True)
class Announcement(Message):
    """The opening post, for subscribers and channel (product 3). `lines`: at least one. `minimum_total` (rupiah) and
    `shipping_days` are 0 when nothing is said of them. `own` are the shop's own words, which take the place of ours."""

    title: str
    lines: tuple[ProductLine, ...]
    quota: int
    minimum: int
    maximum: int | None
    rule: DownPayment
    closes_at: datetime
    production_days: int
    shipping_days: int = 0
    minimum_total: int = 0
    tiers: tuple[Tier, ...] = ()
    own: tuple[Wording, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class AskOpenChange(Message):
    pass


@dataclass(frozen=True)
class MomentPassed(Message):
    """The seller looked at the review until the opening or closing lay in the past."""

    field: Literal["opening", "closing"]
    moment: datetime


@dataclass(frozen=True)
class ProductsGone(Message):
    """A chosen product was archived meanwhile."""


@dataclass(frozen=True)
class BatchPlanned(Message):
    title: str
    opens_at: datetime | None
    closes_at: datetime
