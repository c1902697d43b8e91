"""Where things stand in the repository."""

from pathlib import Path

__all__ = ["MINICOURSE", "ROOT"]

ROOT = Path(__file__).resolve().parents[2]
MINICOURSE = ROOT / "tests" / "minicourse"
