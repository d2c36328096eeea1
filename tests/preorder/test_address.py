"""Addresses as buyers paste them: what is sure is read, what is doubtful is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preorder.address import Address, AddressDraft, check_recipient, check_street, read_address
from preorder.errors import NotAnAddress

PHONE = "+6281234567890"

# The text as pasted, then name, number and street as they must be read; None is asked.
PASTED: list[tuple[str, str | None, str | None, str | None]] = [
    (
        "Nama: Siti Aminah\nNo HP: 0812-3456-7890\nAlamat: Jl. Mawar No. 3, Bandung",
        "Siti Aminah", PHONE, "Jl. Mawar No. 3, Bandung",
    ),
    (
        "Nama : Siti Aminah No HP : 081234567890 Alamat : Jl. Mawar No. 3 RT 02/RW 05, Bandung 40123",
        "Siti Aminah", PHONE, "Jl. Mawar No. 3 RT 02/RW 05, Bandung 40123",
    ),
    (
        "a.n Budi Santoso\nwa 0812 3456 7890\nalamat lengkap: perum griya asri blok C2 no 5\nkelurahan: sukamaju\n"
        "kecamatan: cilodong\nkota: depok\nprovinsi: jawa barat\nkode pos: 16415",
        "Budi Santoso", PHONE,
        "perum griya asri blok C2 no 5, Kel. sukamaju, Kec. cilodong, Kota depok, jawa barat, 16415",
    ),
    (
        "PENERIMA : Rina\nNO. WA : +62 812 3456 7890\nALAMAT : Dusun Krajan RT 01 RW 02\nDs. Sumberejo Kec. Batu\n"
        "Kota Malang\n65312",
        "Rina", PHONE, "Dusun Krajan RT 01 RW 02, Ds. Sumberejo Kec. Batu, Kota Malang, 65312",
    ),
    (
        "Nama:\nDewi Lestari\nNo. HP:\n081234567890\nAlamat:\nJl. Melati 8\nSurabaya",
        "Dewi Lestari", PHONE, "Jl. Melati 8, Surabaya",
    ),
    (
        "*Nama*: Ayu\n*No HP/WA*: 0812 3456 7890\n*Alamat*: Kp. Bojong RT 3/4 no. 12\nPesanan: 2 hijab pink",
        "Ayu", PHONE, "Kp. Bojong RT 3/4 no. 12",
    ),
    (
        "1. Nama: Lia\n2. No HP: 081234567890\n3. Alamat: Jl. Dago 12 Bandung",
        "Lia", PHONE, "Jl. Dago 12 Bandung",
    ),
    (
        "Nama: Siti; HP: 081234567890; Alamat: Jl. Mawar No: 12, Bandung",
        "Siti", PHONE, "Jl. Mawar No: 12, Bandung",
    ),
    ("Nama Siti Aminah\nHP 081234567890\nAlamat Jl. Mawar 3 Bandung", "Siti Aminah", PHONE, "Jl. Mawar 3 Bandung"),
    (
        "Nama Penerima: M. Rizki A.\nNomor Telepon (WA): 62812-3456-7890\n"
        "Alamat Pengiriman: Apartemen Kalibata City Tower A lt 10 unit 5\nKota/Kab: Jakarta Selatan",
        "M. Rizki A.", PHONE, "Apartemen Kalibata City Tower A lt 10 unit 5, Jakarta Selatan",
    ),
    (
        "Name: John Tan\nPhone: +65 9123 4567\nAddress: 10 Anson Road #05-17\nSingapore 079903",
        "John Tan", "+6591234567", "10 Anson Road #05-17, Singapore 079903",
    ),
    (
        "Penerima: Yuni\nTelp: 0812.3456.7890\nAlmt: Jl. Pahlawan 10\nKab: Bogor\nPatokan: depan masjid",
        "Yuni", PHONE, "Jl. Pahlawan 10, Patokan: depan masjid, Kab. Bogor",
    ),
    ("Nama : Siti\n081234567890\nJl. Mawar 3\nBandung 40132", "Siti", PHONE, "Jl. Mawar 3, Bandung 40132"),
    ("Penerima: Siti (0812-3456-7890)\nJl. Mawar 3, Bandung", "Siti", PHONE, "Jl. Mawar 3, Bandung"),
    ("Alamat: Jl. Mawar 3 Bandung (HP 081234567890)\nNama: Siti", "Siti", PHONE, "Jl. Mawar 3 Bandung"),
    (
        "Nama pengirim: Toko Rani\nNama penerima: Siti\nNo hp: 081234567890\nAlamat: Jl. Mawar 3 Bandung",
        "Siti", PHONE, "Jl. Mawar 3 Bandung",
    ),
    (
        "Siti Aminah\n081234567890\nJl. Mawar 3\nKec. Coblong\nBandung 40132",
        "Siti Aminah", PHONE, "Jl. Mawar 3, Kec. Coblong, Bandung 40132",
    ),
    (
        "Siti Aminah, 0812-3456-7890, Jl. Mawar No. 3, Bandung",
        "Siti Aminah", PHONE, "Jl. Mawar No. 3, Bandung",
    ),
    ("penerima Rini, hp 081234567890, alamat Jl. Anggrek 5 Tegal", "Rini", PHONE, "Jl. Anggrek 5 Tegal"),
    ("Rini/081234567890/Jl. Anggrek 5 Tegal", "Rini", PHONE, "Jl. Anggrek 5 Tegal"),
    ("Siti 081234567890 Jl Mawar 3 Bandung", "Siti", PHONE, "Jl Mawar 3 Bandung"),
    ("Budi Jl. Mawar no 3 Bandung 081234567890", "Budi", PHONE, "Jl. Mawar no 3 Bandung"),
    ("Jl. Mawar 3 Bandung\nSiti Aminah 081234567890", "Siti Aminah", PHONE, "Jl. Mawar 3 Bandung"),
    ("Jl. Mawar 3 Bandung\nBu Siti\n081234567890", "Bu Siti", PHONE, "Jl. Mawar 3 Bandung"),
    ("Jl. Mawar No 3 Bandung a.n Siti 0812 3456 7890", "Siti", PHONE, "Jl. Mawar No 3 Bandung"),
    ("Wa Ode Sitti\n081234567890\nJl. Betoambari 12 Baubau", "Wa Ode Sitti", PHONE, "Jl. Betoambari 12 Baubau"),
    (
        "Halo kak, ini alamatnya ya\nRudi Hartono\nJl. Kenanga 5, Semarang\n0812 3456 7890 (WA)",
        "Rudi Hartono", PHONE, "Jl. Kenanga 5, Semarang",
    ),
    (
        "Kepada Yth. Ibu Ratna\nJl. Cendana 9 Solo\nTelp. (0271) 712345",
        "Ibu Ratna", "+62271712345", "Jl. Cendana 9 Solo",
    ),
    ("٠٨١٢٣٤٥٦٧٨٩٠\nSiti\nJl. Mawar 3 Bandung", "Siti", PHONE, "Jl. Mawar 3 Bandung"),
    # Doubtful: a lone word at the end may be a town, an estate is no person, two numbers are one too many.
    ("Jl. Mawar 3 Bandung\nSiti\n081234567890", None, PHONE, "Jl. Mawar 3 Bandung, Siti"),
    ("Griya Asri\nBlok C2 no 5\nBekasi\n0812 3456 7890", None, PHONE, "Griya Asri, Blok C2 no 5, Bekasi"),
    ("Nama: Dewi\nHP: 0812-3456-7890 / 0813-1111-2222\nAlamat: Jl. Melati 8 Surabaya", "Dewi", None,
     "Jl. Melati 8 Surabaya"),
    ("Siti 081234567890 / 081311112222\nJl. Mawar 3 Bandung", "Siti", None, "Jl. Mawar 3 Bandung"),
    ("Nama: Siti\nHP: 12\nAlamat: Jl. Mawar 3 Bandung", "Siti", None, "Jl. Mawar 3 Bandung"),
    ("Jl. Mawar No 3, Bandung", None, None, "Jl. Mawar No 3, Bandung"),
    ("081234567890", None, PHONE, None),
    ("Siti Aminah", None, None, None),
    ("halo kak", None, None, None),
    ("Nama: 😀\nNo HP: 📱\nAlamat: 🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠", None, None, None),
    ("", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("pasted", "recipient", "phone", "street"), PASTED)
def test_a_pasted_block_is_read_as_far_as_it_is_sure(
    pasted: str, recipient: str | None, phone: str | None, street: str | None
) -> None:
    """Each real-looking block gives exactly the parts a careful reader would dare to write down."""
    draft = read_address(pasted)
    assert (draft.recipient, draft.phone, draft.street) == (recipient, phone, street)


def test_what_fitted_nowhere_is_kept() -> None:
    """A wish pasted with the address is neither put on the label nor thrown away."""
    draft = read_address("Nama: Ayu\nHP: 081234567890\nAlamat: Kp. Bojong no. 12\nCatatan: bungkus kado ya")
    assert draft.left_out == ("bungkus kado ya",)
    assert draft.street == "Kp. Bojong no. 12"


def test_an_unreadable_number_is_kept_for_the_question() -> None:
    """What stood under the telephone label is shown again when it could not be read."""
    assert read_address("Nama: Siti\nHP: 12\nAlamat: Jl. Mawar 3 Bandung").left_out == ("12",)


def test_a_draft_names_what_is_missing_in_the_order_of_asking() -> None:
    """Name, number and street are asked one after the other, and a full draft is an address."""
    assert AddressDraft(phone=PHONE).missing == ("recipient", "street")
    assert AddressDraft(phone=PHONE).complete() is None
    full = AddressDraft(recipient="Siti", phone=PHONE, street="Jl. Mawar No. 3")
    assert full.missing == ()
    assert full.complete() == Address(recipient="Siti", phone=PHONE, street="Jl. Mawar No. 3")


@pytest.mark.parametrize(
    ("typed", "reason", "bound"),
    [("", "too_short", 2), ("S", "too_short", 2), ("😀😀", "no_letters", None), ("S" * 61, "too_long", 60)],
)
def test_a_recipient_must_be_a_name(typed: str, reason: str, bound: int | None) -> None:
    """A name has two letters and fits on a label."""
    with pytest.raises(NotAnAddress) as refused:
        check_recipient(typed)
    assert (refused.value.part, refused.value.reason, refused.value.bound) == ("recipient", reason, bound)


@pytest.mark.parametrize(
    ("typed", "reason", "bound"),
    [
        ("Jl. 3", "too_short", 10),
        ("🏠" * 20, "no_letters", None),
        ("1234567890123", "no_letters", None),
        ("Jl. Mawar " * 40, "too_long", 300),
        ("x" * 5000, "too_long", 300),
    ],
)
def test_a_street_must_be_deliverable(typed: str, reason: str, bound: int | None) -> None:
    """A street is long enough to find, short enough to print, and more than emoji."""
    with pytest.raises(NotAnAddress) as refused:
        check_street(typed)
    assert (refused.value.part, refused.value.reason, refused.value.bound) == ("street", reason, bound)


def test_a_checked_street_stands_on_one_line() -> None:
    """Lines are joined, spaces and invisible characters tidied, the wording kept."""
    assert check_street("  Jl.  Mawar\u200b No. 3,\n RT 02 \n\nBandung ") == "Jl. Mawar No. 3, RT 02, Bandung"


@given(st.text(max_size=400))
def test_any_text_gives_a_draft(text: str) -> None:
    """No message, however odd, breaks the reading, and every part read passes its own check."""
    draft = read_address(text)
    if draft.recipient is not None:
        assert check_recipient(draft.recipient)
    if draft.street is not None:
        assert check_street(draft.street)


@given(
    st.sampled_from(["0812-3456-7890", "081234567890", "+62 812 3456 7890", "62812 3456 7890", "0812 3456 7890 (WA)"])
)
def test_the_number_never_stays_inside_the_street(number: str) -> None:
    """However it is written, the number is taken out of the street."""
    draft = read_address(f"Alamat: Jl. Mawar 3 {number} Bandung")
    assert draft.phone == PHONE
    assert draft.street == "Jl. Mawar 3, Bandung"
