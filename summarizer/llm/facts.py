"""What a prompt says about one language: the `[prompt]` and `[headline]` tables of its file, as a few English lines.

Keys of `[prompt]`, each a line of English with the language's own words as examples:
- `headline`: the grammar of headlines; the length comes from `[headline]`;
- `quotes`: quotation marks, and those inside quotations;
- `numbers`: separators, digits, the percent sign, scale words with their English value;
- `dates`: a date and a time as news texts write them;
- `attribution`: the words for "according to" and "say", and moods of reported speech;
- `wording`: plain words for deaths, and words that only the source may choose;
- `names`: which names have forms of their own, how others are written;
- `register`: how readers and people are spoken of.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.languages import english_name, facts, script_of

WRITING = ("headline", "quotes", "wording", "register")
"""What matters for a text in the article's own language, whose figures and names stay as they are."""
HEADLINE = ("headline", "quotes")
"""What matters for a headline that is only made shorter."""
TRANSLATING = ("headline", "quotes", "numbers", "dates", "attribution", "wording", "names", "register")
"""What matters for a text that comes from another language."""

_LABELS = {
    "headline": "Headline",
    "quotes": "Quotation marks",
    "numbers": "Numbers",
    "dates": "Dates and times",
    "attribution": "Attribution",
    "wording": "Neutral words",
    "names": "Names",
    "register": "Register",
}
_GENERIC = {
    "headline": "as newspapers in {language} write it; 6 to 12 words.",
    "quotes": "those that newspapers in {language} use.",
    "numbers": "digits, separators and scale words as newspapers in {language} write them.",
    "register": "neutral and formal, as in a news report.",
}
_FULL_WIDTH = frozenset({"Hans", "Hant", "Jpan", "Kore"})


def language_facts(tag: str, about: Sequence[str] = TRANSLATING) -> str:
    """A line `- Headline: …` for each thing that is known about a language, in the order of `about`.

    A language without a `[prompt]` table gets general lines, and none where there is nothing general to say.
    """
    known = facts(tag, "prompt")
    texts = known or {key: text.format(language=english_name(tag)) for key, text in _GENERIC.items()}
    lines = []
    for key in about:
        text = texts.get(key)
        if text:
            length = f" Length: {headline_length(tag)}." if key == "headline" and facts(tag, "headline") else ""
            lines.append(f"- {_LABELS[key]}: {text}{length}")
    return "\n".join(lines)


def headline_length(tag: str) -> str:
    """The length of a headline in words for a prompt: `about 73 characters, at most 122`.

    The figures are columns; a Chinese, Japanese or Korean character takes two. Without `[headline]` those of English.
    """
    known = facts(tag, "headline") or facts("en", "headline")
    columns = 2 if script_of(tag) in _FULL_WIDTH else 1
    return f"about {known['target'] // columns} characters, at most {known['max'] // columns}"
