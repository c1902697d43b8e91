"""A real Dask cluster for tests: a scheduler and two workers, each a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.places import ROOT


@contextlib.contextmanager
def dask_cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """The scheduler's address, and the workers; `folder` is for their files."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error"}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    file = folder / "scheduler.json"
    started = [
        subprocess.Popen(
            [*dask, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file],
            env=environment,
            cwd=folder,
        )
    ]
    try:
        for _ in range(2):
            words = ["--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
            worker = [sys.executable, "-m", "distributed.cli.dask_worker", *words, "--scheduler-file", file]
            started.append(subprocess.Popen(worker, env=environment, cwd=folder))
        ends = time.monotonic() + 60
        address = ""
        while not address and time.monotonic() < ends:
            time.sleep(0.1)
            with contextlib.suppress(FileNotFoundError, ValueError):  # it is there before it is written
                address = json.loads(file.read_text())["address"]
        from distributed import Client

        with Client(address, timeout=30) as client:
            client.wait_for_workers(2, timeout=60)
        yield address, started[1:]
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()
