"""`samverkan explain`: one figure of a run's results, and each project behind it."""
