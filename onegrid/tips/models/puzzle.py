"""What keeps floods out without knowing anybody: the day's key of the puzzles, and which were handed in."""

from django.db import models


class PuzzleKey(models.Model):
    """The key that signs a day's puzzles; it goes when the last of them has run out."""

    day = models.DateField(primary_key=True)
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.day)


class SpentPuzzle(models.Model):
    """A puzzle that was handed in, so that it counts once; `window` is when it was given out, in ten minutes."""

    hash = models.BinaryField(primary_key=True, max_length=32)
    window = models.IntegerField(db_index=True)

    def __str__(self) -> str:
        return bytes(self.hash).hex()
