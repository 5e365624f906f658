"""Finds the figures of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from summarizer.figures.approximators import hedge_of
from summarizer.figures.clock import SOON, clock_time
from summarizer.figures.digits import plain
from summarizer.figures.idioms import DASHES, idiom_of
from summarizer.figures.items import Item, items_of, roman
from summarizer.figures.lexicon import Lexicon, is_known, lexicon
from summarizer.figures.numerals import Numeral, numerals_in
from summarizer.figures.surroundings import Surroundings
from summarizer.figures.units import SAID_BARE
from summarizer.figures.values import Approximator, Figure, Kind

_DAYS, _MONTHS = 31, 12
_TENTHS = 10
_NOON, _HOUR, _DAY = 12, 60, 1440  # hours, then minutes
_MIDDLE = 5  # years of a decade
_HALF_TIME = 45  # minutes of a football match
_HUNDREDTHS = 100  # 銭 in a 円, 1 cent of a euro
_BASIS = 100  # basis points in a percentage point
_FOURTHS = 4
_OLDEST = 130  # years
_WHOLE = 100  # "100 percent sure" is no figure that translators keep
_HIGHEST_SCORE = 200
_LONGEST_CODE = 3
_SHORT_YEAR = 2
_PARTED = 2  # items of `:30`
_PART_BEFORE = 3  # items, at most, from a part to the unit: `a quarter of a mile`
_LAST_DAYS = 28
_LONGEST_ARTICLE = 3
_NEAR = 30  # characters
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_CENTURY = 2000
_CENTURIES = frozenset({"century", "century_before"})


class _Sense(NamedTuple):
    """What a numeral counts, its values in that sense, and further items behind it that it takes."""

    kind: Kind
    values: tuple[Decimal, ...]
    unit: str = ""
    items: int = 0
    strong: bool = False
    weak: bool = False


def has_figure_data(language: str) -> bool:
    """Whether a language has data of its own, so that number words are read; else only figures in digits are."""
    return is_known(language)


def says_two_by_endings(language: str) -> bool:
    """Whether a language says two of a thing by the ending of its word."""
    return lexicon(language).dual


def has_approximators(language: str, kind: Approximator) -> bool:
    """Whether a language has words for a type of approximator."""
    return kind in lexicon(language).hedges


def counts_people(figure: Figure, text: str, language: str) -> bool:
    """Whether words for people, dead or wounded stand near a figure."""
    words = lexicon(language)
    near = text[max(0, figure.start - _NEAR) : figure.end + _NEAR]
    return any("people" in item.roles for item in items_of(near, words))


@lru_cache(maxsize=2048)
def figures_in(text: str, language: str) -> tuple[Figure, ...]:
    """The figures of a text, in order; `language` is a BCP 47 tag, and of one without data only digits are read."""
    return tuple(_figures(text, lexicon(language)))


def _figures(text: str, words: Lexicon) -> Iterator[Figure]:
    items = items_of(text, words)
    said = {role for item in items for role in item.roles}
    found: list[Figure] = []
    end = -1
    for numeral in numerals_in(items, words):
        if numeral.first <= end:
            continue
        around = Surroundings(items, numeral, words, text, said)
        sense = _sense(around)
        end = numeral.last + sense.items
        found.append(_figure(around, sense, end))
    found += _months(text, items, found) if "month" in said else ()
    found += _bare_units(text, items, found) if "unit" in said else ()
    found += _roman_centuries(text, items) if not said.isdisjoint(_CENTURIES) else ()
    found += _named_times(text, items) if "time" in said else ()
    found += _holidays(text, items) if "holiday" in said else ()
    yield from _in_ranges(sorted(found, key=_place), text, words)


def _figure(around: Surroundings, sense: _Sense, last: int) -> Figure:
    start, end = around.items[around.numeral.first].start, around.items[last].end
    longer = last > around.numeral.last
    hedge = hedge_of(around._replace(numeral=around.numeral._replace(last=last)) if longer else around)
    return Figure(
        start, end, around.original[start:end], sense.kind, sense.values, sense.unit, hedge.type, hedge.words,
        foreign=around.numeral.foreign if sense.values == around.numeral.values else (),
        weak=_is_weak(around, sense), written=around.numeral.written,
        exponent=around.numeral.exponent,
    )  # fmt: skip


def _is_weak(around: Surroundings, sense: _Sense) -> bool:
    if sense.weak or (sense.kind == "percent" and sense.values[0] == _WHOLE):
        return True
    after = around.after()
    if after is not None and after.glued and "named_digits" in after.roles:
        return True
    if sense.kind == "day" and sense.values[0] >= _LAST_DAYS and "ended" in _roles_before(around, 2):
        return True  # the quarter to the end of September
    return (around.numeral.weak and not sense.strong) or (sense.values[0] == 1 and _is_rate(around))


def _roles_before(around: Surroundings, most: int) -> frozenset[str]:
    return frozenset(role for index in range(1, most + 2) if (item := around.before(index)) for role in item.roles)


def _is_rate(around: Surroundings) -> bool:
    """Whether a unit is one that something else is counted by, as *per* says: `1ヘクタール当たり`, `每1公顷`."""
    behind = (around.after(), around.after(2))
    return bool(around.role_before("per_before")) or any(
        item is not None and item.text.endswith(around.lexicon.per) for item in behind
    )


def _sense(around: Surroundings) -> _Sense:
    numeral = around.numeral
    for judge in (
        _idiom,
        _price,
        _clock,
        _lettered_year,
        _code,
        _rate_step,
        _percent,
        _money,
        _date_part,
        _period,
        _age,
        _measure,
    ):
        sense = judge(around)
        if sense is not None:
            return sense
    if numeral.ordinal or (_is_ordinal(around) and not _is_year(numeral, around)):
        return _Sense("ordinal", numeral.values)
    if (era := around.role_before("era")) is not None:
        return _Sense("year", (around.numeral.values[0] + era, around.numeral.values[0]))
    if _is_short_year(around):
        return _Sense("year", _with_century(numeral.values[0]))
    if _is_year(numeral, around):
        return _Sense("year", _in_common_era(numeral.values, around.lexicon))
    half = (numeral.values[0] + _HALF_TIME,) if around.role_before("second_half") else ()  # `後半44分`: the 89th minute
    return _Sense("number", (*numeral.values, *half, *_short_years(around)))


def _idiom(around: Surroundings) -> _Sense | None:
    idiom = idiom_of(around)
    return _Sense(idiom.kind, idiom.values, items=idiom.items, weak=True) if idiom else None


def _price(around: Surroundings) -> _Sense | None:
    """A price with a colon before its hundredths, as Swedish has it: `83:17 dollar`."""
    mark, hundredths = around.after(), around.after(2)
    if mark is None or mark.text != ":" or hundredths is None or hundredths.digits is None or not hundredths.glued:
        return None
    whole = around._replace(numeral=around.numeral._replace(last=around.numeral.last + _PARTED))
    unit = whole.role_after("currency")
    price = around.numeral.values[0] + hundredths.digits.value / _WHOLE
    return _Sense("money", (price,), unit, _PARTED) if unit and hundredths.digits.value < _WHOLE else None


def _clock(around: Surroundings) -> _Sense | None:
    time = clock_time(around)
    if time is None:
        return None
    return _Sense("time", time.values, "local" if time.local else "", items=time.items, strong=around.numeral.written)


def _code(around: Surroundings) -> _Sense | None:
    """Digits of a name such as F-16, G7 or 5G."""
    if not around.numeral.written or around.numeral.scaled:
        return None
    before, after = around.before(), around.after()
    item = around.items[around.numeral.first]
    if before is not None and before.text in "-‑" and before.glued and item.glued:
        before = around.before(2)
    elif not item.glued:
        before = None
    if before is not None and before.text in "+-−" and (zone := around.before(2)) is not None and "zone" in zone.roles:
        return _Sense("code", around.numeral.values)  # GMT+0100
    if before is not None and _is_capital(before, around) and "currency" not in before.roles:
        return _Sense("code", around.numeral.values)
    if after is not None and after.glued and "name_after" in after.roles:
        return _Sense("code", around.numeral.values)  # the 49ers
    if after is not None and after.glued and not after.roles and _is_capital(after, around):
        return _Sense("code", around.numeral.values)
    return None


def _lettered_year(around: Surroundings) -> _Sense | None:
    """A year without its century behind letters that say what it is of: `FY26`, `SS19`."""
    letters, digits = around.before(), around.items[around.numeral.first]
    if letters is None or "short_year_before" not in letters.roles or not digits.glued or not _has_two_digits(around):
        return None
    return _Sense("year", (_CENTURY + around.numeral.values[0], *around.numeral.values))


def _has_two_digits(around: Surroundings) -> bool:
    numeral = around.numeral
    text = around.items[numeral.first].text
    return numeral.first == numeral.last and text.isdecimal() and len(text) == _SHORT_YEAR


def _is_capital(item: Item, around: Surroundings) -> bool:
    return around.original[item.end - 1].isupper()


def _percent(around: Surroundings) -> _Sense | None:
    values = around.numeral.values
    part = not around.numeral.written and values[0] < 1  # a quarter of a percentage point
    if around.role_after("points", 4 if part else 2) and not around.numeral.ordinal:
        return _Sense("points", values[:1] if part else values, strong=True)
    if around.role_after("point"):
        return _Sense("number", values, "point")
    if around.role_after("tenths") and values[0] <= _TENTHS:
        return _Sense("percent", (values[0] * _TENTHS,), items=1)
    if around.role_after("percent", 2) or around.role_before("percent_before") or _sign_before(around):
        return _Sense("percent", values, strong=values[0] != _WHOLE)
    return None


def _rate_step(around: Surroundings) -> _Sense | None:
    """What central banks count in: hundredths of a percentage point, and quarters of one (`升息1碼`)."""
    value = around.numeral.values[0]
    if around.role_after("basis_points"):
        return _Sense("points", (value / _BASIS, value), strong=True)
    if around.role_after("quarter_points") and any(_has(around.before(back), "rate_before") for back in (1, 2, 3)):
        return _Sense("points", (value / _FOURTHS,), strong=True)
    return None


def _sign_before(around: Surroundings) -> bool:
    """Whether a percent sign stands before the number and behind no other."""
    sign, other = around.before(), around.before(2)
    is_sign = sign is not None and sign.is_mark and "percent" in sign.roles
    return is_sign and (other is None or other.digits is None)


def _money(around: Surroundings) -> _Sense | None:
    values = around.numeral.values
    if around.role_after("cent"):
        return _Sense("money", (*values, values[0] / _WHOLE), "cent")
    after = around.role_after("currency", 3 if around.numeral.scaled else 1)
    before = around.before()
    if (
        before is not None
        and "currency" in before.roles
        and (around.lexicon.currency_first or _is_sign(before, around))
    ):
        if around.numeral.scaled:
            values = values[:1]
        return _Sense("money", values, before.roles["currency"])
    if not after:
        return None
    part, named = around.after(2), around.after(3)
    if part is not None and part.digits is not None and part.digits.value < _HUNDREDTHS and _has(named, "hundredths"):
        return _Sense("money", (values[0] + part.digits.value / _HUNDREDTHS,), after, items=3)  # `149円50銭`
    return _Sense("money", values, after)


def _has(item: Item | None, role: str) -> bool:
    return item is not None and role in item.roles


def _is_sign(item: Item, around: Surroundings) -> bool:
    """Whether a currency stands before its number as a sign or code ($, Rs, EUR), not as a word."""
    return not item.text.isalpha() or (len(item.text) <= _LONGEST_CODE and around.original[item.start].isupper())


def _date_part(around: Surroundings) -> _Sense | None:
    value = around.numeral.values[0]
    if value != value.to_integral_value() or not 0 < value <= _DAYS or around.numeral.scaled:
        return None
    if value <= _MONTHS and (around.role_before("month_before") or around.role_after("month_after")):
        return _Sense("month", around.numeral.values[:1], strong=around.numeral.written)
    beside = around.month_after() or around.role_after("month_before") or around.role_before("month")
    before = around.before(2)
    if not beside and before is not None and "month" in before.roles and "joiners" not in before.roles:
        between = around.before()
        beside = between is not None and (
            (between.is_mark and between.text not in ",;:()") or "joiners" in between.roles
        )
    if not beside:
        earlier = around.before()
        beside = earlier is not None and "month_after" in earlier.roles
    return _Sense("day", around.numeral.values[:1], strong=around.numeral.written) if beside else None


def _period(around: Surroundings) -> _Sense | None:
    """A decade or a century; `80er Jahre` can be those of any century."""
    value, item = around.numeral.values[0], around.items[around.numeral.first]
    if "century_name" in item.roles and around.original[item.start].isupper():  # `il Settecento`
        return _Sense("century", (item.roles["century_name"], value))
    if around.numeral.scaled or value != value.to_integral_value() or not 0 < value <= _LAST_YEAR:
        return None
    if value >= _FIRST_YEAR and value % 100 == 0 and around.role_after("hundreds", 1):
        return _Sense("century", (value / 100 + 1, value))
    if value % 10 == 0 and (around.role_after("decade", 2) or around.role_before("decade_before")):
        middle = (value + _MIDDLE,) if _has(around.before(1), "middle") or _has(around.before(2), "middle") else ()
        return _Sense("decade", (*_in_common_era((value,), around.lexicon), *middle), strong=True)
    if value < 30 and (around.role_after("century", 2) or around.role_before("century_before")):
        return _Sense("century", (value,))
    return None


def _age(around: Surroundings) -> _Sense | None:
    if around.numeral.scaled:
        return None
    if around.role_after("life_year", 2):  # one is 91 in one's 92nd year
        return _Sense("age", (around.numeral.values[0] - 1, *around.numeral.values))
    named = around.role_after("age", 2) or around.role_before("age_before") or _is_apposed(around)
    if around.numeral.values[0] > _OLDEST and not around.lexicon.knows("year_after"):
        return None  # a tomb that is 1,400 years old
    return _Sense("age", around.numeral.values) if named else None


def _is_apposed(around: Surroundings) -> bool:
    """Whether a number stands between commas behind a person: `Ellie Marsh, 16, and`, `a man, 34, was`."""
    numeral, whom, mark, behind = around.numeral, around.before(2), around.before(), around.after()
    if not numeral.written or numeral.scaled or whom is None or mark is None:
        return False
    between = mark.text == "," and mark.glued and (behind is None or (behind.text in _CLOSING and behind.glued))
    value = numeral.values[0]
    return between and whom.text.isalpha() and not whom.roles and value == int(value) and 0 < value <= _OLDEST


def _measure(around: Surroundings) -> _Sense | None:
    of = _has(around.after(), "of")
    linked = of or _has(around.after(), "joiners")
    collective = linked and not around.numeral.written  # `una sessantina di metri`
    far = 2 if around.numeral.scaled or collective else 1
    if of and around.numeral.values[0] < 1:
        far = _PART_BEFORE  # `3/4 of a pound`
    unit = (
        around.items[around.numeral.last].roles.get("closed")
        or around.role_after("unit", far)
        or (around.role_before("unit") if around.lexicon.units_first else None)
    )
    if unit is None or _is_ordinal_ending(around):
        return _in_feet(around)
    unit = _completed(unit, around)
    values, items = around.numeral.values, 0
    if unit in _SMALLER:
        values, items = _with_smaller(around, *_SMALLER[unit])
    return _Sense("measure", values, unit, items)


def _completed(unit: str, around: Surroundings) -> str:
    """The unit with what stands before the number: `摂氏2度`, `时速2公里`."""
    near = [item for distance in (1, 2, 3, 4) if (item := around.before(distance)) is not None]
    hourly = any(
        "speed_before" in item.roles and (index + 1 == len(near) or near[index + 1].digits is None)  # `২৪ ঘণ্টায়`
        for index, item in enumerate(near[:3])
    )
    if unit == "m" and any("storm_before" in item.roles for item in near[:3]):
        return "ms"
    if unit in _SPEEDS and (hourly or (around.lexicon.units_first and around.role_after("speed_before"))):
        return _SPEEDS[unit]
    if unit != "degree":
        return unit
    behind = [item for distance in (1, 2) if (item := around.after(distance)) is not None]
    scales = (item.roles.get("unit") for item in (*near, *behind))
    return next((scale for scale in scales if scale in _DEGREES), unit)


_DEGREES = frozenset({"celsius", "fahrenheit"})
_SPEEDS = {"km": "kmh", "mile": "mph"}


def _with_smaller(around: Surroundings, unit: str, parts: int) -> tuple[tuple[Decimal, ...], int]:
    """The value of `6-foot-6`, `6 ft. 2 in.` or `1 m 98 cm`, and how many items the smaller unit takes."""
    distance, dotted = 1, False
    while (item := around.after(distance)) is not None and distance < 6 and (item.text == "." or _leads_on(item)):
        dotted = dotted or item.text == "."
        distance += 1
    whole = around.numeral.values[0]
    if item is None or item.digits is None or not 0 < item.digits.value < parts:
        return around.numeral.values, 0
    named = around.after(distance + 1)
    inches = named is not None and unit == "inch" and named.text == "in"
    taken = inches or (named is not None and named.roles.get("unit") == unit)
    height = unit == "cm" and whole in _METRES and len(item.text) == _SHORT_YEAR  # `un metro e 88`
    if not taken and (dotted or whole >= _TALLEST or not (unit == "inch" or height)):
        return around.numeral.values, 0
    return (whole + item.digits.value / parts,), distance + taken


def _in_feet(around: Surroundings) -> _Sense | None:
    """The height of a person in feet and inches: `5'10"`."""
    feet, inches, mark = around.items[around.numeral.last], around.after(), around.after(2)
    if inches is None or inches.digits is None or mark is None or mark.text not in _INCH_MARKS or not mark.glued:
        return None
    apart = around.original[feet.end : inches.start] not in _FOOT_MARKS or inches.digits.value >= _INCHES
    value = around.numeral.values[0] + inches.digits.value / _INCHES
    return _Sense("measure", (value,), "foot", 1) if not apart and value < _TALLEST else None


def _is_ordinal_ending(around: Surroundings) -> bool:
    """Whether *st* behind a number is no stone: 1st and 21st, but 9st and 11st."""
    item, value = around.after(), around.numeral.values[0]
    if item is None or item.text != "st":
        return False
    return not item.glued or (value % _TENTHS == 1 and value % _WHOLE != _TENTHS + 1)


def _leads_on(item: Item) -> bool:
    return item.text in "-‑'’′" or bool(item.roles.keys() & {"unit", "joiners", "range"})


_INCHES, _OUNCES, _TALLEST = 12, 16, 10
_METRES = frozenset({1, 2})  # of people
_FOOT_MARKS, _INCH_MARKS = frozenset("'’′"), frozenset('"”″')
_SMALLER = {"foot": ("inch", _INCHES), "m": ("cm", 100), "pound": ("ounce", _OUNCES), "stone": ("pound", 14)}
_CLOSING = frozenset(",;.)")


def _is_ordinal(around: Surroundings) -> bool:
    before, after = around.before(), around.after()
    if not around.numeral.written or around.numeral.scaled:
        return False
    if before is not None and "ordinal_before" in before.roles:
        return True
    if after is None or not after.glued or "ordinal_after" not in after.roles:
        return False
    following = around.after(2)
    return not after.is_mark or (following is not None and around.original[following.start].islower())


def _is_short_year(around: Surroundings) -> bool:
    """Whether a numeral is a year without its century: `the summer of ’53`."""
    mark, digits = around.before(), around.items[around.numeral.first]
    if not _has_two_digits(around) or not digits.glued or mark is None or mark.text not in "'’‘" or mark.glued:
        return False
    return _CLOSING_QUOTE.search(around.original, digits.end) is None  # ‘70 minutes’


_CLOSING_QUOTE = re.compile(r"['’](?!\w)")


def _short_years(around: Surroundings) -> tuple[Decimal, ...]:
    """The years that two digits before a word for them can be, besides so many years: `翌16年`, `16年5月`."""
    if not _has_two_digits(around) or not around.role_after("year_after"):
        return ()
    return _with_century(around.numeral.values[0])


def _with_century(year: Decimal) -> tuple[Decimal, ...]:
    """The years that two digits may be."""
    return 1900 + year, 2000 + year


def _is_year(numeral: Numeral, around: Surroundings) -> bool:
    value = numeral.values[0]
    four = numeral.first == numeral.last and around.items[numeral.first].text.isdecimal()
    following = around.after()
    goes_on = following is not None and following.is_mark and following.glued  # 2018/19
    if around.lexicon.knows("year_after") and not goes_on and not around.role_after("year_after"):
        return False
    return (four and _FIRST_YEAR <= value - around.lexicon.era_shift <= _LAST_YEAR) or (
        four and _FIRST_YEAR <= value <= _LAST_YEAR
    )


def _in_common_era(values: tuple[Decimal, ...], words: Lexicon) -> tuple[Decimal, ...]:
    return (*values, *(value - words.era_shift for value in values)) if words.era_shift else values


def _months(text: str, items: tuple[Item, ...], found: list[Figure]) -> Iterator[Figure]:
    """The months that are named; those without a day or a year beside them are weak."""
    edges = {edge for figure in found if figure.kind in {"day", "year"} for edge in (figure.start, figure.end)}
    for index, item in enumerate(items):
        if "month" not in item.roles:
            continue
        near = items[max(0, index - 2) : index + 3]
        strong = any(other.start in edges or other.end in edges for other in near)
        yield Figure(
            item.start, item.end, text[item.start : item.end], "month", (item.roles["month"],),
            weak=not strong, written=False,
        )  # fmt: skip


def _bare_units(text: str, items: tuple[Item, ...], found: list[Figure]) -> Iterator[Figure]:
    """A unit without a number is one of it (*a mile away*), or a part of one: weak, but it can be found converted."""
    units = [index for index, item in enumerate(items) if item.roles and item.roles.get("unit") in SAID_BARE]
    if not units:
        return
    ends = {item.end for item in items if any(figure.start <= item.start < figure.end for figure in found)}
    for index in units:
        item, before = items[index], [other.end for other in items[max(0, index - _PART_BEFORE) : index]]
        if item.end not in ends and ends.isdisjoint(before[-1:]):
            part = next((one.value for one in found if 0 < one.value < 1 and one.end in before), Decimal(1))
            yield Figure(
                item.start, item.end, text[item.start : item.end], "measure", (part,), item.roles["unit"],
                weak=True, written=False,
            )  # fmt: skip


def _named_times(text: str, items: tuple[Item, ...]) -> Iterator[Figure]:
    """Noon and midnight: weak, but they can be found in digits."""
    for item in items:
        if "time" in item.roles:
            span = item.start, item.end, text[item.start : item.end]
            yield Figure(*span, "time", (item.roles["time"],), weak=True, written=False)


def _holidays(text: str, items: tuple[Item, ...]) -> Iterator[Figure]:
    """The month and the day of a holiday: weak, but they can be found in digits."""
    for item in items:
        if "holiday" in item.roles:
            month, day = item.roles["holiday"]
            span = item.start, item.end, text[item.start : item.end]
            yield Figure(*span, "month", (month,), weak=True, written=False)
            yield Figure(*span, "day", (day,), weak=True, written=False)


def _roman_centuries(text: str, items: tuple[Item, ...]) -> Iterator[Figure]:
    for index, item in enumerate(items):
        value = roman(item.text) or roman(item.text.rstrip("eè")) if text[item.start].isupper() else None
        if value is None:
            continue
        behind = any("century" in other.roles for other in items[index + 1 : index + 3])
        if behind or (index and "century_before" in items[index - 1].roles):
            yield Figure(item.start, item.end, text[item.start : item.end], "century", (value,))


def _place(figure: Figure) -> int:
    return figure.start


def _in_ranges(found: list[Figure], text: str, words: Lexicon) -> list[Figure]:
    """The figures, those in ranges and lists with the scale and unit of each other: `70-90%`, `2, 3 and 4 million`."""
    shared = _scaled_lists(found)
    for index in range(len(found) - 2, -1, -1):
        figure, following = shared[index], shared[index + 1]
        if not (figure.written or following.kind == "measure") or not (following.written or following.kind in _SIGNED):
            continue
        if _is_season(figure, following, text):
            whole = figure.value // 100 * 100 + following.value
            shared[index + 1] = following._replace(values=(*following.values, whole))
        between = plain(text[figure.end : following.start]).strip().strip(".").strip()  # `9. und 10. Dezember`
        if (figure.text, between, following.text) in _IDIOMS:
            shared[index : index + 2] = figure._replace(weak=True), following._replace(weak=True)
            continue
        dash, listed = between in DASHES, between in "、,;"
        if not between or not (dash or listed or _is_range(between, words)):
            continue
        if not listed and _are_days(figure, following):
            shared[index : index + 2] = figure._replace(kind="day"), following._replace(kind="day")
        elif figure.kind == "number":
            shared[index] = _sharing(figure, following, listed=listed, dash=dash)
            if shared[index].kind == "score":
                shared[index + 1] = following._replace(kind="score")
                shared[index] = _without_bound(shared[index])
        elif figure.kind == "percent" and following.kind == "number" and not listed:
            shared[index + 1] = following._replace(kind="percent", shared=True)
    return shared


def _are_days(figure: Figure, following: Figure) -> bool:
    """Whether two ends of a range are days of the month that stands beside one of them."""
    kinds = {figure.kind, following.kind}
    whole = following.value == following.value.to_integral_value()
    return "day" in kinds <= _DAY_OR_NUMBER and whole and 0 < figure.value < following.value <= _DAYS


def _times(figure: Figure, end: Figure) -> tuple[Decimal, ...]:
    """The times, in minutes, that a whole hour is before another time, in the same half of the day first: `10-11pm`.

    None where the other is not soon after: `4-2 on Saturday evening` is a score.
    """
    whole = not figure.unit and figure.value % 1 == 0 and 0 <= figure.value <= 2 * _NOON
    if not whole or int(end.value / _HOUR - figure.value) % _NOON > SOON:
        return ()
    times = {figure.value * _HOUR % _DAY}
    if figure.value <= _NOON:
        times.add((figure.value + _NOON) * _HOUR % _DAY)
    return tuple(sorted(times - {end.value}, key=lambda minutes: (end.value - minutes) % _DAY))


def _without_bound(figure: Figure) -> Figure:
    """A score without the word before it that would be *up to*: it is *to*."""
    return figure._replace(approximator=None, hedge="") if figure.approximator == "at_most" else figure


def _is_range(between: str, words: Lexicon) -> bool:
    """Whether a word of ranges stands between two figures, perhaps with an article: `del 20 al 30`, `y el`."""
    said = tuple(words.fold(match[0]) for match in words.tokens.finditer(between))
    size, roles = words.phrase(said)
    rest = said[size:]
    return "range" in roles and (not rest or (len(rest) == 1 and len(rest[0]) <= _LONGEST_ARTICLE))


def _is_season(figure: Figure, following: Figure, text: str) -> bool:
    """Whether a year goes on with two digits: `2018/19`."""
    short = figure.kind == "year" and following.kind == "number" and len(following.text) == _SHORT_YEAR
    return short and text[figure.end : following.start] in {"/", "-", "–"} and following.value > figure.value % 100


def _scaled_lists(found: list[Figure]) -> list[Figure]:
    """The figures, decimals also with the scale of a later one: `3,1 here, 2,9 there and 2,5 million elsewhere`."""
    shared, scale = list(found), 0
    for index in range(len(found) - 1, -1, -1):
        figure = found[index]
        if figure.exponent:
            scale = figure.exponent
        elif scale and figure.kind == "number" and figure.written and figure.value % 1:
            shared[index] = figure._replace(values=(*figure.values, figure.value.scaleb(scale)))
    return shared


def _sharing(figure: Figure, following: Figure, *, listed: bool, dash: bool) -> Figure:
    if following.kind == "time" and not listed and (times := _times(figure, following)):
        return figure._replace(kind="time", values=times, shared=True)
    if following.kind in _SIGNED or following.exponent:
        scale = following.exponent if figure.exponent == 0 else 0
        scaled = tuple(value.scaleb(scale) for value in figure.values) if scale else ()
        kind, unit = (figure.kind, figure.unit) if listed else (following.kind, following.unit)
        return figure._replace(kind=kind, unit=unit, values=(*figure.values, *scaled), exponent=scale, shared=True)
    if dash and following.kind in {"number", "score"} and max(figure.value, following.value) <= _HIGHEST_SCORE:
        return figure._replace(kind="score")
    return figure


_IDIOMS = frozenset({("24", "/", "7"), ("50", "-", "50"), ("50", "–", "50")})  # day and night, even odds
# What a sign, a unit or a word beside a figure shows.
_SIGNED: frozenset[Kind] = frozenset({"percent", "points", "money", "measure", "age"})
_DAY_OR_NUMBER: frozenset[Kind] = frozenset({"day", "number", "ordinal", "score"})
