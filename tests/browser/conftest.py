"""What the browser tests share: pages that a whole module looks at, and projects made of rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import READY, Watch
from playwright.sync_api import Browser, BrowserContext, Page

from maps.site import build

Rows = Sequence[Sequence[object]]
MakeSite = Callable[..., Path]


@pytest.fixture(scope="module")
def shared_page(browser: Browser, site: Path) -> Iterator[Callable[..., Page]]:
    """As `open_page`, but the pages stay open until the module's last test, and never move by
    themselves: views are cut to, not flown to. `first` is a script that runs before the page's own.
    """
    watch = Watch()
    contexts: list[BrowserContext] = []

    def opened(
        path: str = "two-directions.html",
        within: Path = site,
        ready: bool = True,
        first: str = "",
        **options: Any,
    ) -> Page:
        settings = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
        context = browser.new_context(offline=True, **(settings | options))
        contexts.append(context)
        watch.over(context)
        context.add_init_script(first)
        page = context.new_page()
        name, rest = re.fullmatch(r"([^?#]*)(.*)", path).groups()
        page.goto((within / name).resolve().as_uri() + rest)
        if ready:
            assert page.evaluate(READY), f"no map: {watch.errors}"
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not watch.requests, f"asked for {watch.requests}"
    assert not watch.errors, "\n".join(watch.errors)


@pytest.fixture(scope="module")
def make_site(tmp_path_factory: pytest.TempPathFactory) -> MakeSite:
    """Builds a project of files, {path: text, bytes or rows of cells}, and gives its site."""

    def made(files: dict[str, str | bytes | Rows], name: str = "a-small-war") -> Path:
        folder = tmp_path_factory.mktemp("project") / name
        for path, content in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                file.write_bytes(content)
                continue
            with file.open("w", encoding="utf-8", newline="") as opened:
                if isinstance(content, str):
                    opened.write(content)
                else:
                    csv.writer(opened, lineterminator="\n").writerows(content)
        out = folder.parent / "site"
        report = build(folder, out)
        errors = [str(problem) for problem in report.problems if problem.severity == "error"]
        assert not errors, "\n".join(errors)
        return out

    return made
