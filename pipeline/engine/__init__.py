"""Running work in child processes with limits."""
