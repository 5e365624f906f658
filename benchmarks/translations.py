"""Figures, names, quotations and attribution carried from one language into another, in sentences of a phrase table.

What comes out is no translation, but it has the shape of a faithful one: every figure with its value, its limit and its
currency, every name, as many quotations, a marker of attribution where the source has one, and about the length.
It reads figures on its own, not with the code that it is there to test.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

_DATA = Path(__file__).with_name("phrases.toml")
_LIMITS = ("about", "at_least", "less_than", "more_than", "nearly", "up_to")
_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₪": "ILS", "₽": "RUB", "₩": "KRW"}
_PERCENT = re.compile(
    r"\s?(?:[%٪％]|per ?cent\b|por ciento|por cento|per cento|pour cent|Prozent|процент\w*|प्रतिशत|퍼센트)"
)
_CLOCK = (
    r"(?<!\d)\d{1,2}:\d{2}(?!\d)|\d{1,2}[時时点點]\d{1,2}分|\d{1,2}시 ?\d{1,2}분"
    r"|(?<!\d)\d{1,2} ?h ?\d{2}(?!\d)|(?<!\d)\d{1,2}\.\d{2}(?= Uhr)"
)
_SPACES = " \u00a0\u202f"
_QUOTED = re.compile(
    r"“[^“”]+”|«[^«»]+»|„[^„“”]+[“”]|「[^「」]+」|『[^『』]+』"
    r"|(?<!\w)\"[^\"]+\"(?!\w)|(?<!\w)”[^”]+”(?!\w)"  # the same mark on both sides, never inside a word
)
_CAPITAL = "[A-ZÀ-ÖØ-ÞŁŚŠŽČŌА-ЯЁ]"
_CAPITALISED = re.compile(
    rf"(?<!\w){_CAPITAL}[\w’-]*\w(?: (?:(?:de|du|la|von|van|da|do|di) )?{_CAPITAL}[\w’-]*\w)*(?!\w)"
)
_CALENDAR = frozenset([*calendar.month_name, *calendar.day_name])
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_SIZE = {True: 0.3, False: 0.9}
_MOST_FILLERS = 3
# Of the eight sentences that a language has, those with which lines begin: no line is to be the beginning of another.
_OWN_FILLERS = 5
# A line is translated into several languages, at about the same time.
_LINES_KEPT = 2048
_ENOUGH = 0.8


class Figure(NamedTuple):
    """A figure as it was meant: its value in digits, and what stands beside it.

    `month` is 1 to 12 for a day or month of the calendar, else 0; a month alone has no digits.
    `year` is the one that stands with them.
    """

    digits: str
    grouped: bool
    limit: str | None
    currency: str | None
    percent: bool
    month: int = 0
    year: str = ""
    points: bool = False


@dataclass(frozen=True)
class Phrases:
    """The phrase table of one language."""

    tag: str
    table: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.table[name]

    @property
    def compact(self) -> bool:
        """Whether words stand without spaces."""
        return bool(self.table.get("compact", False))

    @property
    def myriads(self) -> bool:
        """Whether a figure may go on behind a scale word, as in 3万5000, and words need no edge."""
        return "万" in self.scales or "萬" in self.scales or "만" in self.scales

    @property
    def half(self) -> Sequence[str]:
        """What stands for half before percentage points."""
        return list(self.table.get("half", ()))

    @property
    def one(self) -> Sequence[str]:
        """What stands for one before percentage points; the first is the word in number words."""
        return list(self.table.get("one", ()))

    @cached_property
    def spelled(self) -> Mapping[str, int]:
        """Number words in small letters, tens with their units too."""
        simple = {word.lower(): number for word, number in self.words.items()}
        units = {**dict.fromkeys(self.one[:1], 1), **simple}
        return simple | {
            self.compound.format(ten=ten, unit=unit): tens + number
            for ten, tens in simple.items()
            for unit, number in units.items()
            if "compound" in self.table and 20 <= tens < 100 and number < 10
        }

    def month(self, written: str) -> int:
        """The number of a month."""
        return next(n for n, forms in enumerate(self.months, start=1) if written in forms.split("|"))

    @property
    def stop(self) -> str:
        """What ends a sentence."""
        return str(self.table.get("stop", "."))

    def listed(self, items: Iterable[str]) -> str:
        """The items, as a list in a sentence has them."""
        return str(self.table.get("separator", ", ")).join(items)


@cache
def tables() -> Mapping[str, Phrases]:
    """All phrase tables by language tag."""
    return {tag: Phrases(tag, table) for tag, table in tomllib.loads(_DATA.read_text(encoding="utf-8")).items()}


def phrases(tag: str) -> Phrases:
    """The table of a tag or of its parents; English for a language that has none."""
    known = tables()
    parts = tag.split("-")
    parents = ("-".join(parts[:size]) for size in range(len(parts), 0, -1))
    return next((known[parent] for parent in parents if parent in known), known["en"])


def tag_named(name: str) -> str:
    """The tag of a language by its English name; English if no table has it."""
    return next((tag for tag, table in tables().items() if table.name == name), "en")


@lru_cache(_LINES_KEPT)
def figures(text: str, language: str) -> tuple[Figure, ...]:
    """The figures of a text in digits or small number words, in order."""
    source = phrases(language)
    return tuple(_figures(text, source))


def _figures(text: str, source: Phrases) -> Iterator[Figure]:
    position = 0
    pattern = _pattern(source.tag)
    while match := pattern.search(text, position):
        position = match.end()
        if match["clock"]:
            yield Figure(_clock(match["clock"]), False, None, None, False)
            continue
        if match["month"]:
            month = source.month(match["month"])
            yield Figure(
                match["day"] or match["day_behind"] or "", False, None, None, False, month, match["year"] or ""
            )
            continue
        value, grouped = _value(match, source)
        while source.myriads and match["scale"] and (part := pattern.match(text, position)) and part["plain"]:
            value, position = value + _value(part, source)[0], part.end()
        points = re.compile(rf"[{_SPACES}]?(?:{_any(source.points)})").match(text, position)
        percent = None if points else _PERCENT.match(text, position)
        yield Figure(
            format(value.normalize() if match["scale"] else value, "f"),
            grouped,
            _limit(text, match.start(), percent.end() if percent else position, source),
            _currency(text, match, position, source),
            percent is not None,
            points=points is not None,
        )


def _clock(written: str) -> str:
    hours, minutes = re.findall(r"\d+", written)
    return f"{int(hours)}:{minutes:0>2}"


def _any(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"


@cache
def _pattern(tag: str) -> re.Pattern[str]:
    """Clock times, figures and number words, with the scale word behind them."""
    source = phrases(tag)
    separator = f"[{re.escape(source.thousands)}{_SPACES}]"
    decimal = re.escape(source.decimal)
    group = r"\d{2,3}" if source.table.get("grouping") == "indian" else r"\d{3}"
    grouped = rf"\d{{1,3}}(?:{separator}{group})*{separator}\d{{3}}(?!\d)(?:{decimal}\d+)?"
    plain = rf"\d+(?:{decimal}\d+|[.,]\d{{1,2}}(?!\d))?"
    start, edge = ("", "") if source.myriads else (r"(?<![\w-])", r"(?!\w)")
    scales = _any(source.scales)
    single = "|".join(re.escape(scale) for scale in source.scales if len(scale) == 1 and scale.isascii()) or "(?!)"
    words = _any(source.spelled)
    return re.compile(
        rf"(?P<clock>{_CLOCK})|{_date(source)}"
        rf"|(?P<share>{start}(?i:{_any([*source.half, *source.one])}))(?= ?(?:{_any(source.points)}))"
        rf"|(?:(?P<grouped>{grouped})|(?P<plain>{plain})|(?P<word>{start}(?i:{words}){edge}))"
        rf"(?P<scale>(?:{single})(?!\w)|[{_SPACES}-]?(?!(?:{single})(?!\w))(?:{scales}){edge})?"
    )


def _date(source: Phrases) -> str:
    """A pattern of a month with its day or alone, which in English stands in front of the day as well."""
    months = _any(form for forms in source.months for form in forms.split("|"))
    if source.myriads:
        year = r"(?<!\d)(?:(?P<year>\d{4})[年년]\s?)?"
        return rf"{year}(?P<month>{months})(?:\s?(?P<day>\d{{1,2}})[日号號일])?(?P<day_behind>(?!))?"
    joint = r"(?:\.|er|[ºª]|st|nd|rd|th)?\s(?:de |d['’]|of )?ב?"
    behind = r"(?:\s(?P<day_behind>\d{1,2})(?![.,]?\d))?" if source.tag == "en" else ""
    alone = r"(?<=[\w,;]\s)[בלמ]?" if source.tag in {"en", "he"} else r"(?<!\w)"  # May, or a word at the start
    return (
        rf"(?:(?<![\d.,:])(?P<day>\d{{1,2}}){joint}|{alone})(?P<month>{months})(?!\w)"
        rf"{behind or '(?P<day_behind>(?!))?'}(?:,? (?:del? )?(?P<year>\d{{4}})(?![\d.,]\d|\d))?"
    )


def _value(match: re.Match[str], source: Phrases) -> tuple[Decimal, bool]:
    """The value of a match, and whether its digits were grouped."""
    if match["share"]:
        return Decimal("0.5" if match["share"].lower() in source.half else 1), False
    if match["word"]:
        value = Decimal(source.spelled[match["word"].lower()])
    else:
        written = "".join(str(int(c)) if c.isdigit() else c for c in match["grouped"] or match["plain"])
        if match["grouped"]:
            written = re.sub(rf"[{re.escape(source.thousands)}{_SPACES}]", "", written)
        value = Decimal(written.replace(",", "."))
    scale = (match["scale"] or "").lstrip(_SPACES + "-")
    return value * 10 ** source.scales.get(scale, 0), bool(match["grouped"] or scale)


def _limit(text: str, start: int, end: int, source: Phrases) -> str | None:
    """The words that limit a figure, right before or behind it."""
    before = text[:start].rstrip(_SPACES + "".join(_SYMBOLS)).removesuffix("US").rstrip().lower()
    behind = text[end : end + 16].lstrip(_SPACES)
    for limit in _LIMITS:
        for form in source.table[limit]:
            if limit in source.table.get("after_figure", ()):
                if form in behind:
                    return limit
            elif before.endswith(form) and (source.compact or not before[: -len(form)][-1:].isalpha()):
                return limit
    return None


def _currency(text: str, match: re.Match[str], end: int, source: Phrases) -> str | None:
    sign = text[: match.start()].rstrip()[-1:]
    if sign in _SYMBOLS:
        return _SYMBOLS[sign]
    behind = text[end : end + 24].lstrip(_SPACES).removeprefix("de ")
    for code, name in source.currencies.items():
        if behind.startswith((code, name)) or any(len(w) > 3 and behind.startswith(w) for w in name.split()):
            return str(code)
    return next((code for symbol, code in _SYMBOLS.items() if behind.startswith(symbol)), None)


def names(text: str, language: str) -> tuple[str, ...]:
    """The names of a text in a script with capitals, as they stand there; a guess, and in German those of two words."""
    found: dict[str, None] = {}
    for match in _CAPITALISED.finditer(text):
        several = " " in match[0]
        starts = not text[: match.start()].rstrip(' “«„"') or text[: match.start()].rstrip()[-1:] in ".!?:"
        if several and starts:
            several = match[0].split()[0].istitle() and len(match[0].split()[0]) > 3
        single = not language.startswith("de")  # where every noun has a capital
        if several or (single and not (starts or match[0] in _CALENDAR)):
            found[match[0]] = None
    return tuple(name for name in found if len(name) > 2)


def romanised(name: str) -> str:
    """A name in Latin letters, as far as it is in Cyrillic ones."""
    letters = (_CYRILLIC.get(letter.lower(), letter.lower()) if letter.isalpha() else letter for letter in name)
    latin = "".join(letters)
    return latin.title() if latin != name.lower() else name


@lru_cache(_LINES_KEPT)
def quotations(text: str) -> int:
    """How many quotations a text holds."""
    return len(_QUOTED.findall(text))


@lru_cache(_LINES_KEPT)
def is_attributed(text: str, language: str) -> bool:
    """Whether the text says where it comes from."""
    source = phrases(language)
    if source.myriads:
        return any(form in text for form in source.said)
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE) for form in source.said)


class Line(NamedTuple):
    """A line to carry over: its number picks the sentences; `forms` are the names in it, source → target."""

    text: str
    number: int
    forms: Mapping[str, str]


def carried(line: Line, source: str, target: str) -> str:
    """The line in the target language."""
    table = phrases(target)
    details = list(_details(line, source, table))
    wanted = _ENOUGH * len(line.text) * _SIZE[table.compact] / _SIZE[phrases(source).compact]
    fillers: list[str] = []
    while len(fillers) < _MOST_FILLERS and (not fillers or len(_joined([*fillers, *details], table)) < wanted):
        own, shared = table.fillers[:_OWN_FILLERS], table.fillers[_OWN_FILLERS:]
        fillers.append(shared[(line.number + len(fillers)) % len(shared)] if fillers else own[line.number % len(own)])
    if is_attributed(line.text, source):
        fillers[0] = _attributed(fillers[0], table)
    return _joined([*fillers, *details], table)


def carried_headline(line: Line, source: str, target: str) -> str:
    """The headline in the target language, without a final stop."""
    table = phrases(target)
    quoted = [f"{table.quotes[0]}{table.quote}{table.quotes[1]}"] * quotations(line.text)
    title = table.listed(quoted or [table.title])
    title = _attributed(title, table) if is_attributed(line.text, source) else title
    parts = [*line.forms.values(), *(written(figure, table) for figure in figures(line.text, source))]
    colon = "：" if table.compact else " : " if target == "fr" else ": "
    return f"{title}{colon}{table.listed(parts)}" if parts else title


def _attributed(sentence: str, table: Phrases) -> str:
    return str(table.table.get("attributed", "{sentence}, {said}")).format(sentence=sentence, said=table.said[0])


def _details(line: Line, source: str, table: Phrases) -> Iterator[str]:
    """Sentences with the names, figures and quotations of the line."""
    if line.forms:
        yield table.names.format(list=table.listed(line.forms.values()))
    # A month alone stands last, so that no other figure is taken for its day.
    if found := sorted(figures(line.text, source), key=lambda figure: bool(figure.month and not figure.digits)):
        yield table.figures.format(list=table.listed(written(figure, table) for figure in found))
    for _ in range(quotations(line.text)):
        yield f"{table.quotes[0]}{table.quote}{table.quotes[1]}"


def _joined(sentences: Iterable[str], table: Phrases) -> str:
    return ("" if table.compact else " ").join(f"{sentence}{table.stop}" for sentence in sentences)


def written(figure: Figure, table: Phrases) -> str:
    """A figure as the language writes it, in digits, but for months."""
    if figure.month:
        return _written_date(figure, table)
    whole, _, fraction = figure.digits.partition(".")
    if figure.grouped and len(whole) > 4:
        whole = _grouped(whole, table)
    text = f"{whole}{table.decimal}{fraction}" if fraction else whole
    if figure.percent:
        text += table.percent
    if figure.points:
        text += f"{'' if table.compact else ' '}{table.points[0]}"
    if figure.currency in table.currencies:
        space = "" if table.compact else " "
        text += f"{space}{table.currencies[figure.currency]}"
    if figure.limit is None:
        return text
    form = table.table[figure.limit][0]
    joint = "" if table.compact or form.endswith("-") else " "
    return f"{text}{joint}{form}" if figure.limit in table.table.get("after_figure", ()) else f"{form}{joint}{text}"


def _written_date(figure: Figure, table: Phrases) -> str:
    with_day, *others = table.months[figure.month - 1].split("|")
    date = others[-1] if others else with_day
    if figure.digits:
        day = table.table.get("first", "1") if figure.digits == "1" else figure.digits
        date = table.date.format(day=day, month=with_day)
    return str(table.year.format(date=date, year=figure.year) if figure.year else date)


def _grouped(whole: str, table: Phrases) -> str:
    head, tail = whole[:-3], whole[-3:]
    size = 2 if table.table.get("grouping") == "indian" else 3
    groups = [head[max(0, end - size) : end] for end in range(len(head), 0, -size)][::-1]
    return str(table.thousands).join([*groups, tail])
