"""Rulings: the general ones, notes under tables, the register as printed."""
