"""Every command, button and screen × role × kind of place: only what is allowed changes anything (product 1).

Made from the tables themselves (COMMANDS, ACTIONS, the flows and their screens' buttons), so that whatever is added is
held to its right from its first day. A control, a shop where nobody is refused, has to be found out by the same eyes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from bot.commands import ACTIONS, COMMANDS
from conversations.prompts import buyer_prompt
from conversations.seller_flow import SELLER_FLOW
from conversations.seller_prompts import seller_prompt
from conversations.table import Step
from preorder.order import PersonId
from preorder.staff import HOLDERS, Right, Role, may
from tests.bot.filled_shop import (
    BLOCKED,
    BUYER,
    CHANNEL,
    HOME,
    OWNER,
    PLACES,
    STAFF,
    STRANGER,
    TOKEN,
    FilledShop,
    Tables,
    changed,
    pressed,
    said,
)
from tests.conversations.test_flow import STEPS, world, written
from tests.sqlite import put_empty

ROLES: Final[dict[str, Role | None]] = {
    "owner": "owner",
    **{role: role for role in STAFF},
    **dict.fromkeys(("buyer", "stranger", "blocked")),
}
PEOPLE: Final[dict[str, PersonId]] = {
    "owner": OWNER,
    **{str(role): person for role, person in STAFF.items()},
    "buyer": BUYER,
    "stranger": STRANGER,
    "blocked": BLOCKED,
}
OWNERS: Final[tuple[Role, ...]] = ("owner",)
EVERYWHERE: Final = list(itertools.product(PEOPLE, PLACES))
# Who and where somebody is, what came in and goes out, what was refused: no order, money, batch, product or member.
ASIDE: Final = frozenset({"people", "sessions", "inbox", "outbox", "audit", "offered"})
UNSEEN: Final = frozenset({"inbox", "outbox"})
SLOTS: Final = frozenset({"batches", "offers"})  # counted anew when somebody's own order changes
PAYLOADS: Final = ("", " b_batch-open", " b_x", " 1; DROP TABLE", " team_x", " team_")
WORDS: Final = ("ya", "1", "konfirmasi")


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty shop's file."""
    return put_empty(tmp_path_factory.mktemp("matrix") / "shop.db")


@pytest.fixture(scope="module")
def shop(migrated: Path) -> Iterator[FilledShop]:
    """One shop for all: what is heard in it is undone each time."""
    filled = FilledShop(migrated)
    yield filled
    filled.connection.close()


@pytest.fixture(scope="module")
def lawless(migrated: Path) -> Iterator[FilledShop]:
    """The same shop with the checks taken away: everybody is an owner."""
    filled = FilledShop(migrated, OWNER_IDS=",".join(str(person) for person in PEOPLE.values()))
    yield filled
    filled.connection.close()


# --- what is wrong with a change ----------------------------------------------------------------------------------


def faults(was: Tables, now: Tables, place: str, *, is_allowed: bool) -> list[str]:
    """Elsewhere than in private nothing is remembered and a channel is left alone; who is refused leaves one line in
    the audit log, with a 0, and moves nowhere; who is allowed is not refused."""
    found = []
    touched = changed(was, now)
    refusals = [line for line in now["audit"] - was["audit"] if line[-1] == 0]
    if place != "private":
        found += [f"{place} changes {touched - UNSEEN}"] * bool(touched - UNSEEN)
        posts = [row for row in now["outbox"] - was["outbox"] if CHANNEL in row and "answerCallbackQuery" not in row]
        found += ["a channel is written to"] * (place == "channel" and bool(posts))
    elif is_allowed:
        found += ["refused what is allowed"] * bool(refusals)
    else:
        found += ["no line of a refusal"] * (len(refusals) != 1)
        found += [f"changes {touched}"] * bool(touched - (ASIDE - {"sessions"}))
    return found


class Belongings:
    """Whose a row is: by its `person_id`, or by an order of that person's that it names."""

    def __init__(self, shop: FilledShop, person: PersonId, *moments: Tables) -> None:
        self.columns = shop.columns
        self.person = person
        orders = itertools.chain.from_iterable(tables["orders"] for tables in moments)
        self.orders = {self._value("orders", row, "id") for row in orders if self._is_named("orders", row)}

    def _value(self, table: str, row: tuple[Any, ...], column: str) -> Any:
        columns = self.columns[table]
        return row[columns.index(column)] if column in columns else None

    def _is_named(self, table: str, row: tuple[Any, ...]) -> bool:
        return bool(self._value(table, row, "person_id") == self.person)

    def includes(self, table: str, row: tuple[Any, ...]) -> bool:
        names_order = {self._value(table, row, "order_id"), self._value(table, row, "subject")} & self.orders
        return self._is_named(table, row) or bool(names_order)


def strangers_changes(shop: FilledShop, person: PersonId, was: Tables, now: Tables) -> list[str]:
    """What somebody changed who has no right but to buy: only rows of their own, and the slots that go with them."""
    own = Belongings(shop, person, was, now)
    by_table = {name: was[name] ^ now[name] for name in changed(was, now) - ASIDE}
    others = {name for name, rows in by_table.items() if not all(own.includes(name, row) for row in rows)}
    excused = SLOTS if by_table.keys() - SLOTS else frozenset()
    return [f"changes what is somebody else's: {others}"] * bool(others - excused)


def told(shop: FilledShop, was: Tables, now: Tables) -> list[str]:
    """What is said of the buyer's orders and address."""
    secrets = (HOME.street, HOME.phone, *(one.code for one in (shop.held, shop.unpaid, shop.proven, shop.sent)))
    sent = [str(row) for row in now["outbox"] - was["outbox"]]
    return [f"tells {secret}" for secret in secrets if any(secret in row for row in sent)]


# --- commands -----------------------------------------------------------------------------------------------------


def faults_of_commands(shop: FilledShop, who: str, place: str) -> list[str]:
    """Everything that is wrong with the commands of this person here."""
    found = []
    for (name, command), payload in itertools.product(COMMANDS.items(), PAYLOADS):
        was, now = shop.hear(said(PEOPLE[who], place, f"/{name}{payload}"))
        is_allowed = may(ROLES[who], command.right)
        # A made-up invitation is refused, too; an owner needs none.
        if name == "start" and "team_" in payload and ROLES[who] != "owner":
            is_allowed = False
        wrong = faults(was, now, place, is_allowed=is_allowed)
        wrong += [f"a command changes {changed(was, now)}"] * bool(changed(was, now) - ASIDE)
        if ROLES[who] is None and who != "buyer":
            wrong += told(shop, was, now)
        found += [f"/{name}{payload}: {one}" for one in wrong]
    return found


@pytest.mark.parametrize(("who", "place"), EVERYWHERE)
def test_a_command_begins_only_what_its_role_may(shop: FilledShop, who: str, place: str) -> None:
    """A command shows or begins something, and no more; to everybody else it is refused, and noted."""
    assert faults_of_commands(shop, who, place) == []


# --- standing buttons ---------------------------------------------------------------------------------------------


def arguments(shop: FilledShop, count: int) -> list[tuple[str, ...]]:
    """What a button could carry: everything that exists, in its place or another's, and things that do not."""
    orders = (shop.held.id, shop.unpaid.id, shop.proven.id, shop.sent.id)
    payments = (shop.claimed, shop.unassigned, shop.owed)
    own = (shop.home, shop.in_line, shop.kept, "news")
    others = (shop.open, shop.coming, shop.ready, shop.short, "nastar", "close", "team", "id", "x", "")
    match count:
        case 0:
            return [()]
        case 1:
            return [(one,) for one in (*orders, *payments, *own, *others)]
        case 2:
            pairs = [
                *itertools.product((*payments, shop.delay), orders),
                *itertools.product((shop.open, shop.ready), ("nastar", "x")),
                *((shop.home, label) for label in ("home", "x")),
            ]
            return [*pairs, *((b, a) for a, b in pairs), ("x", "x")]
        case _:
            several = (shop.held.id, shop.claimed, shop.open, "nastar", "x")
            return list(itertools.product(several, repeat=count))


def faults_of_actions(shop: FilledShop, who: str, place: str, *, every: int = 1) -> list[str]:
    """Everything that is wrong with the standing buttons in this person's hands, real or forged; `every` so many of
    what they could carry is tried."""
    found = []
    for name, action in ACTIONS.items():
        for given in arguments(shop, action.arguments)[::every]:
            was, now = shop.hear(pressed(PEOPLE[who], place, ":".join(("a", name, *given))))
            right = action.right
            if name == "seller" and given[0] in COMMANDS and right is Right.WORK:
                command = COMMANDS[given[0]].right  # the button of a greeting stands for a command
                right = command if may(ROLES[who], Right.WORK) and command is not Right.BUY else right
            wrong = faults(was, now, place, is_allowed=may(ROLES[who], right))
            if right is Right.BUY:
                wrong += strangers_changes(shop, PEOPLE[who], was, now)
                wrong += told(shop, was, now) if who != "buyer" else []
            found += [f"{name}{given}: {one}" for one in wrong]
    return found


@pytest.mark.parametrize(("who", "place"), EVERYWHERE)
def test_a_standing_button_does_only_what_its_role_may(shop: FilledShop, who: str, place: str) -> None:
    """With any argument: staff's buttons do nothing for others, and nobody reaches or reads another buyer's order."""
    assert faults_of_actions(shop, who, place) == []


JUDGED: Final = {"payments", "orders", "due"}
RELEASED: Final = {"orders", "batches", "offers", "buyer_slots", "due"}

DELAYED: Final = {"refunds", "delay_answers"}


@pytest.mark.parametrize("who", PEOPLE)
def test_what_the_buttons_about_money_and_slots_change(shop: FilledShop, who: str) -> None:
    """Exactly the tables of their subject, by those whose it is: a judge confirms, the buyer cancels and assigns."""
    is_buyer, is_judge = who == "buyer", may(ROLES[who], Right.JUDGE)
    expected: list[tuple[str, set[str]]] = [
        (f"a:proof_ok:{shop.claimed}", JUDGED if is_judge else set()),
        (f"a:proof_ok:{shop.unassigned}", set()),
        (f"a:cancel_sure:{shop.held.id}", RELEASED if is_buyer else set()),
        (f"a:cancel_sure:{shop.proven.id}", set()),
        (f"a:proof_for:{shop.unassigned}:{shop.unpaid.id}", {"payments"} if is_buyer else set()),
        (f"a:delay_wait:{shop.delay}:{shop.sent.id}", {"delay_answers"} if is_buyer else set()),
        (f"a:delay_sure:{shop.delay}:{shop.sent.id}", RELEASED - {"due"} | DELAYED if is_buyer else set()),
        (f"a:delay_sure:{shop.delay}:{shop.held.id}", set()),
        (f"a:delay_sure:x:{shop.sent.id}", set()),
        (f"a:address_named:{shop.home}:home", {"addresses"} if is_buyer else set()),
        (f"a:address_gone:{shop.home}", {"addresses"} if is_buyer else set()),
        (f"a:leave_line:{shop.in_line}", {"waiting"} if is_buyer else set()),
        (f"a:leave_line:{shop.kept}", {"waiting", *RELEASED} - {"orders", "due"} if is_buyer else set()),
        ("a:bc_stop:news", {"broadcasts"} if may(ROLES[who], Right.SELL) else set()),
    ]
    for data, tables in expected:
        was, now = shop.hear(pressed(PEOPLE[who], "private", data))
        assert changed(was, now) - ASIDE == tables, data


# --- screens of the staff in other hands --------------------------------------------------------------------------


def answers(step: Step) -> list[Callable[[PersonId], dict[str, Any]]]:
    """Every button of a screen, and what is often typed there."""
    prompt = seller_prompt(step, world()) if type(step) in SELLER_FLOW else buyer_prompt(step, world())
    assert prompt is not None
    by_button = [lambda p, v=b.value: pressed(p, "private", f"s:7:{v}") for b in prompt.buttons]
    return [*by_button, *(lambda p, w=word: said(p, "private", w) for word in WORDS)]


@cache
def screens() -> list[tuple[Step, list[Callable[[PersonId], dict[str, Any]]]]]:
    """Every screen there is, with its answers."""
    return [(step, answers(step)) for step in map(written, STEPS)]


def faults_of_screens(shop: FilledShop, who: str, *, every: int = 1) -> list[str]:
    """Everything that is wrong when this person answers a screen that is not theirs (any more); `every` so many of its
    answers is given."""
    found = []
    for step, given in screens():
        if may(ROLES[who], step.right):
            continue
        for answer in given[::every]:
            was, now = shop.hear(answer(PEOPLE[who]), lambda s=step: shop.put_at(PEOPLE[who], s))  # type: ignore[misc]  # mypy does not infer a lambda's defaults
            refusals = [line for line in now["audit"] - was["audit"] if line[-1] == 0]
            touched = changed(was, now)
            wrong = [f"changes {touched}"] * bool(touched - ASIDE)
            wrong += ["no line of a refusal"] * (len(refusals) != 1)
            wrong += ["still there"] * (not any("Home" in str(row) for row in now["sessions"] - was["sessions"]))
            found += [f"{type(step).__name__}: {one}" for one in wrong]
    return found


@pytest.mark.parametrize("who", PEOPLE)
def test_a_screen_of_the_staff_is_dead_in_other_hands(shop: FilledShop, who: str) -> None:
    """Whoever stands at a screen without its right (they left, or have another role) is refused, once, and at home."""
    assert faults_of_screens(shop, who) == []


def test_every_screen_of_the_staff_names_its_right() -> None:
    """A step of the seller's map that everybody may be at forgot to say whose it is; a buyer's is everybody's."""
    assert [step.__name__ for step in STEPS if (step.right is Right.BUY) == (step in SELLER_FLOW)] == []


# --- roles --------------------------------------------------------------------------------------------------------


def test_every_role_has_its_part_of_the_table() -> None:
    """product 1: the owner may everything; an admin all but the staff; the others their own part."""
    parts = {role: {right for right in HOLDERS if may(role, right)} - {Right.WORK} for role in (*STAFF, *OWNERS)}
    assert parts["owner"] == set(HOLDERS) - {Right.WORK}
    assert parts["admin"] == parts["owner"] - {Right.TEAM}
    assert (parts["finance"], parts["production"], parts["shipping"]) == ({Right.JUDGE}, {Right.MAKE}, {Right.SHIP})
    assert not any(may(None, right) for right in HOLDERS)
    assert may(None, Right.BUY)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("place", PLACES)
def test_an_invitation_is_used_in_private_and_never_by_an_owner(shop: FilledShop, who: str, place: str) -> None:
    """Whoever opens it in a private chat is on the staff with its role; elsewhere it is not even looked at."""
    was, now = shop.hear(said(PEOPLE[who], place, f"/start team_{TOKEN}"))
    is_used = place == "private" and who != "owner"
    # For shipping the role is the same: who, by whom and since when is written anew, at the same moment.
    expected = {"staff", "invitations"} - ({"staff"} if who == "shipping" else set()) if is_used else set()
    assert changed(was, now) - ASIDE == expected


# --- the control --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["buyer", "shipping"])
def test_without_the_checks_the_matrix_finds_it_out(lawless: FilledShop, who: str) -> None:
    """Where everybody is let in, commands, buttons and screens are each found to do what they must not."""
    assert "/open: no line of a refusal" in faults_of_commands(lawless, who, "private")
    # It has to find something, not everything: a few of the arguments and answers do.
    begun = faults_of_actions(lawless, who, "private", every=2)
    assert any("no line of a refusal" in fault for fault in begun)
    assert any("proof_ok" in fault and "payments" in fault for fault in begun)
    assert any("changes" in fault for fault in faults_of_screens(lawless, who, every=5))
