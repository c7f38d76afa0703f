"""What `make bench` runs: the hot path measured against a floor from the same run (see README.md beside this)."""
