"""One article through one engine: drafted, translated, checked, assembled."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Callable,
    Coroutine,
    Iterable,
    Mapping,
    Sequence,
)
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from summarizer.articles import article_from_text, read_articles
from summarizer.checks import check_summary, check_translated, finding
from summarizer.errors import CheckFailed, ConfigError, InputError, SummarizerError
from summarizer.languages import direction_of, parse_tag
from summarizer.offline.engine import OfflineEngine
from summarizer.records import (
    Article,
    ArticleInfo,
    Candidate,
    Draft,
    EngineName,
    Finding,
    NewsSummary,
    Outcome,
    Provenance,
    Status,
    Translation,
)
from summarizer.settings import Settings

Source = str | Path | Article
_T = TypeVar("_T")
# Articles under way at once: enough to keep the translators busy while the next article is read.
_IN_FLIGHT = 4
# No file system that people use has longer names; a longer line is text.
_LONGEST_PATH = 4096


class Engine(Protocol):
    """What writes and translates; checks, assembly and output are shared by all engines."""

    @property
    def name(self) -> EngineName:
        """The kind of engine, as provenance shows it."""

    @property
    def model(self) -> str | None:
        """What writes the draft, as provenance shows it."""

    @property
    def endpoint(self) -> str | None:
        """The host that is asked, None where there is none."""

    async def draft(self, article: Article, *, max_bullets: int) -> Draft:
        """The summary in the article's language."""

    async def translate(self, draft: Draft, languages: Sequence[str]) -> tuple[Translation, ...]:
        """One translation per language, in the order given, with the engine's own findings."""

    def fingerprint(self) -> str:
        """What decides the results besides settings and input; equal fingerprints give equal results."""

    async def aclose(self) -> None:
        """Release what the engine holds."""


def choose_engine(settings: Settings) -> tuple[EngineName, str]:
    """The engine that `settings.engine` means here, and the reason in words for the one line on stderr."""
    llm = settings.llm
    if settings.engine != "auto":
        return settings.engine, "as asked"
    if llm.model is None:
        return "offline", "no model is configured"
    if llm.api_key is None and llm.base_url is None:
        return "offline", "a model is configured, but neither a key nor a base URL"
    return "llm", f"key from {settings.key_origin}" if settings.key_origin else "no key"


class Summarizer:
    """Summarises articles with one engine; an async context manager that belongs to one event loop."""

    def __init__(self, engine: Engine, *, max_bullets: int = 4, article_text: bool = True) -> None:
        self._engine = engine
        self._max_bullets = max_bullets
        self._article_text = article_text

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """A summarizer with the engine that the settings ask for.

        Raises:
            ConfigError: the settings ask for an endpoint, which this version cannot use yet.
        """
        name, _ = choose_engine(settings)
        if name == "llm":
            raise ConfigError('llm.model: this version has only the offline engine; choose it with engine = "offline"')
        engine = OfflineEngine(timeout_s=settings.offline.timeout_s)
        return cls(engine, max_bullets=settings.summary.max_bullets, article_text=settings.output.article_text)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._engine.aclose()

    def fingerprint(self) -> str:
        """What decides the results besides settings and input; a job repeats a file when this changes."""
        return self._engine.fingerprint()

    async def summarize(self, source: Source, *, to: Sequence[str] = ()) -> NewsSummary:
        """The summary of one article, held ones included; `str` is text, `Path` a file with one article.

        Raises:
            InputError: the source cannot be read, or a tag of `to` is no language.
        """
        languages = parse_tags(to)
        return await self._summarize(await asyncio.to_thread(_read_one, source), languages)

    async def summarize_many(
        self, sources: Iterable[Source | InputError] | AsyncIterable[Source | InputError], *, to: Sequence[str] = ()
    ) -> AsyncGenerator[Outcome, None]:
        """The outcomes as they finish; sources are read only a few ahead, so any number of them fits in memory.

        A file may hold several articles (JSON Lines); each has an outcome of its own. An `InputError` among the sources
        comes back as an outcome, so that what `read_articles` yields can be passed on as it is.

        Raises:
            InputError: a tag of `to` is no language. What is wrong with a source is in its outcome.
        """
        languages = parse_tags(to)
        running: set[asyncio.Task[Outcome]] = set()
        try:
            async for source, article in _read_all(sources):
                running.add(asyncio.create_task(self._outcome(source, article, languages)))
                while len(running) >= _IN_FLIGHT:
                    finished, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                    for task in finished:
                        yield task.result()
            for coming in asyncio.as_completed(running):
                yield await coming
        finally:
            for task in running:
                task.cancel()

    async def _outcome(self, source: Source, article: Article | InputError, languages: Sequence[str]) -> Outcome:
        if isinstance(article, InputError):
            return Outcome(source, article.source, None, article)
        try:
            return Outcome(source, article.key, await self._summarize(article, languages), None)
        except SummarizerError as error:
            return Outcome(source, article.key, None, error)

    async def _summarize(self, article: Article, languages: Sequence[str]) -> NewsSummary:
        draft, findings = await self._draft(article)
        status = _status(findings)
        if draft is None or status == "held":
            translations = {tag: _source_held(tag, self._engine) for tag in languages}
        else:
            others = [tag for tag in languages if tag != article.language]
            translations = {t.language: _checked(t, draft) for t in await self._engine.translate(draft, others)}
            translations[article.language] = _draft_as_translation(draft, status, self._engine)
        return self._assemble(article, draft, findings, {tag: translations[tag] for tag in languages})

    async def _draft(self, article: Article) -> tuple[Draft | None, tuple[Finding, ...]]:
        """The draft, None where there is nothing to summarise, and everything found up to here."""
        if article.not_news is not None:
            return None, (*article.findings, finding("not_news", "article", article.not_news))
        draft = await self._engine.draft(article, max_bullets=self._max_bullets)
        checked = _guarded("draft", lambda: check_summary(draft, article))
        return draft, (*article.findings, *draft.findings, *checked)

    def _assemble(
        self,
        article: Article,
        draft: Draft | None,
        findings: tuple[Finding, ...],
        translations: Mapping[str, Translation],
    ) -> NewsSummary:
        status = _status(findings)
        published = draft if status != "held" else None
        candidates = {
            tag: Candidate(headline=t.headline, bullets=t.bullets) for tag, t in translations.items() if _is_held(t)
        }
        if draft is not None and published is None:
            candidates[article.language] = Candidate(
                headline=draft.headline, bullets=tuple(b.text for b in draft.bullets)
            )
        summary = NewsSummary(
            status=status,
            article=_article_info(article, with_text=self._article_text),
            language=article.language,
            headline=published.headline if published else None,
            headline_evidence=published.headline_evidence if published else (),
            bullets=published.bullets if published else (),
            translations={tag: _without_held_text(t) for tag, t in translations.items()},
            findings=findings,
            provenance=Provenance(
                engine=self._engine.name,
                model=self._engine.model,
                endpoint=self._engine.endpoint,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
            ),
        )
        return summary.with_held({tag: c for tag, c in candidates.items() if c.headline is not None})


def summarize(
    source: Source, *, to: Sequence[str] = (), settings: Settings | None = None, strict: bool = False
) -> NewsSummary:
    """The summary of one article; `str` is text, `Path` a file.

    Works inside a running event loop too, in a thread of its own. With `strict`, a held or flagged result is an error.

    Raises:
        InputError: the source cannot be read, or a tag of `to` is no language.
        ConfigError: the settings cannot be used.
        CheckFailed: `strict` was asked for and something is held or flagged.
    """
    chosen = settings or Settings.load()

    async def once() -> NewsSummary:
        async with Summarizer.from_settings(chosen) as summarizer:
            return await summarizer.summarize(source, to=to)

    summary = run_in_any_thread(once)
    if strict and not is_clean(summary):
        raise CheckFailed(summary)
    return summary


def is_clean(summary: NewsSummary) -> bool:
    """Whether `strict` accepts the summary: nothing held, nothing flagged, in any language."""
    return all(status == "ok" for status in (summary.status, *(t.status for t in summary.translations.values())))


def parse_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Canonical tags without repetition, in the order given.

    Raises:
        InputError: a tag is ill-formed or no such language is known.
    """
    return tuple(dict.fromkeys(parse_tag(tag) for tag in tags))


def run_in_any_thread(main: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
    """Run a coroutine to its end, in a fresh thread where this one already runs an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(main())
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, main()).result()


def _read_one(source: Source) -> Article:
    if isinstance(source, Article):
        return source
    if isinstance(source, str):
        return _article_from_str(source)
    articles = list(islice(read_articles(source), 2))
    if len(articles) > 1:
        raise InputError(str(source), "holds more than one article; use summarize_many")
    if isinstance(articles[0], InputError):
        raise articles[0]
    return articles[0]


def _article_from_str(text: str) -> Article:
    """An article from text; a line that names an existing file is a path given as the wrong type."""
    if "\n" not in text and len(text) < _LONGEST_PATH and _is_file(text):
        raise InputError(text, f"this is a path; pass Path({text!r})")
    return article_from_text(text)


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long for this file system, or a NUL inside: no path
        return False


async def _read_all(
    sources: Iterable[Source | InputError] | AsyncIterable[Source | InputError],
) -> AsyncIterator[tuple[Source, Article | InputError]]:
    """Every article of every source with the source it came from; files are read in a thread."""
    async for source in _each(sources):
        if isinstance(source, InputError):
            yield source.source, source
        elif isinstance(source, Path):
            articles = read_articles(source)
            while (article := await asyncio.to_thread(next, articles, None)) is not None:
                yield source, article
        else:
            yield source, await asyncio.to_thread(_read_or_error, source)


async def _each(sources: Iterable[_T] | AsyncIterable[_T]) -> AsyncIterator[_T]:
    if isinstance(sources, AsyncIterable):
        async for source in sources:
            yield source
    else:
        for source in sources:
            yield source


def _read_or_error(source: Source) -> Article | InputError:
    try:
        return _read_one(source)
    except InputError as error:
        return error


def _guarded(where: str, check: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """What a check finds; a check that fails is an error finding, because silence would publish an unchecked text."""
    try:
        return check()
    except Exception as error:  # noqa: BLE001 (the guard: whatever goes wrong in a check must hold the text)
        return (finding("check_failed", where, f"{type(error).__name__}: {error}"),)


def _status(findings: Iterable[Finding]) -> Status:
    """`held` with an error, `flagged` with a warning, else `ok`."""
    severities = {found.severity for found in findings}
    return "held" if "error" in severities else "flagged" if "warning" in severities else "ok"


def _is_held(translation: Translation) -> bool:
    return translation.status == "held"


def _checked(translation: Translation, draft: Draft) -> Translation:
    """The translation with the findings of the shared checks, and the status that all its findings give."""
    found = translation.findings
    if translation.headline is not None:
        headline, bullets = translation.headline, translation.bullets
        found += _guarded("translation", lambda: check_translated(draft, headline, bullets))
    return translation.model_copy(update={"findings": found, "status": _status(found)})


def _without_held_text(translation: Translation) -> Translation:
    if not _is_held(translation):
        return translation
    return translation.model_copy(update={"headline": None, "bullets": (), "quotes": "none"})


def _draft_as_translation(draft: Draft, status: Status, engine: Engine) -> Translation:
    """The draft under its own language, for a caller that asked for that too."""
    return Translation(
        language=draft.language,
        direction=direction_of(draft.language),
        status=status,
        headline=draft.headline,
        bullets=tuple(bullet.text for bullet in draft.bullets),
        engine=engine.name,
        model=engine.model,
        source_hash=draft.source_hash,
    )


def _source_held(language: str, engine: Engine) -> Translation:
    return Translation(
        language=language,
        direction=direction_of(language),
        status="held",
        headline=None,
        bullets=(),
        engine=engine.name,
        model=engine.model,
        source_hash=None,
        findings=(finding("source_held", "translation", "the source-language text is held"),),
    )


def _article_info(article: Article, *, with_text: bool) -> ArticleInfo:
    copied = {
        name: getattr(article, name) for name in ArticleInfo.model_fields if name not in {"sentences", "tokens", "text"}
    }
    return ArticleInfo(**copied, sentences=len(article.sentences), text=article.text if with_text else None)
