"""The flow of projects: granted → started → reported → ended, and which papers are one project."""
