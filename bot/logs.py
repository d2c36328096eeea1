"""Logs: one line an event, without token or personal data. Set up once, at the start of a command.

Libraries that speak of addresses or bodies are kept at WARNING even when the shop asks for DEBUG; what still holds the
token is struck out. structlog is loaded with the first line that is written.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    import structlog

_TOKEN: Final = re.compile(r"\d{5,}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
_CHATTY: Final = ("aiosqlite", "asyncio", "apscheduler", "aiohttp", "telegram", "yoyo", "httpx", "httpcore", "urllib3")


def _strike_tokens(_: object, __: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    return {key: _TOKEN.sub("[token]", value) if isinstance(value, str) else value for key, value in event.items()}


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """structlog's logger of this name."""
    return cast("structlog.stdlib.BoundLogger", _Logger(name))


class _Logger:
    """Stands for structlog's until something is to be written."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, level: str) -> Any:
        load()
        import structlog

        return getattr(structlog.get_logger(self._name), level)


class _Form(logging.Formatter):
    """How a line looks."""

    is_in_use = False

    def format(self, record: logging.LogRecord) -> str:
        return _form().format(record)


def set_up(level: str) -> None:
    """Log to the standard error from this level on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Form())
    _Form.is_in_use = True
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))


def load() -> None:
    """Have structlog at hand, and its loggers look as all lines do once `set_up` was called."""
    import structlog  # noqa: F401 - this is the loading

    if _Form.is_in_use:
        _form()


@cache
def _form() -> logging.Formatter:
    """How a line looks; structlog's own loggers are told as well."""
    import structlog

    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _strike_tokens,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_plain),
        ],
    )


def where(error: BaseException) -> str:
    """An error's kind and the last places it came through. Its text is left out: it may hold what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames[-4:]))
    return f"{type(error).__name__} at {places}"


def _plain(stream: object, info: object) -> None:
    """Tracebacks are already text by then."""
