"""Summaries and translations that somebody else wrote: read back, laid beside the article, checked."""

from summarizer.submitted.lines import Submitted, SubmittedLine
from summarizer.submitted.reading import read_submitted, submitted_in
from summarizer.submitted.verdict import Checked, check_submitted

__all__ = ["Checked", "Submitted", "SubmittedLine", "check_submitted", "read_submitted", "submitted_in"]
