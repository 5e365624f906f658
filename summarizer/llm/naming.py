"""The name table of one article in one language: the glossary first, then the forms that earlier answers gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarizer.checks.house import contradicts
from summarizer.engines import Names
from summarizer.glossary import HouseStyle, avoided_in
from summarizer.inflection import is_written, stands_in
from summarizer.llm.blocks import name_lines, names_block
from summarizer.llm.lines import failing_lines
from summarizer.llm.schemas import NameWire
from summarizer.records import Article, Draft, Finding, NameTable, Translation
from summarizer.typography import clean_line

# What may be wrong with a name itself: its script, its language, its form.
_ABOUT_NAMES = frozenset(
    {
        "glossary_ignored",
        "language_wrong",
        "line_untranslated",
        "name_lost",
        "script_foreign",
        "script_mixed",
        "script_wrong",
    }
)


def draft_names(house: HouseStyle, article: Article) -> NameTable:
    """What a prompt says for a summary of this article: of the words to avoid only those that the article has."""
    names = house.for_draft(article)
    present = avoided_in(f"{article.title or ''}\n{article.text}", names.avoid, article.language)
    return names.model_copy(update={"avoid": present})


def translation_names(house: HouseStyle, draft: Draft, language: str, forms: Names = ()) -> NameTable:
    """What holds for a translation of this draft, with the forms of an earlier answer that say something.

    A form that goes against the glossary is lost, and so is a name that is the same in both languages: it may be one
    that was never translated.
    """
    names = house.for_translation(draft, language)
    agreeing = tuple(
        (source, form)
        for source, form in forms
        if source != form and not contradicts((source, form), names, language=language, source_language=draft.language)
    )
    return names.model_copy(update={"forms": agreeing})


def uncontested(forms: Names, findings: Sequence[Finding], translation: Translation) -> Names:
    """The forms without those that a finding about script, language or names speaks against."""
    doubted = {form for found in findings if found.code in _ABOUT_NAMES for form in _doubted(forms, found, translation)}
    return tuple(pair for pair in forms if pair[1] not in doubted)


def _doubted(forms: Names, doubt: Finding, translation: Translation) -> set[str]:
    """The forms in the passage that a finding shows; where none is in there, all that are in its line."""
    passage = doubt.found or ""
    named = {form for _, form in forms if passage and (form in passage or passage in form)}
    lines = (translation.headline or "", *translation.bullets)
    text = "\n".join(lines[number] for number in failing_lines([doubt], len(translation.bullets)))
    return named or {form for _, form in forms if is_written(form, text, translation.language)}


def forms_in(answer: Iterable[NameWire], draft: Draft, translation: Translation) -> Names:
    """The names of an answer, each once, whose source form stands in the draft and whose form in the translation."""
    source = "\n".join(draft.lines)
    target = "\n".join([translation.headline or "", *translation.bullets])
    forms: dict[str, str] = {}
    for name in answer:
        given, form = clean_line(name.source), clean_line(name.target)
        if not given or not form or not is_written(form, target, translation.language):
            continue
        if stands_in(given, source, draft.language):
            forms.setdefault(given, form)
    return tuple(forms.items())


def block_of(names: NameTable) -> str:
    """The `<names>` block of a prompt."""
    return names_block(_fixed(names), names.keep, names.avoid)


def with_names(facts: str, names: NameTable) -> str:
    """The facts about a language with a line for each rule on names and terms, for prompts that have no `<names>`."""
    return "\n".join([facts, *(f"- Terms: {line}" for line in name_lines(_fixed(names), names.keep, names.avoid))])


def _fixed(names: NameTable) -> dict[str, str]:
    """The one form of each source, the glossary's usual ones first."""
    fixed: dict[str, str] = {}
    for source, form in (*names.prefer, *names.forms):
        fixed.setdefault(source, form)
    return {source: form for source, form in fixed.items() if source not in names.keep}
