"""
The hands of a process: as many requests are worked on at one time, and who waits gets the next by a fair turn.

The next free hand goes to the source that has the fewest at work, and to equals in turn. So one source that sends a
hundred requests at once, a flood or a whole school behind one address, has every hand while nobody else wants one, and
an even share as soon as somebody does. It needs no measure of how much is too much.
"""

from collections import Counter, deque
from threading import Lock


class Hands:
    """So many hands. A source is known as long as it has one, or waits for one."""

    def __init__(self, many: int) -> None:
        self._free = many
        self._at_work: Counter[str] = Counter()
        self._lines: dict[str, deque[Lock]] = {}  # whoever was served last stands last
        self._turning = Lock()

    def take(self, source: str, *, patience: float) -> bool:
        """Take a hand now or when its turn comes; False if that did not happen within `patience` seconds."""
        with self._turning:
            if self._free:
                self._free -= 1
                self._at_work[source] += 1
                return True
            turn = Lock()
            turn.acquire()  # given back by whoever hands on a hand
            self._lines.setdefault(source, deque()).append(turn)
        if turn.acquire(timeout=patience):
            return True
        with self._turning:
            return not self._has_left(source, turn)

    def give_back(self, source: str) -> None:
        """Hand a hand on to whose turn it is, or lay it down."""
        with self._turning:
            self._at_work[source] -= 1
            if not self._at_work[source]:
                del self._at_work[source]
            if not self._lines:
                self._free += 1
                return
            next_one = min(self._lines, key=self._at_work.__getitem__)
            line = self._lines.pop(next_one)
            turn = line.popleft()
            if line:
                self._lines[next_one] = line
            self._at_work[next_one] += 1
        turn.release()

    def _has_left(self, source: str, turn: Lock) -> bool:
        """Leave the line of a source; False where a hand was given in this very moment."""
        line = self._lines.get(source)
        if line is None or turn not in line:
            return False
        line.remove(turn)
        if not line:
            del self._lines[source]
        return True
