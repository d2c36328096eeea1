"""The catalogue written as .xlsx: the filled template sellers start from, and a shop's own catalogue (product 2).

In: where to write, and a `Catalogue`. Out: a sheet that `catalog_sheet.read_sheet` reads back unchanged. Never: writes
a text as a formula or a link. XlsxWriter is loaded on first use.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from preorder.catalogue import (
    COLUMNS,
    DESCRIPTION_LONGEST,
    DETAIL_LONGEST,
    NAME_LONGEST,
    REQUIRED,
    VARIANT_LONGEST,
    Catalogue,
    CatalogueProduct,
    CatalogueVariant,
    Column,
)
from preorder.catalogue_cells import QUOTA_MOST
from preorder.money import Rupiah

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDTHS: Final[dict[Column, int]] = {
    "kode": 14, "produk": 30, "deskripsi": 60, "varian": 22, "harga": 14, "berat": 10, "kuota": 10, "foto": 26,
    "bahan": 30, "ukuran": 30, "perawatan": 30, "urutan": 9, "arsip": 9,
}  # fmt: skip

# Column: what goes in, in Indonesian and in English.
GUIDE: Final[dict[Column, tuple[str, str]]] = {
    "kode": (
        "Kode pendek produk: huruf kecil, angka, tanda -, paling banyak 12. Boleh kosong, nanti dibuatkan. "
        "Jangan diganti supaya produknya tetap dikenali.",
        "Short code of the product: small letters, digits, hyphen, at most 12. May stay empty, then one is made. "
        "Keep it, it is how the product is recognised.",
    ),
    "produk": (
        f"Nama produk, paling banyak {NAME_LONGEST} huruf. Satu baris satu varian; kosongkan di baris berikutnya kalau "
        "masih produk yang sama.",
        f"Name of the product, at most {NAME_LONGEST} characters. One row a variant; leave it empty on the next rows "
        "of the same product.",
    ),
    "deskripsi": (
        f"Cerita singkat produknya. Paling banyak {DESCRIPTION_LONGEST} huruf, cukup di baris pertama produk.",
        f"A short word about it. At most {DESCRIPTION_LONGEST} characters, on the product's first row only.",
    ),
    "varian": (
        f"Warna, ukuran atau model, paling banyak {VARIANT_LONGEST} huruf. Boleh kosong kalau hanya ada satu.",
        f"Colour, size or model, at most {VARIANT_LONGEST} characters. May be empty when there is only one.",
    ),
    "harga": (
        "Harga per buah dalam rupiah: 150000, 150.000 atau 150rb.",
        "Price a piece in rupiah: 150000, 150.000 or 150rb.",
    ),
    "berat": (
        "Berat per buah dalam gram: 250, 250 g atau 0,3 kg. Barang besar: tambah ukuran kotaknya dalam cm, "
        "250 g 30x20x10. Boleh kosong kalau sama dengan varian di atasnya.",
        "Weight a piece in grams: 250, 250 g or 0,3 kg. Something bulky: add its box in cm, 250 g 30x20x10. "
        "May be empty when equal to the variant above.",
    ),
    "kuota": (
        "Paling banyak berapa buah varian ini bisa dibuat. Boleh kosong.",
        "How many of this variant can be made at most. May be empty.",
    ),
    "foto": (
        "Nama berkas foto di sebelah sheet ini, misalnya foto/hijab.jpg. Boleh kosong. Hanya untuk impor lewat server; "
        "di chat, foto diatur di /products.",
        "Name of a picture beside this sheet, for example foto/hijab.jpg. May be empty. Only for an import on the "
        "server; in the chat pictures are set in /products.",
    ),
    "bahan": (
        f"Bahan produk, paling banyak {DETAIL_LONGEST} huruf. Boleh kosong.",
        f"What it is made of, at most {DETAIL_LONGEST} characters. May be empty.",
    ),
    "ukuran": (
        f"Ukuran produk, paling banyak {DETAIL_LONGEST} huruf. Boleh kosong.",
        f"Its sizes, at most {DETAIL_LONGEST} characters. May be empty.",
    ),
    "perawatan": (
        f"Cara merawat, paling banyak {DETAIL_LONGEST} huruf. Boleh kosong.",
        f"How to care for it, at most {DETAIL_LONGEST} characters. May be empty.",
    ),
    "urutan": (
        "Tempat produk di katalog: 1 paling atas. Boleh kosong.",
        "Place of the product in the catalogue: 1 is at the top. May be empty.",
    ),
    "arsip": (
        "Isi ya supaya produk masuk arsip dan tidak terlihat pembeli. Produk yang tidak ada di sheet tidak berubah.",
        "Write yes to archive the product, so that buyers do not see it. Products that are not in the sheet stay.",
    ),
}

EXAMPLE: Final = Catalogue(
    (
        CatalogueProduct(
            "hijab-voal",
            "Hijab Voal Motif Melati",
            "Motif melati yang manis, tepi laser cut.\nRingan dan tidak menerawang.",
            None,
            (
                CatalogueVariant("Hijau sage", Rupiah(85_000), 120, 20),
                CatalogueVariant("Dusty pink", Rupiah(85_000), 120, 15),
            ),
            materials="Voal premium",
            sizes="110 × 110 cm",
            care="Cuci dengan tangan, jemur di tempat teduh.",
            order=1,
        ),
        CatalogueProduct(
            "nastar",
            "Kue Kering Nastar",
            "Selai nanas buatan sendiri, mentega Wijsman. Tahan 2 bulan dalam toples tertutup.",
            None,
            (
                CatalogueVariant("Toples 250 g", Rupiah(65_000), 350, None),
                CatalogueVariant("Toples 500 g", Rupiah(120_000), 650, None),
            ),
            materials="Selai nanas, mentega, tepung, telur",
            order=2,
        ),
        CatalogueProduct(
            "tas-anyam",
            "Tas Anyam Pandan",
            "Pandan asli dari Tasikmalaya, lapis kain.",
            None,
            (CatalogueVariant("Natural", Rupiah(175_000), 450, 10),),
            sizes="30 × 25 × 12 cm",
            order=3,
        ),
    )
)
"""What the template is filled with."""


def write_template(target: Path | BytesIO) -> None:
    """Write the filled example with a second sheet that explains each column in both languages."""
    _write(target, EXAMPLE, with_guide=True)


def write_catalogue(target: Path | BytesIO, catalogue: Catalogue) -> None:
    """Write a shop's catalogue, codes filled in, so that it can be changed and sent back."""
    _write(target, catalogue, with_guide=False)


def _write(target: Path | BytesIO, catalogue: Catalogue, with_guide: bool) -> None:
    from xlsxwriter import Workbook  # 0.1 s, and only an export needs it

    # A text beginning with = or http must stay a text, whoever typed it.
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target if isinstance(target, BytesIO) else str(target), plain) as book:
        _write_products(book, catalogue)
        if with_guide:
            _write_guide(book)


def _write_products(book: Workbook, catalogue: Catalogue) -> None:
    sheet = book.add_worksheet("Katalog")
    heading = book.add_format(
        {"bold": True, "font_color": "white", "bg_color": "#2F6B5E", "border": 1, "valign": "top"}
    )
    formats = {
        "text": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
        "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
    }
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, _WIDTHS[column])
        sheet.write_string(0, place, column, heading)
    sheet.freeze_panes(1, 2)
    row = 1
    for product in catalogue.products:
        for nth, variant in enumerate(product.variants):
            _write_row(sheet, row, product, variant, is_first=nth == 0, formats=formats)
            row += 1
    _guide_typing(sheet)


def _write_row(
    sheet: Worksheet,
    row: int,
    product: CatalogueProduct,
    variant: CatalogueVariant,
    *,
    is_first: bool,
    formats: dict[str, object],
) -> None:
    texts: dict[Column, str | None] = {"kode": product.id, "produk": product.name, "varian": variant.name}
    if is_first:
        texts |= {
            "deskripsi": product.description,
            "foto": product.photo,
            "bahan": product.materials,
            "ukuran": product.sizes,
            "perawatan": product.care,
            "arsip": "ya" if product.archived else None,
        }
    numbers: dict[Column, int | None] = {"harga": variant.price, "berat": variant.weight, "kuota": variant.quota}
    if is_first:
        numbers["urutan"] = product.order
    for place, column in enumerate(COLUMNS):
        if text := texts.get(column):
            sheet.write_string(row, place, text, formats["text"])
        elif (number := numbers.get(column)) is not None:
            sheet.write_number(row, place, number, formats["number"])


def _guide_typing(sheet: Worksheet) -> None:
    """Show what goes in beside the cell being typed, and refuse a quota that is no whole number."""
    for place, column in enumerate(COLUMNS):
        hint = GUIDE[column][0]
        rule: dict[str, object] = {"validate": "any", "input_title": column, "input_message": hint[:255]}
        if column == "kuota":
            rule |= {
                "validate": "integer",
                "criteria": "between",
                "minimum": 1,
                "maximum": QUOTA_MOST,
                "ignore_blank": True,
                "error_title": "Kuota",
                "error_message": f"Isi angka bulat 1 sampai {QUOTA_MOST:,}, atau kosongkan.".replace(",", ".", 1),
            }
        sheet.data_validation(1, place, 1_000, place, rule)


def _write_guide(book: Workbook) -> None:
    sheet = book.add_worksheet("Petunjuk - Guide")
    heading = book.add_format({"bold": True, "bg_color": "#E3EFEC", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for place, (title, width) in enumerate((("kolom", 12), ("wajib", 10), ("cara mengisi", 70), ("how to fill", 70))):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, heading)
    for row, column in enumerate(COLUMNS, start=1):
        needed = "ya / yes" if column in REQUIRED else "-"
        for place, text in enumerate((column, needed, *GUIDE[column])):
            sheet.write_string(row, place, text, wrapped)
    sheet.freeze_panes(1, 0)
