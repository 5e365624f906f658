"""General things of the news in a text: who, what happened, where and when, by the words of `config/things`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from summarizer.figures.items import items_of
from summarizer.figures.lexicon import Lexicon
from summarizer.figures.sides import Text
from summarizer.languages import language_data, script_of

# Scripts in which a single letter counts things (`枚`, `장`), and may be part of any other word.
_COUNTERS = frozenset({"Jpan", "Hans", "Hant", "Kore"})


def things_in(text: Text) -> Iterator[tuple[str, tuple[int, int]]]:
    """The things that a text names, by their keys, and where each begins and ends."""
    if not language_data("things", text.language):
        return
    for item in items_of(text.text, _words(text.language)):
        if "counted" in item.roles:
            yield item.roles["counted"], (item.start, item.end)


@cache
def _words(language: str) -> Lexicon:
    """The words for things of a language, those that its figures may count among them."""
    data = language_data("figures", language)
    spelling = {key: value for key, value in data.items() if not isinstance(value, Mapping)}
    things = {key: _long_forms(forms, language) for key, forms in data.get("counted", {}).items()}
    for key, forms in language_data("things", language).items():
        things[key] = f"{forms}, {things[key]}" if key in things else forms
    return Lexicon(language, {**spelling, "counted": things}, {})


def _long_forms(forms: str, language: str) -> str:
    """Some forms without those of a single letter in scripts where that may be part of any word."""
    if script_of(language) not in _COUNTERS:
        return forms
    return ", ".join(form for form in forms.split(", ") if len(form.rstrip("*")) > 1)
