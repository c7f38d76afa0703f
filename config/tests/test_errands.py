"""An errand of `onegrid up`: run once, and again only where it failed."""

import sys
import time

import pytest

from config.cli.supervisor import Child

pytestmark = pytest.mark.slow


def ended(code):
    child = Child("errand", [sys.executable, "-c", f"raise SystemExit({code})"], {}, is_errand=True)
    child.start()
    child.process.wait(20)
    first = child.process.pid
    child.restart_if_ended(time.monotonic())
    return child, first


def test_one_that_ended_well_is_not_run_again():
    child, first = ended(0)

    assert child.process.pid == first


def test_one_that_failed_is_run_again():
    child, first = ended(3)

    assert child.process.pid != first
    child.stop()
