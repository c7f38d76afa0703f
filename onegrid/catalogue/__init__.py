"""Catalogue: the kinds of matter, their limits, and which may be put on grid workers. Owns Category and Admission."""
