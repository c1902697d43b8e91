"""The lessons' data sets, the same for every reader: published numbers, or draws from a fixed seed.

Imports nothing of ours.
"""

from .line import line_data

__all__ = ["line_data"]
