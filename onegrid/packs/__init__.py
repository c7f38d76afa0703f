"""Packs: a district as data. Owns the published form of its files, what is wrong with them, and how they are loaded."""
