"""Numerals: the items of a text that make up one number, before it is known what the number counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from summarizer.figures.items import Item
from summarizer.figures.lexicon import Lexicon
from summarizer.figures.words import Part, Sum

# From here a number word is as good as digits; below, it often stands for something else or is left out.
_STRONG_FROM = 13
_LARGEST_DENOMINATOR = 16
_TWENTY = 20
_QUARTERS = frozenset({2, 4})  # thirds are innings of baseball
_BEGINNINGS = frozenset({"number", "ordinal", "scale", "and_a_half"})  # roles of what begins a numeral, without digits
_NO_PART = Part(Decimal(-1))


class Numeral(NamedTuple):
    """The items `first` to `last` as one number; `ordinal` where its last word is one."""

    first: int
    last: int
    values: tuple[Decimal, ...]
    written: bool
    weak: bool = False
    ordinal: bool = False
    scaled: bool = False
    grouped: bool = False
    foreign: tuple[Decimal, ...] = ()
    exponent: int = 0


def numerals_in(items: Sequence[Item], lexicon: Lexicon) -> Iterator[Numeral]:
    """The numerals of a text, in order; none overlaps another."""
    index = 0
    while index < len(items):
        item = items[index]
        begins = item.digits is not None or not _BEGINNINGS.isdisjoint(item.roles)
        numeral = _numeral(items, index, lexicon) if begins else None
        if numeral is None:
            index += 1
        else:
            yield numeral
            index = numeral.last + 1


def _numeral(items: Sequence[Item], first: int, lexicon: Lexicon) -> Numeral | None:
    start = items[first]
    if lexicon.scale_first and (numeral := _scale_first(items, first)) is not None:
        return numeral
    if start.digits is None and _part(start, joined=False) is _NO_PART:
        return _half_of_scale(items, first)
    if _is_article(items, first):
        return _numeral(items, first + 1, lexicon)
    run = _run(items, first, lexicon)
    if run.last < first:
        return None
    if (with_half := _with_half(items, first, run)) is not None:
        return with_half
    written = start.digits is not None
    numeral = _finished(items, Numeral(first, run.last, (run.value,), written, False, run.ordinal, run.scaled))
    return _with_half_before(items, numeral) if written and first else numeral


def _with_half_before(items: Sequence[Item], numeral: Numeral) -> Numeral:
    """The numeral and a half, where a word before it says so; of one without a scale others may leave out the half."""
    if "half_before" not in items[numeral.first - 1].roles:
        return numeral
    half = numeral.values[0] + Decimal("0.5").scaleb(numeral.exponent)
    return numeral._replace(values=(half,) if numeral.scaled else (half, *numeral.values))


class _Run(NamedTuple):
    """Items that make up a number: its value, the last of them, and whether an ordinal or a scale is among them."""

    value: Decimal
    last: int
    ordinal: bool
    scaled: bool


def _run(items: Sequence[Item], first: int, lexicon: Lexicon) -> _Run:
    ones_first = lexicon.compounds or bool(lexicon.joining)
    total, last, ordinal, scaled = Sum(ones_first=ones_first), first - 1, False, False
    index, joined = first, False
    while index < len(items):
        joined = joined or _is_joined(items[index], lexicon)
        if ordinal and not joined and "ordinal" not in items[index].roles:
            break
        part = _next_part(items, index, joined, lexicon, inside=last >= first)
        apart = lexicon.compounds and last >= first and _is_tens(items[last])  # `in den Fünfzigern und eine`
        size = _joins(items, index, last) if part is _NO_PART and not (joined or apart) else 0
        if size:
            joined, index = True, index + size
            continue
        if part is _NO_PART or not total.add(part):
            break
        last, joined = index, False
        scaled = scaled or (part.scale or 0) > 1  # ten is no scale here: `二十世紀`
        ordinal = ordinal or ("ordinal" in items[index].roles and "number" not in items[index].roles)
        if "closed" in items[index].roles or items[index].text in lexicon.closing:
            break  # `tízből kilenc` is nine out of ten
        index += 1
    return _Run(total.value(), last, ordinal, scaled)


def _next_part(items: Sequence[Item], index: int, joined: bool, lexicon: Lexicon, *, inside: bool) -> Part:
    """What an item adds to a number, which is nothing for years, for a zero that only joins, and for digits apart."""
    if _is_years(items, index, joined) or ("cent" in items[index].roles and items[index - 1].digits is not None):
        return _NO_PART  # French `87 cents`
    if inside and not joined and _is_apart(items, index, lexicon):
        return _NO_PART
    part = _part(items[index], joined, inside=inside)
    joins = part.value == 0 and part.scale is None and "joiners" in items[index].roles
    apart = part.digits and not _goes_on(items, index, lexicon)
    return _NO_PART if inside and (joins or apart) else part


def _is_apart(items: Sequence[Item], index: int, lexicon: Lexicon) -> bool:
    """Whether a number word begins a number of its own: `dix premiers` are the first ten, `duecento novantenni` 200."""
    roles = items[index].roles
    if "apart" in roles:
        return "ordinal" not in items[index - 1].roles
    doubtful = "doubtful" in roles and "scale" not in roles
    return doubtful or ("closed" in roles and not lexicon.mixed and not lexicon.syllables)


def _with_half(items: Sequence[Item], first: int, run: _Run) -> Numeral | None:
    """A number with a half behind it, or behind its noun: `siete y media`, `dos años y medio`."""
    noun, half = items[run.last + 1 : run.last + 2], items[run.last + 2 : run.last + 3]
    if noun and "and_a_half" in noun[0].roles:
        return _and_a_half(items, first, run.last + 1, run.value)
    if not half or "and_a_half" not in half[0].roles or not noun[0].text.isalpha() or "scale" in noun[0].roles:
        return None
    if any("scale" in item.roles for item in items[run.last + 3 : run.last + 4]):
        return None
    value, written = run.value + Decimal("0.5"), items[first].digits is not None
    return Numeral(first, run.last, (value,), written, not written and value < _STRONG_FROM)


def _half_of_scale(items: Sequence[Item], first: int) -> Numeral | None:
    """Half of a power of ten behind a word for *and*: `5.200 iscritti e mezzo milione di tifosi`."""
    scale = items[first + 1].roles.get("scale") if first + 1 < len(items) else None
    if not scale or "and_a_half" not in items[first].roles:
        return None
    return Numeral(first, first + 1, (Decimal("0.5").scaleb(scale),), written=False, scaled=True)


def _and_a_half(items: Sequence[Item], first: int, last: int, value: Decimal) -> Numeral:
    """A number whose last item is a word for a half: of its scale, before it (`2 millions et demi`) or behind it."""
    before = items[last - 1].roles.get("scale", 0)
    exponent = items[last + 1].roles.get("scale", 0) if last + 1 < len(items) and not before else 0
    last += bool(exponent)
    written = items[first].digits is not None
    if exponent and value >= Decimal(1).scaleb(exponent):  # `مليونان ونصف مليون`
        half = value + Decimal("0.5").scaleb(exponent)
    else:
        half = (value + Decimal("0.5").scaleb(before)).scaleb(exponent)
    exponent = exponent or before
    weak = not written and half < _STRONG_FROM
    return Numeral(first, last, (half,), written, weak, scaled=bool(exponent), exponent=exponent if written else 0)


def _is_article(items: Sequence[Item], index: int) -> bool:
    """Whether a word for one is the article of a fraction: `einen halben` is 0.5."""
    if index + 1 == len(items) or items[index].roles.get("number") != 1:
        return False
    return bool(0 < items[index + 1].roles.get("number", 0) < 1)


def _scale_first(items: Sequence[Item], first: int) -> Numeral | None:
    """A number whose scales stand before their amounts: `elfu tatu na mia mbili` is 3,200."""
    total, last, index, lowest = Decimal(0), first - 1, first, Decimal("Infinity")
    while index + 1 < len(items) and "scale" in items[index].roles:
        amount, scale = _part(items[index + 1], joined=False), items[index].roles["scale"]
        if amount is _NO_PART or amount.scale is not None or scale >= lowest:
            break
        total, last, lowest = total + amount.value.scaleb(scale), index + 1, scale
        index = last + (2 if last + 1 < len(items) and "joiners" in items[last + 1].roles else 1)
    rest = _rest(items, index) if last >= first and index == last + 2 and items[last].digits is None else None
    if rest is not None and rest[0] < Decimal(10) ** lowest:
        total, last = total + rest[0], rest[1]
    if last < first:
        return None
    digits = items[first + 1].digits is not None
    return Numeral(first, last, (total,), digits, scaled=True, exponent=items[first].roles["scale"] if digits else 0)


def _rest(items: Sequence[Item], first: int) -> tuple[Decimal, int] | None:
    """The tens and ones behind the scales, and their last item: `mia tatu na hamsini na mbili` is 352."""
    total, last, index = Sum(), first - 1, first
    while index < len(items) and "scale" not in items[index].roles:
        part = _part(items[index], joined=index > first)
        if part is _NO_PART or part.digits or not total.add(part):
            break
        last = index
        index += 2 if index + 1 < len(items) and "joiners" in items[index + 1].roles else 1
    return (total.value(), last) if last >= first else None


def _finished(items: Sequence[Item], numeral: Numeral) -> Numeral:
    start = items[numeral.first]
    if start.digits is not None:
        numeral = _fraction(items, _with_mark(items, numeral))
        if numeral.first == numeral.last:
            return numeral._replace(foreign=start.digits.foreign, grouped=start.digits.grouped)
        if items[numeral.last].digits is not None or not start.digits.value:
            return numeral
        exponent = (numeral.values[0] / start.digits.value).adjusted()
        foreign = tuple(value.scaleb(exponent) for value in start.digits.foreign)
        return numeral._replace(foreign=foreign, exponent=exponent)
    alone = numeral.first == numeral.last and "scale" in start.roles
    value = numeral.values[0]
    fourth = numeral.first == numeral.last and 0 < value < 1 and "ordinal" in start.roles  # or a quarter
    power = value > 0 and value == Decimal(1).scaleb(value.adjusted())  # tens of thousands, a million
    return numeral._replace(
        values=(*numeral.values, start.roles["ordinal"]) if fourth else numeral.values,
        weak=alone
        or power
        or value < _STRONG_FROM
        or "doubtful" in start.roles
        or "doubtful" in items[numeral.last].roles,
    )


def _fraction(items: Sequence[Item], numeral: Numeral) -> Numeral:
    """The numeral with its denominator, if it is `1/4`, which others call the fourth part; `3/4 of`; `2 1/2` is 2.5."""
    if not numeral.scaled and (mixed := _mixed(items, numeral)) is not None:
        return mixed
    parts = items[numeral.last + 1 : numeral.last + 4]
    if len(parts) < 2 or parts[0].text != "/" or not parts[0].glued or not parts[1].glued:
        return numeral
    above, below = numeral.values[0], parts[1].digits
    date = [item.text for item in parts[2:]] == ["/"]
    if date or below is None or not 2 <= below.value <= _LARGEST_DENOMINATOR:
        return numeral
    if items[numeral.last].text == "1":
        return numeral._replace(last=numeral.last + 2, values=(1 / below.value, below.value), scaled=True)
    if 1 < above < below.value in _QUARTERS and "of" in (roles for item in parts[2:] for roles in item.roles):
        return numeral._replace(last=numeral.last + 2, values=(above / below.value,), scaled=True)
    return numeral


def _mixed(items: Sequence[Item], numeral: Numeral) -> Numeral | None:
    """A whole number and the halves or quarters behind it, parted by a space or a hyphen."""
    first = numeral.last + 1
    if first < len(items) and _is_hyphen(items[first]):
        first += 1
    parts = items[first : first + 4]
    if len(parts) < 3 or parts[1].text != "/" or not (parts[1].glued and parts[2].glued):
        return None
    above, below = parts[0].digits, parts[2].digits
    date = [item.text for item in parts[3:]] == ["/"]
    if date or above is None or below is None or not 0 < above.value < below.value or below.value not in _QUARTERS:
        return None
    return numeral._replace(last=first + 2, values=(numeral.values[0] + above.value / below.value,), scaled=True)


def _with_mark(items: Sequence[Item], numeral: Numeral) -> Numeral:
    """The numeral with the letter behind it, if that is a scale: `4.5bn`."""
    following = numeral.last + 1
    if numeral.scaled or following >= len(items) or "scale_mark" not in items[following].roles:
        return numeral
    scaled = numeral.values[0] * Decimal(10) ** items[following].roles["scale_mark"]
    unsure = "unit" in items[following].roles or items[following].text == "k"  # `5 m` may be metres, `10k` kilometres
    values = (scaled, *numeral.values) if unsure else (scaled,)
    return numeral._replace(last=following, values=values, scaled=True)


def _part(item: Item, joined: bool, *, inside: bool = False) -> Part:
    if item.digits is not None:
        return Part(item.digits.value, None, joined, digits=True)
    if not item.roles or "ignore" in item.roles:
        return _NO_PART
    if "scale" in item.roles:
        return Part(Decimal(0), item.roles["scale"], joined)
    first, second = ("ordinal", "number") if inside and "ordinal" in item.roles else ("number", "ordinal")
    value = item.roles.get(first, item.roles.get(second))
    return _NO_PART if value is None else Part(value, None, joined)


def _goes_on(items: Sequence[Item], index: int, lexicon: Lexicon) -> bool:
    """Whether digits behind a scale word belong to the same number: `3億5000`, `3 lakh 20 thousand`, `3 bin 200`."""
    following = items[index + 1] if index + 1 < len(items) else None
    scale = items[index - 1].roles.get("scale", 0)
    counted = index > 1 and items[index - 2].digits is not None  # `প্রতি লাখে ১৬৫`: of every lakh, 165
    whole = items[index].text.partition(lexicon.decimal)[0]  # `3만8946.93`
    if lexicon.mixed and counted and whole.isdecimal() and 2 <= len(whole) <= scale > 2:
        return True
    return items[index].glued or (following is not None and following.roles.get("scale", scale) < scale)


def _is_joined(item: Item, lexicon: Lexicon) -> bool:
    """Whether *and* is written onto a word (Arabic)."""
    return bool(lexicon.joining) and item.text.startswith(lexicon.joining) and item.text != lexicon.joining


def _is_years(items: Sequence[Item], index: int, joined: bool) -> bool:
    """Whether a number word behind a number counts years: `hai mươi năm` is 20 years, `hai trăm năm mươi` is 250."""
    if "years" not in items[index].roles or joined or not index:
        return False
    before, behind = items[index - 1], items[index + 1 : index + 2]
    return (before.digits is not None or _part(before, joined=False) is not _NO_PART) and not any(
        "scale" in item.roles for item in behind
    )


def _joins(items: Sequence[Item], index: int, last: int) -> int:
    """How many items from here stand inside a number: a hyphen, a word for *and*, or that between hyphens."""
    hyphen = _is_hyphen(items[index])
    if hyphen and index + 1 < len(items) and "scale" in items[index + 1].roles:
        return 1
    if last < 0 or index + 1 >= len(items) or items[index + 1].digits is not None or items[last].digits is not None:
        return 0
    if "links" in items[index].roles and "scale" not in items[index + 1].roles:
        return 0
    if hyphen and "joiners" in items[index + 1].roles and index + 2 < len(items) and _is_hyphen(items[index + 2]):
        return 3
    return int("joiners" in items[index].roles or (hyphen and items[index + 1].glued))


def _is_tens(item: Item) -> bool:
    value = item.roles.get("number", 0)
    return bool(value >= _TWENTY and value % 10 == 0)


def _is_hyphen(item: Item) -> bool:
    return item.text in "-‑" and item.glued
