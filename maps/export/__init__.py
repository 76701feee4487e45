"""What leaves the atlas in other people's formats.

Each format of a story is a module of its name, whose function of that name takes the story, the
tables, the ground and a time (or None, for all of the story) and gives the file:
its text, or its bytes.
"""

FORMATS = ("csv", "geojson", "gpkg", "kml", "lpf", "timelinejs")  # the words of `export --to`
