"""Swedish sentences, lemmas and compound parts."""
