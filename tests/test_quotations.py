"""Quotations by the marks that languages write."""

from __future__ import annotations

import pytest

from summarizer.quotations import quotations_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dijo «no» y “sí”", ["no", "sí"]),
        ("a dit « non »", ["non"]),
        ("er sagte „nein“", ["nein"]),
        ("sade ”nej” och ”ja”", ["nej", "ja"]),
        ("said \"no, 'never' again\"", ["no, 'never' again", "never"]),
        ("the driver’s ‘new order’ and it’s done", ["new order"]),
        ("the drivers' car and the workers' house", []),
        ("O'Neill's 'plan'", ["plan"]),
        ("彼は「いや、『絶対』だ」と言った", ["いや、『絶対』だ", "絶対"]),
        ("«una frase sin fin", []),
        ("“”", []),
    ],
)
def test_quotations_are_found(text: str, expected: list[str]) -> None:
    """Pairs of marks are quotations, apostrophes and lone marks are not."""
    assert [text[found.first : found.last] for found in quotations_in(text)] == expected


def test_crossing_marks_are_left_alone() -> None:
    """Of two pairs that cross, the first by kind is kept."""
    assert [text.strip() for text in crossing("«a “b» c”")] == ["a “b"]


def crossing(text: str) -> list[str]:
    """The words of the quotations found."""
    return [text[found.first : found.last] for found in quotations_in(text)]
