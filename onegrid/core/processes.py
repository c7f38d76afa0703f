"""Processes that must not outlive the one that started them, and what they keep in memory."""

import ctypes
import gc
import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

PR_SET_PDEATHSIG = 1  # linux/prctl.h
IS_LINUX = os.uname().sysname == "Linux"


def end_with_parent(sign: signal.Signals, *, parent: int) -> None:
    """
    Ask the kernel to send us a signal when our parent ends, however it ends. Linux only.

    It is the end of the parent's *thread* that counts, and a later change of user undoes it.
    """
    if not IS_LINUX:
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sign)
    if os.getppid() != parent:  # it ended before we could ask
        os._exit(1)


def ends_with_us(sign: signal.Signals) -> Callable[[], None] | None:
    """Return what a child of ours runs before its program, so that it gets this signal when we end."""
    if not IS_LINUX:
        return None
    ctypes.CDLL(None)  # loaded here, so that the child need not
    return partial(end_with_parent, sign, parent=os.getpid())


def keep_what_is_loaded() -> None:
    """
    Say that what is loaded now stays for ever, so that nobody looks through it for what could go.

    That took a twelfth of each request, and a fifth of reckoning clocks.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


def is_alive(pid: int) -> bool:
    """Tell whether a process exists and has not ended."""
    entry = Path(f"/proc/{pid}/stat")
    if IS_LINUX:
        try:
            return entry.read_text(encoding="utf8", errors="replace").rpartition(")")[2].split()[0] != "Z"
        except (FileNotFoundError, ProcessLookupError):
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
