"""The ground: the basemap, and what lay or moved on it by date.

seam        the meridian where the sheet begins
shaping     lines and rings packed for the page
basemap     the committed land, lakes, rivers and today's country lines
routes      movements with waypoints in time
names       words written on seas, lands and towns
reading     all of it for one project, with every problem found

`build_basemap` is run by hand when the basemap is to be made anew.
Of the other rooms this one takes only `events.problem`, `row`, `table`, `when` and `words`.
"""
