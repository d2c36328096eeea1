"""Known holes: each package was asked about by somebody who knows, or the audit fails."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.audit import main
from scripts.known_holes import CANARY, ask

NAMES = ("aiosql", "Markup.Safe")
HOLE = {"id": "PYSEC-2014-8", "fix_versions": ["2.7.2"], "aliases": ["CVE-2014-0012"], "description": "…"}
CLEAN = [{"name": "aiosql", "version": "15.0", "vulns": []}, {"name": "markup-safe", "version": "3.0", "vulns": []}]
KNOWN = [{"name": "jinja2", "version": "2.4.1", "vulns": [HOLE]}]
# What pip-audit says, with exit code 0, where the service of the index is not there.
SKIPPED = [{"name": name, "skip_reason": "Dependency not found on PyPI"} for name in ("aiosql", "markup-safe")]


def make_lock(folder: Path) -> Path:
    """A lock that may be read."""
    lock = folder / "requirements.lock"
    lock.write_text("aiosql==15.0\n", encoding="utf-8")
    return lock


def pip_audit(folder: Path, lock: Any, canary: Any, code: int = 0) -> str:
    """A program that answers so about the lock and about the canary."""
    answers = json.dumps([json.dumps({"dependencies": one, "fixes": []}) for one in (lock, canary)])
    program = folder / "pip-audit"
    program.write_text(
        f"#!{sys.executable}\nimport sys\n"
        f"about = open(sys.argv[sys.argv.index('-r') + 1]).read()\n"
        f"print({answers}[{CANARY!r} in about])\nsys.exit({code})\n",
        encoding="utf-8",
    )
    program.chmod(0o700)
    return str(program)


def test_packages_without_a_known_hole_are_well(tmp_path: Path) -> None:
    """Each was asked about, and whoever answered knows what all the world knows."""
    assert ask(make_lock(tmp_path), NAMES, pip_audit(tmp_path, CLEAN, KNOWN)) == []


def test_a_known_hole_is_named(tmp_path: Path) -> None:
    """Package and hole."""
    found = [{**CLEAN[0], "vulns": [HOLE]}, CLEAN[1]]
    assert ask(make_lock(tmp_path), NAMES, pip_audit(tmp_path, found, KNOWN, 1)) == ["aiosql: PYSEC-2014-8"]


@pytest.mark.parametrize(
    ("lock", "canary", "said"),
    [
        (SKIPPED, [{**SKIPPED[0], "name": "jinja2"}], "nothing was answered about 2 of 2 packages"),
        ([], KNOWN, "nothing was answered about 2 of 2 packages (aiosql, markup-safe)"),
        ([CLEAN[0], SKIPPED[1]], KNOWN, "nothing was answered about 1 of 2 packages (markup-safe)"),
        (CLEAN, [{**KNOWN[0], "vulns": []}], f"knows no hole of {CANARY}"),
        (CLEAN, [], f"knows no hole of {CANARY}"),
        (None, None, "pip-audit failed (it said nothing)"),
    ],
)
def test_an_answer_that_is_worth_nothing_fails(tmp_path: Path, lock: Any, canary: Any, said: str) -> None:
    """A silent service, an empty answer, a package left out, one who knows no hole at all: each although pip-audit is
    content."""
    lines = ask(make_lock(tmp_path), NAMES, pip_audit(tmp_path, lock, canary))
    assert said in "\n".join(lines)
    assert all(line.startswith("known holes were not asked for: ") for line in lines)


def test_a_program_that_cannot_be_run_is_nobody_asked(tmp_path: Path) -> None:
    """It is not there, or breaks before it answers."""
    assert ask(tmp_path, NAMES, str(tmp_path / "none"))[0].endswith("pip-audit cannot be run (FileNotFoundError)")
    broken = tmp_path / "pip-audit"
    broken.write_text("#!/bin/sh\necho no network >&2\nexit 1\n", encoding="utf-8")
    broken.chmod(0o700)
    assert ask(tmp_path, NAMES, str(broken)) == ["known holes were not asked for: pip-audit failed (no network)"]


def test_an_audit_that_asked_nobody_fails_unless_it_was_told_not_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole command: a silent service fails it; `--installed-only` says what was left out."""
    assert main([], program=pip_audit(tmp_path, SKIPPED, [])) == 1
    assert "WRONG known holes were not asked for: nothing was answered about" in capsys.readouterr().out
    main(["--installed-only"], program=str(tmp_path / "none"))
    said = capsys.readouterr().out
    assert "Known holes were not asked for: --installed-only" in said
    assert "cannot be run" not in said
