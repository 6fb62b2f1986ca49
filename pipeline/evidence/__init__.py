"""The words behind each figure: a page per document with every coded passage marked."""
