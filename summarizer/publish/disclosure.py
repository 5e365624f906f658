"""How a text came to be, who answers for it, and whose words its quotations are, in its own language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from summarizer.languages import facts
from summarizer.records import NewsSummary


def disclosure(summary: NewsSummary, language: str) -> str:
    """The sentences that stand below a text in a language.

    EU AI Act, Article 50(4): text that a machine wrote says so, unless a person reviewed it and answers for it.
    """
    strings = {**facts("en", "page"), **facts(language, "page")}
    translation = summary.translations.get(language)
    maker = summary.provenance if translation is None else translation
    if summary.review:
        program = maker.model or ("summarizer" if translation is None else "Apertium")
        said = strings["reviewed"].format(maker=program, name=summary.review)
    elif maker.engine == "llm":
        said = strings["ai"].format(model=maker.model or "")
    else:
        said = strings["extract"] if language == summary.language else strings["gist"]
    parts = [said, _checked(summary, language)]
    if translation is not None and language != summary.language and translation.quotes == "translated":
        parts.append(strings["quotes_translated"])
    return _gap(strings).join(part for part in parts if part)


def _checked(summary: NewsSummary, language: str) -> str:
    return str(facts(language, "site").get("checked", "")) if summary.provenance.checks.mode == "enforce" else ""


def _gap(strings: Mapping[str, Any]) -> str:
    """What stands between two sentences: nothing behind the full-width stop of Chinese and Japanese."""
    return "" if str(strings["extract"]).endswith("。") else " "
