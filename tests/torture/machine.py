"""A model of orders, payments and batches, played against the real thing on a real file, step by step (hypothesis).

In: the shop's statements, or ones with a seeded bug. Out: an AssertionError at the first step after which the books are
not what the model says. The model is plain Python: who holds what, who paid what, what must have ended by now.
"""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot import batch_work, change_work, due_work, order_work, proof_work
from bot.house import GRACE, House
from bot.turn import Turn
from conversations.effects import ChangeOrder, LineWanted, PlaceOrder
from messages.render import Words
from preorder.address import Address
from preorder.batch import STAGES, Batch, BatchId, Offer, ProductId, VariantId
from preorder.errors import BatchNotOpen, OverMaximum, Refused, SlotsGone
from preorder.money import Percent, Rupiah
from preorder.order import OrderId, PersonId
from preorder.payment import PaymentId
from sandbox.scenes import SARI
from storage import batches, orders, payments, people, planning, schedule
from storage.database import Tx
from storage.people import Person
from storage.sqlite import SqliteTx
from storage.statements import STATEMENTS, Statements
from tests.journeys.floor import Books, settings_for
from tests.sqlite import put_empty

T = TypeVar("T")
BUYERS = (7001, 7002, 7003)
SCARCE, PLENTY = VariantId("v-scarce"), VariantId("v-plenty")
PRICES = {SCARCE: 75_000, PLENTY: 110_000}
SCARCE_QUOTA, MAXIMUM = 2, 2
QUOTAS = {BatchId("b1"): 6, BatchId("b2"): 3}
HOLD, OPEN = timedelta(hours=24), timedelta(hours=100)
HOME = Address(recipient="Rina Wulandari", phone="+6281234567890", street="Jl. Melati No. 5, Sukajadi, Bandung 40162")
SOME = st.sampled_from((1, 2, 0, 3))
HOLDING = ("held", "confirmed", "shipped")


@dataclass
class KnownOrder:
    """An order as the model sees it; `ends` is when its hold is looked at next."""

    id: OrderId
    draft: str
    person: int
    batch: BatchId
    pieces: Counter[VariantId]
    hold_until: datetime
    ends: datetime
    state: str = "held"
    paid: int = 0
    back: int = 0
    tracking: str = ""
    proofs: dict[PaymentId, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(PRICES[variant] * count for variant, count in self.pieces.items())

    @property
    def first_due(self) -> int:
        return -(-self.total // 2)

    @property
    def kept(self) -> int:
        """What was paid less what goes back."""
        return self.paid - self.back

    @property
    def waits(self) -> bool:
        return "claimed" in self.proofs.values()

    @property
    def due_now(self) -> int:
        due = self.first_due if self.state == "held" else self.total
        return max(0, due - self.kept) if self.state in HOLDING else 0


class Shop(RuleBasedStateMachine):
    """The rules. `statements` and `is_checked` are what a seeded bug changes."""

    statements: ClassVar[Statements] = STATEMENTS
    is_checked: ClassVar[bool] = True

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="bukapo-")
        self.path = put_empty(Path(self.folder.name) / "shop.db")
        self.connection = sqlite3.connect(self.path, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("PRAGMA synchronous = OFF")
        self.connection.execute("PRAGMA foreign_keys = ON")
        if not self.is_checked:
            self.connection.execute("PRAGMA ignore_check_constraints = ON")
        settings = settings_for("http://127.0.0.1:1", Path(self.folder.name))
        self.house = House(settings, Words(settings.shop_name, settings.timezone), "bukapo_bot")
        self.now = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
        self.numbers = itertools.count(1)
        self.known: list[KnownOrder] = []
        self.states: dict[BatchId, str] = dict.fromkeys(QUOTAS, "open")
        self.stages: dict[BatchId, str] = dict.fromkeys(QUOTAS, "")
        self.closes_at: dict[BatchId, datetime] = {}

    def teardown(self) -> None:
        self.connection.close()
        try:
            Books(f"sqlite:///{self.path}").balance()
        finally:
            self.folder.cleanup()

    # --- one transaction -----------------------------------------------------------------------------------------

    def commit(self, work: Callable[[Tx], T]) -> T:
        """As `SqliteDatabase.run` does it."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(SqliteTx(self.connection, self.statements))
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")
        return result

    def turn(self, person: int, work: Callable[[Turn], T]) -> T:
        """A turn of somebody."""

        def run(tx: Tx) -> T:
            who = Person(PersonId(person), "Rina", "", "id", subscribed=True, reachable=True)
            return work(Turn(tx, self.house, self.now, f"u{next(self.numbers)}", who, person))

        return self.commit(run)

    def refused(self, person: int, work: Callable[[Turn], Any]) -> bool:
        """Whether it was too late for it."""
        try:
            self.turn(person, work)
        except Refused:
            return True
        return False

    @initialize(first=st.sampled_from((1, 1, 0, 2)), second=st.sampled_from((2, 1, 3)), late=st.booleans())
    def two_batches_are_open(self, first: int, second: int, late: bool) -> None:
        """One with a maximum a buyer, one without, which is often sold out at once, sometimes with an order expired."""
        self.open_batches()
        self.place(BUYERS[0], BatchId("b2"), 0, second)
        if late:
            self.let_time_pass(25)
        self.place(BUYERS[1], BatchId("b2"), first, 3 - first - (0 if late else second))
        self.place(BUYERS[2], BatchId("b1"), 0, second)

    def open_batches(self) -> None:

        def put(tx: Tx) -> None:
            for person in (*BUYERS, SARI):
                people.meet(tx, PersonId(person), "Rina", "", "id", self.now)
            offers = (
                Offer(SCARCE, ProductId("p1"), "Pashmina", "Hitam", Rupiah(PRICES[SCARCE]), 200, SCARCE_QUOTA, 0),
                Offer(PLENTY, ProductId("p2"), "Nastar", "500 g", Rupiah(PRICES[PLENTY]), 500, None, 0),
            )
            for number, (batch_id, quota) in enumerate(QUOTAS.items()):
                closes_at = self.now + OPEN * (number + 1)
                maximum = MAXIMUM if number == 0 else None
                batch = Batch(
                    batch_id, batch_id, "open", quota, 0, 1, maximum, Percent(50), HOLD, self.now, closes_at, 7, offers
                )
                planning.plan(tx, batch, PersonId(SARI), self.now)
                schedule.plan(tx, "close_batch", batch_id, closes_at)
                self.closes_at[batch_id] = closes_at

        self.commit(put)

    # --- what the model knows ------------------------------------------------------------------------------------

    def taken(self, batch_id: BatchId, variant: VariantId | None = None, person: int = 0) -> int:
        return sum(
            count
            for order in self.known
            for one, count in order.pieces.items()
            if order.batch == batch_id and order.state in HOLDING
            if variant in (None, one) and person in (0, order.person)
        )

    def fits(self, batch_id: BatchId, pieces: Counter[VariantId], less: Counter[VariantId] | None = None) -> bool:
        less = less or Counter()
        scarce = self.taken(batch_id, SCARCE) + pieces[SCARCE] - less[SCARCE] <= SCARCE_QUOTA
        return scarce and self.taken(batch_id) + pieces.total() - less.total() <= QUOTAS[batch_id]

    def may_place(self, person: int, batch_id: BatchId, pieces: Counter[VariantId]) -> bool:
        is_open = self.states[batch_id] == "open" and self.now < self.closes_at[batch_id]
        mine = self.taken(batch_id, person=person) + pieces.total()
        return is_open and self.fits(batch_id, pieces) and (batch_id != "b1" or mine <= MAXIMUM)

    def pick(self, number: int, *likely: str) -> KnownOrder:
        """Any order; mostly one in these states, so that what needs several steps happens often."""
        among = [order for order in self.known if order.state in likely] if number % 4 else []
        return (among or self.known)[number % len(among or self.known)]

    def proofs(self) -> list[tuple[KnownOrder, PaymentId]]:
        return [(order, proof) for order in self.known for proof in order.proofs]

    # --- what people do ------------------------------------------------------------------------------------------

    # Twice, because without orders nothing else can happen.
    @rule(person=st.sampled_from(BUYERS), batch_id=st.sampled_from(list(QUOTAS)), a=SOME, b=SOME)
    def order_more(self, person: int, batch_id: BatchId, a: int, b: int) -> None:
        """Somebody confirms at the review."""
        self.place(person, batch_id, a, b)

    @rule(person=st.sampled_from(BUYERS), batch_id=st.sampled_from(list(QUOTAS)), a=SOME, b=st.just(0))
    def order_scarce(self, person: int, batch_id: BatchId, a: int, b: int) -> None:
        """Somebody confirms an order of what is scarce."""
        self.place(person, batch_id, a, b)

    def place(self, person: int, batch_id: BatchId, a: int, b: int) -> None:
        pieces = Counter({SCARCE: a, PLENTY: b})
        if min(a, b) < 0 or not pieces.total():
            return
        draft = f"draft{next(self.numbers)}"
        wanted = tuple(LineWanted(variant, count) for variant, count in pieces.items() if count)
        expected = self.may_place(person, batch_id, pieces)
        try:
            self.turn(person, lambda turn: order_work.place(turn, PlaceOrder(draft, batch_id, wanted, HOME)))
        except (BatchNotOpen, SlotsGone, OverMaximum):
            assert not expected, "an order was refused that fits"
            return
        assert expected, "an order was taken that must not be"
        order_id = self.connection.execute("SELECT id FROM orders WHERE draft_id = ?", (draft,)).fetchone()[0]
        self.known.append(KnownOrder(order_id, draft, person, batch_id, pieces, self.now + HOLD, self.now + HOLD))

    @precondition(lambda self: self.known)
    @rule(number=st.integers(0, 30))
    def order_again(self, number: int) -> None:
        """The same draft comes a second time."""
        order = self.pick(number)

        def place(tx: Tx) -> OrderId:
            batch = batches.find(tx, order.batch)
            assert batch is not None
            lines = orders.get(tx, order.id).lines
            return orders.place(tx, batch, PersonId(order.person), order.draft, lines, HOME, self.now).id

        assert self.commit(place) == order.id

    @precondition(lambda self: self.known)
    @rule(number=st.integers(0, 30))
    def send_proof(self, number: int) -> None:
        """A buyer sends a proof for an order that can be paid."""
        self.claim(self.pick(number, "held", "expired"))

    @precondition(lambda self: self.known)
    @rule(number=st.integers(0, 30), part=st.sampled_from(("expected", "half", "all")))
    def pay(self, number: int, part: str) -> None:
        """A proof comes, perhaps late, and the seller says at once that the money arrived."""
        self.pay_for(self.pick(number, "held", "expired"), part)

    @precondition(lambda self: any(order.state == "expired" for order in self.known))
    @rule(number=st.integers(0, 30))
    def pay_late(self, number: int) -> None:
        """The same after the hold has ended."""
        self.pay_for(self.pick(number * 4 + 1, "expired"), "expected")

    def pay_for(self, order: KnownOrder, part: str) -> None:
        before = len(order.proofs)
        self.claim(order)
        if len(order.proofs) > before:
            self.judge_arrived(order, list(order.proofs)[-1], part)

    def claim(self, order: KnownOrder) -> None:
        if order.state == "cancelled" or (order.state in HOLDING and not order.due_now):
            return
        update_id = next(self.numbers)

        def claim(tx: Tx) -> PaymentId:
            found = orders.get(tx, order.id)
            assert found.due_now == order.due_now, "another amount is due"
            return payments.claim(
                tx, PersonId(order.person), found, ("photo", "f", f"u{update_id}"), update_id, self.now
            )

        order.proofs[self.commit(claim)] = "claimed"

    @precondition(lambda self: self.proofs())
    @rule(number=st.integers(0, 30), part=st.sampled_from(("half", "expected", "all")))
    def confirm(self, number: int, part: str) -> None:
        """The seller says that money arrived, perhaps a second time."""
        self.judge_arrived(*self.proofs()[number % len(self.proofs())], part)

    def judge_arrived(self, order: KnownOrder, proof: PaymentId, part: str) -> None:
        amount = {
            "half": max(1, order.first_due // 2),
            "expected": order.due_now or order.first_due,
            "all": order.total,
        }
        value = Rupiah(amount[part])
        too_late = self.refused(SARI, lambda turn: proof_work.confirm(turn, proof, value))
        assert too_late == (order.proofs[proof] != "claimed"), "a proof was judged twice, or not at all"
        if too_late:
            return
        order.proofs[proof] = "confirmed"
        order.paid += value
        can_take_again = self.states[order.batch] in ("open", "closed", "producing")
        if order.state == "expired" and can_take_again and self.fits(order.batch, order.pieces):
            order.state, order.back = "held", 0
        elif order.state in ("expired", "cancelled"):
            order.back += value
        if order.state == "held" and order.kept >= order.first_due:
            order.state = "confirmed"
        elif order.state == "held":
            order.hold_until = order.ends = max(order.hold_until, self.now + HOLD)
        if order.state in HOLDING:
            self.close_when_sold(order.batch)

    def close_when_sold(self, batch_id: BatchId) -> None:
        held = any(one.state == "held" and one.batch == batch_id for one in self.known)
        if self.taken(batch_id) == QUOTAS[batch_id] and not held and self.states[batch_id] == "open":
            self.states[batch_id] = "closed"

    @precondition(lambda self: self.proofs())
    @rule(number=st.integers(0, 30))
    def reject(self, number: int) -> None:
        """The seller refuses a proof, perhaps a second time."""
        order, proof = self.proofs()[number % len(self.proofs())]
        too_late = self.refused(SARI, lambda turn: proof_work.reject(turn, proof, "buram"))
        assert too_late == (order.proofs[proof] != "claimed"), "a proof was judged twice, or not at all"
        if not too_late:
            order.proofs[proof] = "rejected"
            if order.state == "held":
                order.hold_until = order.ends = max(order.hold_until, self.now + GRACE)

    @precondition(lambda self: self.known)
    @rule(number=st.integers(0, 30))
    def cancel(self, number: int) -> None:
        """A buyer cancels an order of their own."""
        order = self.pick(number)
        if number % 3:
            return
        self.turn(order.person, lambda turn: change_work.cancel(turn, order.id))
        if self.may_change(order) and not order.waits:
            order.state, order.back = "cancelled", order.paid

    def may_change(self, order: KnownOrder) -> bool:
        is_open = self.states[order.batch] == "open" and self.now < self.closes_at[order.batch]
        return is_open and order.state in ("held", "confirmed")

    @precondition(lambda self: self.known)
    @rule(number=st.integers(0, 30), a=SOME, b=SOME)
    def change(self, number: int, a: int, b: int) -> None:
        """A buyer changes an order of their own, perhaps to more than there is."""
        pieces = Counter({SCARCE: a, PLENTY: b})
        if pieces.total():
            self.change_to(self.pick(number, "confirmed", "held"), pieces)

    def change_to(self, order: KnownOrder, pieces: Counter[VariantId]) -> None:
        lines = tuple(LineWanted(variant, count) for variant, count in pieces.items() if count)
        effect = ChangeOrder(order.id, lines, HOME, Rupiah(order.kept))
        was, kept = order.total, order.kept
        changed = replace(order, pieces=pieces)
        back = max(0, min(order.paid - changed.total, order.back + max(0, was - changed.total)))
        covered = order.paid - back >= changed.first_due
        others = self.taken(order.batch, person=order.person) - order.pieces.total()
        expected = (
            self.may_change(order)
            and not (order.waits and changed.total != was)
            and (order.state == "held" or covered)
            and self.fits(order.batch, pieces - order.pieces + Counter(), less=order.pieces - pieces)
            and (order.batch != "b1" or others + pieces.total() <= MAXIMUM)
        )
        too_late = self.refused(order.person, lambda turn: change_work.change(turn, effect))
        assert too_late == (not expected), f"a change was {'refused' if too_late else 'taken'}, {kept} paid"
        if too_late:
            return
        order.pieces, order.back = pieces, back
        if order.state == "held" and order.kept and order.kept >= order.first_due:
            order.state = "confirmed"
        self.close_when_sold(order.batch)

    @precondition(lambda self: any(order.state == "held" for order in self.known))
    @rule(number=st.integers(0, 30))
    def pay_a_part_in_time(self, number: int) -> None:
        """A part of the down payment keeps the slots for another hold: the end that was said before passes."""
        order = self.pick(number * 4 + 1, "held")
        self.let_time_pass(13)
        if order.state == "held":
            self.pay_for(order, "half")
        self.let_time_pass(13)

    @precondition(lambda self: any(self.may_change(order) for order in self.known))
    @rule()
    def pay_all_and_change_twice(self) -> None:
        """Somebody who has paid everything takes less, and then something else: what goes back is not paid any more."""
        order = next(order for order in self.known if self.may_change(order))
        self.pay_for(order, "all")
        self.change_to(order, Counter({PLENTY: 1}))
        self.change_to(order, Counter({SCARCE: 1}))

    @rule(hours=st.sampled_from((13, 13, 25, 3, 0.5)))
    def let_time_pass(self, hours: float) -> None:
        """Time passes, and what is due is done."""
        self.now += timedelta(hours=hours)
        self.tick()
        for batch_id, closes_at in self.closes_at.items():
            if self.states[batch_id] == "open" and closes_at <= self.now:
                self.states[batch_id] = "closed"
        for order in self.known:
            if order.state == "held" and order.ends <= self.now:
                if order.waits:
                    order.ends = self.now + GRACE
                else:
                    order.state, order.back = "expired", order.paid

    def tick(self) -> None:
        for _ in range(20):
            due = self.commit(lambda tx: schedule.due(tx, self.now, 100))
            if not due:
                return
            for one in due:
                self.commit(lambda tx, one=one: due_work.perform(tx, self.house, one, self.now))  # type: ignore[misc]
        raise AssertionError("what is due is never done")

    @rule(hours=st.sampled_from((0.0, 0.0, 30.0, 101.0)))
    def time_passes_while_the_bot_is_down(self, hours: float) -> None:
        """Nothing is done that is due; it is done at the next tick."""
        self.now += timedelta(hours=hours)

    # --- what the seller does ------------------------------------------------------------------------------------

    @rule(batch_id=st.sampled_from(list(QUOTAS)), is_sure=st.sampled_from((False, False, True)))
    def close(self, batch_id: BatchId, is_sure: bool) -> None:
        """The seller closes a batch, perhaps a second time."""
        if not is_sure:
            return
        done = self.turn(SARI, lambda turn: batch_work.close(turn, batch_id, "seller"))
        assert done == (self.states[batch_id] == "open"), "a batch was closed twice, or not at all"
        if done:
            self.states[batch_id] = "closed"

    @rule(batch_id=st.sampled_from(list(QUOTAS)), stage=st.sampled_from(STAGES[-2:]))
    def move(self, batch_id: BatchId, stage: Any) -> None:
        """The seller moves a batch to a stage, perhaps to the same one."""
        too_late = self.refused(SARI, lambda turn: batch_work.move_stage(turn, batch_id, stage))
        possible = self.states[batch_id] in ("closed", "producing", "ready", "shipping")
        assert too_late == (not possible or self.stages[batch_id] == stage), "a stage was reached twice, or not at all"
        if not too_late:
            self.stages[batch_id] = stage
            self.states[batch_id] = "ready" if stage == "ready" else "producing"

    @precondition(lambda self: self.known)
    @rule(number=st.integers(0, 30), tracking=st.sampled_from(("JNE1", "JNE2")))
    def ship(self, number: int, tracking: str) -> None:
        """The seller gives an order its number, perhaps the same one again."""
        order = self.pick(number, "confirmed", "shipped")
        too_late = self.refused(SARI, lambda turn: order_work.ship(turn, order.id, "JNE", tracking))
        possible = order.state == "confirmed" or (order.state == "shipped" and order.tracking != tracking)
        assert too_late == (not possible), "an order was shipped that must not be, or not at all"
        if too_late:
            return
        order.state, order.tracking = "shipped", tracking
        if self.states[order.batch] in ("closed", "producing", "ready"):
            self.states[order.batch] = "shipping"
        left = any(one.batch == order.batch and one.state in ("held", "confirmed") for one in self.known)
        if self.states[order.batch] == "shipping" and not left:
            self.states[order.batch] = "done"

    # --- what must hold after every step -------------------------------------------------------------------------

    @invariant()
    def the_books_say_what_the_model_says(self) -> None:
        """States, slots and money, each by itself."""
        rows = self.connection.execute("SELECT id, state, total, first_due FROM orders").fetchall()
        assert len(rows) == len(self.known), "an order too many or too few"
        booked = {row["id"]: row for row in rows}
        paid = dict(
            self.connection.execute(
                "SELECT order_id, SUM(amount) FROM payments WHERE state = 'confirmed' GROUP BY order_id"
            ).fetchall()
        )
        back = dict(
            self.connection.execute(
                "SELECT order_id, SUM(amount) FROM refunds WHERE state <> 'withdrawn' GROUP BY order_id"
            ).fetchall()
        )
        for order in self.known:
            row = booked[order.id]
            assert row["state"] == order.state, f"an order is {row['state']}, not {order.state}"
            assert (row["total"], row["first_due"]) == (order.total, order.first_due), "an order has another price"
            assert paid.get(order.id, 0) == order.paid, "another sum is booked"
            assert back.get(order.id, 0) == order.back, "another sum goes back"
        for row in self.connection.execute("SELECT id, state, taken, quota FROM batches").fetchall():
            assert row["taken"] == self.taken(row["id"]) <= row["quota"], "slots do not add up"
            assert row["state"] == self.states[row["id"]], f"a batch is {row['state']}, not {self.states[row['id']]}"
        for row in self.connection.execute("SELECT batch_id, variant_id, taken FROM offers").fetchall():
            assert row["taken"] == self.taken(row["batch_id"], row["variant_id"]), "a variant's slots do not add up"
        for row in self.connection.execute("SELECT batch_id, person_id, pieces FROM buyer_slots").fetchall():
            assert row["pieces"] == self.taken(row["batch_id"], person=row["person_id"]), (
                "a buyer's pieces do not add up"
            )
        for row in self.connection.execute("SELECT order_id, SUM(quantity) FROM lines GROUP BY order_id").fetchall():
            pieces = next(order.pieces for order in self.known if order.id == row[0])
            assert row[1] == pieces.total(), "an order's lines do not add up"
