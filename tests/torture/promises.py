"""All promises, in the order in which they are tried."""

from __future__ import annotations

from typing import Final

from tests.torture.broadcast import BROADCAST
from tests.torture.copies import BACKUP
from tests.torture.kills import KILLS, KILLS_ON_POSTGRES, WEBHOOK_KILLS, WEBHOOK_KILLS_ON_POSTGRES
from tests.torture.model import MODEL
from tests.torture.payday import PAYDAY, PAYDAY_ON_POSTGRES
from tests.torture.power import POWER
from tests.torture.promise import Promise
from tests.torture.refusals import REFUSALS
from tests.torture.rush import RUSH, RUSH_ON_POSTGRES
from tests.torture.schedule import SCHEDULE, SCHEDULE_ON_POSTGRES
from tests.torture.strangers import STRANGERS
from tests.torture.year import YEAR

PROMISES: Final[tuple[Promise, ...]] = (
    KILLS,
    WEBHOOK_KILLS,
    KILLS_ON_POSTGRES,
    WEBHOOK_KILLS_ON_POSTGRES,
    RUSH,
    RUSH_ON_POSTGRES,
    BROADCAST,
    REFUSALS,
    SCHEDULE,
    SCHEDULE_ON_POSTGRES,
    STRANGERS,
    MODEL,
    POWER,
    BACKUP,
    YEAR,
    PAYDAY,
    PAYDAY_ON_POSTGRES,
)
