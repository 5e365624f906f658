"""Writes the site: every page whose content changed, and no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.languages import direction_of, own_name
from summarizer.publish.files import write_if_changed
from summarizer.publish.site.pages import Reader, article_page, gone_page, list_page
from summarizer.publish.site.rendering import rendered, template_text
from summarizer.publish.site.stories import Site, Story
from summarizer.publish.site.strings import has_site, strings

# Articles on a front page; the others are on the pages of their months, whose addresses stay.
_FRONT = 50
_STYLE = "style.css"


class Built(NamedTuple):
    """What a build did: pages written and left as they were, and the languages that have no strings for a site."""

    written: int
    unchanged: int
    without_strings: tuple[str, ...]


def build_site(stories: Iterable[Story], site: Site, folder: Path) -> Built:
    """Write the site of these articles into a folder, and leave alone what is there and right.

    A page that was published once stays at its address. Files that are no pages of these articles are not touched.

    Raises:
        OSError: the folder cannot be written.
    """
    told = sorted(stories, key=lambda story: story.key)
    by_language = _by_language(told)
    without = tuple(sorted(language for language in by_language if not has_site(language)))
    shown = {language: found for language, found in by_language.items() if language not in without}
    told = [_with_languages(story, shown) for story in told]
    written = [write_if_changed(folder / name, text) for name, text in _pages(told, shown, site)]
    return Built(sum(written), len(written) - sum(written), without)


def _pages(told: Sequence[Story], shown: Mapping[str, Sequence[Story]], site: Site) -> Iterator[tuple[str, str]]:
    """The name of each file and what is in it, articles before the lists that lead to them."""
    yield _STYLE, template_text(_STYLE)
    for story in told:
        for language in story.languages:
            yield f"{language}/{story.slug}.html", rendered("article", article_page(story, Reader(site, language)))
        for language in story.gone:
            if has_site(language):
                yield f"{language}/{story.slug}.html", rendered("gone", gone_page(story, Reader(site, language)))
    for language, stories in sorted(shown.items()):
        yield from _lists([_with_languages(story, shown) for story in stories], Reader(site, language))
    yield "index.html", rendered("index", _index(sorted(shown), site))


def _lists(stories: Sequence[Story], reader: Reader) -> Iterator[tuple[str, str]]:
    """The front page of a language, and a page for each month; one whose articles are all gone says so."""
    latest = sorted(stories, key=lambda story: (story.published, story.slug), reverse=True)
    by_month: dict[str, list[Story]] = defaultdict(list)
    for story in latest:
        by_month[story.published.astimezone(reader.site.zone).strftime("%Y-%m")].append(story)
    newest = [story for story in latest if reader.language in story.texts][:_FRONT]
    pages: list[tuple[str | None, Sequence[Story]]] = [(None, newest), *by_month.items()]
    for only, listed in pages:
        readable = [story for story in listed if reader.language in story.texts]
        context = list_page(readable, reader, list(by_month), only)
        yield f"{reader.language}/{only or 'index'}.html", rendered("list", context)


def _index(languages: Sequence[str], site: Site) -> dict[str, Any]:
    first = "en" if "en" in languages or not languages else languages[0]
    links = [
        {"language": tag, "name": own_name(tag), "direction": direction_of(tag), "title": strings(tag)["heading"]}
        for tag in languages
    ]
    return {**Reader(site, first).frame(site.title or strings(first)["heading"]), "links": links}


def _by_language(stories: Iterable[Story]) -> dict[str, list[Story]]:
    found: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        for language in (*story.languages, *story.gone):
            found[language].append(story)
    return found


def _with_languages(story: Story, shown: Mapping[str, object]) -> Story:
    """The story in the languages that have a site."""
    return story._replace(texts={language: text for language, text in story.texts.items() if language in shown})
