"""A module of ours run as `python -m` would, in a process whose libraries are loaded already: a fork, not a new Python.

In: its words, folder, environment, and where it writes. Out: a process that can be killed, stopped and waited for. Half
of what a start costs is loading other people's libraries, and the tests start hundreds. Nothing of ours is loaded
before the fork. Who wants to know what a start itself does starts a new Python.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

LIBRARIES: Final = (
    *("aiohttp", "aiohttp.web", "aiosql", "aiosqlite", "apscheduler.schedulers.asyncio", "jinja2", "openpyxl"),
    *("psycopg", "psycopg_pool", "pydantic_settings", "structlog", "telegram", "typer", "uvloop", "xlsxwriter", "yoyo"),
)
_context: Final = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(list(LIBRARIES))


def begin(words: Sequence[str], folder: Path, environ: Mapping[str, str], out: Path, err: Path) -> BaseProcess:
    """Start `-m module word …`; what it writes is appended to the files. It ends with us at the latest."""
    assert words[0] == "-m", words
    process = _context.Process(target=_become, args=(words[1:], folder, dict(environ), out, err), daemon=True)
    process.start()
    return process


def _become(words: Sequence[str], folder: Path, environ: Mapping[str, str], out: Path, err: Path) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    for number, path in ((1, out), (2, err)):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    sys.path[:0] = environ["PYTHONPATH"].split(os.pathsep)
    sys.dont_write_bytecode = False
    sys.argv = list(words)
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)
