"""Summaries that somebody else wrote: read from any form, laid beside the article, checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.articles import read_articles
from summarizer.cli import main
from summarizer.errors import InputError
from summarizer.pipeline import summarize
from summarizer.publish import write_summary
from summarizer.records import Article
from summarizer.settings import Settings
from summarizer.submitted import Submitted, SubmittedLine, check_submitted, read_submitted
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
        ("s.json", "3", "expected a JSON object"),
        ("s.json", "{}", "no headline and no bullet"),
        ("s.md", "---\nlanguage: de\n---\n", "no headline and no bullet"),
        ("s.txt", "\n", "empty"),
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
        ("ja", "事業者は1日40万ドルの違約金を払う。", ()),
    ],
)
def test_lines_find_their_sentences(seeds: Path, language: str, text: str, sentences: tuple[int, ...]) -> None:
    """By words within a language, by figures and names across; none where nothing is shared."""
    checked = check_submitted(harbour(seeds), Submitted(None, (SubmittedLine(text),)), language)
    assert checked.sentences == {"bullets[0]": sentences}


def test_numbers_that_the_article_does_not_have_are_not_believed(seeds: Path) -> None:
    """A citation of sentence 99 is none."""
    line = SubmittedLine("The council voted 38 to 21 for the deal.", (99,))
    assert check_submitted(harbour(seeds), Submitted(None, (line,)), "en").sentences == {"bullets[0]": (16,)}


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
