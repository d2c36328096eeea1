"""A message value and a language in, Telegram HTML out. Autoescape is on: what people typed can never become markup.

Templates are sections `== ClassName ==` of `messages/<language>/*.j2`, labels are keys of `labels*.toml` beside them.
A section is compiled when it is first used, once in a process.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import jinja2

from messages import formats
from messages.catalog import Label, Message, Plain, Text
from messages.formats import LOCALES, Locale
from messages.own_words import own_words
from preorder.money import DownPayment

_FOLDER: Final = Path(__file__).parent
_HEADING: Final = re.compile(r"^== (\w+) ==$", re.MULTILINE)
_BLANK_LINES: Final = re.compile(r"\n{3,}")
# `Rp 58.000` and `× 2` stay on one line, also on a small phone.
_TIGHT: Final = re.compile(r"(?<=\bRp) (?=\d)|(?<=×) (?=\d)")


@cache
def sections(locale: Locale) -> dict[str, str]:
    """Every template of a language by message name. A name that stands twice is refused."""
    found: dict[str, str] = {}
    for file in sorted((_FOLDER / locale).glob("*.j2")):
        parts = _HEADING.split(file.read_text(encoding="utf-8"))
        for name, body in zip(parts[1::2], parts[2::2], strict=True):
            if name in found:
                raise ValueError(f"{file.name}: {name} stands twice")
            found[name] = body.strip("\n")
    return found


@cache
def labels(locale: Locale) -> dict[str, str]:
    """Every button label of a language by key."""
    found: dict[str, str] = {}
    for file in sorted((_FOLDER / locale).glob("labels*.toml")):
        entries = tomllib.loads(file.read_text(encoding="utf-8"))
        if twice := found.keys() & entries.keys():
            raise ValueError(f"{file.name}: {sorted(twice)} stand twice")
        found.update(entries)
    return found


class Words:
    """The shop's voice: its name and time zone, in every language."""

    def __init__(self, shop_name: str, zone: ZoneInfo) -> None:
        self.zone = zone
        self.shop_name = shop_name
        self._labels: dict[Locale, dict[str, str]] = {locale: labels(locale) for locale in LOCALES}
        self._environments: dict[Locale, jinja2.Environment] = {
            locale: _environment(locale, zone, shop_name) for locale in LOCALES
        }

    def text(self, message: Message, locale: Locale) -> str:
        """Telegram HTML of a message."""
        if (own := own_words(message, locale, self.zone, self.shop_name)) is not None:
            return _TIGHT.sub("\N{NO-BREAK SPACE}", own)
        template = self._environments[locale].get_template(type(message).__name__)
        values = {field.name: getattr(message, field.name) for field in fields(message)}
        return _TIGHT.sub("\N{NO-BREAK SPACE}", _BLANK_LINES.sub("\n\n", template.render(values)).strip())

    def label(self, text: Text, locale: Locale) -> str:
        """A button's text; Telegram shows about 30 characters of it on a phone, 64 are kept."""
        match text:
            case Plain(text=own):
                worded = own
            case Label(name=name, args=args):
                worded = self._labels[locale][name].format(*args)
        return worded if len(worded) <= 64 else worded[:63] + "…"

    def label_in_all(self, text: Text) -> list[str]:
        """The label in every language: people type whichever they know."""
        return [self.label(text, locale) for locale in LOCALES]


@cache
def _environment(locale: Locale, zone: ZoneInfo, shop_name: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(sections(locale)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    filters: dict[str, Callable[..., str]] = {
        "rupiah": formats.rupiah,
        "count": formats.count,
        "phone": formats.phone,
        "moment": partial(_moment, locale=locale, zone=zone),
        "clock": partial(_clock, zone=zone),
        "day": partial(_day, locale=locale, zone=zone),
        "day_of_year": partial(formats.day_of_year, locale=locale),
        "duration": partial(_duration, locale=locale),
        "rule": partial(_rule, locale=locale),
        "segment": partial(formats.segment, locale=locale),
        "label": labels(locale).__getitem__,
    }
    environment.filters.update(filters)
    shared: dict[str, Any] = {"shop_name": shop_name, "locale": locale}
    environment.globals.update(shared)
    return environment


def _moment(at: datetime, locale: Locale, zone: ZoneInfo) -> str:
    return formats.moment(at, locale, zone)


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return formats.clock(at, zone)


def _day(of: date | datetime, locale: Locale, zone: ZoneInfo) -> str:
    return formats.day(of.astimezone(zone).date() if isinstance(of, datetime) else of, locale)


def _duration(length: timedelta, locale: Locale) -> str:
    return formats.duration(length, locale)


def _rule(down_payment: DownPayment, locale: Locale) -> str:
    return formats.rule(down_payment, locale)
