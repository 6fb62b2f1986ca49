"""The review page as people meet it: a real server, a real Chromium, and what the log holds."""
