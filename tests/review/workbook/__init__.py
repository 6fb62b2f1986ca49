"""Tests of the review workbook."""
