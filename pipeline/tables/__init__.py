"""From codings to tables and their files."""
