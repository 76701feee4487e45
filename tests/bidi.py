"""Drives a Firefox as it is, by WebDriver BiDi: no driver beside it, only a web socket.

Only what the tests need is here: open a page from disk, ask its scripts, press keys, take pictures,
and note what it says in its console and asks of a network.
"""

from __future__ import annotations

import base64
import io
import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from PIL import Image
from websockets.sync.client import ClientConnection, connect

SECONDS = 60  # to start, or to answer
LOCAL = ("file", "data", "blob", "about")
# A browser that calls nobody at home: even what no switch here names ends at a closed door.
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "messaging-system.rsexperimentloader.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "toolkit.telemetry.enabled": False,
}


class Refused(Exception):
    """What Firefox says where it cannot do what it was asked."""


class Firefox:
    """One tab of a running Firefox."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._asked = 0
        self.errors: list[str] = []  # of its console, warnings too
        self.requests: list[str] = []  # that leave the machine
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self._tab: str = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def resize(self, width: int, height: int) -> None:
        """Gives the page a window of so many CSS pixels."""
        window = {"width": width, "height": height}
        self._ask("browsingContext.setViewport", context=self._tab, viewport=window)

    def open(self, address: str) -> None:
        """Goes to an address and waits until it has loaded."""
        self._ask("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def evaluate(self, expression: str, *values: Any) -> Any:
        """What an expression gives, awaited; a function is called with the values."""
        function = f"""async (...texts) => {{
            const asked = ({expression});
            const values = texts.map(text => JSON.parse(text));
            return JSON.stringify(await (typeof asked === "function" ? asked(...values) : asked));
        }}"""
        answer = self._ask(
            "script.callFunction",
            functionDeclaration=function,
            arguments=[{"type": "string", "value": json.dumps(value)} for value in values],
            target={"context": self._tab},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise Refused(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def press(self, *keys: str) -> None:
        """Presses keys one after the other: letters, or the code points of WebDriver's keys."""
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": strokes})

    def click(self, selector: str) -> None:
        """Presses the mouse on the middle of an element."""
        spot = self.evaluate(
            """selector => {
                const { x, y, width, height } =
                    document.querySelector(selector).getBoundingClientRect();
                return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
            }""",
            selector,
        )
        moves = [
            {"type": "pointerMove", **spot},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "mouse", "actions": moves})

    def picture(self) -> Image.Image:
        """The window as it is now."""
        shot = self._ask("browsingContext.captureScreenshot", context=self._tab)
        return Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")

    def _act(self, source: dict[str, Any]) -> None:
        self._ask("input.performActions", context=self._tab, actions=[source])

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Sends a command and gives its result; what is told meanwhile is noted."""
        self._asked += 1
        command = {"id": self._asked, "method": method, "params": parameters}
        self._socket.send(json.dumps(command))
        while True:
            told = json.loads(self._socket.recv(timeout=SECONDS))
            if told.get("id") == self._asked:
                break
            self._note(told.get("method"), told.get("params", {}))
        if told["type"] == "error":
            raise Refused(f"{method}: {told['message']}")
        return told["result"]

    def _note(self, event: str, told: dict[str, Any]) -> None:
        if event == "log.entryAdded" and told["level"] in ("warn", "error"):
            self.errors.append(told["text"])
        if event == "network.beforeRequestSent":
            address = told["request"]["url"]
            if urlsplit(address).scheme not in LOCAL:
                self.requests.append(address)


@contextmanager
def firefox(program: Path) -> Iterator[Firefox]:
    """A headless Firefox with a home of its own, ended and forgotten afterwards."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as home:
        _write_preferences(Path(home))
        command = [str(program), "--headless", "--no-remote", "--remote-debugging-port=0"]
        with (Path(home) / "said.txt").open("wb") as said:
            running = subprocess.Popen(
                [*command, "--profile", home],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env=os.environ | {"HOME": home, "MOZ_CRASHREPORTER_DISABLE": "1"},
            )
        try:
            with connect(_door(running, Path(home)), max_size=None) as socket:
                yield Firefox(socket)
        finally:
            running.terminate()
            running.wait(SECONDS)


def _write_preferences(profile: Path) -> None:
    lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")


def _door(running: subprocess.Popen[bytes], profile: Path) -> str:
    """The address at which Firefox listens, once it has said so."""
    said = profile / "said.txt"
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and running.poll() is None:
        listening = re.search(r"listening on (ws://\S+)", said.read_text("utf-8", "replace"))
        if listening:
            return f"{listening[1]}/session"
        time.sleep(0.05)
    raise Refused(f"Firefox did not start: {said.read_text('utf-8', 'replace')}")
