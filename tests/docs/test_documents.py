"""The documents say what is so: commands, settings, links and columns exist, and all of them are named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.commands import COMMANDS
from bot.settings import PREFIX, Settings
from messages.catalog import Label
from messages.render import labels
from preorder.catalogue import COLUMNS, REQUIRED
from tests.bot.command_line import every_command

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OPERATING = ROOT / "docs" / "operating.md"
README = ROOT / "README.md"
SECTIONS = {
    README: ("Try it", "Run your own shop", "Your catalogue", "Every day", "For engineers"),
    OPERATING: ("Install on a Debian server", "Settings", "Backup and restore", "Upgrade", "What is promised"),
    ROOT / "CONTRIBUTING.md": ("House rules", "Add a step to a conversation", "Add a message", "Add a query"),
}
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def text(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def test_every_document_is_found() -> None:
    """The list is no empty promise."""
    assert {README, OPERATING, ROOT / "CHANGELOG.md", ROOT / "docs" / "flow.md"} < set(DOCUMENTS)


@every_document
def test_links_lead_somewhere(document: Path) -> None:
    """Every link and picture of a document is a file of ours."""
    targets = [t for t in re.findall(r"\]\(([^)#\s]+)\)", text(document)) if not t.startswith("http")]
    assert [target for target in targets if not (document.parent / target).exists()] == []


@every_document
def test_files_that_are_named_exist(document: Path) -> None:
    """A path in backticks that begins with one of our folders is there; AREA and SUBJECT stand for any."""
    ours = "bot|conversations|docs|messages|preorder|sandbox|scripts|storage|tests"
    paths = re.findall(rf"`((?:{ours})/[\w./*-]*)`", text(document))
    gone = [p for p in paths if not list(ROOT.glob(re.sub("AREA|SUBJECT", "*", p).rstrip("/")))]
    assert gone == []


@every_document
def test_make_targets_exist(document: Path) -> None:
    """`make x` is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text(document), re.MULTILINE)) <= targets


@every_document
def test_commands_of_bukapo_exist(document: Path) -> None:
    """`bukapo x` is a command of the command line."""
    first = {command.split()[0] for command in every_command()}
    named = re.findall(r"(?:`|bin/)bukapo (\w+)(?: (\w+))?", text(document))
    for name, second in named:
        assert name in first
        assert name not in ("catalog", "shipping") or not second or f"{name} {second}" in every_command()


def test_every_command_of_bukapo_is_documented() -> None:
    """What can be called stands in the README or in the operating manual."""
    both = text(README) + text(OPERATING)
    assert [c for c in every_command() if f"bukapo {c}" not in both and f"`{c}`" not in both] == []


@every_document
def test_settings_that_are_named_exist(document: Path) -> None:
    """No document tells of a setting that is not there."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(re.findall(r"BUKAPO_[A-Z_]+", text(document))) <= known


def test_the_manual_lists_every_setting_with_its_default() -> None:
    """One row each, and the ones that are needed are marked so."""
    rows = dict(re.findall(r"^\| `(BUKAPO_\w+)` \| ([^|]+) \|", text(OPERATING), re.MULTILINE))
    assert set(rows) == {PREFIX + name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        assert (rows[PREFIX + name.upper()] == "needed") == field.is_required(), name


def test_the_readme_lists_every_column_of_the_sheet() -> None:
    """One row each, and the ones that are needed are marked so."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (yes|no) \|", text(README), re.MULTILINE))
    assert tuple(rows) == COLUMNS
    assert {column for column, needed in rows.items() if needed == "yes"} == set(REQUIRED)


def test_the_readme_lists_every_command_of_the_chat() -> None:
    """What the menus offer stands in the README, and nothing else does."""
    listed = {name for name, command in COMMANDS.items() if command.listed}
    assert set(re.findall(r"`/([a-z]+)`", text(README))) == listed
    assert all(Label(f"command_{name}").name in labels("en") for name in listed)


@pytest.mark.parametrize("document", SECTIONS, ids=lambda path: path.name)
def test_sections_are_there(document: Path) -> None:
    """Whoever is sent to a section finds it."""
    found = re.findall(r"^## (.+)$", text(document), re.MULTILINE)
    assert [section for section in SECTIONS[document] if section not in found] == []


@pytest.mark.parametrize("record", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_has_its_three_parts_and_is_short(record: Path) -> None:
    """Context, decision, consequence, on one screen, under the number of its file."""
    assert text(record).startswith(f"# {int(record.stem[:4])}. ")
    assert re.findall(r"^## (\w+)$", text(record), re.MULTILINE) == ["Context", "Decision", "Consequence"]
    assert len(text(record).splitlines()) <= 25


@every_document
def test_no_document_names_somebody_s_computer_or_a_registry(document: Path) -> None:
    """What is read here holds on every computer."""
    private = r"/home/\w|/root\b|/Users/|/work/|/tmp/|pypi\.|pythonhosted|index-url|registry\.npmjs|localhost:\d"
    assert re.findall(private, text(document)) == []
