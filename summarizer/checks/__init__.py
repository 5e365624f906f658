"""Findings, and the checks that produce them: no network, no language model."""

from summarizer.checks.codes import CODES, Code, finding
from summarizer.checks.sets import check_summary, check_translated
from summarizer.checks.single import check_claim, check_translation

__all__ = ["CODES", "Code", "check_claim", "check_summary", "check_translated", "check_translation", "finding"]
