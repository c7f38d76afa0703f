"""The command line: `onegrid`, or `python -m config.cli` in a checkout."""

from config.cli.main import main

__all__ = ["main"]
