"""Tests of who gets in, and of what is kept out."""
