"""All promises, in the order in which they are tried."""

from __future__ import annotations

from typing import Final

from tests.torture.broadcast import BROADCAST
from tests.torture.copies import BACKUP
from tests.torture.kills import KILLS, WEBHOOK_KILLS
from tests.torture.model import MODEL
from tests.torture.power import POWER
from tests.torture.promise import Promise
from tests.torture.refusals import REFUSALS
from tests.torture.rush import RUSH
from tests.torture.schedule import SCHEDULE
from tests.torture.strangers import STRANGERS

PROMISES: Final[tuple[Promise, ...]] = (
    KILLS,
    WEBHOOK_KILLS,
    RUSH,
    BROADCAST,
    REFUSALS,
    SCHEDULE,
    STRANGERS,
    MODEL,
    POWER,
    BACKUP,
)
