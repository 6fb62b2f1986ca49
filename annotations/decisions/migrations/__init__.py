"""How the review database came to be what it is, step by step, for Alembic."""
