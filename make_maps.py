"""The door: makes the maps of a project folder, or says what is wrong with its tables.

`--help` names the commands, and README.md says more of them.
"""

from __future__ import annotations

import argparse
import errno
import gc
import io
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from maps.commandline import LEAST_SIDE, WrongUsage, read_words

if TYPE_CHECKING:
    from events.problem import Problem
    from events.record import Tables
    from events.when import When
    from maps.difference import Change
    from maps.report import Report
    from maps.site import Project
    from maps.story import Story
    from maps.takeaway.camera import Frame
    from maps.writing import Written

DONE, PROBLEMS, WRONG_USAGE, MISSING_TOOL = range(4)
INTERRUPTED = 130  # as shells have it
MOST_NAMED = 5  # pages that a summary names
MOST_CHANGES = 20  # told in words
USUAL_SIZES = {".png": (1920, 1080), ".mp4": (1280, 720), ".gif": (800, 450)}
USUAL_RATES = {".mp4": 24, ".gif": 10}  # frames a second
USUAL_WIDTH = 1280  # of a window, in whose size words are written
ROOMS = ("events", "geodata", "maps")
# Of requirements-extras.txt.
EXTRAS = ("playwright", "greenlet", "pyee", "pptx", "lxml", "PIL", "pypdf", "av")
Take = Callable[["Story", str, "Tables"], bytes]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status."""
    _write_utf8()
    try:
        options = read_words(sys.argv[1:] if argv is None else argv, COMMANDS)
    except WrongUsage as wrong:
        print(f"make_maps: {wrong}", file=sys.stderr)
        return WRONG_USAGE
    collecting = gc.isenabled()
    gc.disable()  # nearly all that is made is kept: looking for garbage takes a quarter of the time
    try:
        return int(options.run(options))
    except ModuleNotFoundError as missing:
        package = (missing.name or "").partition(".")[0]
        if package in ROOMS:
            raise
        named = "requirements-extras.txt" if package in EXTRAS else "requirements.txt"
        print(f"{package} is missing; run: pip install -r {named}", file=sys.stderr)
        return MISSING_TOOL
    except OSError as failed:
        print(f"make_maps: {_in_one_line(failed)}", file=sys.stderr)
        return PROBLEMS
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        if collecting:
            gc.enable()


def build(options: argparse.Namespace) -> int:
    """Checks the tables and writes the site."""
    from maps.again import build as build_again
    from maps.report import UnknownStory

    asked = (options.project, options.out, options.stories, options.strict, options.force)
    try:
        report = build_again(*asked, _say)
    except UnknownStory as wrong:
        print(f"make_maps: {wrong}", file=sys.stderr)
        return WRONG_USAGE
    return _finish(report, options)


def _finish(report: Report, options: argparse.Namespace) -> int:
    """Says what a build found and did, and gives the exit status."""
    from maps.report import stops

    _print_problems(report.problems, options.json)
    found = _count(report.problems)
    if stops(report.problems, options.strict):
        _print_summary(f"{found}; nothing written", options.json)
        return PROBLEMS
    _print_changes(report.changes, options.json)
    done = "; ".join((_told(report.written), f"{report.seconds:.1f} s", found))
    _print_summary(f"{options.out}: {done}", options.json)
    return DONE


def serve(options: argparse.Namespace) -> int:
    """Builds, serves the site on this machine, and builds again whenever a table is saved."""
    from maps.serve import serve as serve_site

    def tell(done: Report | OSError) -> None:
        if isinstance(done, OSError):
            print(f"make_maps: {_in_one_line(done)}", file=sys.stderr)
        else:
            _finish(done, options)
        sys.stdout.flush()

    def ready(url: str) -> None:
        _print_summary(f"{url} shows the site; Ctrl-C stops", options.json)
        sys.stdout.flush()

    if not options.project.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such folder", str(options.project))
    with suppress(KeyboardInterrupt):
        serve_site(options.project, options.out, options.strict, options.port, tell, ready)
    return DONE


def check(options: argparse.Namespace) -> int:
    """Says what is wrong with the tables and writes nothing."""
    from maps.again import check as check_again
    from maps.report import stops

    problems = check_again(options.project)
    _print_problems(problems, options.json)
    _print_summary(_count(problems), options.json)
    return PROBLEMS if stops(problems, options.strict) else DONE


def export(options: argparse.Namespace) -> int:
    """Writes one map in another format; with --at, the ground as of that moment too."""
    from importlib import import_module

    from maps.site import read_project
    from maps.writing import write_file

    project = read_project(options.project)
    if not _is_sound(project, options):
        return PROBLEMS
    try:
        story = _story(project, options.story, options.at)
    except ValueError as wrong:
        print(f"make_maps: {wrong}", file=sys.stderr)
        return WRONG_USAGE
    file_in = getattr(import_module(f"maps.export.{options.to}"), options.to)
    file = file_in(story, project.tables, project.ground, options.at)
    content = file if isinstance(file, bytes) else file.encode()
    if options.out:
        write_file(options.out, content)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    return DONE


def import_file(options: argparse.Namespace) -> int:
    """Makes a project folder that builds from a file of another program."""
    from events.imports.addresses import is_address
    from events.imports.bringing import WrongOption, bring

    source = options.file if is_address(options.file) else Path(options.file)
    said = {"zone": options.zone, "encoding": options.encoding}
    try:
        found = bring(source, options.map, options.prefer or (), **said)
    except WrongOption as wrong:
        print(f"make_maps: {wrong}", file=sys.stderr)
        return WRONG_USAGE
    for line in found.notes:
        _print_summary(line, options.json)
    _print_problems(found.problems, options.json)
    if not found.texts or (found.problems and options.strict):
        _print_summary(f"{_number(found.events, 'event')}; nothing written", options.json)
        return PROBLEMS
    from events.writing import write_folder

    write_folder(options.out, found.texts)
    made = f"{options.out}: {_number(found.events, 'event')}"
    if found.routes:
        made += f" and {_number(found.routes, 'route')}"
    if found.left_out:
        made += f"; {found.left_out:,} left out, with reasons, in {options.out / 'left_out.csv'}"
    _print_summary(made, options.json)
    return DONE


def new(options: argparse.Namespace) -> int:
    """Makes a small project that builds as it is, with a README that says how to change it."""
    from events.writing import write_folder
    from maps.starting import starting_texts

    write_folder(options.folder, starting_texts())
    print(f"{options.folder}: a small project; read its README.md, and build it with")
    paths = (options.folder, options.folder / "site")
    folder, site = (f'"{path}"' if " " in str(path) else path for path in paths)
    print(f"python make_maps.py --project {folder} --out {site}")
    return DONE


def still(options: argparse.Namespace) -> int:
    """Takes a picture of one map as of a moment or a chapter."""
    from maps.asking import chapter_of
    from maps.takeaway.still import still

    def take(story: Story, page: str, tables: Tables) -> bytes:
        _say("taking the picture")
        asked = (options.link or "").rpartition("#")[2]
        if options.chapter:
            asked = chapter_of(story, options.chapter).address
        size = options.size or USUAL_SIZES[".png"]
        return still(page, _frame(options, size), asked, options.at)

    return _take(options, take, options.at)


def slides(options: argparse.Namespace) -> int:
    """Makes a deck of slides of one map, a slide a chapter, with notes and sources."""
    from maps.takeaway.slides import slides
    from maps.takeaway.video import Pace

    pace = Pace(options.seconds, USUAL_RATES[".mp4"]) if options.video else None

    def take(story: Story, page: str, tables: Tables) -> bytes:
        where = f"{options.site.rstrip('/') + '/' if options.site else ''}{story.slug}.html"
        return slides(page, story, tables, where, _say, pace)

    return _take(options, take)


def video(options: argparse.Namespace) -> int:
    """Films one map, its clock running: the whole story, a chapter, or a time."""
    from maps.asking import chapter_of
    from maps.takeaway.video import Pace, shots, video

    suffix = options.out.suffix.lower()
    width, height = options.size or USUAL_SIZES[suffix]
    even = width - width % 2, height - height % 2  # as encoders want it
    pace = Pace(options.seconds, options.rate or USUAL_RATES[suffix])

    def take(story: Story, page: str, tables: Tables) -> bytes:
        chapter = chapter_of(story, options.chapter) if options.chapter else None
        frame, shown = _frame(options, even), shots(story, chapter, options.at)
        film = video(page, shown, frame, pace, suffix, _say)
        length = f"{film.frames:,} frames of {frame.width} × {frame.height}"
        _print_summary(f"{length}, {film.frames / pace.rate:.1f} s", options.json)
        return film.content

    return _take(options, take, options.at)


def handout(options: argparse.Namespace) -> int:
    """Puts one map on paper: its contents, and a page a chapter."""
    from maps.takeaway.handout import handout

    return _take(options, lambda story, page, tables: handout(page, story, _say))


def _frame(options: argparse.Namespace, size: tuple[int, int]) -> Frame:
    """How pictures of a size are taken. ValueError where little is left of the page."""
    from maps.takeaway.camera import Frame

    width, height = size
    scale = options.scale or max(1.0, width / USUAL_WIDTH)
    if min(size) / scale < LEAST_SIDE:
        raise ValueError(f"at a scale of {scale:g} {width} × {height} pixels hold too little")
    return Frame(width, height, scale, options.ui, options.theme)


def _take(options: argparse.Namespace, take: Take, at: When | None = None) -> int:
    """Writes what is taken of one map's page into a file."""
    from maps.again import reading
    from maps.site import made_page
    from maps.takeaway.camera import MissingTool
    from maps.writing import check_place, write_file

    check_place(options.out)
    try:
        _say("reading the tables")
        with reading(options.project) as (project, memory):
            if not _is_sound(project, options):
                return PROBLEMS
            story = _story(project, options.story, at)
            _say(f"making {story.slug}.html")
            page = made_page(project, story, memory)
        content = take(story, page, project.tables)
    except ValueError as wrong:
        print(f"make_maps: {wrong}", file=sys.stderr)
        return WRONG_USAGE
    except MissingTool as missing:
        print(f"make_maps: {missing}", file=sys.stderr)
        return MISSING_TOOL
    write_file(options.out, content)
    _print_summary(f"{options.out}: {len(content) / 1000:,.0f} kB", options.json)
    return DONE


def _story(project: Project, name: str, at: When | None) -> Story:
    """The story of a name. ValueError in words where there is none, or no such time in it."""
    from maps.asking import check_reached
    from maps.site import choose_stories

    (story,) = choose_stories(project.stories, [name])
    if at:
        check_reached(story, at)
    return story


def _is_sound(project: Project, options: argparse.Namespace) -> bool:
    """Prints a project's problems, and says whether they leave anything to be made of it."""
    from maps.report import stops

    _print_problems(project.problems, options.json)
    if not stops(project.problems, options.strict):
        return True
    _print_summary(f"{_count(project.problems)}; nothing written", options.json)
    return False


def _print_problems(problems: Iterable[Problem], as_json: bool) -> None:
    """One line a problem: JSON on stdout, or words on stderr."""
    for problem in problems:
        if as_json:
            print(json.dumps(problem.as_json(), ensure_ascii=False))
        else:
            print(problem, file=sys.stderr)


def _print_changes(changes: Sequence[Change], as_json: bool) -> None:
    """What an edit did: JSON for all of it, or words for the first."""
    for change in changes if as_json else changes[:MOST_CHANGES]:
        print(json.dumps(change.as_json(), ensure_ascii=False) if as_json else change)
    if len(changes) > MOST_CHANGES and not as_json:
        print(f"... and {len(changes) - MOST_CHANGES:,} more changes")


def _print_summary(text: str, as_json: bool) -> None:
    """The last line; on stderr where stdout is for JSON alone."""
    print(text, file=sys.stderr if as_json else sys.stdout)


def _count(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    errors = sum(problem.severity == "error" for problem in problems)
    counted = ((errors, "error"), (len(problems) - errors, "warning"))
    return ", ".join(_number(number, noun) for number, noun in counted if number) or "no problems"


def _told(written: Written) -> str:
    """What a build made, what it kept, and what went."""
    done = zip(("made", "kept", "removed"), written, strict=True)
    return ", ".join(f"{word} {_listed(names)}" for word, names in done if names)


def _listed(names: Sequence[str]) -> str:
    """The names of pages, and how many files beside them; of many pages how many."""
    pages = [name.removesuffix(".html") for name in names if name.endswith(".html")]
    others = _number(len(names) - len(pages), "file")
    told = _number(len(pages), "page") if len(pages) > MOST_NAMED else " ".join(pages)
    return " and ".join(filter(None, (told, others if len(pages) < len(names) else "")))


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _in_one_line(failed: OSError) -> str:
    """What the system refused, and for which file."""
    what = failed.strerror or str(failed) or type(failed).__name__
    where = failed.filename2 or failed.filename
    parts = (str(where), what) if where else (what,)
    return " ".join(": ".join(parts).split())


def _say(step: str) -> None:
    """Shows progress to who sits before it, and to nobody else."""
    if sys.stderr.isatty():
        print(f"{step} ...", file=sys.stderr)


def _write_utf8() -> None:
    """Makes both streams UTF-8 whatever the system's locale, so that every name can be printed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


COMMANDS = {
    "build": build,
    "serve": serve,
    "check": check,
    "export": export,
    "import": import_file,
    "still": still,
    "slides": slides,
    "video": video,
    "handout": handout,
    "new": new,
}

if __name__ == "__main__":
    sys.exit(main())
