"""The letters of the pages: subsets, as woff2, of typefaces that installed packages carry."""

import contextlib
import hashlib
import io
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from platformdirs import user_cache_path

_LATIN = "20-7e a0-ff 131 237 2c6 2c7 2d8-2dc 300-304"
_CAPITALS = "391-3a9"  # Greek
_GREEK = f"{_CAPITALS} 3b1-3c9 3d0-3d6"
_SIGNS = (
    "2010-2016 2018-201d 2020-2022 2026 2032-2034 2061-2064 2070-2094 20d7 2102 210b 210d 2112-2115 211d 2124 "
    "2190-2195 21a6 21d0-21d4 2200-220d 220f-2213 2217-221e 2223-222b 2234 223c 2245 2248 2250 2260-226b 2282-2287 "
    "2295-2299 22a4 22a5 22c5 22c6 22ee-22f1"
)
_BRACKETS = "2308-230b 27e8 27e9"
_MATH_LETTERS = "1d400-1d467 1d6a4-1d71b"  # bold, and italic with Greek


@dataclass(frozen=True)
class Subset:
    """What pages need of a typeface: its characters as hexadecimal ranges, and its features by OpenType's names.

    `tabular` makes all digits as wide as each other; `line` is how far a line goes above and below, in its sizes.
    """

    characters: str
    features: tuple[str, ...]
    tabular: bool = False
    line: tuple[float, float] | None = None

    @property
    def unicodes(self) -> set[int]:
        """The characters, one by one."""
        ends = [part.split("-") for part in self.characters.split()]
        return {code for end in ends for code in range(int(end[0], 16), int(end[-1], 16) + 1)}


MATH = Subset(f"{_LATIN} {_GREEK} {_SIGNS} {_BRACKETS} {_MATH_LETTERS}", ("ccmp",))
# small Greek letters come from the mathematical typeface in text too: among these, an η would look like an n
TEXT = Subset(f"{_LATIN} {_CAPITALS} {_SIGNS}", ("kern", "ccmp", "mark"), tabular=True, line=(0.93, 0.24))


@cache
def woff2(source: Path, wanted: Subset) -> bytes:
    """A subset of a typeface; made once on a machine, which takes a second, and kept among the caches of its user."""
    recipe = hashlib.sha256(source.read_bytes() + repr(wanted).encode()).hexdigest()[:24]
    kept = user_cache_path("downhill") / f"{recipe}.woff2"
    with contextlib.suppress(OSError):
        return kept.read_bytes()
    made = _make(source, wanted)
    # a machine that keeps nothing makes it again
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as file:
            file.write(made)
        os.replace(file.name, kept)
    return made


def _make(source: Path, wanted: Subset) -> bytes:
    options = subset.Options(flavor="woff2", layout_features=list(wanted.features), hinting=False)
    font = subset.load_font(io.BytesIO(source.read_bytes()), options)
    if wanted.tabular:
        _make_tabular(font)
    if wanted.line:
        _set_line(font, *wanted.line)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted.unicodes)
    cutter.subset(font)
    file = io.BytesIO()
    subset.save_font(font, file, options)
    return file.getvalue()


def _make_tabular(font: TTFont) -> None:
    """All digits as wide as each other, wherever they stand: a style that names a font forgets to ask for it."""
    rules = font["GSUB"].table
    chosen = {
        index
        for record in rules.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    parts = [part for index in chosen for part in rules.LookupList.Lookup[index].SubTable]
    alike = {name: other for part in parts for name, other in getattr(part, "ExtSubTable", part).mapping.items()}
    for table in font["cmap"].tables:
        for code in range(ord("0"), ord("9") + 1):
            table.cmap[code] = alike.get(table.cmap[code], table.cmap[code])


def _set_line(font: TTFont, above: float, below: float) -> None:
    """Lines no higher than those of other typefaces, in every place where a font says how high they are."""
    size = font["head"].unitsPerEm
    up, down = round(above * size), round(below * size)
    line, windows = font["hhea"], font["OS/2"]
    line.ascent, line.descent, line.lineGap = up, -down, 0
    windows.sTypoAscender, windows.sTypoDescender, windows.sTypoLineGap = up, -down, 0
    windows.usWinAscent, windows.usWinDescent = up, down
