"""Other people's files -> a project folder that builds.

`sniffing.py` tells what a file is; a module for each format makes plain records of it; `columns.py`
knows which column is which, `dates.py` what dates of the wild mean, `project.py` writes the tables.
"""
