"""Residents who come back by a code: which reports are theirs, and what they want to be told. No officer is here."""
