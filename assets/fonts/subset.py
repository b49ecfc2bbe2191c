#!/usr/bin/env python3
"""Cuts the bundled fonts out of Noto Sans.

    apt-get download fonts-noto-core && dpkg-deb -x fonts-noto-core_*.deb noto
    pip install fonttools==4.68.0
    python3 subset.py noto/usr/share/fonts/truetype/noto

Writes `<Family>-<Weight>.ttf` beside this script. A script is added by one line in SCRIPTS: the family as
Debian names it, and the code points that the screen may draw with it. The results are committed, because
the same fonts must give the same pixels on every machine.
"""

import pathlib
import sys

from fontTools import subset

# Kept in every font: space, hyphens, joiners (Indic and Arabic shaping), dotted circle, direction marks.
ALWAYS = "0020 00A0 200B-200F 2010-2015 2018-201D 2026 25CC"

SCRIPTS = {
    # Latin with extensions and Vietnamese, Cyrillic, punctuation with the bidi isolates, currency signs.
    "NotoSans": "0020-007E 00A0-024F 0259 02BB-02BC 02C6-02DD 0300-036F 0400-04FF 1E00-1EFF 2000-206F "
    "2070-209F 20A0-20BF 2113 2116 2122 2190-2193 2212 2215 FEFF FFFD",
    "NotoSansDevanagari": "0900-097F 20B9 0030-0039",
    # With presentation forms: some software stores text in them.
    "NotoSansArabic": "0600-06FF 0750-077F 08A0-08FF FB50-FDFF FE70-FEFF 0030-0039",
}

WEIGHTS = ["Regular", "Bold"]


def points(text):
    for part in text.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def cut(source, family, weight, target):
    options = subset.Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = subset.load_font(source / f"{family}-{weight}.ttf", options)
    chosen = set(points(SCRIPTS[family])) | set(points(ALWAYS))
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=chosen)
    cutter.subset(font)
    out = target / f"{family}-{weight}.ttf"
    subset.save_font(font, out, options)
    print(f"{out.name}: {len(font.getBestCmap())} characters, {out.stat().st_size} bytes")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for family in SCRIPTS:
        for weight in WEIGHTS:
            cut(pathlib.Path(sys.argv[1]), family, weight, pathlib.Path(__file__).parent)


if __name__ == "__main__":
    main()
