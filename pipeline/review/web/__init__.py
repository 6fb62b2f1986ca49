"""The review page: one decision at a time, in Swedish, with the evidence beside it."""
