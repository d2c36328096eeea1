"""`make audit`: is what is installed what the lock says, whole, and not known to be dangerous?

In: requirements.lock and this environment. Out: what was looked at, a line for each fault, exit code 1 when there is
any, when nothing was looked at, or when nobody was asked about known holes (`scripts.known_holes`); with
`--installed-only` they are not asked for. It installs and changes nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts import known_holes

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


def main(arguments: Sequence[str] = (), lock: Path = LOCK, program: str | None = None) -> int:
    """Look at everything; returns the exit code. `program` is pip-audit, searched for when None."""
    parser = argparse.ArgumentParser(prog="make audit", description="Is what is installed what the lock says?")
    parser.add_argument("--installed-only", action="store_true", help="do not ask for known holes")
    options = parser.parse_args(arguments)
    wanted = pins(lock.read_text(encoding="utf-8"))
    installed: dict[str, Distribution] = {str(canonicalize_name(one.metadata["Name"])): one for one in distributions()}
    looked_at = [pin for pin in wanted if pin.is_for_here]
    if not looked_at:
        sys.stdout.write("WRONG nothing was looked at: the lock names no package for this computer\n")
        return 1
    lines = faults(wanted, installed)
    if not options.installed_only:
        lines += known_holes.ask(lock, [pin.name for pin in looked_at], program)
    for line in lines:
        sys.stdout.write(f"WRONG {line}\n")
    sys.stdout.write(f"{len(looked_at)} packages against the lock, {len(installed)} for what they need\n")
    if options.installed_only:
        sys.stdout.write("Known holes were not asked for: --installed-only\n")
    elif not lines:
        sys.stdout.write(f"{len(looked_at)} packages have no known hole\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
