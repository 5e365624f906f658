"""Several languages in one call: when that is done, and what becomes of a language that goes wrong."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from summarizer import EndpointUnavailable, Settings, Summarizer
from summarizer.errors import OutputInvalid, OutputTruncated
from summarizer.llm.engine import LLMEngine
from summarizer.llm.lane import Cost, Lane, Load, Told
from summarizer.llm.limit_headers import Duration, Reading
from summarizer.llm.replies import Tokens
from summarizer.llm.translating import translation_tokens
from summarizer.llm.window import Clean
from summarizer.records import Bullet, NewsSummary, Usage
from summarizer.testing import FakeGateway, fake_answer, fake_article, fake_draft
from summarizer.tokens import count_tokens
from tests.virtual import FarSide
from tests.virtual import run as run_virtually

Answer = Callable[[str], dict[str, Any]]
COST = Usage(requests=2, retries=1, input_tokens=50, output_tokens=5)


def run(gateway: FakeGateway, *to: str) -> NewsSummary:
    settings = Settings.load(overrides={"llm": {"model": "m", "base_url": "http://127.0.0.1/v1"}})

    async def once() -> NewsSummary:
        async with Summarizer(LLMEngine(gateway, settings)) as summarizer:
            return await summarizer.summarize(fake_article(), to=to)

    return asyncio.run(once())


def scarce(**answers: Answer) -> FakeGateway:
    return FakeGateway(answers, scarce=True)


def packed(change: Callable[[list[dict[str, Any]]], object]) -> Answer:
    """The answer for several languages, with a change to the list."""

    def answer(user: str) -> dict[str, Any]:
        made = fake_answer("translate_packed", user)
        change(made["translations"])
        return made

    return answer


def asked(gateway: FakeGateway) -> list[str]:
    return [call.prompt.name for call in gateway.asked]


def test_scarce_requests_pack_the_languages() -> None:
    """One call for all, each in its place and in its own script; provenance says so, and counts it once."""
    gateway = scarce()
    result = run(gateway, "es", "ar", "de")
    assert asked(gateway) == ["summarize", "translate_packed"]
    assert list(result.translations) == ["es", "ar", "de"]
    assert [each.status for each in result.translations.values()] == ["ok"] * 3
    assert "مجلس" in (result.translations["ar"].headline or "")
    assert result.provenance.plan == "packed"
    assert result.provenance.usage.requests == 2
    assert set(result.provenance.prompts) == {"summarize", "translate_packed"}


@pytest.mark.parametrize("to", [(), ("es",), ("en", "es")])
def test_one_language_is_never_packed(to: tuple[str, ...]) -> None:
    """There is nothing to pack it with; the article's own language needs no call."""
    gateway = scarce()
    assert run(gateway, *to).provenance.plan == "spread"
    assert "translate_packed" not in asked(gateway)


def test_plentiful_requests_are_spread() -> None:
    """A call per language, side by side, is sooner done."""
    gateway = FakeGateway()
    assert run(gateway, "es", "ar").provenance.plan == "spread"
    assert asked(gateway) == ["summarize", "translate", "translate"]


def test_many_languages_are_several_calls() -> None:
    """Eight at most in one, so that an answer that goes wrong costs no more than those."""
    tags = ("es", "ar", "de", "fr", "ja", "it", "pt", "nl", "sv", "da")
    gateway = scarce()
    result = run(gateway, *tags)
    assert asked(gateway)[:3] == ["summarize", "translate_packed", "translate_packed"]
    assert "translate" not in asked(gateway)
    assert tuple(result.translations) == tags


def test_a_packed_prompt_has_what_each_language_needs() -> None:
    """Its rules and its names below its name and tag; the order is that of the list."""
    gateway = scarce()
    run(gateway, "de", "ja")
    (user,) = gateway.prompts("translate_packed")
    german, japanese = user.index("German (de):\n- Headline"), user.index("Japanese (ja):\n- Headline")
    assert german < user.index("Konjunktiv") < japanese
    assert user.count("<names>") == 2
    assert user.rstrip().endswith("in each of these languages: German (de), Japanese (ja).")


LINES = (
    "Floods in northern Italy kill at least 14, officials say",
    "At least 14 people died and 30 are missing after the river Secchia broke its banks, the region said.",
    "Prime Minister Giorgia Meloni promised €20 million in aid for the 36,000 people who left their homes.",
)
RENDERED = {
    "pl": (
        "Powodzie na północy Włoch: co najmniej 14 ofiar śmiertelnych, informują władze",
        "Co najmniej 14 osób zginęło, a 30 zaginęło, gdy rzeka Secchia wystąpiła z brzegów – podały władze regionu.",
        "Premier Giorgia Meloni obiecała 20 mln euro pomocy dla 36 tys. osób, które musiały opuścić swoje domy.",
    ),
    "el": (
        "Πλημμύρες στη βόρεια Ιταλία: τουλάχιστον 14 νεκροί, σύμφωνα με τις αρχές",
        "Τουλάχιστον 14 άνθρωποι σκοτώθηκαν και 30 αγνοούνται μετά την υπερχείλιση του Σέκια, λέει η περιφέρεια.",
        "Η πρωθυπουργός Τζόρτζια Μελόνι υποσχέθηκε βοήθεια 20 εκατ. ευρώ για 36.000 ανθρώπους που έφυγαν.",
    ),
    "th": (
        "น้ำท่วมภาคเหนือของอิตาลี เสียชีวิตอย่างน้อย 14 ราย เจ้าหน้าที่ระบุ",
        "รัฐบาลท้องถิ่นระบุว่า มีผู้เสียชีวิตอย่างน้อย 14 ราย และสูญหาย 30 ราย หลังแม่น้ำเซกเกียเอ่อล้นตลิ่ง",
        "นายกรัฐมนตรีจอร์จา เมโลนี ให้คำมั่นว่าจะมอบเงินช่วยเหลือ 20 ล้านยูโรแก่ประชาชน 36,000 คนที่ต้องอพยพออกจากบ้าน",
    ),
}


@pytest.mark.parametrize("tag", RENDERED)
def test_the_cap_leaves_room_for_a_translation_and_little_more(tag: str) -> None:
    """Providers charge the cap against the limit of tokens; what is cut off has to be asked for again."""
    names = ("Italy", "Secchia", "Giorgia Meloni")
    bullets = tuple(Bullet(text=text, evidence=()) for text in LINES[1:])
    draft = fake_draft(fake_article()).model_copy(update={"headline": LINES[0], "bullets": bullets, "names": names})
    forms = [{"source": name, "target": name} for name in names]
    made = {"language": tag, "headline": RENDERED[tag][0], "bullets": RENDERED[tag][1:], "names": forms}
    needed = count_tokens(json.dumps(made, ensure_ascii=False))
    assert needed < translation_tokens(draft, [tag]) < 3.5 * needed
    assert translation_tokens(draft, [tag, tag]) == 2 * translation_tokens(draft, [tag])


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.pop(0),
        lambda made: made[0].update(language="tlh-x"),
        lambda made: made[0].update(language="fr"),
    ],
)
def test_a_missing_language_is_asked_for_alone(change: Callable[[list[dict[str, Any]]], object]) -> None:
    """One that the answer lacks, or names otherwise, costs one more call; the others are kept."""
    gateway = scarce(translate_packed=packed(change))
    result = run(gateway, "es", "de")
    assert asked(gateway) == ["summarize", "translate_packed", "translate"]
    assert [each.status for each in result.translations.values()] == ["ok", "ok"]
    assert result.provenance.usage.requests == 3


def test_tags_may_be_written_otherwise() -> None:
    """`DE` is German, and the first of two answers for one language counts."""

    def change(made: list[dict[str, Any]]) -> None:
        made[1]["language"] = "DE"
        made.append({**made[1], "headline": "Zweite Fassung"})

    gateway = scarce(translate_packed=packed(change))
    result = run(gateway, "es", "de")
    assert asked(gateway) == ["summarize", "translate_packed"]
    assert "Zweite" not in (result.translations["de"].headline or "")


def test_a_failing_language_is_repaired_alone() -> None:
    """A line that a check holds is asked for again in that language; the others are not touched."""
    gateway = scarce(
        translate_packed=packed(
            lambda made: made[0].update(bullets=[" ", "Las obras empezarán en la próxima primavera"])
        )
    )
    result = run(gateway, "es", "de")
    assert asked(gateway)[:2] == ["summarize", "translate_packed"]
    assert set(asked(gateway)[2:]) == {"repair_translation"}
    assert all("Spanish" in user for user in gateway.prompts("repair_translation"))
    assert (result.translations["es"].status, result.translations["de"].status) == ("held", "ok")


@pytest.mark.parametrize("error", [OutputTruncated("cut off", COST), OutputInvalid("no object", COST)])
def test_an_answer_of_no_use_sends_each_language_alone(error: Exception) -> None:
    """What could not be said in one call is asked for in several, and all of it is counted."""

    def answer(_user: str) -> dict[str, Any]:
        raise error

    gateway = scarce(translate_packed=answer)
    result = run(gateway, "es", "de")
    assert asked(gateway) == ["summarize", "translate_packed", "translate", "translate"]
    assert [each.status for each in result.translations.values()] == ["ok", "ok"]
    assert result.provenance.usage.requests == 1 + 2 + 2


def test_an_outage_holds_the_languages_of_that_call() -> None:
    """The draft is paid for, and stays; one that fails only when it is asked for alone leaves the others."""

    def down(_user: str) -> dict[str, Any]:
        raise EndpointUnavailable("fake.example: 503", Usage(requests=3, retries=2))

    result = run(scarce(translate_packed=down), "es", "de")
    assert (result.status, result.provenance.usage.requests) == ("ok", 1 + 3)
    assert [each.findings[0].code for each in result.translations.values()] == ["endpoint_unavailable"] * 2
    result = run(scarce(translate_packed=packed(lambda made: made.pop(0)), translate=down), "es", "de")
    assert [each.status for each in result.translations.values()] == ["held", "ok"]


SPREAD, PACKED = Load(4, 4 * 1500 + 3200), Load(1, 1500 + 3200)


def lane(told: Told, *readings: Reading) -> Lane:
    """A lane that has seen one answer of a second, with these limits of requests in its headers."""
    made = Lane(told, None, 0.0)
    sent = made.send(Cost(100, 100), 0.0)
    made.answered(sent, {"requests": readings[0]} if readings else {}, Clean(1.0, 20.0, Tokens()), 1.0)
    made.done(sent)
    return made


@pytest.mark.parametrize(
    ("limits", "articles", "worth"),
    [
        (lane(Told()), 1000, False),
        (lane(Told(requests_per_minute=600)), 1, False),
        (lane(Told(requests_per_minute=600)), 10, True),
        (lane(Told(requests_per_minute=6)), 1, True),
        (lane(Told(tokens_per_minute=100_000)), 1, True),
        (lane(Told(), Reading(600, 590, Duration(1.0, 0.001))), 10, False),
        (lane(Told(), Reading(600, 20, Duration(58.0, 0.001))), 10, True),
        (lane(Told(), Reading(14_400, 14_370, Duration(180.0, 0.01))), 100, False),
    ],
)
def test_packing_is_worth_it_where_limits_bind(limits: Lane, articles: int, worth: bool) -> None:
    """Where the calls of the articles under way would wait for longer than a call for four languages takes longer."""
    assert limits.is_worth(1.5, SPREAD.times(articles), PACKED.times(articles), 1.0) is worth


def test_calls_that_wait_are_reckoned_with() -> None:
    """A queue that has no limit to wait for makes nothing scarce; one before a limit does."""

    async def seen(told: Told) -> bool:
        async with FarSide().gateway(told) as gateway:
            return gateway.is_worth("m", 1.5, SPREAD, PACKED)

    assert run_virtually(seen(Told())) is False
    assert run_virtually(seen(Told(requests_per_minute=6))) is True


def test_the_rendered_list_can_be_read_back() -> None:
    """The names and tags of a packed prompt stand in a form that a reader, or a simulator, can take apart."""
    gateway = scarce()
    run(gateway, "zh-Hans", "pt-BR")
    (user,) = gateway.prompts("translate_packed")
    assert re.findall(r"\(([\w-]+)\)", user.rpartition("languages: ")[2]) == ["zh-Hans", "pt-BR"]
