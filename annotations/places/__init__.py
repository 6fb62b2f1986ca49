"""Sweden's counties and municipalities with SCB's codes, and the names people use for them."""
