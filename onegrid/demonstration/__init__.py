"""Demonstration: simulated cases, marked as such: a few hundred played by hand, and years of the district written at once."""
