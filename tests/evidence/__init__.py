"""Document pages, links to the marked words, and the way from any figure to them."""
