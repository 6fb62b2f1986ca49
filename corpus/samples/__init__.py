"""Invented reports with gold codes, and an inbox of them as municipalities send files."""
