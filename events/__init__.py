"""What happened: the historians' tables, read into records or into problems.

A row of a CSV table becomes an `Event`, a `Direction`, a `Place`, an `Actor` or a `Source`, its
dates read by `When`; whatever cannot be read becomes a `Problem` that names file, line, column,
cell and cure. Nothing here draws, and nothing outside the standard library is needed.
"""
