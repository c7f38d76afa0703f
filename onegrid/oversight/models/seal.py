"""Seals over blocks of the trail, and how far it has settled."""

from django.db import models


class Seal(models.Model):
    """
    The signed statement that the trail held exactly these entries between two numbers.

    It covers every `seq` above `after` up to and including `up_to`. `leaves` lists
    the entries found there in order, 40 bytes each (`rules.leaves`), so that a
    fault found later can be given its row. `root` is the head of their Merkle
    tree, `previous` the hash of the seal before, `signature` an Ed25519 signature
    by the key of this `fingerprint` over the statement of all that (`rules.seals`).
    """

    number = models.BigIntegerField(primary_key=True)
    after = models.BigIntegerField()
    up_to = models.BigIntegerField()
    size = models.IntegerField()
    leaves = models.BinaryField()
    root = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()
    at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    signature = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.number} ({self.after}, {self.up_to}]"


class Horizon(models.Model):
    """
    A number the trail had reached, and the transactions that were still writing to it then.

    Numbers become visible out of order. Once these have ended, nothing at or
    below `seq` can appear any more and the range may be sealed. There is at most
    one row; it is working memory, not evidence.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField()
    writers = models.JSONField(default=list)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="horizon_is_single"),)

    def __str__(self) -> str:
        return str(self.seq)
