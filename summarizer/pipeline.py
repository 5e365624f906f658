"""One article through one engine: drafted, translated, checked, assembled."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Self, TypeAlias, TypeVar

from summarizer.checks import finding
from summarizer.concurrency import both, cancelled, run_in_any_thread, together
from summarizer.engine_choice import engine_for, with_only_model
from summarizer.engines import Chosen, Drafted, Engine, NotKept, Translated, moment
from summarizer.errors import ArticleFailed, CheckFailed, ConfigError, InputError, SummarizerError
from summarizer.glossary import NO_HOUSE_STYLE, HouseStyle
from summarizer.languages import direction_of, general_tag, parse_tag
from summarizer.records import (
    NO_USAGE,
    Article,
    ArticleInfo,
    Candidate,
    CheckPolicy,
    Draft,
    EngineName,
    Finding,
    NewsSummary,
    Outcome,
    Provenance,
    Translation,
    Usage,
)
from summarizer.repair import (
    held_translation,
    may_extract,
    rewrite_draft,
    rewrite_translation,
    write_draft,
    write_translations,
)
from summarizer.settings import Settings
from summarizer.sources import Order, Read, Source, read_all, read_one
from summarizer.verdicts import ENFORCED, Judge, Policy, status_of

_R = TypeVar("_R", Drafted, Translated)
_Step: TypeAlias = tuple[Chosen, Drafted | Translated]


class Summarizer:
    """Summarises articles with one engine; an async context manager that belongs to one event loop."""

    def __init__(
        self,
        engine: Engine,
        *,
        max_bullets: int = 4,
        article_text: bool = True,
        no_extracts: Sequence[str] = (),
        house: HouseStyle = NO_HOUSE_STYLE,
        policy: Policy = ENFORCED,
    ) -> None:
        self._engine = engine
        self._house = house
        self._policy = policy
        self._max_bullets = max_bullets
        self._article_text = article_text
        self._no_extracts = no_extracts
        self._running: set[asyncio.Task[Outcome]] = set()
        self._kept: Counter[str] = Counter()
        self._taken: Usage = NO_USAGE

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """A summarizer with the engine that the settings ask for; without a model, `llm.base_url` is asked for one.

        That question takes as long as the endpoint does. Where an event loop must not wait for it, make the summarizer
        in a thread: `await asyncio.to_thread(Summarizer.from_settings, settings)`.

        Raises:
            ConfigError: the settings ask for an endpoint, and do not say which model or which endpoint; or the glossary
                cannot be used.
            EndpointError: the endpoint has to be asked for its model, and does not answer.
        """
        house = HouseStyle.load(settings.glossary.folder)
        chosen = with_only_model(settings)
        return cls(
            engine_for(chosen, house),
            max_bullets=chosen.summary.max_bullets,
            article_text=chosen.output.article_text,
            no_extracts=chosen.summary.no_extracts,
            house=house,
            policy=Policy.of(chosen.checks.mode, chosen.checks.ignore),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            await cancelled(self._running)
        finally:  # also where whoever waits is cancelled once more
            await self._engine.aclose()

    def fingerprint(self) -> str:
        """What decides the results besides settings and input; a job repeats a file when this changes."""
        return " ".join(filter(None, [self._engine.fingerprint(), self._house.fingerprint, self._policy.fingerprint]))

    def version(self) -> str:
        """What may decide better; a job repeats what is held when this changes, and the rest where asked for."""
        return self._engine.version()

    @property
    def kept(self) -> Mapping[str, int]:
        """How many articles stand as another model or other prompts of earlier runs wrote them, by model."""
        return self._kept

    @property
    def engine_name(self) -> EngineName:
        """Which kind of engine works."""
        return self._engine.name

    @property
    def usage(self) -> Usage:
        """What all requests so far have cost, those of articles that failed included, of which no summary tells."""
        return self._engine.usage

    async def summarize(self, source: Source, *, to: Sequence[str] = ()) -> NewsSummary:
        """The summary of one article, held ones included; `str` is text, `Path` a file with one article.

        Raises:
            InputError: the source cannot be read, or a tag of `to` is no language.
        """
        languages = parse_tags(to)
        return await self._summarize(Order(await asyncio.to_thread(read_one, source), languages))

    async def summarize_many(
        self,
        sources: Iterable[Source | Order | InputError] | AsyncIterable[Source | Order | InputError],
        *,
        to: Sequence[str] = (),
    ) -> AsyncGenerator[Outcome, None]:
        """The outcomes as they finish; sources are read only a few ahead, so any number of them fits in memory.

        A file may hold several articles (JSON Lines); each has an outcome of its own. An `InputError` among the sources
        comes back as an outcome, so that what `read_articles` yields can be passed on as it is; an `Order` is an
        article with languages of its own. Close the generator (`contextlib.aclosing`) to stop early.

        Raises:
            InputError: a tag of `to` is no language. What is wrong with a source is in its outcome; what `sources`
                itself raises comes after the outcomes of what it gave before.
        """
        languages = parse_tags(to)
        running: set[asyncio.Task[Outcome]] = set()
        reader = read_all(sources)
        reading = _next(reader)
        try:
            while running or not reading.done() or _waiting(reading):
                most = self._engine.articles_at_once(self._taken)
                if len(running) < most and (read := _waiting(reading)):
                    running.add(self._started(read, languages))
                    reading = _next(reader)
                ahead = {reading} if len(running) < most and not reading.done() else set()
                finished, _ = await asyncio.wait(running | ahead, return_when=asyncio.FIRST_COMPLETED)
                for task in running & finished:
                    running.remove(task)
                    self._learn(task.result())
                    yield task.result()
            reading.result()
        finally:
            await cancelled({*running, reading})
            await reader.aclose()

    async def rewrite(self, article: Article, summary: NewsSummary, language: str, because: str) -> NewsSummary:
        """The summary with one language written anew, where the engine is told what an editor found wrong with it.

        A new text in the article's own language is translated anew, too.

        Raises:
            ConfigError: the engine cannot write lines anew.
            InputError: the text in the article's own language is held, so there is none to start from.
            EndpointError: the endpoint gave no answer.
        """
        if summary.headline is None:
            raise InputError(article.key, "its own text is held, so there is nothing to write anew")
        draft = Draft(
            language=summary.language,
            headline=summary.headline,
            headline_evidence=summary.headline_evidence,
            bullets=summary.bullets,
        )
        if language == summary.language:
            extracts = may_extract(article.rights, self._no_extracts)
            judge = Judge(self._house.for_draft(article), self._policy)
            drafted = await rewrite_draft(self._engine, article, draft, because, extracts=extracts, judge=judge)
            if drafted is None:
                raise ConfigError(f"engine: {self._engine.name} writes nothing anew; choose a model")
            return await self._finished(article, (Chosen(self._engine), drafted), tuple(summary.translations))
        judge = Judge(self._house.for_translation(draft, language), self._policy)
        before = _with_held_lines(summary, language)
        if before.headline is None:
            made = await write_translations(self._engine, article, draft, {language: judge})
            done: Translated | None = made[language]
        else:
            done = await rewrite_translation(self._engine, article, draft, before, because, judge)
        if done is None:
            raise ConfigError(f"engine: {self._engine.name} writes nothing anew; choose a model")
        others = {tag: _with_held_lines(summary, tag) for tag in summary.translations}
        translations = {**others, language: _with_status(done.translation)}
        drafted = Drafted(draft, summary.findings, done.work, summary.provenance.coverage)
        return self._assemble(article, drafted, translations, self._engine, moment())

    def _started(self, read: Read, languages: tuple[str, ...]) -> asyncio.Task[Outcome]:
        """The work on one article as a task that ends with this summarizer at the latest."""
        task = asyncio.create_task(self._outcome(read, languages))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    def _learn(self, outcome: Outcome) -> None:
        """Take note of what the dearest article took."""
        taken = outcome.summary.provenance.usage if outcome.summary else NO_USAGE
        self._taken = max(self._taken, taken, key=lambda usage: usage.input_tokens + usage.output_tokens)

    async def _outcome(self, read: Read, languages: tuple[str, ...]) -> Outcome:
        """What became of one article; whatever goes wrong with it stops no other."""
        source, article, order = read
        if isinstance(article, InputError):
            return Outcome(source, article.source, None, article)
        try:
            summary = await self._summarize(order or Order(article, languages))
            return Outcome(source, article.key, summary, None)
        except SummarizerError as error:
            return Outcome(source, article.key, None, error)
        except Exception as error:  # noqa: BLE001 (the loop over articles: a fault of ours must cost one article, not the run)
            failure = ArticleFailed(article.source, error)
            failure.__cause__ = error
            return Outcome(source, article.key, None, failure)

    async def _summarize(self, order: Order) -> NewsSummary:
        article, languages = order.article, parse_tags(order.to)
        first = await self._draft(article, order.max_bullets or self._max_bullets, prepare=order.prepare)
        return await self._finished(article, first, languages)

    async def _finished(self, article: Article, first: tuple[Chosen, Drafted], languages: Sequence[str]) -> NewsSummary:
        """The summary with the draft, and with translations of it where it is not held."""
        (writer, *_), drafted = first
        draft, status = drafted.draft, status_of(drafted.findings)
        if draft is None or status == "held":
            reason = finding("source_held", "translation", "the source-language text is held")
            translations = {tag: held_translation(tag, writer, reason) for tag in languages}
            return self._assemble(article, drafted, translations, writer, await self._ended(article, {"": first}))
        own = [tag for tag in languages if general_tag(tag) == article.language]
        done = await self._translated(article, draft, [tag for tag in languages if tag not in own])
        created = await self._ended(article, {"": first, **done})
        translations = {tag: _with_status(each.translation) for tag, (_, each) in done.items()}
        translations |= {tag: _draft_as_translation(draft, tag, drafted.findings, writer) for tag in own}
        work = sum((each.work for _, each in done.values()), drafted.work)
        ordered = {tag: translations[tag] for tag in languages}
        kept = any(chosen.kept for chosen, _ in (first, *done.values()))
        return self._assemble(article, drafted._replace(work=work), ordered, writer, created).with_kept(kept=kept)

    async def _draft(self, article: Article, max_bullets: int, *, prepare: bool) -> tuple[Chosen, Drafted]:
        """The draft, None where there is nothing to summarise, and everything found up to here."""
        reason = reason_not_to_write(article, prepare=prepare)
        if reason is not None:
            return Chosen(self._engine), Drafted(None, (*article.findings, reason))
        extracts = may_extract(article.rights, self._no_extracts)
        judge = Judge(self._house.for_draft(article), self._policy)

        async def write(engine: Engine) -> Drafted:
            return await write_draft(engine, article, max_bullets=max_bullets, extracts=extracts, judge=judge)

        chosen, drafted = await self._by(await self._engine.for_step(article, ""), write)
        return chosen, drafted._replace(findings=(*article.findings, *drafted.findings))

    async def _translated(
        self, article: Article, draft: Draft, languages: Sequence[str]
    ) -> dict[str, tuple[Chosen, Translated]]:
        """The translations: our own engine's in its batches, and as they were those that another one made before."""
        judges = {tag: Judge(self._house.for_translation(draft, tag), self._policy) for tag in languages}
        chosen = {tag: await self._engine.for_step(article, tag) for tag in languages}
        others = [tag for tag in languages if chosen[tag].engine is not self._engine]
        batches = self._engine.batches(draft, [tag for tag in languages if tag not in others])

        async def write(engine: Engine, batch: Sequence[str]) -> dict[str, Translated]:
            return await write_translations(engine, article, draft, {tag: judges[tag] for tag in batch})

        async def write_again(tag: str) -> tuple[Chosen, Translated]:
            async def alone(engine: Engine) -> Translated:
                return (await write(engine, [tag]))[tag]

            return await self._by(chosen[tag], alone)

        made, again = await both(
            together(write(self._engine, batch) for batch in batches), together(map(write_again, others))
        )
        done = {tag: (chosen[tag], each) for batch in made for tag, each in batch.items()}
        return done | dict(zip(others, again, strict=True))

    async def _by(self, chosen: Chosen, write: Callable[[Engine], Awaitable[_R]]) -> tuple[Chosen, _R]:
        """A step by the engine chosen for it, or by our own where that lacks answers or today's checks hold it."""
        try:
            result = await write(chosen.engine)
        except NotKept:
            result = None
        if result is not None and not (chosen.kept and _is_held(result)):
            return chosen, result
        return Chosen(self._engine), await write(self._engine)

    async def _ended(self, article: Article, steps: Mapping[str, _Step]) -> str:
        """Have kept how the steps ended, by language and the summary as ""; returns when the content was made."""
        self._kept.update({chosen.engine.model or "" for chosen, _ in steps.values() if chosen.kept})
        held = {language: _is_held(result) for language, (chosen, result) in steps.items() if not chosen.kept}
        return await self._engine.finish(article, held, max(result.work.made for _, result in steps.values()))

    def _assemble(
        self,
        article: Article,
        drafted: Drafted,
        translations: Mapping[str, Translation],
        writer: Engine,
        created: str,
    ) -> NewsSummary:
        """The summary; `drafted` carries the work of the whole article, `writer` made the draft."""
        draft, status = drafted.draft, status_of(drafted.findings)
        published = draft if status != "held" else None
        summary = NewsSummary(
            status=status,
            article=article_info(article, with_text=self._article_text),
            language=article.language,
            headline=published.headline if published else None,
            headline_evidence=published.headline_evidence if published else (),
            bullets=published.bullets if published else (),
            translations={tag: _without_held_text(t) for tag, t in translations.items()},
            findings=drafted.findings,
            provenance=Provenance(
                engine=writer.name,
                model=writer.model,
                endpoint=writer.endpoint,
                plan=writer.plan_of(drafted.work),
                prompts=dict(sorted(drafted.work.prompts.items())),
                checks=CheckPolicy(mode=self._policy.mode, ignored=tuple(sorted(self._policy.ignored))),
                created=created,
                coverage=drafted.coverage,
                usage=drafted.work.usage,
            ),
        )
        return summary.with_held(_candidates(draft if published is None else None, translations))


def summarize(
    source: Source, *, to: Sequence[str] = (), settings: Settings | None = None, strict: bool = False
) -> NewsSummary:
    """The summary of one article; `str` is text, `Path` a file.

    Works inside a running event loop too, in a thread of its own. With `strict`, a held or flagged result is an error.

    Raises:
        InputError: the source cannot be read, or a tag of `to` is no language.
        ConfigError: the settings cannot be used.
        BudgetExceeded: the next call does not fit `budget` of the settings.
        CheckFailed: `strict` was asked for and something is held or flagged.
    """
    chosen = settings or Settings.load()

    async def once() -> NewsSummary:
        async with Summarizer.from_settings(chosen) as summarizer:
            return await summarizer.summarize(source, to=to)

    summary = run_in_any_thread(once)
    if strict and not summary.is_clean:
        raise CheckFailed(summary)
    return summary


def parse_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Canonical tags without repetition, in the order given.

    Raises:
        InputError: a tag is ill-formed or no such language is known, or `tags` is one string.
    """
    if isinstance(tags, str):
        raise InputError(tags, f"expected several tags, not one string; pass [{tags!r}]")
    return tuple(dict.fromkeys(parse_tag(tag) for tag in tags))


def reason_not_to_write(article: Article, *, prepare: bool = False) -> Finding | None:
    """Why there is to be no summary, whatever the engine: it is no news, or embargoed and not to be prepared."""
    if article.not_news is not None:
        return finding("not_news", "article", article.not_news)
    if is_embargoed(article) and not prepare:
        return embargo_finding(article)
    return None


def _next(reader: AsyncGenerator[Read, None]) -> asyncio.Task[Read | None]:
    """A task for the next thing read, None at the end."""

    async def step() -> Read | None:
        return await anext(reader, None)

    return asyncio.create_task(step())


def _waiting(reading: asyncio.Task[Read | None]) -> Read | None:
    """What was read and nobody has taken yet; None while, or after, there is nothing."""
    return reading.result() if reading.done() and reading.exception() is None else None


def is_embargoed(article: Article) -> bool:
    """Whether an embargo still stands; one without a time, or a time without a zone, never lifts by itself."""
    if article.embargoed_until is None:
        return "embargo" in article.notices
    return not has_lifted(article.embargoed_until)


def has_lifted(until: str) -> bool:
    """Whether this time, in ISO 8601, has come; one without a time zone never does, because nobody knows when."""
    lift = datetime.fromisoformat(until)
    return lift.tzinfo is not None and lift <= datetime.now(UTC)


def embargo_finding(article: Article) -> Finding:
    """What holds an article that is embargoed."""
    if article.embargoed_until is None:
        return finding("embargoed", "article", "the text says so, and nothing says until when")
    return finding("embargoed", "article", "not to be published before", expected=article.embargoed_until)


def _is_held(step: Drafted | Translated) -> bool:
    """Whether a step came to nothing that can be published."""
    if isinstance(step, Drafted):
        return step.draft is None or status_of(step.findings) == "held"
    return _with_status(step.translation).status == "held"


def _with_held_lines(summary: NewsSummary, language: str) -> Translation:
    """The translation, with the lines that were held where it was."""
    held = summary.held.get(language)
    translation = summary.translations[language]
    return translation if held is None else translation.model_copy(update=dict(held))


def _with_status(translation: Translation) -> Translation:
    """The translation with the status that its findings give; one without text and without a reason is held too."""
    found = translation.findings
    if translation.headline is None and status_of(found) != "held":
        found += (finding("translator_failed", "translation", "no text came back, and no reason"),)
    return translation.model_copy(update={"findings": found, "status": status_of(found)})


def _candidates(held_draft: Draft | None, translations: Mapping[str, Translation]) -> dict[str, Candidate]:
    """The lines that are held, by language."""
    candidates = {
        tag: Candidate(headline=t.headline, bullets=t.bullets)
        for tag, t in translations.items()
        if t.status == "held" and t.headline is not None
    }
    if held_draft is not None:
        lines = tuple(bullet.text for bullet in held_draft.bullets)
        candidates[held_draft.language] = Candidate(headline=held_draft.headline, bullets=lines)
    return candidates


def _without_held_text(translation: Translation) -> Translation:
    if translation.status != "held":
        return translation
    return translation.model_copy(update={"headline": None, "bullets": (), "quotes": "none"})


def _draft_as_translation(draft: Draft, language: str, findings: tuple[Finding, ...], engine: Engine) -> Translation:
    """The draft under its own language, or a variety of it, for a caller that asked for that too."""
    return Translation(
        language=language,
        direction=direction_of(language),
        status=status_of(findings),
        headline=draft.headline,
        bullets=tuple(bullet.text for bullet in draft.bullets),
        engine=engine.name,
        model=engine.model,
        source_hash=draft.source_hash,
        findings=findings,
    )


def article_info(article: Article, *, with_text: bool) -> ArticleInfo:
    """The article as summaries show it."""
    copied = {
        name: getattr(article, name) for name in ArticleInfo.model_fields if name not in {"sentences", "tokens", "text"}
    }
    return ArticleInfo(**copied, sentences=len(article.sentences), text=article.text if with_text else None)
