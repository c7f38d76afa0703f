"""
Set one document in a process of its own: bounded in time and memory, and free to crash.

Run by `documents.typeset` as a plain script, so it imports nothing of ours. It
takes one line of JSON on its standard input and writes the PDF on its standard
output. What people wrote is data to the document, never a part of its source. The
files lie in a folder of their own, outside of which the document reads nothing.
"""

import base64
import json
import resource
import sys
import tempfile
from pathlib import Path

import typst

REFUSED = 4


def main() -> None:
    """Set the document, or leave with a code that says it could not be set."""
    seconds, memory = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    asked = json.load(sys.stdin.buffer)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in asked["files"].items():
            Path(folder, name).write_bytes(base64.b64decode(content))
        try:
            pdf = typst.compile(
                str(Path(folder, "main")),
                root=folder,
                font_paths=[asked["fonts"]],
                ignore_system_fonts=True,
                format="pdf",
            )
        except RuntimeError as fault:
            sys.stderr.write(str(fault))
            sys.exit(REFUSED)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
