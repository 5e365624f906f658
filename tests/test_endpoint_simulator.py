"""The simulated endpoint: faithful unless told otherwise, each fault as specified, a log that adds up."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO, TypeVar

import httpx2
import pytest

from benchmarks.answers import CONTENT_FAULTS, parse_request
from benchmarks.endpoint import Behaviour, Bucket, Endpoint, Entry, duration
from benchmarks.faults import FAULTS, MIXED
from benchmarks.translations import Line, carried, carried_headline, figures, quotations, tables, written
from summarizer.languages import english_name
from summarizer.llm.blocks import (
    article_block,
    cited_sentences,
    draft_block,
    findings_block,
    headline_block,
    names_block,
    notes_block,
    translation_block,
)
from summarizer.llm.schemas import SCHEMAS, NoteWire
from summarizer.llm.strict import strict_schema
from summarizer.prompts import load_prompt, render
from summarizer.records import Draft, Finding
from summarizer.testing import fake_article, fake_draft

_T = TypeVar("_T")
FAST = Behaviour(latency_s=0.0, scale=0.0)
TEXT = (
    "The port signed a $3.5bn agreement on 14 May, said Ingrid Vesterholm of Caldermere Terminals. "
    "At least 140 boats lose their moorings, and nearly 40,000 homes get 12.4 % more traffic. "
    "The chairman said “we had no choice” after two years of talks. "
    "Work begins in September with a channel 17.5 metres deep."
)
ARTICLE = fake_article(TEXT)
DRAFT = fake_draft(ARTICLE).model_copy(update={"names": ("Ingrid Vesterholm", "Caldermere Terminals")})
WRONG = Finding(code="figure_lost", severity="error", where="bullets[1]", detail="140 is missing")
# The values that the text above holds, as no code of the simulator found them.
VALUES = [["3500000000", "14"], ["140", "40000", "12.4"], ["2"], ["17.5"]]
MONTHS = [5, 0, 0, 9]


def inputs(name: str, target: str = "es") -> dict[str, str]:
    """The inputs of a prompt for the article above."""
    language = english_name(target) if "trans" in name else "English"
    headline, bullets = DRAFT.headline, [bullet.text for bullet in DRAFT.bullets]
    known = {
        "article": article_block(ARTICLE),
        "draft": draft_block(DRAFT, DRAFT.names),
        "evidence": cited_sentences(ARTICLE.evidence([1, 2, 3])),
        "facts": "- Register: neutral.",
        "findings": findings_block([WRONG], headline, bullets),
        "headline": headline_block(headline),
        "language": language,
        "length": "about 64 characters",
        "max_bullets": "3",
        "max_notes": "2",
        "names": names_block({"Ingrid Vesterholm": "I. Vesterholm"}),
        "notes": notes_block([NoteWire(claim=f"Claim {n}.", sentences=[n]) for n in (1, 2, 3)]),
        "source_language": "English",
        "tag": target,
        "translation": translation_block(headline, bullets),
    }
    return {key: known[key] for key in load_prompt(name, 1).inputs}


def body(name: str, target: str = "es", **changes: Any) -> dict[str, Any]:
    """The chat request for a prompt, as a strict endpoint is asked."""
    prompt = load_prompt(name, 1)
    rendered = render(prompt, inputs(name, target))
    schema = {"name": prompt.output, "strict": True, "schema": strict_schema(SCHEMAS[prompt.output])}
    messages = [{"role": "system", "content": rendered.system}, {"role": "user", "content": rendered.user}]
    form = {"type": "json_schema", "json_schema": schema}
    return {"model": "m", "messages": messages, "response_format": form, "max_tokens": 2000, **changes}


def client(endpoint: Endpoint) -> httpx2.AsyncClient:
    """A client without certificates, whose loading takes longer than a test."""
    return httpx2.AsyncClient(base_url=endpoint.base_url, timeout=20, verify=False, trust_env=False)


def serving(behaviour: Behaviour, use: Callable[[Endpoint, httpx2.AsyncClient], Awaitable[_T]]) -> _T:
    """What `use` returns, with an endpoint and a client for it."""

    async def once() -> _T:
        async with Endpoint(behaviour) as endpoint, client(endpoint) as http:
            return await use(endpoint, http)

    return asyncio.run(once())


def responses(behaviour: Behaviour, bodies: Sequence[dict[str, Any]]) -> list[httpx2.Response]:
    async def use(_: Endpoint, http: httpx2.AsyncClient) -> list[httpx2.Response]:
        return [await http.post("/chat/completions", json=each) for each in bodies]

    return serving(behaviour, use)


def message(name: str, target: str = "es", *, fault: str | None = None, **changes: Any) -> dict[str, Any]:
    """The first choice of the answer to a prompt."""
    behaviour = replace(FAST, faults={fault: 1.0} if fault else {})
    (response,) = responses(behaviour, [body(name, target, **changes)])
    assert response.status_code == 200, response.text
    return dict(response.json()["choices"][0])


def answer(name: str, target: str = "es", *, fault: str | None = None) -> dict[str, Any]:
    return dict(json.loads(message(name, target, fault=fault)["message"]["content"]))


def values(text: str, thousands: str, decimal: str) -> list[str]:
    """Figures in digits by an expression of this test's own, without separators of thousands."""
    found = re.findall(rf"\d+(?:[{re.escape(thousands)}]\d{{2,3}})*(?:{re.escape(decimal)}\d+)?", text)
    return [figure.replace(thousands, "").replace(decimal, ".") for figure in found]


@pytest.mark.parametrize(
    "name", ["summarize", "notes", "merge", "translate", "repair", "repair_translation", "headline"]
)
def test_every_prompt_is_answered_in_its_schema(name: str) -> None:
    """Each of our prompts gets an answer that its wire schema accepts, and the log knows its name."""
    schema = SCHEMAS[load_prompt(name, 1).output]

    async def use(endpoint: Endpoint, http: httpx2.AsyncClient) -> tuple[str, str]:
        response = await http.post("/chat/completions", json=body(name))
        return response.json()["choices"][0]["message"]["content"], endpoint.entries[0].kind

    content, kind = serving(FAST, use)
    schema.model_validate_json(content)
    assert kind == name


@pytest.mark.parametrize(
    "name", ["summarize", "notes", "merge", "translate", "repair", "repair_translation", "headline"]
)
def test_kind_is_known_without_a_schema(name: str) -> None:
    """On the lower rungs, where no schema is sent, the blocks tell what is asked for."""
    assert parse_request(body(name, response_format={"type": "json_object"})).kind == name


def test_draft_is_made_of_sentences_with_their_numbers() -> None:
    """A bullet is a sentence of the article, its number is the true one, and names stand in the bullets."""
    draft = answer("summarize")
    sentences = ARTICLE.sentence_texts()
    assert len(draft["bullets"]) == 3
    assert all([sentences[n - 1] for n in bullet["sentences"]] == [bullet["text"]] for bullet in draft["bullets"])
    assert draft["headline"] in sentences[draft["headline_sentences"][0] - 1]
    assert draft["names"] == ["Ingrid Vesterholm", "Caldermere Terminals"]


def test_notes_and_merge_keep_to_their_numbers() -> None:
    """Notes are sentences, as many as allowed; a merge chooses from the notes that are there."""
    notes = answer("notes")["notes"]
    assert len(notes) == 2
    assert all(ARTICLE.sentence_texts()[note["sentences"][0] - 1] == note["claim"] for note in notes)
    assert answer("merge") == {"notes": [1, 2]}


def test_repair_writes_the_failing_line_anew_and_no_other() -> None:
    """The second bullet comes back with a sentence that no other line has."""
    (line,) = answer("repair")["lines"]
    assert line["line"] == 2
    assert line["text"] == ARTICLE.sentence_texts()[line["sentences"][0] - 1]
    assert line["text"] not in {DRAFT.headline, DRAFT.bullets[0].text, DRAFT.bullets[2].text}
    (translated,) = answer("repair_translation", "de")["lines"]
    assert translated == {"line": 2, "text": answer("translate", "de")["bullets"][1]}


@pytest.mark.parametrize("target", [tag for tag in tables() if tag != "en"])
def test_translation_carries_figures_names_and_quotations(target: str) -> None:
    """Same bullets, each with the values, names, quotations and attribution of its source, in the language."""
    table = tables()[target]
    translated = answer("translate", target)
    assert translated["language"] == target
    assert len(translated["bullets"]) == len(DRAFT.bullets)
    assert {"source": "Ingrid Vesterholm", "target": "I. Vesterholm"} in translated["names"]
    for text, bullet, expected, month in zip(translated["bullets"], DRAFT.bullets, VALUES, MONTHS, strict=False):
        forms = table.months[month - 1].split("|") if month else []
        assert not forms or any(form in text for form in forms)
        rest = text.replace(forms[0], "") if forms else text  # May is 5月
        assert sorted(values(rest, table.thousands, table.decimal)) == sorted(expected)
        assert quotations(text) == quotations(bullet.text)
        assert (table.said[0] in text) == ("said" in bullet.text)
        assert any(filler in text for filler in table.fillers)
    assert "I. Vesterholm" in translated["bullets"][0]
    assert table.at_least[0] in translated["bullets"][1]
    assert table.nearly[0] in translated["bullets"][1]
    assert not translated["headline"].endswith((".", "。", "।"))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "about 2,200 jobs, $3.5bn and 17.5 metres in 2031", ["2200", "3500000000", "17.5", "2031"]),
        ("es", "unos 3.500 millones de euros y 12,4 % a las 18:30", ["3500000000", "12.4", "18:30"]),
        ("de", "rund 3,5 Milliarden Euro für 40.000 Menschen und drei Schiffe", ["3500000000", "40000", "3"]),
        ("fr", "1 200 personnes, 3,5 milliards", ["1200", "3500000000"]),
        ("ru", "Около 1 200 человек, 3,5 млрд рублей", ["1200", "3500000000"]),
        ("ar", "نحو ٤٠ ألف شخص", ["40000"]),
        ("hi", "3.5 करोड़ रुपये और 1,20,000 लोग", ["35000000", "120000"]),
        ("zh-Hans", "至少3万5000人，约1.2亿美元", ["35000", "120000000"]),
        ("ja", "2兆3000億円と三人", ["2300000000000", "3"]),
        ("ko", "약 3만5000명", ["35000"]),
    ],
)
def test_figures_are_read_in_their_language(language: str, text: str, expected: list[str]) -> None:
    """Separators, scale words, other digits and small number words of ten languages."""
    assert [figure.digits for figure in figures(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "On May 14, and in September; marchers may rest until 3 June", ["14 May", "September", "3 June"]),
        ("en", "Fifty-eight boats, half a percentage point", ["58", "0.5 percentage points"]),
        ("de", "Am 14. Mai um 18.30 Uhr achtundfünfzig Boote", ["14 May", "18:30", "58"]),
        ("de", "um einen halben Prozentpunkt, seit November", ["0.5 percentage points", "November"]),
        ("fr", "le 1er juin à 14 h 05", ["1 June", "14:05"]),
        ("ru", "12 октября, в марте", ["12 October", "March"]),
        ("ca", "l'1 d'abril", ["1 April"]),
        ("he", "ב-14 במאי", ["14 May"]),
        ("ja", "11月4日午前10時12分", ["4 November", "10:12"]),
        ("zh-Hans", "自10月起上升0.5个百分点", ["October", "0.5 percentage points"]),
        ("ko", "5월 14일", ["14 May"]),
        ("en", "On May 14, 2022; in June 2,500 boats", ["14 May 2022", "June", "2500"]),
        ("es", "el 2 de mayo de 2022", ["2 May 2022"]),
        ("ja", "2022年5月に", ["May 2022"]),
    ],
)
def test_dates_clock_times_and_points_are_read(language: str, text: str, expected: list[str]) -> None:
    """What stands in words in one language and in digits in another."""
    assert [written(figure, tables()["en"]) for figure in figures(text, language)] == expected


def test_lines_of_a_summary_differ() -> None:
    """Four bullets in a row do not become the same sentence."""
    lines = {carried(Line("The council met.", number, {}), "en", "es") for number in range(1, 5)}
    assert len(lines) == 4
    assert carried_headline(Line("The council met", 0, {}), "en", "es") not in lines


@pytest.mark.parametrize(
    ("fault", "status", "expected"),
    [
        ("429", 429, "rate_limit_exceeded"),
        ("quota", 429, "insufficient_quota"),
        ("500", 500, "server_error"),
        ("error200", 200, "upstream_error"),
        ("html", 200, "<!DOCTYPE html>"),
        ("context_overflow", 400, "context_length_exceeded"),
        ("reject_temperature", 400, "'temperature'"),
        ("reject_max_tokens", 400, "'max_completion_tokens' instead"),
        ("reject_system", 400, "'system'"),
        ("reject_json_schema", 400, "response_format"),
    ],
)
def test_faults_of_the_answer_as_a_whole(fault: str, status: int, expected: str) -> None:
    """Each comes with the status and the words that clients know, and never with a completion."""
    (response,) = responses(replace(FAST, faults={fault: 1.0}), [body("summarize", temperature=0)])
    assert response.status_code == status
    assert expected in response.text
    assert "choices" not in response.text
    assert ("retry-after-ms" in response.headers) == (fault == "429")


@pytest.mark.parametrize(
    ("fault", "changes"),
    [
        ("reject_temperature", {}),
        ("reject_max_tokens", {"max_tokens": None, "max_completion_tokens": 9000}),
        ("reject_system", {"messages": [{"role": "user", "content": "Hello"}]}),
        ("reject_json_schema", {"response_format": {"type": "json_object"}}),
        ("ignore_schema", {"response_format": {"type": "json_object"}}),
    ],
)
def test_what_is_not_sent_is_not_rejected(fault: str, changes: dict[str, Any]) -> None:
    """An endpoint that refuses a parameter answers a request without it."""
    asked = {key: value for key, value in body("summarize", **changes).items() if value is not None}
    (response,) = responses(replace(FAST, faults={fault: 1.0}), [asked])
    assert response.status_code == 200
    json.loads(response.json()["choices"][0]["message"]["content"])


@pytest.mark.parametrize(
    ("fault", "reason", "content"),
    [
        ("refusal", "stop", None),
        ("null", "stop", None),
        ("empty", "stop", ""),
        ("filter", "content_filter", "{"),
        ("broken_json", "stop", "{"),
        ("length", "length", "{"),
    ],
)
def test_faults_of_the_message(fault: str, reason: str, content: str | None) -> None:
    """No content, none at all, or half of it, with the reason that vendors give."""
    choice = message("summarize", fault=fault)
    assert choice["finish_reason"] == reason
    assert (choice["message"]["refusal"] is not None) == (fault == "refusal")
    found = choice["message"]["content"]
    assert found == content or (content == "{" and found.startswith("{") and not found.endswith("}"))


@pytest.mark.parametrize(
    ("fault", "start"), [("fences", "```json\n"), ("prose", "Here is"), ("think", "<think>"), ("quotes", "{")]
)
def test_faults_of_writing_wrap_the_same_answer(fault: str, start: str) -> None:
    """The text is no longer JSON as it stands, but the answer is in it."""
    content = message("summarize", fault=fault)["message"]["content"]
    assert content.startswith(start)
    with pytest.raises(json.JSONDecodeError):
        json.loads(content)
    assert ("„" in content) if fault == "quotes" else json.dumps(answer("summarize"), ensure_ascii=False) in content


def test_ignored_schema_is_json_of_another_shape() -> None:
    """A server that ignores schemas still writes JSON, with keys of its own."""
    assert set(answer("summarize", fault="ignore_schema")) == {"title", "summary"}


def test_broken_connections() -> None:
    """A reset ends the connection without an answer, a hang lets the client run into its timeout; both are logged."""

    async def use(endpoint: Endpoint, http: httpx2.AsyncClient) -> list[str]:
        with pytest.raises(httpx2.TransportError):
            await http.post("/chat/completions", json=body("summarize"), timeout=0.3)
        await asyncio.sleep(0.2)
        return [entry.fault for entry in endpoint.entries]

    assert serving(replace(FAST, faults={"reset": 1.0}), use) == ["reset"]
    started = time.monotonic()
    assert serving(replace(FAST, faults={"hang": 1.0}), use) == ["hang"]
    assert time.monotonic() - started > 0.3


def test_a_hang_ends_at_last() -> None:
    """After `hang_s` the answer comes, whole, as if nothing had been."""
    started = time.monotonic()
    (response,) = responses(replace(FAST, faults={"hang": 1.0}, hang_s=0.3), [body("merge")])
    assert time.monotonic() - started >= 0.3
    assert json.loads(response.json()["choices"][0]["message"]["content"]) == {"notes": [1, 2]}


def test_wrong_figure_changes_one_digit_of_one_figure() -> None:
    """Everything else of the draft stays."""
    before, after = json.dumps(answer("summarize")), json.dumps(answer("summarize", fault="wrong_figure"))
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_wrong_evidence_cites_another_sentence() -> None:
    """The text of the bullet stays, its number does not."""
    before, after = answer("summarize")["bullets"][0], answer("summarize", fault="wrong_evidence")["bullets"][0]
    assert before["text"] == after["text"]
    assert before["sentences"] != after["sentences"]


def test_faults_of_translations() -> None:
    """One bullet less, the source as it was, or somebody who is not in it."""
    whole = answer("translate")
    assert answer("translate", fault="dropped_bullet")["bullets"] == whole["bullets"][:-1]
    untranslated = answer("translate", fault="untranslated")
    assert untranslated["bullets"] == [bullet.text for bullet in DRAFT.bullets]
    assert "Alexander Thornbury" in answer("translate", fault="invented_name")["bullets"][0]


@pytest.mark.parametrize(("target", "other"), [("de", "es"), ("es", "fr")])
def test_wrong_language_keeps_figures_and_count(target: str, other: str) -> None:
    """The right bullets with the right figures, in a language that nobody asked for."""
    wrong = answer("translate", target, fault="wrong_language")
    assert wrong["language"] == target
    assert wrong["bullets"] == answer("translate", other)["bullets"]
    draft = answer("summarize", fault="wrong_language")
    assert [bullet["sentences"] for bullet in draft["bullets"]] == [
        bullet["sentences"] for bullet in answer("summarize")["bullets"]
    ]
    assert all(any(filler in bullet["text"] for filler in tables()["es"].fillers) for bullet in draft["bullets"])


def test_mixed_faults_are_a_share_of_all_requests() -> None:
    """One fault at a time, each of the mix, together about as many as asked for."""

    async def use(endpoint: Endpoint, http: httpx2.AsyncClient) -> list[str]:
        for number in range(300):
            with contextlib.suppress(httpx2.TransportError):
                await http.post("/chat/completions", json=body("translate", seed=number))
        return [entry.fault for entry in endpoint.entries]

    struck = [fault for fault in serving(replace(FAST, mixed=0.5), use) if fault]
    assert set(struck) == set(MIXED)
    assert 120 <= len(struck) <= 180


def test_other_peoples_prompts_are_answered() -> None:
    """A plain article gives plain bullets, the same sentences; a plain draft a plain translation; a tool is called."""
    asked = f"Summarise in English, with at most 3 bullets.\n<article>\n{TEXT}\n</article>"
    plain = {"model": "m", "messages": [{"role": "user", "content": asked}]}
    tool = {"type": "function", "function": {"name": "Summary", "parameters": {}}}
    first, called = (r.json()["choices"][0] for r in responses(FAST, [plain, {**plain, "tools": [tool]}]))
    summary = json.loads(first["message"]["content"])
    assert summary["bullets"] == [bullet["text"] for bullet in answer("summarize")["bullets"]]
    assert called["message"]["content"] is None
    assert called["finish_reason"] == "tool_calls"
    function = called["message"]["tool_calls"][0]["function"]
    assert (function["name"], json.loads(function["arguments"])) == ("Summary", summary)
    asked = f"Translate from English into Spanish.\n<draft>\n{json.dumps(summary)}\n</draft>"
    (response,) = responses(FAST, [{"model": "m", "messages": [{"role": "user", "content": asked}]}])
    translated = json.loads(response.json()["choices"][0]["message"]["content"])
    assert set(translated) == {"headline", "bullets"}
    assert "3.500.000.000" in translated["bullets"][0]


def test_fault_rates_and_seed() -> None:
    """About the given share of requests is struck, the same ones with the same seed, whatever the order."""
    bodies = [body("merge", seed=number) for number in range(100)]

    def struck(seed: int, order: Sequence[dict[str, Any]]) -> set[int]:
        found = responses(replace(FAST, faults={"500": 0.2}, seed=seed), order)
        return {asked["seed"] for asked, response in zip(order, found, strict=True) if response.status_code == 500}

    first = struck(1, bodies)
    assert 8 <= len(first) <= 32
    assert struck(1, bodies[::-1]) == first
    assert struck(2, bodies) != first


def test_repetition_is_struck_anew() -> None:
    """The same body sent again has a new chance, as with a real endpoint."""
    found = responses(replace(FAST, faults={"500": 0.5}), [body("merge")] * 20)
    assert {response.status_code for response in found} == {200, 500}


@pytest.mark.parametrize("faults", [{"typo": 0.1}, {"429": 1.5}, {"500": -0.1}])
def test_unknown_faults_and_rates_are_refused(faults: dict[str, float]) -> None:
    """Nothing is quietly without effect."""
    with pytest.raises(ValueError, match="expected a rate"):
        Behaviour(faults=faults)


def test_log_adds_up(tmp_path: Path) -> None:
    """Every chat request has one line, and its tokens are those that the answers stated."""
    path = tmp_path / "log.jsonl"

    async def once(log: TextIO) -> list[httpx2.Response]:
        behaviour = replace(FAST, faults={"429": 0.3, "wrong_figure": 0.5})
        async with (
            Endpoint(behaviour, log=log) as endpoint,
            client(endpoint) as http,
        ):
            await http.get("/models")
            asked = [body("summarize", seed=number) for number in range(30)]
            return list(await asyncio.gather(*(http.post("/chat/completions", json=each) for each in asked)))

    with path.open("w", encoding="utf-8") as log:
        found = asyncio.run(once(log))
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    chat = [row for row in rows if row["kind"] != "models"]
    usages = [response.json()["usage"] for response in found if response.status_code == 200]
    assert (len(rows), len(chat)) == (31, 30)
    assert sum(row["status"] == 429 for row in chat) == 30 - len(usages) > 0
    assert sum(row["input_tokens"] for row in chat) == sum(usage["prompt_tokens"] for usage in usages)
    assert sum(row["output_tokens"] for row in chat) == sum(usage["completion_tokens"] for usage in usages)
    assert len({row["body"] for row in chat}) == 30
    assert {row["fault"] for row in chat} == {"", "429", "wrong_figure"}


def test_cap_cuts_the_answer() -> None:
    """An answer longer than the request allows ends in the middle, as it would elsewhere."""
    choice = message("summarize", max_tokens=20)
    assert choice["finish_reason"] == "length"
    assert len(choice["message"]["content"].encode()) <= 80


def test_latency_follows_the_tokens_and_slots_queue() -> None:
    """Two answers of 0.2 s through one slot take 0.4 s; through two they take 0.2 s."""

    def seconds(slots: int) -> float:
        async def use(_: Endpoint, http: httpx2.AsyncClient) -> float:
            await http.get("/models")
            started = time.monotonic()
            await asyncio.gather(*(http.post("/chat/completions", json=body("merge", seed=n)) for n in range(2)))
            return time.monotonic() - started

        return serving(Behaviour(latency_s=0.2, input_tokens_per_s=1e9, output_tokens_per_s=1e9, slots=slots), use)

    assert seconds(1) >= 0.4
    assert 0.2 <= seconds(2) < 0.4


def test_limits_are_told_and_kept() -> None:
    """Two requests fit; the third is refused with the time to wait, and headers tell limit, rest and reset."""
    behaviour = replace(FAST, requests_per_minute=2)
    first, second, third = responses(behaviour, [body("merge", seed=number) for number in range(3)])
    assert [r.status_code for r in (first, second, third)] == [200, 200, 429]
    assert first.headers["x-ratelimit-limit-requests"] == "2"
    assert first.headers["x-ratelimit-remaining-requests"] == "1"
    assert 29 < float(first.headers["x-ratelimit-reset-requests"].rstrip("s")) <= 30
    assert 29_000 < int(third.headers["retry-after-ms"]) <= 30_001


def test_limit_of_the_day_takes_the_headers() -> None:
    """As at Groq: the headers about requests are of the day, the limit of the minute is kept and not told."""
    behaviour = replace(FAST, requests_per_minute=2, requests_per_day=1000, tokens_per_minute=400_000)
    first, second, third = responses(behaviour, [body("merge", seed=number) for number in range(3)])
    assert [r.status_code for r in (first, second, third)] == [200, 200, 429]
    told = [second.headers[f"x-ratelimit-{name}-requests"] for name in ("limit", "remaining", "reset")]
    assert told[:2] == ["1000", "998"]
    assert told[2].startswith("2m5")
    assert second.headers["x-ratelimit-limit-tokens"] == "400000"
    (*_, last) = responses(replace(FAST, requests_per_day=1), [body("merge", seed=number) for number in range(2)])
    assert last.status_code == 429
    assert last.headers["x-ratelimit-reset-requests"].startswith(("23h59m", "24h0m0s"))


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.0, "0ms"), (0.0161, "17ms"), (7.66, "7.66s"), (60, "1m0s"), (179.56, "2m59.56s")]
)
def test_durations_are_written_as_vendors_do(seconds: float, text: str) -> None:
    """Milliseconds below a second; minutes and hours above."""
    assert duration(seconds) == text
    assert duration(seconds + 3600).startswith("1h")


def test_log_tells_queueing_from_work_and_what_was_charged() -> None:
    """What was served takes as long as the latency model says; the rest is waiting. Refused requests cost nothing."""
    asked = [body("translate", seed=number, max_tokens=900) for number in range(3)]
    behaviour = Behaviour(
        latency_s=0.2, input_tokens_per_s=1e9, output_tokens_per_s=1e9, slots=1, requests_per_minute=2
    )

    async def use(endpoint: Endpoint, http: httpx2.AsyncClient) -> list[Entry]:
        await asyncio.gather(*(http.post("/chat/completions", json=each) for each in asked))
        return sorted(endpoint.entries, key=lambda entry: entry.seconds)

    refused, first, second = serving(behaviour, use)
    assert (refused.status, refused.charged_tokens, refused.served_s) == (429, 0, 0.0)
    assert first.charged_tokens == first.input_tokens + 900
    assert 0.2 <= second.served_s < 0.35
    assert second.seconds >= 0.4
    assert first.topic == second.topic != ""


def test_topic_ties_a_draft_to_its_translations() -> None:
    """The headline of the answer to one and in the question of the other have the same short name."""

    async def use(endpoint: Endpoint, http: httpx2.AsyncClient) -> list[str]:
        for each in (body("summarize"), body("translate"), body("notes")):
            response = await http.post("/chat/completions", json=each)
            draft = json.loads(response.json()["choices"][0]["message"]["content"])
            if "headline_sentences" in draft:
                plain = {"headline": draft["headline"], "bullets": [bullet["text"] for bullet in draft["bullets"]]}
                asked = f"Translate from English into Spanish.\n<draft>\n{json.dumps(plain)}\n</draft>"
                message = {"model": "m", "messages": [{"role": "user", "content": asked}]}
                await http.post("/chat/completions", json=message)
        return [entry.topic for entry in endpoint.entries]

    first, second, other, none = serving(FAST, use)
    assert first == second != other
    assert none == ""


def test_limits_need_not_be_told() -> None:
    """Without headers there is nothing but the status."""
    behaviour = replace(FAST, tokens_per_minute=4000, limit_headers=False, retry_after=False)
    *_, last = responses(behaviour, [body("merge", seed=number) for number in range(3)])
    assert last.status_code == 429
    assert not [name for name in last.headers if "limit" in name or "retry" in name]


def test_bucket_refills_all_the_time() -> None:
    """60 per minute are one per second, never more than the bucket holds."""
    bucket = Bucket(60, burst_s=2.0, now=0.0)
    bucket.take(2, now=0.0)
    assert bucket.wait_s(1, now=0.0) == pytest.approx(1.0)
    assert bucket.wait_s(1, now=1.0) == 0.0
    assert bucket.headers("requests", now=100.0)["x-ratelimit-remaining-requests"] == "2"


def test_script_serves_and_ends_on_sigterm(tmp_path: Path) -> None:
    """`python benchmarks/endpoint.py` prints its URL, lists its model, logs, and is gone after SIGTERM."""
    script = Path(__file__).parent.parent / "benchmarks" / "endpoint.py"
    arguments = ["--model", "m1", "--fault", "429=1", "--scale", "0", "--log", str(tmp_path / "log.jsonl")]
    with subprocess.Popen([sys.executable, str(script), *arguments], stdout=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout is not None
        url = process.stdout.readline().decode().strip()
        try:
            assert httpx2.get(f"{url}/models").json()["data"][0]["id"] == "m1"
            assert httpx2.post(f"{url}/chat/completions", json=body("merge")).status_code == 429
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert len((tmp_path / "log.jsonl").read_text().splitlines()) == 2


def test_nonsense_is_answered_and_bounded() -> None:
    """Other paths, other methods and bodies that are no chat request get an error, and the endpoint lives on."""

    async def use(_: Endpoint, http: httpx2.AsyncClient) -> list[int]:
        found = [await http.get("/nothing"), await http.get("/chat/completions")]
        found += [await http.post("/chat/completions", content=raw) for raw in (b"", b"[1]", b'{"messages": [1]}')]
        found.append(await http.post("/chat/completions", json={"messages": [{"role": "user", "content": "Hello"}]}))
        return [response.status_code for response in found]

    assert serving(FAST, use) == [404, 405, 400, 400, 400, 200]


def test_content_faults_are_faults() -> None:
    """Everything that can be asked for on the command line stands in one list, once."""
    assert set(CONTENT_FAULTS) <= set(FAULTS)
    assert len(FAULTS) == len(set(FAULTS))


def test_draft_type_is_ours() -> None:
    """The draft that these tests translate is a real one."""
    assert isinstance(DRAFT, Draft)
