"""`summarizer check`: a summary or translation that somebody wrote, beside the article."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from summarizer.cli.common import STDIN, articles_of, count, note, read_stdin
from summarizer.cli.terminal import Style, finding_line
from summarizer.errors import InputError
from summarizer.identify import same_language
from summarizer.languages import own_name, parse_tag
from summarizer.records import Article
from summarizer.submitted import Checked, check_submitted, read_submitted, submitted_in


def run(options: argparse.Namespace) -> int:
    """Check every language of the summary; 1 where an error stands in one of them."""
    if options.article == options.summary == STDIN:
        raise InputError(STDIN, "standard input is either the article or the summary")
    article = _article(options.article)
    language = None if options.to is None else parse_tag(options.to)
    given = submitted_in(read_stdin(), STDIN) if options.summary == STDIN else read_submitted(Path(options.summary))
    own = next((each for each in given if same_language(each.spoken, article.language)), None)
    submitted = given
    if language is not None and len(given) > 1:
        submitted = tuple(each for each in given if same_language(each.spoken, language))
        if not submitted:
            raise InputError(options.summary, f"has no text in {language}")
    checked = [check_submitted(article, each, language, own=own) for each in submitted]
    sentences = count(len(article.sentences), "sentence")
    note(f"{article.source} · {own_name(article.language)} · {sentences}", quiet=options.json)
    if options.json:
        print(json.dumps([_as_json(article, each) for each in checked], ensure_ascii=False, indent=1))
    else:
        style = Style.of_stdout()
        print("\n\n".join("\n".join(_as_text(each, style)) for each in checked))
    return int(any(each.status == "held" for each in checked))


def _article(name: str) -> Article:
    """The one article of a file or of standard input.

    Raises:
        InputError: it cannot be read, or holds several.
    """
    first, *others = articles_of(name)
    if isinstance(first, InputError):
        raise first
    if others:
        raise InputError(name, f"holds {len(others) + 1} articles; expected one")
    return first


def _as_text(checked: Checked, style: Style) -> Iterator[str]:
    yield style.bold(f"{checked.language}  {own_name(checked.language)}")
    for found in checked.findings:
        numbers = checked.sentences.get(found.where, ())
        beside = f" (sentence{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))})" if numbers else ""
        yield from finding_line(found, style, beside)
    errors = sum(found.severity == "error" for found in checked.findings)
    mark = "✗" if errors else "✓"
    counts = ((checked.lines, "line"), (errors, "error"), (len(checked.findings) - errors, "warning"))
    yield f" {mark} " + ", ".join(count(number, thing) for number, thing in counts)


def _as_json(article: Article, checked: Checked) -> dict[str, object]:
    findings = [
        {**found.model_dump(), "sentences": checked.sentences.get(found.where, ())} for found in checked.findings
    ]
    return {"article": article.key, "language": checked.language, "status": checked.status, "findings": findings}
