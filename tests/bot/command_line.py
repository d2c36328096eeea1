"""The command line for tests: every command that it knows, and one of them run as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typer.main

from bot.__main__ import cli
from tests.journeys import forked
from tests.journeys.floor import environment
from tests.journeys.process import ROOT

NOWHERE: Final = "http://127.0.0.1:9"
PATIENCE: Final = 60.0  # seconds, on a busy computer
HEAD: Final = "kode,produk,deskripsi,varian,harga,berat,kuota,foto\n"
ZONES: Final = "provinsi,kota,ongkir per kg\nJawa Barat,,12000\n"

# What to type after each command, so that it comes as far as its database.
ARGUMENTS: Final[dict[str, tuple[str, ...]]] = {
    "run": (),
    "doctor": (),
    "migrate": (),
    "backup": ("copy.db",),
    "restore": ("copy.db",),
    "catalog import": ("good.csv",),
    "catalog export": ("out.xlsx",),
    "shipping import": ("zones.csv",),
    "shipping export": ("out.xlsx",),
}
WITHOUT_DATABASE: Final = frozenset({"demo", "catalog template", "shipping template"})


def write_sheets(folder: Path) -> None:
    """The good sheets that `ARGUMENTS` names."""
    (folder / "good.csv").write_text(HEAD + "voal,Hijab Voal,Adem,Putih,45000,90,,\n")
    (folder / "zones.csv").write_text(ZONES)


def every_command() -> list[str]:
    """`run`, `catalog import`, …, as the command line itself knows them."""
    found: list[str] = []
    for name, command in getattr(typer.main.get_command(cli), "commands", {}).items():
        inside = getattr(command, "commands", None)
        found += [f"{name} {one}" for one in inside] if inside else [name]
    return found


def bukapo(folder: Path, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end, with the libraries loaded already."""
    command, environ = _command(folder, words, changes)
    with TemporaryDirectory() as aside:
        out, err = Path(aside) / "out", Path(aside) / "err"
        process = forked.begin(command, folder, environ, out, err)
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(f"bukapo {' '.join(words)} does not end")
        return subprocess.CompletedProcess(command, process.exitcode, out.read_text(), err.read_text())


def new_bukapo(folder: Path, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """The same as a shell would: in a new Python."""
    command, environ = _command(folder, words, changes)
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def _command(folder: Path, words: tuple[str, ...], changes: dict[str, str]) -> tuple[list[str], dict[str, str]]:
    api = changes.pop("api", NOWHERE)
    return ["-m", "bot", *words], {"PYTHONPATH": str(ROOT), "COLUMNS": "200", **environment(api, folder, **changes)}
