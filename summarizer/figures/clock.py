"""Clock times as minutes after midnight."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from summarizer.figures.items import Item
from summarizer.figures.surroundings import Surroundings

_HALF_DAY, _DAY = 720, 1440
_MINUTE = 60  # seconds
_NOON = 12  # hours
SOON = 6  # hours at most of a range that is told without its halves of the day: 11-1pm
_DASHES = frozenset("-‐‑–—−")
_WORDS = frozenset({"am", "pm", "night", "hour", "clock", "zone", "minute", "minutes_after", "joiners", "local_time"})
_HALVES = ("am", "pm", "night")
_MORNING = 6  # the hour before which a night's hours are those of the next day
_ZONE_BEHIND = 4  # items, at most, from the hour to its zone: `11 το πρωί ώρα Ελλάδας`, `6h (horário de Brasília)`
_TWO_DIGITS = 2
_POINTED = re.compile(r"[0-5]\d\.[0-5]\d")  # `2:19.08`
_RACE = re.compile(r"(?<![\d.])\d\.[0-5]\d\.[0-5]\d(?!\d)")
_SECONDS_BEHIND = frozenset({":", "'", "’", "′", "min"})
_FOUR_DIGITS = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")


class Clock(NamedTuple):
    """The minutes after midnight that a time can mean, and how many items behind the numeral belong to it.

    `local` where words behind it say that it is the time of the readers' own zone.
    """

    values: tuple[Decimal, ...]
    items: int = 0
    local: bool = False


def clock_time(around: Surroundings) -> Clock | None:
    """The time that a numeral begins, such as `7:30`, `4.40 am`, `19 Uhr` or `午後3時`; None if it begins none."""
    if around.said.isdisjoint(_WORDS) and ":" not in around.original and not _has_race_time(around.original):
        return None
    hour, minute, items = _hour_and_minute(around)
    if hour is None or _is_span(around) or (not minute and _ends_score(hour, around)):
        return None
    offset, taken = _offset(around, items) if not minute and hour <= _NOON else (None, items)
    if offset is not None and around.role_before("half_before") and not _is_hour(around):
        return None  # `साढ़े 12 घंटे`: twelve hours and a half
    second, items = _second(around, items)
    rest = around._replace(numeral=around.numeral._replace(last=around.numeral.last + items))
    half = next((half for half in _HALVES if _half(rest, half)), "")
    parted = items >= 2
    if not parted and rest.role_after("unit") and not rest.role_after(half):
        return None  # `یک شب شش متر`: six metres in one night
    local = bool(rest.role_after("local_time", _ZONE_BEHIND))
    named = rest.role_after("hour") or rest.role_after("zone") or (minute and items == 0 and rest.role_before("clock"))
    if offset is not None:  # `halb acht` is 8:00 less 30 minutes
        hour, minute = divmod((hour * 60 + offset) % _DAY, 60)
        items = taken
    elif not half and not parted and not named and not local:
        return None
    minutes = _minutes(hour, minute, half, around.lexicon.hour_shift)
    return Clock(tuple(value + second / _MINUTE for value in minutes), items, local)


@lru_cache(maxsize=16)
def _has_race_time(text: str) -> bool:
    return _RACE.search(text) is not None


def _hour_and_minute(around: Surroundings) -> tuple[int | None, int, int]:
    """The hour, the minute and the items that the minute takes; no hour where the numeral cannot be one."""
    value = around.numeral.values[0]
    text = around.items[around.numeral.first].text
    if around.role_after("zone") and _FOUR_DIGITS.fullmatch(text):  # 1400 GMT
        return int(text[:2]), int(text[2:]), 0
    if around.numeral.scaled or not (0 if around.numeral.written else 1) <= value < 25:
        return None, 0, 0
    if value != int(value) and (not around.numeral.written or text.isdecimal()):  # `साढ़े सात`: half past seven
        return int(value), int((value - int(value)) * 60), 0
    minute = (value - int(value)) * 100
    if value != int(value):
        written = len(text) > 2 and not text[-3].isdigit()
        return (int(value), int(minute), 0) if written and minute < 60 else (None, 0, 0)
    return int(value), *_minute_behind(around)


def _minute_behind(around: Surroundings) -> tuple[int, int]:
    """The minute that stands behind an hour with a colon or a word between, and the items that it takes."""
    mark, digits = around.after(1), around.after(2)
    if mark is not None and digits is not None and digits.digits is not None:
        parted = mark.text == ":" and mark.glued and digits.glued
        if parted and _POINTED.fullmatch(digits.text):  # `2:19.08`
            return int(digits.text[:2]), 2
        named = "hour" in mark.roles
        fits = digits.text.isdecimal() and len(digits.text) == _TWO_DIGITS and not _is_date(around)
        found = int(digits.text) if fits else _MINUTE
        if (parted or named) and found < _MINUTE and (named or around.numeral.written):
            return found, 2
    hour = around.items[around.numeral.last]
    pointed = len(hour.text) == 1 and around.original.startswith(".", hour.end)
    if pointed and _is_sixtieth(mark) and _is_sixtieth(digits) and mark is not None and mark.digits is not None:
        return int(mark.digits.value), 1  # `2.19.08`
    return _joined_minute(around)


def _is_sixtieth(item: Item | None) -> bool:
    """Whether an item is two digits glued to the number before, minutes or seconds."""
    found = item.digits if item is not None and item.glued and len(item.text) == _TWO_DIGITS else None
    return found is not None and found.value < _MINUTE


def _joined_minute(around: Surroundings) -> tuple[int, int]:
    """The minute that *and* joins to an hour, and the items it takes: `السادسة و40 دقيقة`."""
    joiner, digits, unit = (around.after(distance) for distance in (1, 2, 3))
    if joiner is None or digits is None or digits.digits is None or unit is None or "joiners" not in joiner.roles:
        return 0, 0
    named = around.numeral.ordinal or around.role_before("clock")
    fits = named and unit.roles.get("counted") == "minute" and digits.digits.value < _MINUTE
    return (int(digits.digits.value), 2) if fits else (0, 0)


def _is_hour(around: Surroundings) -> bool:
    """Whether a word of clock times stands beside a numeral."""
    return bool(
        around.role_after("hour") or around.role_before("clock") or any(_half(around, half) for half in _HALVES)
    )


def _is_date(around: Surroundings) -> bool:
    """Whether a date follows an hour: `4 giờ sáng 27/10`."""
    mark = around.after(3)
    return mark is not None and mark.text == "/" and mark.glued


def _is_span(around: Surroundings) -> bool:
    """Whether hours and minutes are a time that passes: `2 giờ 48 phút` without a word of clock times beside it."""
    if not _role_at(around, 3, "minutes_of") or around.role_before("clock"):
        return False
    return bool(around.role_after("hour")) and not any(_role_at(around, 4, role) for role in ("am", "pm", "zone"))


def _ends_score(hour: int, around: Surroundings) -> bool:
    """Whether a dash joins an hour to a number that it does not come soon after: `4-2 on Saturday evening`."""
    dash, number = around.before(1), around.before(2)
    if dash is None or number is None or number.digits is None or dash.text not in _DASHES or not dash.glued:
        return False
    return (hour - int(number.digits.value)) % _NOON > SOON


def _offset(around: Surroundings, items: int) -> tuple[int | None, int]:
    """The minutes that a word beside an hour adds to it, and the items behind the hour that belong to the time."""
    before = around.role_before("minute")
    if before is not None:
        return before, items
    for distance in (items + 1, items + 2):
        item = around.after(distance)
        if item is None or ("minutes_after" not in item.roles and "hour" not in item.roles):
            break
        if "minutes_after" in item.roles:
            named = distance > items + 1 or around.role_before("clock") or around.role_before("hour")
            return (item.roles["minutes_after"], distance) if named else (None, items)
    return None, items


def _second(around: Surroundings, items: int) -> tuple[Decimal, int]:
    """The seconds of `2:03:38`, `2.03.38` or `2h03'38"` behind so many items of minutes, and the items of both."""
    minutes, mark, digits = around.after(items), around.after(items + 1), around.after(items + 2)
    if not items or minutes is None:
        return Decimal(0), items
    if _POINTED.fullmatch(minutes.text):
        return Decimal(minutes.text[-2:]), items
    if _is_sixtieth(mark) and mark is not None and mark.digits is not None:
        return mark.digits.value, items + 1
    parted = mark is not None and mark.text in _SECONDS_BEHIND and mark.glued and digits is not None and digits.glued
    if not parted or digits is None or digits.digits is None or digits.digits.value >= _MINUTE:
        return Decimal(0), items
    return digits.digits.value, items + 2


def _half(around: Surroundings, half: str) -> bool:
    return bool(
        around.role_before(half)
        or around.role_after(half)
        or (around.role_after("hour") and _role_at(around, 2, half))
        or (around.role_before("hour") and _role_at(around, -2, half))
        or (around.role_before("clock") and _role_at(around, -2, half))
    )


def _role_at(around: Surroundings, distance: int, role: str) -> bool:
    item = around.after(distance) if distance > 0 else around.before(-distance)
    return item is not None and role in item.roles


def _minutes(hour: int, minute: int, half: str, shift: int) -> tuple[Decimal, ...]:
    """Without a word for the half of the day, an hour up to twelve can be in either; the first is as written."""
    hours = [hour]
    if half == "pm" and hour < 12:
        hours = [hour + 12]
    elif half == "am" and hour == 12:
        hours = [0]
    elif half == "night" and hour <= _NOON:
        hours = [hour % _NOON if hour < _MORNING or hour == _NOON else hour + _NOON]
    if shift:
        hours += [(found + shift) % 24 for found in (hour, hour + 12)] + [hour]
    readings = [found % 24 * 60 + minute for found in hours]
    if not half and hour <= 12 and not shift:
        readings.append((readings[0] + _HALF_DAY) % _DAY)
    return tuple(map(Decimal, dict.fromkeys(readings)))
