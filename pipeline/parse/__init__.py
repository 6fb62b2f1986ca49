"""From a Document and the form definitions to Submissions."""
