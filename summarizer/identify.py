"""Language identification: by script, then by function words, then by a statistical model where those do not decide.

Scripts and function words cost about a millisecond and decide nearly every article. The model (py3langid) takes a
second and some 120 MB to load, so it is loaded only for short texts and for languages that differ little. The language
data are in `config/identification.toml`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

import regex

from summarizer.errors import InputError
from summarizer.languages import general_tag, parse_tag, script_of
from summarizer.resources import packaged_toml

# Code points that are read: enough to be sure of a language, and a bound for any text.
_SAMPLE = 4000
# Letters that a text must have for a certain answer; a sign of the scripts below counts as several letters, because one
# or two of them write a word.
_ENOUGH_LETTERS = 40
_WEIGHTS = {"Hani": 3, "Kana": 3, "Hang": 2}
# Shares and the number of words, tuned on documents 1 to 40 of newstest2019 in 34 languages; benchmarks/identify.py
# measures the others.
_KANA_SHARE = 0.08
_SCRIPT_SHARE = 0.6
_ENOUGH_WORDS = 25
_WORD_LEAD = 0.045
_SURE = 0.8
# What speaks against a language: its share of the model's belief; a lead of its function words that spares asking the
# model; words that are no names; characters that Japanese does not have. On documents 1 to 40 that is wrong for none of
# 20,502 lines in their own language.
_NEXT_TO_NOTHING = 0.05
_SOME_WORDS = 3
_OWN_LEAD = 0.03
_NOT_JAPANESE = 2
_CASED = frozenset({"Armn", "Cyrl", "Grek", "Latn"})

# The scripts of ISO 15924 that stand for several, as `_script` names these.
_WRITTEN = {
    "Hans": frozenset({"Hani"}),
    "Hant": frozenset({"Hani"}),
    "Jpan": frozenset({"Jpan", "Hani"}),
    "Kore": frozenset({"Hang"}),
}
_WORD = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}\u200c'’]*")
# Each pair is bounded, so that a stray opening mark costs no more than its bound.
_QUOTED = regex.compile(
    r'“[^“”\n]{1,500}”|„[^„“”\n]{1,500}[“”]|«[^«»\n]{1,500}»|"[^"\n]{1,500}"|「[^「」\n]{1,500}」|『[^『』\n]{1,500}』'
)


class Identified(NamedTuple):
    """A language tag without a region, and whether the text is long and clear enough to rely on it."""

    tag: str
    certain: bool


def identify(text: str, *, candidates: Collection[str] | None = None, hint: str | None = None) -> Identified:
    """The language that a text is written in, judged outside its quotations where enough is left.

    Only the first 4,000 code points are read. With `candidates` (tags) the answer is one of them, spelled as given, and
    is uncertain where the text speaks for none of them. `hint` is what the source says of itself: it is believed where
    its script is that of the text and nothing speaks clearly for another language, because templates of sites lie.
    A text without letters is `und`.

    Raises:
        InputError: a candidate or the hint is not a language tag.
    """
    wanted = {general_tag(parse_tag(tag)): tag for tag in candidates or ()}
    sample = outside_quotes(text[:_SAMPLE])
    script, certain = _script(sample)
    if not script:
        return Identified(next(iter(wanted.values()), "und"), certain=False)
    expected = general_tag(parse_tag(hint)) if hint else None
    if expected and script not in _scripts_written(expected):
        expected = None
    found = _in_script(sample, script, expected, frozenset(wanted))
    if not wanted:
        return Identified(found.tag, certain and found.certain)
    chosen = next((tag for tag in wanted if same_language(tag, found.tag)), None)
    return Identified(wanted[chosen or next(iter(wanted))], certain and found.certain and chosen is not None)


def another_language(text: str, tag: str) -> str | None:
    """The language that a text is clearly in, if that is neither `tag` nor one that might be taken for it; else None.

    Made for checks, which must not hold a text in the right language: quotations, names, short texts, close languages,
    and languages that nothing is known about, never count against `tag`, which is a canonical tag.
    """
    expected = general_tag(tag)
    sample = outside_quotes(text[:_SAMPLE])
    script, certain = _script(sample)
    if script not in _scripts_written(expected):
        if not certain or _may_be_names(sample, script):
            return None
        return _in_script(sample, script, None, frozenset()).tag
    if script == "Hani":
        return _other_chinese(sample, expected)
    if script == "Jpan" or script in _data()["alone"]:
        return None
    return _other_by_words(sample, script, expected)


def asks_model(text: str, tag: str) -> bool:
    """Whether `another_language` may need the model for this text, which takes a while to load."""
    expected = general_tag(tag)
    sample = outside_quotes(text[:_SAMPLE])
    script, _ = _script(sample)
    if script not in _scripts_written(expected):
        return True
    return not (script in {"Hani", "Jpan"} or script in _data()["alone"] or _is_own(sample, script, expected))


def script_fits(text: str, tag: str) -> bool:
    """Whether a text is written in the script of a language; one with too few letters to tell fits every language."""
    script, certain = _script(outside_quotes(text[:_SAMPLE]))
    return not certain or script in _scripts_written(tag)


@cache
def near(tag: str, other: str) -> bool:
    """Whether two tags are alike, or neighbours that a check takes for each other."""
    return _alike(tag, other) or any({tag, other} <= set(group) for group in _data()["close"]["neighbours"])


def same_language(tag: str, other: str) -> bool:
    """Whether two tags differ at most in what texts do not show: their region."""
    return tag.partition("-")[0] == other.partition("-")[0] and script_of(tag) == script_of(other)


@cache
def words_only_in(tag: str, other: str) -> frozenset[str]:
    """Function words of a language that another language does not have, in lower case; none where one is not known."""
    words = _data()["words"]
    theirs, ours = (words.get(general_tag(one), "").split() for one in (other, tag))
    return frozenset(ours) - frozenset(theirs) if theirs else frozenset()


@lru_cache(maxsize=256)  # several checks ask about a line, one after the other
def outside_quotes(text: str, *, least: float = 1 / 3) -> str:
    """The text without its quotations, or all of it where less than a share `least` would be left."""
    rest = _QUOTED.sub(" ", text)
    return rest if len(rest) >= least * len(text) else text


def _data() -> Mapping[str, Any]:
    return packaged_toml("config", "identification.toml")


def _script(text: str) -> tuple[str, bool]:
    """The script of most letters (`Jpan` for Chinese characters among kana), and whether letters and share suffice."""
    counts: dict[str, int] = {}
    for character, times in Counter(text).items():
        if script := _script_of_character(character):
            counts[script] = counts.get(script, 0) + times * _WEIGHTS.get(script, 1)
    kana, han = counts.get("Kana", 0), counts.get("Hani", 0)
    if kana and kana >= _KANA_SHARE * (kana + han):
        counts["Jpan"] = counts.pop("Kana") + counts.pop("Hani", 0)
    if not counts:
        return "", False
    script = max(counts, key=counts.__getitem__)
    return script, counts[script] >= max(_ENOUGH_LETTERS, _SCRIPT_SHARE * sum(counts.values()))


@cache
def _script_of_character(character: str) -> str | None:
    if not character.isalpha():
        return None
    first_word = unicodedata.name(character, "").partition(" ")[0]
    script: str | None = _data()["scripts"].get(first_word)
    return script


def _scripts_written(tag: str) -> frozenset[str]:
    """The scripts, as `_script` names them, that texts in a language have."""
    script = script_of(tag)
    return _WRITTEN.get(script, frozenset({script}))


def _in_script(text: str, script: str, expected: str | None, wanted: frozenset[str]) -> Identified:
    """The language of a text whose script is known; `expected`, where given, is a language of this script."""
    if script == "Hani":
        return _chinese(text)
    if script == "Jpan":
        return Identified("ja", certain=True)
    alone = _data()["alone"].get(script)
    if alone:
        return Identified(expected or alone, certain=True)
    return _by_words(text, script, expected, wanted)


def _by_words(text: str, script: str, expected: str | None, wanted: frozenset[str]) -> Identified:
    """The language of a text in a script that many languages share; the model decides where function words do not."""
    votes, decisive = _vote(text, script)
    if decisive:
        leader = next(iter(votes))
        return Identified(expected if expected and _alike(expected, leader) else leader, certain=True)
    if expected and next(iter(votes), None) == expected:
        return Identified(expected, certain=True)
    modelled = _by_model(text, script, wanted)
    if expected and (not modelled.certain or _alike(expected, modelled.tag)):
        return Identified(expected, certain=True)
    return modelled


def _chinese(text: str) -> Identified:
    """Simplified or Traditional, by the characters that only one of them has; in doubt the one with more readers."""
    characters = Counter(text)
    counts = {script: sum(characters[one] for one in only) for script, only in _data()["han"].items()}
    tag = "zh-Hant" if counts["Hant"] > counts["Hans"] else "zh-Hans"
    return Identified(tag, certain=max(counts.values()) >= 3 and min(counts.values()) * 4 < max(counts.values()))


def _other_chinese(text: str, expected: str) -> str | None:
    """The Chinese that a text of Chinese characters alone is in, where `expected` is another, or Japanese."""
    if expected == "ja":
        characters = _data()["chinese"]["characters"]
        return _chinese(text).tag if sum(map(characters.__contains__, text)) >= _NOT_JAPANESE else None
    found = _chinese(text)
    return found.tag if found.certain and script_of(found.tag) != script_of(expected) else None


def _other_by_words(text: str, script: str, expected: str) -> str | None:
    """The language that function words or the model find with next to nothing in favour of `expected`."""
    if _is_own(text, script, expected):
        return None
    votes, decisive = _vote(text, script)
    ranking = _ranking(text, script, frozenset(_model_tags(script).values()))
    if not any(near(tag, expected) for tag, _ in ranking):  # the model does not know the language
        leader = next(iter(votes), "")
        return leader if decisive and expected in _data()["words"] and not near(leader, expected) else None
    share = sum(score for tag, score in ranking if near(tag, expected))
    return ranking[0][0] if share <= _NEXT_TO_NOTHING else None


def _is_own(text: str, script: str, expected: str) -> bool:
    """Whether function words speak for `expected`, or the text may be nothing but names."""
    votes, _ = _vote(text, script)
    own = next((score for tag, score in votes.items() if near(tag, expected)), 0.0)  # the highest stand first
    rival = next((score for tag, score in votes.items() if not near(tag, expected)), 0.0)
    return own - rival >= _OWN_LEAD or _may_be_names(text, script)


def _may_be_names(text: str, script: str) -> bool:
    """Whether a text has too few words, or in scripts with capitals too few without one, to be more than names."""
    words = _WORD.findall(text)
    plain = [word for word in words if word[0].islower()] if script in _CASED else words
    return len(plain) < max(_SOME_WORDS, len(words) / 3)


@lru_cache(maxsize=64)  # lines are asked about more than once, one after the other
def _vote(text: str, script: str) -> tuple[Mapping[str, float], bool]:
    """Each language's share of function words, highest first, and whether the highest leaves no doubt."""
    words = _WORD.findall(text.lower())
    scores: defaultdict[str, float] = defaultdict(float)
    votes = _votes_of_words(script)
    for word, times in Counter(filter(votes.__contains__, words)).items():
        for tag, weight in votes[word]:
            scores[tag] += weight * times / len(words)
    ranked = dict(sorted(scores.items(), key=lambda item: -item[1]))
    best, rival, *_ = (*ranked.values(), 0.0, 0.0)
    return ranked, len(words) >= _ENOUGH_WORDS and best - rival >= _WORD_LEAD


@cache
def _votes_of_words(script: str) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """The languages of a script that have a function word, each with its share of the word's one vote."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for tag, words in _data()["words"].items():
        for word in words.split():
            owners[word].add(tag)
    votes = {
        word: tuple((tag, 1 / len(tags)) for tag in sorted(tags) if script_of(tag) == script)
        for word, tags in owners.items()
    }
    return {word: voting for word, voting in votes.items() if voting}


def _by_model(text: str, script: str, wanted: frozenset[str]) -> Identified:
    """The model's choice among the languages of a script, and of `wanted` where these are written in it."""
    tags = frozenset(_model_tags(script).values())
    ranking = _ranking(text, script, tags & wanted or tags)
    if not ranking:
        return Identified("und", certain=False)
    tag, share = ranking[0]
    return Identified(tag, certain=share >= _SURE)


def _ranking(text: str, script: str, allowed: Collection[str]) -> list[tuple[str, float]]:
    """The allowed languages of a script with their shares of the model's belief, highest first; empty for no belief."""
    tags = _model_tags(script)
    ranking = [(tags[label], score) for label, score in _model().rank(text) if tags.get(label) in allowed]
    total = sum(score for _, score in ranking)
    return [(tag, score / total) for tag, score in ranking] if total else []


def load_model() -> None:
    """Load the model that some texts need, a second of processor time; meant for a thread."""
    _model()


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # a second of CPU time: only when it is needed

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _model_tags(script: str) -> Mapping[str, str]:
    """The model's labels that are languages of a script, and their tags."""
    renamed = _data()["model"].get(script, {})
    tags = {}
    for label in _model().labels:
        try:
            tag = renamed.get(label) or parse_tag(label)
        except InputError:  # a label for "no language", or for one that CLDR does not know
            continue
        if script in _scripts_written(tag):
            tags[label] = tag
    return tags


def _alike(tag: str, other: str) -> bool:
    """Whether two tags name one language, or two that a text may not tell apart."""
    return same_language(tag, other) or any({tag, other} <= set(group) for group in _data()["close"]["groups"])
