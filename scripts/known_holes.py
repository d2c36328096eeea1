"""Known holes of the packages in the lock, asked for with `pip-audit`, and whether anybody really answered.

In: the lock and the names in it. Out: a line for each hole, and one when nobody was asked, when a package was left out,
or when the answer is worth nothing: pip-audit calls a service that is not there "no known vulnerabilities", so every
package has to be in the answer, and a release with holes that all the world knows has to be found. It changes nothing.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from packaging.utils import canonicalize_name

NOT_ASKED: Final = "known holes were not asked for: "
# From 2010, with CVE-2014-0012 and others since.
CANARY: Final = "jinja2==2.4.1"
_FEW: Final = 5


class Unanswered(Exception):
    """Nobody was asked, or said nothing that can be read."""


def ask(lock: Path, names: Sequence[str], program: str | None = None) -> list[str]:
    """What is wrong with these packages of the lock; nothing when each was asked about and none has a known hole."""
    program = program or _program()
    if program is None:
        return [NOT_ASKED + 'pip-audit is not installed; with ARGS="--installed-only" they are left out']
    try:
        answer = _answer(program, "--require-hashes", "-r", str(lock))
        with tempfile.TemporaryDirectory() as folder:
            canary = Path(folder, "canary.txt")
            canary.write_text(f"{CANARY}\n", encoding="utf-8")
            known = _answer(program, "--no-deps", "-r", str(canary))
    except Unanswered as why:
        return [f"{NOT_ASKED}{why}"]
    missing = sorted({canonicalize_name(name) for name in names} - answer.keys())
    lines = [f"{name}: {', '.join(found)}" for name, found in sorted(answer.items()) if found]
    if missing:
        some = ", ".join(missing[:_FEW]) + (", …" if len(missing) > _FEW else "")
        lines.append(f"{NOT_ASKED}nothing was answered about {len(missing)} of {len(names)} packages ({some})")
    if not any(known.values()):
        lines.append(f"{NOT_ASKED}whoever answered knows no hole of {CANARY}, which has several")
    return lines


def _program() -> str | None:
    return shutil.which("pip-audit", path=str(Path(sys.executable).parent)) or shutil.which("pip-audit")


def _answer(program: str, *arguments: str) -> dict[str, list[str]]:
    """The holes by package, for those that were asked about. Raises `Unanswered`."""
    command = [program, "--disable-pip", "--progress-spinner", "off", "--format", "json", *arguments]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own arguments
    except OSError as error:
        raise Unanswered(f"pip-audit cannot be run ({type(error).__name__})") from error
    try:
        return dict(_read(json.loads(done.stdout)["dependencies"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Unanswered(f"pip-audit failed ({said})") from error


def _read(dependencies: Iterable[Any]) -> Iterable[tuple[str, list[str]]]:
    for one in dependencies:
        # Without "vulns" it was skipped, and "skip_reason" says why.
        if isinstance(one.get("vulns"), list):
            yield canonicalize_name(one["name"]), [str(hole["id"]) for hole in one["vulns"]]
