"""Order codes as people write them: found in a text, at its beginning, with four letters or five (product 4)."""

from __future__ import annotations

import pytest

from preorder.order_code import LONGEST, SHORTEST, TRIES, code_first, code_of, codes_in, length_at


@pytest.mark.parametrize("written", ["PO-7K3F", "po-7k3f", "po 7k3f", "PO7K3F", " 7k3f "])
def test_a_code_has_one_form(written: str) -> None:
    """However people write it, it is the code that stands in the books."""
    assert code_of(written) == "PO-7K3F"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("TF untuk PO-7K3F ya kak", ("PO-7K3F",)),
        ("po7k3f dan PO-22AAX lunas", ("PO-7K3F", "PO-22AAX")),
        ("PO-7K3FXY", ()),
        ("PO-7K0F", ()),
        ("PO 7K3F", ()),
        ("buka PO besok", ()),
    ],
)
def test_a_text_names_its_orders(text: str, codes: tuple[str, ...]) -> None:
    """Four letters or five behind PO, none of those that are never drawn; a word that follows "PO" is no code."""
    assert codes_in(text) == codes


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("7k3f 18rb", ("PO-7K3F", "18rb")),
        ("PO-7K3FX: Rp 18.000", ("PO-7K3FX", "Rp 18.000")),
        ("po 7k3f = gratis", ("PO-7K3F", "gratis")),
        ("PO-7K3F", ("PO-7K3F", "")),
        ("7k3f18rb", None),
        ("ongkir 18rb", None),
        ("", None),
    ],
)
def test_a_code_at_the_beginning_is_told_from_what_follows(text: str, read: tuple[str, str] | None) -> None:
    """A code and an amount in one line; what begins with no code is not read as one."""
    assert code_first(text) == read


def test_codes_grow_when_the_short_ones_run_out() -> None:
    """Short as long as one is found in a few tries, then longer."""
    assert {length_at(attempt) for attempt in range(TRIES)} == {SHORTEST}
    assert length_at(TRIES) == length_at(TRIES + 500) == LONGEST
