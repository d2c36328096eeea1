"""The words by which an address is taken apart: labels, places, talk. Tables only, used by `address_block`.

In: nothing. Out: word sets and patterns for text that went through `visible`. Never: decides anything.
"""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from preorder.pattern import pattern
from preorder.typed_text import words

Field: TypeAlias = Literal[
    "recipient", "phone", "street", "near", "village", "district", "city", "province", "postcode", "other"
]

_NUMBER: Final = r"(?:no(?:mor|mer)?\b\.?\s*)?"
_DEVICE: Final = (
    r"(?:hp|wa|whatsapp|telp?|tlpn?|tlf|telpon|telepon|telephone|handphone|ponsel|phone(?: number)?|mobile)"
)

# The order matters where one spelling begins another: `nama produk` is nobody's name, so `other` comes first.
LABELS: Final[dict[Field, str]] = {
    "other": (
        r"pesanan|order(?:an)?|produk|barang|item|varian|warna|ukuran|size|jumlah|qty|total|catatan|notes?|ekspedisi"
        r"|kurir|(?:metode )?pembayaran|e-?mail|username|ig|instagram|format order"
        r"|(?:nama |hp |no\.? hp )?pengirim|nama (?:produk|barang|toko|akun)"
    ),
    "recipient": (
        r"nama(?: (?:lengkap|penerima|pemesan|customer))?(?:\s*/\s*penerima)?|penerima(?: paket)?|atas nama"
        r"|a\.?\s?/?n\b\.?|recipient(?: name)?|full name|name|kepada|ship to|to"
    ),
    "phone": (
        rf"{_NUMBER}{_DEVICE}(?:\s*(?:/|&|atau|dan)\s*{_DEVICE}){{0,2}}(?:\s*\(\s*{_DEVICE}\s*\))?"
        r"(?: (?:aktif|penerima|number))*|kontak|contact|nomor|no\.? kontak"
    ),
    "street": (
        r"(?:alamat|almt|alamt)(?: (?:lengkap|kirim|pengiriman|penerima|rumah|tujuan|detail))*"
        r"|(?:shipping |full |street )?address|street|jalan"
    ),
    "near": r"patokan|ancer-ancer|landmark",
    "village": r"kelurahan(?:\s*/\s*desa)?|kel\.?(?:\s*/\s*desa)?|desa(?:\s*/\s*kel(?:urahan)?\.?)?",
    "district": r"kecamatan|kec\.?",
    "city": r"(?:kota|kab(?:upaten)?\.?)(?:\s*/\s*(?:kota|kab(?:upaten)?\.?))?|city",
    "province": r"provinsi|propinsi|prov\.?|province",
    "postcode": r"kode ?pos|kodpos|post(?:al)? ?code|zip(?: ?code)?",
}

_ANY_LABEL: Final = "|".join(f"(?P<{field}>{spelling})" for field, spelling in LABELS.items())
LABEL: Final = pattern(rf"(?<![\w/.])(?:{_ANY_LABEL})\s*(?:\([^)\n]{{1,20}}\)\s*)?[:=]+[ \t]*", re.IGNORECASE)
"""A label with its colon, anywhere in a line; the name of the matched group is the field."""

BARE_PHONE: Final = pattern(rf"^(?:{_NUMBER}{_DEVICE})\b\.?\s*(?=[+(]?\d)", re.IGNORECASE)
"""`HP 0812…` at the start of a line. A digit must follow: `Wa Ode` is a name."""

BARE_LABEL: Final = pattern(
    r"^(?:(?P<recipient>nama(?: lengkap| penerima)?|penerima|atas nama|a\.n\.?|a/n|kepada(?: yth\.?)?)"
    r"|(?P<street>alamat(?: lengkap)?))(?:\s*-\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
"""`Nama Siti`, `Alamat Jl. …` at the start of a line."""

FOR_PERSON: Final = pattern(r"[\s,]+(?:a\.n\.?|a/n|atas nama|u\.p\.?)\s+(?P<name>\D+)$", re.IGNORECASE)
"""`… a.n Siti` at the end of a piece."""

NUMBER_MARK: Final = "\x00"
"""Stands where a number was taken out; `visible` lets no such character through."""

BESIDE_MARK: Final = pattern(
    rf"(?:\(?\b{_NUMBER}{_DEVICE}\b\)?[\s.:]{{0,3}}|[\s,;:/(|-]){{0,6}}{NUMBER_MARK}(?:\s*\(?\b{_DEVICE}\b\)?|[\s,;:/)|-])*",
    re.IGNORECASE,
)
"""A mark with what only introduced the number: `(HP …)`."""

PLACES: Final = frozenset(
    words(
        "jl jln jalan gg gang rt rw no nomor blok blk perum perumahan komplek kompleks komp kel kelurahan kec "
        "kecamatan kota kab kabupaten desa dusun ds dsn kampung kp apartemen apartment apt ruko rumah kos kost "
        "kontrakan gedung lantai lt kantor toko warung prov provinsi jawa jakarta griya villa vila taman pondok bukit "
        "graha puri permata permai regency residence residen cluster klaster pesona asri indah masjid sekolah pasar "
        "dekat sebelah samping depan belakang dpn blkg simpang pertigaan street road tower unit kavling kav asrama "
        "bandung surabaya bekasi bogor depok tangerang semarang medan makassar palembang yogyakarta jogja sleman "
        "bantul malang solo surakarta denpasar bali batam pekanbaru padang lampung banten indonesia utara selatan "
        "timur barat tengah pusat"
    )
)
"""Words of a place: a line with one of them is no name."""

TALK: Final = frozenset(
    words(
        "halo hai hi hello kak kakak min admin saya aku mau pesan pesen order ini itu alamat alamatnya alamatku kirim "
        "kirimnya tolong ya iya makasih terima kasih thanks format data nomor dan yang ke di dari untuk dong nanti "
        "besok cod paket my the is please assalamualaikum permisi sis gan"
    )
)
"""Words of a conversation: a line of nothing else belongs to no parcel."""

STREET_SIGN: Final = pattern(
    r"\d|(?<!\w)(?:jln?|jalan|gg|gang|blok|perum|komplek|desa|dusun|rumah|kampung|kp|kos|ruko|apartemen|street|road)"
    r"(?!\w)",
    re.IGNORECASE,
)
HONORIFIC: Final = pattern(
    r"^(?:kak|ibu|bu|bapak|bpk|pak|sdri?|mas|mba|mbak|tn|ny|nn|mr|mrs|ms)\b\.?\s+(?=\w)", re.IGNORECASE
)
ROAD: Final = pattern(r"[\s,]+(?=(?:jln?|jalan)(?![a-z]))", re.IGNORECASE)
BULLET: Final = pattern(r"^[\s\-•·>#~.,;|]+|^\d{1,2}[.)]\s+(?=[a-z])|[\s~,;|\-]+$", re.IGNORECASE)
EMPHASIS: Final = pattern(r"[*_`]+")
