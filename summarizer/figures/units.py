"""Units of measure, their dimensions, and what a value is in another unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from summarizer.figures.values import Approximator, Figure


class Unit(NamedTuple):
    """A unit of a dimension: `size` in the dimension's base unit, `zero` where that scale begins."""

    dimension: str
    size: Decimal
    zero: Decimal = Decimal(0)


def _units(dimension: str, **sizes: str) -> dict[str, Unit]:
    return {name: Unit(dimension, Decimal(size)) for name, size in sizes.items()}


# International yard and pound (1959), US liquid measures but for the imperial pint, the International System of Units;
# the mile of Sweden and Norway since 1889, the Norwegian mål and the Greek stremma.
UNITS: dict[str, Unit] = {
    **_units("length", mm="0.001", cm="0.01", m="1", km="1000"),
    **_units("length", inch="0.0254", foot="0.3048", yard="0.9144", mile="1609.344", nautical_mile="1852"),
    **_units("length", scandinavian_mile="10000"),
    **_units("area", m2="1", km2="1e6", hectare="1e4"),
    **_units("area", acre="4046.8564224", dunam="1000", sq_mile="2589988.110336", sq_foot="0.09290304"),
    **_units("mass", gram="0.001", kg="1", tonne="1000"),
    **_units("mass", ounce="0.028349523125", pound="0.45359237", stone="6.35029318"),
    **_units("speed", kmh="1", mph="1.609344", knot="1.852", ms="3.6"),
    **_units("volume", litre="1", ml="0.001", m3="1000"),
    **_units(
        "volume",
        gallon="3.785411784",
        pint="0.56826125",
        fluid_ounce="0.0295735295625",
        barrel="158.987294928",
        quart="0.946352946",
        cubic_foot="28.316846592",
        cubic_yard="764.554857984",
    ),
    **_units("power", watt="1", kw="1e3", mw="1e6", gw="1e9", horsepower="745.7"),
    **_units("energy", kwh="1", mwh="1e3", gwh="1e6", twh="1e9"),
    "celsius": Unit("temperature", Decimal(1)),
    "fahrenheit": Unit("temperature", Decimal(5) / Decimal(9), Decimal(32)),
}
# Units that people say without a number: *a mile away*, *half a tonne*.
SAID_BARE = frozenset({"inch", "foot", "yard", "mile", "acre", "pound", "sq_mile", "sq_foot", "gallon", "tonne"})
_ROUGH, _ROUGH_DEGREES, _EXACT = map(Decimal, ("0.1", "0.12", "0.02"))
_LAST_DIGIT = Decimal("0.6")
# Sizes that people reckon with, and those of other countries, in the base unit of the dimension.
_HANDY: dict[str, tuple[Decimal, ...]] = {
    "mile": (Decimal(1600),),
    "mph": (Decimal("1.6"),),
    "inch": (Decimal("0.025"),),
    "foot": (Decimal("0.3"), Decimal("0.33")),
    "yard": (Decimal("0.9"), Decimal(1)),
    "pound": (Decimal("0.45"), Decimal("0.5")),
    "acre": (Decimal(4000),),
    "gallon": (Decimal("3.8"), Decimal(4)),
    "ounce": (Decimal("0.03"), Decimal("0.028")),
    "pint": (Decimal("0.473"), Decimal("0.5")),
    "fluid_ounce": (Decimal("0.0284"), Decimal("0.03")),
    "horsepower": (Decimal("735.5"),),
}
_ALL_DIGITS = Decimal("0.06")
_PRECISE = 2  # places behind the point, from which all digits count
_TALLEST = Decimal("2.5")  # metres, of people
_ALIKE = ({UNITS["yard"], UNITS["m"]}, {UNITS["acre"], UNITS["dunam"]})  # that reporters take for each other
_HOTTEST, _ABOUT = 120, 2  # degrees
_LARGEST_DIFFERENCE = 40  # degrees Fahrenheit, and any other measure
_BELOW: frozenset[Approximator] = frozenset({"nearly", "less_than", "at_most"})
# What a unit means beside another: kilometres of a wind, litres or kilograms of rain on a square metre, ounces of beer.
_SAID_SHORTER = {
    ("km", "mph"): "kmh",
    ("litre", "inch"): "mm",
    ("kg", "inch"): "mm",
    ("ounce", "ml"): "fluid_ounce",
    ("ounce", "litre"): "fluid_ounce",
}
_TEMPERATURES = ("celsius", "fahrenheit")


def converted(one: Figure, other: Figure) -> bool:
    """Whether two measures in different units are the same within the rounding of news texts.

    That is 10 % (degrees: 12 %), or the last digit of a small number, or yards taken for metres. `30 degrees` may be
    of either scale, above or below zero, and a difference.
    """
    if "decade" in {one.kind, other.kind}:
        return _in_decade(*(one, other) if one.kind == "decade" else (other, one))
    first, second = _meant(one, other), _meant(other, one)
    return any(
        _same(value, UNITS[unit], found, UNITS[wanted])
        for unit in first
        for wanted in second
        if unit != wanted and UNITS[unit].dimension == UNITS[wanted].dimension
        for value in one.values
        for found in other.values
    )


def _in_decade(decade: Figure, other: Figure) -> bool:
    """Whether degrees Celsius lie in tens of degrees Fahrenheit, as *in the 80s* is said of temperatures."""
    fahrenheit = UNITS["fahrenheit"]
    lowest = (decade.value - fahrenheit.zero) * fahrenheit.size
    within = lowest - _ABOUT <= other.value <= lowest + 10 * fahrenheit.size
    return decade.value <= _HOTTEST and other.unit in {"degree", "celsius"} and within


def _meant(figure: Figure, other: Figure) -> tuple[str, ...]:
    """The units that a figure can be of beside another: winds blow 210 km in an hour, rain falls in litres."""
    said = _SAID_SHORTER.get((figure.unit, other.unit))
    return (said,) if said else _units_of(figure) or _unsaid(figure, other)


def _unsaid(figure: Figure, other: Figure) -> tuple[str, ...]:
    """The unit that people leave out, where the other is of the same sort: `highs near 95`, `alto 1,93`."""
    if figure.kind != "number" or figure.unit or not figure.written:
        return ()
    if other.unit == "foot" and 1 < figure.value < _TALLEST and figure.value % 1:
        return ("m",)
    return ("fahrenheit",) if other.unit in {"degree", "celsius"} else ()


def roughly_converted(one: Figure, other: Figure) -> bool:
    """Whether a measure in another unit is further from the exact one than two significant digits, or 2 %, allow."""
    return not _is_alike(one, other) and not any(
        _close(abs(_exactly(reading, unit, wanted)), found)
        for unit in map(UNITS.__getitem__, _meant(one, other))
        for wanted in map(UNITS.__getitem__, _meant(other, one))
        if unit != wanted and unit.dimension == wanted.dimension
        for value in one.values
        for reading in (value, -value)
        for found in other.values
    )


def misconverted(one: Figure, other: Figure) -> bool:
    """Whether a measure in another unit is none that people get by rounding to its last digit, or by cutting it off.

    By exact or handy factors: 650 pounds are 295 or 300 kg, by half of it 325; 306 kg are a slip. Beside words such as
    *nearly* and *up to* it may be the next one up. True only of figures that are `converted`, never of decades.
    """
    if _is_alike(one, other) or "decade" in {one.kind, other.kind}:
        return False
    bare = one.weak and one.value <= 1  # *a mile away*
    up = not _BELOW.isdisjoint({one.approximator, other.approximator})
    return not any(
        _is_rounded(exact, found, up=up)
        or (bare and abs(exact - found) <= _step(found))
        or any(abs(handy - found) <= _step(found) / 2 for handy in rough)
        for unit in _meant(one, other)
        for wanted in _meant(other, one)
        if unit != wanted and UNITS[unit].dimension == UNITS[wanted].dimension
        for value in one.values
        for rough in (tuple(_by_handy_factors(value, unit, wanted)),)
        for exact in _by_exact_factors(value, unit, wanted)
        for found in other.values
    )


def _is_alike(one: Figure, other: Figure) -> bool:
    """Whether two figures are the same number of a unit that both may have: 45 °C, and 45 degrees."""
    return one.value in other.values and not set(_meant(one, other)).isdisjoint(_meant(other, one))


def _is_rounded(exact: Decimal, found: Decimal, *, up: bool) -> bool:
    """Whether a value was rounded to another, or cut off behind its last digit, or with `up` raised to the next."""
    last = _last_place(found)
    return abs(exact - found) <= _step(found) / 2 or 0 < exact - found < last or (up and 0 < found - exact < last)


def _by_exact_factors(value: Decimal, unit: str, wanted: str) -> Iterator[Decimal]:
    one, other = UNITS[unit], UNITS[wanted]
    for reading in (value, -value):  # of degrees below zero only the number stands here
        yield abs(_exactly(reading, one, other))
    if value <= _LARGEST_DIFFERENCE:
        yield value * one.size / other.size


def _by_handy_factors(value: Decimal, unit: str, wanted: str) -> Iterator[Decimal]:
    if value % 1 == 0:  # nobody reckons so with pounds and ounces
        yield from (value * size / UNITS[wanted].size for size in _HANDY.get(unit, ()))
        yield from (value * UNITS[unit].size / size for size in _HANDY.get(wanted, ()))


def _step(found: Decimal) -> Decimal:
    """What the last digit counts that is not 0: 1 in 306, 100 in 300, 5 in 295."""
    digits = found.normalize().as_tuple().digits
    return _last_place(found) * (5 if digits[-1] == 5 and len(digits) > 1 else 1)


def _last_place(found: Decimal) -> Decimal:
    """What the place of the last digit that is not 0 counts: 100 in 300."""
    return Decimal(1).scaleb(int(found.normalize().as_tuple().exponent))


def _exactly(value: Decimal, unit: Unit, wanted: Unit) -> Decimal:
    return (value - unit.zero) * unit.size / wanted.size + wanted.zero


def _close(exact: Decimal, found: Decimal) -> bool:
    half_a_digit = Decimal(5).scaleb(exact.adjusted() - 2)
    return abs(exact - found) <= max(half_a_digit, _EXACT * abs(exact))


def same_dimension(one: str, other: str) -> bool:
    """Whether two units measure the same thing."""
    return one in UNITS and other in UNITS and UNITS[one].dimension == UNITS[other].dimension


def _units_of(figure: Figure) -> tuple[str, ...]:
    if figure.unit == "degree":
        return _TEMPERATURES
    if figure.unit == "GBP":  # many languages have one word for the pound of money and that of weight
        return ("pound",)
    return (figure.unit,) if figure.unit in UNITS else ()


def _same(value: Decimal, unit: Unit, found: Decimal, wanted: Unit) -> bool:
    there, back = _exactly(value, unit, wanted), _exactly(found, wanted, unit)
    if unit.dimension == "temperature":
        cold = abs(_exactly(-value, unit, wanted))  # minus 4 °F are minus 20 °C
        readings = (abs(there), found), (abs(back), value), (cold, found), (value * unit.size / wanted.size, found)
        return any(_near(*reading, _ROUGH_DEGREES) for reading in readings)
    return _near(there, found) or _near(back, value) or (value == found and {unit, wanted} in _ALIKE)


def _near(exact: Decimal, found: Decimal, rough: Decimal = _ROUGH) -> bool:
    larger = max(abs(exact), abs(found))
    few = larger >= 1 and int(found.as_tuple().exponent) > -_PRECISE
    return abs(exact - found) <= max(rough * larger, _LAST_DIGIT if few else _ALL_DIGITS)
