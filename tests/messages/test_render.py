"""Every message in every language: worded, readable on a phone, and deaf to what people type into it."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from html import unescape
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import Final
from zoneinfo import ZoneInfo

import pytest

import bot
import conversations
from messages.catalog import Label, Message, Plain
from messages.catalog.batch_life import DecidedBefore
from messages.catalog.broadcasting import BroadcastMoved
from messages.catalog.changing import RefundGone
from messages.catalog.delaying import DelayAnswered, DelayOutdated, DelayOver
from messages.catalog.paying import (
    BuyerCancelled,
    NothingDue,
    OrderKept,
    OrderNotYours,
    ProofCard,
    ProofGone,
    ProofJudged,
    ProofJudgedBefore,
    ProofJudgedShort,
)
from messages.catalog.products import CatalogueCard, InterestDropped, InterestNoted
from messages.catalog.running import ExportCaption, LanguageSet, NotAllowed, OldButton
from messages.catalog.selling_work import REJECT_REASONS
from messages.catalog.shipping import AddressGone
from messages.catalog.waiting import LineGone, OfferGone
from messages.formats import LOCALES, Locale
from messages.render import Words, labels, sections
from preorder.batch import STAGES, Offer, ProductId, VariantId
from preorder.catalogue import DESCRIPTION_LONGEST, DETAIL_LONGEST, NAME_LONGEST, VARIANT_LONGEST
from preorder.money import Rupiah
from preorder.order import MAX_LINES, MAX_WISH, Order
from sandbox.html import parse_html
from tests.messages.samples import NOW, Sampler, message_classes

WORDS: Final = Words("Toko Sari", ZoneInfo("Asia/Jakarta"))
CLASSES: Final = message_classes()
NAMES: Final = [kind.__name__ for kind in CLASSES]
TRIES: Final = 60

LONGEST_TEXT: Final = 4096  # Telegram, code points after parsing
LONGEST_CAPTION: Final = 1024
LONGEST_TOAST: Final = 200
TAG: Final = re.compile(r"<(/?)([a-z]+)[^>]*>")
TAGS: Final = {"b", "i", "u", "s", "code", "a", "blockquote"}

# Said over the chat when a button is pressed: Telegram shows them as they are, tags and all.
# A toast that names an order: its code is short.
CODED: Final = (NothingDue, OrderKept, ProofJudgedShort, DelayAnswered, DelayOutdated, DelayOver)
TOASTS: Final[tuple[type[Message], ...]] = (
    InterestDropped,
    InterestNoted,
    AddressGone,
    BroadcastMoved,
    DecidedBefore,
    DelayAnswered,
    DelayOutdated,
    DelayOver,
    LanguageSet,
    LineGone,
    OfferGone,
    NotAllowed,
    NothingDue,
    OldButton,
    OrderKept,
    OrderNotYours,
    ProofGone,
    ProofJudgedBefore,
    ProofJudgedShort,
    RefundGone,
)

# Its example of an address is one italic block, and the screen is too short ever to be split.
ACROSS_LINES: Final = {"AskAddress"}

HOSTILE: Final = (
    "<b>&\"'</b>",
    "</b><a href='x'>",
    "{{7*7}}",
    "{% raw %}",
    "&lt;i&gt;",
    "👩‍👧🧕🏽",
    "\u202eمرحبا\u202c",
    "%s %d {0}",
)

in_both_languages = pytest.mark.parametrize("locale", LOCALES)
of_every_class = pytest.mark.parametrize("kind", CLASSES, ids=NAMES)


@cache
def sampled(name: str) -> frozenset[str]:
    """The HTML of many different messages of a class, in both languages."""
    kind, chance = CLASSES[NAMES.index(name)], random.Random(name)
    messages = [Sampler(chance).message(kind) for _ in range(TRIES)]
    return frozenset(WORDS.text(message, locale) for message in messages for locale in LOCALES)


def visible(html: str) -> str:
    """What a phone shows of it, or Telegram's refusal."""
    return parse_html(html)[0]


def calls(package: ModuleType) -> Iterator[ast.Call]:
    """Every call that stands in the code of a package."""
    for file in sorted(Path(str(package.__file__)).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield node


@in_both_languages
def test_every_message_is_worded_and_every_wording_is_a_message(locale: Locale) -> None:
    """A message without a template, or a template without a message, is a mistake."""
    assert sorted(sections(locale)) == NAMES


def test_no_two_messages_share_a_name() -> None:
    """Templates are found by class name, so that the name must belong to one class."""
    assert len(set(NAMES)) == len(NAMES)


@of_every_class
def test_a_message_reads_well(kind: type[Message]) -> None:
    """Whatever its values, a message says something, fits one message, and leaves no machine's traces."""
    for html in sampled(kind.__name__):
        text = visible(html)
        assert 0 < len(text) <= LONGEST_TEXT
        assert not re.search(r"None|Undefined|True|False|\{\{|\{%|datetime|&lt;|&amp;", text), text
        for line in text.split("\n"):
            assert not re.search(r"  | [,.!?]|\(\)|,,|\.\.|: *,|\s$", line.lstrip()), text
        assert "\n\n\n" not in text


@of_every_class
def test_tags_close_on_the_line_that_opened_them(kind: type[Message]) -> None:
    """A long message is split at line ends, so that no tag may stay open over one."""
    for html in sampled(kind.__name__):
        for line in [html.replace("\n", " ")] if kind.__name__ in ACROSS_LINES else html.split("\n"):
            opened: list[str] = []
            for closing, name in TAG.findall(line):
                assert name in TAGS, line
                if not closing:
                    opened.append(name)
                else:
                    assert opened, line
                    assert opened.pop() == name, line
            assert not opened, line


def changed(words: Words, kind: type[Message], locale: Locale) -> list[str]:
    """The hostile texts that do not come out as they were typed, or that change what stands around them."""
    found = []
    for seed, typed in enumerate(HOSTILE * 3):
        harmless = "ж" * len(typed)
        meant, said = (
            words.text(Sampler(random.Random(seed), word).message(kind), locale) for word in (harmless, typed)
        )
        same_tags = TAG.findall(said) == TAG.findall(meant)
        if not same_tags or visible(said) != visible(meant).replace(harmless, typed):
            found.append(typed)
    return found


@of_every_class
def test_what_people_typed_comes_out_letter_for_letter(kind: type[Message]) -> None:
    """Markup and template language in a name, a wish or a title stay text and change nothing around them."""
    assert {locale: changed(WORDS, kind, locale) for locale in LOCALES} == {locale: [] for locale in LOCALES}


class Careless(Words):
    """The same words by somebody who forgot to escape."""

    def text(self, message: Message, locale: Locale) -> str:
        return unescape(super().text(message, locale))


def test_without_escaping_what_people_typed_would_become_markup() -> None:
    """The check above sees the mistake that it is there for."""
    assert "<b>&\"'</b>" in changed(Careless(WORDS.shop_name, WORDS.zone), BuyerCancelled, "id")


@in_both_languages
@pytest.mark.parametrize("kind", TOASTS, ids=[kind.__name__ for kind in TOASTS])
def test_a_toast_is_short_and_plain(kind: type[Message], locale: Locale) -> None:
    """Telegram shows at most 200 characters over the chat and reads no tags there, however long a name is."""
    for seed in range(TRIES):
        message = Sampler(random.Random(seed), "Siti Nurhaliza " * 8).message(kind)
        if isinstance(message, CODED):
            message = replace(message, code="PO-7K3F")
        html = WORDS.text(message, locale)
        assert "<" not in html
        assert len(visible(html)) <= LONGEST_TOAST


def test_every_toast_of_the_bot_is_held_to_be_plain() -> None:
    """What the bot says over the chat is among those that are checked above."""
    said = {
        node.args[0].func.id
        for node in calls(bot)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr == "toast"
        and isinstance(node.args[0], ast.Call)
        and isinstance(node.args[0].func, ast.Name)
    }
    assert said
    assert said <= {kind.__name__ for kind in TOASTS}


def long_order() -> Order:
    """An order as large as one can be."""
    order = Sampler(random.Random(1)).order()
    line = replace(order.lines[0], product="P" * NAME_LONGEST, variant="V" * VARIANT_LONGEST, wish="w" * MAX_WISH)
    return replace(order, batch="B" * 80, lines=(line,) * MAX_LINES, state="expired", total=Rupiah(1_000_000_000))


@in_both_languages
def test_captions_fit_under_their_picture(locale: Locale) -> None:
    """A proof, its verdict and a sheet stay under 1,024 characters with the longest values there can be."""
    order, name = long_order(), "N" * 128
    for message in (
        ProofCard(order, name, "u" * 32, order.total, NOW, "PO-7K3F", number=47, count=100),
        ProofCard(order, name, "u" * 32, order.total, NOW, ""),
        ProofJudged(order, name, "rejected", Rupiah(0), "r" * 200, name),
        ExportCaption("B" * 300),
    ):
        assert 0 < len(visible(WORDS.text(message, locale))) <= LONGEST_CAPTION


@in_both_languages
def test_a_product_s_card_fits_one_message(locale: Locale) -> None:
    """The longest product there can be is one message (4,096 characters), so that its buttons hang on all of it."""
    name, variant, detail = "P" * NAME_LONGEST, "V" * VARIANT_LONGEST, "d" * DETAIL_LONGEST
    offer = Offer(VariantId("v"), ProductId("p"), name, variant, Rupiah(1_000_000_000), 0, None, 0)
    words = (name, "kata " * (DESCRIPTION_LONGEST // 5), detail, detail, detail)
    for card in (
        CatalogueCard(*words, ((offer, 5),) * 50, (), NOW),
        CatalogueCard(*words, (), ((variant, offer.price),) * 50, None, is_wanted=True),
    ):
        assert 0 < len(visible(WORDS.text(card, locale))) <= LONGEST_TEXT


def test_a_card_with_many_variants_says_how_many_are_left_out() -> None:
    """What does not fit on a product's card is counted, not dropped in silence."""
    prices = tuple((f"Warna nomor {n} yang agak panjang namanya", Rupiah(75_000)) for n in range(50))
    text = visible(WORDS.text(CatalogueCard("Hijab", "", "", "", "", (), prices, None), "id"))
    shown = text.count("Warna nomor")
    assert 25 <= shown < 50
    assert f"dan {50 - shown} varian lagi" in text


def placeholders(label: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(label) if name is not None}


def test_labels_are_the_same_in_both_languages() -> None:
    """Each button is worded in both languages and takes the same values."""
    indonesian, english = labels("id"), labels("en")
    assert indonesian.keys() == english.keys()
    assert {key: placeholders(text) for key, text in indonesian.items()} == {
        key: placeholders(text) for key, text in english.items()
    }
    assert all(text.strip() == text and text for text in (*indonesian.values(), *english.values()))


def test_every_button_in_the_code_is_worded() -> None:
    """A label that nobody worded would fail when somebody looks at that screen."""
    named: set[str] = set()
    for node in (*calls(bot), *calls(conversations)):
        match node:
            case ast.Call(func=ast.Name(id="Label"), args=[ast.Constant(value=str(name)), *_]):
                named.add(name)
    wanted = {*named, *(f"stage_{stage}" for stage in STAGES), *(f"reason_{why}" for why in REJECT_REASONS)}
    assert wanted - labels("id").keys() == set()


def test_a_long_label_is_cut_and_a_shops_own_word_is_kept() -> None:
    """A button holds 64 characters; a product's name stands on it as the shop wrote it."""
    assert WORDS.label(Plain("Hijab <Voal>"), "id") == "Hijab <Voal>"
    assert WORDS.label(Label("order_this", ("x" * 90,)), "id").endswith("x…")
    assert len(WORDS.label(Plain("x" * 65), "en")) == 64
    assert WORDS.label_in_all(Label("yes")) == ["Ya", "Yes"]


def test_a_moment_is_told_in_the_shops_time() -> None:
    """Moments are kept in UTC and told in the time of the shop, wherever that is."""
    east = Words("Toko Timur", ZoneInfo("Asia/Jayapura"))
    offer = Offer(VariantId("v"), ProductId("p"), "", "Sage", Rupiah(1), 0, None, 0)
    card = CatalogueCard("Hijab", "", "", "", "", ((offer, 9),), (), NOW)
    assert "10.00 WIB" in WORDS.text(card, "id")
    assert "12.00 WIT" in east.text(card, "id")
    assert "Thursday, 26 November 2026 01.00 WIT" in east.text(replace(card, closes_at=NOW + timedelta(hours=13)), "en")
