"""Demonstration: a few hundred simulated cases in every state, so that every screen is alive. Owns no table."""
