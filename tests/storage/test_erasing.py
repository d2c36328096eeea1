"""Deleting a person's data leaves nothing of them but what is named here, with its reason (product 9).

Read from the schema itself: every table with a column that can name a person gets a row of theirs, everything is
deleted, and what is left is compared with `STAYS`. A new table is found by this test before it is forgotten.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Final

import pytest

from preorder.batch import BatchId
from preorder.order import PersonId
from storage import erasing, waiting
from storage.sqlite import SqliteTx
from tests.storage.shelves import NOW, new_shelf

SOMEBODY: Final = PersonId(4_711)
SECRET: Final = "Rahasia"
IDS: Final = frozenset({"person_id", "chat_id"})
# A table with one of these is about people; a new name for the like of it belongs here.
NAMES_PEOPLE: Final = IDS.union(
    ("recipient", "phone", "street", "first_name", "username", "wish", "raw", "email", "birthday")
)
# The state of their rows in which everything may go: orders that are over, messages that have left.
OVER: Final[dict[tuple[str, str], Any]] = {
    ("people", "id"): SOMEBODY,
    ("orders", "id"): "o1",
    ("orders", "state"): "expired",
    ("lines", "order_id"): "o1",
    ("payments", "order_id"): None,
    ("inbox", "state"): "done",
    ("outbox", "state"): "sent",
    ("waiting", "state"): "waiting",
}
# Columns that say nothing about who it was, whatever table they are in: names of other rows, moments, states, amounts.
PLAIN: Final = frozenset(
    (
        *("id", "key", "state", "kind", "code", "method", "locale", "action", "subject", "cause", "reason", "stage"),
        *("product", "variant", "courier", "file_kind", "file_unique_id", "role", "gift"),
    )
)
COUNTED: Final = "a number without a name: orders, slots and money are counted by it"
STAFF: Final = "theirs as somebody on the staff; the owner ends that with /team"
# What stays of a person, table by table, each with its reason.
STAYS: Final[dict[str, dict[str, str]]] = {
    "people": {"id": COUNTED},
    "sessions": {"person_id": "a number, with an empty step: buttons of the time before are old"},
    "buyer_slots": {"person_id": COUNTED},
    "orders": {
        "person_id": COUNTED,
        "tracking": "the courier's number: a parcel that is lost can still be looked for",
        "shipping_kind": "how it was sent, part of what it cost",
    },
    "payments": {"person_id": COUNTED},
    "refunds": {"person_id": COUNTED},
    "waiting": {"person_id": COUNTED},
    "inbox": {"chat_id": "that an update came; what it said is gone"},
    "outbox": {"chat_id": "that a message was sent; what it said is gone", "error": "Telegram's word, none of theirs"},
    "audit": {"person_id": "who changed money, orders or batches", "at": "when"},
    "staff": {"person_id": STAFF},
    "sheets_sent": {"person_id": STAFF, "content": "the shop's catalogue, sent by somebody on the staff"},
}


def rows_of_somebody(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Put one row of theirs into every table that is about people; the columns of each."""
    tables = [
        row[0]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%yoyo%'")
    ]
    found = {}
    for table in tables:
        columns = [(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({table})")]
        if NAMES_PEOPLE.isdisjoint(name for name, _ in columns):
            continue
        found[table] = [name for name, _ in columns]
        values = [OVER.get((table, name), SOMEBODY if name in IDS else _value(kind)) for name, kind in columns]
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", values)
    return found


def _value(kind: str) -> Any:
    return 1 if kind in ("BIGINT", "INTEGER") else SECRET


def is_plain(column: str) -> bool:
    """Is this no column for anything about a person?"""
    return column in PLAIN or column.endswith(("_id", "_at", "_until"))


def left_of(connection: sqlite3.Connection, tables: dict[str, list[str]]) -> dict[str, set[str]]:
    """What still names them, or still says what they said: columns by table."""
    found: dict[str, set[str]] = {}
    for table in tables:
        for row in connection.execute(f"SELECT * FROM {table}"):
            named = {name for name in row.keys() if row[name] in (SOMEBODY, SECRET)}  # noqa: SIM118 - a sqlite3.Row
            named = {name for name in named if row[name] == SOMEBODY or not is_plain(name)}
            found[table] = found.get(table, set()) | named
    return {table: columns for table, columns in found.items() if columns}


@pytest.fixture
def connection(tmp_path: Path) -> Any:
    """An empty shop's file that takes any row."""
    opened = sqlite3.connect(new_shelf(tmp_path).removeprefix("sqlite:///"), isolation_level=None)
    opened.row_factory = sqlite3.Row
    opened.execute("PRAGMA foreign_keys = OFF")
    opened.execute("PRAGMA ignore_check_constraints = ON")
    yield opened
    opened.close()


def test_nothing_of_a_person_stays_but_what_is_named_with_its_reason(connection: sqlite3.Connection) -> None:
    """Every table about people is emptied of them, but for the columns that `STAYS` names; it names no others."""
    tables = rows_of_somebody(connection)
    assert tables.keys() >= {"people", "addresses", "orders", "birthdays", "interests"}
    erasing.erase(SqliteTx(connection), SOMEBODY, NOW)
    left = left_of(connection, tables)
    forgotten = {table: columns - STAYS.get(table, {}).keys() for table, columns in left.items()}
    assert {table: columns for table, columns in forgotten.items() if columns} == {}
    assert {table: columns.keys() - left.get(table, set()) for table, columns in STAYS.items()} == {
        table: set() for table in STAYS
    }


def test_our_own_copy_of_a_proof_goes_with_it(connection: sqlite3.Connection) -> None:
    """The copy of a proof of theirs is deleted; another buyer's stays, and so does the shop's photo."""
    columns = "(id, person_id, state, file_kind, file_id, file_unique_id, update_id, created_at)"
    for number, (person, copy) in enumerate(((SOMEBODY, "theirs"), (SOMEBODY + 1, "another's"), (SOMEBODY, "shown"))):
        connection.execute(
            f"INSERT INTO payments {columns} VALUES (?, ?, 'unassigned', 'document', ?, 'u', ?, '')",
            (f"p{number}", person, copy, number),
        )
        kind = "photo" if copy == "shown" else "document"
        connection.execute("INSERT INTO media (id, content, kind) VALUES (?, ?, ?)", (copy, b"picture", kind))
    erasing.erase(SqliteTx(connection), SOMEBODY, NOW)
    assert {row["id"] for row in connection.execute("SELECT id FROM media")} == {"another's", "shown"}


def test_a_table_that_nobody_thought_of_is_found(connection: sqlite3.Connection) -> None:
    """A new table about people that is deleted from by nobody is named, as what it says of them is."""
    connection.execute("CREATE TABLE ratings (person_id BIGINT, words TEXT)")
    tables = rows_of_somebody(connection)
    erasing.erase(SqliteTx(connection), SOMEBODY, NOW)
    assert left_of(connection, tables)["ratings"] == {"person_id", "words"}


def test_a_line_that_goes_on_has_nobody_in_it_whose_data_is_deleted(connection: sqlite3.Connection) -> None:
    """A batch that is opened for longer calls back who stood in its line, but nobody who asked to be forgotten."""
    connection.execute(
        "INSERT INTO waiting (id, batch_id, variant_id, person_id, place, wanted, state, joined_at, state_at) "
        "VALUES ('w1', 'b1', 'v1', ?, 1, 1, 'ended', '', '')",
        (SOMEBODY,),
    )
    tx = SqliteTx(connection)
    erasing.erase(tx, SOMEBODY, NOW)
    assert not waiting.go_on(tx, BatchId("b1"), NOW)
