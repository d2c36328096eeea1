"""What an order says to its buyer: where it stands, what is paid and due, and the next step (product 4, 5, 6)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

import pytest

from messages.catalog import Message
from messages.catalog.paying import OrderCard, PaymentConfirmed, PaymentRejected, ProofCard, StageReached
from messages.catalog.running import BatchTotalsRow, QuantityRow, Recap, RecapBatch
from messages.formats import LOCALES, Locale
from messages.render import Words
from preorder.batch import STAGES, Stage
from preorder.money import Rupiah
from preorder.order import Order, OrderState
from sandbox.html import parse_html
from tests.messages.samples import NOW, Sampler
from tests.screens import plain


class PlainWords(Words):
    """Words whose spaces may all break, as one types them."""

    def text(self, message: Message, locale: Locale) -> str:
        return plain(super().text(message, locale))


WORDS: Final = PlainWords("Toko Sari", ZoneInfo("Asia/Jakarta"))
STATES: Final[tuple[OrderState, ...]] = get_args(OrderState)
TOTAL: Final = 240_000
DP: Final = 120_000


def order(state: OrderState, paid: int = 0, waiting: int = 0, first_due: int = DP) -> Order:
    sample = Sampler(random.Random(1)).order()
    is_sent = state == "shipped"
    return replace(
        sample,
        state=state,
        total=Rupiah(TOTAL),
        first_due=Rupiah(first_due),
        paid=Rupiah(paid),
        waiting_proofs=waiting,
        courier="JNE" if is_sent else "",
        tracking="JP1234567890" if is_sent else "",
    )


def card(of: Order, stage: Stage | Literal[""] = "", *, is_open: bool = False) -> str:
    return parse_html(WORDS.text(OrderCard(of, stage, NOW, is_open), "id"))[0]


@pytest.mark.parametrize(
    ("of", "stage", "is_open", "said"),
    [
        (order("held"), "", True, "Bayar DP Rp 120.000 sebelum Kamis, 26 November 2026 10.00 WIB"),
        (order("held", paid=50_000), "", True, "Bayar sisa DP Rp 70.000 sebelum"),
        (order("held", first_due=TOTAL), "", True, "Bayar Rp 240.000 sebelum"),
        (order("held", waiting=1), "", True, "Bukti sedang dicek"),
        (order("confirmed", DP), "", True, "Dibuat sesudah PO tutup, Rabu, 25 November 2026 10.00 WIB"),
        (order("confirmed", DP), "", False, "menunggu giliran dibuat"),
        (order("confirmed", DP), "materials", False, "Bahan disiapkan"),
        (order("confirmed", DP), "making", False, "Sedang dibuat"),
        (order("confirmed", DP), "finishing", False, "Finishing"),
        (order("confirmed", DP), "packing", False, "Sedang dikemas"),
        (order("confirmed", DP), "ready", False, "Pelunasan Rp 120.000: transfer, lalu kirim fotonya ke sini"),
        (order("confirmed", DP, waiting=1), "ready", False, "Bukti pelunasan sedang dicek"),
        (order("confirmed", TOTAL), "ready", False, "Tinggal dikirim"),
        (order("shipped", TOTAL), "ready", False, "Ekspedisi: JNE\nNomor resi: JP1234567890"),
        (order("shipped", DP), "ready", False, "Pelunasan Rp 120.000: transfer"),
        (order("expired"), "", True, "Masih mau? PO-nya buka sampai Rabu, 25 November 2026 10.00 WIB"),
        (order("expired"), "", False, "Slotnya sudah dilepas"),
        (order("expired", waiting=1), "", False, "Bukti Kakak sedang dicek"),
        (order("cancelled"), "", True, "Masih mau?"),
        (order("cancelled"), "", False, "Dibatalkan"),
        (order("cancelled", paid=50_000), "", False, "Uang yang sudah masuk diurus penjual"),
    ],
)
def test_an_order_says_its_next_step(of: Order, stage: Stage | Literal[""], is_open: bool, said: str) -> None:
    """Whoever looks at an order knows what to do, or what is waited for."""
    assert said in card(of, stage, is_open=is_open)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("stage", ["", *STAGES])
def test_money_is_asked_for_only_while_it_is_due(state: OrderState, stage: Stage | Literal[""]) -> None:
    """An order that is paid, or is over, asks for nothing; one that holds slots says what is paid and what is left."""
    paid_up, owing = card(order(state, TOTAL), stage), card(order(state, DP), stage)
    assert "👉" not in paid_up
    assert "Pelunasan Rp" not in paid_up
    assert ("Lunas" in paid_up) == (state in ("held", "confirmed", "shipped"))
    assert ("Sisa Rp 120.000" in owing) == (state in ("held", "confirmed", "shipped"))


def test_confirmed_money_says_what_is_left() -> None:
    """The buyer learns whether the slots are safe, what is missing and whether the order is paid in full."""

    def said(of: Order) -> str:
        return parse_html(WORDS.text(PaymentConfirmed(of, Rupiah(50_000)), "id"))[0]

    assert "Rp 50.000 untuk PO-7K3F sudah kami terima" in said(order("held", 50_000))
    assert "Masih kurang Rp 70.000" in said(order("held", 50_000))
    assert "Slot Kakak aman. Pelunasan Rp 120.000" in said(order("confirmed", DP))
    assert "sudah lunas" in said(order("confirmed", TOTAL))
    assert "lebih Rp 10.000" in said(order("confirmed", TOTAL + 10_000))


def test_only_goods_that_are_ready_ask_for_the_balance() -> None:
    """product 5: the balance is asked for when the goods are ready, and not while its proof is being checked."""
    asked = {
        (stage, waiting): "Pelunasan <b>Rp 120.000</b>"
        in WORDS.text(StageReached(order("confirmed", DP, waiting), stage), "id")
        for stage in STAGES
        for waiting in (0, 1)
    }
    assert [key for key, is_asked in asked.items() if is_asked] == [("ready", 0)]


def test_a_reason_is_worded_in_the_buyers_language() -> None:
    """The usual reasons have words in each language; the seller's own words stay as they are."""
    indonesian, english = (WORDS.text(PaymentRejected("PO-7K3F", "not_arrived", NOW), locale) for locale in LOCALES)
    assert "uangnya belum masuk ke rekening kami" in indonesian
    assert "the money has not reached our account yet" in english
    assert "Salah rekening" in WORDS.text(PaymentRejected("PO-7K3F", "Salah rekening", None), "en")


def test_a_proof_warns_of_a_file_that_was_used_before() -> None:
    """product 5: a seller sees at once that the same file paid another order, or that nothing is due."""

    def said(of: Order, used_for: str | None) -> str:
        return WORDS.text(ProofCard(of, "Aisyah", "", Rupiah(DP), NOW, used_for), "id")

    assert "⚠️" not in said(order("held"), None)
    assert "File yang sama pernah dikirim untuk <code>PO-8888</code>" in said(order("held"), "PO-8888")
    assert "⚠️ File yang sama pernah dikirim" in said(order("held"), "")
    assert "⚠️ Waktu bayarnya sudah habis" in said(order("expired"), None)
    assert "⚠️ Pesanan ini sudah lunas" in said(order("confirmed", TOTAL), None)


def test_a_recap_groups_what_is_made_by_product() -> None:
    """product 8: the day, then each batch with slots, money, and product, variant × wish, pieces; sums are shown."""
    rows = (
        QuantityRow("Hijab Voal", "Sage", "", 5),
        QuantityRow("Hijab Voal", "Sage", "bordir Aisyah", 2),
        QuantityRow("Kue Nastar", "Toples", "", 12),
    )
    totals = BatchTotalsRow(
        "PO Lebaran", 12, 2, 10, 19, 40, Rupiah(1_540_000), Rupiah(770_000), Rupiah(770_000), proofs=2
    )
    recap = Recap(
        date(2026, 11, 25), True, 3, Rupiah(540_000), Rupiah(120_000), 2, (RecapBatch(totals, "open", NOW, rows),)
    )
    text = parse_html(WORDS.text(recap, "id"))[0]
    assert text.startswith("🌙 Rekap harian\nRabu, 25 November 2026\n")
    for said in (
        "Hari ini: 3 pesanan, Rp 540.000",
        "Uang masuk: Rp 120.000",
        "2 bukti menunggu, cek di /proofs",
        "Pesanan: 12 (10 sudah bayar, 2 masih di-keep)",
        "Slot: 19 dari 40, sisa 21",
        "Ditunggu: Rp 770.000",
        "\nHijab Voal, 7 pcs\n5 × Sage\n2 × Sage, bordir Aisyah\n\nKue Nastar, 12 pcs\n12 × Toples",
    ):
        assert said in text


def test_an_amount_never_breaks_between_two_lines() -> None:
    """`Rp 240.000` and `× 2` stay together on a small phone."""
    text = Words("Toko Sari", ZoneInfo("Asia/Jakarta")).text(OrderCard(order("held"), "", NOW, True), "id")
    assert "Rp\N{NO-BREAK SPACE}240.000" in text
    assert "×\N{NO-BREAK SPACE}" in text
    assert "Rp " not in text
