"""The extractive writer: bullets and headlines in the article's own words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.checks import check_summary
from summarizer.content import terms
from summarizer.errors import InputError
from summarizer.languages import columns, facts, languages_with_facts
from summarizer.offline.clauses import shorten
from summarizer.offline.extract import draft
from summarizer.offline.headline import carriers_of, headline
from summarizer.offline.rank import TermVectors, choose
from summarizer.offline.standing import headings, soundness
from summarizer.records import Article, Draft, Sentence

LIGHTHOUSE = (
    "The lighthouse at Cape Orsen will be sold, the coastal authority said on Monday.",
    "It has stood empty since 2019.",
    "Bids of at least 2.4 million crowns are expected by June.",
    "“We love that tower.",
    "Why sell it now?",
    "The authority has sold nine towers in ten years to pay for new buoys.",
    "However, the mayor of Orsen opposes the sale of the lighthouse.",
    "Residents collected 3,100 signatures against it.",
    "The tower was built in 1871 by the engineer Ada Brandvold.",
    "A decision is due before the summer recess.",
)


def article(sentences: Sequence[str], *, language: str = "en", title: str | None = None, joint: str = " ") -> Article:
    """An article made of these sentences, with exact offsets."""
    text, numbered = joint.join(sentences), []
    start = 0
    for number, sentence in enumerate(sentences, start=1):
        numbered.append(Sentence(number=number, start=start, end=start + len(sentence)))
        start += len(sentence) + len(joint)
    return Article(key="k", source="s", language=language, text=text, sentences=tuple(numbered), title=title)


def bullets(written: Draft) -> list[str]:
    return [bullet.text for bullet in written.bullets]


@settings(deadline=None)  # the first example of a language reads its data
@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=12), st.sampled_from(languages_with_facts()))
def test_every_bullet_is_a_sentence_of_the_article(sentences: list[str], language: str) -> None:
    """Whatever the text, a draft is in order, exact, without repetition and the same each time."""
    source = article(sentences, language=language)
    written = draft(source)
    numbers = [bullet.evidence[0].sentence for bullet in written.bullets]
    assert 1 <= len(numbers) <= min(4, max(1, len(sentences) - 1))
    assert numbers == sorted(set(numbers))
    for bullet in written.bullets:
        assert [bullet.text] == [cited.text for cited in bullet.evidence]
    for cited in (*written.headline_evidence, *(bullet.evidence[0] for bullet in written.bullets)):
        assert source.text[cited.start : cited.end] == cited.text == sentences[cited.sentence - 1]
    assert written.headline_evidence
    assert draft(source) == written


@pytest.mark.parametrize(("length", "most", "expected"), [(1, 4, 1), (2, 4, 1), (3, 4, 2), (10, 4, 4), (10, 2, 2)])
def test_a_short_article_has_fewer_bullets(length: int, most: int, expected: int) -> None:
    """A flash of one or two sentences has one bullet, and no summary is longer than half its article."""
    assert len(draft(article(LIGHTHOUSE[:length]), max_bullets=most).bullets) == expected


def test_an_article_without_sentences_is_refused() -> None:
    """There is nothing to choose from, and the error names the source."""
    with pytest.raises(InputError, match="s: the article has no sentence"):
        draft(article([]))


def test_a_draft_passes_the_checks_of_structure() -> None:
    """What the writer makes has the shape that every draft must have."""
    source = article(LIGHTHOUSE)
    assert check_summary(draft(source), source) == ()


def test_flawed_sentences_are_left_to_the_article() -> None:
    """The lead stands first; half a quotation, a question, and sentences that lean on others are not chosen."""
    chosen = bullets(draft(article(LIGHTHOUSE)))
    assert chosen[0] == LIGHTHOUSE[0]
    assert not {LIGHTHOUSE[place] for place in (1, 3, 4, 6)}.intersection(chosen)


@pytest.mark.parametrize(
    ("language", "sentence", "sound"),
    [
        ("en", "The tower is 41 metres high.", True),
        ("en", "But the tower is 41 metres high.", False),
        ("en", "This is the highest tower of the coast.", False),
        ("en", "“Thissen's tower” is the highest of the coast.", False),  # begins with speech, or looks so
        ("en", "The tower, which she called “a gift.", False),
        ("en", "The tower is for sale (at last.", False),
        ("en", "The mayor named three reasons:", False),
        ("en", "Butter was sold in the tower.", True),
        ("de", "Das lehnt der Bürgermeister ab.", False),
        ("de", "Dasselbe Amt verkaufte neun Türme.", True),
        ("fr", "C’est la plus haute tour de la côte.", False),
        ("ru", "Однако мэр против продажи.", False),
        ("he", 'חברת "מגדל" הודיעה על המכירה.', True),
        ("he", 'יו"ר החברה הודיע על המכירה.', True),
        ("ar", "لكن رئيس البلدية يعارض البيع.", False),
        ("ar", "هل يباع البرج؟", False),
        ("el", "Γιατί πωλείται ο φάρος;", False),
        ("zh-Hans", "但市长反对出售灯塔。", False),
        ("zh-Hans", "驾龄22年的司机说。", False),
        ("ja", "しかし市長は売却に反対している。", False),
        ("th", "อย่างไรก็ตาม นายกเทศมนตรีคัดค้านการขาย", False),
    ],
)
def test_a_sentence_must_stand_alone(language: str, sentence: str, sound: bool) -> None:
    """Beginnings that lean on the sentence before, fragments and questions are flaws, in each language's own words."""
    assert (soundness(sentence, language) == 1.0) is sound


def test_a_heading_is_never_a_bullet() -> None:
    """A short unfinished line of its own is no sentence, even where it says what the title says."""
    sentences = ["Lighthouse at Cape Orsen for sale", *LIGHTHOUSE]
    written = draft(article(sentences, title="Lighthouse at Cape Orsen for sale", joint="\n"))
    assert sentences[0] not in bullets(written)
    assert written.headline_evidence[0].sentence == 2


@pytest.mark.parametrize(
    ("text", "own_line"),
    [
        ("Bids", True),
        (" \t Bids \t", True),
        ("a\n Bids \nb", True),
        ("a Bids", False),
        ("Bids b", False),
        ("a\t Bids \n", False),
    ],
)
def test_a_heading_has_a_line_of_its_own(text: str, own_line: bool) -> None:
    """Only blanks stand between a heading and the ends of its line."""
    start = text.index("Bids")
    piece = Sentence(number=1, start=start, end=start + len("Bids"))
    found = headings(Article(key="k", source="s", language="en", text=text, sentences=(piece,)))
    assert found == ({0} if own_line else set())


def test_headings_are_looked_for_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """How often an article is searched for headings does not depend on its length, and nor does a search copy it."""
    searched: list[Article] = []

    def counted(source: Article) -> frozenset[int]:
        searched.append(source)
        return headings(source)

    monkeypatch.setattr("summarizer.offline.headline.headings", counted)
    draft(article(LIGHTHOUSE * 20))
    assert len(searched) <= 2


def test_repetition_is_avoided() -> None:
    """Of two sentences that say the same, the second gives way to another subject."""
    again = "The coastal authority said on Monday that the lighthouse at Cape Orsen will be sold."
    chosen = bullets(draft(article([LIGHTHOUSE[0], again, *LIGHTHOUSE[5:]]), max_bullets=3))
    assert LIGHTHOUSE[0] in chosen
    assert again not in chosen


def test_nothing_worthless_fills_the_places() -> None:
    """A sentence worth 0 is never chosen, so that there may be fewer than asked for."""
    vectors = TermVectors.of(["One boat sank.", "Two crews swam."], "en")
    assert choose(vectors, [0.4, 0.0], 2) == [0]


def test_the_title_is_the_headline_and_cites_what_carries_it() -> None:
    """A title that the article carries is taken without its stop; the fewest sentences that hold its words are cited."""
    source = article(LIGHTHOUSE, title="Cape Orsen lighthouse for sale, with bids from 2.4 million crowns.")
    written = draft(source)
    assert written.headline == "Cape Orsen lighthouse for sale, with bids from 2.4 million crowns"
    assert [cited.sentence for cited in written.headline_evidence] == [1, 3]
    assert {LIGHTHOUSE[0], LIGHTHOUSE[2]} <= set(bullets(written))


@pytest.mark.parametrize(
    "title",
    [
        None,
        " ",
        "Will the lighthouse at Cape Orsen be sold?",
        "Lighthouse at Cape Orsen will be sold for 17 million crowns",
        "Everything you need to know today",
        "Coast towns quarrel over roads, schools, taxes and one lighthouse",
    ],
)
def test_a_title_that_the_article_does_not_carry_is_passed_over(title: str | None) -> None:
    """A question, a figure from nowhere or other words: then the lead makes the headline."""
    text, carriers = headline(article(LIGHTHOUSE, title=title))
    assert (text, carriers) == (LIGHTHOUSE[0].removesuffix("."), (0,))


def test_a_lead_that_cannot_stand_alone_makes_no_headline() -> None:
    """The first sentence without a flaw serves instead, or the first one if all have flaws."""
    sentences = ["“We love that tower,” she said.", "But they sold it.", *LIGHTHOUSE]
    assert headline(article(sentences))[1] == (2,)
    assert headline(article(sentences[:2]))[1] == (0,)


@pytest.mark.parametrize(
    ("language", "kept", "dropped", "source"),
    [
        ("en", "The port of Lannick is to close in March", " as part of a plan of the coastal authority for bigger ships, starting in spring", ""),
        ("en", "A ferry struck a sandbank off Orsen", " while it was leaving harbour in fog", ", the coastguard of Lannick said"),
        ("en", "The council of Orsen elected Mira Dahl mayor", ", which few had thought likely after the quarrel over the library", ""),
        ("de", "Der Hafen von Althagen bleibt drei Wochen lang geschlossen, weil die Fahrrinne vertieft wird", ", womit der Staat 3,5 Millionen Kronen für die Häfen der ganzen Küste ausgibt", ""),
        ("fr", "Le port de Valmont sera fermé pendant trois semaines", " afin de creuser le chenal pour des cargos plus grands", ", selon la capitainerie"),
        ("es", "El puerto de Santa Marina cerrará tres semanas", ", lo que obligará a desviar el tráfico de todos los barcos de carga hasta el verano", ""),
        ("ru", "Порт Усть-Луда закроют для всех судов на три недели", ", чтобы углубить фарватер и построить новый причал для грузовых судов", ""),
        ("ar", "تغلق السلطات ميناء تل الزيتون لمدة ثلاثة أسابيع", "، حيث تبدأ أعمال تعميق الممر الملاحي أمام السفن الكبيرة ابتداء من يوم الاثنين المقبل", ""),
        ("zh-Hans", "云汀港将从周一起对所有货船关闭三个星期", "，以便加深航道并修建新的码头，预计六月中旬重新开放使用", ""),
    ],
)  # fmt: skip
def test_a_long_lead_ends_at_a_clause(language: str, kept: str, dropped: str, source: str) -> None:
    """Clauses go from the end until the headline fits; a short attribution stays behind the cut."""
    sentence = kept + dropped + source
    assert columns(sentence) > facts(language, "headline")["max"]
    assert shorten(f"{sentence}.", language) == kept + source


def test_what_fits_is_not_cut() -> None:
    """No more clauses go than length asks for, the last one first."""
    first = "The port of Lannick is to close in March after a vote of the council"
    assert shorten(f"{first} as part of a plan for bigger ships.", "en") == first
    sentence = "A ferry struck a sandbank off Orsen while it was leaving the harbour"
    assert shorten(sentence, "en") == sentence
    assert shorten(f"{sentence}, because the channel is too narrow for it", "en") == sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        # a negation, a condition or a contrast would be lost
        ("en", "The harbour board of Orsen will pay for the new pier and for all the buoys, which the state does not."),
        ("en", "The harbour board of Orsen will pay for the new pier and for all of the buoys after June if the state agrees."),
        ("en", "The harbour board of Orsen will pay for the new pier and for all the new buoys while the state denies owing it."),
        # an attribution without a comma
        ("en", "The harbour board of Orsen has paid for the new pier and for the buoys after officials said the state would."),
        # deaths
        ("en", "A barge struck a pier of the harbour of Lannick in thick fog on Sunday morning as two people died on the quay."),
        ("en", "A barge struck a pier of the harbour of Lannick in fog on Sunday morning, leaving two people dead on the quay."),
        # an accusation
        ("en", "The harbour board of Orsen has paid for the new pier and for all the buoys, which the auditors allegedly stole."),
        # the beginning would end with a preposition
        ("en", "All the passengers of the islands' old ferries were taken care of while the storm was passing over the fjord."),
        # the verb is still to come
        ("en", "The newly elected mayor of Orsen, who had opposed the sale for years, told reporters she would not run again."),
        ("en", "The harbour board of Orsen and the towns along the fjord, which share the costs, have paid for the new pier."),
        ("en", "The harbour board of Orsen, the towns along the fjord, and the state have paid for the long new wooden pier."),
        ("en", "After a quarrel of many years over the harbour dues of the islands, the board of Orsen has paid for a pier."),
        ("en", "The people of Orsen who had moved to the islands far away after the storm of last year have returned to the town."),
        # nothing is cut inside quotations, brackets or figures
        ("en", "The harbour board of Orsen said that the new pier was “paid for, which is a relief, while nobody complains”."),
        ("en", "The harbour board of Orsen has paid for the new pier and all the buoys (which are red, while the pier is blue)."),
        # the verb comes last
        ("ja", "潮見市の港湾委員会は来月から三週間にわたり、航路を深くして新しい岸壁を造るため、すべての貨物船に対して港を閉鎖することを決めた。"),
        ("de", "Die Hafenbehörde von Althagen, die für die Fahrrinne zuständig ist, hat den Hafen am Montag für mehrere Wochen geschlossen."),
        # a relative clause names no source of the whole
        ("en", "The port of Lannick is to close in March as part of a plan for bigger ships, which the board says it needs."),
        # a beginning is too short
        ("en", "The port closes while the coastal authority is deepening the channel for the bigger ships of the new line."),
        # the first clause is no sentence
        ("zh-Hans", "云汀港务局的负责人星期一上午在新闻发布会上对记者表示，从下周起所有大小货船都必须改道前往临海港装卸货物。"),
        ("zh-Hans", "随着云汀港的航道在未来三个星期内不断加深并且修建新的码头，所有的大小货船都必须改道前往临海港装卸货物。"),
    ],
)  # fmt: skip
def test_a_cut_never_changes_the_claim(language: str, sentence: str) -> None:
    """Where no safe cut exists the whole sentence is the headline, however long."""
    assert columns(sentence) > facts(language, "headline")["max"]
    assert shorten(sentence, language) == sentence.rstrip(".。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pier is open.", "The pier is open"),
        ("The pier is open!", "The pier is open"),
        ("She called it “a gift.”", "She called it “a gift”"),
        ("The pier was paid for by the U.S.", "The pier was paid for by the U.S."),
        ("码头开放了。", "码头开放了"),
        ("घाट खुल गया।", "घाट खुल गया"),
        ("کھل گیا۔", "کھل گیا"),
    ],
)
def test_a_headline_has_no_final_stop(text: str, expected: str) -> None:
    """The mark at the end goes, inside closing quotes too; initials keep theirs."""
    assert shorten(text, "en") == expected


@given(
    st.lists(
        st.sampled_from(["which", "after", ",", "said", "not", "(", ")", "“", "”", "1,200", "port", "the"]), min_size=1
    )
)
def test_a_headline_only_leaves_words_out(words: list[str]) -> None:
    """What stands in the headline stands in the sentence, in its order, and both begin alike."""
    start = "the port of Lannick is to close for three long weeks"
    sentence = " ".join([start, *words])
    shortened = shorten(sentence, "en")
    rest = iter(sentence.replace(" ", ""))
    assert all(character in rest for character in shortened.replace(" ", ""))
    assert shortened.startswith(start)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The harbours of Orsen reopened", ["harbou", "orsen", "reopen"]),
        ("en", "35 % of $3.5bn", ["35", "3", "5bn"]),
        ("zh-Hans", "港口的航道", ["港口", "航道"]),
        ("ja", "港が再開した", ["再開", "港が", "が再", "開し"]),
        ("ko", "항구가 다시 열렸다", ["항구", "열렸"]),
        ("ar", "الميناء والميناء", ["ميناء", "ميناء"]),
        ("hi", "बंदरगाह", ["बंदरगाह"[:6]]),
        ("th", "ท่าเรือ", ["ท่าเ", "่าเร", "าเรื", "เรือ"]),
    ],
)
def test_terms_are_what_a_topic_is_made_of(language: str, text: str, expected: list[str]) -> None:
    """Function words and endings go; scripts without spaces give overlapping runs; figures stay whole."""
    assert sorted(terms(text, language)) == sorted(expected)


def test_inflected_words_carry_a_title() -> None:
    """A Russian title is carried by a sentence that has its words in other cases."""
    source = article(["Новую пристань открыли у железнодорожного моста.", "Погода была ясной."], language="ru")
    assert carriers_of("Открыта пристань возле железнодорожных мостов", source) == (0,)


@pytest.mark.parametrize(
    ("text", "width"), [("harbour", 7), ("港口", 4), ("가", 2), ("ท่า", 2), ("e\u0301", 1), ("ｱ", 1), ("", 0)]
)
def test_columns_follow_east_asian_width(text: str, width: int) -> None:
    """Wide characters count 2, half-width ones 1, combining ones 0."""
    assert columns(text) == width


KEYS = {
    "words": {"function", "dangling", "unfinished", "prefixes"},
    "headline": {
        "target", "max", "every_comma", "clauses", "openings", "adjuncts", "relatives", "attribution", "keep",
    },
}  # fmt: skip


@pytest.mark.parametrize("tag", languages_with_facts())
@pytest.mark.parametrize("table", KEYS)
def test_every_language_has_words_and_headline_lengths(tag: str, table: str) -> None:
    """The tables have no key that nobody reads, and lists without repetition or capitals, which match in any case."""
    entries = facts(tag, table)
    assert entries
    assert set(entries) <= KEYS[table]
    for words in (value for value in entries.values() if isinstance(value, list)):
        assert words
        assert len(set(words)) == len(words)
        assert [word for word in words if word != word.strip().lower()] == []


@pytest.mark.parametrize("tag", languages_with_facts())
def test_headline_lengths_are_plausible(tag: str) -> None:
    """A target below the hard limit, both within what any news site prints."""
    lengths = facts(tag, "headline")
    assert 40 <= lengths["target"] < lengths["max"] <= 130
