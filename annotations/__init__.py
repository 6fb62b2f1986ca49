"""What people decide: codebook, forms, lexicon, tables."""
