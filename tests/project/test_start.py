"""The start of the course: an environment made, mended and left alone; lessons that are never overwritten."""

from __future__ import annotations

import ast
import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.places import ROOT

sys.path.insert(0, str(ROOT / "student"))

import environment
import learn

LESSON = "01-first-descent"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course's folder with one released lesson, in the place of the real one."""
    monkeypatch.setenv("MAKELEVEL", "1")
    for module, name, path in [
        (learn, "ROOT", tmp_path),
        (learn, "WORK", tmp_path / "work"),
        (learn, "VENV", tmp_path / ".venv"),
        (environment, "ROOT", tmp_path),
        (environment, "VENV", tmp_path / ".venv"),
        (environment, "BEGUN", tmp_path / ".venv" / ".begun"),
    ]:
        monkeypatch.setattr(module, name, path)
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "pyproject.toml").write_text("[project]\n")
    release(tmp_path, "first")
    return tmp_path


def notebook(version: str, text: str = "") -> str:
    return json.dumps({"cells": [text], "metadata": {"first_descent": {"version": version}}})


def release(folder: Path, version: str) -> Path:
    path = folder / "release" / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebook(version))
    return path


def copy(folder: Path) -> list[str]:
    """Copy the lessons and return what lies in the lesson's folder then."""
    learn.copy_lessons(learn.released_lessons())
    return sorted(path.name for path in (folder / "work" / LESSON).iterdir())


# --- the lessons


def test_a_first_start_copies_the_released_lesson(folder: Path) -> None:
    assert copy(folder) == [f"{LESSON}.ipynb"]
    assert (folder / "work" / LESSON / f"{LESSON}.ipynb").read_text() == notebook("first")


def test_a_students_file_is_never_written_to(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy(folder)
    mine = folder / "work" / LESSON / f"{LESSON}.ipynb"
    mine.write_text(notebook("first", "my answer"))
    assert copy(folder) == [f"{LESSON}.ipynb"]
    assert mine.read_text() == notebook("first", "my answer")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("remembers", [True, False], ids=["", "without the record of the first copy"])
def test_a_newer_release_is_told_once_and_saved_beside(
    folder: Path, capsys: pytest.CaptureFixture[str], remembers: bool
) -> None:
    copy(folder)
    mine = folder / "work" / LESSON / f"{LESSON}.ipynb"
    mine.write_text(notebook("first", "my answer"))
    if not remembers:
        (folder / "work" / ".released.json").unlink()
    release(folder, "second")
    names = copy(folder)
    assert len(names) == 2 and re.fullmatch(rf"{LESSON}\.new-[0-9a-f]{{6}}\.ipynb", names[1])
    assert mine.read_text() == notebook("first", "my answer")
    assert (mine.parent / names[1]).read_text() == notebook("second")
    assert "has a newer release. Yours is untouched" in capsys.readouterr().out
    assert copy(folder) == names
    assert capsys.readouterr().out == ""


def test_the_same_release_beside_a_students_file_is_not_taken_for_a_newer_one(folder: Path) -> None:
    copy(folder)
    (folder / "work" / LESSON / f"{LESSON}.ipynb").write_text(notebook("first", "my answer"))
    (folder / "work" / ".released.json").unlink()
    assert copy(folder) == [f"{LESSON}.ipynb"]


def test_a_deleted_lesson_comes_back_as_released(folder: Path) -> None:
    copy(folder)
    (folder / "work" / LESSON / f"{LESSON}.ipynb").unlink()
    assert copy(folder) == [f"{LESSON}.ipynb"]


def test_a_damaged_record_of_copies_costs_nothing(folder: Path) -> None:
    copy(folder)
    (folder / "work" / ".released.json").write_text("{")
    assert copy(folder) == [f"{LESSON}.ipynb"]


def test_a_folder_without_lessons_is_told(folder: Path) -> None:
    shutil.rmtree(folder / "release")
    with pytest.raises(learn.Trouble, match=r"There is no lesson .* Cure: "):
        learn.released_lessons()


# --- Python and its packages


@pytest.mark.parametrize("file", ["learn.py", "environment.py"])
def test_an_old_python_can_read_the_start_script(file: str) -> None:
    assert ast.parse((ROOT / "student" / file).read_text(), feature_version=(3, 6))


def test_an_old_python_is_told_the_cure_in_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(
        environment.Trouble, match=r"^Python 3\.11 or newer is needed, this is 3\.9\. Cure: [^\n]*$"
    ):
        environment.python_that_fits()


def test_an_old_python_hands_over_to_a_newer_one_that_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    found = {"python3.13": "/nowhere/python3.13", "python3.12": sys.executable}
    monkeypatch.setattr(shutil, "which", found.get)
    monkeypatch.setattr(subprocess, "call", lambda command, **_: 0 if command[0] == sys.executable else 1)
    assert environment.python_that_fits() == sys.executable


@pytest.mark.parametrize(
    ("programs", "cure"),
    [
        ({"apt-get", "sudo"}, r"`sudo apt update && sudo apt install python3\.\d+-venv`"),
        ({"apt-get"}, r"ask the administrator for `apt install python3\.\d+-venv`"),
        (set(), "your system's package for Python's venv"),
    ],
)
def test_a_missing_venv_module_is_told_with_the_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch, programs: set[str], cure: str
) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda name: None)
    monkeypatch.setattr(environment, "administrator", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda name: name if name in programs else None)
    with pytest.raises(environment.Trouble, match=rf"^Python's venv module is missing\. Cure: .*{cure}"):
        environment.require_venv()


def test_apt_reads_its_lists_anew_where_a_machine_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def apt(command: list[str], **_: object) -> int:
        asked.append(command[4])
        return 0 if "update" in asked else 100

    monkeypatch.setattr(environment, "administrator", lambda: [])
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(subprocess, "call", apt)
    assert environment.apt_install("python3.11-venv")
    assert asked == ["install", "update", "install"]


@pytest.mark.parametrize(
    ("printed", "cure"),
    [
        (["WARNING: Retrying after NewConnectionError('...')", "ERROR: No matching distribution"], "no network"),
        (["ERROR: [Errno 28] No space left on device"], "the disk is full"),
        (["ERROR: No matching distribution found for numpy==2.4"], r"numpy==2.4\. Cure: `make learn` tries again"),
        ([], "no message"),
    ],
)
def test_a_failed_installation_is_explained_in_one_line(folder: Path, printed: list[str], cure: str) -> None:
    said = environment.explain(printed)
    assert re.search(cure, said) and "Cure: " in said and "\n" not in said


@pytest.fixture
def installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What pip was asked to install, instead of installing it; the environment is real but for pip itself."""
    asked: list[tuple[str, ...]] = []

    def without_pip(command: list[str], failure: str) -> None:
        subprocess.run([*command, "--without-pip"], check=True)
        site = subprocess.check_output(
            [environment.venv_python(), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
        )
        Path(site.strip(), "pip.py").touch()

    monkeypatch.setattr(environment, "run_logged", without_pip)
    monkeypatch.setattr(environment, "pip_install", lambda *words, **_: asked.append(words))
    (folder / "requirements.txt").write_text("numpy==2.4.0\n")
    return asked


def prepare(folder: Path) -> None:
    environment.prepare(folder / "requirements.txt", ".student", [folder / "course"])


def test_an_environment_is_made_once_and_again_when_its_lock_changes(
    folder: Path, installed: list[tuple[str, ...]]
) -> None:
    prepare(folder)
    assert environment.venv_python().exists() and environment.is_sound()
    assert [words[0] for words in installed] == ["--requirement", "--no-deps"]
    prepare(folder)
    assert len(installed) == 2
    (folder / "requirements.txt").write_text("numpy==2.4.1\n")
    prepare(folder)
    assert len(installed) == 4


def test_an_interrupted_installation_is_begun_anew(
    folder: Path,
    installed: list[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def interrupted(*words: str, **_: object) -> None:
        (folder / ".venv" / "half-made").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "pip_install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            prepare(folder)
    prepare(folder)
    assert "incomplete: making a new one" in capsys.readouterr().out
    assert not (folder / ".venv" / "half-made").exists()
    assert environment.is_sound() and len(installed) == 2


# --- JupyterLab


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that something else listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_in_use_is_told_with_a_free_one(folder: Path, taken: int) -> None:
    with pytest.raises(learn.Trouble) as trouble:
        learn.start(learn.argparse.Namespace(port=str(taken), no_browser=True))
    found = re.fullmatch(rf"Port {taken} is in use\. Cure: `make learn PORT=(\d+)`\.", str(trouble.value))
    assert found and learn.is_free(int(found[1]))


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "88 88", ""])
def test_what_is_no_port_is_told(folder: Path, text: str) -> None:
    with pytest.raises(learn.Trouble, match=r"is not a port number\. Cure: `make learn PORT=8889`\."):
        learn.port_number(text)


@pytest.mark.parametrize(
    ("variables", "words", "port", "no_browser"),
    [
        ({}, [], "8888", False),
        ({"PORT": "9000", "BROWSER": "no"}, [], "9000", True),
        ({"PORT": "", "BROWSER": "firefox"}, [], "8888", False),
        ({"PORT": "9000"}, ["--port", "9001", "--no-browser"], "9001", True),
    ],
)
def test_port_and_browser_come_from_make_or_the_command_line(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], words: list[str], port: str, no_browser: bool
) -> None:
    for name in ("PORT", "BROWSER"):
        monkeypatch.setenv(name, variables.get(name, ""))
    monkeypatch.setattr(sys, "argv", ["learn.py", *words])
    options = learn.arguments()
    assert (options.port, options.no_browser) == (port, no_browser)


def test_the_lab_listens_on_this_computer_only_and_keeps_its_token_off_the_command_line() -> None:
    options = learn.lab_options(8888, learn.address(8888, LESSON, "secret"))
    assert "--ServerApp.ip=127.0.0.1" in options and "--ServerApp.port_retries=0" in options
    assert f"--LabApp.default_url=/lab/tree/work/{LESSON}/{LESSON}.ipynb" in options
    assert not any("secret" in option or "token" in option for option in options)
    assert learn.lab_environment("secret")["JUPYTER_TOKEN"] == "secret"


def test_only_the_user_can_read_the_file_with_the_token(tmp_path: Path) -> None:
    for text in ("first", "second"):
        learn.write_private(tmp_path / "open.html", text)
    assert (tmp_path / "open.html").read_text() == "second"
    assert (tmp_path / "open.html").stat().st_mode & 0o077 == 0


# --- the commands that people are told


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "student/README.md"])
def test_every_make_target_that_a_page_names_exists(page: str) -> None:
    makefile = ROOT / ("student/Makefile" if page.startswith("student") else "Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile.read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^ *)make ([a-z]+)", (ROOT / page).read_text(), re.MULTILINE))
    assert named and named <= targets


@pytest.mark.parametrize("makefile", ["Makefile", "student/Makefile"])
def test_a_machine_without_python_is_told(makefile: str, tmp_path: Path) -> None:
    for program in ("make", "sh", "echo"):
        (tmp_path / program).symlink_to(shutil.which(program) or "/bin/" + program)
    command = ["make", "-f", ROOT / makefile, "learn"]
    ended = subprocess.run(command, cwd=tmp_path, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert ended.returncode != 0
    assert ended.stdout.startswith("Python is missing. Cure: `sudo apt install python3 python3-venv`")
    assert ended.stdout.count("\n") == 1
