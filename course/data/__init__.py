"""The lessons' data sets, the same for every reader: published numbers, or draws from a fixed seed.

No internal imports.
"""

from .line import line_data

__all__ = ["line_data"]
