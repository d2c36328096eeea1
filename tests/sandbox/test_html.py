"""Telegram's HTML, parsed and refused as Telegram does it."""

from __future__ import annotations

import pytest

from sandbox.errors import ApiError
from sandbox.html import parse_html
from sandbox.text import caption_text, message_text


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>Halo</b> Kak", "Halo Kak", [(0, 4, "bold")]),
        ("<strong>a</strong><em>b</em>", "ab", [(0, 1, "bold"), (1, 1, "italic")]),
        ("<u>a</u><ins>b</ins>", "ab", [(0, 1, "underline"), (1, 1, "underline")]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [(n, 1, "strikethrough") for n in range(3)]),
        ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", [(0, 1, "spoiler"), (1, 1, "spoiler")]),
        ("<code>PO-7K3F</code>", "PO-7K3F", [(0, 7, "code")]),
        ("<blockquote>a</blockquote>", "a", [(0, 1, "blockquote")]),
        ("<blockquote expandable>a</blockquote>", "a", [(0, 1, "expandable_blockquote")]),
        ("<b><i>a</i>b</b>", "ab", [(0, 2, "bold"), (0, 1, "italic")]),
        ("😀<b>a</b>", "😀a", [(2, 1, "bold")]),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#33;&#x41;", 'a <b> & "c" !A', []),
        ("5 & 6 &nbsp; &unknown;", "5 & 6 &nbsp; &unknown;", []),
        ("<B>a</B>", "a", [(0, 1, "bold")]),
        ("<b></b>a", "a", []),
        ("a<b>b</>c", "abc", [(1, 1, "bold")]),
        ("<a>salah</a>", "salah", []),
    ],
)
def test_what_telegram_reads_is_read(source: str, text: str, entities: list[tuple[int, int, str]]) -> None:
    """Supported tags and references become text and entities; offsets count UTF-16 units."""
    found_text, found = parse_html(source)
    assert found_text == text
    assert [(one["offset"], one["length"], one["type"]) for one in found] == entities


def test_links_and_languages_keep_their_argument() -> None:
    """A link has its address, a block of code its language, an emoji its id."""
    assert parse_html('<a href="https://contoh.id/?a=1&amp;b=2">x</a>')[1][0]["url"] == "https://contoh.id/?a=1&b=2"
    assert parse_html("<a href='contoh.id'>x</a>")[1][0]["url"] == "http://contoh.id"
    pre = parse_html('<pre><code class="language-sql">x</code></pre>')[1]
    assert pre == [{"offset": 0, "length": 1, "type": "pre", "language": "sql"}]
    assert parse_html('<tg-emoji emoji-id="53">x</tg-emoji>')[1][0]["custom_emoji_id"] == "53"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>a", 'Can\'t find end tag corresponding to start tag "i"'),
        ("é<x>a</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("3 < 5 > 2", 'Unsupported start tag "" at byte offset 2'),
        ("3 <5 kg> ", 'Unsupported start tag "5" at byte offset 2'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x!>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<a href>a</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("baris<br>", 'Unsupported start tag "br" at byte offset 5'),
    ],
)
def test_what_telegram_refuses_is_refused_in_its_words(source: str, why: str) -> None:
    """A text that cannot be read is refused with Telegram's sentence and the byte where it went wrong."""
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.code == 400
    assert caught.value.description == f"Bad Request: can't parse entities: {why}"


def test_length_counts_after_parsing() -> None:
    """Tags and references do not count, and a sign outside the basic plane counts once."""
    assert message_text("<b>" + "😀" * 4096 + "</b>", "HTML")[0] == "😀" * 4096
    assert message_text("&lt;" * 4096, "HTML")[0] == "<" * 4096
    with pytest.raises(ApiError, match="message is too long"):
        message_text("x" * 4097)
    assert caption_text("x" * 1024)[0] == "x" * 1024
    with pytest.raises(ApiError, match="message caption is too long"):
        caption_text("x" * 1025)


def test_white_space_at_the_ends_goes() -> None:
    """Texts are trimmed, entities with them; what is empty afterwards is refused."""
    text, entities = message_text("  \n a <b>b  </b>\n\n", "HTML")
    assert text == "a b"
    assert entities == [{"offset": 2, "length": 1, "type": "bold"}]
    for empty in ("", "  \n ", "<b> </b>", "<i></i>"):
        with pytest.raises(ApiError, match="message text is empty"):
            message_text(empty, "HTML")


def test_commands_links_and_mentions_are_found() -> None:
    """What Telegram makes tappable by itself is an entity, but not inside code."""
    _, entities = message_text("/start @rinawulan https://contoh.id/a. #PO <code>/help</code>", "HTML")
    assert [one["type"] for one in entities] == ["bot_command", "mention", "url", "hashtag", "code"]
    assert message_text("a/b 1/2 x@y.id")[1] == []


def test_another_parse_mode_is_refused() -> None:
    """Markdown would be silently different here, so it is refused clearly."""
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        message_text("*a*", "MarkdownV2")
