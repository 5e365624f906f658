"""The engine that asks a language model: what it asks, what it does with the answers, what it costs."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from summarizer import ConfigError, EndpointUnavailable, Settings, Summarizer
from summarizer.checks import finding
from summarizer.chunks import chunk_article
from summarizer.errors import ContextOverflow, OutputError, OutputInvalid, OutputRefused, OutputTruncated
from summarizer.glossary import NO_HOUSE_STYLE
from summarizer.llm import warming
from summarizer.llm.engine import LLMEngine
from summarizer.llm.lines import clean_headline, has_quotation
from summarizer.llm.naming import translation_names, uncontested
from summarizer.llm.notes import part_of
from summarizer.prompts import load_prompt
from summarizer.records import Article, Draft, NewsSummary, Usage
from summarizer.testing import FakeGateway, fake_answer, fake_article, fake_draft, fake_lines, fake_translation

Answer = Callable[[str], dict[str, Any]]
COST = Usage(requests=2, retries=1, input_tokens=50, output_tokens=5)


def run(gateway: FakeGateway, article: Article, *to: str, **overrides: Any) -> NewsSummary:
    settings = Settings.load(overrides={"llm": {"model": "m", "base_url": "http://127.0.0.1/v1"}, **overrides})

    async def once() -> NewsSummary:
        engine = LLMEngine(gateway, settings)
        async with Summarizer(engine, no_extracts=settings.summary.no_extracts) as summarizer:
            return await summarizer.summarize(article, to=to)

    return asyncio.run(once())


def codes(summary: NewsSummary) -> list[str]:
    return [found.code for found in summary.findings]


def draft(*bullets: tuple[str, list[int]], **changes: Any) -> Answer:
    """A draft of the fake article with these bullets."""
    answer = {
        "kind": "news",
        "reason": "",
        "headline": "Board approves second ferry pier",
        "headline_sentences": [1],
        "bullets": [{"text": text, "sentences": sentences} for text, sentences in bullets],
        "names": [],
    }
    return lambda _user: {**answer, **changes}


def repaired(*lines: tuple[int, str, list[int]]) -> Answer:
    """Lines written anew."""
    return lambda _user: {"lines": [{"line": n, "text": text, "sentences": cited} for n, text, cited in lines]}


def failing(error: Exception) -> Answer:
    def answer(_user: str) -> dict[str, Any]:
        raise error

    return answer


def in_turn(*answers: Answer) -> Answer:
    """The answers one after the other, the last one for ever."""
    waiting = list(answers)

    def answer(user: str) -> dict[str, Any]:
        return (waiting.pop(0) if len(waiting) > 1 else waiting[0])(user)

    return answer


PIER = ("The harbour board approved a second ferry pier on Tuesday.", [1])
PIER_LINE = ("The harbour board approved a second ferry pier on Tuesday.", 1)
COST_LINE = ("It will cost 12.4 million euros and open in 2028, according to the board.", [2])
UNCITED = ("The pier is long.", [99])


def four_sentences() -> Article:
    """The fake article with one more sentence, so that it may have three bullets."""
    article = fake_article()
    return fake_article(f"{article.text} The town hall will decide on that in the spring.")


def long_article(sentences: int = 60) -> Article:
    """An article that needs several chunks of 200 tokens."""
    text = " ".join(
        f"The council of town number {n} agreed on Monday to repair the old bridge over the river."
        for n in range(sentences)
    )
    return fake_article(text)


def test_what_a_model_wrote_is_ok_where_its_figures_were_compared() -> None:
    """A language without figure data is flagged at best, and says why."""
    result = run(FakeGateway(), fake_article(), "es", "sk")
    assert (result.status, result.findings) == ("ok", ())
    assert (result.translations["es"].status, result.translations["es"].findings) == ("ok", ())
    assert "language_unchecked" in {found.code for found in result.translations["sk"].findings}


def test_short_article_takes_one_call_and_one_per_language() -> None:
    """Everything that provenance promises is there: engine, models, host, plan, prompts, usage, coverage."""
    gateway = FakeGateway()
    result = run(gateway, fake_article(), "es", "de")
    assert [call.prompt.name for call in gateway.asked] == ["summarize", "translate", "translate"]
    assert result.status == "ok"
    assert [t.status for t in result.translations.values()] == ["ok", "ok"]
    made = result.provenance
    assert (made.engine, made.model, made.endpoint, made.plan, made.coverage) == (
        "llm",
        "m",
        "fake.example",
        "spread",
        1.0,
    )
    assert made.prompts == {p.name: f"{p.version}@{p.digest}" for p in map(load_prompt, ("summarize", "translate"))}
    assert made.usage == Usage(requests=3, input_tokens=300, output_tokens=60)
    assert gateway.closed


def test_own_language_costs_nothing() -> None:
    """The article's own language among those asked for is the draft, without a call."""
    gateway = FakeGateway()
    result = run(gateway, fake_article(), "en")
    assert result.translations["en"].headline == result.headline
    assert result.provenance.usage.requests == len(gateway.asked) == 1


def test_evidence_and_names_stand_beside_the_draft_that_is_translated() -> None:
    """A translator sees the checked draft, its names, and the cited sentences; nothing else of the article."""
    gateway = FakeGateway({"summarize": draft(PIER, names=["Harbour Board"])})
    run(gateway, fake_article(), "es")
    (prompt,) = gateway.prompts("translate")
    assert "[1] The harbour board approved" in prompt
    assert "Residents had asked" not in prompt
    assert '"Harbour Board"' in prompt


def test_translations_may_have_a_model_of_their_own() -> None:
    """`llm.translate_model` translates, and the translation says so."""
    gateway = FakeGateway()
    llm = {"model": "big", "translate_model": "small", "base_url": "http://127.0.0.1/v1"}
    result = run(gateway, fake_article(), "es", llm=llm)
    assert [call.model for call in gateway.asked] == ["big", "small"]
    assert (result.provenance.model, result.translations["es"].model) == ("big", "small")


def test_output_is_capped_by_lines_and_script_below_the_prompts_ceiling() -> None:
    """A script that tokenizers cut finely gets more room, and no call more than its prompt allows."""
    gateway = FakeGateway()
    run(gateway, fake_article(), "es", "th")
    caps = [call.max_output_tokens for call in gateway.asked]
    assert caps[1] < caps[2]
    assert all(call.max_output_tokens <= call.prompt.max_output_tokens for call in gateway.asked)


def test_headline_loses_its_final_stop() -> None:
    """A stop behind a headline is taken off by code, in every language; that of initials stays."""
    translated = {"language": "ja", "headline": "港に第二の桟橋。", "bullets": ["承認。"], "names": []}
    gateway = FakeGateway(
        {"summarize": draft(PIER, headline="Board approves pier."), "translate": lambda _user: translated}
    )
    result = run(gateway, fake_article(), "ja")
    assert result.headline == "Board approves pier"
    shown = result.translations["ja"].headline or result.held["ja"].headline
    assert shown == "港に第二の桟橋"


def test_no_more_bullets_than_asked_for_or_carried() -> None:
    """At most `max_bullets`, and one less than the sentences."""
    third = ("Residents had asked for a cycle path.", [3])
    result = run(FakeGateway({"summarize": draft(PIER, COST_LINE, third)}), fake_article())
    assert [bullet.text for bullet in result.bullets] == [PIER[0], COST_LINE[0]]


def test_number_that_was_not_in_the_prompt_is_no_evidence() -> None:
    """Of the numbers cited only those count that the prompt showed."""
    result = run(FakeGateway({"summarize": draft((PIER[0], [1, 4, 0, -1, 1]))}), fake_article())
    assert [passage.sentence for passage in result.bullets[0].evidence] == [1]


def test_not_news_is_held_with_the_reason() -> None:
    """The model's own verdict that there is nothing to summarise holds the article and every language."""
    answer = draft(kind="not_news", reason="A cookie wall.", headline="", headline_sentences=[])
    result = run(FakeGateway({"summarize": answer}), fake_article(), "es")
    assert (result.status, result.headline, codes(result)) == ("held", None, ["not_news"])
    assert result.findings[0].detail == "A cookie wall."
    assert [found.code for found in result.translations["es"].findings] == ["source_held"]
    assert result.provenance.usage.requests == 1


def test_reason_of_a_model_is_cut() -> None:
    """A finding shows the beginning of what a model says, on one line."""
    answer = draft(kind="not_news", reason="No.\n" * 500, headline="", headline_sentences=[])
    (found,) = run(FakeGateway({"summarize": answer}), fake_article()).findings
    assert found.detail.startswith("No. No.")
    assert len(found.detail) == 200


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("12\u202f000\u00a0euros,\n\t«\u00a0oui\u00a0» ", "12\u202f000\u00a0euros, «\u00a0oui\u00a0»"),
        ("\u3000東京で会議\u3000首相が出席", "東京で会議\u3000首相が出席"),
        ("Minister  resigns …", "Minister resigns"),
    ],
)
def test_headlines_keep_the_spaces_that_they_were_given(text: str, cleaned: str) -> None:
    """Spaces that do not break stand in French figures and quotations, wide ones in Japanese headlines."""
    assert clean_headline(text) == cleaned


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("市長は「計画を進める」と述べた", True), ("市長は『計画』と述べた", True), ("Der Rat: ‚Nein‘", True), ("Il a dit ‹ non ›", True),
        ("市长说：“计划将继续”", True), ("The board's plan isn't new", False), ("Rat, Stadt ‚ Land", False),
    ],
)  # fmt: skip
def test_quotations_are_known_by_the_marks_of_many_languages(line: str, quoted: bool) -> None:
    """What quotes somebody must say on its page that quotations are translated."""
    assert has_quotation(Draft(language="und", headline=line, headline_evidence=(), bullets=())) is quoted


def test_answer_without_bullets_is_replaced_by_the_lead() -> None:
    """The first sentence stands in, flagged."""
    result = run(FakeGateway({"summarize": draft()}), fake_article())
    assert (result.status, codes(result)) == ("flagged", ["bullet_replaced"])
    assert result.bullets[0].text == result.bullets[0].evidence[0].text
    assert result.bullets[0].evidence[0].sentence == 1


def test_rights_may_forbid_the_lead() -> None:
    """Where the source's rights forbid extracts the article is held instead."""
    article = fake_article().model_copy(update={"rights": "© Example News. All Rights Reserved."})
    result = run(FakeGateway({"summarize": draft()}), article)
    assert result.status == "held"
    assert "bullets_count" in codes(result)


@pytest.mark.parametrize(
    ("kind", "code"),
    [(OutputInvalid, "output_invalid"), (OutputTruncated, "output_truncated"), (OutputRefused, "output_refused")],
)
def test_answer_of_no_use_holds_the_article(kind: type[OutputError], code: str) -> None:
    """The article is held, with a finding, and what the attempts cost is counted."""
    result = run(FakeGateway({"summarize": failing(kind("no answer", COST))}), fake_article(), "es")
    assert (result.status, codes(result), result.findings[0].detail) == ("held", [code], "no answer")
    assert result.provenance.usage == COST


def test_answer_of_no_use_holds_that_language_alone() -> None:
    """One refused translation leaves the article and the other languages as they are, and is counted."""

    def translate(user: str) -> dict[str, Any]:
        if "into Spanish" in user:
            raise OutputRefused("I cannot help with that", COST)
        return fake_answer("translate", user)

    result = run(FakeGateway({"translate": translate}), fake_article(), "es", "de")
    assert result.status == "ok"
    held = result.translations["es"]
    assert (held.status, held.headline, [found.code for found in held.findings]) == ("held", None, ["output_refused"])
    assert result.translations["de"].status == "ok"
    assert result.provenance.usage.requests == 1 + 2 + 1
    assert "cannot help" not in json.dumps([result.headline, held.headline, held.bullets])


def test_endpoint_that_is_down_is_an_error_and_no_result() -> None:
    """What the endpoint does wrong while the draft is made leaves as an error of the article."""
    with pytest.raises(EndpointUnavailable):
        run(FakeGateway({"summarize": failing(EndpointUnavailable("down"))}), fake_article())


def test_endpoint_that_fails_for_one_language_holds_that_language_alone() -> None:
    """The draft and the other languages are paid for, and stay; a wrong key still ends it all."""

    def translate(user: str) -> dict[str, Any]:
        if "into Spanish" in user:
            raise EndpointUnavailable("fake.example: 503", Usage(requests=3, retries=2))
        return fake_answer("translate", user)

    result = run(FakeGateway({"translate": translate}), fake_article(), "es", "de")
    held = result.translations["es"]
    assert (result.status, held.status, held.headline, held.bullets) == ("ok", "held", None, ())
    assert [(found.code, found.detail) for found in held.findings] == [("endpoint_unavailable", "fake.example: 503")]
    assert result.translations["de"].status == "ok"
    assert (result.provenance.usage.requests, result.provenance.usage.retries) == (1 + 3 + 1, 2)
    with pytest.raises(ConfigError):
        run(FakeGateway({"translate": failing(ConfigError("no such key"))}), fake_article(), "es")


def test_endpoint_that_fails_in_a_repair_holds_what_was_to_be_repaired() -> None:
    """The candidate is kept; a headline that is only too long stays as it is."""

    def translate(user: str) -> dict[str, Any]:
        return {**fake_answer("translate", user), "bullets": [" ", "Las obras empezarán en la próxima primavera"]}

    down = failing(EndpointUnavailable("down", Usage(requests=3, retries=2)))
    result = run(FakeGateway({"translate": translate, "repair_translation": down}), fake_article(), "es")
    assert result.provenance.usage.requests == 1 + 1 + 3
    held = result.translations["es"]
    assert {"endpoint_unavailable", "empty_text"} <= {found.code for found in held.findings}
    assert result.held["es"].bullets[1].startswith("Las obras")
    long = "El consejo de la ciudad aprueba el nuevo plan " * 4
    gateway = FakeGateway({"translate": lambda u: {**fake_answer("translate", u), "headline": long}, "headline": down})
    result = run(gateway, fake_article(), "es")
    assert (result.translations["es"].status, result.provenance.usage.requests) == ("flagged", 1 + 1 + 3)


def test_failing_bullet_is_asked_again_with_the_finding() -> None:
    """Only the failing line is written anew; the result is clean, and the repair is counted and named."""
    gateway = FakeGateway({"summarize": draft(PIER, UNCITED), "repair": repaired((2, *COST_LINE), (1, "No.", [1]))})
    result = run(gateway, fake_article())
    assert result.status == "ok"
    assert [bullet.text for bullet in result.bullets] == [PIER[0], COST_LINE[0]]
    assert result.provenance.usage.requests == 2
    assert set(result.provenance.prompts) == {"repair", "summarize"}
    (prompt,) = gateway.prompts("repair")
    assert "line 2: The pier is long.\ncites: none\n" in prompt
    assert "no sentence is cited" in prompt


def test_bullet_that_stays_wrong_is_dropped_where_enough_remain() -> None:
    """After two repairs in vain the bullet goes, flagged; the others stay."""
    answer = draft(PIER, UNCITED, COST_LINE)
    again = in_turn(repaired((2, "**Still** wrong.", [1])), repaired((2, "Still *quite* wrong.", [1])))
    gateway = FakeGateway({"summarize": answer, "repair": again})
    result = run(gateway, four_sentences())
    assert (result.status, codes(result)) == ("flagged", ["bullet_dropped"])
    assert [bullet.text for bullet in result.bullets] == [PIER[0], COST_LINE[0]]
    assert len(gateway.prompts("repair")) == 2


def test_bullet_that_stays_wrong_is_replaced_where_few_remain() -> None:
    """Its evidence sentence stands in its place, flagged, and held where rights forbid that."""
    answers = {"summarize": draft(PIER, ("It costs 70 million euros.", [2])), "repair": repaired()}
    result = run(FakeGateway(answers), fake_article())
    assert (result.status, codes(result)) == ("flagged", ["bullet_replaced"])
    assert result.bullets[1].text == result.bullets[1].evidence[0].text
    assert [found.where for found in result.findings if found.code == "bullet_replaced"] == ["bullets[1]"]
    reserved = fake_article().model_copy(update={"rights": "All rights reserved"})
    held = run(FakeGateway(answers), reserved)
    assert (held.status, held.bullets, codes(held)) == ("held", (), ["figure_not_in_evidence"])


def test_headline_that_stays_wrong_holds_the_article() -> None:
    """A headline cannot be dropped."""
    answers = {"summarize": draft(PIER, headline_sentences=[]), "repair": repaired((0, "Still **wrong**", [1]))}
    gateway = FakeGateway(answers)
    result = run(gateway, fake_article(), "es")
    assert (result.status, codes(result)) == ("held", ["markup_leaked"])
    assert result.held["en"].headline == "Still **wrong**"
    assert gateway.prompts("translate") == []


def test_refused_repair_leaves_the_fall_back() -> None:
    """A repair without an answer is as good as a repair in vain, and is not asked for again word by word."""
    answer = draft(PIER, UNCITED, COST_LINE)
    gateway = FakeGateway({"summarize": answer, "repair": failing(OutputRefused("no", COST))})
    result = run(gateway, four_sentences())
    assert (result.status, codes(result)) == ("flagged", ["bullet_dropped"])
    assert result.provenance.usage.requests == 1 + COST.requests


@pytest.mark.parametrize(
    ("again", "times"),
    [
        (repaired(), 1), (repaired((1, PIER[0], [])), 1), (repaired((1, f"**{PIER[0]}**", [1])), 1),
        (repaired((1, "A pier was **approved**.", [1])), 2),
    ],
)  # fmt: skip
def test_repair_that_brings_nothing_new_is_asked_for_once(again: Answer, times: int) -> None:
    """The same request is never sent twice; one that still fails, but in other words, is."""
    gateway = FakeGateway({"summarize": draft((f"**{PIER[0]}**", [1])), "repair": again})
    result = run(gateway, fake_article())
    prompts = gateway.prompts("repair")
    assert len(prompts) == len(set(prompts)) == times
    assert (codes(result), result.bullets[0].text) == (["bullet_replaced"], PIER[0])


def test_repair_without_a_citation_changes_nothing() -> None:
    """Good evidence is not given up for none: the sentence stands in for a line that cites nothing any more."""
    answers = {"summarize": draft(("The board **approved** a pier", [1])), "repair": repaired((1, "The board did", []))}
    result = run(FakeGateway(answers), fake_article())
    assert (result.status, codes(result)) == ("flagged", ["bullet_replaced"])
    assert [passage.sentence for passage in result.bullets[0].evidence] == [1]


def test_repair_that_copies_a_good_line_is_not_kept() -> None:
    """What repeats is found at the later line, which was right: the rewritten one goes back, and the good one stays."""
    path = ("Residents had asked for a cycle path", [3])
    answers = {"summarize": draft(("**Ferries** get a pier", [1]), path), "repair": repaired((1, path[0], [1]))}
    result = run(FakeGateway(answers), fake_article())
    assert (result.status, codes(result)) == ("flagged", ["bullet_replaced"])
    assert [(bullet.text, bullet.evidence[0].sentence) for bullet in result.bullets] == [PIER_LINE, (path[0], 3)]


def test_repaired_line_of_a_translation_that_copies_a_good_one_is_not_kept() -> None:
    """As in a draft: the line that was right is not held for it."""

    def translate(user: str) -> dict[str, Any]:
        answer = fake_answer("translate", user)
        return {**answer, "bullets": ["**El consejo** aprobó el plan", answer["bullets"][1]]}

    copied = {
        "lines": [
            {"line": 1, "text": "Las obras empezarán en la próxima primavera según el consejo 12400000 EUR, 2028"}
        ]
    }
    gateway = FakeGateway({"translate": translate, "repair_translation": lambda _user: copied})
    held = run(gateway, fake_article(), "es").held["es"]
    assert held.bullets[0] == "**El consejo** aprobó el plan"
    assert len(gateway.prompts("repair_translation")) == 1


@pytest.mark.parametrize(
    "second",
    [("The harbour board approved a second ferry pier on Tuesday again", [1]), ("**It** was approved", [1])],
    ids=["repeats", "cites"],
)
def test_failing_bullet_that_says_nothing_more_is_dropped(second: tuple[str, list[int]]) -> None:
    """Its sentence in its place would only say again what the other bullet says, and hold them both."""
    first = ("The harbour board approved a second ferry pier on Tuesday", [1])
    result = run(FakeGateway({"summarize": draft(first, second)}), fake_article())
    assert (result.status, codes(result)) == ("flagged", ["bullet_dropped"])
    assert [bullet.text for bullet in result.bullets] == [first[0]]


def test_findings_never_hold_a_whole_line() -> None:
    """What is held or left out reaches no output: findings go into every one of them."""
    lines = ["Second ferry pier approved by board", "The harbour board approved a second ferry pier"]
    wrong = "As an AI language model I say that the chairman stole it"
    answers = {
        "summarize": draft(PIER, (wrong, [2]), COST_LINE, headline="Board approves a pier"),
        "translate": lambda user: {**json_answer(user), "language": "es"},
    }
    result = run(FakeGateway(answers), four_sentences(), "es", "ja")
    shown = json.loads(result.model_dump_json())
    texts = [json.dumps(shown["findings"]), *(json.dumps(t["findings"]) for t in shown["translations"].values())]
    assert {tag: t.status for tag, t in result.translations.items()} == {"es": "held", "ja": "held"}
    assert codes(result) == ["bullet_dropped"]
    secret = [wrong, *lines, *(line for held in result.held.values() for line in (held.headline or "", *held.bullets))]
    assert not [line for line in secret if any(line in text for text in texts)]


def json_answer(user: str) -> dict[str, Any]:
    """The draft itself as its translation."""
    shown = json.loads(user.partition("<draft>\n")[2].partition("\n</draft>")[0])
    return {"language": "", "headline": shown["headline"], "bullets": shown["bullets"], "names": []}


def test_repair_is_not_told_to_keep_the_form_that_it_is_to_mend() -> None:
    """A name whose form a finding speaks against is not among the fixed ones."""
    names = [{"source": "Kyiv", "target": "Київ"}, {"source": "Lviv", "target": "リヴィウ"}]
    bullets = ["Київの住民は計画について詳しい説明をリヴィウに求めていた"]
    answer = {"language": "ja", "headline": "市議会、新しい計画を承認", "bullets": bullets, "names": names}
    drafted = draft(("Residents of Kyiv had asked Lviv for a cycle path", [3]), names=["Kyiv", "Lviv"])
    gateway = FakeGateway({"summarize": drafted, "translate": lambda _user: answer})
    run(gateway, fake_article(), "ja")
    (prompt,) = gateway.prompts("repair_translation")
    fixed = prompt.partition("<names>")[2].partition("</names>")[0]
    assert ("リヴィウ" in fixed, "Київ" in fixed) == (True, False)


def test_names_of_a_line_that_fails_for_its_language_are_free() -> None:
    """Where no passage is shown every name of the line may be wrong; a name that stays the same fixes nothing."""
    given = [("Ferris", "フェリス"), ("Lviv", "リヴィウ"), ("NASA", "NASA")]
    draft_of = Draft(language="en", headline="NASA", headline_evidence=(), bullets=())
    lines = {"headline": "NASAが発表", "bullets": ("Ferris met フェリス", "リヴィウで会談")}
    answered = fake_translation(draft_of, "ja").model_copy(update=lines)
    for code, where, kept in (
        ("language_wrong", "bullets[0]", given[1:]), ("script_wrong", "translation", []), ("figure_lost", "bullets[0]", given),
    ):  # fmt: skip
        assert list(uncontested(tuple(given), [finding(code, where, "wrong")], answered)) == kept
    table = translation_names(NO_HOUSE_STYLE, draft_of, "ja", tuple(given))
    assert table.forms == tuple(given[:2])


def test_failing_translation_is_asked_again() -> None:
    """All lines of a translation with a bullet missing are asked for, with the reason; with the right count it stands."""
    short = {"language": "es", "headline": "Aprobado", "bullets": [], "names": []}
    lines = [
        "El consejo aprueba un segundo muelle",
        "El consejo del puerto aprobó el martes un segundo muelle",
        "Según el consejo, la obra costará 12,4 millones de euros y abrirá en 2028",
    ]
    again = {"lines": [{"line": number, "text": text} for number, text in enumerate(lines)]}
    gateway = FakeGateway({"translate": lambda _user: short, "repair_translation": lambda _user: again})
    result = run(gateway, fake_article(), "es").translations["es"]
    assert (result.status, [result.headline, *result.bullets]) == ("ok", lines)
    (prompt,) = gateway.prompts("repair_translation")
    assert "not one line for each bullet (expected: 2; found: 0)" in prompt
    assert len(gateway.asked) == 3


def test_marks_of_a_translation_are_set_right_without_asking() -> None:
    """Separators and quotation marks of English in German text cost no call; what a repair says is set right too."""
    article = fake_article('The board said "yes" to 12.4 million euros. It met on Tuesday in the old town hall.')
    lines = ['Rat sagt "Ja" zu 12.4 Millionen Euro', 'Der Rat sagte "Ja" zu 12.4 Millionen Euro']
    answer = {"language": "de", "headline": lines[0], "bullets": lines[1:], "names": []}
    drafted = draft(
        ('The board said "yes" to 12.4 million euros', [1]), headline='Board says "yes" to 12.4 million euros'
    )
    gateway = FakeGateway({"summarize": drafted, "translate": lambda _user: answer})
    result = run(gateway, article, "de").translations["de"]
    assert result.bullets == ("Der Rat sagte „Ja“ zu 12,4 Millionen Euro",)
    assert (result.status, gateway.prompts("repair_translation")) == ("ok", [])


@pytest.mark.parametrize(
    ("asked", "said", "status"),
    [
        ("es", "es-MX", "ok"), ("es", "spa", "ok"), ("es", "Spanish", "ok"), ("es", "", "ok"),
        ("es", "ca", "held"), ("es", "pt-BR", "held"), ("zh-Hant", "zh-TW", "ok"),
    ],
)  # fmt: skip
def test_answer_that_names_another_language_is_held(asked: str, said: str, status: str) -> None:
    """Checks cannot tell close languages apart, so what the answer says of itself counts; script and region do not."""
    lines = ["港務局批准新碼頭", "港務局週二批准為渡輪修建第二座碼頭", "據港務局稱，碼頭耗資1240萬歐元，將於2028年啟用"]
    drafted = fake_draft(fake_article())
    sources = [drafted.headline, *(bullet.text for bullet in drafted.bullets)]
    given = fake_lines(sources, "es") if asked == "es" else lines
    answer = {"language": said, "headline": given[0], "bullets": given[1:], "names": []}
    result = run(FakeGateway({"translate": lambda _user: answer}), fake_article(), asked).translations[asked]
    wrong = [found.where for found in result.findings if found.code == "language_wrong"]
    assert (result.status, wrong) == (status, ["translation"] if status == "held" else [])


def test_empty_line_of_a_translation_is_repaired_alone() -> None:
    """Only the failing line is asked for, and the others stay as they were."""

    def translate(user: str) -> dict[str, Any]:
        answer = fake_answer("translate", user)
        return {**answer, "bullets": [" ", *answer["bullets"][1:]]}

    again = {"lines": [{"line": 1, "text": "El consejo votó a favor"}, {"line": 2, "text": "not asked for"}]}
    gateway = FakeGateway({"translate": translate, "repair_translation": lambda _user: again})
    result = run(gateway, fake_article(), "es")
    bullets = result.translations["es"].bullets
    assert bullets[0] == "El consejo votó a favor"
    assert bullets[1].startswith("Las obras empezarán")


def test_translation_that_stays_wrong_is_held() -> None:
    """After two repairs in vain the language is held with its finding, and the candidate is kept privately."""
    short = {"language": "es", "headline": "Aprobado", "bullets": [], "names": []}
    gateway = FakeGateway({"translate": lambda _user: short})
    result = run(gateway, fake_article(), "es", "de")
    held = result.translations["es"]
    assert (held.status, held.headline) == ("held", None)
    assert "bullets_differ" in [found.code for found in held.findings]
    assert result.held["es"].headline == "Aprobado"
    assert result.provenance.usage.requests == 1 + 2 * 2


def test_long_article_is_noted_chosen_and_drafted() -> None:
    """Notes in as many calls as there are parts, one choice, one draft that sees the chosen notes and their sentences."""
    gateway = FakeGateway({"merge": lambda _user: {"notes": [3, 99, 1, 3]}})
    result = run(gateway, long_article(), "es", chunks={"tokens": 400})
    names = [call.prompt.name for call in gateway.asked]
    parts = names.count("notes")
    assert parts > 2
    assert names == ["notes"] * parts + ["merge", "summarize", "translate"]
    (prompt,) = gateway.prompts("summarize")
    assert prompt.count("[n") == 2
    assert prompt.count("The council of town number") == 2
    assert "[n1] sentences 21\n[n2] sentences 1\n" in prompt
    shown = [line for line in prompt.splitlines() if line.startswith("[") and not line.startswith("[n")]
    assert len(shown) == 2
    assert result.provenance.coverage == 1.0
    assert result.provenance.usage.requests == len(gateway.asked)
    assert set(result.provenance.prompts) == {"merge", "notes", "summarize", "translate"}


def test_each_note_may_cite_only_its_own_part() -> None:
    """A note that cites a sentence of another part loses that number; one that cites no other is not used."""
    wrong = {"notes": [{"claim": "Invented.", "sentences": [1000]}, {"claim": "Good.", "sentences": [1, 60]}]}

    def notes(user: str) -> dict[str, Any]:
        return fake_answer("notes", user) if "<opening>" in user else wrong

    gateway = FakeGateway({"notes": notes})
    run(gateway, long_article(), chunks={"tokens": 400})
    (prompt,) = gateway.prompts("merge")
    assert "Invented" not in prompt
    assert "[n1] Good. (sentences 1)" in prompt


def test_later_parts_know_who_is_who() -> None:
    """The first two sentences stand before each later part and may be cited, but a note needs one of its own part."""

    def notes(user: str) -> dict[str, Any]:
        if "<opening>" not in user:
            return {"notes": [{"claim": "First part.", "sentences": [1]}]}
        own = first_number(user)
        return {
            "notes": [
                {"claim": "Known.", "sentences": [2]},
                {"claim": f"Town number {own - 1} agreed.", "sentences": [own, 1]},
            ]
        }

    gateway = FakeGateway({"notes": notes})
    article = long_article().model_copy(update={"title": "Bridges to be repaired"})
    assert run(gateway, article, chunks={"tokens": 400}).provenance.coverage == 1.0
    first, *later = gateway.prompts("notes")
    opening = "\n".join(f"[{number}] {text}" for number, text in enumerate(article.sentence_texts()[:2], 1))
    assert "<opening>" not in first
    assert all(f"<opening>\n{opening}\n</opening>\n<title>" in prompt for prompt in later)
    (chosen,) = gateway.prompts("merge")
    assert chosen.startswith(
        "<title>Bridges to be repaired</title>\n<notes>\n[n1] First part. (sentences 1)\n[n2] Town number 20 agreed."
    )
    assert ("(sentences 21, 1)" in chosen, "Known" in chosen) == (True, False)


def test_note_that_says_nothing_is_replaced_by_its_sentence() -> None:
    """A failing claim gives way to the sentence that it cites."""
    gateway = FakeGateway({"notes": lambda user: {"notes": [{"claim": " ", "sentences": [first_number(user)]}]}})
    run(gateway, long_article(), chunks={"tokens": 400})
    assert "[n1] The council of town number 0 agreed" in gateway.prompts("merge")[0]


def first_number(user: str) -> int:
    part = user.partition("<article>")[2]
    return int(next(line for line in part.splitlines() if line.startswith("[")).partition("]")[0][1:])


def test_part_without_an_answer_lowers_the_coverage() -> None:
    """A part that is refused is left out: the summary is flagged and says how much it knows."""

    def notes(user: str) -> dict[str, Any]:
        if "<opening>" not in user:
            raise OutputRefused("no", COST)
        return fake_answer("notes", user)

    gateway = FakeGateway({"notes": notes})
    result = run(gateway, long_article(), chunks={"tokens": 400})
    assert (result.status, codes(result)) == ("flagged", ["coverage_partial"])
    assert 0.0 < result.provenance.coverage < 1.0
    assert result.provenance.usage.requests == len(gateway.asked) - 1 + COST.requests


def test_coverage_counts_characters() -> None:
    """A part that only continues a sentence is a part too: without it the summary is flagged, and not held."""
    article = fake_article("The harbour board met on Tuesday. " + "alpha beta gamma delta, " * 900 + "said the chair.")
    continued = in_turn(
        lambda user: fake_answer("notes", user), failing(OutputInvalid("no", COST)), lambda _user: {"notes": []}
    )
    answers = {"notes": continued, "summarize": draft(("The harbour board met on Tuesday", [1]))}
    result = run(FakeGateway(answers), article, chunks={"tokens": 2000})
    assert (result.status, codes(result)) == ("flagged", ["coverage_partial"])
    assert 0.4 < result.provenance.coverage < 0.9


def test_article_of_which_no_part_is_answered_is_held() -> None:
    """Without a note there is no draft, and no call for one."""
    gateway = FakeGateway({"notes": failing(OutputRefused("no", COST))})
    result = run(gateway, long_article(), chunks={"tokens": 400})
    assert (result.status, codes(result)) == ("held", ["output_refused"])
    assert {call.prompt.name for call in gateway.asked} == {"notes"}
    assert result.provenance.coverage == 0.0


@pytest.mark.parametrize("answer", [lambda _user: {"notes": [0, -1, 500]}, lambda _user: {"notes": []}])
def test_choice_of_no_note_falls_back_to_the_first(answer: Answer) -> None:
    """Where the model chooses nothing that exists, the first notes are drafted from."""
    gateway = FakeGateway({"merge": answer})
    result = run(gateway, long_article(), chunks={"tokens": 400})
    assert result.status == "ok"
    assert "[n1] sentences 1\n[n2] sentences 2\n" in gateway.prompts("summarize")[0]


def test_many_notes_are_chosen_from_in_batches() -> None:
    """No prompt is above the budget by much, however many notes there are."""
    gateway = FakeGateway()
    result = run(gateway, long_article(400), chunks={"tokens": 400})
    assert len(gateway.prompts("merge")) > 2
    assert len(gateway.prompts("summarize")) == 1
    assert result.status == "ok"


def test_overflow_cuts_the_article_anew_once() -> None:
    """What is too long for the model is read in parts of half the size; the failed request is counted."""
    overflow = ContextOverflow("too long", Usage(requests=1))
    gateway = FakeGateway({"summarize": in_turn(failing(overflow), lambda user: fake_answer("summarize", user))})
    result = run(gateway, long_article(20))
    names = [call.prompt.name for call in gateway.asked]
    assert names == ["summarize", *["notes"] * (len(names) - 3), "merge", "summarize"]
    assert len(names) in {5, 6}
    assert result.status == "ok"
    assert result.provenance.usage.requests == len(names)
    again = run(FakeGateway({"summarize": failing(overflow)}), long_article(20))
    assert (again.status, codes(again)) == ("held", ["context_overflow"])


def test_sentence_above_the_budget_is_read_in_parts() -> None:
    """A text without sentence ends is cut, every part is shown under its number, and no prompt holds it whole."""
    article = fake_article("word " * 2000 + "end. The second sentence is short.")
    gateway = FakeGateway()
    result = run(gateway, article, "es", chunks={"tokens": 300})
    assert max(len(call.prompt.user) for call in gateway.asked) < 5000
    assert result.headline is None or result.headline_evidence[0].sentence == 1


def test_part_shares_the_sentences_that_it_does_not_cut() -> None:
    """A part of a long article copies none of its sentences, which would be all of them for every part."""
    article = long_article()
    for chunk in chunk_article(article.text, article.sentences, budget=400):
        sentences = part_of(article, chunk).sentences
        assert all(mine is whole for mine, whole in zip(sentences, article.sentences, strict=True))


SHORTER = "Board approves second ferry pier beside the old one"
LONG = "Board approves second ferry pier " + "and another pier beside the old one " * 5


@pytest.mark.parametrize(
    ("answer", "expected", "found"),
    [
        (SHORTER, SHORTER, []), ("", LONG, ["headline_long"]), (f"{LONG} more", LONG, ["headline_long"]),
        ("Board: ferry pier", LONG, ["headline_long"]), (f"**{SHORTER}**", LONG, ["headline_long"]),
        ("Board approves second pier beside the old one", LONG, ["headline_long"]),
        ("Acme approves second ferry pier beside the old one", LONG, ["headline_long"]),
        (f"{SHORTER} of 1911", LONG, ["headline_long"]),
    ],
)  # fmt: skip
def test_long_headline_is_shortened_once_and_never_holds(answer: str, expected: str, found: list[str]) -> None:
    """One call for a shorter headline; where that says too little, loses a name or asks, the long one stays."""
    drafted = draft(PIER, headline=LONG, names=["Board", "ferry pier"])
    gateway = FakeGateway({"summarize": drafted, "headline": lambda _user: {"headline": answer}})
    result = run(gateway, fake_article())
    assert (result.headline, codes(result)) == (expected.strip(), found)
    assert result.status == ("flagged" if found else "ok")
    assert len(gateway.prompts("headline")) == 1
    assert result.provenance.usage.requests == 2


def test_headline_of_a_translation_is_shown_with_its_original() -> None:
    """That of the draft needs none beside it."""
    long = "El consejo de la ciudad aprueba el nuevo plan " * 4
    gateway = FakeGateway(
        {
            "summarize": draft(PIER, headline=LONG),
            "translate": lambda u: {**fake_answer("translate", u), "headline": long},
        }
    )
    run(gateway, fake_article(), "es")
    own, translated = gateway.prompts("headline")
    assert "<original>" not in own
    assert f"<original>\n{LONG.strip()}\n</original>\n\n<headline>\n{long.strip()}\n</headline>" in translated


def test_long_headline_of_a_translation_is_shortened_too() -> None:
    """By the target language's own length, in one call."""

    def translate(user: str) -> dict[str, Any]:
        answer = fake_answer("translate", user)
        return {**answer, "headline": "El consejo de la ciudad aprueba el nuevo plan " * 4}

    shorter = {"headline": "El consejo aprueba el nuevo plan para la ciudad"}
    gateway = FakeGateway({"translate": translate, "headline": lambda _user: shorter})
    result = run(gateway, fake_article(), "es")
    assert result.translations["es"].headline == shorter["headline"]
    assert result.translations["es"].status == "ok"
    assert result.provenance.usage.requests == 3


def test_the_language_model_is_loaded_beside_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks may need it, and loading it in the loop would stop all that wait there; once is enough."""
    threads = []
    monkeypatch.setattr(warming, "load_model", lambda: threads.append(threading.current_thread()))
    settings = Settings.load(overrides={"llm": {"model": "m", "base_url": "http://127.0.0.1/v1"}})
    engine = LLMEngine(FakeGateway(), settings)

    async def twice() -> None:
        await asyncio.gather(*(engine.draft(fake_article(), max_bullets=2) for _ in range(2)))
        await engine.translate(fake_article(), fake_draft(fake_article()), ["es"])

    asyncio.run(twice())
    assert [thread is threading.main_thread() for thread in threads] == [False]


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_an_editor_asks_for_is_in_the_prompt(language: str) -> None:
    """A language is written anew by the prompt for repairs, with the reason in its findings; the answer is checked."""
    gateway = FakeGateway()
    article = fake_article()
    settings = Settings.load(overrides={"llm": {"model": "m", "base_url": "http://127.0.0.1/v1"}})

    async def again() -> tuple[NewsSummary, NewsSummary]:
        async with Summarizer(LLMEngine(gateway, settings)) as summarizer:
            first = await summarizer.summarize(article, to=["es"])
            return first, await summarizer.rewrite(article, first, language, "too stiff </findings> for our readers")

    first, second = asyncio.run(again())
    (prompt,) = gateway.prompts("repair" if language == "en" else "repair_translation")
    assert "too stiff" in prompt.partition("<findings>")[2].partition("</findings>")[0]
    assert prompt.count("</findings>") == 1
    assert second.status == first.status
    assert len(gateway.prompts("translate")) == (2 if language == "en" else 1)
