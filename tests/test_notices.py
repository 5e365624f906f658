"""What articles say of themselves: corrections, embargoes and paid articles, by the words of their language."""

from __future__ import annotations

import pytest

from summarizer.articles import ArticleMeta, article_from_text
from summarizer.languages import fallbacks, languages_with_facts
from summarizer.resources import packaged_toml

STORY = {
    "en": "The council met on Monday in the old town hall. It agreed on a budget of 12.4 million euros.",
    "de": "Der Rat hat am Montag im alten Rathaus getagt. Er hat einen Haushalt von 12,4 Millionen Euro beschlossen.",
    "es": "El consejo se reunió el lunes en el viejo ayuntamiento. Aprobó un presupuesto de 12,4 millones de euros.",
    "ja": "市議会は月曜日に旧市庁舎で開かれた。1240万ユーロの予算が承認された。",
}


def notices(language: str, text: str, title: str | None = None, section: str | None = None) -> tuple[str, ...]:
    meta = ArticleMeta(title=title or "x", section=section)
    return article_from_text(text, meta, language=language).notices


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "{}\n\nCorrection: an earlier figure was wrong.", ("correction",)),
        ("en", "{}\n\nAn earlier version of this article gave another figure.", ("correction",)),
        ("de", "Berichtigung\n\n{}", ("correction",)),
        ("de", "{}\n\nIn einer früheren Version stand eine andere Zahl.", ("correction",)),
        ("es", "{}\n\nFe de errores: la cifra era otra.", ("correction",)),
        ("ja", "{}\n\n訂正：数字に誤りがありました。", ("correction",)),
        ("en", "EMBARGOED until 6 pm\n\n{}", ("embargo",)),
        ("en", "Embargoed until Tuesday\n\n{}", ("embargo",)),
        ("de", "SPERRFRIST: Dienstag, 18 Uhr\n\n{}", ("embargo",)),
        ("es", "EMBARGADO hasta el martes\n\n{}", ("embargo",)),
        ("de", "EMBARGOED until 6 pm\n\n{}", ("embargo",)),
        ("en", "Sponsored content\n\n{}", ("sponsored",)),
        ("de", "Advertorial\n\n{}", ("sponsored",)),
        ("en", "{}", ()),
        ("en", "{} Correction officers were there, too.", ()),
        ("en", "Correction officers demanded higher wages on Monday.\n\n{}", ()),
        ("en", "Embargoed goods were seized at the port on Monday.\n\n{}", ()),
        ("en", "The embargo on grain was lifted.\n\n{}", ()),
        ("en", "{}\n\nAdvertisement\n\nThe mayor was absent from the meeting.", ()),
        ("en", "Advertisement\n\n{}", ()),
        ("de", "Anzeige\n\n{}", ()),
    ],
)
def test_words_of_the_text(language: str, text: str, found: tuple[str, ...]) -> None:
    """A notice is known where it stands as one; the same word inside a story is none."""
    assert notices(language, text.format(STORY[language])) == found


@pytest.mark.parametrize(
    ("title", "section", "found"),
    [
        ("CORRECTED-Council agrees on budget", None, ("correction",)),
        ("Council agrees on budget (Corrected)", None, ()),
        ("Sponsored: How to build a pier", None, ("sponsored",)),
        ("Sponsored visits are on the rise", None, ()),
        (None, "Advertisement", ("sponsored",)),
        (None, "Advertising", ("sponsored",)),
        (None, "Advertising industry", ()),
    ],
)
def test_words_of_title_and_section(title: str | None, section: str | None, found: tuple[str, ...]) -> None:
    """A label before a colon or dash counts, and a section that is nothing but the label."""
    assert notices("en", STORY["en"], title, section) == found


def test_markup_that_says_paid_for() -> None:
    """schema.org has a type for articles of advertisers."""
    page = f'{{"@type": "AdvertiserContentArticle", "articleBody": "{STORY["en"]}", "inLanguage": "en"}}'
    assert article_from_text(page).notices == ("sponsored",)


def test_every_language_with_facts_has_words() -> None:
    """Each list of each language has words, and none has an empty one, which would fit every line."""
    words = packaged_toml("config", "notices.toml")
    for tag in languages_with_facts():
        assert any(parent in words for parent in fallbacks(tag)), tag
    for tag, lists in words.items():
        assert set(lists) == {"correction", "corrected", "embargo", "sponsored", "advert"}, tag
        assert all(word.strip() for each in lists.values() for word in each), tag
