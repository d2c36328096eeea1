"""The shop's own words: only known places are filled, everything else stays the text it is (product 9)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preorder.wording import KINDS, fill, longest, names, unknown_places
from sandbox.html import parse_html

VALUES = {"toko": "Toko <Sari> & {judul}", "judul": "PO *Gajian* _satu_", "tutup": "25 Nov"}


def test_places_are_filled_with_plain_texts() -> None:
    """What stands in a value is never markup and never a place again."""
    filled = fill("announcement", "{toko}: {judul}, tutup {TUTUP}", VALUES)
    assert filled == "Toko &lt;Sari&gt; &amp; {judul}: PO *Gajian* _satu_, tutup 25 Nov"


@pytest.mark.parametrize(
    "body",
    [
        "{{7*7}}",
        "{0.__class__}",
        "%s %(toko)s %d",
        "{% raw %}",
        "${toko!r}",
        "{toko.__init__}",
        "{}",
        "{toko:>10}",
        "{{",
    ],
)
def test_nothing_that_looks_like_code_is_run(body: str) -> None:
    """Templates, format strings and attributes stay letter for letter what the seller typed."""
    shown, _ = parse_html(fill("announcement", body, {"judul": "X"}))
    assert shown == body


def test_bold_and_italic_are_read_as_in_other_chats() -> None:
    """Stars and underscores around words; inside words and numbers, or without a partner, they stay."""
    assert fill("greeting", "*Halo* _Kak_ *{nama}*", {"nama": "<i>"}) == "<b>Halo</b> <i>Kak</i> <b>&lt;i&gt;</b>"
    assert fill("greeting", "2*3*4 a_b_c *buka", {}) == "2*3*4 a_b_c *buka"
    assert fill("greeting", "_miring *tebal* miring_", {}) == "<i>miring <b>tebal</b> miring</i>"
    assert fill("greeting", "<b>tag</b> & *<u>*", {}) == "&lt;b&gt;tag&lt;/b&gt; &amp; <b>&lt;u&gt;</b>"


def test_a_place_that_a_text_cannot_have_is_named_once() -> None:
    """The English names count in English texts only, the Indonesian ones in both."""
    assert unknown_places("greeting", "id", "{nama} {kuota} {KUOTA} {kuota} {name}") == ("kuota", "KUOTA", "name")
    assert unknown_places("greeting", "en", "{nama} {name} {open} {shop}") == ()
    assert unknown_places("reminder", "id", "{{7*7}} {0} {toko}") == ()


@pytest.mark.parametrize("kind", KINDS)
def test_english_names_mean_the_same(kind: str) -> None:
    """Each place has a name in both languages."""
    for indonesian, english in zip(names(kind, "id"), names(kind, "en"), strict=True):  # type: ignore[arg-type]  # one of KINDS
        values = {indonesian: "here"}
        assert fill(kind, f"{{{english}}}", values) == "here"  # type: ignore[arg-type]  # one of KINDS


@given(st.text(max_size=200))
def test_whatever_is_typed_is_html_that_telegram_takes(body: str) -> None:
    """Any text at all gives well-formed HTML, and no more than it is said to come to."""
    shown, _ = parse_html(fill("announcement", body, dict.fromkeys(names("announcement", "id"), "x")))
    assert len(shown) <= max(longest("announcement", body), len(body))
