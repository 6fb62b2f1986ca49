"""A results folder read back and written in the formats that others use."""
