"""one_font.py COLLECTION.ttc OUT.ttf: the first font of a collection, for peers that read no collections."""
import sys

from fontTools.ttLib import TTCollection

TTCollection(sys.argv[1]).fonts[0].save(sys.argv[2])
