"""The data files and their schemas: what is refused, and how it is told."""
