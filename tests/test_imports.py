"""Who may import whom: make_maps -> maps -> geodata -> events, never back."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    [ROOT / "make_maps.py"]
    + [path for room in ("events", "geodata", "maps") for path in (ROOT / room).rglob("*.py")]
)
ALLOWED = {
    "make_maps": {"maps", "geodata", "events"},
    "maps": {"maps", "geodata", "events"},
    "geodata": {"geodata", "events"},
    "events": {"events"},
}
ROOMS = {"make_maps", *ALLOWED, "tests"}
GEODATA_TAKES = {f"events.{name}" for name in ("problem", "row", "table", "when", "words")}
HEAVY = {"geopandas", "shapely", "pyproj", "pandas", "numpy", "folium", "branca"}


def imports(path: Path) -> Iterator[str]:
    """The full name of each module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the import in full"
            yield node.module or ""


def room_of(path: Path) -> str:
    """The room that a file stands in; make_maps.py is its own."""
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_room_imports_only_what_lies_below_it(path: Path) -> None:
    """No module imports from a room above its own, or from the tests."""
    for name in imports(path):
        top = name.partition(".")[0]
        assert top not in ROOMS or top in ALLOWED[room_of(path)], f"imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_geodata_takes_little_of_events(path: Path) -> None:
    """The ground knows dates, words, tables and their problems, and nothing of what happened."""
    if room_of(path) == "geodata":
        taken = {name for name in imports(path) if name.partition(".")[0] == "events"}
        assert taken <= GEODATA_TAKES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_the_shell_imports_folium(path: Path) -> None:
    """folium and branca appear in maps/shell.py alone, and events stays light."""
    tops = {name.partition(".")[0] for name in imports(path)}
    if path != ROOT / "maps" / "shell.py":
        assert not tops & {"folium", "branca"}
    if room_of(path) == "events":
        assert not tops & HEAVY


def test_javascript_stays_within_the_player() -> None:
    """The player's modules import one another by the plain named form, and nothing else."""
    player = ROOT / "maps" / "player"
    modules = sorted(player.rglob("*.js"))
    assert modules
    for module in modules:
        text = module.read_text(encoding="utf-8")
        assert not re.search(r"\bimport\s*\(|\brequire\s*\(", text), module.name
        for statement in re.findall(r"^\s*(?:import\b|export\s*[*{])[^;]*;?", text, re.MULTILINE):
            named = re.fullmatch(r'import \{[^}]*\} from "\./([\w-]+\.js)";', statement)
            assert named, f"{module.name}: {statement}"
            assert (player / named[1]).is_file(), f"{module.name}: {statement}"


def test_no_package_named_like_a_room_shadows_it() -> None:
    """tests/ holds no __init__.py, or tests/events would be taken for the room."""
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_javascript_lines_can_be_read_at_a_glance() -> None:
    """No line of the player's modules is longer than 140 characters."""
    long = [
        f"{path.name}:{number}"
        for path in sorted((ROOT / "maps" / "player").glob("*.js"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 140
    ]
    assert long == []
