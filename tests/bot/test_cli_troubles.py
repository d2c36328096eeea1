"""The command line when the database is away, in use or damaged: every command, taken from the command line itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook

from storage.backup import back_up
from storage.sqlite import lock_file
from tests.bot.command_line import ARGUMENTS, WITHOUT_DATABASE, ZONES, bukapo, every_command, write_sheets
from tests.sqlite import put_empty

AWAY: Final = "postgresql://bukapo:rahasia99@127.0.0.1:9/bukapo"
# A server has tools of its own for these two.
ONE_FILE_ONLY: Final = frozenset({"backup", "restore"})


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with sheets that are good and a file that is not yet anybody's database."""
    write_sheets(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", [name for name in every_command() if name not in WITHOUT_DATABASE])
def test_a_database_that_is_away_is_said_plainly(shop: Path, name: str) -> None:
    """Every command ends with exit code 1 and a sentence that says what to look at; no traceback, no password."""
    done = bukapo(shop, *name.split(), *ARGUMENTS[name], DATABASE_URL=AWAY)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in said
    assert "rahasia99" not in said
    if name in ONE_FILE_ONLY:
        assert "pg_dump" in said
    else:
        assert "does not let us in" in said


def test_a_move_from_or_to_a_database_that_is_away_is_said_plainly(shop: Path) -> None:
    """The same for `migrate --from … --to …`, and nothing is lost here."""
    own = f"sqlite:///{put_empty(shop / 'shop.db')}"
    for source, target in ((own, AWAY), (AWAY, own)):
        done = bukapo(shop, "migrate", "--from", source, "--to", target)
        assert done.returncode == 1
        assert "does not let us in" in done.stderr
        assert "Traceback" not in done.stderr
        assert "rahasia99" not in done.stderr


@pytest.mark.parametrize(
    "name", ["run", "migrate", "restore", "catalog import", "catalog export", "shipping import", "shipping export"]
)
def test_a_database_in_use_is_said_plainly(shop: Path, name: str) -> None:
    """Whatever writes, or may have to bring the books up to date, waits until the other process is stopped."""
    put_empty(shop / "shop.db")
    back_up(shop / "shop.db", shop / "copy.db")
    with lock_file(shop / "shop.db"):
        done = bukapo(shop, *name.split(), *ARGUMENTS[name])
    assert done.returncode == 1
    assert "stop it first" in done.stderr
    assert str(shop / "shop.db") in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["migrate", "catalog import", "catalog export", "shipping import", "shipping export"])
def test_a_damaged_database_is_said_plainly(shop: Path, name: str) -> None:
    """A file that is no database is named as what it is, and left as it is."""
    rubbish = b"this is not a database, it is a shopping list" * 100
    (shop / "shop.db").write_bytes(rubbish)
    done = bukapo(shop, *name.split(), *ARGUMENTS[name])
    assert done.returncode == 1
    assert "bukapo doctor" in done.stderr
    assert "Traceback" not in done.stderr
    assert (shop / "shop.db").read_bytes() == rubbish


# --- bukapo shipping ---------------------------------------------------------------------------------------------


def test_the_zones_go_out_and_come_back_unchanged(tmp_path: Path) -> None:
    """The example sheet is taken, written out and taken again without any difference."""
    nothing = bukapo(tmp_path, "shipping", "export", "none.xlsx")
    assert nothing.stdout == "There are no zones yet: none.xlsx is an example.\n"
    assert bukapo(tmp_path, "shipping", "template", "example.xlsx").returncode == 0
    first = bukapo(tmp_path, "shipping", "import", "example.xlsx")
    assert (first.returncode, first.stderr) == (0, "")
    count = int(re.match(r"(\d+) zones: \1 new, 0 changed, 0 removed\.", first.stdout)[1])  # type: ignore[index]
    assert count > 3
    written = bukapo(tmp_path, "shipping", "export", "out.xlsx")
    assert written.stdout == f"{count} zones are in out.xlsx.\n"
    again = bukapo(tmp_path, "shipping", "import", "out.xlsx")
    assert again.stdout == f"{count} zones: 0 new, 0 changed, 0 removed.\n"


def test_a_wrong_zone_is_named_and_the_table_stays(shop: Path) -> None:
    """All or nothing: the wrong cell is said with its row, and the table of before is still there."""
    taken = bukapo(shop, "shipping", "import", "zones.csv")
    assert taken.stdout == "1 zones: 1 new, 0 changed, 0 removed.\n"
    (shop / "wrong.csv").write_text(ZONES + "Jawa Barat,Kota Antah,15000\n")
    wrong = bukapo(shop, "shipping", "import", "wrong.csv")
    assert wrong.returncode == 1
    (line,) = wrong.stderr.splitlines()
    assert re.search(r"\b3\b", line)
    assert "Kota Antah" in line
    assert bukapo(shop, "shipping", "export", "out.xlsx").stdout == "1 zones are in out.xlsx.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "nowhere.csv"), "nowhere.csv cannot be read"),
        (("import", "picture.txt"), ""),
        (("import", "good.csv"), ""),
        (("import", "huge.csv"), "5 MB"),
        (("import", "merged.xlsx"), "A2:B2"),
        (("export", "no/such/folder.xlsx"), "cannot be written"),
        (("export", "zones.csv"), ".xlsx"),
        (("template", "zones.csv"), ".xlsx"),
        (("template", "no/such/folder.xlsx"), "cannot be written"),
    ],
)
def test_a_zone_sheet_that_cannot_be_used_is_said_in_one_line(shop: Path, words: tuple[str, str], said: str) -> None:
    """No traceback: one sentence that names what is wrong; a sheet of products is no zone table."""
    (shop / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with (shop / "huge.csv").open("wb") as huge:
        huge.truncate(4_000_000_000)  # takes no room on the disk, and must take none in memory
    book = Workbook()
    book.worksheets[0].append(["provinsi", "kota", "ongkir per kg"])
    book.worksheets[0].merge_cells("A2:B2")
    book.save(shop / "merged.xlsx")
    done = bukapo(shop, "shipping", *words)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert said in done.stderr
    assert done.stderr.strip()
