"""Catalogue: what kinds of matter there are, how fast each is handled, and which may be put on grid workers. Owns Category and Admission."""
