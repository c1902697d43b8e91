"""The MIME types that mark the course's own outputs in a notebook, for students' kernels and the grader."""

__all__ = ["MIME", "SKIP_MIME", "TRUTH_MIME"]

MIME = "application/vnd.first-descent.prediction+json"  # a locked prediction
SKIP_MIME = "application/vnd.first-descent.skip+json"  # the student saw the answer before predicting
TRUTH_MIME = "application/vnd.first-descent.truth+json"  # what happened, saved with a gap for the class report
