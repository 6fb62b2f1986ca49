"""Tests of the printed report: its pictures, its page, its Word document."""
