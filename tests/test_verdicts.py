"""How a desk uses the checks: enforced, or in the shadow; with codes that it does not want."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

import summarizer.checks
from summarizer.checks import CODES, finding
from summarizer.errors import ConfigError
from summarizer.pipeline import Summarizer
from summarizer.records import Article, CheckPolicy, Draft, NewsSummary, Translation
from summarizer.settings import Settings
from summarizer.testing import FakeEngine, fake_article, fake_draft, fake_translation
from summarizer.verdicts import Judge, Policy


def summary(policy: Policy, engine: FakeEngine) -> NewsSummary:
    async def once() -> NewsSummary:
        async with Summarizer(engine, policy=policy) as summarizer:
            return await summarizer.summarize(fake_article(), to=["es"])

    return asyncio.run(once())


def in_english(draft: Draft, language: str) -> Translation:
    lines = tuple(bullet.text for bullet in draft.bullets)
    return fake_translation(draft, language).model_copy(update={"headline": draft.headline, "bullets": lines})


def test_shadow_reports_and_holds_nothing() -> None:
    """The same findings, as warnings; provenance says so."""
    enforced = summary(Policy(), FakeEngine(translate=in_english))
    shadowed = summary(Policy(shadow=True), FakeEngine(translate=in_english))
    assert enforced.translations["es"].status == "held"
    assert shadowed.translations["es"].status == "flagged"
    codes = [{found.code for found in each.translations["es"].findings} for each in (enforced, shadowed)]
    assert codes[0] == codes[1] != set()
    assert {found.severity for found in shadowed.translations["es"].findings} == {"warning"}
    assert shadowed.provenance.checks == CheckPolicy(mode="shadow")
    assert enforced.provenance.checks == CheckPolicy()


def test_ignored_codes_are_not_reported() -> None:
    """What is left decides."""
    found = {found.code for found in summary(Policy(), FakeEngine(translate=in_english)).translations["es"].findings}
    ignoring = Policy(ignored=frozenset(found))
    result = summary(ignoring, FakeEngine(translate=in_english))
    assert (result.translations["es"].status, result.translations["es"].findings) == ("ok", ())
    assert result.provenance.checks.ignored == tuple(sorted(found))


def test_what_nobody_can_publish_stays_an_error() -> None:
    """A translation with a line too few is held in the shadow too."""

    def short(draft: Draft, language: str) -> Translation:
        translation = fake_translation(draft, language)
        return translation.model_copy(update={"bullets": translation.bullets[1:]})

    assert summary(Policy(shadow=True), FakeEngine(translate=short)).translations["es"].status == "held"


@pytest.mark.parametrize("code", ["word_untranslated", "name_lost", "quote_lost", "figure_unsafe"])
def test_what_the_translator_says_holds_in_the_shadow(code: str) -> None:
    """A text that its own translator doubts is no matter of the checks."""

    def doubtful(draft: Draft, language: str) -> Translation:
        found = (finding(code, "headline", "as the offline translator says it"),)
        return fake_translation(draft, language).model_copy(update={"findings": found})

    held = summary(Policy(shadow=True), FakeEngine(translate=doubtful)).translations["es"]
    assert (held.status, held.headline) == ("held", None)
    assert [(found.code, found.severity) for found in held.findings] == [(code, "error")]


def test_origins_of_codes_are_true() -> None:
    """Codes of the checks stand in their package, those of others do not."""
    folder = Path(summarizer.checks.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.name != "codes.py")
    named = set(re.findall(r'"(\w+)"', text + (folder.parent / "verdicts.py").read_text(encoding="utf-8")))
    # `language_wrong`, as an example, is made by a model's adapter as well.
    assert {code for code, entry in CODES.items() if entry.origin == "checks"} == set(CODES) & named


def test_draft_in_the_shadow_is_kept_as_it_is() -> None:
    """No bullet is dropped or replaced for an error that does not hold."""

    def doubled(article: Article) -> Draft:
        draft = fake_draft(article)
        return draft.model_copy(update={"bullets": (*draft.bullets[:1], *draft.bullets[:1])})

    enforced, shadowed = (summary(Policy(shadow=shadow), FakeEngine(draft=doubled)) for shadow in (False, True))
    assert (len(enforced.bullets), len(shadowed.bullets)) == (1, 2)
    assert shadowed.status == "flagged"


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("figure_typo", "is no finding code"),
        ("bullets_differ", "cannot be ignored: without it there is no summary"),
        ("word_untranslated", r"cannot be ignored: it does not come from the checks \(offline\)"),
        ("output_refused", r"cannot be ignored: it does not come from the checks \(model\)"),
        ("embargoed", r"cannot be ignored: it does not come from the checks \(article\)"),
    ],
)
def test_codes_that_cannot_be_ignored_are_named(code: str, problem: str) -> None:
    """With the key, when the settings are used."""
    settings = Settings.load(overrides={"engine": "offline", "checks": {"ignore": [code]}})
    with pytest.raises(ConfigError, match=rf"checks\.ignore: {code} {problem}"):
        Summarizer.from_settings(settings)


def test_another_policy_is_another_fingerprint() -> None:
    """A job does its articles again when the desk changes its mind."""
    prints = {
        Summarizer(FakeEngine(), policy=policy).fingerprint()
        for policy in (Policy(), Policy(shadow=True), Policy(ignored=frozenset({"headline_long"})))
    }
    assert len(prints) == 3


def test_text_is_judged_once() -> None:
    """The same lines get the same verdict without another look; other lines, and lines of another text, get their own."""
    article = fake_article()
    draft = fake_draft(article)
    judge = Judge()
    right, wrong = fake_translation(draft, "es"), in_english(draft, "es")
    first = judge.translation(draft, wrong)
    assert first
    assert judge.translation(draft, wrong.model_copy()) is first
    assert judge.translation(draft, right) == ()
    shorter = draft.model_copy(update={"bullets": draft.bullets[:1]})
    assert {found.code for found in judge.translation(shorter, right)} == {"bullets_differ"}
    assert judge.draft(draft, article) is judge.draft(draft.model_copy(), article)
    assert judge.translation(draft, wrong) == first


def test_verdicts_are_forgotten() -> None:
    """However many lines are tried, a few verdicts are kept."""
    draft = fake_draft(fake_article())
    judge = Judge()
    translation = fake_translation(draft, "es")
    first = judge.translation(draft, in_english(draft, "es"))
    for number in range(10):
        judge.translation(draft, translation.model_copy(update={"headline": f"El consejo aprueba el plan {number}"}))
    again = judge.translation(draft, in_english(draft, "es"))
    assert again == first
    assert again is not first
