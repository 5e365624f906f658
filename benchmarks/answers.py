"""What a faithful model answers to our prompts, and the ways in which models lie.

A bullet is a sentence of the article with its true number, a translation carries what `benchmarks.translations`
carries. The kind of call comes from the name of the schema, or where there is none from the blocks of the prompt.

Other people's prompts are answered too, with the same sentences in their shape: `<article>` without numbers, with the
words "in English" and "at most 4 bullets", gives `{"headline": …, "bullets": ["…"]}`; so does "from English into
Spanish" with that object in `<draft>`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.translations import (
    Line,
    carried,
    carried_headline,
    figures,
    names,
    phrases,
    romanised,
    tables,
    tag_named,
)

CONTENT_FAULTS = (
    *("wrong_figure", "wrong_evidence", "dropped_bullet", "untranslated", "wrong_language", "invented_name"),
)
KINDS = {
    "DraftWire": "summarize",
    "NotesWire": "notes",
    "MergeWire": "merge",
    "TranslationWire": "translate",
    "PackedWire": "translate_packed",
    "RepairWire": "repair",
    "RepairTranslationWire": "repair_translation",
    "HeadlineWire": "headline",
}
_LINE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_SENTENCE = re.compile(r"\S.*?(?:[.!?]”?(?=\s|$)|[。！？]|$)", re.MULTILINE)
_NOTE = re.compile(r"^\[n(\d+)\] ", re.MULTILINE)
_PACKED = re.compile(r"in each of these languages: (.+)\.$", re.MULTILINE)
_FAILING = re.compile(r"^line (\d+):", re.MULTILINE)
_BLOCKS = ("article", "draft", "findings", "headline", "notes", "translation")
_SMALLEST = {"array": [], "integer": 1, "number": 1.0, "boolean": False, "null": None}
_NAMES = "|".join(re.escape(table.name) for table in tables().values())
INVENTED = "Alexander Thornbury"
_STOPS = ".。।!！…"
_UNFIT_ENDS = ("?", "？", "؟", ":", "：")
_DANGLING = {"he", "she", "it", "they", "this", "these", "that", "but", "however", "also", "and", "his", "her", "their"}
_HEADLINE_COLUMNS = 80
# Where a sentence may be cut: commas, spaces, and between characters that are written without spaces.
_CUTS = re.compile(r"[,;，、،؛]|\s|(?<=[\u3040-\u9fff])(?=[\u3040-\u9fff])")
_OPEN = ' ,;，、،؛“„«「"('


@dataclass(frozen=True)
class Request:
    """The parts of a chat request that decide its answer."""

    kind: str
    text: str
    schema: Mapping[str, Any] | None

    def block(self, name: str) -> str:
        """The content of the last block of this name; empty where there is none."""
        found = re.findall(rf"^<{name}>\n(.*?)^</{name}>$", self.text, re.DOTALL | re.MULTILINE)
        return str(found[-1]) if found else ""

    def numbered(self, name: str) -> dict[int, str]:
        """The sentences of a block by their numbers, which are counted where the block has none."""
        block = self.block(name)
        lines = {int(number): text for number, text in _LINE.findall(block)}
        return lines or dict(enumerate(_SENTENCE.findall(block), start=1))

    @property
    def plain(self) -> bool:
        """Whether lines without sentence numbers and names are asked for."""
        return self.kind == "summarize" and not _LINE.search(self.block("article"))

    def data(self, name: str) -> dict[str, Any]:
        """The JSON of a block."""
        content = self.block(name)
        return dict(json.loads(content)) if content else {}

    def number(self, pattern: str, default: int) -> int:
        """A number that the prompt gives, such as the most bullets."""
        match = re.search(pattern, self.text)
        return int(match[1]) if match else default

    def word(self, pattern: str) -> str:
        """Words that the prompt gives, such as a language; empty where it gives none."""
        match = re.search(pattern, self.text)
        return match[1] if match else ""


def parse_request(body: Mapping[str, Any]) -> Request:
    """The request behind a chat body."""
    text = "\n".join(_content(message) for message in body.get("messages", ()))
    asked = body.get("response_format") or {}
    wrapped = asked.get("json_schema") or {}
    named = KINDS.get(wrapped.get("name", "")) or KINDS.get(wrapped.get("schema", {}).get("title", ""))
    return Request(named or _kind(text), text, wrapped.get("schema"))


def _content(message: Mapping[str, Any]) -> str:
    content = message.get("content") or ""
    return content if isinstance(content, str) else "\n".join(part.get("text", "") for part in content)


def _kind(text: str) -> str:
    """The kind of call by the blocks of the prompt."""
    has = {name for name in _BLOCKS if f"\n</{name}>" in text}
    if {"translation", "findings"} <= has:
        return "repair_translation"
    if {"draft", "findings"} <= has:
        return "repair"
    if "headline" in has:
        return "headline"
    if "draft" in has:
        return "translate_packed" if _PACKED.search(text) else "translate"
    if "article" not in has:
        return "merge" if "notes" in has else "other"
    return "notes" if re.search(r"[Aa]t most \d+ notes", text) else "summarize"


def answer(request: Request) -> dict[str, Any]:
    """The faithful answer, in the shape that the kind of call asks for; an example where its blocks are missing."""
    writers: Mapping[str, tuple[Callable[[Request], dict[str, Any]], tuple[str, ...]]] = {
        "summarize": (_draft, ("article",)),
        "notes": (_notes, ("article",)),
        "merge": (_merge, ("notes",)),
        "translate": (_translation, ("draft",)),
        "translate_packed": (_packed_translations, ("draft",)),
        "repair": (_repair, ("draft", "article")),
        "repair_translation": (_repaired_translation, ("draft",)),
        "headline": (_headline, ("headline",)),
    }
    write, blocks = writers.get(request.kind, (_example, ()))
    return write(request) if all(request.block(name) for name in blocks) else _example(request)


def _draft(request: Request) -> dict[str, Any]:
    sentences = request.numbered("article")
    language = _own_language(request)
    most = max(1, min(request.number(r"[Aa]t most (\d+)(?:,| bullets)", 4), len(sentences) - 1))
    chosen = _newsworthy(sentences)[:most]
    headline = _cut(sentences[chosen[0]])
    bullets = [{"text": sentences[number], "sentences": [number]} for number in chosen]
    if request.plain:
        return {"headline": headline, "bullets": [bullet["text"] for bullet in bullets]}
    named = dict.fromkeys(name for bullet in bullets for name in names(str(bullet["text"]), language))
    return {
        "kind": "news",
        "reason": "",
        "headline": headline,
        "headline_sentences": [chosen[0]],
        "bullets": bullets,
        "names": list(named),
    }


def _notes(request: Request) -> dict[str, Any]:
    sentences = request.numbered("article")
    chosen = sorted(_newsworthy(sentences)[: request.number(r"[Aa]t most (\d+) notes", 10)])
    return {"notes": [{"claim": sentences[number], "sentences": [number]} for number in chosen]}


def _merge(request: Request) -> dict[str, Any]:
    numbers = [int(number) for number in _NOTE.findall(request.block("notes"))]
    return {"notes": numbers[: request.number(r"at most (\d+)", 8)]}


def _translation(request: Request) -> dict[str, Any]:
    source, target = _pair(request)
    return _translated(request, source, request.word(r'language: "([\w-]+)"') or target, _forms(request))


def _packed_translations(request: Request) -> dict[str, Any]:
    listed, source = _PACKED.search(request.text), _pair(request)[0]
    sections = request.text.partition("Translate into each of these languages.")[2]
    translations = []
    for name, tag in re.findall(r"([^,()]+) \(([\w-]+)\)", listed[1] if listed else ""):
        section = sections.partition(f"\n{name.strip()} ({tag}):\n")[2].partition("</names>")[0]
        translations.append(_translated(request, source, tag, _forms(request, section.partition("<names>\n")[2], tag)))
    return {"translations": translations}


def _translated(request: Request, source: str, tag: str, forms: Mapping[str, str]) -> dict[str, Any]:
    draft = request.data("draft")
    lines = [_line(text, number, forms) for number, text in enumerate([draft["headline"], *draft["bullets"]])]
    headline, *bullets = _carried(lines, source, tag)
    if "names" not in draft:
        return {"headline": headline, "bullets": bullets}
    fixed = [{"source": name, "target": form} for name, form in forms.items()]
    return {"language": tag, "headline": headline, "bullets": bullets, "names": fixed}


def _carried(lines: Sequence[Line], source: str, target: str) -> list[str]:
    """A headline and bullets in another language."""
    headline, *bullets = lines
    return [carried_headline(headline, source, target), *(carried(line, source, target) for line in bullets)]


def _repaired_translation(request: Request) -> dict[str, Any]:
    draft, forms = request.data("draft"), _forms(request)
    source, target = _pair(request)
    texts = [draft["headline"], *draft["bullets"]]
    lines = [_line(texts[number], number, forms) for number in _failing(request, len(texts))]
    return {
        "lines": [
            {"line": line.number, "text": (carried if line.number else carried_headline)(line, source, target)}
            for line in lines
        ]
    }


def _repair(request: Request) -> dict[str, Any]:
    draft, sentences = request.data("draft"), request.numbered("article")
    texts = [draft["headline"], *draft["bullets"]]
    failing = _failing(request, len(texts))
    kept = {text for number, text in enumerate(texts) if number not in failing}
    ranked = _newsworthy(sentences)
    free = [number for number in ranked if sentences[number] not in kept] or ranked
    lines = []
    for position, line in enumerate(failing):
        number = free[position % len(free)] if line else next((n for n in ranked if sentences[n] in kept), free[0])
        text = sentences[number] if line else _cut(sentences[number])
        lines.append({"line": line, "text": text, "sentences": [number]})
    return {"lines": lines}


def _headline(request: Request) -> dict[str, Any]:
    old = request.block("headline").strip()
    head, _, _ = old.rpartition(":")
    return {"headline": head.strip() or _cut(old, _HEADLINE_COLUMNS * 2 // 3)}


def _example(request: Request) -> dict[str, Any]:
    """The smallest value of an unknown schema."""
    value = _smallest(request.schema or {"type": "object", "properties": {"answer": {"type": "string"}}})
    return dict(value) if isinstance(value, dict) else {"answer": value}


def _smallest(schema: Mapping[str, Any]) -> object:
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return {name: _smallest(field) for name, field in schema.get("properties", {}).items()}
    return _SMALLEST.get(schema.get("type", ""), "text")


def _own_language(request: Request) -> str:
    return tag_named(next(iter(re.findall(rf"\bin ({_NAMES})\b", request.text)), ""))


def _pair(request: Request) -> tuple[str, str]:
    """The tags of the source and the target language; of several targets none."""
    source, target = next(iter(re.findall(rf"\bfrom ({_NAMES}) into ({_NAMES}|several)\b", request.text)), ("", ""))
    return tag_named(source), tag_named(target)


def _forms(request: Request, names: str | None = None, target: str | None = None) -> dict[str, str]:
    """The names of the draft and how the target writes them: as the prompt fixes it, else in letters that it reads."""
    block = request.block("names") if names is None else names
    fixed = dict(line.split(" → ", 1) for line in block.splitlines() if " → " in line)
    named, tag = request.data("draft").get("names", ()), target or _pair(request)[1]
    return {**{name: name if tag == "ru" else romanised(name) for name in named}, **fixed}


def _line(text: str, number: int, forms: Mapping[str, str]) -> Line:
    return Line(text, number, {name: form for name, form in forms.items() if name in text})


def _failing(request: Request, count: int) -> list[int]:
    """The lines that the findings name; all of them where they name none."""
    found = dict.fromkeys(int(number) for number in _FAILING.findall(request.block("findings")))
    return [number for number in found if number < count] or list(range(count))


def _newsworthy(sentences: Mapping[int, str]) -> list[int]:
    """The numbers of the sentences that can stand alone, by position; then the rest."""
    fit = [number for number, text in sentences.items() if _stands_alone(text)]
    return fit + [number for number in sentences if number not in fit]


def _stands_alone(text: str) -> bool:
    first = re.split(r"\W", text, maxsplit=1)[0].lower()
    whole = text[-1:] in _STOPS and not text.startswith(("“", "„", "«", '"', "「", "—", "–"))
    return whole and first not in _DANGLING and not text.endswith(_UNFIT_ENDS) and 20 <= _columns(text) <= 320


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _cut(text: str, most: int = _HEADLINE_COLUMNS) -> str:
    """The start of a sentence as a headline: up to a comma if one comes in time, else up to a word; no stop."""
    text = text.rstrip(_STOPS)
    if _columns(text) <= most:
        return text
    ends = [match for match in _CUTS.finditer(text) if _columns(text[: match.start()]) <= most]
    commas = [match for match in ends if match[0].strip() and not _within_figure(text, match.start())]
    late = [match for match in commas if _columns(text[: match.start()]) > most // 2]
    chosen = late or ends
    return text[: chosen[-1].start()].rstrip(_OPEN) if chosen else text


def _within_figure(text: str, position: int) -> bool:
    return text[position - 1 : position].isdigit() and text[position + 1 : position + 2].isdigit()


def corrupt(value: dict[str, Any], fault: str, request: Request) -> bool:
    """Put a content fault into an answer; False where the answer has no place for it."""
    put: Mapping[str, Callable[[dict[str, Any], Request], bool]] = {
        "wrong_figure": _put_wrong_figure,
        "wrong_evidence": _put_wrong_evidence,
        "invented_name": _put_invented_name,
        "wrong_language": _put_wrong_language,
        "dropped_bullet": _drop_bullet,
        "untranslated": _leave_untranslated,
    }
    return put[fault](value, request)


def _drop_bullet(value: dict[str, Any], request: Request) -> bool:
    """Leave out the last bullet of a translation."""
    return request.kind == "translate" and bool(value["bullets"]) and value["bullets"].pop() is not None


def _leave_untranslated(value: dict[str, Any], request: Request) -> bool:
    """Repeat the source in the place of its translation."""
    if request.kind != "translate":
        return False
    draft = request.data("draft")
    value["headline"], value["bullets"] = draft["headline"], draft["bullets"]
    return True


def _texts(value: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Where the lines of an answer stand, bullets before the headline: containers and keys."""
    if "translations" in value:
        return [place for each in value["translations"] for place in _texts(each)]
    rows = [row for key in ("bullets", "lines", "notes") for row in value.get(key, ())]
    places: list[tuple[Any, Any]] = [
        (row, key) for row in rows if isinstance(row, dict) for key in ("text", "claim") if key in row
    ]
    if rows and isinstance(rows[0], str):
        places += [(value["bullets"], position) for position in range(len(value["bullets"]))]
    return places + ([(value, "headline")] if "headline" in value else [])


def _put_wrong_figure(value: dict[str, Any], request: Request) -> bool:  # noqa: ARG001 (as the others)
    """Change the first digit of the longest figure of the first line that has one."""
    for place, key in _texts(value):
        found = sorted(re.finditer(r"\d[\d.,\u00a0\u202f]*", place[key]), key=lambda m: -len(m[0]))
        if found:
            text, start = place[key], found[0].start()
            place[key] = f"{text[:start]}{int(text[start]) % 9 + 1}{text[start + 1 :]}"
            return True
    return False


def _put_wrong_evidence(value: dict[str, Any], request: Request) -> bool:
    """Let the first line cite another sentence, or one that does not exist where there is no other."""
    for place, _ in _texts(value):
        if isinstance(place, dict) and place.get("sentences"):
            numbers = sorted(request.numbered("article"))
            others = [number for number in numbers if number not in place["sentences"]]
            place["sentences"] = [others[-1] if others else numbers[-1] + 1]
            return True
    return False


def _put_invented_name(value: dict[str, Any], request: Request) -> bool:  # noqa: ARG001 (as the others)
    """Let somebody who is not in the article stand in the first line."""
    for place, key in _texts(value):
        text = place[key]
        stop = text[-1:] if text[-1:] in _STOPS else ""
        place[key] = f"{text.removesuffix(stop) if stop else text}, {INVENTED}{stop}"
        return True
    return False


def _put_wrong_language(value: dict[str, Any], request: Request) -> bool:
    """Let a draft or a translation be in Spanish, or where that is right in French, its figures and names kept."""
    if request.kind not in {"summarize", "translate"}:
        return False
    source = _pair(request)[0] if request.kind == "translate" else _own_language(request)
    right = _pair(request)[1] if request.kind == "translate" else source
    draft = request.data("draft") or value
    forms = _forms(request) if "names" in draft else {}
    texts = [draft["headline"], *(bullet if isinstance(bullet, str) else bullet["text"] for bullet in draft["bullets"])]
    lines = [_line(text, number, forms) for number, text in enumerate(texts)]
    value["headline"], *bullets = _carried(lines, source, "fr" if right == "es" else "es")
    for number, text in zip(range(len(value["bullets"])), bullets, strict=False):  # one may have been dropped before
        if isinstance(value["bullets"][number], str):
            value["bullets"][number] = text
        else:
            value["bullets"][number]["text"] = text
    return True


def unschooled(value: Mapping[str, Any]) -> dict[str, Any]:
    """The same content in a shape of the model's own, as from a server that ignores the schema."""
    lines = [text for place, key in _texts(json.loads(json.dumps(value))) if (text := place[key])]
    return {"title": lines[-1] if lines else "", "summary": lines[:-1]}


def figures_of(texts: Sequence[str], language: str) -> list[str]:
    """The values of all figures of some texts, for benchmarks that compare them."""
    return [figure.digits for text in texts for figure in figures(text, phrases(language).tag)]
