"""What only PostgreSQL has: works side by side, collisions, a server that goes away, statements it must understand."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import psycopg
import pytest
import pytest_asyncio
from psycopg.pq import ExecStatus

from preorder.address import Address
from preorder.batch import Batch, BatchId, Offer, ProductId, VariantId
from preorder.errors import SlotsGone
from preorder.money import Percent, Rupiah
from preorder.order import Line, Order, PersonId
from preorder.payment import PaymentId
from storage import inbox, orders, payments, planning
from storage.database import Refused, Tx, Unreachable
from storage.databases import shown
from storage.migrate import migrate, pending
from storage.moments import to_text
from storage.postgres import PostgresDatabase, PostgresTx
from storage.statements import postgres
from tests.postgres import Server

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
SARI = PersonId(9001)
NUMERIC = 1700  # the type of a decimal in PostgreSQL


@pytest.fixture(scope="module")
def understanding(postgres_server: Server) -> Iterator[psycopg.Connection]:
    """A connection that only prepares statements."""
    with psycopg.connect(postgres_server.fresh(), autocommit=True) as connection:
        yield connection


@pytest_asyncio.fixture
async def database(postgres_url: str) -> AsyncIterator[PostgresDatabase]:
    """A fresh one, open."""
    database = PostgresDatabase(postgres_url)
    await database.open()
    yield database
    await database.close()


def raw(tx: Tx, sql: str) -> Any:
    """A statement of PostgreSQL's own; its first value."""
    assert isinstance(tx, PostgresTx)
    row = tx._connection.execute(sql.encode()).fetchone()
    return None if row is None else next(iter(row.values()))


async def open_batch(database: PostgresDatabase, quota: int) -> Batch:
    """A batch with one variant and that many slots."""
    offer = Offer(VariantId("nastar"), ProductId("kue"), "Nastar", "500 g", Rupiah(110_000), 600, None, 0)
    batch = Batch(
        id=BatchId("gajian"),
        title="PO Gajian",
        state="open",
        quota=quota,
        taken=0,
        minimum=1,
        maximum=None,
        down_payment=Percent(50),
        hold=timedelta(hours=24),
        opens_at=NOW,
        closes_at=NOW + timedelta(days=3),
        production_days=7,
        offers=(offer,),
    )
    await database.run(lambda tx: planning.plan(tx, batch, SARI, NOW))
    return batch


def place(tx: Tx, batch: Batch, buyer: int) -> Order:
    """A buyer's order of one piece."""
    lines = (Line(VariantId("nastar"), "Nastar", "500 g", Rupiah(110_000), 1, ""),)
    address = Address(recipient="Rina", phone="+6281234567890", street="Jl. Melati 5")
    return orders.place(tx, batch, PersonId(buyer), f"draft-{buyer}", lines, address, NOW)


async def together(database: PostgresDatabase, *works: Callable[[Tx], Any]) -> list[Any]:
    """All at the same time; what each returned or raised."""
    return await asyncio.gather(*(database.run(work) for work in works), return_exceptions=True)


# --- the statements ----------------------------------------------------------------------------------------------


class Marks(dict[str, str]):
    """`%(name)s` as `$1`, as the driver sends it."""

    def __missing__(self, name: str) -> str:
        self[name] = f"${len(self) + 1}"
        return self[name]


@pytest.mark.parametrize("name", sorted(postgres()))
def test_every_statement_is_understood_and_answers_whole_numbers(understanding: psycopg.Connection, name: str) -> None:
    """PostgreSQL takes every named statement, and no sum comes back as a decimal: money is whole rupiah."""
    sql = postgres()[name] % Marks()
    assert understanding.pgconn.prepare(name.encode(), sql.encode()).status == ExecStatus.COMMAND_OK
    found = understanding.pgconn.describe_prepared(name.encode())
    assert NUMERIC not in [found.ftype(column) for column in range(found.nfields)]


async def test_keys_are_in_the_order_of_their_bytes(database: PostgresDatabase) -> None:
    """Ranges of keys find the same as on SQLite, whatever language the server sorts in."""
    how = "SELECT collation_name FROM information_schema.columns WHERE table_name = 'outbox' AND column_name = 'key'"
    assert await database.run(lambda tx: raw(tx, how)) == "C"


# --- side by side ------------------------------------------------------------------------------------------------


async def test_two_works_that_wait_for_each_other_are_both_done(database: PostgresDatabase) -> None:
    """PostgreSQL ends one of them; it is done again, and nobody is told of it."""
    both = threading.Barrier(2)
    tries: list[str] = []

    def cross(tx: Tx, first: str, second: str) -> str:
        tries.append(first)
        tx.run("put_known", name=first, value=first)
        if len(tries) <= 2:
            both.wait(10)
        tx.run("put_known", name=second, value=first)
        return first

    await database.run(lambda tx: [tx.run("put_known", name=name, value="") for name in "ab"])
    done = await together(database, partial(cross, first="a", second="b"), partial(cross, first="b", second="a"))
    assert done == ["a", "b"]
    assert len(tries) == 3


async def test_the_last_slots_go_to_as_many_as_there_are(database: PostgresDatabase) -> None:
    """Forty buyers for seven slots, all at once: seven have one."""
    batch = await open_batch(database, 7)
    results = await together(database, *(partial(place, batch=batch, buyer=number) for number in range(40)))
    assert sum(isinstance(result, Order) for result in results) == 7
    assert sum(isinstance(result, SlotsGone) for result in results) == 33
    assert await database.run(lambda tx: raw(tx, "SELECT taken FROM batches")) == 7


async def test_looking_before_taking_sells_too_much(database: PostgresDatabase) -> None:
    """The twin: who first reads what is left and then writes what was read sells one slot to several."""
    await open_batch(database, 3)
    both = threading.Barrier(2)
    sold: list[int] = []

    def naive(tx: Tx, buyer: int) -> None:
        taken = raw(tx, "SELECT taken FROM batches")
        both.wait(10)
        if taken < 3:
            sold.append(buyer)
            raw(tx, f"UPDATE batches SET taken = {taken + 1} RETURNING 1")

    for buyer in (0, 2, 4):
        await together(database, partial(naive, buyer=buyer), partial(naive, buyer=buyer + 1))
    assert len(sold) > await database.run(lambda tx: raw(tx, "SELECT taken FROM batches"))


async def paid_twice(database: PostgresDatabase, confirm: Callable[[Tx, PaymentId], object]) -> list[int]:
    """Two sellers confirm half of a down payment each, at once; what each of them then sees as paid."""
    batch = await open_batch(database, 5)
    order = await database.run(partial(place, batch=batch, buyer=7001))
    file = ("photo", "f", "u")
    proofs = [
        await database.run(lambda tx, n=n: payments.claim(tx, PersonId(7001), order, file, n, NOW))  # type: ignore[misc, arg-type]
        for n in (1, 2)
    ]
    met = threading.Barrier(2)

    def judge(tx: Tx, proof: PaymentId) -> int:
        # With the order held still the other one cannot come so far: waiting for it has an end.
        confirm(tx, proof)
        with suppress(threading.BrokenBarrierError):
            met.wait(1)
        paid = orders.get(tx, order.id).paid
        with suppress(threading.BrokenBarrierError):
            met.wait(1)
        return paid

    return sorted(await together(database, *(partial(judge, proof=proof) for proof in proofs)))


async def test_two_payments_confirmed_at_once_see_each_other(database: PostgresDatabase) -> None:
    """Whoever is second counts the first one's money: one of the two sees the whole down payment."""
    seen = await paid_twice(database, lambda tx, proof: payments.confirm(tx, proof, Rupiah(27_500), SARI, NOW))
    assert seen == [27_500, 55_000]


async def test_without_holding_the_order_neither_sees_the_other(database: PostgresDatabase) -> None:
    """The twin: the same without the lock leaves the order unconfirmed though it is paid."""
    seen = await paid_twice(
        database,
        lambda tx, proof: tx.run("confirm_payment", id=proof, amount=27_500, by=SARI, now=to_text(NOW)),
    )
    assert seen == [27_500, 27_500]


# --- updates among workers ---------------------------------------------------------------------------------------


def said(number: int, chat: int) -> dict[str, Any]:
    """Somebody writes in private."""
    return {"update_id": number, "message": {"chat": {"id": chat}, "from": {"id": chat}, "text": "halo"}}


async def test_while_one_worker_is_at_an_update_its_chat_waits_and_others_do_not(database: PostgresDatabase) -> None:
    """Neither that update nor those behind it are given to another worker, who is not held up; the next chat is his."""
    await database.run(lambda tx: inbox.keep(tx, [said(1, 7001), said(2, 7001), said(3, 7002)], NOW))
    taken, finish = threading.Event(), threading.Event()

    def first_worker(tx: Tx) -> object:
        update = inbox.take(tx, 1)
        taken.set()
        assert finish.wait(10)
        return update

    at_it = asyncio.create_task(database.run(first_worker))
    assert await asyncio.to_thread(taken.wait, 10)
    assert await database.run(lambda tx: [inbox.take(tx, number) for number in (1, 2, 3)]) == [
        None,
        None,
        said(3, 7002),
    ]
    finish.set()
    assert await at_it == said(1, 7001)
    assert await database.run(lambda tx: inbox.take(tx, 2)) == said(2, 7001)


# --- what goes wrong ---------------------------------------------------------------------------------------------


async def test_a_failure_that_was_passed_over_is_not_answered_as_done(database: PostgresDatabase) -> None:
    """PostgreSQL would undo the whole transaction at COMMIT without a word; the caller is told."""

    def careless(tx: Tx) -> str:
        tx.run("put_known", name="a", value="")
        with suppress(sqlite3.IntegrityError):
            tx.run("take_buyer_slots", batch="b", person=1, n=-5, maximum=9)
        return "done"

    with pytest.raises(Refused):
        await database.run(careless)
    assert await database.read(lambda tx: tx.value("known", name="a")) is None


async def test_an_error_quotes_nobody(database: PostgresDatabase) -> None:
    """What PostgreSQL says of a refused row holds the row: names, addresses. What we raise does not, nor its cause."""
    order = {"order_id": "none", "position": 1, "variant_id": "v", "product": "p", "variant": "v", "price": 1}
    wish = "".join(reversed("haysiA"))
    with pytest.raises(sqlite3.IntegrityError) as raised:
        await database.run(lambda tx: tx.run("put_line", **order, quantity=0, wish=wish))
    told = "".join(traceback.format_exception(raised.value))
    assert "Aisyah" not in told
    assert "CheckViolation" in told


async def test_connections_that_were_cut_are_replaced(database: PostgresDatabase) -> None:
    """The server restarts or throws everybody out: what was under way is refused, and soon it works again."""
    others = "pid <> pg_backend_pid() AND datname = current_database()"
    cut = f"SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {others}"
    await together(database, *(lambda tx: tx.run("put_known", name="a", value="") for _ in range(12)))
    await database.run(lambda tx: raw(tx, cut))
    results = await together(database, *(lambda tx: tx.run("put_known", name="a", value="") for _ in range(12)))
    assert all(result == 1 or isinstance(result, Refused) for result in results)
    assert await database.run(lambda tx: tx.run("put_known", name="b", value="")) == 1


async def test_a_text_with_a_zero_character_is_kept(database: PostgresDatabase) -> None:
    """PostgreSQL has none: it is shown as what cannot be shown, and stops nobody."""
    await database.run(lambda tx: tx.run("put_known", name="a", value="hi\0jau"))
    assert await database.read(lambda tx: tx.value("known", name="a")) == "hi\ufffdjau"


async def test_a_server_that_lets_nobody_in_is_named_without_the_password(postgres_url: str) -> None:
    """The start ends with the server's reason; neither it nor the address as it is shown holds the password."""
    wrong = postgres_url.replace("postgres:@", "postgres:rahasia99@").replace("/shop", "/nosuchshop")
    with pytest.raises(Unreachable, match="does not exist") as raised:
        await PostgresDatabase(wrong, patience=0.5).open()
    assert "rahasia99" not in str(raised.value) + shown(wrong)
    with pytest.raises(Unreachable, match="does not exist"):
        pending(wrong)


# --- the form ----------------------------------------------------------------------------------------------------


async def test_of_several_that_migrate_at_once_one_does(postgres_server: Server) -> None:
    """Workers start together on a new database: one brings it up, the others wait and find nothing to do."""
    url = postgres_server.fresh("template0")
    assert len(pending(url)) >= 2
    applied = await asyncio.gather(*(asyncio.to_thread(migrate, url) for _ in range(3)))
    assert sorted(map(bool, applied)) == [False, False, True]
    assert pending(url) == []
    postgres_server.drop(url)
