"""A real JupyterLab in a real Chromium: start it, open a notebook, run cells, change the theme, take pictures."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Locator, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CONTENT = "window.jupyterapp.shell.currentWidget.content"  # the open notebook, in the page
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
WINDOW = {"width": 1280, "height": 900}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def lab_command(folder: Path, port: int) -> list[str]:
    """Return the command of a JupyterLab on `folder`."""
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--ip", "127.0.0.1"]
    return [*command, "--port", str(port), f"--ServerApp.root_dir={folder}"]


def environment(settings: Path, python_path: str = "", guarded: bool = False) -> dict[str, str]:
    """Return an environment in which Jupyter keeps to the folder `settings` and can be driven from the page.

    A page needs no token, unless the server is `guarded` by one of its own.
    """
    settings.mkdir(parents=True, exist_ok=True)
    # `window.jupyterapp` in the page: commands and cells by their own interface, not by clicks on menus.
    config = {"LabApp": {"expose_app_in_browser": True, "news_url": None}}
    config |= {} if guarded else {"IdentityProvider": {"token": ""}}
    (settings / "jupyter_lab_config.json").write_text(json.dumps(config))
    apart = dict.fromkeys(("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"), str(settings))
    return {**os.environ, **apart, **({"PYTHONPATH": python_path} if python_path else {})}


class Server:
    """A JupyterLab of our own, or whatever `command` starts; it answers on `port`."""

    def __init__(self, command: list[str], port: int, environment: dict[str, str], log: Path) -> None:
        self.url, self._log = f"http://127.0.0.1:{port}", log
        with log.open("w") as stream:
            self._process = subprocess.Popen(
                command, env=environment, stdout=stream, stderr=subprocess.STDOUT, start_new_session=True
            )

    def wait(self, seconds: float = 60) -> None:
        """Return when the server answers; TimeoutError if it does not in time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/api", timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError(f"JupyterLab did not answer on {self.url} within {seconds} s")

    def printed(self, pattern: str, seconds: float = 60) -> str:
        """Return what first matches `pattern` in what the command prints, once it is there; else TimeoutError."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := re.search(pattern, self._log.read_text(errors="replace")):
                return found[0]
            if self._process.poll() is not None:
                raise ChildProcessError(f"the command ended, and said: {self._log.read_text(errors='replace')}")
            time.sleep(0.1)
        raise TimeoutError(f"no {pattern} within {seconds} s in: {self._log.read_text(errors='replace')}")

    def stop(self) -> None:
        """Stop the server and its kernels."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)


class Notebook:
    """One notebook open in the browser. Cells are counted from 0, Markdown cells included."""

    def __init__(self, page: Page, folder: Path, name: str) -> None:
        self.page, self.path = page, folder / name

    def cell(self, number: int) -> Locator:
        """Return a cell, scrolled into view (JupyterLab draws far cells only when they are near)."""
        cell = self.page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{number}"]')
        if not cell.count():
            self.page.evaluate(f"n => {CONTENT}.scrollToItem(n)", number)
        cell.first.wait_for(state="attached")
        cell.first.scroll_into_view_if_needed()
        return cell.first

    def index(self, cell_id: str) -> int:
        """Return the number of the cell with this id or grade_id, from the file on disk."""
        cells = self.saved()["cells"]
        for number, cell in enumerate(cells):
            if cell_id in (cell.get("id"), cell["metadata"].get("nbgrader", {}).get("grade_id")):
                return number
        raise LookupError(f"{self.path.name} has no cell {cell_id}")

    def saved(self) -> dict[str, Any]:
        """Return the notebook as it stands on disk."""
        return json.loads(self.path.read_text(encoding="utf-8"))

    def write(self, number: int, source: str) -> None:
        """Put `source` into a cell, without the editor's help with brackets and indents."""
        self.page.evaluate(
            f"([n, text]) => {CONTENT}.widgets[n].model.sharedModel.setSource(text)", [number, source]
        )

    def run(self, number: int, seconds: float = 60) -> Locator:
        """Run one cell and return it once the kernel is idle."""
        self.page.evaluate(f"n => {{ {CONTENT}.activeCellIndex = n; }}", number)
        self.command("notebook:run-cell")
        self.idle(seconds)
        return self.cell(number)

    def run_all(self, seconds: float = 120) -> None:
        """Run every cell."""
        self.command("notebook:run-all-cells")
        self.idle(seconds)

    def restart(self, seconds: float = 60) -> None:
        """Restart the kernel, without running anything."""
        self.page.evaluate(
            "async () => { await window.jupyterapp.shell.currentWidget.sessionContext.restartKernel(); }"
        )
        self.idle(seconds)

    def save(self) -> None:
        """Save the notebook."""
        self.command("docmanager:save")

    def command(self, name: str) -> None:
        """Execute a command of JupyterLab and wait for what it returns."""
        self.page.evaluate("async name => { await window.jupyterapp.commands.execute(name); }", name)

    def idle(self, seconds: float = 60) -> None:
        """Wait until the kernel has nothing left to do."""
        self.page.wait_for_function(
            """() => {
                const session = window.jupyterapp.shell.currentWidget?.sessionContext?.session;
                const cells = window.jupyterapp.shell.currentWidget?.content?.widgets ?? [];
                const waiting = cells.some(cell => cell.model?.executionState === 'running');
                return session?.kernel?.status === 'idle' && !waiting;
            }""",
            timeout=seconds * 1000,
        )
        self.page.wait_for_timeout(250)  # what came last is drawn a moment after the kernel is idle

    def draw(self, cell: Locator, points: list[tuple[float, float]], steps: int = 12) -> None:
        """Draw in the chart of a cell; `points` are shares of the chart's width and height from its lower left."""
        area = cell.locator(".bqplot .plotarea_events").first
        area.scroll_into_view_if_needed()
        self.page.wait_for_timeout(300)
        box = area.bounding_box()
        assert box is not None, "the chart is not drawn"
        places = [(box["x"] + x * box["width"], box["y"] + (1 - y) * box["height"]) for x, y in points]
        self.page.mouse.move(*places[0])
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*place, steps=steps)
        self.page.mouse.up()
        self.page.wait_for_timeout(400)

    def picture(self, path: Path, cell: Locator | None = None) -> None:
        """Write a screenshot of the page, or of one cell."""
        path.parent.mkdir(parents=True, exist_ok=True)
        (cell or self.page).screenshot(path=str(path))


class Lab:
    """A server on `folder` and a browser, for the length of a `with`; `settings` is Jupyter's own folder.

    `command` starts the server in another way than ours, such as `make learn`; it has to listen on `port`.
    """

    def __init__(
        self, folder: Path, settings: Path, port: int = 0, python_path: str = "", command: list[str] | None = None
    ) -> None:
        self.folder, self._settings, port = folder, settings, port or free_port()
        surroundings = environment(settings, python_path, guarded=command is not None)
        self.server = Server(command or lab_command(folder, port), port, surroundings, settings / "lab.log")

    def __enter__(self) -> Self:
        self.server.wait()
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.close()
        self._playwright.stop()
        self.server.stop()

    def theme(self, name: str) -> None:
        """Set the theme, "light" or "dark", of pages opened from now on."""
        place = self._settings / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
        place.mkdir(parents=True, exist_ok=True)
        (place / "themes.jupyterlab-settings").write_text(json.dumps({"theme": THEMES[name]}))
        # Or a question about news lies over the lower right corner of every picture.
        (place / "notification.jupyterlab-settings").write_text(json.dumps({"fetchNews": "false"}))

    def open(self, name: str, seconds: float = 60, address: str = "") -> Notebook:
        """Open a notebook of the folder in a page of its own, in a workspace of its own, or at `address`."""
        page = self._browser.new_page(viewport=WINDOW)
        workspace = f"test{time.monotonic_ns()}"
        page.goto(address or f"{self.server.url}/lab/workspaces/{workspace}/tree/{name}")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=seconds * 1000)
        notebook = Notebook(page, self.folder, name)
        notebook.idle(seconds)
        return notebook
