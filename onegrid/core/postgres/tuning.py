"""The server's settings, from how much memory and how many processors the machine has."""

import os
import shutil
from pathlib import Path

MB = 1024 * 1024
LEAST_SHARED = 256 * MB  # below this /dev/shm is a container's default and too small for PostgreSQL
CGROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def memory() -> int:
    """Return the bytes of memory we may count on: the machine's, or the container's if that is less."""
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    for file in CGROUP_LIMITS:
        text = file.read_text(encoding="ascii").strip() if file.exists() else ""
        if text.isdecimal():
            total = min(total, int(text))
    return total


def settings(*, ram: int, processors: int, durable: bool) -> dict[str, str]:
    """Return the settings for a server that shares its machine with the web processes."""
    chosen = {
        "max_connections": str(max(100, 40 + 12 * processors)),
        "shared_buffers": f"{_between(64, ram // 6 // MB, 4096)}MB",
        "effective_cache_size": f"{max(256, ram // 2 // MB)}MB",
        "maintenance_work_mem": f"{_between(32, ram // 32 // MB, 512)}MB",
        "work_mem": "16MB" if ram > 4096 * MB else "4MB",
        "max_wal_size": "2GB",
        "min_wal_size": "128MB",
        "checkpoint_timeout": "15min",
        "wal_compression": "on",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "logging_collector": "on",
        "log_filename": "postgresql-%a.log",  # a week of them, each overwritten by its successor
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "autovacuum_vacuum_scale_factor": "0.05",
        "autovacuum_analyze_scale_factor": "0.02",
    }
    if _shared_memory() < LEAST_SHARED:
        chosen["dynamic_shared_memory_type"] = "sysv"
    if not durable:
        chosen |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal"}
        chosen |= {"max_wal_senders": "0", "logging_collector": "off", "autovacuum": "off"}
    return chosen


def write_settings(file: Path, chosen: dict[str, str]) -> None:
    """Write the settings; what an operator sets by `ALTER SYSTEM` still wins."""
    lines = [f"{name} = '{value}'\n" for name, value in chosen.items()]
    file.write_text("# Written anew at every start. Use ALTER SYSTEM to overrule.\n" + "".join(lines), encoding="ascii")


def _between(least: int, value: int, most: int) -> int:
    return max(least, min(value, most))


def _shared_memory() -> int:
    shared = Path("/dev/shm")  # noqa: S108  # only asked for its size
    return shutil.disk_usage(shared).total if shared.exists() else LEAST_SHARED
