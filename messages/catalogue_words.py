"""Why a catalogue sheet could not be taken, in a sentence for the seller (product 2, 11).

In: a `CellError` or a `NotASheet`, and the language. Out: one plain sentence or two: where, what is wrong, how to mend
it. Never: HTML; whoever puts it into a message escapes it, for it quotes what stands in the cell.
"""

from __future__ import annotations

from typing import Final

from messages.formats import Locale, count, rupiah
from preorder.catalogue_cells import CellReason
from preorder.catalogue_columns import COLUMNS, CellError
from preorder.errors import NotASheet

_QUOTED_LONGEST: Final = 40  # characters of a cell that are shown back

# {value} is what stands in the cell, {bound} the limit, {columns} the columns known.
_CELLS: Final[dict[Locale, dict[CellReason, str]]] = {
    "id": {
        "empty_sheet": "Sheet ini masih kosong, Kak. Isi satu baris untuk tiap varian, atau minta contohnya.",
        "unknown_column": 'kolom "{value}" tidak dikenal. Kolom yang bisa dipakai: {columns}.',
        "column_twice": 'kolom "{value}" ada dua kali. Hapus salah satu.',
        "missing_column": "kolom ini belum ada. Tambahkan judulnya di baris pertama.",
        "no_header": '"{value}" ada di kolom tanpa judul. Beri judul di baris pertama atau hapus isinya.',
        "too_many_rows": "paling banyak {bound} baris sekali kirim. Bagi jadi beberapa sheet, ya.",
        "merged": "sel {value} digabung. Pisahkan dulu (unmerge), lalu isi tiap baris.",
        "formula": '"{value}" adalah rumus atau hasil rumus yang salah. Ganti dengan nilainya langsung.',
        "product_missing": "nama produk belum diisi.",
        "name_too_long": "nama produk paling banyak {bound} huruf.",
        "description_too_long": "deskripsi paling banyak {bound} huruf.",
        "code_bad": '"{value}" tidak bisa jadi kode. Pakai huruf kecil, angka atau tanda -, paling banyak 12.',
        "code_taken": "kode ini sudah dipakai produk lain di sheet yang sama. Pakai kode lain.",
        "differs": "isinya berbeda dengan baris lain dari produk yang sama. Cukup isi di baris pertama produk.",
        "variant_missing": "nama varian belum diisi. Produk dengan lebih dari satu varian perlu nama tiap varian.",
        "variant_too_long": "nama varian paling banyak {bound} huruf.",
        "variant_twice": 'varian "{value}" sudah ada di produk ini. Ganti nama atau hapus barisnya.',
        "too_many_variants": "paling banyak {bound} varian untuk satu produk.",
        "price_missing": "harga belum diisi. Tulis seperti 150000 atau 150rb.",
        "price_unreadable": '"{value}" bukan harga. Tulis seperti 150000 atau 150rb.',
        "price_not_positive": '"{value}" bukan harga. Harga harus lebih dari Rp 0.',
        "price_not_whole": '"{value}" ada pecahan rupiahnya. Tulis rupiah bulat, seperti 150000.',
        "price_too_large": '"{value}" terlalu besar. Paling tinggi {bound_rupiah}.',
        "price_doubtful": '"{value}" belum jelas. Kalau maksudnya {bound_rupiah}, tulis {bound_digits}.',
        "weight_missing": "berat belum diisi. Tulis dalam gram, seperti 250.",
        "weight_unreadable": '"{value}" bukan berat. Tulis dalam gram seperti 250, atau 0,3 kg.',
        "weight_too_small": "berat paling ringan {bound} gram.",
        "weight_too_large": "berat paling banyak {bound} gram per buah.",
        "quota_unreadable": '"{value}" bukan jumlah. Tulis angka seperti 20, atau kosongkan.',
        "quota_not_whole": '"{value}" bukan angka bulat. Tulis seperti 20.',
        "quota_too_small": "kuota paling sedikit {bound}. Kosongkan kalau tidak dibatasi.",
        "quota_too_large": "kuota paling banyak {bound}.",
        "detail_too_long": "isinya paling banyak {bound} huruf.",
        "order_unreadable": '"{value}" bukan urutan. Tulis angka seperti 1, atau kosongkan.',
        "archived_unreadable": '"{value}" belum jelas. Tulis ya kalau diarsipkan, atau kosongkan.',
        "photo_bad": '"{value}" bukan nama foto. Tulis seperti foto/hijab.jpg (jpg, png atau webp).',
        "photo_missing": 'foto "{value}" tidak ditemukan di sebelah sheet. Cek nama dan foldernya.',
        "photo_unreadable": 'foto "{value}" tidak bisa dibaca. Simpan ulang sebagai jpg atau png.',
        "photo_too_large": 'foto "{value}" terlalu besar. Paling besar {bound} MB.',
        "photo_too_many_pixels": 'foto "{value}" terlalu besar. Lebar + tinggi paling banyak {bound} piksel.',
    },
    "en": {
        "empty_sheet": "This sheet is still empty. Fill one row for each variant, or ask for the example.",
        "unknown_column": 'the column "{value}" is not known. Columns that can be used: {columns}.',
        "column_twice": 'the column "{value}" is there twice. Delete one of them.',
        "missing_column": "this column is missing. Add its header to the first row.",
        "no_header": '"{value}" stands in a column without a header. Add a header in the first row or clear the cell.',
        "too_many_rows": "at most {bound} rows at a time. Please split the sheet.",
        "merged": "the cells {value} are merged. Unmerge them and fill in every row.",
        "formula": '"{value}" is a formula or the error of one. Put the value itself there.',
        "product_missing": "the product's name is missing.",
        "name_too_long": "a product's name has at most {bound} characters.",
        "description_too_long": "a description has at most {bound} characters.",
        "code_bad": '"{value}" cannot be a code. Use small letters, digits or hyphens, at most 12.',
        "code_taken": "this code belongs to another product in the same sheet. Use another one.",
        "differs": "this differs from another row of the same product. Fill it in on the product's first row only.",
        "variant_missing": "the variant's name is missing. A product with several variants needs a name for each.",
        "variant_too_long": "a variant's name has at most {bound} characters.",
        "variant_twice": 'this product already has the variant "{value}". Rename it or delete the row.',
        "too_many_variants": "a product has at most {bound} variants.",
        "price_missing": "the price is missing. Write it like 150000 or 150rb.",
        "price_unreadable": '"{value}" is not a price. Write it like 150000 or 150rb.',
        "price_not_positive": '"{value}" is not a price. A price is more than Rp 0.',
        "price_not_whole": '"{value}" has a fraction of a rupiah. Write whole rupiah, like 150000.',
        "price_too_large": '"{value}" is too much. The highest price is {bound_rupiah}.',
        "price_doubtful": '"{value}" is not clear. If you mean {bound_rupiah}, write {bound_digits}.',
        "weight_missing": "the weight is missing. Write it in grams, like 250.",
        "weight_unreadable": '"{value}" is not a weight. Write grams like 250, or 0,3 kg.',
        "weight_too_small": "the weight is at least {bound} gram.",
        "weight_too_large": "the weight is at most {bound} grams a piece.",
        "quota_unreadable": '"{value}" is not a number of pieces. Write a number like 20, or leave it empty.',
        "quota_not_whole": '"{value}" is not a whole number. Write it like 20.',
        "quota_too_small": "the quota is at least {bound}. Leave it empty when there is no limit.",
        "quota_too_large": "the quota is at most {bound}.",
        "detail_too_long": "this has at most {bound} characters.",
        "order_unreadable": '"{value}" is not a place in the order. Write a number like 1, or leave it empty.',
        "archived_unreadable": '"{value}" is not clear. Write yes to archive it, or leave it empty.',
        "photo_bad": '"{value}" is not the name of a photo. Write it like foto/hijab.jpg (jpg, png or webp).',
        "photo_missing": 'the photo "{value}" was not found beside the sheet. Check its name and folder.',
        "photo_unreadable": 'the photo "{value}" cannot be read. Save it again as jpg or png.',
        "photo_too_large": 'the photo "{value}" is too large. At most {bound} MB.',
        "photo_too_many_pixels": 'the photo "{value}" is too wide or high. Width + height is at most {bound} pixels.',
    },
}
_FILES: Final[dict[Locale, dict[NotASheet.Reason, str]]] = {
    "id": {
        "too_large": "Berkasnya terlalu besar, Kak. Paling besar {megabytes} MB; foto dikirim terpisah, ya.",
        "wrong_kind": "Ini bukan sheet yang bisa dibaca, Kak. Kirim berkas .xlsx atau .csv tanpa kata sandi.",
        "unreadable": "Berkasnya rusak atau belum lengkap, Kak. Simpan ulang sebagai .xlsx, lalu kirim lagi.",
        "too_many_rows": "Barisnya terlalu banyak, Kak. Paling banyak {rows} baris; hapus baris yang tak dipakai, ya.",
    },
    "en": {
        "too_large": "The file is too large. At most {megabytes} MB; send photos separately.",
        "wrong_kind": "This is not a sheet that can be read. Send an .xlsx or .csv file without a password.",
        "unreadable": "The file is damaged or incomplete. Save it again as .xlsx and send it once more.",
        "too_many_rows": "The sheet has too many rows. At most {rows}; delete the rows that are not used.",
    },
}
_ROW: Final[dict[Locale, str]] = {"id": "Baris {row}: ", "en": "Row {row}: "}
_CELL: Final[dict[Locale, str]] = {"id": "Baris {row}, kolom {column}: ", "en": "Row {row}, column {column}: "}


def explain(error: CellError, locale: Locale) -> str:
    """Say where a cell is wrong, why, and how to mend it."""
    bound = error.bound or 0
    why = _CELLS[locale][error.reason].format(
        value=_quoted(error.value),
        bound=count(bound),
        bound_rupiah=rupiah(bound),
        bound_digits=bound,
        columns=", ".join(COLUMNS),
    )
    if error.reason == "empty_sheet":
        return why
    where = _CELL if error.column else _ROW
    return where[locale].format(row=error.row, column=_quoted(error.column)) + why


def explain_file(error: NotASheet, locale: Locale) -> str:
    """Say why a file could not be opened as a sheet, and what to send instead."""
    bound = error.bound or 0
    return _FILES[locale][error.reason].format(megabytes=bound // (1024 * 1024), rows=count(bound))


def _quoted(value: str) -> str:
    """Shorten what is shown back, on one line."""
    line = " ".join(value.split())
    return line if len(line) <= _QUOTED_LONGEST else line[: _QUOTED_LONGEST - 1] + "…"
