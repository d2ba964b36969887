"""Cut Noto Sans SC down to the characters that Quietline shows.

Called by build.sh as: subset.py SOURCE.ttf TARGET.ttf

The character set is written out here, and not collected from the program's
texts, so that a new sentence or a new registry row never needs a new font and
the same inputs always give the same bytes.
"""

import bz2
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

# From Debian's unicode-data; kTGH marks the 8,105 characters of the
# General Standard Chinese Characters table (2013), which has those of people's
# names that GB 2312 lacks.
UNIHAN = "/usr/share/unicode/Unihan_OtherMappings.txt.bz2"

# Blocks outside the two Han lists, (first, last) inclusive. What the source
# font lacks is left out silently: whole blocks are easier to read than lists.
BLOCKS = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A
    (0x01CD, 0x01DC),  # pinyin vowels with a caron
    (0x2010, 0x205E),  # general punctuation
    (0x20AC, 0x20AC),  # euro
    (0x2100, 0x214F),  # letterlike: numero, degree Celsius, trade mark
    (0x2150, 0x218F),  # number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2460, 0x24FF),  # enclosed alphanumerics
    (0x2500, 0x259F),  # box drawing, blocks
    (0x25A0, 0x26FF),  # geometric and miscellaneous symbols
    (0x2700, 0x27BF),  # dingbats: check marks, crosses
    (0x3000, 0x303F),  # CJK punctuation
    (0xFE10, 0xFE1F),  # vertical forms
    (0xFE30, 0xFE4F),  # CJK compatibility forms
    (0xFF00, 0xFFEF),  # full-width and half-width forms
    (0xFFFD, 0xFFFD),  # replacement character
)

# In names of firms in assets/registry, and in neither Han list. The test of
# assets/fonts names any that a later registry needs.
EXTRA = "豊暔"


def gb2312():
    """All characters that GB 2312 can encode (rows and cells 1 to 94)."""
    found = set()
    for row in range(0xA1, 0xFF):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                pass  # an unassigned cell
    return found


def general_standard():
    """All characters with a kTGH entry in the Unihan database."""
    found = set()
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.split("\t")
            if len(fields) == 3 and fields[1] == "kTGH":
                found.add(int(fields[0][2:], 16))
    if len(found) != 8105:
        sys.exit(f"{UNIHAN}: {len(found)} characters with kTGH, expected 8105")
    return found


def wanted():
    """The whole character set, as code points."""
    points = gb2312() | general_standard() | set(map(ord, EXTRA))
    for first, last in BLOCKS:
        points.update(range(first, last + 1))
    return points


def options():
    """How to subset: screen, PDF and charts all read the result."""
    chosen = subset.Options()
    chosen.layout_features = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]
    chosen.hinting = False  # neither Fyne nor the PDF writer runs instructions
    chosen.notdef_outline = True  # a missing character must be visible
    chosen.name_IDs = ["*"]  # the licence and the copyright line stay inside
    chosen.name_languages = ["*"]
    chosen.drop_tables += ["vhea", "vmtx", "VORG", "DSIG"]  # no vertical text
    chosen.recalc_timestamp = False  # the same bytes tomorrow
    return chosen


def main():
    source, target = sys.argv[1:]
    font = TTFont(source, recalcTimestamp=False)
    if "glyf" not in font:
        sys.exit(f"{source}: no TrueType outlines; PDF writers refuse CFF")
    have = set(font.getBestCmap())
    points = wanted() & have
    cutter = subset.Subsetter(options())
    cutter.populate(unicodes=points)
    cutter.subset(font)
    font.save(target)
    print(f"{target}: {len(points)} characters")


if __name__ == "__main__":
    main()
