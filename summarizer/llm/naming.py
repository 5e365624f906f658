"""The name table of one article in one language: the glossary first, then the forms that earlier answers gave."""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.checks.terms import contradicts
from summarizer.engines import Names
from summarizer.glossary import HouseStyle, avoided_in
from summarizer.inflection import is_written, terms_in
from summarizer.llm.blocks import name_lines, names_block
from summarizer.llm.lines import clean_line
from summarizer.llm.schemas import NameWire
from summarizer.records import Article, Draft, NameTable, Translation


def draft_names(house: HouseStyle, article: Article) -> NameTable:
    """What a prompt says for a summary of this article: of the words to avoid only those that the article has."""
    names = house.for_draft(article)
    present = avoided_in(f"{article.title or ''}\n{article.text}", names.avoid, article.language)
    return names.model_copy(update={"avoid": present})


def translation_names(house: HouseStyle, draft: Draft, language: str, forms: Names = ()) -> NameTable:
    """What holds for a translation of this draft; an earlier answer's form that goes against the glossary is lost."""
    names = house.for_translation(draft, language)
    agreeing = tuple(
        form for form in forms if not contradicts(form, names, language=language, source_language=draft.language)
    )
    return names.model_copy(update={"forms": agreeing})


def forms_in(answer: Iterable[NameWire], draft: Draft, translation: Translation) -> Names:
    """The names of an answer, each once, whose source form stands in the draft and whose form in the translation."""
    source = "\n".join([draft.headline, *(bullet.text for bullet in draft.bullets)])
    target = "\n".join([translation.headline or "", *translation.bullets])
    forms: dict[str, str] = {}
    for name in answer:
        given, form = clean_line(name.source), clean_line(name.target)
        if not given or not form or not is_written(form, target, translation.language):
            continue
        if terms_in(source, [given], draft.language)[0]:
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
