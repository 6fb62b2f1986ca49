"""Writing reports in every format municipalities use."""
