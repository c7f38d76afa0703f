"""Notifications: who is told what, by which channel, and when they want to be left alone."""
