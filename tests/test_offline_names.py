"""Names in a line, by the readings that a translator's dictionary has for its words."""

from __future__ import annotations

import pytest

from summarizer.offline.names import Customs, forms_of, names_in, unknown_openers
from summarizer.offline.stream import Word, words

SPANISH = Customs(frozenset({"de", "la", "del"}), locatives=frozenset({"en"}))
ENGLISH = Customs(titles=frozenset({"president", "secretary", "of", "state"}))
READINGS = {
    "el": "el<det><def><m>",
    "la": "el<det><def><f>",
    "de": "de<pr>",
    "en": "en<pr>",
    "según": "según<pr>",
    "dijo": "decir<vblex><ifi>",
    "río": "río<n><m>",
    "autoridad": "autoridad<n><f>",
    "portuaria": "portuario<adj><f>",
    "gobierno": "gobierno<n><m>",
    "campos": "campo<n><m>",
    "puente": "puente<n><m>",
    "españa": "España<np><loc>",
    "andrés": "Andrés<np><ant>",
    "marina": "Marina<np><ant>/marina<n><f>",
    "santa": "santo<adj><f>",
    "lucía": "lucir<vblex><pii>",
    "president": "president<n><sg>",
    "secretary of state": "secretary of state<n><sg>",
    "joe": "Joe<np><ant>",
    ".": ".<sent>",
    "-": "-<guio>",
}
UNITS = sorted(READINGS, key=len, reverse=True)


def analysed(text: str) -> tuple[Word, ...]:
    """The words of a text by the little dictionary above; others are unknown."""
    stream, rest = "", text
    while rest:
        unit = next((u for u in UNITS if rest.casefold().startswith(u) and not rest[len(u) :][:1].isalpha()), None)
        size = len(unit) if unit else next((i for i, char in enumerate(rest) if not char.isalpha()), len(rest))
        form = rest[:size]
        stream += f"^{form}/{READINGS[unit] if unit else '*' + form}$" if form.strip() else rest[0]
        rest = rest[max(1, size) :]
    return words(stream, text)


def found(text: str, customs: Customs = SPANISH, known: frozenset[str] = frozenset()) -> list[str]:
    """The names of a line."""
    return [name.text for name in names_in(text, analysed(text), customs, known)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("el río Arbel", ["Arbel"]),
        ("Según Andrés Campos", ["Andrés Campos"]),
        ("Andrés Campos dijo", ["Andrés Campos"]),
        ("la Autoridad Portuaria", []),
        ("la Santa Marina", []),
        ("el Gobierno de España", []),
        ("Gobierno en España", []),
        ("en Santa Marina", ["Santa Marina"]),
        ("Santa Marina dijo", ["Santa Marina"]),
        ("en Puente Calero", ["Puente Calero"]),
        ("según Andrés de la Hoz", ["Andrés de la Hoz"]),
        ("según Kramp-Karrenbauer", ["Kramp-Karrenbauer"]),
        ("según Marks and Spencer", ["Marks and Spencer"]),
        ("según J. Olmo", ["J. Olmo"]),
        ("dijo Lucía", ["Lucía"]),
        ("Arbel dijo", []),
        ("ABC dijo", ["ABC"]),
    ],
)
def test_names_are_found(text: str, names: list[str]) -> None:
    """People and unknown places are names; institutions after an article and places with an exonym are not."""
    assert found(text) == names


def test_titles_stay_outside_names() -> None:
    """Where titles have a capital, they are translated and the name is not."""
    assert found("President Joe Biden", ENGLISH) == ["Joe Biden"]
    assert found("Secretary of State Blinken", ENGLISH) == ["Blinken"]


def test_a_surname_is_known_by_the_full_name() -> None:
    """A common noun with a capital is a name if it ends a full name elsewhere."""
    known = forms_of(names_in("dijo Andrés Campos", analysed("dijo Andrés Campos"), SPANISH))
    assert found("dijo Campos") == []
    assert found("dijo Campos", known=known) == ["Campos"]


def test_a_full_name_is_known_at_the_start_of_a_sentence() -> None:
    """A first name that is also a verb is kept where the full name stands elsewhere."""
    assert found("Lucía Ferrer dijo") == ["Ferrer"]
    assert found("Lucía Ferrer dijo", known=frozenset({"Lucía Ferrer"})) == ["Lucía Ferrer"]


def test_after_a_locative_there_is_a_place() -> None:
    """The kind decides about the stand-in, and so about the preposition in the target language."""
    kinds = {
        text: names_in(text, analysed(text), SPANISH)[0].person for text in ("en Andrés Campos", "de Andrés Campos")
    }
    assert kinds == {"en Andrés Campos": False, "de Andrés Campos": True}


def test_an_unknown_opener_may_be_a_common_word() -> None:
    """The capital of a first word says nothing; that of an acronym does."""
    text = "Desbordó el río. Arbel dijo según Olmo"
    assert unknown_openers(text, analysed(text)) == {"Desbordó", "Arbel"}
    assert unknown_openers("ABC dijo", analysed("ABC dijo")) == frozenset()


def test_an_analysis_of_another_text_is_refused() -> None:
    """Offsets are never guessed; spaces that the analyser adds are no difference."""
    assert [(word.start, word.end) for word in words("^l'/lo<det>$ ^Italia/*Italia$", "l'Italia")] == [(0, 2), (2, 8)]
    with pytest.raises(ValueError, match="skips"):
        words("^b/b<n>$", "a b")
    with pytest.raises(ValueError, match="substring"):
        words("^c/c<n>$", "a b")
