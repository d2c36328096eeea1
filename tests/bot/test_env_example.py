""".env.example and the settings say the same, in both directions."""

from __future__ import annotations

import re
from pathlib import Path

from bot.settings import PREFIX, Settings, load
from tests.bot.test_settings import RIGHT

EXAMPLE = Path(__file__).parents[2] / ".env.example"
_SETTING = re.compile(r"(# )?(BUKAPO_[A-Z_]+)=(.*)")


def _lines() -> list[tuple[str, str, bool]]:
    """Name, value, and whether it is commented out, of every setting in the example."""
    found = (_SETTING.fullmatch(line) for line in EXAMPLE.read_text(encoding="utf-8").splitlines())
    return [(match[2], match[3], bool(match[1])) for match in found if match]


def test_the_example_holds_exactly_the_settings() -> None:
    """No setting without a line, no line without a setting."""
    assert {name for name, _, _ in _lines()} == {PREFIX + field.upper() for field in Settings.model_fields}


def test_every_setting_is_explained() -> None:
    """Each block of settings begins with a sentence for people."""
    for block in EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n"):
        first = block.splitlines()[0]
        assert first.startswith("# "), f"no explanation above {first}"
        assert not _SETTING.fullmatch(first), f"no explanation above {first}"
        assert first.endswith((".", ":", "?")) or len(block.splitlines()) > 1


def test_what_is_commented_out_is_the_default_or_an_example() -> None:
    """Taking a comment sign away changes nothing, or gives a setting that is taken."""
    defaults = load(RIGHT)
    for name, value, is_comment in _lines():
        if is_comment:
            changed = load({**RIGHT, name: value})
            field = name.removeprefix(PREFIX).lower()
            if field not in ("channel_id", "bank_accounts", "webhook_url", "metrics_listen"):
                assert getattr(changed, field) == getattr(defaults, field), name


def test_the_settings_without_default_are_not_commented_out() -> None:
    """A seller sees at once what has to be filled in."""
    required = {PREFIX + name.upper() for name, field in Settings.model_fields.items() if field.is_required()}
    assert required == {name for name, value, is_comment in _lines() if not is_comment and not value}
