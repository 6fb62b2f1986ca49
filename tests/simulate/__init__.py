"""Tests of the simulated round."""
