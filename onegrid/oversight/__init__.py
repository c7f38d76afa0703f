"""Oversight: the sealed audit trail, and who looked at what for which purpose. Owns Entry, Seal and Access."""
