"""A simulated national round as files. For chain tests, demos and load tests only.

Nothing is imported here: the published figures (`preset`) are read where the `render` extra is not.
"""
