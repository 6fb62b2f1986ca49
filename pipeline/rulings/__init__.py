"""The register of rulings: general ones and a round's own, their cases, and notes from them."""
