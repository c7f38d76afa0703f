"""Demonstration: a few hundred simulated cases in every state, marked as such, so that every screen is alive. Owns no table."""
