"""Dispatch: which unit leads a case and which support it, and why. Owns RoutingRule."""
