"""Demonstration: simulated cases, a few hundred played by hand and years of the district written at once."""
