"""Consistency of published figures: what is told twice must be the same, sums must sum."""
