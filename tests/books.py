"""A shop's books, read from outside and held against the promises.

In: the address of a database, SQLite or PostgreSQL. Out: rows, and an AssertionError that says what differs. Questions
are asked in the words both databases share, with `?` for values.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from decimal import Decimal
from typing import Any

import psycopg

from storage.databases import sqlite_path


class Row:
    """As sqlite3's: by name, by number, and its values one after the other."""

    def __init__(self, names: Sequence[str], values: Sequence[Any]) -> None:
        # A sum of whole rupiah comes as a decimal from PostgreSQL.
        self._values = [int(value) if isinstance(value, Decimal) else value for value in values]
        self._names = list(names)

    def __getitem__(self, key: str | int) -> Any:
        return self._values[key if isinstance(key, int) else self._names.index(key)]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def keys(self) -> list[str]:
        """The names, so that a row can be made a dict."""
        return self._names


class Books:
    """The database, read from outside."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._path = sqlite_path(url)
        self._server: psycopg.Connection | None = None
        self._file: sqlite3.Connection | None = None

    def close(self) -> None:
        """Leave a server's database, so that it can be dropped."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def rows(self, sql: str, *values: object) -> list[Row]:
        if self._path is None:
            return self._asked(sql, values)
        with self._opened() as connection:
            found = connection.execute(sql, values)
            names = [column[0] for column in found.description]
            return [Row(names, row) for row in found]

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        # Kept open only as long as somebody is at it: the file may be replaced, or its process killed.
        if self._file is not None:
            yield self._file
            return
        with closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True)) as connection:
            self._file = connection
            try:
                yield connection
            finally:
                self._file = None

    def _asked(self, sql: str, values: Sequence[object]) -> list[Row]:
        if self._server is None:
            self._server = psycopg.connect(self._url, autocommit=True)
        found = self._server.execute(sql.replace("%", "%%").replace("?", "%s").encode(), values)
        names = [column.name for column in found.description or ()]
        return [Row(names, row) for row in found]

    def is_sound(self) -> bool:
        """Is the file as SQLite left it? A server looks after its own."""
        return self._path is None or bool(self.value("PRAGMA integrity_check") == "ok")

    def value(self, sql: str, *values: object) -> Any:
        return self.rows(sql, *values)[0][0]

    def balance(self) -> None:
        """Hold the books against the promises; raises AssertionError with what differs."""
        with self._opened() if self._path is not None else nullcontext():
            self._balance()

    def _balance(self) -> None:
        for batch in self.rows("SELECT id, title, quota, taken FROM batches"):
            held = self.value(
                "SELECT COALESCE(SUM(l.quantity), 0) FROM orders o JOIN lines l ON l.order_id = o.id "
                "WHERE o.batch_id = ? AND o.state IN ('held', 'confirmed', 'shipped')",
                batch["id"],
            )
            held += self.kept("batch_id = ?", batch["id"])
            assert batch["taken"] == held, f"{batch['title']}: {batch['taken']} slots taken, {held} ordered"
            assert batch["taken"] <= batch["quota"], f"{batch['title']} is oversold"
            for offer in self.rows("SELECT variant_id, taken, quota FROM offers WHERE batch_id = ?", batch["id"]):
                ordered = self.value(
                    "SELECT COALESCE(SUM(l.quantity), 0) FROM orders o JOIN lines l ON l.order_id = o.id "
                    "WHERE o.batch_id = ? AND l.variant_id = ? AND o.state IN ('held', 'confirmed', 'shipped')",
                    batch["id"],
                    offer["variant_id"],
                )
                ordered += self.kept("batch_id = ? AND variant_id = ?", batch["id"], offer["variant_id"])
                assert offer["taken"] == ordered, f"{offer['variant_id']}: {offer['taken']} taken, {ordered} ordered"
        for slots in self.rows("SELECT batch_id, person_id, pieces FROM buyer_slots"):
            pieces = self.value(
                "SELECT COALESCE(SUM(l.quantity), 0) FROM orders o JOIN lines l ON l.order_id = o.id WHERE "
                "o.batch_id = ? AND o.person_id = ? AND o.state IN ('held', 'confirmed', 'shipped')",
                slots["batch_id"],
                slots["person_id"],
            )
            pieces += self.kept("batch_id = ? AND person_id = ?", slots["batch_id"], slots["person_id"])
            assert slots["pieces"] == pieces, f"buyer {slots['person_id']}: {slots['pieces']} counted, {pieces} ordered"
        self._balance_tiers()
        self._balance_delays()
        for order in self.rows("SELECT id, code, state, total, first_due, shipping, discount FROM orders"):
            lines = self.value("SELECT SUM(price * quantity) FROM lines WHERE order_id = ?", order["id"])
            worth = lines + order["shipping"] - order["discount"]
            assert order["total"] == worth, (
                f"{order['code']}: total {order['total']}, lines, shipping and discount {worth}"
            )
            paid = self.paid(order["id"])
            assert paid >= 0, f"{order['code']}: more goes back than was paid"
            if order["state"] in ("confirmed", "shipped"):
                assert paid >= order["first_due"], f"{order['code']} is confirmed with {paid} of {order['first_due']}"

    def kept(self, where: str, *values: object) -> int:
        """Slots that are offered to somebody from a waiting list: taken, and in no order yet."""
        return int(
            self.value(f"SELECT COALESCE(SUM(offered), 0) FROM waiting WHERE state = 'offered' AND {where}", *values)
        )

    def _balance_tiers(self) -> None:
        for tier in self.rows("SELECT batch_id, position, taken, gift, discount FROM tiers"):
            having = self.rows(
                "SELECT code, gift, discount FROM orders "
                "WHERE batch_id = ? AND tier = ? AND state IN ('held', 'confirmed', 'shipped')",
                tier["batch_id"],
                tier["position"],
            )
            assert tier["taken"] == len(having), (
                f"tier {tier['position']}: {tier['taken']} taken, {len(having)} have it"
            )
            assert all((o["gift"], o["discount"]) == (tier["gift"], tier["discount"]) for o in having)
        stray = self.rows("SELECT code FROM orders WHERE tier IS NULL AND (gift <> '' OR discount <> 0)")
        assert not stray, f"{[o['code'] for o in stray]} have a gift or discount without a place"

    def _balance_delays(self) -> None:
        """The last delay of a batch says its dates (a decision below the minimum may have moved its closing since), and
        whoever cancelled because of one has an order that is cancelled."""
        for delay in self.rows(
            "SELECT b.title, b.decision, b.closes_at AS closes, d.closes_at, "
            "d.production_days - b.production_days + d.shipping_days - b.shipping_days AS days "
            "FROM delays d JOIN batches b ON b.id = d.batch_id "
            "WHERE d.state = 'asked'"
        ):
            assert delay["days"] == 0, f"{delay['title']}: other days than its last delay says"
            assert delay["closes"] == delay["closes_at"] or delay["decision"] == "extended", delay["title"]
        wrong = self.rows(
            "SELECT o.code FROM delay_answers a JOIN orders o ON o.id = a.order_id "
            "WHERE a.cancelled_at <> '' AND o.state <> 'cancelled'"
        )
        assert not wrong, f"{[o['code'] for o in wrong]} were cancelled by their buyers and go on"
        unasked = self.rows(
            "SELECT r.id FROM refunds r WHERE r.reason = 'delayed' AND NOT EXISTS "
            "(SELECT 1 FROM delay_answers a WHERE a.order_id = r.order_id AND a.cancelled_at <> '')"
        )
        assert not unasked, f"{len(unasked)} refunds for a delay that nobody answered"

    def paid(self, order_id: str) -> int:
        """Confirmed payments of an order less what goes back to its buyer, rupiah."""
        return int(
            self.value(
                "SELECT COALESCE(SUM(amount), 0) FROM payments WHERE order_id = ? AND state = 'confirmed'", order_id
            )
        ) - int(
            self.value(
                "SELECT COALESCE(SUM(amount), 0) FROM refunds WHERE order_id = ? AND state <> 'withdrawn'", order_id
            )
        )

    def due(self, batch_title: str) -> int:
        """totals − confirmed payments, over the orders of a batch that hold slots; rupiah."""
        orders = self.rows(
            "SELECT o.id, o.total FROM orders o JOIN batches b ON b.id = o.batch_id "
            "WHERE b.title = ? AND o.state IN ('held', 'confirmed', 'shipped')",
            batch_title,
        )
        return sum(order["total"] - self.paid(order["id"]) for order in orders)
