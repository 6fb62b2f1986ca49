"""The stages in order, from files to tables."""
