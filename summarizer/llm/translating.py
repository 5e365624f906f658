"""A draft in one more language, its repair, and shorter headlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from summarizer.checks import finding
from summarizer.engines import Shortened, Translated
from summarizer.errors import InputError, OutputError
from summarizer.glossary import HouseStyle
from summarizer.languages import direction_of, english_name, general_tag, parse_tag, script_of
from summarizer.llm.blocks import (
    cited_sentences,
    draft_block,
    findings_block,
    headline_block,
    translation_block,
)
from summarizer.llm.desk import Desk, Question, lines_tokens
from summarizer.llm.facts import HEADLINE, headline_length, language_facts, present_length
from summarizer.llm.lines import (
    clean_headline,
    failing_lines,
    has_quotation,
    output_finding,
)
from summarizer.llm.measure import BYTES_PER_TOKEN
from summarizer.llm.naming import block_of, forms_in, translation_names, uncontested, with_names
from summarizer.llm.schemas import HeadlineWire, PackedWire, RepairTranslationWire, TranslationWire
from summarizer.records import NO_NAMES, NO_USAGE, Draft, Evidence, Finding, NameTable, Translation
from summarizer.typography import clean_line, typeset

# The language tag and the keys, in tokens; the quotation marks, commas and backslashes of a line and of a name.
_FRAME_TOKENS, _MARKS_TOKENS = 60, 12
# Tokens of a translation for four bytes of its source, at most: of English news o200k_base needs up to 2.2 in Polish
# and Romanian and 2.3 in Greek (newstest2019, documents 1 to 40), older vocabularies twice as many in other scripts.
_LATIN_EXPANSION, _OTHER_EXPANSION = 2.5, 4.0
# Characters of a sentence shown beside a draft; a text without sentence ends may be one of 100,000.
_LONGEST_SENTENCE = 1000


async def translate_draft(desk: Desk, draft: Draft, language: str, model: str) -> Translated:
    """The draft in a language; held, with the reason, where no answer serves."""
    try:
        answer = await desk.ask(_question(desk, draft, language))
    except OutputError as error:
        return Translated(_held(draft, language, model, (output_finding(error, "translation"),)))
    return _translated(desk, draft, language, model, answer)


async def is_kept(desk: Desk, draft: Draft, language: str) -> bool:
    """Whether the journal has the draft in a language, or why there is none."""
    return await desk.has_answer(_question(desk, draft, language))


async def translate_packed(desk: Desk, draft: Draft, languages: Sequence[str], model: str) -> tuple[Translated, ...]:
    """The draft in several languages by one call; those that the answer lacks are held, with the reason.

    The first has the work of all. Each is kept as the answer to the question about that language alone.
    """
    listed = ", ".join(f"{english_name(language)} ({language})" for language in languages)
    inputs = {
        "source_language": english_name(draft.language),
        "languages": listed,
        "rules": "\n\n".join(_rules(desk, draft, language) for language in languages),
        "draft": draft_block(draft, draft.names),
        "evidence": _evidence(draft),
    }
    try:
        answer = await desk.ask(Question("translate_packed", inputs, PackedWire, translation_tokens(draft, languages)))
    except OutputError as error:
        found = output_finding(error, "translation")
        held = tuple(Translated(_held(draft, language, model, (found,))) for language in languages)
        return (held[0]._replace(work=desk.work), *held[1:])
    made = {_tag(each.language): each for each in reversed(answer.translations)}
    missing = finding("output_invalid", "translation", "the answer for several languages lacks this one")
    works = [desk.work, *(replace(desk.work, usage=NO_USAGE) for _ in languages[1:])]
    done = []
    for language, work in zip(languages, works, strict=True):
        if language in made:
            await desk.share(_question(desk, draft, language), made[language], work)
            done.append(_translated(desk, draft, language, model, made[language])._replace(work=work))
        else:
            done.append(Translated(_held(draft, language, model, (missing,)), work=work))
    return tuple(done)


def _question(desk: Desk, draft: Draft, language: str) -> Question[TranslationWire]:
    """What to ask for a draft in one language."""
    inputs = {
        "source_language": english_name(draft.language),
        "language": english_name(language),
        "tag": language,
        "facts": language_facts(language, style=desk.house.of(language).style),
        "names": block_of(translation_names(desk.house, draft, language)),
        "draft": draft_block(draft, draft.names),
        "evidence": _evidence(draft),
    }
    return Question("translate", inputs, TranslationWire, translation_tokens(draft, [language]))


def translation_tokens(draft: Draft, languages: Iterable[str]) -> int:
    """An upper limit for the tokens of a draft in these languages: its lines, and its names in both forms."""
    lines, names = draft.lines, draft.names
    frame = _FRAME_TOKENS + _MARKS_TOKENS * (len(lines) + len(names)) + _tokens(names)
    text = _tokens([*lines, *names])
    return sum(int(frame + text * _expansion(language)) for language in languages)


def _tokens(texts: Iterable[str]) -> float:
    return sum(len(text.encode()) for text in texts) / BYTES_PER_TOKEN


def _expansion(language: str) -> float:
    return _LATIN_EXPANSION if script_of(language) == "Latn" else _OTHER_EXPANSION


async def repair_translation(
    desk: Desk, draft: Draft, translated: Translated, findings: Sequence[Finding]
) -> Translated:
    """The translation with the lines that the findings name written anew; held where no answer serves.

    Where it has not one line for each bullet, its bullets cannot be matched: all of them are asked for, as if empty.
    """
    before = translated.translation
    bullets, headline = list(before.bullets), before.headline or ""
    if len(bullets) != len(draft.bullets):
        bullets = [""] * len(draft.bullets)
        findings = [found for found in findings if not found.line]
    forms = uncontested(translated.names, findings, before)
    names = translation_names(desk.house, draft, before.language, forms)
    inputs = {
        "source_language": english_name(draft.language),
        "language": english_name(before.language),
        "facts": language_facts(before.language, style=desk.house.of(before.language).style),
        "names": block_of(names),
        "draft": draft_block(draft, draft.names),
        "evidence": _evidence(draft),
        "translation": translation_block(headline, bullets),
        "findings": findings_block(findings, headline, bullets),
    }
    failing = failing_lines(findings, len(bullets))
    try:
        tokens = lines_tokens(len(failing) + 1, before.language)
        answer = await desk.ask(Question("repair_translation", inputs, RepairTranslationWire, tokens))
    except OutputError as error:
        return Translated(_held(draft, before.language, before.model or "", (output_finding(error, "translation"),)))
    for line in answer.lines:
        if line.line not in failing or not line.text.strip():
            continue
        if line.line == 0:
            headline = clean_headline(line.text)
        else:
            bullets[line.line - 1] = clean_line(line.text)
    if not any(bullets):  # nothing came for a translation whose bullets cannot be matched
        return translated
    changed = {"headline": headline, "bullets": tuple(bullets)}
    return Translated(_typeset(before.model_copy(update=changed), draft, desk.house), forms)


async def shorten_headline(
    desk: Desk, draft: Draft, headline: str, language: str, names: NameTable = NO_NAMES
) -> Shortened:
    """A shorter form of a headline of this draft; None where no answer serves."""
    style = desk.house.of(language).style
    inputs = {
        "language": english_name(language),
        "facts": with_names(language_facts(language, HEADLINE, style), names),
        "length": f"{headline_length(language, style)}, instead of {present_length(headline, language)}",
        "headline": headline_block(headline, None if language == draft.language else draft.headline),
        "evidence": _evidence(draft),
    }
    try:
        answer = await desk.ask(Question("headline", inputs, HeadlineWire, lines_tokens(2, language)))
    except OutputError:
        return Shortened(None)
    return Shortened(clean_headline(answer.headline) or None)


def _rules(desk: Desk, draft: Draft, language: str) -> str:
    """What a prompt for several languages says of one."""
    facts = language_facts(language, style=desk.house.of(language).style)
    names = block_of(translation_names(desk.house, draft, language))
    return f"{english_name(language)} ({language}):\n{facts}\n{names}"


def _tag(said: str) -> str:
    """The tag that an answer gives its language, in the form of ours; as it is where it is none."""
    try:
        return parse_tag(said)
    except InputError:
        return said


def _translated(desk: Desk, draft: Draft, language: str, model: str, answer: TranslationWire) -> Translated:
    translation = _typeset(_translation(draft, language, model, answer), draft, desk.house)
    return Translated(translation, forms_in(answer.names, draft, translation))


def _evidence(draft: Draft) -> str:
    """The cited sentences, overlong ones cut: they only settle what a word means."""
    cited = (*draft.headline_evidence, *(passage for bullet in draft.bullets for passage in bullet.evidence))
    shown = {passage.sentence: passage for passage in cited}
    return cited_sentences(_cut(shown[number]) for number in sorted(shown))


def _cut(passage: Evidence) -> Evidence:
    if len(passage.text) <= _LONGEST_SENTENCE:
        return passage
    return passage.model_copy(update={"text": passage.text[:_LONGEST_SENTENCE]})


def _typeset(translation: Translation, draft: Draft, house: HouseStyle) -> Translation:
    """The translation with the separators and quotation marks of its language, or of the house, in every line."""
    sources = draft.lines
    texts = (translation.headline or "", *translation.bullets)
    if len(texts) != len(sources):
        return translation
    language, style = translation.language, house.of(translation.language).style
    headline, *bullets = (
        typeset(text, source, source_language=draft.language, language=language, style=style)
        for text, source in zip(texts, sources, strict=True)
    )
    return translation.model_copy(update={"headline": headline, "bullets": tuple(bullets)})


def _translation(draft: Draft, language: str, model: str, answer: TranslationWire) -> Translation:
    """The answer as a translation without a verdict yet."""
    held = _held(draft, language, model, tuple(_other_language(answer.language, language)))
    return held.model_copy(
        update={
            "status": "ok",
            "headline": clean_headline(answer.headline),
            "bullets": tuple(map(clean_line, answer.bullets)),
            "quotes": "translated" if has_quotation(draft) else "none",
        }
    )


def _other_language(said: str, language: str) -> Iterator[Finding]:
    """An error where the answer itself says that it is in another language; script and region do not matter.

    The checks cannot tell close languages apart. A name of a language in the place of its tag says nothing.
    """
    try:
        tag = parse_tag(said)
    except InputError:
        return
    if tag.partition("-")[0] not in {language.partition("-")[0], general_tag(language).partition("-")[0]}:
        detail = "the answer says that it is in another language"
        expected, found = english_name(language), english_name(tag)
        yield finding("language_wrong", "translation", detail, expected=expected, found=found)


def _held(draft: Draft, language: str, model: str, findings: tuple[Finding, ...]) -> Translation:
    """A translation without text."""
    return Translation(
        language=language,
        direction=direction_of(language),
        status="held",
        headline=None,
        bullets=(),
        engine="llm",
        model=model,
        source_hash=draft.source_hash,
        findings=findings,
    )
