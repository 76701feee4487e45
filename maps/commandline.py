"""The command line: what each command is told, and how a word of it is read."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from events.when import When

LEAST_SIDE, MOST_SIDE = 160, 8192  # pixels of a picture
EPILOG = """\
exit status:
  0  done
  1  there are problems, each named by file, line and column; the site stays as it was
  2  wrong usage
  3  a tool is missing; it says which
"""

Runs = Mapping[str, Callable[[argparse.Namespace], int]]
Commands = Mapping[str, argparse.ArgumentParser]


class WrongUsage(Exception):
    """What the command line asks for cannot be; said in a line, without the usage."""


def read_words(words: Sequence[str], runs: Runs) -> argparse.Namespace:
    """The options that some words name; `run` is the one of `runs` that their command names.

    Raises WrongUsage; argparse itself leaves with 2, or with 0 after a help.
    """
    parser, commands = _parser(runs)
    tied = _tied(words, commands.choices)
    return parser.parse_args(_command_first(tied, commands.choices))


def _moment(text: str) -> When:
    """A time with both ends, as the command line has it."""
    from maps.asking import moment_of

    try:
        return moment_of(text)
    except ValueError as wrong:
        raise WrongUsage(str(wrong)) from wrong


def _parser(runs: Runs) -> tuple[argparse.ArgumentParser, Any]:
    """The command line, and the commands that stand in it."""
    parser = argparse.ArgumentParser(
        prog="make_maps.py",
        usage="make_maps.py [build] [STORY ...] [--out DIR] [options]\n"
        "       make_maps.py serve [--port N] [--out DIR] [options]\n"
        "       make_maps.py check [options]\n"
        "       make_maps.py export STORY --to FORMAT [--at WHEN] [--out FILE] [options]\n"
        "       make_maps.py still STORY [--at WHEN | --chapter ID] --out FILE.png [options]\n"
        "       make_maps.py slides STORY [--site ADDRESS] [--video] --out FILE.pptx [options]\n"
        "       make_maps.py handout STORY --out FILE.pdf [options]\n"
        "       make_maps.py video STORY [--chapter ID] [--at WHEN] --out FILE.mp4|.gif [options]\n"
        "       make_maps.py import FILE|URL --out DIR [--map OURS=THEIRS,...] [options]\n"
        "       make_maps.py new DIR",
        description="Makes offline maps over time from a folder of tables.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_options()],
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", prog="make_maps.py")
    _add_site(commands, runs)
    _add(commands, runs, "check", "only say what is wrong with the tables")
    _add_export(commands, runs)
    _add_import(commands, runs)
    _add_still(commands, runs)
    _add_slides(commands, runs)
    _add_video(commands, runs)
    _add_handout(commands, runs)
    making = _add(commands, runs, "new", "make a small project to begin with")
    making.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there yet")
    return parser, commands


def _add_site(commands: Any, runs: Runs) -> None:
    """The commands `build` and `serve`, which write a site."""
    building = _add(commands, runs, "build", "check the tables and build the site (default)")
    building.add_argument("stories", nargs="*", metavar="STORY", help="build only these maps")
    serving = _add(commands, runs, "serve", "build whenever a table is saved, and show the site")
    serving.add_argument(
        "--port", type=_port, metavar="N", help="default: 8000; a free one if taken"
    )
    for command in (building, serving):
        command.add_argument(
            "--out",
            type=Path,
            default=Path("site"),
            metavar="DIR",
            help="folder of the site (default: site)",
        )
    building.add_argument("--force", action="store_true", help="make all of it anew")


def _add_export(commands: Any, runs: Runs) -> None:
    """The command `export`."""
    from maps.export import FORMATS

    exporting = _add(commands, runs, "export", "write one map in another format")
    exporting.add_argument("story", metavar="STORY", help="the map")
    exporting.add_argument("--to", choices=FORMATS, required=True, help="the format")
    exporting.add_argument(
        "--at", type=_moment, metavar="WHEN", help="only this moment, with the ground as of it"
    )
    exporting.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")


def _add_handout(commands: Any, runs: Runs) -> None:
    """The command `handout`."""
    printing = _add(commands, runs, "handout", "put a map on paper, a page a chapter")
    printing.add_argument("story", metavar="STORY", help="the map")
    printing.add_argument("--out", type=_file(".pdf"), required=True, metavar="FILE.pdf")


def _add_import(commands: Any, runs: Runs) -> None:
    """The command `import` with its options, which say what a file leaves open."""
    from events.habits import ASTRONOMICAL, BCE, DAY_FIRST, MEANT, MONTH_FIRST, OPTIONS

    importing = _add(commands, runs, "import", "make a project from somebody's file")
    importing.add_argument(
        "file", metavar="FILE|URL", help="CSV, XLSX, GeoJSON, KML, GPX, a Google Sheet, ..."
    )
    importing.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="the new folder of the project"
    )
    importing.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="OURS=THEIRS",
        help="which column is which: when=Datum,lat=Breite",
    )
    for pair in ((DAY_FIRST, MONTH_FIRST), (BCE, ASTRONOMICAL)):
        either = importing.add_mutually_exclusive_group()
        for habit in pair:
            either.add_argument(
                OPTIONS[habit], dest="prefer", action="append_const", const=habit, help=MEANT[habit]
            )
    importing.add_argument(
        "--zone", default="", metavar="OFFSET", help="of hours without one: Z, +09:00"
    )
    importing.add_argument(
        "--encoding", default="", metavar="NAME", help="of a CSV that is not UTF-8: cp1250"
    )


def _add_still(commands: Any, runs: Runs) -> None:
    """The command `still`: what is on the picture, and how large it is."""
    taking = _add(commands, runs, "still", "take a picture of a map")
    taking.add_argument("story", metavar="STORY", help="the map")
    where = taking.add_mutually_exclusive_group()
    where.add_argument("--at", type=_moment, metavar="WHEN", help="as of this moment: 1941-12-07")
    where.add_argument("--chapter", metavar="ID", help="as this chapter opens")
    where.add_argument("--link", metavar="LINK", help="as a link that Share wrote")
    _add_frame(taking, "1920x1080")
    taking.add_argument("--out", type=_file(".png"), required=True, metavar="FILE.png")


def _add_slides(commands: Any, runs: Runs) -> None:
    """The command `slides`."""
    taking = _add(commands, runs, "slides", "make a deck of slides of a map")
    taking.add_argument("story", metavar="STORY", help="the map")
    taking.add_argument(
        "--site", metavar="ADDRESS", help="where its pages are; default: beside the slides"
    )
    taking.add_argument("--video", action="store_true", help="with films that play at a click")
    taking.add_argument(
        "--seconds", type=_seconds, default=8, metavar="N", help="of each film (default: 8)"
    )
    taking.add_argument("--out", type=_file(".pptx"), required=True, metavar="FILE.pptx")


def _add_frame(taking: argparse.ArgumentParser, usual: str) -> None:
    """How pictures are taken; `usual` says how large if nobody does."""
    taking.add_argument("--size", type=_size, metavar="WxH", help=f"default: {usual}")
    taking.add_argument(
        "--scale", type=_scale, metavar="N", help="how large words are; default: 1 for 1280 pixels"
    )
    taking.add_argument(
        "--ui",
        choices=("full", "min", "none"),
        default="min",
        help="all of the page, map and lanes, or the map alone (default: min)",
    )
    taking.add_argument("--theme", choices=("light", "dark"), default="light")


def _add_video(commands: Any, runs: Runs) -> None:
    """The command `video`: what is filmed, how long, and how it is written."""
    filming = _add(commands, runs, "video", "film a map while its clock runs")
    filming.add_argument("story", metavar="STORY", help="the map")
    filming.add_argument("--chapter", metavar="ID", help="only this chapter")
    filming.add_argument(
        "--at", type=_moment, metavar="WHEN", help="only this time: 1941-06-22/1941-12-05"
    )
    filming.add_argument(
        "--seconds", type=_seconds, default=8, metavar="N", help="of each chapter (default: 8)"
    )
    filming.add_argument(
        "--rate", type=_rate, metavar="N", help="frames a second (default: 24; 10 for GIF)"
    )
    _add_frame(filming, "1280x720; 800x450 for GIF")
    filming.add_argument(
        "--out", type=_file(".mp4", ".gif"), required=True, metavar="FILE.mp4|FILE.gif"
    )


def _seconds(text: str) -> float:
    """How long something lasts."""
    with suppress(ValueError):
        if 0.1 <= float(text) <= 3600:
            return float(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no time; write seconds, from 0.1 to 3600")


def _rate(text: str) -> int:
    """How many frames a second has."""
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= 60:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no rate; write a number from 1 to 60")


def _file(*suffixes: str) -> Callable[[str], Path]:
    """Reads the name of a file that ends in one of these."""

    def read(text: str) -> Path:
        if Path(text).suffix.lower() in suffixes:
            return Path(text)
        raise argparse.ArgumentTypeError(f"{text!r} does not end in {' or '.join(suffixes)}")

    return read


def _size(text: str) -> tuple[int, int]:
    """Width and height in pixels."""
    width, by, height = text.lower().partition("x")
    numbers = [int(side) for side in (width, height) if side.isascii() and side.isdecimal()]
    if by and len(numbers) == 2 and min(numbers) >= LEAST_SIDE and max(numbers) <= MOST_SIDE:
        return numbers[0], numbers[1]
    sides = f"with sides of {LEAST_SIDE} to {MOST_SIDE:,} pixels"
    raise argparse.ArgumentTypeError(f"{text!r} is no size; write one such as 1920x1080, {sides}")


def _scale(text: str) -> float:
    """How many pixels of a picture one of the page takes."""
    with suppress(ValueError):
        if 0.5 <= float(text) <= 8:
            return float(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no scale; write a number from 0.5 to 8")


def _port(text: str) -> int:
    """The number of a port; 0 for any that is free."""
    if text.isascii() and text.isdecimal() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port; write a number such as 8000")


def _add(commands: Any, runs: Runs, name: str, words: str) -> argparse.ArgumentParser:
    """One more command, which takes the options of all of them."""
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=runs[name].__doc__, parents=[_options()], allow_abbrev=False
    )
    command.set_defaults(run=runs[name])
    return command


def _options() -> argparse.ArgumentParser:
    """The options that every command takes."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument(
        "--project",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="folder of the tables (default: this folder)",
    )
    options.add_argument("--strict", action="store_true", help="warnings are errors")
    options.add_argument(
        "--json", action="store_true", help="problems and changes as JSON lines on stdout"
    )
    return options


def _valued(commands: Commands) -> set[str]:
    """The options that take a value: the word after one is no command, and its minus its own."""
    known = [option for command in commands.values() for option in command._actions]
    return {name for option in known if option.nargs != 0 for name in option.option_strings}


def _tied(words: Sequence[str], commands: Commands) -> list[str]:
    """The words with a year BCE or a zone after its option, whose minus would be an option's."""
    valued = _valued(commands)
    tied: list[str] = []
    for word in words:
        if tied and tied[-1] in valued and word[:1] == "-" and word[1:2].isdigit():
            tied[-1] += f"={word}"
        else:
            tied.append(word)
    return tied


def _command_first(words: list[str], commands: Commands) -> list[str]:
    """The words with the command before its options, `build` where none is named."""
    valued = _valued(commands)
    for at, word in enumerate(words):
        if word.startswith("-") or (at and words[at - 1] in valued):
            continue
        return [word, *words[:at], *words[at + 1 :]] if word in commands else ["build", *words]
    return words if {"-h", "--help"} & set(words) else ["build", *words]
