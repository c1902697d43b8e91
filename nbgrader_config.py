"""Stock nbgrader commands and formgrader, run in this folder, do as `autograder` does."""

import sys
from pathlib import Path

here = Path(__file__).resolve().parent
if str(here) not in sys.path:
    sys.path.insert(0, str(here))

try:
    from autograder.grading.stock import configure
except ImportError as error:
    # nbgrader would go on with its own settings, which hand the solutions to students
    raise SystemExit(f"nbgrader_config.py: {error}. Install the course first: `make release`.") from None

configure(get_config(), here)  # noqa: F821
