"""Whom a seller's broadcast is for (product 7). Pure.

A segment is a kind and, for some kinds, a subject: a batch, a product, a city. As text it is `batch:k3f9`.
"""

from __future__ import annotations

from typing import Final, Literal

from preorder.values import dataclass

SegmentKind = Literal["everyone", "batch", "unpaid", "past", "never", "interest", "waiting", "city"]
SEGMENTS: Final[tuple[SegmentKind, ...]] = (
    *("everyone", "batch", "unpaid", "past"),
    *("never", "interest", "waiting", "city"),
)
WITH_SUBJECT: Final[frozenset[SegmentKind]] = frozenset({"batch", "interest", "waiting", "city"})


@dataclass(frozen=True)
class Segment:
    """`everyone` who wants news; `batch`: who has an order there; `unpaid`: whose order still waits for its first
    payment; `past`: who has bought before; `never`: who has not; `interest`: who wants a product that is not on sale;
    `waiting`: who queues in a batch; `city`: whose address is there. `name` is how people call the subject."""

    kind: SegmentKind
    subject: str = ""
    name: str = ""

    @property
    def text(self) -> str:
        """As it is stored."""
        return f"{self.kind}:{self.subject}"


def read_segment(text: str) -> Segment:
    """The stored text as a segment, without the subject's name. Raises ValueError for another's text."""
    kind, _, subject = text.partition(":")
    for known in SEGMENTS:
        if known == kind:
            return Segment(known, subject)
    raise ValueError(f"{kind!r} is no segment")
