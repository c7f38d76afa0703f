"""Triage: which category a text may mean, learned from what people have filed. Owns a small model file."""
