"""Findings, and the checks that produce them: no network, no language model."""

from summarizer.checks.codes import CODES, Code, finding
from summarizer.checks.sets import check_summary, check_translated

__all__ = ["CODES", "Code", "check_summary", "check_translated", "finding"]
