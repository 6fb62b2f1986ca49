"""The texts and the types that carry them."""
