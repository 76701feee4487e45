"""Names: words on the ground, some of them for a time."""

from pathlib import Path

from geodata.names import read_names


def names_csv(folder: Path, text: str) -> Path:
    """A project folder with a table of names."""
    layers = folder / "geodata" / "layers"
    layers.mkdir(parents=True)
    (layers / "names.csv").write_text(text, encoding="utf-8", newline="")
    return folder


def test_a_project_without_names_has_none(tmp_path: Path) -> None:
    """The table is optional."""
    assert read_names(tmp_path) == ([], [])


def test_names_come_in_order_with_their_time(tmp_path: Path) -> None:
    """A name without a time is written always, one without a rank is of the second."""
    tables = names_csv(
        tmp_path,
        "text,kind,when,lat,lon,rank\nSea of Japan,sea,,40,134.5,1\n"
        "Manchukuo,polity,1932-03-01/1945-08-18,45.8,125.6,\n",
    )
    (sea, polity), problems = read_names(tables)
    assert problems == []
    assert (sea.text, sea.kind, sea.when, sea.lat, sea.lon, sea.rank) == (
        *("Sea of Japan", "sea", None, 40.0, 134.5),
        1,
    )
    assert polity.when is not None
    assert (polity.when.text, polity.rank, polity.line) == ("1932-03-01/1945-08-18", 2, 3)


def test_every_bad_cell_is_told(tmp_path: Path) -> None:
    """Kind, time, place and rank are checked in every row; a bad row is left out."""
    tables = names_csv(
        tmp_path,
        "text,kind,when,lat,lon,rank\nJapan,plity,,36,138,1\nChina,polity,12/7/1941,35,200,1.5\n"
        ",sea,,1,1,\n",
    )
    names, problems = read_names(tables)
    assert names == []
    assert [(problem.line, problem.column) for problem in sorted(problems)] == [
        (2, "kind"),
        (3, "lon"),
        (3, "rank"),
        (3, "when"),
        (4, "text"),
    ]
    assert sorted(problems)[0].hint == "did you mean polity?"
