"""What a person is asked, in which order, and what becomes of the answer."""
