"""What a seller may send as the proof of a refund: it is shown to the buyer."""

from __future__ import annotations

import pytest

from conversations.effects import SettleRefund
from conversations.said import FileKind, SentFile
from conversations.seller_refunds import SettlingRefund, send_proof
from conversations.table import Go, Stay
from messages.catalog.product_making import PhotoUnusable
from preorder.money import Rupiah
from tests.conversations.test_flow import world

AT = SettlingRefund("refund", "PO-7K3F", Rupiah(5_000))


@pytest.mark.parametrize(("kind", "name"), [("photo", ""), ("document", "bukti.pdf"), ("document", "BUKTI.PDF")])
def test_a_photo_or_the_banks_pdf_goes_on_to_the_buyer(kind: FileKind, name: str) -> None:
    """Telegram has taken out of a photo what the camera wrote; a bank's own document holds nothing of one."""
    outcome = send_proof(AT, SentFile(kind, "f", "u", 9, name=name), world())
    assert isinstance(outcome, Go)
    assert outcome.do == (SettleRefund("refund", kind, "f"),)


@pytest.mark.parametrize("name", ["IMG_2041.jpg", "bukti.png", "bukti.heic", "bukti.pdf.jpg", ""])
def test_a_picture_sent_as_a_file_is_asked_for_as_a_photo(name: str) -> None:
    """A file keeps where and with what it was taken, and would tell the buyer."""
    outcome = send_proof(AT, SentFile("document", "f", "u", 9, name=name), world())
    assert outcome == Stay(PhotoUnusable("document"))
