"""Who may use the review page: sessions, ways of signing in, and the guard before every request."""
