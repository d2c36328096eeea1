"""Values that are made quickly behave as the library's frozen dataclasses do."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, field, fields, replace

import pytest

from preorder.values import dataclass


@dataclass(frozen=True)
class Parcel:
    """Something to compare."""

    code: str
    pieces: int = 1


@dataclass(frozen=True)
class Gift(Parcel):
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Box:
    """What may be left out, and what is not shown."""

    seal: str = field(repr=False)
    inside: list[str] = field(default_factory=list)
    pieces: int = 1

    def __post_init__(self) -> None:
        if self.pieces < 1:
            raise ValueError(self.pieces)


def test_values_are_equal_when_type_and_fields_are() -> None:
    """Equal fields of another class are another value; equal values hash alike."""
    assert Parcel("PO-7K3F") == Parcel("PO-7K3F", 1) != Parcel("PO-7K3F", 2)
    assert Gift("PO-7K3F") != Parcel("PO-7K3F")
    assert {Parcel("PO-7K3F"), Parcel("PO-7K3F"), Gift("PO-7K3F")} == {Parcel("PO-7K3F"), Gift("PO-7K3F")}


def test_a_value_does_not_change() -> None:
    """Neither a field nor anything else can be written or taken away."""
    parcel = Parcel("PO-7K3F")
    for name in ("code", "colour"):
        with pytest.raises(FrozenInstanceError):
            setattr(parcel, name, "x")
    with pytest.raises(FrozenInstanceError):
        delattr(parcel, "code")
    assert parcel == Parcel("PO-7K3F")


def test_a_value_is_shown_copied_and_matched_by_its_fields() -> None:
    """repr, replace, fields and patterns know them, inherited ones first."""
    gift = replace(Gift("PO-7K3F"), note="Aisyah")
    assert repr(gift) == "Gift(code='PO-7K3F', pieces=1, note='Aisyah')"
    assert [field.name for field in fields(gift)] == ["code", "pieces", "note"]
    match gift:
        case Gift(code, pieces, note):
            assert (code, pieces, note) == ("PO-7K3F", 1, "Aisyah")
    with pytest.raises(TypeError):
        Parcel()  # type: ignore[call-arg]  # what must not work


def test_what_may_be_left_out_is_made_anew_and_what_is_wrong_is_refused() -> None:
    """Defaults that are made are each instance's own; fields by name alone, hidden fields and checks work as ever."""
    first, second = Box(seal="s"), Box(seal="s", inside=["PO-7K3F"])
    first.inside.append("PO-2M9D")
    assert Box(seal="s").inside == []
    assert second.inside == ["PO-7K3F"]
    assert repr(second) == "Box(inside=['PO-7K3F'], pieces=1)"
    with pytest.raises(TypeError):
        Box("s")  # type: ignore[call-arg]  # what must not work
    with pytest.raises(ValueError, match="0"):
        Box(seal="s", pieces=0)
