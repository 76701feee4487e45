"""`new`: a small project that builds as it is, and again after what its README says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import make_maps

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A project that `new` made."""
    assert make_maps.main(["new", str(tmp_path / "mine")]) == 0
    return tmp_path / "mine"


def built(project: Path) -> int:
    """Gives the command of its README, with warnings as errors."""
    site = str(project / "site")
    return make_maps.main(["--project", str(project), "--out", site, "--strict"])


def test_it_builds_as_it_is(tmp_path: Path, capsys: Printed) -> None:
    """Without a warning, with a story of three chapters; the command for it is printed."""
    begun = tmp_path / "mine"
    assert make_maps.main(["new", str(begun)]) == 0
    assert (
        f"python make_maps.py --project {begun} --out {begun / 'site'}" in capsys.readouterr().out
    )
    assert built(begun) == 0
    assert "made embed marathon-to-mycale index" in capsys.readouterr().out
    story = (begun / "maps" / "stories" / "marathon-to-mycale.md").read_text(encoding="utf-8")
    assert story.count("\n## ") == 3


def test_a_row_is_edited_as_its_readme_says(begun: Path) -> None:
    """Another title of Marathon stands on the page after the next build."""
    table = begun / "events" / "tables" / "events.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("Battle of Marathon", "Marathon in my words"), encoding="utf-8")
    assert built(begun) == 0
    assert "Marathon in my words" in (begun / "site" / "marathon-to-mycale.html").read_text(
        encoding="utf-8"
    )


def test_its_readme_shows_the_fault_as_it_is_told(begun: Path, capsys: Printed) -> None:
    """The date that is wrong there is wrong here, at the same line and column."""
    readme = (begun / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"events/tables/events\.csv:.*", readme)
    wrong = re.findall("'(.*)'", shown)[0]
    table = begun / "events" / "tables" / "events.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(",-0489-09~,", f",{wrong},"), encoding="utf-8")
    assert built(begun) == 1
    assert shown in capsys.readouterr().err
    assert not (begun / "site").exists()


def test_its_readme_names_files_that_are_there(begun: Path) -> None:
    """And every table of it has a remark where one edits."""
    readme = (begun / "README.md").read_text(encoding="utf-8")
    files = sorted(path.relative_to(begun).as_posix() for path in begun.rglob("*.csv"))
    assert len(files) == 7
    for file in files:
        assert file in readme or file.rpartition("/")[2] in readme
        assert "_comment" in (begun / file).read_text(encoding="utf-8").split("\n")[0]


def test_a_folder_that_holds_something_is_refused(begun: Path, capsys: Printed) -> None:
    """Nothing of it is touched."""
    (begun / "README.md").write_text("mine", encoding="utf-8")
    assert make_maps.main(["new", str(begun)]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert (begun / "README.md").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    """So one may make it first."""
    (tmp_path / "empty").mkdir()
    assert make_maps.main(["new", str(tmp_path / "empty")]) == 0
    assert (tmp_path / "empty" / "README.md").is_file()
