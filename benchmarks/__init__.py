"""Measurements, each a script of its own, and the simulated endpoint that they and the tests ask."""
