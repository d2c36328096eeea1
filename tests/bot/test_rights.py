"""Only what is allowed changes anything: every command and every action, for everybody, everywhere (product 1).

Made from the tables of commands and actions themselves, so that a new one is held to its right from its first day.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from bot import effects
from bot.commands import ACTIONS, COMMANDS
from conversations.effects import (
    ArchiveProduct,
    CancelPlan,
    CloseBatch,
    ConfirmOtherAmount,
    Effect,
    MoveStage,
    NewVariant,
    PlanBatch,
    RejectProof,
    SaveProduct,
    SettleRefund,
    ShipOrder,
)
from conversations.seller_flow import SELLER_FLOW
from conversations.seller_refunds import SettlingRefund
from conversations.seller_steps import (
    BatchDraft,
    CancelPlanConfirm,
    CloseConfirm,
    OpenReview,
    OtherAmount,
    ProductArchive,
    ProductDraft,
    ProductPreview,
    RejectReason,
    ShipConfirm,
    StageConfirm,
    VariantDraft,
)
from conversations.table import Step
from conversations.team_effects import ChangeStaffRole, InviteStaff, RemoveStaff, WithdrawInvitation
from preorder.batch import BatchId, ProductId
from preorder.errors import NotAllowed
from preorder.money import Percent, Rupiah
from preorder.staff import Right
from storage.migrate import migrate
from tests.bot.filled_shop import (
    BLOCKED,
    BUYER,
    CHANNEL,
    NOW,
    OWNER,
    PLACES,
    STAFF,
    STRANGER,
    FilledShop,
    Tables,
    changed,
    pressed,
    said,
)

PEOPLE: Final = {"owner": OWNER, "buyer": BUYER, "stranger": STRANGER, "blocked": BLOCKED}
# Who and where somebody is, what came in and goes out, what was refused: no order, money, batch or product.
ASIDE: Final = frozenset({"people", "sessions", "inbox", "outbox", "audit", "offered"})
EVERYWHERE: Final = list(itertools.product(PEOPLE, PLACES))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FilledShop]:
    """One shop for all: what is heard in it is undone each time."""
    path: Path = tmp_path_factory.mktemp("rights") / "shop.db"
    migrate(path)
    filled = FilledShop(path)
    yield filled
    filled.connection.close()


def hold_to_place(place: str, was: Tables, now: Tables) -> None:
    """Outside a private chat nothing is remembered of anybody, and a channel is not written to."""
    if place != "private":
        assert changed(was, now) <= {"inbox", "outbox"}
    if place == "channel":
        sent = [row for row in now["outbox"] - was["outbox"] if CHANNEL in row]
        assert all("answerCallbackQuery" in row for row in sent)


def hold_to_audit(who: str, was: Tables, now: Tables, is_refused: bool) -> None:
    """A refusal is one line in the audit log with its name and a 0; nothing else is written there for a stranger."""
    lines = now["audit"] - was["audit"]
    assert [line[-1] for line in lines] == [0] * is_refused if who != "owner" else all(line[-1] for line in lines)


@pytest.mark.parametrize(("who", "place"), EVERYWHERE)
def test_no_command_changes_the_books(shop: FilledShop, who: str, place: str) -> None:
    """A command shows or begins something, and no more; the seller's are refused to everybody else."""
    for (name, command), argument in itertools.product(
        COMMANDS.items(), ("", " b_batch-open", " b_x", " 1; DROP TABLE")
    ):
        was, now = shop.hear(said(PEOPLE[who], place, f"/{name}{argument}"))
        assert changed(was, now) <= ASIDE, name
        hold_to_place(place, was, now)
        hold_to_audit(who, was, now, is_refused=command.right is not Right.BUY and place == "private")


def arguments(shop: FilledShop, count: int) -> list[tuple[str, ...]]:
    """What a button could carry: everything that exists, in its place or another's, and things that do not."""
    orders = (shop.held.id, shop.unpaid.id, shop.proven.id, shop.sent.id)
    payments = (shop.claimed, shop.unassigned, shop.owed)
    others = (shop.open, shop.coming, shop.ready, "nastar", "close", "id", "x", "")
    match count:
        case 0:
            return [()]
        case 1:
            return [(one,) for one in (*orders, *payments, *others)]
        case _:
            pairs = [*itertools.product(payments, orders), *itertools.product((shop.open, shop.ready), ("nastar", "x"))]
            return [*pairs, *((b, a) for a, b in pairs), ("x", "x")]


def allowed(shop: FilledShop, who: str, place: str, name: str, given: tuple[str, ...]) -> set[str]:
    """What this press may change in the books; nothing unless it is named here."""
    if place != "private":
        return set()
    match who, name, given:
        case "buyer", "cancel_sure", (order,) if order in (shop.held.id, shop.unpaid.id):
            return {"orders", "batches", "offers", "buyer_slots", "due"}
        case "buyer", "proof_for", (shop.unassigned, order) if order in (shop.held.id, shop.unpaid.id, shop.proven.id):
            return {"payments"}
        case "owner", "proof_ok", (shop.claimed,):
            return {"payments", "orders", "due"}
        case _:
            return set()


@pytest.mark.parametrize(("who", "place"), EVERYWHERE)
def test_an_action_changes_only_what_it_may(shop: FilledShop, who: str, place: str) -> None:
    """A standing button, real or forged, with any argument: only its own buyer cancels or assigns, only the owner
    books money, and each changes exactly the tables of its subject."""
    for name, action in ACTIONS.items():
        # Elsewhere the button is not even looked at: a few arguments show it.
        for given in arguments(shop, action.arguments)[:: 1 if place == "private" else 5]:
            was, now = shop.hear(pressed(PEOPLE[who], place, ":".join(("a", name, *given))))
            assert changed(was, now) - ASIDE == allowed(shop, who, place, name, given), (name, given)
            hold_to_place(place, was, now)
            hold_to_audit(who, was, now, is_refused=action.right is not Right.BUY and place == "private")


# --- a seller's screens in other hands ----------------------------------------------------------------------------


def last_steps(shop: FilledShop) -> list[tuple[Step, str]]:
    """The screens at which a seller's word changes the books, and what is typed there."""
    opening = BatchDraft(BatchId("new"), (ProductId("tote"),), "PO Baru", 5, closes_at=NOW + timedelta(days=5))
    adding = ProductDraft(ProductId("new"), "Kastengel", variants=(VariantDraft("Toples", Rupiah(90_000)),))
    return [
        (OpenReview(opening), "konfirmasi"),
        (ProductPreview(adding), "simpan"),
        (ProductArchive(ProductId("tote")), "ya"),
        (CloseConfirm(shop.open), "ya"),
        (CancelPlanConfirm(shop.coming), "ya"),
        (StageConfirm(shop.making, "making"), "ya"),
        (ShipConfirm(shop.ready, shop.sent.id, "JNE", "JP1234567890"), "ya"),
        (RejectReason(shop.claimed, shop.proven.code), "Uangnya belum masuk"),
        (OtherAmount(shop.claimed, shop.proven.code), "20rb"),
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
        SaveProduct(ProductId("new"), "Kastengel", "", "", variants),
        ArchiveProduct(ProductId("tote")),
        PlanBatch(BatchId("new"), "PO Baru", (ProductId("tote"),), *terms),
        CloseBatch(shop.open),
        CancelPlan(shop.coming),
        MoveStage(shop.making, "making"),
        ShipOrder(shop.sent.id, "JNE", "JP1234567890"),
        RejectProof(shop.claimed, "not_arrived"),
        ConfirmOtherAmount(shop.claimed, Rupiah(20_000)),
        InviteStaff("finance"),
        WithdrawInvitation(shop.invitation),
        ChangeStaffRole(STAFF["shipping"], "production"),
        RemoveStaff(STAFF["shipping"]),
        SettleRefund(shop.owed, "", ""),
    ]


def test_the_right_is_checked_where_the_change_is_made(shop: FilledShop) -> None:
    """Whatever brought it there, a seller's effect is refused to a buyer at the change itself, and done for the owner,
    with a line in the audit log."""
    known = {kind for kind in Effect.__subclasses__() if kind.right is not Right.BUY}
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
            assert changed(was, now) - ASIDE, effect
            assert [line[-1] for line in now["audit"] - was["audit"]] == [1]
