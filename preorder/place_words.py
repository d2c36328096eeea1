"""The words by which the regions of an address are found: labels, short forms, what begins and ends a street's name.

In: nothing. Out: word tables and patterns for lower-case words. Never: decides anything.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from preorder.pattern import pattern
from preorder.typed_text import words

Kind = Literal["village", "district", "kota", "kabupaten", "province"]

KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("kel", "kelurahan", "desa", "ds"), "village"),
    **dict.fromkeys(("kec", "kecamatan", "distrik"), "district"),
    **dict.fromkeys(("kab", "kabupaten"), "kabupaten"),
    **dict.fromkeys(("kota", "kotamadya"), "kota"),
    **dict.fromkeys(("prov", "provinsi", "propinsi", "prop"), "province"),
}
"""What a word says about the name behind it."""

SHORT: Final[dict[str, str]] = {
    "jkt": "jakarta",
    "jakpus": "jakarta pusat",
    "jakut": "jakarta utara",
    "jakbar": "jakarta barat",
    "jaksel": "jakarta selatan",
    "jaktim": "jakarta timur",
    "tangsel": "tangerang selatan",
    "tng": "tangerang",
    "bdg": "bandung",
    "bks": "bekasi",
    "bgr": "bogor",
    "dpk": "depok",
    "sby": "surabaya",
    "sda": "sidoarjo",
    "smg": "semarang",
    "mlg": "malang",
    "dps": "denpasar",
    "mdn": "medan",
    "mks": "makassar",
    "plm": "palembang",
    "pku": "pekanbaru",
    "bpp": "balikpapan",
    "jogja": "yogyakarta",
    "jogjakarta": "yogyakarta",
    "yogya": "yogyakarta",
    "yk": "yogyakarta",
    "solo": "surakarta",
    "ujungpandang": "makassar",
    "kby": "kebayoran",
    "kb": "kebon",
    "tj": "tanjung",
    "tjg": "tanjung",
    "psr": "pasar",
    "pd": "pondok",
    "pdk": "pondok",
    "gn": "gunung",
    "kr": "karang",
    "sel": "selatan",
    "brt": "barat",
    "tmr": "timur",
    "utr": "utara",
    "pst": "pusat",
}
"""Short for one or more words of a name."""

PROVINCES: Final[dict[str, str]] = {
    "jakarta": "31",
    "dki": "31",
    "dkijakarta": "31",
    "yogyakarta": "34",
    "diy": "34",
    "sumut": "12",
    "sumbar": "13",
    "sumsel": "16",
    "babel": "19",
    "bangkabelitung": "19",
    "kepri": "21",
    "jabar": "32",
    "jateng": "33",
    "jatim": "35",
    "ntb": "52",
    "nt": "53",  # as `spell` leaves ntt
    "kalbar": "61",
    "kalteng": "62",
    "kalsel": "63",
    "kaltim": "64",
    "kaltara": "65",
    "sulut": "71",
    "sulteng": "72",
    "sulsel": "73",
    "sultra": "74",
    "sulbar": "76",
    "malut": "82",
}
"""What provinces are called as well, spelled, and their codes."""

STREET_WORD: Final = pattern(
    r"jl|jln|jalan|gg|gang|perum|perumahan|komplek|kompleks|komp|cluster|klaster|apartemen|apartment|apt|ruko|gedung|"
    r"kost?|kosan|dusun|dsn|kp|kampung|kmp|toko|warung|masjid|mesjid|street|road"
)
"""Names behind these are a street's or a house's, until something ends them."""

LANDMARK: Final = pattern(
    r"dekat|deket|depan|dpn|samping|smpg|belakang|blkg|sebelah|sblh|seberang|sebrang|patokan|arah|pas|setelah|sebelum|"
    r"ancer|near|behind|opposite"
)
"""What follows is beside the house, not where it is."""

END_OF_STREET: Final = pattern(
    r"\d+[a-z]?|no|nomor|nomer|rt|rw|km|blok|blk|kav|kel|kelurahan|desa|ds|kec|kecamatan|distrik|kota|kab|kabupaten|"
    r"prov|provinsi|propinsi|lt|lantai|unit|[ivx]{2,4}"
)
"""A street's name is over here: a number, or a label."""

RT_RW: Final = pattern(
    r"(?<![^\W_])(?:rt\s*[./]?\s*rw[\s.:]*(?P<rt>\d{1,3})\s*[/.\-]\s*(?P<rw>\d{1,3})"
    r"|rt[\s.:]*(?P<rt2>\d{1,3})(?:\s*[/,.\-]?\s*(?:rw[\s.:]*)?(?<=[/\-.\sw:])(?P<rw2>\d{1,3}))?)(?!\d)",
    re.IGNORECASE,
)
"""`RT 02/RW 03`, `rt.2 rw.3`, `RT/RW 002/003`, `rt 3/5`."""

NOT_A_STREET: Final = frozenset(words("indonesia id"))
