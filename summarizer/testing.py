"""Public fakes for tests of code that uses this package: no network, no processes, no waiting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from summarizer.articles import article_from_text
from summarizer.languages import direction_of
from summarizer.records import Article, Bullet, Draft, EngineName, Translation

__all__ = ["FakeEngine", "fake_article", "fake_draft", "fake_translation"]

_TEXT = (
    "The harbour board approved a second ferry pier on Tuesday. It will cost 12.4 million euros and open in 2028, "
    "according to the board. Residents had asked for a cycle path, which is not part of the plan."
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
    """A translation that is the draft with the tag in front of every line."""
    return Translation(
        language=language,
        direction=direction_of(language),
        status="ok",
        headline=f"{language}: {draft.headline}",
        bullets=tuple(f"{language}: {bullet.text}" for bullet in draft.bullets),
        engine="llm",
        model="fake",
        source_hash=draft.source_hash,
    )


class FakeEngine:
    """An engine that answers with what its two functions return, and remembers what it was asked.

    `drafted` holds the keys of the articles in the order asked, `translated` pairs of source hash and tags; `closed`
    tells whether it was released. A function may raise, as a real engine does.
    """

    name: ClassVar[EngineName] = "llm"
    model: ClassVar[str] = "fake"
    endpoint: ClassVar[None] = None

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

    async def draft(self, article: Article, *, max_bullets: int) -> Draft:  # noqa: ARG002 (the engine protocol)
        """What the draft function returns."""
        self.drafted.append(article.key)
        return self._draft(article)

    async def translate(self, draft: Draft, languages: Sequence[str]) -> tuple[Translation, ...]:
        """What the translate function returns for each language."""
        self.translated.append((draft.source_hash, tuple(languages)))
        return tuple(self._translate(draft, language) for language in languages)

    def fingerprint(self) -> str:
        """Always the same."""
        return "fake"

    async def aclose(self) -> None:
        """Remember that it was closed."""
        self.closed = True
