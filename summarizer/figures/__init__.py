"""Figures of running text as typed values, in many languages."""

from summarizer.figures.reader import (
    counts_people,
    figures_in,
    has_approximators,
    has_figure_data,
    says_two_by_endings,
)
from summarizer.figures.units import converted
from summarizer.figures.values import Approximator, Figure, Kind

__all__ = [
    "Approximator",
    "Figure",
    "Kind",
    "converted",
    "counts_people",
    "figures_in",
    "has_approximators",
    "has_figure_data",
    "says_two_by_endings",
]
