"""Regular expressions that are compiled when they are first used.

Compiled where they are written they were a twelfth of a start, and most starts need few of them at once. In: what
`re.compile` takes. Out: what stands for its result; whoever asks it anything gets the compiled one's answer.
"""

from __future__ import annotations

import re
from typing import cast


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(expression, flags)`, later."""
    return cast("re.Pattern[str]", _Later(expression, flags))


class _Later:
    def __init__(self, expression: str, flags: int) -> None:
        self._written = expression, flags

    def __getattr__(self, name: str) -> object:
        """Called only for what is not there yet: kept, so that the second time it costs nothing."""
        found: object = getattr(re.compile(*self._written), name)
        setattr(self, name, found)
        return found
