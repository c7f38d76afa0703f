"""The embedded PostgreSQL: found, started, watched and stopped by us, with nothing installed by hand."""
