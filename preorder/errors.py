"""What can be wrong in the trade, as one tree. Pure; every error carries what a sentence about it needs.

Refused                     something a person asked for cannot be done; it is told to them, never logged as a fault
├── NotAllowed              the person may not do this (product 1); checked where the change is made
├── NotUnderstood           what was typed could not be read (money, count, moment, phone, address, sheet)
│   ├── NotMoney
│   ├── NotACount
│   ├── NotAMoment
│   ├── NotADuration
│   ├── NotTiers
│   ├── NotAPhone
│   ├── NotAnAddress
│   ├── NotASheet           the file is no sheet that can be opened
│   └── CatalogueErrors     it is a sheet; each wrong cell is named (defined in preorder/catalogue.py)
└── Lost                    it was possible when the screen was drawn and no longer is at the commit
    ├── BatchNotOpen        product 4: a closed batch takes no order
    ├── SlotsGone           fewer slots left than asked for
    ├── OverMaximum         more than one buyer may have in this batch
    ├── OrderMoved          the order was paid, changed or ended since
    ├── PriceChanged        what stood on the screen is not what it costs any more
    ├── TermsMoved          the shop's terms are others than those on the screen
    └── AlreadyDone         somebody else (or the same button before) did it first
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal


class Refused(Exception):
    """A person asked for something that cannot be done."""


class NotAllowed(Refused):
    """product 1: the person may not do this; checked at the change."""


class NotUnderstood(Refused):
    """What was typed could not be read."""


class NotMoney(NotUnderstood):
    """No amount in whole rupiah. `choices` holds the readings (rupiah) when the reason is `doubtful`."""

    Reason = Literal["unreadable", "not_positive", "not_whole", "too_large", "doubtful"]

    def __init__(self, reason: Reason, choices: tuple[int, ...] = ()) -> None:
        super().__init__(reason)
        self.reason: NotMoney.Reason = reason
        self.choices = choices


class NotACount(NotUnderstood):
    """No number of pieces. `bound` is the smallest or largest allowed when the reason is about size."""

    Reason = Literal["not_a_number", "not_whole", "too_small", "too_large"]

    def __init__(self, reason: Reason, bound: int | None = None) -> None:
        super().__init__(reason)
        self.reason: NotACount.Reason = reason
        self.bound = bound


class NotAMoment(NotUnderstood):
    """No moment that can be used. `choices` (UTC): what it may mean when `doubtful`, what may be meant instead when
    `past`; `moment` (UTC) is the one that is past."""

    Reason = Literal["unreadable", "past", "impossible", "doubtful"]

    def __init__(self, reason: Reason, choices: tuple[datetime, ...] = (), moment: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason: NotAMoment.Reason = reason
        self.choices = choices
        self.moment = moment


class NotADuration(NotUnderstood):
    """No length of time. `bound` is the shortest or longest allowed when the reason is about size."""

    Reason = Literal["unreadable", "too_short", "too_long"]

    def __init__(self, reason: Reason, bound: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason: NotADuration.Reason = reason
        self.bound = bound


class NotTiers(NotUnderstood):
    """No gifts or discounts for the first orders. `part` is what could not be read; `bound` where a number is."""

    Reason = Literal["unreadable", "percent", "money", "order", "places", "too_many", "gift_long"]

    def __init__(self, reason: Reason, part: str, bound: int | None = None) -> None:
        super().__init__(reason)
        self.reason: NotTiers.Reason = reason
        self.part = part
        self.bound = bound


class NotAPhone(NotUnderstood):
    """No telephone number that can be dialled. `several`: more than one was given and one is needed."""

    Reason = Literal["unreadable", "too_short", "too_long", "unknown_prefix", "several"]

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: NotAPhone.Reason = reason


class NotAnAddress(NotUnderstood):
    """A part of an address that a courier could not use. `bound` counts characters."""

    Part = Literal["recipient", "street"]
    Reason = Literal["too_short", "too_long", "no_letters"]

    def __init__(self, part: Part, reason: Reason, bound: int | None = None) -> None:
        super().__init__(part, reason)
        self.part: NotAnAddress.Part = part
        self.reason: NotAnAddress.Reason = reason
        self.bound = bound


class NotASheet(NotUnderstood):
    """The file cannot be read as a sheet. `bound` is in bytes when it is `too_large`, in rows when `too_many_rows`."""

    Reason = Literal["too_large", "wrong_kind", "unreadable", "too_many_rows"]

    def __init__(self, reason: Reason, bound: int | None = None) -> None:
        super().__init__(reason)
        self.reason: NotASheet.Reason = reason
        self.bound = bound


class Lost(Refused):
    """Possible when the screen was drawn, no longer possible at the commit."""


class BatchNotOpen(Lost):
    """product 4: a closed batch takes no order, whatever the buyer had on the screen."""


class SlotsGone(Lost):
    """Fewer slots left (`left`, pieces) than asked for."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class OverMaximum(Lost):
    """More pieces than one buyer may have (`maximum`) in this batch."""

    def __init__(self, maximum: int) -> None:
        super().__init__(maximum)
        self.maximum = maximum


class TierGone(Lost):
    """The gift or discount that the review promised has gone to another order, or is another one now."""


class OrderMoved(Lost):
    """The order is not what it was when the screen was drawn: paid, changed, ended."""


class PriceChanged(Lost):
    """What stood on the screen is not what it costs any more: it is shown before it counts."""


class TermsMoved(Lost):
    """product 9: the terms that were accepted are not the shop's any more."""


class AlreadyDone(Lost):
    """Somebody else, or the same button before, did it first; `by` is their id where known."""

    def __init__(self, by: int | None = None) -> None:
        super().__init__(by)
        self.by = by
