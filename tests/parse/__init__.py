"""Tests of the parser: forms, headers, kinds, identity."""
