"""Summaries that somebody else wrote: read from any form, laid beside the article, checked."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from summarizer.articles import read_articles
from summarizer.cli import main
from summarizer.errors import InputError
from summarizer.pipeline import summarize
from summarizer.publish import published_languages, summary_json, write_summary
from summarizer.records import Article
from summarizer.settings import Settings
from summarizer.submitted import Submitted, SubmittedLine, check_submitted, read_submitted, submitted_in
from summarizer.testing import fake_article

HEADLINE = SubmittedLine("Board approves second pier")
BULLETS = (SubmittedLine("The pier will cost 12.4 million euros."), SubmittedLine("It will open in 2028."))


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def harbour(seeds: Path) -> Article:
    article = next(read_articles(seeds / "harbour.en.txt"))
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("s.json", json.dumps({"headline": HEADLINE.text, "bullets": [line.text for line in BULLETS]})),
        ("s.json", json.dumps({"title": HEADLINE.text, "summary": " ".join(line.text for line in BULLETS)})),
        ("s.json", json.dumps({"title": HEADLINE.text, "points": [{"text": line.text} for line in BULLETS]})),
        ("s.md", f"# {HEADLINE.text}\n\n- {BULLETS[0].text}\n- {BULLETS[1].text}\n\n*Written by AI.*\n"),
        ("s.md", f"---\ntitle: {HEADLINE.text}\n---\n\n{BULLETS[0].text} {BULLETS[1].text}\n"),
        ("s.txt", f"{HEADLINE.text}\n\n• {BULLETS[0].text}\n• {BULLETS[1].text}\n"),
        ("s.txt", f"{HEADLINE.text}\n\n{BULLETS[0].text} {BULLETS[1].text}\n"),
        ("s", f"# {HEADLINE.text}\n\n1. {BULLETS[0].text}\n2. {BULLETS[1].text}\n"),
    ],
)
def test_every_form_says_the_same(tmp_path: Path, name: str, text: str) -> None:
    """JSON of several kinds, Markdown and text."""
    assert read_submitted(written(tmp_path, name, text)) == (Submitted(HEADLINE, BULLETS),)


@pytest.mark.parametrize(
    "value",
    [
        {"headline": HEADLINE.text, "key_takeaways": [line.text for line in BULLETS]},
        {"headline": HEADLINE.text, "Punkte": [line.text for line in BULLETS], "model": "a model of 2026"},
        {"headline": HEADLINE.text, "summary": BULLETS[0].text, "points": [BULLETS[1].text]},
        {"headline": HEADLINE.text, "bullets": [{"bullet": line.text, "tags": ["harbour"]} for line in BULLETS]},
        {"summary": {"title": HEADLINE.text, "keyPoints": [line.text for line in BULLETS]}},
        [{"headline": HEADLINE.text, "bullets": [line.text for line in BULLETS]}],
        {"results": [{"headline": HEADLINE.text, "bullets": [line.text for line in BULLETS]}]},
    ],
)
def test_lines_under_other_keys_are_read(tmp_path: Path, value: object) -> None:
    """One list whatever its name, several known keys, and what stands inside or in a list."""
    assert read_submitted(written(tmp_path, "s.json", json.dumps(value))) == (Submitted(HEADLINE, BULLETS),)


@pytest.mark.parametrize(
    ("name", "text", "languages"),
    [
        (
            "s.json",
            '[{"headline": "Ein Deal", "lang": "de_DE"}, {"headline": "Un accord", "lang": "fr"}]',
            ["de", "fr"],
        ),
        ("s.jsonl", '{"headline": "Ein Deal", "lang": "de"}\n{"headline": "Un accord", "lang": "fr"}', ["de", "fr"]),
        ("s.json", '{"de": {"headline": "Ein Deal"}, "French": ["Un accord signé."]}', ["de", "fr"]),
        ("s.json", '{"headline": "A deal", "translations": {"de": {"headline": "Ein Deal"}}}', [None, "de"]),
        ("s.md", "# Ein Deal\n\n- Ja.\n\n# Un accord\n\n- Oui.\n", [None, None]),
        ("s.md", "---\nlanguage: de\n---\n# Ein Deal\n\n---\nlanguage: French\n---\n# Un accord\n", ["de", "fr"]),
    ],
)
def test_each_language_of_a_file_is_read(tmp_path: Path, name: str, text: str, languages: list[str | None]) -> None:
    """Lists, lines, languages as keys, pages one after the other."""
    found = read_submitted(written(tmp_path, name, text))
    assert [each.language for each in found] == languages
    assert all(each.lines for each in found)


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        *(("de", "de"), ("de_DE", "de"), ("German", "de"), ("deutsch", "de"), ("Deutsch (Schweiz)", "de")),
        *(("日本語", "ja"), ("Chinese (Traditional)", "zh-Hant"), ("Brazilian Portuguese", "pt-BR"), ("العربية", "ar")),
    ],
)
def test_language_may_have_a_name(seeds: Path, tmp_path: Path, name: str, tag: str) -> None:
    """A tag in any spelling, the English name or the language's own."""
    text = json.dumps({"language": name, "bullets": ["3.5 -> 35"]})
    (submitted,) = read_submitted(written(tmp_path, "s.json", text))
    assert submitted.language == tag
    assert check_submitted(harbour(seeds), submitted).language == tag


def test_text_has_no_lines_that_nobody_reads(tmp_path: Path) -> None:
    """A bullet goes on in the next line, a paragraph among bullets counts, a mark alone is an empty bullet."""
    text = "A deal\n\n• The port\n  signed it.\n\nIt cost 9 dollars.\n\n- Boats leave\nthe harbour.\n•\n"
    (submitted,) = read_submitted(written(tmp_path, "s.txt", text))
    assert [line.text for line in submitted.bullets] == [
        *("The port signed it.", "It cost 9 dollars.", "Boats leave the harbour.", ""),
    ]
    (page,) = read_submitted(
        written(tmp_path, "s.md", "# A deal\n\nIt cost 9 dollars.\n\n## Facts\n\n- Yes, it did.\n")
    )
    assert [line.text for line in page.bullets] == ["It cost 9 dollars.", "Yes, it did."]


@pytest.mark.parametrize("form", ["text", "evidence", "json", "jsonl", "md", "ninjs"])
@pytest.mark.parametrize("seed", ["inundaciones.es.json", "jishin.ja.txt", "gaza-talks.en.txt"])
def test_what_we_print_has_no_errors(
    tmp_path: Path, seeds: Path, capsys: pytest.CaptureFixture[str], seed: str, form: str
) -> None:
    """Every form that `summarize` writes is read back with all its languages and lines, and nothing is wrong in it."""
    summary = summarize(seeds / seed, to=["es", "en"], settings=Settings.load(overrides={"engine": "offline"}))
    options = ["--evidence", "--show-held"] if form == "evidence" else ["--format", form]
    assert main(["summarize", str(seeds / seed), "--to", "es,en", "--engine", "offline", "-q", *options]) == 0
    path = written(tmp_path, "printed", capsys.readouterr().out)
    found = read_submitted(path)
    published = published_languages(summary)
    assert {each.spoken for each in found} == set(published)
    assert [line.text for line in found[0].lines] == [summary.headline, *(bullet.text for bullet in summary.bullets)]
    assert {len(each.lines) for each in found} == {1 + len(summary.bullets)}
    assert main(["check", "--article", str(seeds / seed), "--summary", str(path)]) == 0


def test_printed_translations_cite_what_their_lines_cite() -> None:
    """The numbers behind the lines are those of the article's own language."""
    text = "A deal  [1]\n • It costs 9.  [2 3]\n ! headline  headline_long  wide\n\n"
    text += "de  Deutsch  ok\nEin Deal\n • Er kostet 9.\n"
    own, german = submitted_in(text.encode(), "printed")
    assert [line.sentences for line in own.lines] == [(1,), (2, 3)]
    assert [line.text for line in own.lines] == ["A deal", "It costs 9."]
    assert (german.language, [line.sentences for line in german.lines]) == ("de", [(1,), (2, 3)])


def test_translation_of_a_line_is_right_where_that_is(seeds: Path) -> None:
    """A line that says less than its sentences is no error in another language; one that says more is."""
    own = Submitted(None, (SubmittedLine("The council approved it.", (16,)),), "en")
    german = Submitted(None, (SubmittedLine("Der Rat billigte es mit 38 Stimmen.", (1,)),), "de")
    assert "figure_changed" in {found.code for found in check_submitted(harbour(seeds), german, own=own).findings}
    wide = Submitted(None, (SubmittedLine("The council approved it by 38 votes.", (16,)),), "en")
    assert not check_submitted(harbour(seeds), german, own=wide).findings


def test_our_own_files_keep_their_evidence(tmp_path: Path, seeds: Path) -> None:
    """JSON and pages cite the sentences by number, and those that are published have nothing wrong."""
    summary = summarize(seeds / "zinsen.de.txt", settings=Settings.load(overrides={"engine": "offline"}))
    home = write_summary(summary, tmp_path)
    article = next(read_articles(seeds / "zinsen.de.txt"))
    assert isinstance(article, Article)
    cited = [tuple(item.sentence for item in bullet.evidence) for bullet in summary.bullets]
    for name in ("summary.json", "de.md"):
        (submitted,) = read_submitted(home / name)
        assert [bullet.sentences for bullet in submitted.bullets] == cited
        assert [bullet.text for bullet in submitted.bullets] == [bullet.text for bullet in summary.bullets]
        assert submitted.language == "de"
        assert not [found for found in check_submitted(article, submitted).findings if found.severity == "error"]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("s.json", "{", "not JSON"),
        ("s.json", "3", "a number; expected a JSON object"),
        ("s.json", '{"headline": 5}', 'the field "headline" is a number; expected a string'),
        ("s.json", '{"title": "A deal", "bullets": [1]}', "a bullet is a number"),
        ("s.json", '{"title": "A deal", "bullets": [{"note": 1}]}', 'a bullet has "note"; expected a string'),
        ("s.json", '{"bullets": ["One."], "verdict": "The port lost it."}', '"verdict": no such key is known'),
        ("s.json", '{"a": ["One of two."], "b": ["Two of two."]}', '"a" and "b": no such key is known'),
        ("s.json", '{"language": "Klingonisch", "bullets": ["Ja."]}', 'the language is "Klingonisch".*expected a tag'),
        ("s.json", '{"language": "xx-invalid", "bullets": ["Ja."]}', 'the language is "xx-invalid".*expected a tag'),
        ("s.json", '{"language": ["de"], "bullets": ["Ja."]}', 'the field "language" is a list; expected a string'),
        ("s.md", "---\nlanguage: Klingonisch\n---\n# Ein Vertrag\n", 'the language is "Klingonisch"'),
        ("s.json", '{"headline": "x", "bullets": ["?"]}', "no headline and no bullet"),
        ("s.txt", "\0\0\1", "binary data.*expected a summary"),
        ("s.txt", "\1\2\3 abc \4\5\6", "binary data; expected a summary"),
        ("s.jsonl", '{"headline": "One deal"}\n{"headline": ', "not JSON: Extra data .line 2"),
        ("s.json", "{}", "no headline and no bullet"),
        ("s.md", "---\nlanguage: de\n---\n", "no headline and no bullet"),
        ("s.txt", "\n", "empty; expected a summary"),
        ("s.json", '{"schema_version": "1", "article": {}}', "not a summary of schema_version 1: status"),
    ],
)
def test_what_is_no_summary_is_named(tmp_path: Path, name: str, text: str, problem: str) -> None:
    """With the file, and what was expected."""
    with pytest.raises(InputError, match=rf"{name}.*{problem}"):
        read_submitted(written(tmp_path, name, text))


def test_missing_file_is_named(tmp_path: Path) -> None:
    """Not as a traceback."""
    with pytest.raises(InputError, match=r"absent\.md"):
        read_submitted(tmp_path / "absent.md")


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "The council voted 38 to 21 for the deal.", (16,)),
        ("en", "Traffic grew by 12.4 % last year.", (6,)),
        ("de", "Mindestens 140 Boote verlieren ihren Platz in Pilot Creek.", (11,)),
        ("es", "El puerto firmó un acuerdo de 3.500 millones de dólares.", (1, 11, 18)),
        ("ja", "事業者は1日40万ドルの違約金を払う。", (9,)),
        ("ja", "漁業者は反対している。", ()),
    ],
)
def test_lines_find_their_sentences(seeds: Path, language: str, text: str, sentences: tuple[int, ...]) -> None:
    """By words within a language, by figures and names across; none where nothing is shared."""
    checked = check_submitted(harbour(seeds), Submitted(None, (SubmittedLine(text),)), language)
    assert checked.sentences == {"bullets[0]": sentences}


def test_numbers_that_the_article_does_not_have_are_not_believed(seeds: Path) -> None:
    """A citation of sentence 99 is none, and an error."""
    line = SubmittedLine("The council voted 38 to 21 for the deal.", (99,))
    checked = check_submitted(harbour(seeds), Submitted(None, (line,)), "en")
    assert checked.sentences == {"bullets[0]": (16,)}
    assert [(found.code, found.detail) for found in checked.findings] == [
        ("evidence_invalid", "the article has no sentence 99")
    ]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("The port signed a deal on Thursday.", "The port signed a deal on Thursday.", "")),
        ("de", ("Der Hafen hat am Donnerstag unterzeichnet.", "Der Hafen hat am Donnerstag unterzeichnet.", "–")),
        ("ja", ("港は木曜日に契約に署名した。", "港は木曜日に契約に署名した。", "・")),
    ],
)
def test_empty_and_repeated_bullets_are_errors(seeds: Path, language: str, lines: tuple[str, ...]) -> None:
    """In the article's language and in others."""
    checked = check_submitted(harbour(seeds), Submitted(None, tuple(map(SubmittedLine, lines))), language)
    found = {(found.code, found.where) for found in checked.findings if found.severity == "error"}
    assert {("line_repeated", "bullets[1]"), ("empty_text", "bullets[2]")} <= found


def test_language_is_what_was_asked_for(seeds: Path) -> None:
    """A German summary is no French one."""
    lines = (SubmittedLine("Der Hafen hat am Donnerstag einen Vertrag über einen zweiten Containerhafen geschlossen."),)
    codes = {found.code for found in check_submitted(harbour(seeds), Submitted(None, lines), "fr").findings}
    assert "language_wrong" in codes


def test_lines_of_the_article_have_no_findings() -> None:
    """Whatever else is wrong in the world."""
    article = fake_article()
    lines = tuple(map(SubmittedLine, article.sentence_texts()))
    assert check_submitted(article, Submitted(None, lines), "en").findings == ()


@pytest.mark.parametrize(
    ("language", "bullet", "errors"), [("de", "35 Milliarden", "2 errors"), ("ar", '"140" → "14"', "1 error")]
)
def test_command_shows_what_is_wrong(
    seeds: Path, capsys: pytest.CaptureFixture[str], language: str, bullet: str, errors: str
) -> None:
    """The examples of the README: an error, the words, the sentence, exit 1; as JSON too."""
    arguments = ["check", "--article", str(seeds / "harbour.en.txt")]
    arguments += ["--summary", str(seeds / "summaries" / f"harbour.{language}.md")]
    assert main(arguments) == 1
    shown = capsys.readouterr().out
    assert "✗" in shown
    assert bullet in shown
    assert f"5 lines, {errors}, 0 warnings" in shown
    assert main([*arguments, "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["language"], found["status"]) == (language, "held")


def test_command_with_nothing_wrong(tmp_path: Path, seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0, and a line that says what was looked at."""
    path = written(tmp_path, "s.txt", "Rosthaven signs deal for harbour\n\n• The port signed a $3.5bn agreement.\n")
    assert main(["check", "--article", str(seeds / "harbour.en.txt"), "--summary", str(path)]) == 0
    assert "✓ 2 lines, 0 errors" in capsys.readouterr().out


@pytest.mark.parametrize("piped", ["--article", "--summary"])
def test_command_takes_standard_input(
    tmp_path: Path, seeds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, piped: str
) -> None:
    """Either text, not both."""
    article = seeds / "harbour.en.txt"
    summary = written(tmp_path, "s.txt", "Rosthaven signs deal for harbour\n\n• The port signed a $9.9bn agreement.\n")
    given = {"--article": article, "--summary": summary}
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given[piped].read_bytes())))
    names = {**{option: str(path) for option, path in given.items()}, piped: "-"}
    assert main(["check", *(part for pair in names.items() for part in pair)]) == 1
    assert "figure_not_in_evidence" in capsys.readouterr().out
    assert main(["check", "--article", "-", "--summary", "-"]) == 2
    assert "either the article or the summary" in capsys.readouterr().err


def test_several_articles_are_no_summary_of_one(tmp_path: Path, seeds: Path) -> None:
    """JSON Lines of two articles are not checked beside one of them."""
    settings = Settings.load(overrides={"engine": "offline"})
    lines = [summary_json(summarize(seeds / name, settings=settings)) for name in ("zinsen.de.txt", "harbour.en.txt")]
    with pytest.raises(InputError, match="holds summaries of 2 articles; expected those of one"):
        read_submitted(written(tmp_path, "s.jsonl", "\n".join(lines)))


def test_command_wants_one_article(tmp_path: Path, seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON Lines hold several."""
    path = written(tmp_path, "s.txt", "Headline\n\n• One thing happened.\n")
    assert main(["check", "--article", str(seeds / "wire.jsonl"), "--summary", str(path)]) == 2
    assert "expected one" in capsys.readouterr().err


def test_command_checks_one_language_of_several(
    tmp_path: Path, seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--to` chooses; a language that is not there is an error."""
    summary = summarize(seeds / "zinsen.de.txt", to=["de"], settings=Settings.load(overrides={"engine": "offline"}))
    home = write_summary(summary, tmp_path)
    arguments = ["check", "--article", str(seeds / "zinsen.de.txt"), "--summary", str(home / "summary.json")]
    assert main([*arguments, "--to", "de"]) == 0
    assert main([*arguments, "--to", "fr"]) == 2
    assert "has no text in fr" in capsys.readouterr().err
