"""Tests of the renderers: every kind of file opens and holds what it should."""
