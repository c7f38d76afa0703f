"""Confidential tips, sealed on the sender's device, and appeals for information; behind a wall of their own."""
