"""`make audit`: is what is installed what the lock says, whole, and not known to be dangerous?

In: requirements.lock and this environment. Out: what was looked at, a line for each fault, exit code 1 when there is
any, or when nothing was looked at. Known holes are asked for with `pip-audit` when it is installed; without it this
says so, because then nobody has asked. It installs and changes nothing.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK: Final = Path(__file__).parents[1] / "requirements.lock"
OWN: Final = "bukapo"
# They come with Python's own environments and install packages; the bot never imports them.
INSTALLERS: Final = frozenset({"pip", "wheel", "uv"})
_PIN: Final = re.compile(r"^([A-Za-z0-9._-]+(?:\[[^\]]*\])?==[^\s;\\]+(?:\s*;[^\\]+)?)\s*(\\?)$")


@dataclass(frozen=True)
class Pin:
    """One package of the lock. `hashes` is how many files of it are named."""

    requirement: Requirement
    hashes: int

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def is_for_here(self) -> bool:
        """Does its marker fit this computer?"""
        return self.requirement.marker is None or self.requirement.marker.evaluate()


def pins(lock: str) -> list[Pin]:
    """The packages of a lock file, as `uv pip compile` writes it."""
    found: list[Pin] = []
    for line in lock.splitlines():
        if match := _PIN.match(line):
            found.append(Pin(Requirement(match[1].strip()), 0))
        elif line.strip().startswith("--hash=sha256:") and found:
            found[-1] = Pin(found[-1].requirement, found[-1].hashes + 1)
    return found


def faults(wanted: Iterable[Pin], installed: Mapping[str, Distribution]) -> list[str]:
    """What differs between the lock and what is installed, and which requirement nobody meets."""
    locked = {pin.name: pin for pin in wanted}
    here = {name: pin for name, pin in locked.items() if pin.is_for_here}
    lines = [f"{name}: the lock names no hash" for name, pin in locked.items() if not pin.hashes]
    for name, pin in here.items():
        if name not in installed:
            lines.append(f"{name}: in the lock, not installed")
        elif not pin.requirement.specifier.contains(installed[name].version, prereleases=True):
            lines.append(f"{name}: {installed[name].version} is installed, the lock says {pin.requirement.specifier}")
    extra = set(installed) - set(here) - INSTALLERS - {OWN}
    lines += [f"{name}: installed, not in the lock" for name in sorted(extra)]
    for name, distribution in installed.items():
        lines += [f"{name}: needs {text}" for text in _unmet(distribution, installed)]
    return lines


def _unmet(distribution: Distribution, installed: Mapping[str, Distribution]) -> list[str]:
    unmet = []
    for text in distribution.requires or ():
        need = Requirement(text)
        if need.marker is not None and not need.marker.evaluate({"extra": ""}):
            continue
        found = installed.get(canonicalize_name(need.name))
        if found is None or not need.specifier.contains(found.version, prereleases=True):
            unmet.append(text)
    return unmet


def ask_for_known_holes() -> tuple[bool, int]:
    """(was anybody asked, exit code) of pip-audit over the lock."""
    program = shutil.which("pip-audit", path=str(Path(sys.executable).parent)) or shutil.which("pip-audit")
    if program is None:
        return False, 0
    command = [program, "--require-hashes", "--disable-pip", "-r", str(LOCK)]
    return True, subprocess.run(command, check=False).returncode  # noqa: S603 - our own arguments


def main(lock: Path = LOCK) -> int:
    """Look at everything; returns the exit code."""
    wanted = pins(lock.read_text(encoding="utf-8"))
    installed: dict[str, Distribution] = {str(canonicalize_name(one.metadata["Name"])): one for one in distributions()}
    looked_at = [pin for pin in wanted if pin.is_for_here]
    if not looked_at:
        sys.stdout.write("WRONG nothing was looked at: the lock names no package for this computer\n")
        return 1
    lines = faults(wanted, installed)
    for line in lines:
        sys.stdout.write(f"WRONG {line}\n")
    sys.stdout.write(f"{len(looked_at)} packages against the lock, {len(installed)} for what they need\n")
    was_asked, code = ask_for_known_holes()
    if not was_asked:
        sys.stdout.write("Known holes were NOT asked for: pip-audit is not installed (it needs the network).\n")
    return 1 if lines or code else 0


if __name__ == "__main__":
    sys.exit(main())
