"""The pages: from a request to what is read and written, and to the template that shows it."""
