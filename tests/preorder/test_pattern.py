"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from preorder.pattern import pattern


def test_it_answers_as_a_compiled_one_does() -> None:
    """Searching, replacing and finding give what `re.compile` gives, flags included, the first time and after."""
    later, at_once = pattern(r"(?P<n>\d+) kg", re.IGNORECASE), re.compile(r"(?P<n>\d+) kg", re.IGNORECASE)
    for said in ("beli 2 KG, 3 kg", "tidak ada"):
        assert later.findall(said) == at_once.findall(said)
        assert later.sub(r"\g<n>", said) == at_once.sub(r"\g<n>", said)
    assert (later.groupindex, later.flags) == (at_once.groupindex, at_once.flags)


def test_it_is_not_compiled_before_it_is_used() -> None:
    """What cannot be compiled is found out with the first use, not where it is written."""
    broken = pattern("(")
    with pytest.raises(re.error):
        broken.search("apa saja")
