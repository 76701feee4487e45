"""The same tables give the same bytes, wherever and by whomever they are built."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD = """
import os, runpy, sys
os.umask(int(sys.argv[1]))
sys.argv = ["make_maps.py", *sys.argv[2:]]
runpy.run_path("make_maps.py", run_name="__main__")
"""


def build(project: Path, out: Path, mask: int, **variables: str) -> dict[str, bytes]:
    """The built files by name, made by a fresh Python in surroundings of its own."""
    words = [str(mask), "--project", str(project), "--out", str(out)]
    done = subprocess.run(
        [sys.executable, "-c", BUILD, *words],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return files_in(out)


def files_in(out: Path) -> dict[str, bytes]:
    """The files of a site by name."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.*")}


ONE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
OTHER = {
    "TZ": "America/New_York",
    "LC_ALL": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "2",
    "PYTHONUTF8": "0",
}


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """Zone, locale, hash seed, umask and output path leave no trace in any page."""
    small = ROOT / "tests" / "project"
    one = build(small, tmp_path / "one", 0o022, **ONE)
    two = build(small, tmp_path / "a path" / "zwei", 0o077, **OTHER)
    assert one == two
    assert "index.html" in one


def test_the_atlas_is_the_same_to_the_byte(site: Path, tmp_path: Path) -> None:
    """Nor do they in the shipped maps, against those that this process built."""
    assert build(ROOT, tmp_path / "a path" / "zwei", 0o077, **OTHER) == files_in(site)


def test_a_page_says_nothing_of_where_it_was_built(small_site: Path) -> None:
    """Neither the folder of the build nor that of the code stands in any page."""
    for page in small_site.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert str(small_site) not in text
        assert str(ROOT) not in text
