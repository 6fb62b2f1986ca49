"""The printed report: the same blocks as a web page and as a Word document."""
