"""Tests of the Swedish pipeline."""
