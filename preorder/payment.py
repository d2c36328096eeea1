"""A payment: one transfer somebody says they made, until a seller says it arrived (product 5). Pure; rupiah."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NewType

from preorder.money import Rupiah
from preorder.order import OrderId, PersonId
from preorder.values import dataclass

PaymentId = NewType("PaymentId", str)
PaymentState = Literal["unassigned", "claimed", "confirmed", "rejected"]


@dataclass(frozen=True)
class Payment:
    """`expected` is what was due when the proof came; `amount` what the seller saw arrive. `order_id` is None while
    the buyer has not said which order it is for. `file_id` is what those who judge are shown: Telegram's id of the
    file, our own id of a copy (a media id), or empty when it is shown to nobody; `file_unique_id` is Telegram's."""

    id: PaymentId
    order_id: OrderId | None
    person_id: PersonId
    state: PaymentState
    amount: Rupiah
    expected: Rupiah
    file_kind: Literal["photo", "document"]
    file_id: str
    file_unique_id: str
    created_at: datetime
    judged_by: PersonId | None = None
    judged_at: datetime | None = None
    reason: str = ""

    @property
    def is_shown(self) -> bool:
        return bool(self.file_id)
