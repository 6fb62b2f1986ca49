"""From codebook and lexicon to Mentions."""
