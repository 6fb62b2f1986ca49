"""Tests of patterns, lexicon and context."""
