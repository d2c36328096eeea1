"""Where a seller can be beside the plain questions of /open: extras, calendar, arrival, /batches and /holidays.

Frozen and serialisable like those of `seller_steps`, from which the plain questions come. Days are dates of the shop's
calendar; a holiday is known by its name and year, so that it is the same one when its day moves.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from conversations.seller_steps import Opening
from conversations.table import Step
from preorder.batch import BatchId
from preorder.staff import Right
from preorder.values import dataclass

# --- /open: what else a batch needs, and another one once more -------------------------------------------------------


@dataclass(frozen=True)
class OpenRepeat(Opening):
    """Which earlier batch once more?"""


@dataclass(frozen=True)
class OpenShippingDays(Opening):
    pass


@dataclass(frozen=True)
class OpenMinimumTotal(Opening):
    """Below how many rupiah may the batch not go ahead?"""


@dataclass(frozen=True)
class OpenTarget(Opening):
    pass


@dataclass(frozen=True)
class OpenTiers(Opening):
    """What do the first orders get?"""


# --- /open: moments from the calendar --------------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenWindowHour(Opening):
    """From the month's last working day to the 5th: from which hour on?"""


@dataclass(frozen=True)
class OpenHoliday(Opening):
    """Before which holiday? `every`: not only those that people buy for."""

    every: bool = False


@dataclass(frozen=True)
class OpenHolidayDays(Opening):
    """How many days before it?"""

    name: str = ""
    year: int = 0


@dataclass(frozen=True)
class OpenHour(Opening):
    """At which hour of this day?"""

    day: date = date.min


@dataclass(frozen=True)
class OpenLaunch(Opening):
    """On which day is the product launched?"""


@dataclass(frozen=True)
class OpenLaunchWeeks(Opening):
    """How many weeks before the launch?"""

    day: date = date.min


@dataclass(frozen=True)
class OpenArrival(Opening):
    """By which day do the parcels have to be there?"""


@dataclass(frozen=True)
class OpenDayDoubt(Opening):
    """The typed day could be several: which one?"""

    about: Literal["launch", "arrival"] = "arrival"
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class ArrivalPlanning(Opening):
    """Every step that works back from `day`; the batch is to be open for `open_days` days."""

    day: date = date.min
    open_days: int = 7


@dataclass(frozen=True)
class OpenArrivalPlan(ArrivalPlanning):
    """The arithmetic, and whether it is taken."""


@dataclass(frozen=True)
class OpenArrivalNumber(ArrivalPlanning):
    """Another length of one part of it, in days."""

    part: Literal["production", "shipping", "open"] = "open"


# --- /batches --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BatchesList(Step, right=Right.SELL):
    pass


@dataclass(frozen=True)
class BatchCard(Step, right=Right.SELL):
    batch_id: BatchId


# --- /holidays -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HolidaysList(Step, right=Right.SELL):
    pass


@dataclass(frozen=True)
class HolidayDay(Step, right=Right.SELL):
    """On which day does it really fall?"""

    name: str
    year: int


@dataclass(frozen=True)
class CourierPause(Step, right=Right.SELL):
    """When does the courier rest around Idul Fitri?"""
