"""Tests of the consistency checks of published reports."""
