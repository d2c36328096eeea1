"""/refunds: noting that money was sent back, with a photo of the transfer that goes on to the buyer (product 5).

One step, its verbs and its screen. The list itself is messages with buttons, because each refund is settled by itself.
"""

from __future__ import annotations

from typing import Final

from conversations.buttons import Button
from conversations.effects import SettleRefund
from conversations.prompt import WAY_OUT, Prompt
from conversations.said import Picked, SentFile
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog import Label, Message
from messages.catalog.changing import AskRefundProof, RefundSettled
from messages.catalog.product_making import PhotoUnusable
from messages.catalog.selling_unclear import ChoiceUnclear, SellerHint
from preorder.money import Rupiah
from preorder.staff import Right
from preorder.values import dataclass

NO_PHOTO: Final = "none"


@dataclass(frozen=True)
class SettlingRefund(Step, right=Right.JUDGE):
    """This refund was sent: is there a picture of the transfer?"""

    refund_id: str
    code: str
    amount: Rupiah


def begin_settling(refund_id: str, code: str, amount: Rupiah) -> Go[SettlingRefund]:
    """The button beside a refund."""
    return Go(SettlingRefund(refund_id, code, amount))


def send_proof(at: SettlingRefund, said: SentFile, _shop: Shop) -> Go[Home] | Stay:
    # It goes on to the buyer: Telegram takes place and owner out of a photo, and leaves them in a file.
    if said.kind == "document" and not said.name.casefold().endswith(".pdf"):
        return Stay(PhotoUnusable("document"))
    return _settle(at, said.kind, said.file_id)


def without_photo(at: SettlingRefund, said: Picked, _shop: Shop) -> Go[Home] | Stay:
    return _settle(at, "", "") if said.value == NO_PHOTO else Stay(ChoiceUnclear(said.value))


def _settle(at: SettlingRefund, kind: str, file_id: str) -> Go[Home]:
    return Go(Home(), do=(SettleRefund(at.refund_id, kind, file_id),), say=(RefundSettled(at.code, at.amount),))


def refunds_prompt(step: Step) -> Prompt | None:
    """The screen of the step; None for another's."""
    if not isinstance(step, SettlingRefund):
        return None
    return Prompt(AskRefundProof(step.code, step.amount), ((Button(Label("no_photo"), NO_PHOTO),), *WAY_OUT))


REFUND_HINTS: Final[dict[type[Step], Message]] = {SettlingRefund: SellerHint("photo")}
