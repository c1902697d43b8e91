# make learn    open the first lesson (PORT=8889, BROWSER=no)      make demo     a class of 30, released to graded
# make check    while you work: lint, types, and the fast tests of what changed since the last commit (a lesson: verify)
# make test     prove everything: unit, verify, notebooks, browser  make verify   prove the course alone
# make release  build the lessons and dist/student                 make bench    measure grading
# make lint     ruff and mypy                                      make lock     resolve the locks anew
# Each does its own set-up.
PYTHON ?= python3
BIN := .venv/bin

help:
	@sed -n 's/^# //p' Makefile | head -6

python:
	@command -v $(PYTHON) >/dev/null || { echo 'Python is missing. Cure: `sudo apt install python3 python3-venv` (Debian, Ubuntu) or python.org/downloads, then the same again.'; exit 1; }

learn: python
	@$(PYTHON) student/learn.py

develop: python
	@$(PYTHON) requirements/develop.py

system: python
	@$(PYTHON) requirements/develop.py --system

test: system
	@$(BIN)/python tests/run_all.py

check: system
	@$(BIN)/python -m tests.run_changed

verify: system
	@$(BIN)/autograder verify

release: develop
	@$(BIN)/autograder release

demo: system
	@$(BIN)/autograder demo

bench: system
	@$(BIN)/python benchmarks/bench.py

lint: develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@for lesson in source/*/; do (cd $$lesson && MYPYPATH=../.. ../../$(BIN)/mypy --config-file ../../pyproject.toml --cache-dir ../../.mypy_cache/$$lesson --allow-untyped-defs --allow-untyped-calls --disable-error-code no-redef --disable-error-code var-annotated --disable-error-code misc -p checks) || exit 1; done

UV := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --custom-compile-command "make lock" $(LOCK)
lock: develop
	$(UV) course/pyproject.toml requirements/student.in --output-file student/requirements.txt
	$(UV) pyproject.toml course/pyproject.toml requirements/student.in --extra dev --constraint student/requirements.txt \
		--no-emit-package first-descent --no-emit-package first-descent-course --output-file requirements/dev.txt

.PHONY: help python learn develop system test check verify release demo bench lint lock
