"""Public fakes for tests of code that uses this package: no network, no processes, no waiting."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from summarizer.articles import article_from_text
from summarizer.engines import Chosen, Drafted, Names, Shortened, Translated, Work, moment
from summarizer.figures import figures_in
from summarizer.figures.lexicon import lexicon
from summarizer.languages import direction_of, english_name
from summarizer.llm.desk import Unlimited
from summarizer.llm.gateway import Call, Reply
from summarizer.llm.lane import Load
from summarizer.llm.schemas import Wire
from summarizer.records import NO_USAGE, Article, Bullet, Draft, EngineName, Finding, Translation, Usage

__all__ = ["FakeEngine", "FakeGateway", "fake_answer", "fake_article", "fake_draft", "fake_lines", "fake_translation"]

_W = TypeVar("_W", bound=Wire)

_PHRASES = {
    "ar": (
        "المجلس يوافق على خطة جديدة للمدينة",
        "وافق المجلس على الخطة بعد نقاش طويل",
        "يبدأ العمل في الربيع المقبل بحسب المجلس",
        "طلب السكان مزيدا من المعلومات عن المشروع",
        "تنشر الهيئة التفاصيل في وقت لاحق",
    ),
    "de": (
        "Rat stimmt dem neuen Plan für die Stadt zu",
        "Der Rat hat dem Plan nach langer Beratung zugestimmt",
        "Die Arbeiten sollen im kommenden Frühjahr beginnen",
        "Die Anwohner hatten mehr Auskunft über das Vorhaben verlangt",
        "Die Behörde will die Einzelheiten später bekannt geben",
    ),
    "es": (
        "El consejo aprueba el nuevo plan para la ciudad",
        "El consejo aprobó el plan después de un largo debate",
        "Las obras empezarán en la próxima primavera según el consejo",
        "Los vecinos habían pedido más información sobre el proyecto",
        "La autoridad publicará los detalles más adelante",
    ),
    "fr": (
        "Le conseil approuve le nouveau plan pour la ville",
        "Le conseil a approuvé le plan après un long débat",
        "Selon le conseil, les travaux doivent commencer au printemps prochain",
        "Les habitants avaient demandé plus d'informations sur le projet",
        "L'autorité publiera les détails plus tard",
    ),
    "ja": (
        "市議会、新しい計画を承認",
        "市議会は長い議論のあとで計画を承認した",
        "市議会によると工事は来年の春に始まる",
        "住民は計画について詳しい説明を求めていた",
        "当局は詳細を後日公表する",
    ),
}
_TEXT = (
    "The harbour board approved a second ferry pier on Tuesday. It will cost 12.4 million euros and open in 2028, "
    "according to the board. Residents had asked for a cycle path, which the plan leaves out."
)


def fake_article(text: str = _TEXT, *, language: str = "en", source: str = "fake.txt") -> Article:
    """A real `Article` made from text, in a language that is given and not guessed."""
    return article_from_text(text, source=source, language=language)


def fake_draft(article: Article) -> Draft:
    """A valid draft: the first sentence as the headline, every other one but the last as a bullet."""
    numbers = range(1, max(2, len(article.sentences)))
    cited = [article.evidence([number]) for number in numbers]
    return Draft(
        language=article.language,
        headline=cited[0][0].text,
        headline_evidence=cited[0],
        bullets=tuple(Bullet(text=evidence[0].text, evidence=evidence) for evidence in cited),
    )


def fake_translation(draft: Draft, language: str) -> Translation:
    """A translation of as many lines as the draft: in ar, de, es, fr and ja it says nothing, in that language.

    Elsewhere it is the draft with the tag in front of every line, which the checks hold.
    """
    lines = fake_lines(draft.lines, language)
    return Translation(
        language=language,
        direction=direction_of(language),
        status="ok",
        headline=lines[0],
        bullets=tuple(lines[1:]),
        engine="llm",
        model="fake",
        source_hash=draft.source_hash,
    )


def fake_lines(lines: Sequence[str], language: str, *, source_language: str = "en") -> list[str]:
    """A line in the language for each line, with the figures of that line as the language writes them."""
    phrases = _PHRASES.get(language)
    if phrases is None:
        return [f"{language}: {line}" for line in lines]
    figures = [", ".join(_figures(line, source_language, language)) for line in lines]
    return [f"{phrases[i % len(phrases)]} {figures[i]}".strip() for i in range(len(lines))]


def _figures(line: str, source_language: str, language: str) -> Iterator[str]:
    known = lexicon(language)
    decimal = "." if known is None else known.decimal
    for figure in figures_in(line, source_language):
        if not figure.weak:
            number = f"{figure.value.normalize():f}".replace(".", decimal)
            unit = {"percent": "%", "money": figure.unit}.get(figure.kind, "")
            yield f"{number} {unit}".strip()


class FakeEngine:
    """An engine that answers with what its two functions return, repairs nothing, and remembers what it was asked.

    `drafted` holds the keys of the articles in the order asked, `translated` pairs of source hash and tags; `closed`
    tells whether it was released. A function may raise, as a real engine does.
    """

    name: ClassVar[EngineName] = "llm"
    model: ClassVar[str] = "fake"
    endpoint: ClassVar[None] = None
    usage: ClassVar[Usage] = NO_USAGE

    def __init__(
        self,
        draft: Callable[[Article], Draft] = fake_draft,
        translate: Callable[[Draft, str], Translation] = fake_translation,
    ) -> None:
        self._draft = draft
        self._translate = translate
        self.drafted: list[str] = []
        self.translated: list[tuple[str, tuple[str, ...]]] = []
        self.closed = False

    def articles_at_once(self, taken: Usage) -> int:  # noqa: ARG002 (the engine protocol)
        """Four."""
        return 4

    async def draft(self, article: Article, *, max_bullets: int) -> Drafted:  # noqa: ARG002 (the engine protocol)
        """What the draft function returns."""
        self.drafted.append(article.key)
        return Drafted(self._draft(article))

    def batches(self, draft: Draft, languages: Sequence[str]) -> tuple[tuple[str, ...], ...]:  # noqa: ARG002 (the engine protocol)
        """Each language by itself."""
        return tuple((language,) for language in languages)

    def plan_of(self, work: Work) -> None:
        """It makes no calls."""

    async def translate(self, article: Article, draft: Draft, languages: Sequence[str]) -> tuple[Translated, ...]:  # noqa: ARG002 (the engine protocol)
        """What the translate function returns for each language."""
        self.translated.append((draft.source_hash, tuple(languages)))
        return tuple(Translated(self._translate(draft, language)) for language in languages)

    async def repair_draft(self, article: Article, draft: Draft, findings: Sequence[Finding]) -> Drafted | None:  # noqa: ARG002
        """Nothing."""
        return None

    async def repair_translation(
        self,
        article: Article,  # noqa: ARG002 (the engine protocol)
        draft: Draft,  # noqa: ARG002
        translated: Translated,  # noqa: ARG002
        findings: Sequence[Finding],  # noqa: ARG002
    ) -> Translated | None:
        """Nothing."""
        return None

    async def shorten(
        self,
        article: Article,  # noqa: ARG002 (the engine protocol)
        draft: Draft,  # noqa: ARG002
        headline: str,  # noqa: ARG002
        language: str,  # noqa: ARG002
        *,
        names: Names = (),  # noqa: ARG002
    ) -> Shortened | None:
        """Nothing."""
        return None

    async def for_step(self, article: Article, language: str) -> Chosen:  # noqa: ARG002 (the engine protocol)
        """Always itself."""
        return Chosen(self)

    async def finish(self, article: Article, held: Mapping[str, bool], made: str) -> str:  # noqa: ARG002
        """Nothing is kept."""
        return made or moment()

    def fingerprint(self) -> str:
        """Always the same."""
        return "fake"

    def version(self) -> str:
        """Always the same."""
        return "fake"

    async def aclose(self) -> None:
        """Remember that it was closed."""
        self.closed = True


def fake_answer(prompt: str, user: str) -> dict[str, Any]:
    """A valid answer to the user message of one of our prompts, as a model that only copies would give it.

    The headline is the first numbered sentence, the bullets are that and those that follow it; a translation has the
    lines of `fake_lines`.
    """
    sentences = [(int(number), text) for number, text in re.findall(r"^\[(\d+)\] (.*)$", user, re.MULTILINE)]
    return _ANSWERS[prompt](user, sentences)


def _draft_answer(user: str, sentences: Sequence[tuple[int, str]]) -> dict[str, Any]:  # noqa: ARG001
    number, text = sentences[0]
    bullets = [{"text": text, "sentences": [number]} for number, text in sentences[: max(1, len(sentences) - 1)]]
    found = {"kind": "news", "reason": "", "headline": text, "headline_sentences": [number], "names": []}
    return {**found, "bullets": bullets[:4]}


def _notes_answer(user: str, sentences: Sequence[tuple[int, str]]) -> dict[str, Any]:
    opening = user.partition("</opening>\n")[0].count("\n[") if "</opening>" in user else 0
    return {"notes": [{"claim": text, "sentences": [number]} for number, text in sentences[opening : opening + 2]]}


def _merge_answer(user: str, sentences: object) -> dict[str, Any]:  # noqa: ARG001
    return {"notes": [int(number) for number in re.findall(r"^\[n(\d+)\]", user, re.MULTILINE)][:4]}


def _translation_answer(user: str, sentences: object) -> dict[str, Any]:  # noqa: ARG001
    draft = _json_in(user, "draft")
    match = re.search(r"^Translate into ([^.:]+)", user, re.MULTILINE)
    name = match[1] if match else ""
    return _translated(draft, next((tag for tag in _PHRASES if english_name(tag) == name), name))


def _packed_answer(user: str, sentences: object) -> dict[str, Any]:  # noqa: ARG001
    listed = user.rpartition("in each of these languages: ")[2]
    return {"translations": [_translated(_json_in(user, "draft"), tag) for tag in re.findall(r"\(([\w-]+)\)", listed)]}


def _translated(draft: Mapping[str, Any], tag: str) -> dict[str, Any]:
    lines = fake_lines([draft["headline"], *draft["bullets"]], tag)
    return {"language": tag, "headline": lines[0], "bullets": lines[1:], "names": []}


def _json_in(user: str, fence: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(user.partition(f"<{fence}>\n")[2].partition(f"\n</{fence}>")[0])
    return found


_ANSWERS: Mapping[str, Callable[[str, Any], dict[str, Any]]] = {
    "summarize": _draft_answer,
    "notes": _notes_answer,
    "merge": _merge_answer,
    "translate": _translation_answer,
    "translate_packed": _packed_answer,
    "repair": lambda user, sentences: {"lines": []},  # noqa: ARG005
    "repair_translation": lambda user, sentences: {"lines": []},  # noqa: ARG005
    "headline": lambda user, sentences: {"headline": ""},  # noqa: ARG005
}


class FakeGateway(Unlimited):
    """A gateway that answers each prompt with what its functions return, and remembers what it was asked.

    `answers` maps the name of a prompt to a function from the user message to the answer as a dictionary; other
    prompts are answered by `fake_answer`. A function may raise, as a real gateway does. `asked` holds the calls, and
    each answer costs one request, 100 tokens in and 20 out. Where requests are `scarce`, languages are packed.
    """

    endpoint: ClassVar[str] = "fake.example"
    cost: ClassVar[Usage] = Usage(requests=1, input_tokens=100, output_tokens=20)

    def __init__(
        self, answers: Mapping[str, Callable[[str], dict[str, Any]]] | None = None, *, scarce: bool = False
    ) -> None:
        self._answers = answers or {}
        self._scarce = scarce
        self.asked: list[Call[Any]] = []
        self.usage: Usage = NO_USAGE
        self.closed = False

    def is_worth(self, model: str, longer: float, more: Load, fewer: Load) -> bool:  # noqa: ARG002 (what engines ask of gateways)
        """Whether requests are scarce, as was said."""
        return self._scarce

    async def ask(self, call: Call[_W]) -> Reply[_W]:
        """The answer, validated as that of a real endpoint is."""
        self.asked.append(call)
        name, user = call.prompt.name, call.prompt.user
        answer = self._answers[name](user) if name in self._answers else fake_answer(name, user)
        self.usage += self.cost
        return Reply(call.schema.model_validate(answer), self.cost)

    def prompts(self, name: str) -> list[str]:
        """The user messages of one prompt, in the order asked."""
        return [call.prompt.user for call in self.asked if call.prompt.name == name]

    async def aclose(self) -> None:
        """Remember that it was closed."""
        self.closed = True
