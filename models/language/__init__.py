"""The Swedish tagger and parser: how it is trained, measured and described."""
