"""Apertium: the table of pairs, the processes, and real translations where the packages are installed."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import pytest

from summarizer.cli import doctor
from summarizer.languages import facts, languages_with_facts
from summarizer.offline.apertium import (
    ApertiumTranslator,
    Pair,
    TranslatedLines,
    TranslatorError,
    _Process,
    installed,
    pair,
    pairs,
)
from summarizer.offline.names import Name
from summarizer.offline.protect import LanguagePair, StandIns, protect, restore
from tests.apertium import require

# Answers each segment with itself, and dies after the first.
ONE_ANSWER = f"""{sys.executable} -c "
import sys
import time
data = b''
while not data.endswith(b'\\0'):
    data += sys.stdin.buffer.raw.read(1)
sys.stdout.buffer.write(data)
" """


def translated(lines: list[str], source: str, target: str) -> TranslatedLines:
    """Lines through a translator of their own, which must leave no process behind."""
    row = pair(source, target)
    assert row is not None
    require(row)

    async def run() -> TranslatedLines:
        async with ApertiumTranslator(timeout_s=20) as translator:
            return await translator.translate(lines, source, target)

    return asyncio.run(run())


def alive(group: int) -> bool:
    """Whether a process group has a member that runs (a zombie that waits for its parent does not)."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of_group = entry.read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(of_group) == group and state != "Z":
            return True
    return False


def ends(group: int) -> bool:
    """Whether the group has no running member within two seconds; a signal takes a moment to arrive."""
    until = time.monotonic() + 2
    while alive(group) and time.monotonic() < until:
        time.sleep(0.05)
    return not alive(group)


def test_every_pair_has_what_it_needs() -> None:
    """Both languages have number forms, and the stand-ins begin as they must."""
    assert len({(row.source, row.target) for row in pairs()}) == len(pairs())
    for row in pairs():
        assert {"thousands", "decimals", "quotes", "scales"} <= set(facts(row.source, "numbers")), row
        assert {"thousands", "decimals", "quotes", "scales"} <= set(facts(row.target, "numbers")), row
        assert row.packages
        assert all(package.startswith("apertium-") or package == "cg3" for package in row.packages)


@pytest.mark.parametrize(
    ("source", "target", "mode"),
    [
        ("es", "ca", "spa-cat_iec2017"),
        ("es-MX", "ca", "spa-cat_iec2017"),
        ("es", "pt-BR", "es-pt_BR"),
        ("es", "pt", "es-pt"),
        ("pt-BR", "es", "pt-es"),
        ("en", "es-419", "eng-spa"),
        ("en", "pt-BR", None),
        ("en", "ar", None),
        ("ca", "nb", None),
    ],
)
def test_direct_pairs_only(source: str, target: str, mode: str | None) -> None:
    """A source variety uses its parent's pair; a target variety with facts of its own needs its own pair."""
    row = pair(source, target)
    assert (row.mode if row else None) == mode


def test_no_pair_and_no_package_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a pair nothing can be done; without the package its name is said, and no path of the machine."""
    monkeypatch.setenv("PATH", "/nonexistent")

    async def codes(source: str, target: str) -> list[tuple[str, str]]:
        result = await ApertiumTranslator(timeout_s=20).translate(["x"], source, target)
        assert result.lines == ()
        return [(item.code, item.detail) for item in result.findings]

    assert asyncio.run(codes("en", "ja"))[0][0] == "no_offline_pair"
    assert asyncio.run(codes("es", "ca")) == [("no_translator", "install apertium-spa-cat apertium-lex-tools cg3")]


def test_a_mode_needs_all_its_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pair whose mode names a program that is missing gives empty output, so it does not count as installed."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "share/apertium/modes").mkdir(parents=True)
    (tmp_path / "share/apertium/modes/a-b.mode").write_text("lt-proc -w 'a.bin' | cg-proc 'b.bin'")
    row = Pair("es", "ca", "a-b", ("apertium-a-b",), StandIns(("Mario", "Emma")))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    helpers = ("apertium-wblank-mode", "apertium-wblank-attach", "apertium-wblank-detach")
    for program in ("lt-proc", *helpers, "cg-proc"):
        assert not installed(row)
        (tmp_path / "bin" / program).touch(mode=0o755)
    assert installed(row)


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> list[Pair]:
    """Every pair is installed and answers with what it is asked; the pairs that were looked for."""
    asked: list[Pair] = []

    def found(row: Pair) -> bool:
        asked.append(row)
        return True

    monkeypatch.setattr("summarizer.offline.apertium.installed", found)
    monkeypatch.setattr("summarizer.offline.apertium._null_flushed", lambda _: "cat")
    return asked


def test_a_closed_translator_starts_nothing(echo: list[Pair]) -> None:
    """A task that comes after the end gets a finding, and leaves no process behind."""
    assert not echo

    async def run() -> None:
        translator = ApertiumTranslator(timeout_s=5)
        row = pair("es", "ca")
        assert row is not None
        early = await translator._processes(row)
        await translator.aclose()
        late = await translator.translate(["x"], "es", "ca")
        assert [(item.code, item.detail) for item in late.findings] == [
            ("translator_failed", "the translator is closed")
        ]
        assert translator._started == {}
        with pytest.raises(TranslatorError, match="closed"):
            await early.translated("x")
        assert early._pipeline._process is None

    asyncio.run(run())


def test_a_pair_is_looked_for_once(echo: list[Pair]) -> None:
    """What is installed is asked once for each pair, not for each article."""

    async def run() -> None:
        async with ApertiumTranslator(timeout_s=5) as translator:
            for target in ("ca", "pt", "ca", "pt"):
                await translator.translate(["x"], "es", target)

    asyncio.run(run())
    assert [row.target for row in echo] == ["ca", "pt"]


def test_doctor_looks_for_each_pair_once(echo: list[Pair], monkeypatch: pytest.MonkeyPatch) -> None:
    """One row names the pairs that are there, and every pair is asked for once."""

    def found(row: Pair) -> bool:
        echo.append(row)
        return row.source == "es"

    monkeypatch.setattr(doctor, "installed", found)
    (state, _, ready), *missing = doctor._translators()
    assert (state, ready) == ("ok", ", ".join(f"es→{row.target}" for row in pairs() if row.source == "es"))
    assert missing
    assert echo == list(pairs())


def test_a_process_answers_in_order_and_ends() -> None:
    """Questions asked at once get their own answers; closing leaves no process of the group."""

    async def run() -> tuple[list[str], int]:
        process = _Process("cat | cat", 5)
        answers = await asyncio.gather(*(process.ask(str(number)) for number in range(20)))
        assert process._process is not None
        group = process._process.pid
        await process.aclose()
        return answers, group

    answers, group = asyncio.run(run())
    assert answers == [str(number) for number in range(20)]
    assert ends(group)


def test_a_dead_process_is_started_once_more() -> None:
    """A pipeline that died between two questions answers the second one; one that cannot live gives an error."""

    async def run() -> None:
        process = _Process(ONE_ANSWER, 5)
        assert [await process.ask("a"), await process.ask("b")] == ["a", "b"]
        await process.aclose()
        with pytest.raises(TranslatorError, match="twice"):
            await _Process("exit 0", 5).ask("a")

    asyncio.run(run())


def test_a_silent_process_is_ended() -> None:
    """No answer in time is an error, and the whole group is gone, not only the shell."""

    async def run() -> int:
        process = _Process("echo $$ >&0; sleep 60 | cat | sleep 60", 0.2)
        asking = asyncio.create_task(process.ask("a"))
        await asyncio.sleep(0.1)
        assert process._process is not None
        group = process._process.pid
        with pytest.raises(TranslatorError, match="no answer"):
            await asking
        return group

    assert ends(asyncio.run(run()))


def test_a_cancelled_question_does_not_shift_the_answers() -> None:
    """A late answer is never taken for the next one."""

    async def run() -> str:
        process = _Process("while :; do sleep 0.3; head -c 2; done", 5)
        asking = asyncio.create_task(process.ask("a"))
        await asyncio.sleep(0.1)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        answer = await process.ask("b")
        await process.aclose()
        return answer

    assert asyncio.run(run()) == "b"


@pytest.mark.parametrize("row", pairs(), ids=lambda row: row.mode)
def test_stand_ins_are_carried_through(row: Pair) -> None:
    """Every pair gives figures, names and quotation marks back, whole and once."""
    require(row)
    names = ("Arbel Borg", "Marta Vidal", "Íñigo")
    line = "Arbel Borg, 12, Marta Vidal, 2029, Íñigo."
    found = [
        Name(line.index(name), line.index(name) + len(name), name, person=index == 1)
        for index, name in enumerate(names)
    ]
    protected = protect(line, found, LanguagePair(row.source, row.target, row.stand_ins), where="headline")

    async def run() -> str:
        async with ApertiumTranslator(timeout_s=20) as translator:
            return await (await translator._processes(row)).translated(protected.stream)

    text, findings = restore(protected, asyncio.run(run()), row.target, where="headline")
    assert (text, findings) == (line, ())


def test_close_languages_read_well() -> None:
    """Spanish into Catalan: elision before a protected name, the target's marks, no stop added, nothing lost."""
    result = translated(
        [
            "El río Arbel sube un 3,5 % y deja 3.700 desalojados",
            "El Arbel se desbordó en Puente Calero, según Pilar Arizmendi.",
            "“No quiero más barcos”, dijo Arizmendi.",
        ],
        "es",
        "ca",
    )
    assert result.lines == (
        "El riu Arbel puja un 3,5\u00a0% i deixa 3.700 desallotjats",
        "L'Arbel es va desbordar a Puente Calero, segons Pilar Arizmendi.",
        "«No vull més vaixells», va dir Arizmendi.",
    )
    assert result.findings == ()
    assert result.quotes
    assert result.model == "apertium spa-cat_iec2017"


def test_an_unknown_word_holds_and_says_where() -> None:
    """A lower-case word that the dictionary lacks is an error at its line; an unknown name is none."""
    result = translated(["El puerto crece", "Arbel teme un desbordamiento"], "es", "pt")
    assert [(item.code, item.where, item.found) for item in result.findings] == [
        ("word_untranslated", "bullets[0]", "Arbel"),  # at the start of a sentence only: it may be a common word
        ("word_untranslated", "bullets[0]", "desbordamiento"),
    ]
    assert translated(["El puerto crece", "El puerto teme a Arbel"], "es", "pt").findings == ()


@pytest.mark.parametrize(
    "line",
    [
        "Signos [x] ^y$ <z> {w} \\ / @ # + ~ * : fin",
        "Nota #MeToo de x@y.es en https://example.org/a_b?c=1",
        "COVID-19 y el G-20 a las 4.20 por 3-0 el 31/12/2025",
    ],
)
def test_signs_and_codes_survive(line: str) -> None:
    """The signs of the stream format, addresses and codes come through every stage."""
    (text,) = translated([line], "es", "pt").lines
    kept = set("[]^$<>{}\\/@#+~*:_?=-0123456789")
    assert [char for char in text if char in kept] == [char for char in line if char in kept]


def test_a_large_amount_keeps_its_value() -> None:
    """An English billion is no Spanish billón."""
    result = translated(["The 10-month plan costs $4.5bn"], "en", "es")
    assert "4500 millones" in result.lines[0]
    assert "10 " in result.lines[0]


def test_articles_may_be_translated_at_once() -> None:
    """One translator serves many articles and pairs together, each answer to its own question."""
    for target in ("ca", "pt"):
        row = pair("es", target)
        assert row is not None
        require(row)

    async def run() -> list[TranslatedLines]:
        async with ApertiumTranslator(timeout_s=20) as translator:
            jobs = [
                translator.translate([f"El puerto {n}"], "es", target) for n in range(10, 20) for target in ("ca", "pt")
            ]
            return await asyncio.gather(*jobs)

    lines = [result.lines[0] for result in asyncio.run(run())]
    assert lines == [f"{words} {n}" for n in range(10, 20) for words in ("El port", "O porto")]


def test_every_pair_is_between_languages_with_facts() -> None:
    """A pair whose language has no file could never be checked."""
    assert {tag for row in pairs() for tag in (row.source, row.target)} <= set(languages_with_facts())
