"""Stock nbgrader commands and formgrader, run in this folder, do as `autograder` does."""

import sys
from pathlib import Path

here = Path(__file__).resolve().parent
if str(here) not in sys.path:
    sys.path.insert(0, str(here))

from autograder.pipelines import configure  # noqa: E402

configure(get_config(), here)  # noqa: F821
