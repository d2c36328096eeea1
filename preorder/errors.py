"""What can be wrong in the trade, as one tree. Pure; every error carries what a sentence about it needs.

    Refused                     something a person asked for cannot be done; it is told to them, never logged as a fault
    ├── NotUnderstood           what was typed could not be read (money, count, moment, phone, address, sheet)
    │   ├── NotMoney
    │   ├── NotACount
    │   ├── NotAMoment
    │   ├── NotAPhone
    │   ├── NotAnAddress
    │   └── CatalogueErrors
    └── Lost                    it was possible when the screen was drawn and no longer is at the commit
        ├── BatchNotOpen        product 4: a closed batch takes no order
        ├── SlotsGone           fewer slots left than asked for
        ├── OverMaximum         more than one buyer may have in this batch
        └── AlreadyDone         somebody else (or the same button before) did it first
"""

from __future__ import annotations


class Refused(Exception):
    """A person asked for something that cannot be done."""


class NotUnderstood(Refused):
    """What was typed could not be read."""


class Lost(Refused):
    """Possible when the screen was drawn, no longer possible at the commit."""
