"""Faults on order: what a network and a busy server do to a bot now and then, chosen by a test.

In: rules (which method, which chat, which fault, how often). Out: the first rule that fits a request. A rule with
`share` below 1 fits by chance, from its own seed, so that a run can be repeated.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Literal, get_args

from sandbox.errors import ImpossibleError

Kind = Literal["429", "500", "502", "403", "drop_before", "drop_after", "hang_before", "hang_after", "slow"]


@dataclass
class Fault:
    """One rule. `times` None means for ever; `seconds` is how long slow and hanging answers take."""

    kind: Kind
    method: str = "*"
    chat: int | None = None
    seconds: float = 3600.0
    retry_after: int = 1
    times: int | None = None
    share: float = 1.0
    seed: int = 0
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ImpossibleError(f"kind is one of {', '.join(get_args(Kind))}")
        self.chance = random.Random(self.seed)  # noqa: S311 - repeatable bad luck, no secret

    def fits(self, method: str, chat: int | None) -> bool:
        """Whether this rule takes this request; counts it when it does."""
        if self.method not in ("*", method) or self.chat not in (None, chat) or self.times == 0:
            return False
        if self.share < 1 and self.chance.random() >= self.share:
            return False
        if self.times is not None:
            self.times -= 1
        return True


class Faults:
    """All rules, in the order they were given."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []

    def next(self, method: str, chat: int | None) -> Fault | None:
        """The fault that this request meets, if any. `method` is in small letters."""
        return next((rule for rule in self.rules if rule.fits(method, chat)), None)
