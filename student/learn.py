"""Start the course: `make learn`, or `python learn.py` without make.

Makes .venv, installs what the lessons need, copies the released lessons into work/ and opens the first one in
JupyterLab on this computer. A second start installs nothing. Standard library only. The file parses on
Python 3.6, so that an old Python prints the cure, not a syntax error.
"""

import argparse
import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from environment import (
    HERE,
    ROOT,
    VENV,
    Trouble,
    again,
    clean_environment,
    prepare,
    python_that_fits,
    say,
    venv_python,
)

WORK = ROOT / "work"
START_SECONDS = 60
# No pop-ups: no news, update notices or offers to rebuild.
LAB_SETTINGS = {
    "overrides.json": {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
    },
    "page_config.json": {"buildAvailable": False, "buildCheck": False},
}
# JupyterLab without the grammar of internationalised web addresses: compiling it takes a third of the start-up
# time, and nothing here uses it.
LAB = "import sys; sys.modules['rfc3987_syntax'] = None; from jupyterlab.labapp import main; sys.exit(main())"


# --- The lessons -----------------------------------------------------------------------------------------


def released_lessons():
    """Return the folders of the released lessons, in order; raise Trouble if there are none."""
    lessons = sorted(path.parent for path in (ROOT / "release").glob("*/*.ipynb") if path.stem == path.parent.name)
    if not lessons:
        raise Trouble(
            "There is no lesson in {}. Cure: get the complete course folder again.".format(ROOT / "release")
        )
    return lessons


def copy_lessons(lessons):
    """Copy what is new in the release into work/, never over an existing file; print what was done."""
    record = WORK / ".released.json"
    known = read_json(record) or {}
    WORK.mkdir(exist_ok=True)
    for lesson in lessons:
        for source in sorted(path for path in lesson.rglob("*") if path.is_file()):
            name = source.relative_to(lesson.parent)
            content = source.read_bytes()
            known[name.as_posix()] = copy_new(content, WORK / name, known.get(name.as_posix()))
    partial = record.with_suffix(".part")
    partial.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")
    os.replace(str(partial), str(record))


def read_json(path):
    """Return the content of a JSON file, None if it is missing or damaged."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def copy_new(content, target, known):
    """Write a released file, or put it beside the student's own if that exists; return its hash.

    `known` is the hash of the release copied before, or None.
    """
    digest = hashlib.sha256(content).hexdigest()
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    elif digest != known and content != target.read_bytes() and is_newer(content, target, known):
        beside = target.with_name(f"{target.stem}.new-{digest[:6]}{target.suffix}")
        beside.write_bytes(content)
        say(f"{shown(target)} has a newer release. Yours is untouched; the new one is {shown(beside)}.")
    return digest


def is_newer(content, target, known):
    """Return whether released `content` differs from the release that the student's file was made from."""
    if known is not None:
        return True  # the caller has seen that its hash differs
    old, new = version(target.read_bytes()), version(content)
    return old is None or old != new


def version(content):
    """Return the lesson version in a notebook's metadata, or None."""
    try:
        return json.loads(content.decode("utf-8"))["metadata"]["first_descent"]["version"]
    except (ValueError, KeyError, TypeError):
        return None


def shown(path):
    """Return a path relative to the course folder."""
    return path.relative_to(ROOT).as_posix()


# --- JupyterLab ------------------------------------------------------------------------------------------


def port_number(text):
    """Return the port as an int; raise Trouble if it is not a port number."""
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise Trouble(f"PORT={text} is not a port number. Cure: `{again(8889)}`.")


def is_free(port):
    """Return whether JupyterLab can listen on 127.0.0.1:`port`; raise Trouble for a reserved port."""
    with socket.socket() as probe:
        if os.name != "nt":  # on Windows it would allow a port in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Trouble(f"Port {port} is reserved for the system. Cure: `{again(8889)}`.") from None
        except OSError:
            return False
    return True


def answers(port, token):
    """Return whether our JupyterLab answers on `port`."""
    request = Request(f"http://127.0.0.1:{port}/api/status", headers={"Authorization": "token " + token})
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=5) as reply:
            return reply.status == 200
    except (OSError, HTTPError, ValueError):
        return False


def already_running(port):
    """Return the token of the course's JupyterLab if that is what holds `port`, else None."""
    running = read_json(VENV / "running.json") or {}
    token = running.get("token")
    return token if running.get("port") == port and answers(port, token) else None


def free_port_after(port):
    """Return the next free port above `port`."""
    return next((other for other in range(port + 1, port + 50) if other > 1023 and is_free(other)), 0)


def write_private(path, text):
    """Write a file that only this user can read: it holds the token."""
    path.unlink() if path.exists() else None
    with os.fdopen(os.open(str(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def address(port, lesson, token):
    """Return the address of a lesson in our JupyterLab."""
    return "http://127.0.0.1:{}/lab/tree/{}?token={}".format(
        port, shown(WORK / lesson / (lesson + ".ipynb")), token
    )


def open_browser(url):
    """Open the lesson through a private page: other users could read a token on the command line."""
    page = VENV / "open.html"
    write_private(page, f'<!doctype html><meta http-equiv="refresh" content="0; url={url}">')
    webbrowser.open(page.as_uri())


def quiet_lab():
    """Write JupyterLab's settings into .venv."""
    folder = VENV / "share/jupyter/lab/settings"
    folder.mkdir(parents=True, exist_ok=True)
    for name, settings in LAB_SETTINGS.items():
        (folder / name).write_text(json.dumps(settings))


def lab_environment(token):
    """Return JupyterLab's environment variables."""
    environment = clean_environment()
    environment.update(
        JUPYTER_TOKEN=token,  # not on the command line, which other users can read
        JUPYTER_PREFER_ENV_PATH="1",
        JUPYTERLAB_WORKSPACES_DIR=str(VENV / "share/jupyter/lab/workspaces"),
    )
    return environment


def run_lab(port, lesson, browser):
    """Run JupyterLab until it is stopped; return its exit code."""
    quiet_lab()
    token = secrets.token_hex(24)
    url = address(port, lesson, token)
    command = [str(venv_python()), "-c", LAB, *lab_options(port, url)]
    log = VENV / "jupyterlab.log"
    with log.open("wb") as file:
        lab = subprocess.Popen(
            command, env=lab_environment(token), cwd=str(ROOT), stdin=subprocess.DEVNULL, stdout=file, stderr=file
        )
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C reaches JupyterLab, which then ends
    signal.signal(signal.SIGTERM, lambda *_: lab.terminate())
    if not comes_up(lab, port, token):
        lab.kill()
        raise Trouble(
            f"JupyterLab did not start: see {log} for the reason. Cure: remove {VENV}, then `{again()}`."
        )
    write_private(VENV / "running.json", json.dumps({"port": port, "token": token}))
    say(f"The course is open at\n\n    {url}\n\nLeave this window open while you work; Ctrl-C here ends it.")
    if browser:
        open_browser(url)
    return lab.wait()


def comes_up(lab, port, token):
    """Wait until JupyterLab answers, ends or takes too long; return whether it answers."""
    deadline = time.monotonic() + START_SECONDS
    while lab.poll() is None and time.monotonic() < deadline:
        if answers(port, token):
            return True
        time.sleep(0.1)
    return False


def lab_options(port, url):
    """Return JupyterLab's command-line options."""
    options = [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={ROOT}",
        "--ServerApp.open_browser=False",
        "--ServerApp.answer_yes=True",
        "--Application.log_level=WARN",
        "--LabApp.default_url={}".format(url[url.index("/lab/") : url.index("?")]),
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    return options


def arguments():
    """Read the command line; PORT and BROWSER default to the environment variables that make sets."""
    parser = argparse.ArgumentParser(description="Open the course in JupyterLab on this computer.")
    parser.add_argument("--port", default=os.environ.get("PORT") or "8888", help="default 8888")
    parser.add_argument("--no-browser", action="store_true", help="print the address only")
    options = parser.parse_args()
    options.no_browser = options.no_browser or os.environ.get("BROWSER") == "no"
    return options


def start(options):
    """Run all steps; return the exit code."""
    port = port_number(options.port)
    lessons = released_lessons()
    first = lessons[0].name
    if not is_free(port):
        token = already_running(port)
        if token is None:
            raise Trouble(f"Port {port} is in use. Cure: `{again(free_port_after(port))}`.")
        say(f"The course is already open at\n\n    {address(port, first, token)}")
        return 0
    prepare(HERE / "requirements.txt", ".student", [ROOT / "course"])
    copy_lessons(lessons)
    return run_lab(port, first, not options.no_browser)


def main():
    """Start the course, or print in one line why not, with the cure; return the exit code."""
    try:
        options = arguments()
        newer = python_that_fits()
        if newer is not None:
            return subprocess.call([newer, *sys.argv])
        return start(options)
    except Trouble as trouble:
        say(str(trouble))
    except OSError as error:
        say(f"{error}. Cure: close what uses the course folder, or move it where you may write; then `{again()}`.")
    except KeyboardInterrupt:
        say(f"Stopped. `{again()}` resumes from here.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
