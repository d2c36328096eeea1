"""A step as text and back. The text names the step and its version; what cannot be read any more is None.

An old text that no longer fits restarts that conversation politely instead of breaking it (architecture, Conversation).
"""

from __future__ import annotations

import json
from typing import Final

from pydantic import TypeAdapter, ValidationError

from conversations.flow import FLOW
from conversations.seller_flow import SELLER_FLOW
from conversations.table import Step, Table

VERSION: Final = 1
EVERY_FLOW: Final[Table] = {**FLOW, **SELLER_FLOW}
_BY_NAME: Final = {step.__name__: step for step in EVERY_FLOW}


_adapters: dict[str, TypeAdapter[Step]] = {}


def _adapter(step: type[Step]) -> TypeAdapter[Step]:
    # Built when the step is first met: building all at once would cost the start a third of a second.
    if step.__name__ not in _adapters:
        _adapters[step.__name__] = TypeAdapter(step)
    return _adapters[step.__name__]


def to_text(step: Step) -> str:
    """`{"v":1,"at":"EnterQuantity","is":{…}}`."""
    inside = _adapter(type(step)).dump_json(step).decode()
    return f'{{"v":{VERSION},"at":"{type(step).__name__}","is":{inside}}}'


def from_text(text: str) -> Step | None:
    """The step, or None when the text is empty, of another version, or no longer fits."""
    if not text:
        return None
    try:
        stored = json.loads(text)
        if stored["v"] != VERSION:
            return None
        return _adapter(_BY_NAME[stored["at"]]).validate_python(stored["is"])
    except (ValueError, KeyError, TypeError, ValidationError):
        return None
