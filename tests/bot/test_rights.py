"""What changes the books at the end of a conversation is asked for its right where the change is made (product 1).

The matrix of every command, button and screen is in test_rights_matrix.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Final

import pytest

from bot import effects
from conversations.effects import (
    CancelDue,
    CancelPlan,
    CloseBatch,
    ConfirmOtherAmount,
    CorrectShipping,
    DecideBatch,
    Effect,
    MoveHoliday,
    MoveStage,
    PauseCourier,
    PlanBatch,
    RejectProof,
    RenewBoard,
    SaveShippingRule,
    SendZoneSheet,
    SetQuota,
    SetRule,
    SettleRefund,
    ShipOrder,
    StartBroadcast,
    SwitchBoard,
    TellShipping,
    WriteTerms,
)
from conversations.opening_steps import CourierPause, HolidayDay
from conversations.product_effects import (
    AddVariant,
    ApplySheet,
    ArchiveProduct,
    ArchiveVariant,
    CatalogueEffect,
    ChangePictures,
    ChangeVariant,
    ChangeWords,
    MoveProduct,
    MoveVariant,
    NewVariant,
    RestoreProduct,
    SaveProduct,
    SendSheet,
)
from conversations.product_steps import ProductArchive, ProductDraft, ProductPreview, VariantDraft
from conversations.seller_broadcast import BroadcastDraft, BroadcastReview
from conversations.seller_flow import SELLER_FLOW
from conversations.seller_minimum import CancelBatchConfirm, LongerOpen
from conversations.seller_quota import QuotaNumber
from conversations.seller_refunds import SettlingRefund
from conversations.seller_steps import (
    BatchDraft,
    CancelPlanConfirm,
    CloseConfirm,
    OpenReview,
    OtherAmount,
    RejectReason,
    ShipConfirm,
    StageConfirm,
)
from conversations.seller_terms import ConfirmTerms
from conversations.table import Step
from conversations.team_effects import ChangeStaffRole, InviteStaff, RemoveStaff, WithdrawInvitation
from conversations.wording_flow import ResetWording, WriteWording
from preorder.audience import Segment
from preorder.batch import BatchId, ProductId
from preorder.errors import NotAllowed
from preorder.money import Percent, Rupiah
from preorder.picture import Shot
from preorder.rules import Rule
from preorder.shipping import ShippingRule
from preorder.staff import Right
from preorder.wording import Wording
from tests.bot.filled_shop import (
    BUYER,
    NOW,
    OWNER,
    STAFF,
    STRANGER,
    FilledShop,
    changed,
    pressed,
    said,
)
from tests.sqlite import put_empty

# Who and where somebody is, what came in and goes out, what was refused: no order, money, batch or product.
ASIDE: Final = frozenset({"people", "sessions", "inbox", "outbox", "audit", "offered"})


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FilledShop]:
    """One shop for all: what is heard in it is undone each time."""
    filled = FilledShop(put_empty(tmp_path_factory.mktemp("rights") / "shop.db"))
    yield filled
    filled.connection.close()


# --- a seller's screens in other hands ----------------------------------------------------------------------------


def last_steps(shop: FilledShop) -> list[tuple[Step, str]]:
    """The screens at which a seller's word changes the books, and what is typed there."""
    opening = BatchDraft(BatchId("new"), (ProductId("tote"),), "PO Baru", 5, closes_at=NOW + timedelta(days=5))
    adding = ProductDraft(ProductId("new"), "Kastengel", variants=(VariantDraft("Toples", Rupiah(90_000)),))
    return [
        (OpenReview(opening), "konfirmasi"),
        (ProductPreview(adding), "simpan"),
        (ProductArchive(ProductId("tote")), "ya"),
        (HolidayDay("Eid al-Fitr", 2027), "11 maret 2027"),
        (CourierPause(), "tidak ada"),
        (CloseConfirm(shop.open), "ya"),
        (CancelPlanConfirm(shop.coming), "ya"),
        (CancelBatchConfirm(shop.short), "ya, batalkan po"),
        (LongerOpen(shop.short), "lusa jam 20"),
        (StageConfirm(shop.making, "making"), "ya"),
        (ShipConfirm(shop.ready, shop.sent.id, "JNE", "JP1234567890"), "ya"),
        (RejectReason(shop.claimed, shop.proven.code), "Uangnya belum masuk"),
        (OtherAmount(shop.claimed, shop.proven.code), "20rb"),
        (QuotaNumber(shop.open, None), "50"),
        (BroadcastReview(BroadcastDraft("new", words="Halo")), "kirim sekarang"),
        (ConfirmTerms(0, "", "DP bisa kembali sampai PO tutup."), "simpan"),
        (SettlingRefund(shop.owed, shop.sent.code, Rupiah(5_000)), "tanpa foto"),
    ]


def test_a_sellers_last_word_counts_only_from_a_seller(shop: FilledShop) -> None:
    """At every screen that changes the books the owner's word does it, by typing and by a button of the screen; the
    same word of somebody who is no seller (any more) changes nothing."""
    for step, word in last_steps(shop):
        assert type(step) in SELLER_FLOW
        for person in (OWNER, BUYER, STRANGER):
            was, now = shop.hear(said(person, "private", word), lambda p=person, s=step: shop.put_at(p, s))  # type: ignore[misc]  # mypy does not infer a lambda's defaults
            assert bool(changed(was, now) - ASIDE) == (person == OWNER), (person, word, step)
        for value in ("yes", "confirm", "save", "not_arrived", "1"):
            data = f"s:7:{value}"
            for person in (BUYER, STRANGER):
                was, now = shop.hear(pressed(person, "private", data), lambda p=person, s=step: shop.put_at(p, s))  # type: ignore[misc]  # as above
                assert not changed(was, now) - ASIDE, (person, value, step)


def seller_effects(shop: FilledShop) -> list[Effect]:
    """One of each effect that is a seller's."""
    variants = (NewVariant("Toples", Rupiah(90_000)),)
    terms = (5, 1, None, Percent(50), timedelta(hours=6), None, NOW + timedelta(days=5), 7)
    return [
        SaveProduct(ProductId("new"), "Kastengel", "", variants),
        RestoreProduct(ProductId("lama")),
        ChangeWords(ProductId("tote"), "care", "Cuci kering"),
        ChangePictures(ProductId("tote"), (Shot("photo", "file-9"),)),
        MoveProduct(ProductId("tote"), is_up=True),
        AddVariant(ProductId("tote"), variants[0]),
        ChangeVariant(ProductId("tote"), shop.variant, "price", 90_000),
        MoveVariant(ProductId("tote"), shop.variant, is_up=False),
        ArchiveVariant(ProductId("tote"), shop.variant),
        SendSheet(),
        WriteWording(Wording("greeting", "id", "Halo {nama}")),
        ResetWording("reminder", "id"),
        ApplySheet(*shop.sheet),
        ArchiveProduct(ProductId("tote")),
        PlanBatch(BatchId("new"), "PO Baru", (ProductId("tote"),), *terms),
        CloseBatch(shop.open),
        CancelPlan(shop.coming),
        DecideBatch(shop.short, "cancelled"),
        shop.later(shop.open),
        MoveStage(shop.making, "making"),
        MoveHoliday("Eid al-Fitr", 2027, date(2027, 3, 11)),
        PauseCourier(None),
        ShipOrder(shop.sent.id, "JNE", "JP1234567890"),
        RejectProof(shop.claimed, "not_arrived"),
        ConfirmOtherAmount(shop.claimed, Rupiah(20_000)),
        InviteStaff("finance"),
        WithdrawInvitation(shop.invitation),
        ChangeStaffRole(STAFF["shipping"], "production"),
        RemoveStaff(STAFF["shipping"]),
        SettleRefund(shop.owed, "", ""),
        SaveShippingRule(ShippingRule("later")),
        SendZoneSheet(),
        TellShipping(shop.unpaid.id, Rupiah(18_000)),
        CorrectShipping(shop.held.id, Rupiah(15_000), before=Rupiah(0)),
        SetQuota(shop.open, None, 50),
        SetRule(Rule("daily_recap", is_on=True, at=time(19), days=0)),
        CancelDue(shop.recap),
        SwitchBoard(is_on=False, shows_target=True),
        RenewBoard(),
        StartBroadcast("new", Segment("everyone"), "Halo", ""),
        WriteTerms("DP bisa kembali sampai PO tutup.", 0),
    ]


def test_the_right_is_checked_where_the_change_is_made(shop: FilledShop) -> None:
    """Whatever brought it there, a seller's effect is refused to a buyer at the change itself, and done for the owner,
    with a line in the audit log."""
    kinds = (*Effect.__subclasses__(), *CatalogueEffect.__subclasses__())
    known = {kind for kind in kinds if kind is not CatalogueEffect and kind.right is not Right.BUY}
    assert {type(effect) for effect in seller_effects(shop)} == known
    for effect in seller_effects(shop):
        with shop.undone():
            was = shop.tables()
            with pytest.raises(NotAllowed):
                effects.perform(shop.turn(BUYER), effect)
            assert not changed(was, shop.tables()) - ASIDE
        with shop.undone():
            was = shop.tables()
            effects.perform(shop.turn(OWNER), effect)
            now = shop.tables()
            assert changed(was, now) - ASIDE or isinstance(effect, SendSheet | SendZoneSheet | ResetWording), effect
            assert [line[-1] for line in now["audit"] - was["audit"]] == [1]
