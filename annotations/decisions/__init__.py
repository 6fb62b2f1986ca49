"""What reviewers decide: an append-only log of events and the head that is projected from it."""
