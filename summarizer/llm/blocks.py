"""The data in prompts: fenced blocks whose content cannot close its fence, open another, or pass for a new line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from summarizer.checks import CODES
from summarizer.llm.schemas import NoteWire
from summarizer.records import Article, Draft, Evidence, Finding

_FENCES = (
    "article",
    "draft",
    "evidence",
    "findings",
    "headline",
    "names",
    "notes",
    "opening",
    "original",
    "title",
    "translation",
)
# Our own fences, and the control tokens of common chat templates, which many servers obey inside a message too.
_MARK = re.compile(
    rf"<(?=\s*/?\s*(?:{'|'.join(_FENCES)})\b)"
    r"|<(?=[|｜][^<>\n]{1,40}[|｜]>)"
    r"|<(?=/?(?:s|bos|eos|pad|unk|unused\d+|start_of_turn|end_of_turn|start_of_image)>)|<(?=</?SYS>>)"
    r"|<(?=\s*/?\s*(?:think|thinking|thought|reasoning|tool_call|tool_response|tools)\s*>)",
    re.IGNORECASE,
)
# Those of Mistral's templates: https://github.com/mistralai/mistral-common, `SpecialTokens`.
_BRACKETED = re.compile(
    r"\[(?=/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|ARGS|CALL_ID|THINK"
    r"|IMG|IMG_BREAK|IMG_END|AUDIO|BEGIN_AUDIO|PREFIX|MIDDLE|SUFFIX)\])"
)
# How details of findings count the lines that prompts call `line 1`.
_BULLET = re.compile(r"\bbullet (\d+)\b")


def as_data(text: str) -> str:
    """The text on one line, with `<` and `[` replaced by `‹` and `⁅` where they begin a fence or a control token.

    Everything else stays as it is: dollar signs, headings, other tags, spaces that do not break.
    """
    line = " ".join(text.splitlines())
    return _BRACKETED.sub("⁅", _MARK.sub("‹", line))


def article_block(article: Article, numbers: Iterable[int] | None = None) -> str:
    """`<title>`, where there is one, and `<article>` with a line `[12] text` per sentence.

    `numbers` are 1-based and global to the article; None = all of them.
    """
    texts = article.sentence_texts()
    chosen = range(1, len(texts) + 1) if numbers is None else sorted(set(numbers))
    return title_line(article.title) + _fenced(
        "article", (f"[{number}] {as_data(texts[number - 1])}" for number in chosen)
    )


def title_line(title: str | None) -> str:
    """`<title>` on a line of its own; nothing where there is none."""
    return f"<title>{as_data(title)}</title>\n" if title else ""


def opening_block(passages: Iterable[Evidence]) -> str:
    """`<opening>` with the first sentences of an article, numbered as in `<article>`."""
    return _fenced("opening", (f"[{passage.sentence}] {as_data(passage.text)}" for passage in passages))


def notes_block(notes: Sequence[NoteWire]) -> str:
    """`<notes>` with a line `[n3] claim (sentences 12, 15)` per note; the first is n1."""
    return _fenced(
        "notes", (f"[n{number}] {as_data(note.claim)} ({_sentences(note)})" for number, note in enumerate(notes, 1))
    )


def order_block(notes: Sequence[NoteWire]) -> str:
    """`<notes>` without the claims, which the sentences say themselves: a line `[n3] sentences 12, 15` per note."""
    return _fenced("notes", (f"[n{number}] {_sentences(note)}" for number, note in enumerate(notes, 1)))


def draft_block(draft: Draft, names: Sequence[str] = ()) -> str:
    """`<draft>` with the JSON object `{"headline": …, "bullets": […], "names": […]}`."""
    bullets = [as_data(bullet.text) for bullet in draft.bullets]
    return _json_block(
        "draft", {"headline": as_data(draft.headline), "bullets": bullets, "names": [as_data(name) for name in names]}
    )


def translation_block(headline: str, bullets: Sequence[str]) -> str:
    """`<translation>` with the JSON object `{"headline": …, "bullets": […]}`."""
    return _json_block("translation", {"headline": as_data(headline), "bullets": [as_data(text) for text in bullets]})


def headline_block(headline: str, original: str | None = None) -> str:
    """`<headline>` with the headline on a line of its own, after `<original>` with the one that it translates."""
    block = _fenced("headline", [as_data(headline)])
    return block if original is None else f"{_fenced('original', [as_data(original)])}\n\n{block}"


def cited_sentences(evidence: Iterable[Evidence]) -> str:
    """`<evidence>` with a line `[12] text` for each passage, in the order given."""
    return _fenced("evidence", (f"[{passage.sentence}] {as_data(passage.text)}" for passage in evidence))


def names_block(prefer: Mapping[str, str], keep: Iterable[str] = (), avoid: Iterable[tuple[str, str]] = ()) -> str:
    """`<names>` with what `name_lines` says, or that nothing is fixed."""
    return _fenced("names", name_lines(prefer, keep, avoid) or ["none fixed"])


def name_lines(prefer: Mapping[str, str], keep: Iterable[str] = (), avoid: Iterable[tuple[str, str]] = ()) -> list[str]:
    """A line `source → form` per name whose form is fixed, one for terms to leave as they are, one per word to avoid.

    `avoid` has pairs of a word (with `*` for any ending) and what to write instead.
    """
    lines = [f"{as_data(source)} → {as_data(form)}" for source, form in prefer.items()]
    kept = [as_data(term) for term in keep]
    if kept:
        lines.append(f"unchanged: {', '.join(kept)}")
    return lines + [f"never {as_data(word)}; instead: {as_data(instead)}" for word, instead in avoid]


def findings_block(
    findings: Iterable[Finding], headline: str, bullets: Sequence[str], cited: Sequence[Iterable[int]] = ()
) -> str:
    """`<findings>` with each failing line, `line 2: text`, and below it a line `- …` for each thing wrong with it.

    Line 0 is the headline, line 1 the first bullet. Findings that speak of no line are about the whole, and come last.
    `cited` has the sentence numbers of every line; where it is given a line `cites: 3, 4` follows each failing line.
    """
    texts = (headline, *bullets)
    wrong: dict[int | None, list[str]] = {}
    for finding in findings:
        line = finding.line if finding.line is not None and finding.line < len(texts) else None
        wrong.setdefault(line, []).append(_in_words(finding, "" if line is None else texts[line]))
    rest = wrong.pop(None, [])
    shown = range(len(texts)) if rest and cited else sorted(number for number in wrong if number is not None)
    lines = []
    for number in shown:
        lines += [f"line {number}: {as_data(texts[number])}", *_cites(cited, number), *wrong.get(number, [])]
    return _fenced("findings", [*lines, *(["all lines", *rest] if rest else [])])


def _cites(cited: Sequence[Iterable[int]], number: int) -> list[str]:
    return [f"cites: {', '.join(map(str, cited[number])) or 'none'}"] if number < len(cited) else []


def _in_words(finding: Finding, line: str) -> str:
    """What is wrong with a line, which stands above it and is not said again: what the code means, and the case."""
    values = {"expected": finding.expected, "found": None if finding.found == line else finding.found}
    extra = [f"{name}: {as_data(value)}" for name, value in values.items() if value]
    detail = _BULLET.sub(r"line \1", as_data(finding.detail))
    return f"- {CODES[finding.code].meaning}: {detail}" + (f" ({'; '.join(extra)})" if extra else "")


def _sentences(note: NoteWire) -> str:
    return f"sentences {', '.join(map(str, note.sentences))}"


def _json_block(name: str, value: Mapping[str, object]) -> str:
    return _fenced(name, [json.dumps(value, ensure_ascii=False, indent=1)])


def _fenced(name: str, lines: Iterable[str]) -> str:
    return "\n".join([f"<{name}>", *lines, f"</{name}>"])
