"""The closed list of finding codes."""

from __future__ import annotations

from typing import Literal, NamedTuple

from summarizer.records import Finding, Severity

Origin = Literal["checks", "article", "model", "offline", "repair", "job"]


class Code(NamedTuple):
    """A code's usual severity, what it tells an editor, in one line, and who finds it.

    `origin`: the checks, in whatever was written; who reads the article; a model or its endpoint; the offline
    translator; what follows from other findings; the rules of a job. Desks may ignore the checks' codes alone.
    """

    severity: Severity
    meaning: str
    origin: Origin = "checks"


CODES: dict[str, Code] = {
    "attribution_lost": Code(
        "error", "the source of a claim, a casualty figure or an accusation was left out, or another is named"
    ),
    "bullet_dropped": Code("warning", "a bullet failed a check, also when asked for again, and was left out", "repair"),
    "bullet_long": Code("warning", "a bullet has more words than people read at a glance"),
    "bullet_replaced": Code(
        "warning", "a sentence of the article stands in the place of a bullet that failed a check", "repair"
    ),
    "bullets_count": Code("error", "no bullet, or more bullets than the article has sentences to carry them"),
    "bullets_differ": Code("error", "the translation has not one line for each bullet"),
    "character_broken": Code(
        "error", "a control character, a direction override, an escape sequence or text in a wrong encoding"
    ),
    "character_invisible": Code("warning", "a character without a shape, such as a direction mark or a soft hyphen"),
    "check_failed": Code("error", "a check itself failed, so nothing is known about this text"),
    "context_overflow": Code(
        "error", "the prompt is longer than the model's context, also with a smaller part of the article in it", "model"
    ),
    "coverage_partial": Code(
        "warning", "a part of the article could not be read, so the summary does not know it", "model"
    ),
    "date_unreadable": Code("warning", "a date of the article could not be read and was left out", "article"),
    "digit_glued": Code("error", "a digit touches a letter where the source has no such word"),
    "embargoed": Code(
        "error", "the article is under an embargo that has not lifted, or whose time zone is unknown", "article"
    ),
    "empty_text": Code("error", "a headline or bullet is empty"),
    "endpoint_refused": Code("error", "no quota was left when the endpoint was asked for this language", "model"),
    "endpoint_unavailable": Code("error", "the endpoint did not answer when this language was asked for", "model"),
    "evidence_broad": Code("warning", "a line cites so many sentences that none of them shows where it comes from"),
    "evidence_elsewhere": Code("error", "a line says little of what it cites, and much of what another sentence says"),
    "evidence_invalid": Code("error", "a line cites no sentence, or one that the article does not have"),
    "figure_added": Code("error", "the translation has a figure that the source does not have"),
    "figure_approximator_lost": Code(
        "error", "a word such as at least, about or up to was dropped or changed beside its figure, or added to victims"
    ),
    "figure_changed": Code("error", "the translation has another figure in the place of a figure of the source"),
    "figure_converted": Code("warning", "the translation has a figure in another unit, rounded by more than 2 %"),
    "figure_lost": Code("error", "a figure of the source is missing from the translation, or stands there twice"),
    "figure_not_in_evidence": Code("error", "a figure that the cited sentences do not have"),
    "figure_swapped": Code("error", "figures stand beside each other's words"),
    "figure_unit": Code(
        "error", "the same number with another unit, currency, scale, sign or percent sign; percentage points a warning"
    ),
    "figure_unsafe": Code(
        "error", "a figure that cannot be written in the target language without doubt about its value", "offline"
    ),
    "first_person": Code("error", "I or we outside a quotation, where the source does not have it"),
    "glossary_ignored": Code(
        "error", "a form that the glossary wants is missing, or a word that it rules out stands there"
    ),
    "headline_long": Code("warning", "the headline is wider than headlines of its language are"),
    "headline_mark": Code("warning", "the headline has a question mark or an exclamation mark of its own"),
    "language_uncertain": Code(
        "warning", "the article is too short or too mixed to be sure of its language", "article"
    ),
    "language_unchecked": Code(
        "warning", "the number words of this language are not known, so only its figures in digits were compared"
    ),
    "language_wrong": Code("error", "a line, or the whole text, is not in the language that it should be in"),
    "legal_stage": Code("error", "a legal stage further than the source's: accused or charged is not convicted"),
    "length_ratio": Code("warning", "much shorter or longer than translations between these languages are"),
    "line_repeated": Code("error", "a line says again what another line says"),
    "line_untranslated": Code(
        "error", "a line of the translation, or a part of it, is still in the language of the source"
    ),
    "link_leaked": Code("error", "a web or e-mail address that the source does not have"),
    "lists_skipped": Code("warning", "lists were left out of the summary", "article"),
    "loaded_word": Code("error", "a word stronger than the source's: killed is not murdered"),
    "machine_gist": Code("warning", "translated by a rule-based engine: a gist for people who can check it", "offline"),
    "markup_leaked": Code("error", "Markdown, HTML, JSON or citation marks that the source does not have"),
    "name_changed": Code("error", "another name stands in the place of a name of the source"),
    "name_lost": Code(
        "error", "a name of the source is missing from the translation, or stands there twice", "offline"
    ),
    "name_new": Code("warning", "a name that the article does not have; an error in a headline"),
    "no_offline_pair": Code("error", "no offline translator exists for this pair of languages", "offline"),
    "no_translator": Code("error", "the offline translator for this pair is not installed", "offline"),
    "not_news": Code(
        "error", "there is nothing to summarise: an error page, a list, a live blog or a paywall stub", "article"
    ),
    "not_published": Code(
        "error", "a person has to approve it first, or the desk does not publish this language", "job"
    ),
    "output_invalid": Code("error", "the model's answer is not what was asked for, also when asked again", "model"),
    "output_refused": Code("error", "the model refuses to answer, or a content filter stopped it", "model"),
    "output_truncated": Code(
        "error", "the model's answer was cut off, also with more room, or goes round in circles", "model"
    ),
    "polarity_changed": Code(
        "error", "a negation of the source is missing, one was added, or what it denies is confirmed"
    ),
    "prompt_leaked": Code("error", "words of the prompt, of a label or of an answer to the user"),
    "prompt_truncated": Code(
        "error",
        "the endpoint read only a part of the prompt and did not say so, also of a smaller part of the article",
        "model",
    ),
    "quote_changed": Code(
        "error", "words in quotation marks that the source does not have in this form, or not as a quotation"
    ),
    "quote_long": Code("warning", "a quotation longer than a summary should carry"),
    "quote_lost": Code(
        "error", "a quotation of the source is missing from the translation, or stands there twice", "offline"
    ),
    "quote_speaker_lost": Code(
        "warning", "a quotation without its speaker in the same line; an error where another person says it"
    ),
    "quotes_differ": Code("warning", "not as many long quotations as the source has"),
    "reasoning_leaked": Code("error", "words in which a model thought its answer out"),
    "register_wrong": Code("warning", "a form of address or a verb ending that news texts of the language do not use"),
    "relative_day": Code("error", "today, yesterday or tomorrow, where the source names a day"),
    "rewrite_asked": Code("error", "an editor asked for this line to be written anew", "repair"),
    "role_changed": Code("error", "former, late, acting or a similar word was added or left out"),
    "saying_loaded": Code("error", "claim, admit, deny, reveal, warn or threaten, where the source only says"),
    "script_foreign": Code("error", "letters of a script that the language does not use"),
    "script_mixed": Code("warning", "a word with letters of two alphabets that look alike"),
    "script_wrong": Code("error", "a line is mostly in another script than its language"),
    "source_held": Code("error", "the source-language text is held, so there is nothing to translate", "repair"),
    "tables_skipped": Code("warning", "tables were left out of the summary", "article"),
    "translator_failed": Code("error", "the offline translator stopped or gave an answer that does not fit", "offline"),
    "word_untranslated": Code("error", "the translator does not know a word", "offline"),
}


def finding(
    code: str,
    where: str,
    detail: str,
    *,
    severity: Severity | None = None,
    expected: str | None = None,
    found: str | None = None,
) -> Finding:
    """A finding with a code of the closed list; `severity` only where it differs from the code's usual one."""
    return Finding(
        code=code, severity=severity or CODES[code].severity, where=where, detail=detail, expected=expected, found=found
    )
