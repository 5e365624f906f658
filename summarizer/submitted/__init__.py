"""Summaries and translations that somebody else wrote: read back, laid beside the article, checked."""

from summarizer.submitted.reading import Submitted, SubmittedLine, read_submitted
from summarizer.submitted.verdict import Checked, check_submitted

__all__ = ["Checked", "Submitted", "SubmittedLine", "check_submitted", "read_submitted"]
