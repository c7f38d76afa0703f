"""Django's PostgreSQL backend, with connections that last longer than a request."""
