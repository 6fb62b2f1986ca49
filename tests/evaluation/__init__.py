"""Evaluation against gold: figures worked out by hand, and the command end to end."""
