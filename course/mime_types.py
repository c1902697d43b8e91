"""The MIME types by which outputs of the course are known, in a notebook and to whoever reads one."""

__all__ = ["MIME", "SKIP_MIME", "TRUTH_MIME"]

MIME = "application/vnd.first-descent.prediction+json"  # a locked prediction
SKIP_MIME = "application/vnd.first-descent.skip+json"  # the answer was shown before any prediction
TRUTH_MIME = "application/vnd.first-descent.truth+json"  # beside a gap: what happened, for a class report
